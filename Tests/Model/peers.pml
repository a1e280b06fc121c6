/* Two peers of DMP/1 over one FIFO link, for Spin: what the conditions and actions of tables.pml
   mean, and all that can happen. Scripts/model-check says what is proven and with which faults.

   Abstractions: a session is a small number, free again when nobody remembers it; a chain has MAXN
   indices, then the keys are due; receipts cost no index; a knock is a number. A dropped link takes
   all that is under way, and both ends learn of it before a new one. Live content is left out. */

#define ROOM 8   /* frames under way in a direction */
#ifndef BUSY
#define BUSY 1   /* above that only deliveries go on: a full socket */
#endif
#define MAXN 2
#define IDS 7    /* sessions and knocks that can be told apart */

/* Frames. */
#define RESUME 1
#define KNOCK 2
#define ACCEPT 3
#define REJECT 4
#define INITIAL 5
#define RATCHET 6
#define RECEIPT 7
#define BYE 8

#define GLARE 1
#define OTHER 2

chan to[2] = [ROOM] of { byte, byte, byte };

byte hs[2]; byte st[2]; byte why[2];
byte key[2];      /* the session's keys, 0 none */
byte next[2];     /* index of the next encryption, as the memory has it */
byte disk[2];     /* the same, as the store has it */
byte got[2];      /* index expected from the peer */
bool barrier[2];
byte text[2];     /* index + 1 under which the content in the outbox is encrypted; 0: not yet */
bool out[2];      /* there is content in the outbox */
bool unsent[2];   /* it is persisted and not yet sent */
bool wish[2];     /* the script waits for a session */
bool due[2];      /* the keys are due */
bool seek[2];     /* a link is sought */
bool failed[2];   /* a frame did not open */
byte knock[2]; byte answer[2]; byte offer[2];
bit elder;        /* whose deadline comes first when both wait */
bool distrust[2];
bool link; bool calm;
hidden byte spare;

/* The store's copy that can come back, and what the other side saw of our starts. */
#ifdef ROLLBACK
byte oldState[2]; byte oldWhy[2]; byte oldKey[2]; byte oldNext[2]; byte oldGot[2];
bool behind[2];   /* the store is older than what the peer has seen */
bool copied[2]; byte oldUsed[2];
#endif

/* Ghosts. */
byte agreedKey[2];           /* the keys that came through `agreed` */
byte used[2];                /* indices that were encrypted with under these keys */
bool faulty;                 /* a store was lost or restored */

/* What is being done; 0 between steps. */
byte p; byte hev; byte sev; byte frame; byte arg1; byte arg2; byte fresh; byte newKey;
bool cut; bool done; byte turn;
byte both;  /* a link event for both peers */
bool toWant[2]; bool toAgree[2]; bool toAnswer[2]; bool toDesync[2]; bool toEnd[2];
bool toOpen[2];

#define other (1 - p)
#define blocked(x) (st[x] == SS_frozen && (why[x] & (255 - FR_curable)))
#define wanted(x) (wish[x] && !blocked(x) && !distrust[x] \
  || st[x] == SS_dormant && out[x] \
  || st[x] == SS_frozen && !blocked(x) && ((why[x] & FR_wanting) || out[x]) \
  || (st[x] == SS_active || st[x] == SS_stale) && due[x])

#define IS_linked link
#define IS_lower (p == 0)
#define IS_trusted (!distrust[p])
#define IS_hasKeys (key[p] != 0)
#ifdef NO_BARRIER
#define IS_barrierOpen (link && hs[p] != HS_offering)
#elif defined(OFFER_SENDS)
#define IS_barrierOpen (link && barrier[p])
#else
#define IS_barrierOpen (link && barrier[p] && hs[p] != HS_offering)
#endif
#define IS_failuresReached failed[p]
#define IS_curableBesides(r) ((why[p] & (255 - FR_curable - r)) == 0)
#define IS_frozen(r) (why[p] & r)
#define IS_onlyFrozen(r) (why[p] == r)
#define IS_closed(r) (why[p] == r)

#include "tables.pml"

inline send(kind, a, b) { if :: link -> to[other]!kind,a,b :: else fi }

#define sessionKnown(s) (key[0] == s || key[1] == s || offer[0] == s || offer[1] == s \
  || to[0]??[INITIAL,eval(s),_] || to[1]??[INITIAL,eval(s),_] || to[0]??[RATCHET,eval(s),_] || to[1]??[RATCHET,eval(s),_] \
  || to[0]??[RESUME,eval(s),_] || to[1]??[RESUME,eval(s),_] || to[0]??[BYE,eval(s),_] || to[1]??[BYE,eval(s),_] \
  || snapshotKnows(s))
#ifdef ROLLBACK
#define snapshotKnows(s) (oldKey[0] == s || oldKey[1] == s)
#else
#define snapshotKnows(s) false
#endif
#define knockKnown(k) (knock[0] == k || knock[1] == k || answer[0] == k || answer[1] == k \
  || to[0]??[KNOCK,eval(k),_] || to[1]??[KNOCK,eval(k),_] || to[0]??[ACCEPT,eval(k),_] || to[1]??[ACCEPT,eval(k),_] \
  || to[0]??[REJECT,eval(k),_] || to[1]??[REJECT,eval(k),_] || to[0]??[INITIAL,_,eval(k)] || to[1]??[INITIAL,_,eval(k)])

inline newSession() {
  fresh = 1;
  do :: sessionKnown(fresh) -> fresh++ :: else -> break od;
  assert(fresh <= IDS)
}

/* No index is used twice. */
inline encrypt() {
  assert(next[p] >= used[p]);
  next[p]++;
  used[p] = next[p]
}

/* The content of the outbox gets an index, is persisted, and waits for its turn. */
inline sealOutbox() {
  if
  :: text[p] == 0 && next[p] < MAXN ->
     encrypt(); text[p] = next[p];
#ifdef SEND_FIRST
     send(RATCHET, key[p], text[p] - 1)
#else
     disk[p] = next[p]; unsent[p] = 1
#endif
  :: text[p] == 0 && next[p] == MAXN -> due[p] = 1; toWant[p] = 1
  :: else -> unsent[p] = 1
  fi
}

/* The actions of the agreement. */
inline DO_armDeadline() { elder = (hs[other] != HS_idle -> other : p) }
inline DO_disarmDeadline() { skip }
inline DO_dial() { seek[p] = 1 }
inline DO_redial() { seek[p] = 1 }
#ifdef ROLLBACK
inline DO_sendResume() { send(RESUME, key[p], behind[p]) }
#else
inline DO_sendResume() { send(RESUME, key[p], 0) }
#endif
inline DO_sendKnock() {
  knock[p] = 0; fresh = 1;
  do :: knockKnown(fresh) -> fresh++ :: else -> break od;
  assert(fresh <= IDS);
  knock[p] = fresh;
  send(KNOCK, fresh, 0)
}
inline DO_sendAccept() { answer[p] = arg1; send(ACCEPT, arg1, 0) }
inline DO_rejectGlare() { send(REJECT, arg1, GLARE) }
inline DO_rejectKnock() { send(REJECT, arg1, OTHER) }
inline DO_sendInitial() { knock[p] = 0; newSession(); offer[p] = fresh; send(INITIAL, fresh, arg1) }
inline DO_dropKnock() { knock[p] = 0 }
inline DO_wipeAnswer() { answer[p] = 0 }
inline DO_wipeOffer() { offer[p] = 0 }
inline DO_closeLink() { cut = 1 }
inline DO_agree() { newKey = arg1; offer[p] = 0; answer[p] = 0; knock[p] = 0; toAgree[p] = 1 }
inline DO_answerInitial() { toAnswer[p] = 1 }
inline DO_wantIfNeeded() { if :: wanted(p) -> toWant[p] = 1 :: else fi }
inline DO_failTimeout() { wish[p] = 0 }
inline DO_failRejected() { wish[p] = 0 }
inline DO_failBadAccept() { wish[p] = 0 }
inline DO_failEnded() { wish[p] = 0 }

#ifdef ROLLBACK
inline keepUsed() { if :: key[p] && key[p] == oldKey[p] -> oldUsed[p] = used[p] :: else fi }
#else
inline keepUsed() { skip }
#endif

/* The session's actions. */
inline DO_adoptKeys() {
  keepUsed();
  key[p] = newKey; agreedKey[p] = newKey; newKey = 0;
  /* INITIAL carried the initiator's index 0. */
  if
  :: frame == INITIAL -> next[p] = 0; got[p] = 1
  :: else -> next[p] = 1; got[p] = 0
  fi;
  used[p] = next[p]; disk[p] = next[p]; text[p] = 0; unsent[p] = 0;
  barrier[p] = 1; due[p] = 0; wish[p] = 0; failed[p] = 0
}
inline DO_reencrypt() { if :: out[p] -> sealOutbox() :: else fi }
inline DO_deliver() { send(RECEIPT, key[p], 0) }
inline DO_oweReceipt() { send(RECEIPT, key[p], 0) }
inline DO_countFailure() { failed[p] = 1 }
inline DO_raiseDesync() { toDesync[p] = 1 }
inline DO_openBarrier() { barrier[p] = 1 }
inline DO_shutBarrier() { barrier[p] = 0 }
inline DO_flush() {
  if
  :: out[p] && IS_barrierOpen -> sealOutbox()
  :: out[p] && !link -> seek[p] = 1
  :: else
  fi
}
inline DO_hold() { out[p] = 1; if :: !link -> seek[p] = 1 :: else fi }
inline DO_seal() { out[p] = 1; sealOutbox() }
inline DO_holdLive() { wish[p] = 1 }
inline DO_sealLive() { skip }
inline DO_want() { toWant[p] = 1; if :: sev == SE_connect -> wish[p] = 1 :: else fi }
inline DO_beat() {
  if
  :: !link -> seek[p] = 1
  :: IS_barrierOpen && next[p] < MAXN ->
     encrypt(); disk[p] = next[p]; send(RATCHET, key[p], next[p] - 1)
  :: IS_barrierOpen && next[p] == MAXN -> due[p] = 1; toWant[p] = 1
  :: else
  fi
}
inline DO_sendBye() { if :: IS_barrierOpen -> send(BYE, key[p], 0) :: else fi }
inline DO_wipeKeys() {
  keepUsed(); used[p] = 0;
  key[p] = 0; agreedKey[p] = 0; next[p] = 0; disk[p] = 0; got[p] = 0; barrier[p] = 0;
  text[p] = 0; unsent[p] = 0; due[p] = 0; failed[p] = 0
}
inline DO_failQueue() { out[p] = 0; text[p] = 0; unsent[p] = 0; wish[p] = 0 }
#ifdef ROLLBACK
inline DO_newIncarnation() { behind[p] = 0; text[p] = 0; unsent[p] = 0 }
#else
inline DO_newIncarnation() { skip }
#endif
inline DO_noteBoot() { skip }
inline DO_pinKey() { skip }
inline DO_rotateGroups() { skip }
inline DO_endAgreement() { toEnd[p] = 1 }
inline DO_returnSession() { wish[p] = 0 }
inline DO_reportResumed() { skip }
inline DO_reportStale() { skip }
inline DO_reportFrozen() { skip }
inline DO_reportClosed() { skip }
inline DO_reportRestored() { skip }
inline DO_failKeyChanged() { wish[p] = 0 }
inline DO_failFrozen() { wish[p] = 0 }
inline DO_failClosed() { wish[p] = 0 }

/* ACTIVE only with keys that came through `agreed`. */
inline GO_active() {
  assert(sev == SE_agreed && newKey != 0 || key[p] != 0 && agreedKey[p] == key[p]);
  st[p] = SS_active; why[p] = 0
}
inline GO_dormant() { st[p] = SS_dormant; why[p] = 0 }
inline GO_stale() { st[p] = SS_stale }
inline GO_freeze(r) {
  if :: st[p] == SS_frozen -> why[p] = why[p] | r :: else -> why[p] = r fi;
  st[p] = SS_frozen
}
inline GO_thaw(r) { why[p] = why[p] & (255 - (r)); assert(why[p] != 0) }
inline GO_close(r) { st[p] = SS_closed; why[p] = r }

/* A ratchet frame at its receiver: whose keys it is under decides the event. */
inline openFrame(s, n) {
  if
  :: key[p] == s && n >= got[p] -> got[p] = n + 1; sev = SE_frameOpens
  :: key[p] == s && n < got[p] -> sev = SE_frameOld
  :: key[p] != s && hs[p] == HS_offering && offer[p] == s ->
     arg1 = s; hev = HE_offerConfirmed; toOpen[p] = 1
  :: else ->
     /* No frame is undecryptable without a fault; one that finds no keys at all is dropped. */
     assert(faulty || key[p] == 0);
     if :: key[p] != 0 -> sev = SE_frameFails :: else fi
  fi
}

inline receive() {
  to[p]?frame,arg1,arg2;
  if
  :: frame == RESUME ->
#ifdef ROLLBACK
     if
     :: behind[p] -> behind[p] = 0; sev = SE_storeRestored
     :: else ->
#endif
     if
     :: arg2 -> sev = SE_peerRestored
     :: !arg2 && arg1 == key[p] -> sev = SE_resumeEqual
     :: !arg2 && arg1 != key[p] -> sev = SE_desync
     fi
#ifdef ROLLBACK
     fi
#endif
  :: frame == KNOCK ->
     if :: blocked(p) || distrust[p] -> hev = HE_knockRefused :: else -> hev = HE_knockGood fi
  :: frame == ACCEPT -> if :: knock[p] == arg1 -> hev = HE_acceptGood :: else fi
  :: frame == REJECT ->
     if
     :: knock[p] == arg1 && arg2 == GLARE -> hev = HE_rejectGlare
     :: knock[p] == arg1 && arg2 == OTHER -> hev = HE_rejectOther
     :: else
     fi
  :: frame == INITIAL -> if :: answer[p] == arg2 && hs[p] == HS_answering -> hev = HE_initialOpens
                            :: else fi
  :: frame == RATCHET -> openFrame(arg1, arg2)
  :: frame == RECEIPT ->
     /* It is a frame that opens, too. */
     if :: arg1 == key[p] && st[p] == SS_stale -> GO_active() :: else fi;
     if :: arg1 == key[p] && text[p] -> out[p] = 0; text[p] = 0; unsent[p] = 0 :: else fi
  :: frame == BYE -> if :: arg1 == key[p] -> sev = SE_byeOpens :: else fi
  fi
}

/* What the last step asks for, one thing at a time. */
inline follow() {
  if
  :: toAgree[0] -> toAgree[0] = 0; p = 0; sev = SE_agreed
  :: else -> if
  :: toAgree[1] -> toAgree[1] = 0; p = 1; sev = SE_agreed
  :: else -> if
  :: toOpen[0] -> toOpen[0] = 0; p = 0; got[0] = 1; sev = SE_frameOpens
  :: else -> if
  :: toOpen[1] -> toOpen[1] = 0; p = 1; got[1] = 1; sev = SE_frameOpens
  :: else -> if
  :: toAnswer[0] -> toAnswer[0] = 0; p = 0; firstMessage()
  :: else -> if
  :: toAnswer[1] -> toAnswer[1] = 0; p = 1; firstMessage()
  :: else -> if
  :: toEnd[0] -> toEnd[0] = 0; p = 0; hev = HE_ended
  :: else -> if
  :: toEnd[1] -> toEnd[1] = 0; p = 1; hev = HE_ended
  :: else -> if
  :: toDesync[0] -> toDesync[0] = 0; p = 0; sev = SE_desync
  :: else -> if
  :: toDesync[1] -> toDesync[1] = 0; p = 1; sev = SE_desync
  :: else -> if
  :: toWant[0] -> toWant[0] = 0; p = 0; hev = HE_want
  :: else -> if
  :: toWant[1] -> toWant[1] = 0; p = 1; hev = HE_want
  :: else -> done = 1
  fi fi fi fi fi fi fi fi fi fi fi fi
}

/* The link is gone: both ends learn of it, the one that cuts and the one that finds out. */
inline cutLink() {
  cut = 0;
  if
  :: link ->
     link = 0;
     do :: len(to[0]) > 0 -> to[0]?spare,_,_ :: else -> break od;
     do :: len(to[1]) > 0 -> to[1]?spare,_,_ :: else -> break od;
     barrier[0] = 0; barrier[1] = 0; unsent[0] = 0; unsent[1] = 0;
     if :: out[0] && (st[0] == SS_active || st[0] == SS_stale) -> seek[0] = 1 :: else fi;
     if :: out[1] && (st[1] == SS_active || st[1] == SS_stale) -> seek[1] = 1 :: else fi;
     both = HE_linkDown
  :: else
  fi
}

/* The event, then all that follows from it. */
inline settle() {
  do
  :: hev != 0 -> d_step { agreement_table(); hev = 0 }
  :: hev == 0 && sev != 0 -> d_step { session_table(); sev = 0 }
  :: hev == 0 && sev == 0 && cut -> d_step { cutLink() }
  :: hev == 0 && sev == 0 && !cut && both != 0 ->
     d_step {
       if
       :: turn == 0 -> p = 0; hev = both; turn = 1
       :: else -> p = 1; hev = both; both = 0; turn = 0
       fi
     }
  :: hev == 0 && sev == 0 && !cut && both == 0 && !done -> d_step { follow() }
  :: done -> break
  od;
  d_step {
    p = 0; frame = 0; arg1 = 0; arg2 = 0; fresh = 0; newKey = 0; done = 0;
    if :: hs[0] == HS_idle || hs[1] == HS_idle -> elder = 0 :: else fi;
    assert(len(to[0]) < ROOM && len(to[1]) < ROOM)
  }
}

/* The responder's first message confirms the keys; what the outbox held does it too. */
inline firstMessage() {
  if
  :: next[p] == 0 -> encrypt(); disk[p] = next[p]; send(RATCHET, key[p], next[p] - 1)
  :: next[p] != 0 && unsent[p] -> unsent[p] = 0; send(RATCHET, key[p], text[p] - 1)
  :: else
  fi
}

inline connectLink() { link = 1; seek[0] = 0; seek[1] = 0; both = HE_linkUp }

/* The process ends: what was not persisted is gone. */
inline restart() {
  hs[p] = HS_idle; knock[p] = 0; answer[p] = 0; offer[p] = 0; wish[p] = 0; seek[p] = 0;
  unsent[p] = 0; failed[p] = 0; next[p] = disk[p];
  if :: text[p] > next[p] -> text[p] = 0 :: else fi;
  cut = 1; sev = SE_restart
}

#define active(x) (st[x] == SS_active && key[x] != 0 && barrier[x] && hs[x] == HS_idle)
#define healthy (link && active(0) && active(1) && key[0] == key[1])
#define quiet (len(to[0]) == 0 && len(to[1]) == 0 && !unsent[0] && !unsent[1])
#define roomy(x) (len(to[1 - x]) <= BUSY && len(to[x]) <= BUSY + 1)

#define idle (quiet && (link || !seek[0] && !seek[1]))
#define settled (idle && !(hs[0] == HS_idle && wanted(0)) && !(hs[1] == HS_idle && wanted(1)))
#define waiting (settled && hs[0] == HS_idle && hs[1] == HS_idle && !healthy)

/* One step of peer x, whatever may happen to it. */
#define STEP(x) \
  :: d_step { len(to[x]) > 0 -> p = x; receive() } \
  :: d_step { unsent[x] && (calm || roomy(x)) -> p = x; unsent[x] = 0; \
       if :: IS_barrierOpen && text[x] -> transmit() :: else fi } \
  :: d_step { hs[x] == HS_idle && wanted(x) && roomy(x) && (!calm || idle) -> \
       p = x; hev = HE_want } \
  :: d_step { hs[x] != HS_idle && (!calm || settled && (elder == x || hs[1 - x] == HS_idle)) -> \
       p = x; hev = HE_deadline } \
  :: d_step { roomy(x) && !calm && !out[x] && !distrust[x] -> p = x; sev = SE_send } \
  :: d_step { roomy(x) && !distrust[x] && st[x] != SS_active && !wish[x] && (!calm || waiting) \
       && !blocked(x) -> p = x; sev = SE_connect }

#ifdef SEND_FIRST
inline transmit() { send(RATCHET, key[p], text[p] - 1); disk[p] = next[p] }
#else
inline transmit() { send(RATCHET, key[p], text[p] - 1) }
#endif

#ifdef RESTARTS
#define RESTART(x) :: d_step { !calm -> p = x; restart() }
#else
#define RESTART(x)
#endif

#ifdef LOSSES
#define LOSS(x) :: d_step { !calm -> faulty = 1; p = x; DO_wipeKeys(); DO_failQueue(); \
  st[x] = SS_dormant; why[x] = 0; restart() }
#else
#define LOSS(x)
#endif

#ifdef ROLLBACK
#define ROLL(x) \
  :: d_step { !calm && !copied[x] && key[x] -> copied[x] = 1; oldState[x] = st[x]; \
       oldWhy[x] = why[x]; oldKey[x] = key[x]; oldNext[x] = disk[x]; oldGot[x] = got[x]; \
       oldUsed[x] = used[x] } \
  :: d_step { !calm && copied[x] -> copied[x] = 0; faulty = 1; p = x; DO_wipeKeys(); \
       DO_failQueue(); st[x] = oldState[x]; why[x] = oldWhy[x]; key[x] = oldKey[x]; \
       agreedKey[x] = oldKey[x]; disk[x] = oldNext[x]; used[x] = oldUsed[x]; oldUsed[x] = 0; \
       got[x] = oldGot[x]; behind[x] = 1; \
       oldState[x] = 0; oldWhy[x] = 0; oldKey[x] = 0; oldNext[x] = 0; oldGot[x] = 0; \
       restart() }
#else
#define ROLL(x)
#endif

#ifdef AGES
#define AGE(x) \
  :: d_step { !calm && roomy(x) && st[x] == SS_active -> p = x; sev = SE_silentDay } \
  :: d_step { !calm && roomy(x) && st[x] == SS_stale -> p = x; sev = SE_silentWeek } \
  :: d_step { !calm && roomy(x) && (st[x] == SS_stale || st[x] == SS_frozen) -> \
       p = x; sev = SE_silentMonth } \
  :: d_step { !calm && roomy(x) && (st[x] == SS_active || st[x] == SS_stale) && !due[x] -> \
       due[x] = 1; p = x; sev = SE_rekeyDue }
#else
#define AGE(x)
#endif

#ifdef OWNERS
#define OWNER(x) \
  :: d_step { !calm && roomy(x) && st[x] != SS_closed && !(why[x] & FR_owner && st[x] == SS_frozen) \
       -> p = x; sev = SE_pause } \
  :: d_step { roomy(x) && st[x] == SS_frozen && (why[x] & FR_owner) && (!calm || waiting) -> \
       p = x; sev = SE_release } \
  :: d_step { !calm && roomy(x) && st[x] != SS_closed -> p = x; sev = SE_close } \
  :: d_step { !calm && !distrust[x] -> distrust[x] = 1; p = x; sev = SE_distrusted } \
  :: d_step { distrust[x] && (!calm || waiting) -> distrust[x] = 0; p = x; sev = SE_trusted }
#else
#define OWNER(x)
#endif

#ifdef HOLDS
#define HOLD(x) \
  :: d_step { !calm && roomy(x) && st[x] != SS_closed && !(st[x] == SS_frozen && why[x] & FR_store) \
       -> p = x; sev = SE_storeFailed } \
  :: d_step { roomy(x) && st[x] == SS_frozen && (why[x] & FR_store) && (!calm || waiting) -> \
       p = x; sev = SE_storeHealed } \
  :: d_step { !calm && st[x] != SS_closed \
       && !(st[x] == SS_frozen && why[x] & FR_keyChanged) -> \
       p = x; sev = SE_keyChange } \
  :: d_step { roomy(x) && st[x] == SS_frozen && (why[x] & FR_keyChanged) && (!calm || waiting) -> \
       p = x; sev = SE_keyAccepted }
#else
#define HOLD(x)
#endif

active proctype World() {
  do
  :: atomic {
  if
  STEP(0)
  STEP(1)
  RESTART(0)
  RESTART(1)
  LOSS(0)
  LOSS(1)
  ROLL(0)
  ROLL(1)
  AGE(0)
  AGE(1)
  OWNER(0)
  OWNER(1)
  HOLD(0)
  HOLD(1)
  :: d_step { !link && (seek[0] || seek[1] || calm && waiting) -> connectLink() }
  :: d_step { link && !calm -> cut = 1 }
  :: d_step { !calm -> calm = 1 }
  /* Both talk: one of them may say something again, which is all that goes on. */
  :: calm && healthy && quiet -> skip
  fi;
  settle()
  }
  od
}

/* Once nothing goes wrong any more, the two find back to each other, from wherever they are. */
ltl heals { [] (calm -> <> healthy) }

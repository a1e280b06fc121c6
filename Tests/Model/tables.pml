/* Written by Scripts/state-tables --write from StateTables in Sources/Messaging/DMP/States. */

#define HS_idle 0
#define HS_knocking 1
#define HS_answering 2
#define HS_offering 3

#define HE_want 1
#define HE_linkUp 2
#define HE_linkDown 3
#define HE_knockGood 4
#define HE_knockRefused 5
#define HE_acceptGood 6
#define HE_acceptBad 7
#define HE_rejectGlare 8
#define HE_rejectOther 9
#define HE_initialOpens 10
#define HE_initialFails 11
#define HE_offerConfirmed 12
#define HE_deadline 13
#define HE_ended 14

#define SS_dormant 0
#define SS_active 1
#define SS_stale 2
#define SS_frozen 3
#define SS_closed 4

#define SE_agreed 1
#define SE_frameOpens 2
#define SE_frameOld 3
#define SE_frameFails 4
#define SE_resumeEqual 5
#define SE_desync 6
#define SE_send 7
#define SE_ask 8
#define SE_silentDay 9
#define SE_silentWeek 10
#define SE_silentMonth 11
#define SE_rekeyDue 12
#define SE_storeRestored 13
#define SE_peerRestored 14
#define SE_keyChange 15
#define SE_keyAccepted 16
#define SE_pause 17
#define SE_release 18
#define SE_storeFailed 19
#define SE_storeHealed 20
#define SE_close 21
#define SE_byeOpens 22
#define SE_distrusted 23
#define SE_trusted 24
#define SE_connect 25
#define SE_restart 26

#define FR_keyChanged 1
#define FR_owner 2
#define FR_store 4
#define FR_tainted 8
#define FR_peerRestored 16
#define FR_desync 32
#define FR_idle 64

#define FR_curable 120
#define FR_wanting 40

#define CR_local 0
#define CR_peer 1
#define CR_expired 2
#define CR_revoked 3

inline agreement_table() {
  if
  :: hev == HE_want ->
    if
    :: hs[p] == HS_idle ->
      if :: (IS_linked) -> hs[p] = HS_knocking; DO_sendKnock(); DO_armDeadline() :: else ->
      hs[p] = HS_knocking; DO_dial(); DO_armDeadline()
      fi
    :: hs[p] == HS_knocking ->
      skip
    :: hs[p] == HS_answering ->
      skip
    :: hs[p] == HS_offering ->
      skip
    fi
  :: hev == HE_linkUp ->
    if
    :: hs[p] == HS_idle ->
      DO_sendResume(); DO_wantIfNeeded()
    :: hs[p] == HS_knocking ->
      DO_sendResume(); DO_sendKnock()
    :: hs[p] == HS_answering -> assert(false)
    :: hs[p] == HS_offering -> assert(false)
    fi
  :: hev == HE_linkDown ->
    if
    :: hs[p] == HS_idle ->
      skip
    :: hs[p] == HS_knocking ->
      DO_redial()
    :: hs[p] == HS_answering ->
      hs[p] = HS_idle; DO_disarmDeadline(); DO_wipeAnswer(); DO_wantIfNeeded()
    :: hs[p] == HS_offering ->
      hs[p] = HS_idle; DO_disarmDeadline(); DO_wipeOffer(); DO_wantIfNeeded()
    fi
  :: hev == HE_knockGood ->
    if
    :: hs[p] == HS_idle ->
      hs[p] = HS_answering; DO_sendAccept(); DO_armDeadline()
    :: hs[p] == HS_knocking ->
      if :: (IS_lower) -> DO_rejectGlare() :: else ->
      hs[p] = HS_answering; DO_dropKnock(); DO_sendAccept(); DO_armDeadline()
      fi
    :: hs[p] == HS_answering ->
      DO_wipeAnswer(); DO_sendAccept(); DO_armDeadline()
    :: hs[p] == HS_offering ->
      if :: (IS_lower) -> DO_rejectGlare() :: else ->
      hs[p] = HS_answering; DO_wipeOffer(); DO_sendAccept(); DO_armDeadline()
      fi
    fi
  :: hev == HE_knockRefused ->
    if
    :: hs[p] == HS_idle ->
      if :: (IS_trusted) -> DO_rejectKnock() :: else ->
      DO_closeLink()
      fi
    :: hs[p] == HS_knocking ->
      if :: (IS_trusted) -> DO_rejectKnock() :: else ->
      DO_closeLink()
      fi
    :: hs[p] == HS_answering ->
      if :: (IS_trusted) -> DO_rejectKnock() :: else ->
      DO_closeLink()
      fi
    :: hs[p] == HS_offering ->
      if :: (IS_trusted) -> DO_rejectKnock() :: else ->
      DO_closeLink()
      fi
    fi
  :: hev == HE_acceptGood ->
    if
    :: hs[p] == HS_idle ->
      skip
    :: hs[p] == HS_knocking ->
      hs[p] = HS_offering; DO_sendInitial(); DO_armDeadline()
    :: hs[p] == HS_answering ->
      skip
    :: hs[p] == HS_offering ->
      skip
    fi
  :: hev == HE_acceptBad ->
    if
    :: hs[p] == HS_idle ->
      skip
    :: hs[p] == HS_knocking ->
      hs[p] = HS_idle; DO_disarmDeadline(); DO_dropKnock(); DO_failBadAccept()
    :: hs[p] == HS_answering ->
      skip
    :: hs[p] == HS_offering ->
      skip
    fi
  :: hev == HE_rejectGlare ->
    if
    :: hs[p] == HS_idle ->
      skip
    :: hs[p] == HS_knocking ->
      skip
    :: hs[p] == HS_answering ->
      skip
    :: hs[p] == HS_offering ->
      skip
    fi
  :: hev == HE_rejectOther ->
    if
    :: hs[p] == HS_idle ->
      skip
    :: hs[p] == HS_knocking ->
      hs[p] = HS_idle; DO_disarmDeadline(); DO_dropKnock(); DO_failRejected()
    :: hs[p] == HS_answering ->
      skip
    :: hs[p] == HS_offering ->
      skip
    fi
  :: hev == HE_initialOpens ->
    if
    :: hs[p] == HS_idle ->
      skip
    :: hs[p] == HS_knocking ->
      skip
    :: hs[p] == HS_answering ->
      hs[p] = HS_idle; DO_disarmDeadline(); DO_agree(); DO_answerInitial()
    :: hs[p] == HS_offering ->
      skip
    fi
  :: hev == HE_initialFails ->
    if
    :: hs[p] == HS_idle ->
      skip
    :: hs[p] == HS_knocking ->
      skip
    :: hs[p] == HS_answering ->
      hs[p] = HS_idle; DO_disarmDeadline(); DO_wipeAnswer(); DO_closeLink()
    :: hs[p] == HS_offering ->
      skip
    fi
  :: hev == HE_offerConfirmed ->
    if
    :: hs[p] == HS_idle ->
      skip
    :: hs[p] == HS_knocking ->
      skip
    :: hs[p] == HS_answering ->
      skip
    :: hs[p] == HS_offering ->
      hs[p] = HS_idle; DO_disarmDeadline(); DO_agree()
    fi
  :: hev == HE_deadline ->
    if
    :: hs[p] == HS_idle ->
      skip
    :: hs[p] == HS_knocking ->
      hs[p] = HS_idle; DO_dropKnock(); DO_failTimeout()
    :: hs[p] == HS_answering ->
      hs[p] = HS_idle; DO_wipeAnswer(); DO_closeLink()
    :: hs[p] == HS_offering ->
      hs[p] = HS_idle; DO_wipeOffer(); DO_closeLink(); DO_wantIfNeeded()
    fi
  :: hev == HE_ended ->
    if
    :: hs[p] == HS_idle ->
      skip
    :: hs[p] == HS_knocking ->
      hs[p] = HS_idle; DO_disarmDeadline(); DO_dropKnock(); DO_failEnded()
    :: hs[p] == HS_answering ->
      hs[p] = HS_idle; DO_disarmDeadline(); DO_wipeAnswer()
    :: hs[p] == HS_offering ->
      hs[p] = HS_idle; DO_disarmDeadline(); DO_wipeOffer()
    fi
  fi
}

inline session_table() {
  if
  :: sev == SE_agreed ->
    if
    :: st[p] == SS_dormant ->
      GO_active(); DO_adoptKeys(); DO_reencrypt()
    :: st[p] == SS_active ->
      GO_active(); DO_adoptKeys(); DO_reencrypt()
    :: st[p] == SS_stale ->
      GO_active(); DO_adoptKeys(); DO_reportResumed(); DO_reencrypt()
    :: st[p] == SS_frozen ->
      if :: (IS_curableBesides(0)) -> GO_active(); DO_adoptKeys(); DO_reportResumed(); DO_reencrypt() :: else ->
      skip
      fi
    :: st[p] == SS_closed ->
      if :: (IS_closed(CR_revoked)) -> skip :: else ->
      GO_active(); DO_adoptKeys(); DO_reencrypt()
      fi
    fi
  :: sev == SE_frameOpens ->
    if
    :: st[p] == SS_dormant ->
      skip
    :: st[p] == SS_active ->
      DO_deliver()
    :: st[p] == SS_stale ->
      GO_active(); DO_reportResumed(); DO_deliver()
    :: st[p] == SS_frozen ->
      if :: (IS_frozen(FR_store)) -> skip :: else ->
      if :: (IS_frozen(FR_keyChanged)) -> skip :: else ->
      DO_deliver()
      fi; fi
    :: st[p] == SS_closed ->
      skip
    fi
  :: sev == SE_frameOld ->
    if
    :: st[p] == SS_dormant ->
      skip
    :: st[p] == SS_active ->
      DO_oweReceipt()
    :: st[p] == SS_stale ->
      DO_oweReceipt()
    :: st[p] == SS_frozen ->
      DO_oweReceipt()
    :: st[p] == SS_closed ->
      skip
    fi
  :: sev == SE_frameFails ->
    if
    :: st[p] == SS_dormant ->
      skip
    :: st[p] == SS_active ->
      if :: (IS_failuresReached) -> DO_raiseDesync() :: else ->
      DO_countFailure()
      fi
    :: st[p] == SS_stale ->
      if :: (IS_failuresReached) -> DO_raiseDesync() :: else ->
      DO_countFailure()
      fi
    :: st[p] == SS_frozen ->
      if :: (IS_failuresReached) -> DO_raiseDesync() :: else ->
      DO_countFailure()
      fi
    :: st[p] == SS_closed ->
      skip
    fi
  :: sev == SE_resumeEqual ->
    if
    :: st[p] == SS_dormant ->
      skip
    :: st[p] == SS_active ->
      DO_openBarrier(); DO_flush()
    :: st[p] == SS_stale ->
      DO_openBarrier(); DO_flush()
    :: st[p] == SS_frozen ->
      if :: (IS_onlyFrozen(FR_idle)) -> DO_openBarrier(); DO_want() :: else ->
      DO_openBarrier()
      fi
    :: st[p] == SS_closed ->
      skip
    fi
  :: sev == SE_desync ->
    if
    :: st[p] == SS_dormant ->
      skip
    :: st[p] == SS_active ->
      GO_freeze(FR_desync); DO_shutBarrier(); DO_reportFrozen(); DO_want()
    :: st[p] == SS_stale ->
      GO_freeze(FR_desync); DO_shutBarrier(); DO_reportFrozen(); DO_want()
    :: st[p] == SS_frozen ->
      GO_freeze(FR_desync); DO_shutBarrier(); DO_wantIfNeeded()
    :: st[p] == SS_closed ->
      skip
    fi
  :: sev == SE_send ->
    if
    :: st[p] == SS_dormant ->
      DO_hold(); DO_want()
    :: st[p] == SS_active ->
      if :: (IS_barrierOpen) -> DO_seal() :: else ->
      DO_hold()
      fi
    :: st[p] == SS_stale ->
      if :: (IS_barrierOpen) -> DO_seal() :: else ->
      DO_hold()
      fi
    :: st[p] == SS_frozen ->
      if :: (IS_frozen(FR_keyChanged)) -> DO_failKeyChanged() :: else ->
      DO_hold(); DO_wantIfNeeded()
      fi
    :: st[p] == SS_closed ->
      DO_failClosed()
    fi
  :: sev == SE_ask ->
    if
    :: st[p] == SS_dormant ->
      DO_holdLive(); DO_want()
    :: st[p] == SS_active ->
      if :: (IS_barrierOpen) -> DO_sealLive() :: else ->
      DO_holdLive()
      fi
    :: st[p] == SS_stale ->
      if :: (IS_barrierOpen) -> DO_sealLive() :: else ->
      DO_holdLive()
      fi
    :: st[p] == SS_frozen ->
      if :: (IS_frozen(FR_keyChanged)) -> DO_failKeyChanged() :: else ->
      if :: (IS_curableBesides(0)) -> DO_holdLive(); DO_want() :: else ->
      DO_failFrozen()
      fi; fi
    :: st[p] == SS_closed ->
      DO_failClosed()
    fi
  :: sev == SE_silentDay ->
    if
    :: st[p] == SS_dormant ->
      skip
    :: st[p] == SS_active ->
      GO_stale(); DO_reportStale()
    :: st[p] == SS_stale ->
      skip
    :: st[p] == SS_frozen ->
      skip
    :: st[p] == SS_closed ->
      skip
    fi
  :: sev == SE_silentWeek ->
    if
    :: st[p] == SS_dormant ->
      skip
    :: st[p] == SS_active -> assert(false)
    :: st[p] == SS_stale ->
      GO_freeze(FR_idle); DO_shutBarrier(); DO_reportFrozen()
    :: st[p] == SS_frozen ->
      skip
    :: st[p] == SS_closed ->
      skip
    fi
  :: sev == SE_silentMonth ->
    if
    :: st[p] == SS_dormant ->
      skip
    :: st[p] == SS_active -> assert(false)
    :: st[p] == SS_stale ->
      GO_close(CR_expired); DO_wipeKeys(); DO_endAgreement(); DO_closeLink(); DO_failQueue(); DO_reportClosed()
    :: st[p] == SS_frozen ->
      GO_close(CR_expired); DO_wipeKeys(); DO_endAgreement(); DO_closeLink(); DO_failQueue(); DO_reportClosed()
    :: st[p] == SS_closed ->
      skip
    fi
  :: sev == SE_rekeyDue ->
    if
    :: st[p] == SS_dormant ->
      skip
    :: st[p] == SS_active ->
      if :: (IS_linked) -> DO_want() :: else ->
      skip
      fi
    :: st[p] == SS_stale ->
      if :: (IS_linked) -> DO_want() :: else ->
      skip
      fi
    :: st[p] == SS_frozen ->
      skip
    :: st[p] == SS_closed ->
      skip
    fi
  :: sev == SE_storeRestored ->
    if
    :: st[p] == SS_dormant ->
      DO_newIncarnation()
    :: st[p] == SS_active ->
      GO_freeze(FR_tainted); DO_newIncarnation(); DO_shutBarrier(); DO_reportFrozen(); DO_want()
    :: st[p] == SS_stale ->
      GO_freeze(FR_tainted); DO_newIncarnation(); DO_shutBarrier(); DO_reportFrozen(); DO_want()
    :: st[p] == SS_frozen ->
      GO_freeze(FR_tainted); DO_newIncarnation(); DO_shutBarrier(); DO_wantIfNeeded()
    :: st[p] == SS_closed ->
      skip
    fi
  :: sev == SE_peerRestored ->
    if
    :: st[p] == SS_dormant ->
      DO_noteBoot()
    :: st[p] == SS_active ->
      GO_freeze(FR_peerRestored); DO_noteBoot(); DO_shutBarrier(); DO_reportRestored(); DO_reportFrozen()
    :: st[p] == SS_stale ->
      GO_freeze(FR_peerRestored); DO_noteBoot(); DO_shutBarrier(); DO_reportRestored(); DO_reportFrozen()
    :: st[p] == SS_frozen ->
      GO_freeze(FR_peerRestored); DO_noteBoot(); DO_shutBarrier()
    :: st[p] == SS_closed ->
      DO_noteBoot()
    fi
  :: sev == SE_keyChange ->
    if
    :: st[p] == SS_dormant ->
      GO_freeze(FR_keyChanged); DO_endAgreement(); DO_shutBarrier(); DO_closeLink(); DO_reportFrozen()
    :: st[p] == SS_active ->
      GO_freeze(FR_keyChanged); DO_endAgreement(); DO_shutBarrier(); DO_closeLink(); DO_reportFrozen()
    :: st[p] == SS_stale ->
      GO_freeze(FR_keyChanged); DO_endAgreement(); DO_shutBarrier(); DO_closeLink(); DO_reportFrozen()
    :: st[p] == SS_frozen ->
      GO_freeze(FR_keyChanged); DO_endAgreement(); DO_shutBarrier(); DO_closeLink(); DO_reportFrozen()
    :: st[p] == SS_closed ->
      skip
    fi
  :: sev == SE_keyAccepted ->
    if
    :: st[p] == SS_dormant ->
      skip
    :: st[p] == SS_active ->
      skip
    :: st[p] == SS_stale ->
      skip
    :: st[p] == SS_frozen ->
      if :: (IS_frozen(FR_keyChanged) && IS_curableBesides(FR_keyChanged)) -> GO_dormant(); DO_wipeKeys(); DO_pinKey(); DO_wantIfNeeded() :: else ->
      if :: (IS_frozen(FR_keyChanged)) -> GO_thaw(FR_keyChanged | FR_curable); DO_wipeKeys(); DO_pinKey() :: else ->
      skip
      fi; fi
    :: st[p] == SS_closed ->
      skip
    fi
  :: sev == SE_pause ->
    if
    :: st[p] == SS_dormant ->
      GO_freeze(FR_owner); DO_endAgreement(); DO_reportFrozen()
    :: st[p] == SS_active ->
      GO_freeze(FR_owner); DO_endAgreement(); DO_reportFrozen()
    :: st[p] == SS_stale ->
      GO_freeze(FR_owner); DO_endAgreement(); DO_reportFrozen()
    :: st[p] == SS_frozen ->
      GO_freeze(FR_owner); DO_endAgreement(); DO_reportFrozen()
    :: st[p] == SS_closed ->
      skip
    fi
  :: sev == SE_release ->
    if
    :: st[p] == SS_dormant ->
      skip
    :: st[p] == SS_active ->
      skip
    :: st[p] == SS_stale ->
      skip
    :: st[p] == SS_frozen ->
      if :: (IS_onlyFrozen(FR_owner) && IS_hasKeys) -> GO_active(); DO_reportResumed(); DO_flush() :: else ->
      if :: (IS_onlyFrozen(FR_owner)) -> GO_dormant(); DO_wantIfNeeded() :: else ->
      if :: (IS_frozen(FR_owner)) -> GO_thaw(FR_owner); DO_wantIfNeeded() :: else ->
      skip
      fi; fi; fi
    :: st[p] == SS_closed ->
      skip
    fi
  :: sev == SE_storeFailed ->
    if
    :: st[p] == SS_dormant ->
      GO_freeze(FR_store); DO_endAgreement(); DO_reportFrozen()
    :: st[p] == SS_active ->
      GO_freeze(FR_store); DO_endAgreement(); DO_reportFrozen()
    :: st[p] == SS_stale ->
      GO_freeze(FR_store); DO_endAgreement(); DO_reportFrozen()
    :: st[p] == SS_frozen ->
      GO_freeze(FR_store); DO_endAgreement(); DO_reportFrozen()
    :: st[p] == SS_closed ->
      skip
    fi
  :: sev == SE_storeHealed ->
    if
    :: st[p] == SS_dormant ->
      skip
    :: st[p] == SS_active ->
      skip
    :: st[p] == SS_stale ->
      skip
    :: st[p] == SS_frozen ->
      if :: (IS_onlyFrozen(FR_store) && IS_hasKeys) -> GO_active(); DO_reportResumed(); DO_flush() :: else ->
      if :: (IS_onlyFrozen(FR_store)) -> GO_dormant(); DO_wantIfNeeded() :: else ->
      if :: (IS_frozen(FR_store)) -> GO_thaw(FR_store); DO_wantIfNeeded() :: else ->
      skip
      fi; fi; fi
    :: st[p] == SS_closed ->
      skip
    fi
  :: sev == SE_close ->
    if
    :: st[p] == SS_dormant ->
      GO_close(CR_local); DO_endAgreement(); DO_failQueue(); DO_reportClosed()
    :: st[p] == SS_active ->
      GO_close(CR_local); DO_sendBye(); DO_wipeKeys(); DO_endAgreement(); DO_failQueue(); DO_reportClosed()
    :: st[p] == SS_stale ->
      GO_close(CR_local); DO_sendBye(); DO_wipeKeys(); DO_endAgreement(); DO_failQueue(); DO_reportClosed()
    :: st[p] == SS_frozen ->
      GO_close(CR_local); DO_wipeKeys(); DO_endAgreement(); DO_closeLink(); DO_failQueue(); DO_reportClosed()
    :: st[p] == SS_closed ->
      skip
    fi
  :: sev == SE_byeOpens ->
    if
    :: st[p] == SS_dormant ->
      skip
    :: st[p] == SS_active ->
      GO_close(CR_peer); DO_wipeKeys(); DO_endAgreement(); DO_failQueue(); DO_reportClosed()
    :: st[p] == SS_stale ->
      GO_close(CR_peer); DO_wipeKeys(); DO_endAgreement(); DO_failQueue(); DO_reportClosed()
    :: st[p] == SS_frozen ->
      GO_close(CR_peer); DO_wipeKeys(); DO_endAgreement(); DO_failQueue(); DO_reportClosed()
    :: st[p] == SS_closed ->
      skip
    fi
  :: sev == SE_distrusted ->
    if
    :: st[p] == SS_dormant ->
      GO_close(CR_revoked); DO_endAgreement(); DO_closeLink(); DO_failQueue(); DO_reportClosed()
    :: st[p] == SS_active ->
      GO_close(CR_revoked); DO_wipeKeys(); DO_endAgreement(); DO_closeLink(); DO_failQueue(); DO_rotateGroups(); DO_reportClosed()
    :: st[p] == SS_stale ->
      GO_close(CR_revoked); DO_wipeKeys(); DO_endAgreement(); DO_closeLink(); DO_failQueue(); DO_rotateGroups(); DO_reportClosed()
    :: st[p] == SS_frozen ->
      GO_close(CR_revoked); DO_wipeKeys(); DO_endAgreement(); DO_closeLink(); DO_failQueue(); DO_rotateGroups(); DO_reportClosed()
    :: st[p] == SS_closed ->
      GO_close(CR_revoked); DO_endAgreement(); DO_closeLink()
    fi
  :: sev == SE_trusted ->
    if
    :: st[p] == SS_dormant ->
      skip
    :: st[p] == SS_active ->
      skip
    :: st[p] == SS_stale ->
      skip
    :: st[p] == SS_frozen ->
      skip
    :: st[p] == SS_closed ->
      if :: (IS_closed(CR_revoked)) -> GO_dormant() :: else ->
      skip
      fi
    fi
  :: sev == SE_connect ->
    if
    :: st[p] == SS_dormant ->
      DO_want()
    :: st[p] == SS_active ->
      DO_returnSession()
    :: st[p] == SS_stale ->
      DO_returnSession(); DO_beat()
    :: st[p] == SS_frozen ->
      if :: (IS_frozen(FR_keyChanged)) -> DO_failKeyChanged() :: else ->
      if :: (IS_curableBesides(0)) -> DO_want() :: else ->
      DO_failFrozen()
      fi; fi
    :: st[p] == SS_closed ->
      if :: (IS_closed(CR_revoked)) -> DO_failClosed() :: else ->
      GO_dormant(); DO_want()
      fi
    fi
  :: sev == SE_restart ->
    if
    :: st[p] == SS_dormant ->
      DO_wantIfNeeded()
    :: st[p] == SS_active ->
      DO_shutBarrier(); DO_flush()
    :: st[p] == SS_stale ->
      DO_shutBarrier(); DO_flush()
    :: st[p] == SS_frozen ->
      DO_shutBarrier(); DO_wantIfNeeded()
    :: st[p] == SS_closed ->
      skip
    fi
  fi
}

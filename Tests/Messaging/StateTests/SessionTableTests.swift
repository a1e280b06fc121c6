import DMP
import Testing

/// Every event in every state, against expectations written apart from the table.
@Suite struct SessionTableTests {
  /// `next: what it does`; "." drops; "=" stays. Linked, with keys, the barrier open.
  struct Row: Sendable {
    var event: SessionEvent
    var dormant: String
    var active: String
    var stale: String
    var frozen: [FreezeReason: String]
    var closed: [CloseReason: String]
  }

  private static func each(_ text: String) -> [FreezeReason: String] {
    Dictionary(uniqueKeysWithValues: FreezeReason.allCases.map { ($0, text) })
  }

  private static func all(_ text: String) -> [CloseReason: String] {
    [.local: text, .peer: text, .expired: text, .revoked: text]
  }

  private static func curable(_ text: String, else other: String) -> [FreezeReason: String] {
    var cells = each(other)
    for reason in [FreezeReason.idle, .desync, .tainted, .peerRestored] { cells[reason] = text }
    return cells
  }

  static let rows: [Row] = [
    Row(
      event: .agreed, dormant: "active: adoptKeys reencrypt", active: "=: adoptKeys reencrypt",
      stale: "active: adoptKeys reportResumed reencrypt",
      frozen: curable("active: adoptKeys reportResumed reencrypt", else: "."),
      closed: all("active: adoptKeys reencrypt").merging([.revoked: "=:"]) { $1 }),
    Row(
      event: .frameOpens, dormant: ".", active: "=: deliver",
      stale: "active: reportResumed deliver",
      frozen: each("=: deliver").merging([.store: "=:", .keyChanged: "=:"]) { $1 },
      closed: all(".")),
    Row(
      event: .frameOld, dormant: ".", active: "=: oweReceipt", stale: "=: oweReceipt",
      frozen: each("=: oweReceipt"), closed: all(".")),
    Row(
      event: .frameFails, dormant: ".", active: "=: countFailure", stale: "=: countFailure",
      frozen: each("=: countFailure"), closed: all(".")),
    Row(
      event: .resumeEqual, dormant: ".", active: "=: openBarrier flush",
      stale: "=: openBarrier flush",
      frozen: each("=: openBarrier").merging([.idle: "=: openBarrier want"]) { $1 },
      closed: all(".")),
    Row(
      event: .desync, dormant: ".", active: "frozen+desync: shutBarrier reportFrozen want",
      stale: "frozen+desync: shutBarrier reportFrozen want",
      frozen: each("frozen+desync: shutBarrier wantIfNeeded"), closed: all(".")),
    Row(
      event: .send, dormant: "=: hold want", active: "=: seal", stale: "=: seal",
      frozen: each("=: hold wantIfNeeded").merging([.keyChanged: "=: failKeyChanged"]) { $1 },
      closed: all("=: failClosed")),
    Row(
      event: .ask, dormant: "=: holdLive want", active: "=: sealLive", stale: "=: sealLive",
      frozen: curable("=: holdLive want", else: "=: failFrozen")
        .merging([.keyChanged: "=: failKeyChanged"]) { $1 },
      closed: all("=: failClosed")),
    Row(
      event: .silentDay, dormant: ".", active: "stale: reportStale", stale: ".", frozen: each("."),
      closed: all(".")),
    Row(
      event: .silentWeek, dormant: ".", active: ".",
      stale: "frozen+idle: shutBarrier reportFrozen", frozen: each("."), closed: all(".")),
    Row(
      event: .silentMonth, dormant: ".", active: ".",
      stale: "closed(expired): wipeKeys endAgreement closeLink failQueue reportClosed",
      frozen: each("closed(expired): wipeKeys endAgreement closeLink failQueue reportClosed"),
      closed: all(".")),
    Row(
      event: .rekeyDue, dormant: ".", active: "=: want", stale: "=: want", frozen: each("."),
      closed: all(".")),
    Row(
      event: .storeRestored, dormant: "=: newIncarnation",
      active: "frozen+tainted: newIncarnation shutBarrier reportFrozen want",
      stale: "frozen+tainted: newIncarnation shutBarrier reportFrozen want",
      frozen: each("frozen+tainted: newIncarnation shutBarrier wantIfNeeded"), closed: all(".")),
    Row(
      event: .peerRestored, dormant: "=: noteBoot",
      active: "frozen+peerRestored: noteBoot shutBarrier reportRestored reportFrozen",
      stale: "frozen+peerRestored: noteBoot shutBarrier reportRestored reportFrozen",
      frozen: each("frozen+peerRestored: noteBoot shutBarrier"), closed: all("=: noteBoot")),
    Row(
      event: .keyChange, dormant: keyChange, active: keyChange, stale: keyChange,
      frozen: each(keyChange), closed: all(".")),
    Row(
      event: .keyAccepted, dormant: ".", active: ".", stale: ".",
      frozen: each(".").merging([.keyChanged: "dormant: wipeKeys pinKey wantIfNeeded"]) { $1 },
      closed: all(".")),
    Row(
      event: .pause, dormant: pause, active: pause, stale: pause, frozen: each(pause),
      closed: all(".")),
    Row(
      event: .release, dormant: ".", active: ".", stale: ".",
      frozen: each(".").merging([.owner: "active: reportResumed flush"]) { $1 }, closed: all(".")),
    Row(
      event: .storeFailed, dormant: storeFailed, active: storeFailed, stale: storeFailed,
      frozen: each(storeFailed), closed: all(".")),
    Row(
      event: .storeHealed, dormant: ".", active: ".", stale: ".",
      frozen: each(".").merging([.store: "active: reportResumed flush"]) { $1 }, closed: all(".")),
    Row(
      event: .close, dormant: "closed(local): endAgreement failQueue reportClosed",
      active: "closed(local): sendBye wipeKeys endAgreement failQueue reportClosed",
      stale: "closed(local): sendBye wipeKeys endAgreement failQueue reportClosed",
      frozen: each("closed(local): wipeKeys endAgreement closeLink failQueue reportClosed"),
      closed: all(".")),
    Row(
      event: .byeOpens, dormant: ".", active: bye, stale: bye, frozen: each(bye),
      closed: all(".")),
    Row(
      event: .distrusted,
      dormant: "closed(revoked): endAgreement closeLink failQueue reportClosed",
      active: distrusted, stale: distrusted, frozen: each(distrusted),
      closed: all("closed(revoked): endAgreement closeLink")),
    Row(
      event: .trusted, dormant: ".", active: ".", stale: ".", frozen: each("."),
      closed: all(".").merging([.revoked: "dormant:"]) { $1 }),
    Row(
      event: .connect, dormant: "=: want", active: "=: returnSession",
      stale: "=: returnSession beat",
      frozen: curable("=: want", else: "=: failFrozen")
        .merging([.keyChanged: "=: failKeyChanged"]) { $1 },
      closed: all("dormant: want").merging([.revoked: "=: failClosed"]) { $1 }),
    Row(
      event: .restart, dormant: "=: wantIfNeeded", active: "=: shutBarrier flush",
      stale: "=: shutBarrier flush", frozen: each("=: shutBarrier wantIfNeeded"), closed: all(".")),
  ]

  private static let keyChange =
    "frozen+keyChanged: endAgreement shutBarrier closeLink reportFrozen"
  private static let pause = "frozen+owner: endAgreement reportFrozen"
  private static let storeFailed = "frozen+store: endAgreement reportFrozen"
  private static let bye = "closed(peer): wipeKeys endAgreement failQueue reportClosed"
  private static let distrusted =
    "closed(revoked): wipeKeys endAgreement closeLink failQueue rotateGroups reportClosed"

  /// What an event does, in the notation of the rows.
  private func fire(_ event: SessionEvent, in state: SessionState, facts: SessionFacts) -> String {
    var next = state
    guard let actions = next.take(event, given: facts) else { return "." }
    let target =
      switch next {
      case _ where next == state: "="
      case .dormant: "dormant"
      case .active: "active"
      case .stale: "stale"
      case .frozen(let reasons):
        "frozen"
          + FreezeReason.allCases
          .filter { reasons.contains($0) && !state.freezeReasons.contains($0) }
          .map { "+\($0)" }.joined()
      case .closed(let reason): "closed(\(reason))"
      }
    return ([target + ":"] + actions.map(\.rawValue)).joined(separator: " ")
  }

  private let open = SessionFacts(hasKeys: true, isLinked: true, isBarrierOpen: true)

  @Test(arguments: rows)
  func everyCell(_ row: Row) {
    #expect(fire(row.event, in: .dormant, facts: open) == row.dormant)
    #expect(fire(row.event, in: .active, facts: open) == row.active)
    #expect(fire(row.event, in: .stale, facts: open) == row.stale)
    for reason in FreezeReason.allCases {
      let expected = row.frozen[reason]
        .map { $0.hasPrefix("frozen+\(reason):") ? "=" + $0.drop { $0 != ":" } : $0 }
      #expect(
        fire(row.event, in: .frozen(FreezeReasons(reason)), facts: open) == expected,
        "\(row.event) in frozen(\(reason))")
    }
    for (reason, text) in row.closed {
      let expected =
        text.hasPrefix("closed(\(reason)):") ? "=" + text.drop { $0 != ":" } : text
      #expect(fire(row.event, in: .closed(reason), facts: open) == expected)
    }
  }

  @Test func noEventIsLeftOut() {
    #expect(Set(Self.rows.map(\.event)) == Set(SessionEvent.allCases))
  }

  @Test func nothingIsEncryptedBehindTheBarrier() {
    let shut = SessionFacts(hasKeys: true, isLinked: true, isBarrierOpen: false)
    #expect(fire(.send, in: .active, facts: shut) == "=: hold")
    #expect(fire(.ask, in: .stale, facts: shut) == "=: holdLive")
  }

  @Test func keysAreDueOnlyWithALink() {
    let alone = SessionFacts(hasKeys: true, isLinked: false, isBarrierOpen: false)
    #expect(fire(.rekeyDue, in: .active, facts: alone) == ".")
  }

  @Test func oneFailureTooManyIsADesync() {
    let third = SessionFacts(
      hasKeys: true, isLinked: true, isBarrierOpen: true, areFailuresReached: true)
    #expect(fire(.frameFails, in: .active, facts: third) == "=: raiseDesync")
  }

  @Test func aReleasedSessionWithoutKeysIsDormant() {
    let none = SessionFacts(hasKeys: false, isLinked: true, isBarrierOpen: false)
    let owner = SessionState.frozen(FreezeReasons(.owner))
    #expect(fire(.release, in: owner, facts: none) == "dormant: wantIfNeeded")
  }

  @Test func theOwnersHoldHidesAnEarlierReason() {
    var state = SessionState.frozen(FreezeReasons(.desync))
    #expect(state.take(.pause, given: open) != nil)
    #expect(state.freezeReasons.shown == .owner && state.isBlocked)
    #expect(state.take(.release, given: open) == [.wantIfNeeded])
    #expect(state == .frozen(FreezeReasons(.desync)) && !state.isBlocked)
  }

  @Test func anAcceptedKeyWipesWhatNewKeysCureAndKeepsTheOwnersHold() {
    var state = SessionState.frozen([FreezeReasons(.desync), FreezeReasons(.owner)])
    #expect(state.take(.keyChange, given: open) != nil)
    #expect(state.freezeReasons.shown == .keyChanged)
    #expect(state.take(.keyAccepted, given: open) == [.wipeKeys, .pinKey])
    #expect(state == .frozen(FreezeReasons(.owner)))
  }

  @Test func activeComesOnlyFromAgreementOrFromASessionWithKeys() {
    let none = SessionFacts(hasKeys: false, isLinked: true, isBarrierOpen: true)
    let states: [SessionState] =
      [.dormant, .closed(.local), .closed(.peer), .closed(.expired), .closed(.revoked)]
      + FreezeReason.allCases.map { .frozen(FreezeReasons($0)) }
    for state in states {
      for event in SessionEvent.allCases where event != .agreed {
        var next = state
        _ = next.take(event, given: none)
        #expect(next != .active, "\(event) in \(state)")
      }
    }
  }
}

import DMP
import Testing

/// Every event in every state, against expectations written apart from the table.
@Suite struct AgreementTableTests {
  struct Row: Sendable {
    var event: AgreementEvent
    /// Next state and last action for idle, knocking, answering, offering; "." drops.
    var cells: [String]
    var isLinked = true
    var isLower = false
    var isTrusted = true
  }

  static let rows: [Row] = [
    Row(event: .want, cells: ["knocking armDeadline", "knocking", "answering", "offering"]),
    Row(
      event: .want, cells: ["knocking armDeadline", "knocking", "answering", "offering"],
      isLinked: false),
    Row(event: .linkUp, cells: ["idle wantIfNeeded", "knocking sendKnock", ".", "."]),
    Row(
      event: .linkDown, cells: [".", "knocking redial", "idle wantIfNeeded", "idle wantIfNeeded"]),
    Row(
      event: .knockGood,
      cells: [
        "answering armDeadline", "answering armDeadline", "answering armDeadline",
        "answering armDeadline",
      ]),
    Row(
      event: .knockGood,
      cells: [
        "answering armDeadline", "knocking rejectGlare", "answering armDeadline",
        "offering rejectGlare",
      ], isLower: true),
    Row(
      event: .knockRefused,
      cells: [
        "idle rejectKnock", "knocking rejectKnock", "answering rejectKnock", "offering rejectKnock",
      ]),
    Row(
      event: .knockRefused,
      cells: ["idle closeLink", "knocking closeLink", "answering closeLink", "offering closeLink"],
      isTrusted: false),
    Row(event: .acceptGood, cells: [".", "offering armDeadline", ".", "."]),
    Row(event: .acceptBad, cells: [".", "idle failBadAccept", ".", "."]),
    Row(event: .rejectGlare, cells: [".", "knocking", ".", "."]),
    Row(event: .rejectOther, cells: [".", "idle failRejected", ".", "."]),
    Row(event: .initialOpens, cells: [".", ".", "idle answerInitial", "."]),
    Row(event: .initialFails, cells: [".", ".", "idle closeLink", "."]),
    Row(event: .offerConfirmed, cells: [".", ".", ".", "idle agree"]),
    Row(
      event: .deadline, cells: [".", "idle failTimeout", "idle closeLink", "idle wantIfNeeded"]),
    Row(event: .ended, cells: [".", "idle failEnded", "idle wipeAnswer", "idle wipeOffer"]),
  ]

  @Test(arguments: rows)
  func everyCell(_ row: Row) {
    for (state, expected) in zip(AgreementState.allCases, row.cells) {
      var next = state
      let actions = next.take(
        row.event,
        given: AgreementFacts(
          isLinked: row.isLinked, isLower: row.isLower, isTrusted: row.isTrusted))
      let found = actions.map { actions in
        ([next.rawValue] + actions.suffix(1).map(\.rawValue)).joined(separator: " ")
      }
      #expect((found ?? ".") == expected, "\(row.event) in \(state)")
    }
  }

  @Test func noEventIsLeftOut() {
    #expect(Set(Self.rows.map(\.event)) == Set(AgreementEvent.allCases))
  }

  @Test func whoLeavesAWaitForKeysWipesThem() {
    let facts = AgreementFacts(isLinked: true, isLower: false, isTrusted: true)
    for (state, wipe) in [
      (AgreementState.answering, AgreementAction.wipeAnswer), (.offering, .wipeOffer),
    ] {
      for event in AgreementEvent.allCases {
        var next = state
        guard let actions = next.take(event, given: facts), next != state else { continue }
        #expect(actions.contains(wipe) || actions.contains(.agree), "\(event) in \(state)")
      }
    }
  }
}

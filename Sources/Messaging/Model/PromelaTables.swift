import DMP

/// The state tables in Promela, for Tests/Model/peers.pml, which says what conditions and actions
/// mean between two peers and a link.
package enum PromelaTables {
  /// The whole file.
  package static var text: String {
    """
    /* Written by Scripts/state-tables --write from StateTables in Sources/Messaging/DMP/States. */

    \(constants("HS", AgreementState.allCases.map(\.rawValue)))
    \(constants("HE", AgreementEvent.allCases.map(\.rawValue), from: 1))
    \(constants("SS", SessionState.Column.allCases.map(\.rawValue)))
    \(constants("SE", SessionEvent.allCases.map(\.rawValue), from: 1))
    \(FreezeReason.allCases.map { "#define FR_\($0) \(FreezeReasons($0).rawValue)\n" }.joined())
    #define FR_curable \(FreezeReasons.curable.rawValue)
    #define FR_wanting \(FreezeReasons.wanting.rawValue)

    \(constants("CR", CloseReason.allCases.map { "\($0)" }))
    inline agreement_table() {
    \(table(
      StateTables.standard.agreement, event: "hev == HE_", column: "hs[p] == HS_",
      condition: { "IS_\($0.rawValue)" }, target: { $0.map { "hs[p] = HS_\($0.rawValue)" } }))}

    inline session_table() {
    \(table(
      StateTables.standard.session, event: "sev == SE_", column: "st[p] == SS_",
      condition: condition, target: target))}

    """
  }

  private static func constants(_ prefix: String, _ names: [String], from first: Int = 0) -> String
  {
    names.enumerated()
      .map { "#define \(prefix)_\($0.element) \($0.offset + first)\n" }
      .joined()
  }

  private static func table<Event, Column, Condition, Action, Target>(
    _ table: StateTable<Event, Column, Condition, Action, Target>, event: String, column: String,
    condition: (Condition) -> String, target: (Target) -> String?
  ) -> String
  where
    Event: RawRepresentable<String>, Column: RawRepresentable<String>,
    Action: RawRepresentable<String>
  {
    var text = "  if\n"
    for row in Event.allCases {
      text += "  :: \(event)\(row.rawValue) ->\n    if\n"
      for state in Column.allCases {
        let cell = table.cell(row, in: state)
        text += "    :: \(column)\(state.rawValue) ->"
        text += cell.isImpossible ? " assert(false)\n" : "\n" + body(cell, condition, target)
      }
      text += "    fi\n"
    }
    return text + "  fi\n"
  }

  /// The transitions of a cell, tried in order.
  private static func body<Condition, Action: RawRepresentable<String>, Target>(
    _ cell: TableCell<Condition, Action, Target>, _ condition: (Condition) -> String,
    _ target: (Target) -> String?
  ) -> String {
    var text = ""
    var depth = 0
    var isClosed = false
    for transition in cell.transitions {
      let steps = [target(transition.target)] + transition.actions.map { "DO_\($0.rawValue)()" }
      let sequence = steps.compactMap { $0 }.joined(separator: "; ")
      let done = sequence.isEmpty ? "skip" : sequence
      guard !transition.conditions.isEmpty else {
        text += "      \(done)\n"
        isClosed = true
        break
      }
      let all = transition.conditions.map(condition).joined(separator: " && ")
      text += "      if :: (\(all)) -> \(done) :: else ->\n"
      depth += 1
    }
    if !isClosed { text += "      skip\n" }
    return text
      + (depth > 0 ? "      \(String(repeating: "fi; ", count: depth).dropLast(2))\n" : "")
  }

  private static func condition(_ condition: SessionCondition) -> String {
    switch condition {
    case .hasKeys: "IS_hasKeys"
    case .linked: "IS_linked"
    case .barrierOpen: "IS_barrierOpen"
    case .failuresReached: "IS_failuresReached"
    case .curable: "IS_curableBesides(0)"
    case .curableBesides(let reason): "IS_curableBesides(FR_\(reason))"
    case .frozen(let reason): "IS_frozen(FR_\(reason))"
    case .onlyFrozen(let reason): "IS_onlyFrozen(FR_\(reason))"
    case .closed(let reason): "IS_closed(CR_\(reason))"
    }
  }

  private static func target(_ target: SessionTarget) -> String? {
    switch target {
    case .stay: nil
    case .dormant: "GO_dormant()"
    case .active: "GO_active()"
    case .stale: "GO_stale()"
    case .freeze(let reason): "GO_freeze(FR_\(reason))"
    case .thaw(let reason): "GO_thaw(FR_\(reason))"
    case .thawWiped(let reason): "GO_thaw(FR_\(reason) | FR_curable)"
    case .close(let reason): "GO_close(CR_\(reason))"
    }
  }
}

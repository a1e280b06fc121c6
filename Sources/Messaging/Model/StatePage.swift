import DMP

/// The page docs/dmp/states.md: both state tables as text.
package enum StatePage {
  /// The whole page, in Markdown.
  package static var text: String {
    """
    # The state tables of DMP/1

    Written by `Scripts/state-tables --write` from `StateTables` in
    `Sources/Messaging/DMP/States`, which the engine runs. The first line of a cell whose condition
    holds is taken: `[conditions] STATE: actions`. A cell without a state stays. `·`: the event is
    dropped and counted. `–`: the engine never lets it come; `Scripts/model-check` proves that.

    ## Agreement

    One per peer, volatile: a restart puts it at IDLE. A script sees a DORMANT session with a busy
    agreement as INITIATING.

    \(table(StateTables.standard.agreement, condition: \.rawValue, target: { $0?.rawValue }))
    ## Session

    One per peer, persisted. FROZEN holds a set of reasons, CLOSED one.

    \(table(StateTables.standard.session, condition: condition, target: target))
    """
  }

  private static func table<Event, Column, Condition, Action, Target>(
    _ table: StateTable<Event, Column, Condition, Action, Target>,
    condition: (Condition) -> String, target: (Target) -> String?
  ) -> String
  where
    Event: RawRepresentable<String>, Column: RawRepresentable<String>,
    Action: RawRepresentable<String>
  {
    let columns = Column.allCases.map { $0.rawValue.uppercased() }
    var text = "| event | \(columns.joined(separator: " | ")) |\n"
    text += String(repeating: "|---", count: columns.count + 1) + "|\n"
    for event in Event.allCases {
      let cells = Column.allCases.map { column in
        let cell = table.cell(event, in: column)
        if cell.isImpossible { return "–" }
        if cell.transitions.isEmpty { return "·" }
        return cell.transitions.map { transition in
          let conditions = transition.conditions.map { words(condition($0)) }
          let actions = transition.actions.map { words($0.rawValue) }.joined(separator: ", ")
          let state = target(transition.target)?.uppercased()
          let parts = [state, actions.isEmpty ? nil : actions].compactMap { $0 }
          let done = parts.isEmpty ? "stay" : parts.joined(separator: ": ")
          return conditions.isEmpty ? done : "[\(conditions.joined(separator: ", "))] \(done)"
        }.joined(separator: "<br>")
      }
      text += "| \(words(event.rawValue)) | \(cells.joined(separator: " | ")) |\n"
    }
    return text
  }

  private static func condition(_ condition: SessionCondition) -> String {
    switch condition {
    case .hasKeys: "hasKeys"
    case .linked: "linked"
    case .barrierOpen: "barrierOpen"
    case .failuresReached: "failuresReached"
    case .curable: "curable"
    case .curableBesides(let reason): "curable besides \(words("\(reason)"))"
    case .frozen(let reason): "frozen: \(words("\(reason)"))"
    case .onlyFrozen(let reason): "only frozen: \(words("\(reason)"))"
    case .closed(let reason): "closed: \(reason)"
    }
  }

  private static func target(_ target: SessionTarget) -> String? {
    switch target {
    case .stay: nil
    case .dormant: "dormant"
    case .active: "active"
    case .stale: "stale"
    case .freeze(let reason): "frozen + \(words("\(reason)"))"
    case .thaw(let reason): "frozen − \(words("\(reason)"))"
    case .thawWiped(let reason): "frozen − \(words("\(reason)")) and all curable"
    case .close(let reason): "closed(\(reason))"
    }
  }
}

/// What an event does in a state: the first transition whose conditions hold is taken.
package struct TableCell<Condition, Action, Target>: Sendable
where Condition: Sendable, Action: Sendable, Target: Sendable {
  package struct Transition: Sendable {
    /// All must hold.
    package let conditions: [Condition]
    package let target: Target
    /// In this order, after the state has changed.
    package let actions: [Action]
  }

  /// None: the event is dropped and counted, the state stays.
  package let transitions: [Transition]
  /// True when the engine never lets the event come in this state. The model checker proves it;
  /// the machine treats such an event as dropped.
  package let isImpossible: Bool

  /// The event is dropped and counted, the state stays.
  static var drop: Self { Self(transitions: [], isImpossible: false) }

  static var never: Self { Self(transitions: [], isImpossible: true) }

  static func go(_ target: Target, _ actions: Action...) -> Self {
    Self(
      transitions: [Transition(conditions: [], target: target, actions: actions)],
      isImpossible: false
    )
  }

  static func first(of transitions: Transition...) -> Self {
    Self(transitions: transitions, isImpossible: false)
  }
}

extension TableCell.Transition {
  static func when(_ conditions: Condition..., go target: Target, _ actions: Action...) -> Self {
    Self(conditions: conditions, target: target, actions: actions)
  }

  static func otherwise(_ target: Target, _ actions: Action...) -> Self {
    Self(conditions: [], target: target, actions: actions)
  }
}

extension TableCell {
  /// The first transition whose conditions all hold.
  package func transition(where holds: (Condition) -> Bool) -> Transition? {
    transitions.first { $0.conditions.allSatisfy(holds) }
  }
}

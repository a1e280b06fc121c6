/// What the conditions of the agreement table are judged by.
package struct AgreementFacts: Sendable {
  package var isLinked: Bool
  /// Our did is the lower one.
  package var isLower: Bool
  package var isTrusted: Bool

  package init(isLinked: Bool, isLower: Bool, isTrusted: Bool) {
    self.isLinked = isLinked
    self.isLower = isLower
    self.isTrusted = isTrusted
  }

  func holds(_ condition: AgreementCondition) -> Bool {
    switch condition {
    case .linked: isLinked
    case .lower: isLower
    case .trusted: isTrusted
    }
  }
}

extension AgreementState {
  /// Moves as the table says and returns what is to be done; nil: the event is dropped.
  package mutating func take(
    _ event: AgreementEvent, given facts: AgreementFacts
  ) -> [AgreementAction]? {
    let cell = StateTables.standard.agreement.cell(event, in: self)
    guard let transition = cell.transition(where: facts.holds) else { return nil }
    self = transition.target ?? self
    return transition.actions
  }
}

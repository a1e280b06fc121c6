/// What the conditions of the session table are judged by, apart from the state.
package struct SessionFacts: Sendable {
  package var hasKeys: Bool
  package var isLinked: Bool
  /// The peer's RESUME on this link named our session, and no offer of ours is open.
  package var isBarrierOpen: Bool
  /// Together with this one, DESYNC distinct frames have failed.
  package var areFailuresReached: Bool

  package init(
    hasKeys: Bool, isLinked: Bool, isBarrierOpen: Bool, areFailuresReached: Bool = false
  ) {
    self.hasKeys = hasKeys
    self.isLinked = isLinked
    self.isBarrierOpen = isBarrierOpen
    self.areFailuresReached = areFailuresReached
  }

  func holds(_ condition: SessionCondition, in state: SessionState) -> Bool {
    let reasons = state.freezeReasons
    return switch condition {
    case .hasKeys: hasKeys
    case .linked: isLinked
    case .barrierOpen: isBarrierOpen
    case .failuresReached: areFailuresReached
    case .curable: FreezeReasons.curable.isSuperset(of: reasons)
    case .curableBesides(let reason):
      FreezeReasons.curable.union(FreezeReasons(reason)).isSuperset(of: reasons)
    case .frozen(let reason): reasons.contains(reason)
    case .onlyFrozen(let reason): reasons == FreezeReasons(reason)
    case .closed(let reason): state == .closed(reason)
    }
  }
}

extension SessionState {
  /// Moves as the table says and returns what is to be done; nil: the event is dropped.
  package mutating func take(
    _ event: SessionEvent, given facts: SessionFacts
  ) -> [SessionAction]? {
    let cell = StateTables.standard.session.cell(event, in: column)
    let state = self
    guard let transition = cell.transition(where: { facts.holds($0, in: state) }) else {
      return nil
    }
    move(to: transition.target)
    return transition.actions
  }

  private mutating func move(to target: SessionTarget) {
    switch target {
    case .stay: break
    case .dormant: self = .dormant
    case .active: self = .active
    case .stale: self = .stale
    case .freeze(let reason): self = .frozen(freezeReasons.union(FreezeReasons(reason)))
    case .thaw(let reason): self = .frozen(freezeReasons.subtracting(FreezeReasons(reason)))
    case .thawWiped(let reason):
      self = .frozen(freezeReasons.subtracting(FreezeReasons(reason)).subtracting(.curable))
    case .close(let reason): self = .closed(reason)
    }
  }
}

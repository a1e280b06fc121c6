/// What a session is. Persisted with its keys.
package enum SessionState: Hashable, Sendable {
  /// No keys yet.
  case dormant
  case active
  /// Nothing came for 24 hours.
  case stale
  /// Keys may be there; what is written is held.
  case frozen(FreezeReasons)
  /// The keys are wiped.
  case closed(CloseReason)

  /// The columns of the table.
  package enum Column: String, CaseIterable, Sendable {
    case dormant, active, stale, frozen, closed
  }

  package var column: Column {
    switch self {
    case .dormant: .dormant
    case .active: .active
    case .stale: .stale
    case .frozen: .frozen
    case .closed: .closed
    }
  }

  /// Empty when it is not frozen.
  package var freezeReasons: FreezeReasons {
    switch self {
    case .frozen(let reasons): reasons
    case .dormant, .active, .stale, .closed: []
    }
  }

  /// Frozen by what new keys do not cure: no knock is made or taken.
  package var isBlocked: Bool { !freezeReasons.subtracting(.curable).isEmpty }
}

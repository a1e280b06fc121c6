/// Where a transition of the session table leads.
package enum SessionTarget: Hashable, Sendable {
  case stay
  case dormant
  case active
  case stale
  /// Adds a reason to those that hold it.
  case freeze(FreezeReason)
  /// Takes a reason away; another must remain.
  case thaw(FreezeReason)
  /// Takes it away with all that new keys cure, for the old keys are wiped; another must remain.
  case thawWiped(FreezeReason)
  case close(CloseReason)
}

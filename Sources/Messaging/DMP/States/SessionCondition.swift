/// What the cells of the session table ask.
package enum SessionCondition: Hashable, Sendable {
  case hasKeys
  case linked
  /// The peer's RESUME on this link named our session, and no offer of ours is open.
  case barrierOpen
  /// This failure is one too many (DESYNC).
  case failuresReached
  /// Nothing freezes the session but what new keys cure.
  case curable
  /// Besides this reason, nothing freezes the session but what new keys cure.
  case curableBesides(FreezeReason)
  case frozen(FreezeReason)
  /// Nothing else freezes it.
  case onlyFrozen(FreezeReason)
  case closed(CloseReason)
}

/// A reason to hold a session, the one that is shown first of several coming first.
package enum FreezeReason: UInt8, CaseIterable, Sendable {
  /// The peer shows another key; ends when the script accepts it.
  case keyChanged
  /// The script paused it.
  case owner
  /// The store failed.
  case store
  /// Our own store was restored from a copy.
  case tainted
  /// The peer's store was restored or cloned.
  case peerRestored
  /// The two sides hold different keys.
  case desync
  /// Nothing came for 7 days.
  case idle
}

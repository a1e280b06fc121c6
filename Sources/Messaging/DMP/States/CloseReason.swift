/// Why a session has no keys any more.
package enum CloseReason: UInt8, CaseIterable, Sendable {
  /// The script closed it.
  case local
  /// The peer said bye.
  case peer
  /// Nothing came for 30 days.
  case expired
  /// The peer's key is revoked, or the peer is no longer trusted.
  case revoked
}

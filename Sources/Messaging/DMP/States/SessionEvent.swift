/// What can happen to a session.
package enum SessionEvent: String, CaseIterable, Sendable {
  /// The agreement made new keys that the peer has confirmed.
  case agreed
  case frameOpens
  /// An index behind the chain, without a stored key: a resent frame.
  case frameOld
  case frameFails
  /// The peer's RESUME names our session.
  case resumeEqual
  /// The peer's RESUME names another session or none, or too many frames failed.
  case desync
  case send
  /// Live content.
  case ask
  /// STALE without an inbound.
  case silentDay
  /// FROZEN idle.
  case silentWeek
  /// EXPIRE.
  case silentMonth
  /// The keys are REKEY_DUE old.
  case rekeyDue
  /// The peer has seen a later start of our store than we remember.
  case storeRestored
  /// The peer shows an earlier start of its store than we have seen, or another of the same number.
  case peerRestored
  case keyChange
  case keyAccepted
  case pause
  case release
  case storeFailed
  case storeHealed
  case close
  case byeOpens
  /// The peer's key is revoked or the peer no longer trusted.
  case distrusted
  /// The peer is trusted again.
  case trusted
  case connect
  case restart
}

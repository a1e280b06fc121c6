/// What the cells of the session table do.
package enum SessionAction: String, CaseIterable, Sendable {
  /// Persists the new keys, wipes the old ones, opens the barrier.
  case adoptKeys
  /// Gives the kept contents of the outbox to the new keys, each with its `seq`, and sends them.
  case reencrypt
  /// Commits, delivers, owes a receipt.
  case deliver
  /// A receipt for what was there already, rate-limited.
  case oweReceipt
  case countFailure
  /// Fires `desync`.
  case raiseDesync
  case openBarrier
  case shutBarrier
  /// Sends what is held, or seeks a link for it.
  case flush
  /// Persists the content without encrypting it, and seeks a link.
  case hold
  /// Persists, encrypts, sends.
  case seal
  /// Keeps live content until its deadline.
  case holdLive
  case sealLive
  case want
  /// Fires `want` while the outbox, the script or the state wants keys.
  case wantIfNeeded
  case beat
  case sendBye
  case wipeKeys
  case failQueue
  case newIncarnation
  case noteBoot
  case pinKey
  case closeLink
  case rotateGroups
  /// Fires the agreement's `ended`.
  case endAgreement
  case returnSession
  case reportResumed
  case reportStale
  case reportFrozen
  case reportClosed
  case reportRestored
  case failKeyChanged
  case failFrozen
  case failClosed
}

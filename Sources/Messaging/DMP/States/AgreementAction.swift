/// What the cells of the agreement table do.
package enum AgreementAction: String, CaseIterable, Sendable {
  /// Starts HANDSHAKE_DEADLINE.
  case armDeadline
  case disarmDeadline
  case dial
  /// Dials again after RECONNECT.
  case redial
  case sendResume
  case sendKnock
  /// Makes fresh keys and sends ACCEPT.
  case sendAccept
  case rejectGlare
  case rejectKnock
  /// Derives the keys and sends INITIAL.
  case sendInitial
  /// Forgets the knock that we sent.
  case dropKnock
  /// Wipes the keys made for an ACCEPT.
  case wipeAnswer
  /// Wipes the keys that we offered.
  case wipeOffer
  case closeLink
  /// Gives the keys to the session.
  case agree
  /// Sends the first message under the new keys.
  case answerInitial
  /// Fires `want` again while the session still wants keys.
  case wantIfNeeded
  case failTimeout
  case failRejected
  /// BadSignature or VersionTooOld.
  case failBadAccept
  case failEnded
}

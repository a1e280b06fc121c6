/// What can happen to an agreement.
package enum AgreementEvent: String, CaseIterable, Sendable {
  /// A connect, queued content, or keys that are due.
  case want
  /// A link whose other end has proven the did.
  case linkUp
  case linkDown
  /// Signature, did, link hash, nonce and policy are right.
  case knockGood
  case knockRefused
  case acceptGood
  /// A wrong signature, or no version in common.
  case acceptBad
  case rejectGlare
  case rejectOther
  case initialOpens
  case initialFails
  /// The peer's first message under the keys that we offered.
  case offerConfirmed
  case deadline
  /// The session was closed, frozen by its owner, or its peer is no longer trusted.
  case ended
}

/// Where the agreement with a peer is. Volatile: a restart puts it at `idle`.
package enum AgreementState: String, CaseIterable, Sendable {
  case idle
  /// Our KNOCK waits for an answer, or for a link.
  case knocking
  /// Our ACCEPT waits for an INITIAL.
  case answering
  /// Our INITIAL waits for the first message.
  case offering
}

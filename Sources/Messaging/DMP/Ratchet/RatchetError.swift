/// Why a ratchet refused a frame or a message; after any of these it is as it was before.
///
/// The peer is told none of them; see `Ratchet.Opening` for what is no failure.
package enum RatchetError: Error, Equatable {
  /// The frame has another layout, or a count that no honest sender reaches.
  case malformed
  /// The frame belongs to another session.
  case otherSession
  /// A tag is wrong.
  case notAuthentic
  /// More than `Limits.skipStep` messages would be skipped at once.
  case tooFarAhead
  /// A key of the peer that it cannot have made: it has not seen mine yet. Costs no agreement.
  case unexpectedKey
  /// A public key of small order.
  case badKey
  /// The responder can send only after it has opened a message.
  case nothingReceived
  /// 2^31 messages in one chain.
  case exhausted
  /// No memory for secrets.
  case outOfMemory
}

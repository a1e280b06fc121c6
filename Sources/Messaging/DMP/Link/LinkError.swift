/// Why a link ended; the peer sees only that it did.
package enum LinkError: Error, Equatable {
  /// A record or frame of another form than the protocol's, or one that does not belong there.
  case malformed
  /// LINK_1 without the proof that its sender knows this side's card.
  case wrongMAC
  /// A tag is wrong: the handshake's or a record's.
  case notAuthentic
  /// The key of a handshake message is no key.
  case badKey
  /// The peer's certificate is not one to talk with, or does not name the key that it proved.
  case refused
  /// No key is known for the peer that XXpsk3 was asked with.
  case unknownPSK
  /// A version or suite that this side does not speak.
  case wrongVersion
  /// The handshake took longer than `Limits.linkDeadline`.
  case handshakeTimedOut
  /// Nothing came for `Limits.linkSilence`.
  case silent
  /// The link is older than `Limits.linkAge`: the next one has new keys.
  case tooOld
  /// The link had ended before.
  case closed
  /// No memory for secrets.
  case outOfMemory
}

extension LinkError {
  init(_ error: NoiseError) {
    switch error {
    case .notAuthentic: self = .notAuthentic
    case .wrongLength: self = .malformed
    case .badKey: self = .badKey
    case .exhausted: self = .tooOld
    case .outOfMemory: self = .outOfMemory
    }
  }
}

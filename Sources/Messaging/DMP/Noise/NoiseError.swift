/// Why a Noise message was refused; the peer is never told.
package enum NoiseError: Error, Equatable {
  /// A tag is wrong.
  case notAuthentic
  /// A message is shorter than its pattern makes it, or longer than 65,535 bytes.
  case wrongLength
  /// A public key that is not canonical or has a small order.
  case badKey
  /// All nonces of a key are used.
  case exhausted
  /// No memory for secrets.
  case outOfMemory
}

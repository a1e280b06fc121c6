/// Why a cryptographic operation refused.
///
/// Peers never see the case: protocol code answers every failure alike and keeps the case for the
/// local log.
public enum CryptoError: Error, Equatable, Sendable {
  /// A key, nonce, tag or other value of fixed size has another size; both counts in bytes.
  case wrongLength(expected: Int, found: Int)
  /// A tag or signature does not fit the key and the bytes.
  case notAuthentic
  /// An X25519 agreement gave only zeros: the peer's point has a small order (RFC 7748 §6.1).
  case sharedSecretIsZero
  /// An X25519 key is not the one shortest encoding of its point: its number is 2^255 - 19 or more.
  case keyNotCanonical
  /// More output was asked of HKDF than 255 hashes (RFC 5869 §2.3).
  case outputTooLong
  /// No memory for secrets, or none for the size asked of a password hash.
  case outOfMemory
  /// A password hash was asked for with limits outside of what it allows.
  case limitsOutOfRange
  /// Bytes that no key of this kind has.
  case invalidKey
}

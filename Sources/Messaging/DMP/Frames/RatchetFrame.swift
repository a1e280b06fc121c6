/// The fixed layout of RATCHET (DMP §7.1).
///
/// `sid 8 · dh 32 · pn u32 · n u32 · nonce 24 · ciphertext · tag 16`
package enum RatchetFrame {
  /// What stands before the ciphertext.
  package static let headerByteCount = 72
  /// What of it is associated data: all but the nonce.
  package static let associatedByteCount = 48
  package static let tagByteCount = 16
  /// A content ends with a mark of one byte.
  package static let leastByteCount = headerByteCount + tagByteCount + 1
  /// `pn` and `n` stay below.
  package static let countLimit: UInt32 = 1 << 31
}

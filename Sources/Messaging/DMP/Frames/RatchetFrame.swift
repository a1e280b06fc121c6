package import JanusCrypto

/// The fixed layout of RATCHET (DMP §7.1).
///
/// `sid 8 · dh 32 · pn u32 · n u32 · nonce 24 · ciphertext · tag 16`
package struct RatchetFrame: Hashable, Sendable {
  /// What stands before the ciphertext.
  package static let headerByteCount = 72
  /// What of it is associated data: all but the nonce.
  package static let associatedByteCount = 48
  package static let nonceByteCount = 24
  package static let tagByteCount = 16
  /// A content has one byte at least, and its end is marked with one.
  package static let leastByteCount = headerByteCount + tagByteCount + 2
  /// `pn` and `n` stay below.
  package static let countLimit: UInt32 = 1 << 31

  package var session: SessionID
  package var key: AgreementPublicKey
  /// Messages of the chain before.
  package var previousCount: UInt32
  /// This message's index in its chain.
  package var index: UInt32
  package var nonce: ArraySlice<UInt8>
  /// Ciphertext and tag.
  package var sealed: ArraySlice<UInt8>

  /// Nil for what cannot be opened: too short, a count of 2^31 or more, a key that is not the one
  /// encoding of its point.
  package init?(_ body: ArraySlice<UInt8>) {
    guard body.count >= Self.leastByteCount else { return nil }
    let start = body.startIndex
    do throws(CryptoError) {
      key = try AgreementPublicKey(bytes: Bytes32(exactly: body[start + 8..<start + 40]))
    } catch {
      return nil
    }
    session = SessionID(exactly: body[start..<start + 8])
    previousCount = body.bigEndian32(at: 40)
    index = body.bigEndian32(at: 44)
    guard previousCount < Self.countLimit, index < Self.countLimit else { return nil }
    nonce = body[start + 48..<start + Self.headerByteCount]
    sealed = body[(start + Self.headerByteCount)...]
  }

  /// Appends what stands before the nonce.
  package static func appendAssociated(
    session: SessionID,
    key: AgreementPublicKey,
    previousCount: UInt32,
    index: UInt32,
    to bytes: inout [UInt8]
  ) {
    precondition(previousCount < countLimit && index < countLimit, "chains end before 2^31")
    bytes += session.array
    bytes += key.bytes.array
    bytes.appendBigEndian(previousCount)
    bytes.appendBigEndian(index)
  }
}

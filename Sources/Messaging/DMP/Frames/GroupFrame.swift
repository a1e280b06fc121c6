package import JanusCrypto

/// The fixed layout of GROUP: `group 32 · epoch u32 · chain id 16 · iteration u32 · nonce 24 ·
/// ciphertext · tag 16 · signature 64` (DMP §9.3).
package struct GroupFrame: Hashable, Sendable {
  /// What stands before the ciphertext, all of it associated data.
  package static let headerByteCount = 80
  package static let nonceByteCount = 24
  package static let tagByteCount = 16
  /// A plaintext is a map with two fields at least.
  package static let leastByteCount = headerByteCount + tagByteCount + 5 + Signature.byteCount
  /// Iterations stay below.
  package static let iterationLimit: UInt32 = 1 << 31

  package var group: Digest
  package var epoch: UInt32
  package var chain: ChainID
  package var iteration: UInt32
  package var nonce: ArraySlice<UInt8>
  /// The 80 bytes.
  package var header: ArraySlice<UInt8>
  /// Ciphertext and tag.
  package var sealed: ArraySlice<UInt8>
  package var signature: Signature

  /// Nil for what cannot be opened: too short, or an iteration of 2^31 or more.
  package init?(_ body: ArraySlice<UInt8>) {
    guard body.count >= Self.leastByteCount else { return nil }
    let start = body.startIndex
    group = Bytes32(exactly: body[start..<start + 32])
    epoch = body.bigEndian32(at: 32)
    chain = ChainID(exactly: body[start + 36..<start + 52])
    iteration = body.bigEndian32(at: 52)
    guard iteration < Self.iterationLimit else { return nil }
    nonce = body[start + 56..<start + Self.headerByteCount]
    header = body[start..<start + Self.headerByteCount]
    let end = body.endIndex - Signature.byteCount
    sealed = body[start + Self.headerByteCount..<end]
    signature = Signature(exactly: body[end...])
  }

  /// Appends the 80 bytes.
  package static func appendHeader(
    group: Digest,
    epoch: UInt32,
    chain: ChainID,
    iteration: UInt32,
    nonce: [UInt8],
    to bytes: inout [UInt8]
  ) {
    precondition(iteration < iterationLimit, "chains end before 2^31")
    precondition(nonce.count == nonceByteCount, "24 bytes")
    bytes += group.array
    bytes.appendBigEndian(epoch)
    bytes += chain.array
    bytes.appendBigEndian(iteration)
    bytes += nonce
  }
}

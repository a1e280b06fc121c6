package import JanusCrypto

/// Who an agent is: its root key, written `did:key:z6Mk…` (did:key, Ed25519).
package struct DID: Hashable, Sendable {
  package let rootKey: SigningPublicKey

  package init(rootKey: SigningPublicKey) { self.rootKey = rootKey }

  private static let prefix = "did:key:z"
  /// The multicodec of an Ed25519 public key, as a varint.
  private static let codec: [UInt8] = [0xed, 0x01]

  /// Reads the text, of which a key has exactly one.
  ///
  /// - Throws: `IdentityTextError.notDID`, also for keys of other kinds.
  package init(text: String) throws(IdentityTextError) {
    let utf8 = Array(text.utf8)
    let prefix = Array(Self.prefix.utf8)
    let byteCount = Self.codec.count + SigningPublicKey.byteCount
    guard utf8.starts(with: prefix),
      let bytes = Base58.decode(utf8.dropFirst(prefix.count), atMost: byteCount),
      bytes.count == byteCount, bytes.starts(with: Self.codec)
    else { throw .notDID }
    rootKey = SigningPublicKey(bytes: Bytes32(exactly: bytes.dropFirst(Self.codec.count)))
    // One text per key: whatever the decoder let pass, this does not.
    guard Array(self.text.utf8) == utf8 else { throw .notDID }
  }

  package var text: String { Self.prefix + Base58.encode(Self.codec + rootKey.bytes.array) }
}

extension DID: Comparable {
  /// As the bytes of the root keys stand: the order in which glare is settled.
  package static func < (left: DID, right: DID) -> Bool { left.rootKey < right.rootKey }
}

extension DID: CustomStringConvertible {
  package var description: String { text }
}

/// Why a text names no agent.
package enum IdentityTextError: Error, Equatable, Sendable {
  case notDID
  /// No `dmpcard1:` and base64url behind it.
  case notCard
}

extension Bytes32 {
  /// Bytes that were counted before.
  init(exactly bytes: some Collection<UInt8>) {
    precondition(bytes.count == Bytes32.byteCount, "32 bytes")
    self.init(filledBy: { memory in memory.copyBytes(from: bytes) })
  }
}

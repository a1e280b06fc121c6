package import JanusCrypto

/// `mac1`: shows that the sender of LINK_1 has the responder's card; to all others the responder
/// is silent (DMP wire format, LINK_1).
package struct LinkMAC: Sendable {
  package static let byteCount = 16
  private let key: Bytes32

  /// The code for a responder with this link key; nothing secret, but known to those who have its
  /// card only.
  package init(responder: LinkPublicKey) {
    var stream = HashStream<SHA256>()
    stream.absorb(Array("dmp1 mac1".utf8))
    responder.bytes.withUnsafeBytes { stream.absorb($0.bytes) }
    key = stream.digest32()
  }

  /// The code for header, pattern and message 1.
  package func code(for bytes: RawSpan) -> [UInt8] {
    key.withUnsafeBytes { key in
      Array(HMAC<SHA256>.code(for: bytes, key: key.bytes)[..<Self.byteCount])
    }
  }

  /// Compares in constant time.
  package func isValid(_ code: RawSpan, for bytes: RawSpan) -> Bool {
    guard code.byteCount == Self.byteCount else { return false }
    return key.withUnsafeBytes { HMAC<SHA256>.isValid(code, for: bytes, key: $0.bytes) }
  }
}

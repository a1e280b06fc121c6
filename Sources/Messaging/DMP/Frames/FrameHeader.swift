/// The eight bytes before each frame's body (DMP §5.1).
package struct FrameHeader: Hashable, Sendable {
  package static let byteCount = 8
  /// DMP/1.
  package static let version: UInt8 = 1
  /// X25519, ML-KEM-768, XChaCha20-Poly1305, SHA-256, Ed25519.
  package static let suite: UInt8 = 1

  /// As it stands in the frame; `FrameType(rawValue:)` says whether it means something here.
  package var type: UInt16
  package var version: UInt8
  package var suite: UInt8
  /// Bytes of the body.
  package var length: UInt32

  package init(_ type: FrameType, length: Int) {
    precondition(length <= Limits.frameByteCount, "a frame of \(length) bytes is cut elsewhere")
    self.init(type: type.rawValue, length: UInt32(length))
  }

  package init(
    type: UInt16,
    version: UInt8 = FrameHeader.version,
    suite: UInt8 = FrameHeader.suite,
    length: UInt32
  ) {
    self.type = type
    self.version = version
    self.suite = suite
    self.length = length
  }

  /// What a receiver does with a frame once its header has come.
  package enum Verdict: Equatable, Sendable {
    case read(FrameType)
    /// Unknown: step over the body, and count.
    case skip
    /// A known type in a version or suite that this side does not speak.
    case wrongVersion
    /// More than its type, or any frame, may have.
    case tooLong
  }

  package var verdict: Verdict {
    guard length <= UInt32(Limits.frameByteCount) else { return .tooLong }
    guard let known = FrameType(rawValue: type) else { return .skip }
    guard version == Self.version, suite == Self.suite else { return .wrongVersion }
    return Int(length) <= known.bodyLimit ? .read(known) : .tooLong
  }

  /// Reads the eight bytes; nil when fewer have come.
  package init?(_ bytes: ArraySlice<UInt8>) {
    guard bytes.count >= Self.byteCount else { return nil }
    let start = bytes.startIndex
    type = UInt16(bytes[start]) << 8 | UInt16(bytes[start + 1])
    version = bytes[start + 2]
    suite = bytes[start + 3]
    length = bytes.bigEndian32(at: 4)
  }

  package func append(to bytes: inout [UInt8]) {
    bytes.append(UInt8(type >> 8))
    bytes.append(UInt8(truncatingIfNeeded: type))
    bytes.append(version)
    bytes.append(suite)
    bytes.appendBigEndian(length)
  }
}

extension ArraySlice<UInt8> {
  /// `offset` from the start of the slice.
  func bigEndian32(at offset: Int) -> UInt32 {
    let index = startIndex + offset
    return UInt32(self[index]) << 24 | UInt32(self[index + 1]) << 16 | UInt32(self[index + 2]) << 8
      | UInt32(self[index + 3])
  }
}

extension [UInt8] {
  mutating func appendBigEndian(_ value: UInt32) {
    append(UInt8(truncatingIfNeeded: value >> 24))
    append(UInt8(truncatingIfNeeded: value >> 16))
    append(UInt8(truncatingIfNeeded: value >> 8))
    append(UInt8(truncatingIfNeeded: value))
  }
}

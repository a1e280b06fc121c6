/// Thirty-two bytes that are no secret, held in place: a public key, a digest, an identifier.
public struct Bytes32: Hashable, Sendable {
  /// 32.
  public static let byteCount = 32

  private var words: (UInt64, UInt64, UInt64, UInt64) = (0, 0, 0, 0)

  /// Zeros.
  public init() {}

  /// Copies them; throws `wrongLength`.
  public init(_ bytes: RawSpan) throws(CryptoError) {
    guard bytes.byteCount == Self.byteCount else {
      throw .wrongLength(expected: Self.byteCount, found: bytes.byteCount)
    }
    bytes.withUnsafeBytes { bytes in
      withUnsafeMutableBytes(of: &words) { words in words.copyMemory(from: bytes) }
    }
  }

  /// Copies them; throws `wrongLength`.
  public init(_ bytes: [UInt8]) throws(CryptoError) { try self.init(bytes.span.bytes) }

  /// Zeros, to be filled by the closure.
  public init<Failure: Error>(
    filledBy fill: (UnsafeMutableRawBufferPointer) throws(Failure) -> Void
  ) throws(Failure) {
    try withUnsafeMutableBytes(of: &words, fill)
  }

  /// Gives the bytes to the closure.
  public func withUnsafeBytes<Result: ~Copyable, Failure: Error>(
    _ body: (UnsafeRawBufferPointer) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    try Swift.withUnsafeBytes(of: words, body)
  }

  /// A copy of the bytes.
  public var array: [UInt8] { withUnsafeBytes { Array($0) } }

  /// The first eight bytes as a big-endian number.
  public var prefix64: UInt64 { UInt64(bigEndian: words.0) }

  public static func == (left: Bytes32, right: Bytes32) -> Bool { left.words == right.words }

  public func hash(into hasher: inout Hasher) {
    withUnsafeBytes { hasher.combine(bytes: $0) }
  }
}

extension Bytes32: Comparable {
  /// As the bytes stand, the first being the most significant.
  public static func < (left: Bytes32, right: Bytes32) -> Bool {
    (left.words.0.bigEndian, left.words.1.bigEndian, left.words.2.bigEndian, left.words.3.bigEndian)
      < (
        right.words.0.bigEndian, right.words.1.bigEndian, right.words.2.bigEndian,
        right.words.3.bigEndian
      )
  }
}

extension Bytes32: CustomStringConvertible {
  /// 64 hexadecimal digits.
  public var description: String { hexadecimal(array) }
}

/// Lower-case digits of bytes that are no secret (lookup tables leak through caches).
func hexadecimal(_ bytes: [UInt8]) -> String {
  bytes.map { byte in
    let digits = String(byte, radix: 16)
    return byte < 16 ? "0" + digits : digits
  }.joined()
}

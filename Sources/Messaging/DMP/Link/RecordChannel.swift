import JanusCrypto

/// The records of an open link, both directions: `u16 n ‖ n bytes`, each one message of Noise.
struct RecordChannel: ~Copyable {
  /// Before the bytes of a record.
  static let lengthByteCount = 2
  /// What a record can carry.
  static let plaintextLimit = Limits.recordByteCount - ChaCha20Poly1305.tagByteCount

  private var sending: CipherState
  private var receiving: CipherState

  init(_ transport: consuming NoiseTransport) {
    sending = transport.sending
    receiving = transport.receiving
  }

  /// Keys that nobody uses, until the handshake gives some.
  init(placeholderIn arena: SecretArena) throws(CryptoError) {
    let first = try Secret32(in: arena) { _ throws(CryptoError) in }
    let second = try Secret32(in: arena) { _ throws(CryptoError) in }
    sending = CipherState(key: first)
    receiving = CipherState(key: second)
  }

  /// Appends the records of these bytes, each as full as may be.
  mutating func seal(_ plaintext: [UInt8], to output: inout [UInt8]) throws(LinkError) {
    var rest = plaintext.span.bytes
    while rest.byteCount > 0 {
      let count = min(rest.byteCount, Self.plaintextLimit)
      try sealRecord(rest.extracting(first: count), to: &output)
      rest = rest.extracting(droppingFirst: count)
    }
  }

  private mutating func sealRecord(_ part: RawSpan, to output: inout [UInt8]) throws(LinkError) {
    let count = part.byteCount + ChaCha20Poly1305.tagByteCount
    let start = output.count + Self.lengthByteCount
    output.append(UInt8(count >> 8))
    output.append(UInt8(truncatingIfNeeded: count))
    output.append(contentsOf: repeatElement(0, count: count))
    var span = output.mutableSpan
    do throws(NoiseError) {
      try span.withUnsafeMutableBytes { output throws(NoiseError) in
        try part.withUnsafeBytes { part throws(NoiseError) in
          guard let output = output.baseAddress else { return }
          try sending.seal(part, associatedData: Self.nothing, into: output + start)
        }
      }
    } catch {
      throw LinkError(error)
    }
    if sending.count % Limits.recordsPerKey == 0 { sending.rekey() }
  }

  /// Appends what the bytes of a record say.
  mutating func open(
    _ record: UnsafeRawBufferPointer, to stream: inout [UInt8]
  ) throws(LinkError) {
    // A record that carries nothing is only work for its receiver.
    guard record.count > ChaCha20Poly1305.tagByteCount else { throw .malformed }
    let start = stream.count
    let count = record.count - ChaCha20Poly1305.tagByteCount
    stream.append(contentsOf: repeatElement(0, count: count))
    var span = stream.mutableSpan
    do throws(NoiseError) {
      try span.withUnsafeMutableBytes { stream throws(NoiseError) in
        guard let stream = stream.baseAddress else { return }
        try receiving.open(record, associatedData: Self.nothing, into: stream + start)
      }
    } catch {
      stream.removeLast(count)
      throw LinkError(error)
    }
    if receiving.count % Limits.recordsPerKey == 0 { receiving.rekey() }
  }

  private static var nothing: UnsafeRawBufferPointer {
    UnsafeRawBufferPointer(start: nil, count: 0)
  }
}

import JanusCrypto

extension CBORReader {
  mutating func octets32() throws(CBORError) -> Bytes32 {
    Bytes32(exactly: try bytes(exactly: Bytes32.byteCount))
  }

  mutating func octets16<Use>(_: Use.Type = Use.self) throws(CBORError) -> Octets16<Use> {
    Octets16(exactly: try bytes(exactly: Octets16<Use>.byteCount))
  }

  mutating func octets8<Use>(_: Use.Type = Use.self) throws(CBORError) -> Octets8<Use> {
    Octets8(exactly: try bytes(exactly: Octets8<Use>.byteCount))
  }

  mutating func signingKey() throws(CBORError) -> SigningPublicKey {
    SigningPublicKey(bytes: try octets32())
  }

  /// `outOfRange` for a key that is not the one encoding of its point.
  mutating func x25519Key<Use>(
    _: Use.Type = Use.self
  ) throws(CBORError) -> X25519PublicKey<Use> {
    let start = offset
    let bytes = try octets32()
    do throws(CryptoError) {
      return try X25519PublicKey(bytes: bytes)
    } catch {
      throw self.error(.outOfRange, at: start)
    }
  }

  /// A closed set of numbers.
  mutating func choice<Choice: RawRepresentable>(
    _: Choice.Type = Choice.self
  ) throws(CBORError) -> Choice where Choice.RawValue == UInt8 {
    let start = offset
    guard let choice = Choice(rawValue: try unsigned(as: UInt8.self)) else {
      throw error(.outOfRange, at: start)
    }
    return choice
  }

  /// A list of texts, none of them empty.
  mutating func texts(atMost count: Int, byteCount: Int) throws(CBORError) -> [String] {
    var texts: [String] = []
    for _ in 0..<(try array(atMost: count)) { texts.append(try name(atMost: byteCount)) }
    return texts
  }

  /// A text with at least one byte.
  mutating func name(atMost byteCount: Int) throws(CBORError) -> String {
    let start = offset
    let text = try text(atMost: byteCount)
    if text.isEmpty { throw error(.wrongLength, at: start) }
    return text
  }

  /// A list of small numbers, one at least.
  mutating func numbers(atMost count: Int) throws(CBORError) -> [UInt8] {
    let start = offset
    var numbers: [UInt8] = []
    for _ in 0..<(try array(atMost: count)) { numbers.append(try unsigned(as: UInt8.self)) }
    if numbers.isEmpty { throw error(.wrongLength, at: start) }
    return numbers
  }
}

extension CBORWriter {
  mutating func octets(_ bytes: Bytes32) { self.bytes(bytes.array) }

  mutating func octets<Use>(_ octets: Octets16<Use>) { bytes(octets.array) }

  mutating func octets<Use>(_ octets: Octets8<Use>) { bytes(octets.array) }

  mutating func texts(_ texts: [String]) {
    array(texts.count)
    for text in texts { self.text(text) }
  }

  mutating func numbers(_ numbers: [UInt8]) {
    array(numbers.count)
    for number in numbers { unsigned(number) }
  }
}

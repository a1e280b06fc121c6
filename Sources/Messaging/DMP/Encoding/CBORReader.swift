/// Takes deterministic CBOR apart, item by item and without a tree; anything that a `CBORWriter`
/// would not have written is an error.
///
/// Lengths are compared with what is left before anything is done with them, so an announced length
/// costs nothing.
package struct CBORReader {
  private let input: ArraySlice<UInt8>
  /// An index of `input`.
  private var position: Int

  package init(_ input: ArraySlice<UInt8>) {
    self.input = input
    position = input.startIndex
  }

  package init(_ input: [UInt8]) { self.init(input[...]) }

  /// Bytes from the start of the input.
  package var offset: Int { position - input.startIndex }

  package var remaining: Int { input.endIndex - position }

  /// The error to throw for what lies before `offset`, or at it.
  package func error(_ reason: CBORError.Reason, at offset: Int? = nil) -> CBORError {
    CBORError(reason, at: offset ?? self.offset)
  }

  /// The type of the next item.
  package func peek() throws(CBORError) -> CBORType {
    guard position < input.endIndex else { throw error(.truncated) }
    let initial = input[position]
    guard let type = CBORType(initial: initial) else {
      switch initial & 0x1f {
      case 28...30: throw error(.reserved)
      case 31: throw error(.indefiniteLength)
      default: throw error(.simpleValue)
      }
    }
    return type
  }

  /// Nothing may follow the one item.
  package func end() throws(CBORError) {
    if position != input.endIndex { throw error(.trailingBytes) }
  }

  package mutating func null() throws(CBORError) {
    try expect(.null)
    position += 1
  }

  /// Takes a null if the next item is one.
  package mutating func takesNull() throws(CBORError) -> Bool {
    guard try peek() == .null else { return false }
    position += 1
    return true
  }

  package mutating func bool() throws(CBORError) -> Bool {
    try expect(.bool)
    defer { position += 1 }
    return input[position] == 0xf5
  }

  package mutating func unsigned() throws(CBORError) -> UInt64 {
    try head(.unsigned)
  }

  /// An unsigned integer that `T` holds; `outOfRange` otherwise.
  package mutating func unsigned<T: FixedWidthInteger & UnsignedInteger>(
    as type: T.Type
  ) throws(CBORError) -> T {
    let start = offset
    guard let value = T(exactly: try unsigned()) else { throw error(.outOfRange, at: start) }
    return value
  }

  /// `outOfRange` for what 64 signed bits do not hold.
  package mutating func integer() throws(CBORError) -> Int64 {
    let start = offset
    let isNegative = try peek() == .negative
    let argument = try head(isNegative ? .negative : .unsigned)
    guard let value = Int64(exactly: argument) else { throw error(.outOfRange, at: start) }
    return isNegative ? ~value : value
  }

  package mutating func float() throws(CBORError) -> Double {
    try expect(.float)
    let start = offset
    let width = input[position] & 0x1f
    position += 1
    switch width {
    case 25:
      let bits = UInt16(truncatingIfNeeded: try bigEndian(2))
      let value = HalfFloat.value(of: bits)
      if value.isNaN && bits != HalfFloat.nan { throw error(.notShortest, at: start) }
      return value
    case 26:
      let value = Double(Float(bitPattern: UInt32(truncatingIfNeeded: try bigEndian(4))))
      if HalfFloat.bits(of: value) != nil { throw error(.notShortest, at: start) }
      return value
    default:
      let value = Double(bitPattern: try bigEndian(8))
      if value.isNaN || Double(Float(value)) == value { throw error(.notShortest, at: start) }
      return value
    }
  }

  /// The UTF-8 of a text, checked.
  package mutating func utf8(atMost limit: Int = .max) throws(CBORError) -> ArraySlice<UInt8> {
    let start = offset
    let utf8 = try string(.text, atMost: limit)
    guard UTF8Check.isValid(utf8, from: utf8.startIndex, to: utf8.endIndex) else {
      throw error(.notUTF8, at: start)
    }
    return utf8
  }

  /// `wrongLength` when the text has more than `limit` bytes.
  package mutating func text(atMost limit: Int = .max) throws(CBORError) -> String {
    // `utf8` has checked it: nothing is repaired here.
    String(decoding: try utf8(atMost: limit), as: UTF8.self)
  }

  package mutating func bytes(atMost limit: Int = .max) throws(CBORError) -> ArraySlice<UInt8> {
    try string(.bytes, atMost: limit)
  }

  package mutating func bytes(exactly count: Int) throws(CBORError) -> ArraySlice<UInt8> {
    let start = offset
    let bytes = try string(.bytes, atMost: count)
    guard bytes.count == count else { throw error(.wrongLength, at: start) }
    return bytes
  }

  /// The number of items that follow; never more than bytes are left.
  package mutating func array(atMost limit: Int = .max) throws(CBORError) -> Int {
    try header(.array, itemBytes: 1, atMost: limit)
  }

  /// The number of pairs that follow; never more than half the bytes that are left.
  package mutating func map(atMost limit: Int = .max) throws(CBORError) -> Int {
    try header(.map, itemBytes: 2, atMost: limit)
  }

  package mutating func tag() throws(CBORError) -> UInt64 { try head(.tag) }

  /// The bytes from `start`, an offset, to here.
  package func slice(from start: Int) -> ArraySlice<UInt8> {
    input[input.startIndex + start..<position]
  }
}

extension CBORReader {
  private func expect(_ type: CBORType) throws(CBORError) {
    guard try peek() == type else { throw error(.expected(type)) }
  }

  /// An item's argument, in its shortest form.
  private mutating func head(_ type: CBORType) throws(CBORError) -> UInt64 {
    guard position < input.endIndex, input[position] >> 5 == type.major else {
      try expect(type)
      preconditionFailure("another type was expected")
    }
    let information = input[position] & 0x1f
    position += 1
    return information < 24 ? UInt64(information) : try longArgument(information)
  }

  /// An argument that stands behind the first byte.
  private mutating func longArgument(_ information: UInt8) throws(CBORError) -> UInt64 {
    let start = offset - 1
    switch information {
    case 24...27:
      let width = 1 << Int(information - 24)
      let argument = try bigEndian(width)
      let shorter: UInt64 = width == 1 ? 24 : 1 << UInt64(width * 4)
      if argument < shorter { throw error(.notShortest, at: start) }
      return argument
    case 28...30: throw error(.reserved, at: start)
    default: throw error(.indefiniteLength, at: start)
    }
  }

  private mutating func bigEndian(_ count: Int) throws(CBORError) -> UInt64 {
    guard remaining >= count else { throw error(.truncated, at: input.count) }
    var value: UInt64 = 0
    for _ in 0..<count {
      value = value << 8 | UInt64(input[position])
      position += 1
    }
    return value
  }

  private mutating func string(
    _ type: CBORType,
    atMost limit: Int
  ) throws(CBORError) -> ArraySlice<UInt8> {
    let end = try stringEnd(type, atMost: limit)
    defer { position = end }
    return input[position..<end]
  }

  /// Takes a string's header; the index behind the string.
  private mutating func stringEnd(
    _ type: CBORType,
    atMost limit: Int
  ) throws(CBORError) -> Int {
    let start = offset
    let announced = try head(type)
    guard announced <= UInt64(remaining) else { throw error(.truncated, at: input.count) }
    guard announced <= UInt64(limit) else { throw error(.wrongLength, at: start) }
    return position + Int(announced)
  }

  /// Steps over a string; a text is checked.
  mutating func skipString(_ type: CBORType) throws(CBORError) {
    let start = offset
    let end = try stringEnd(type, atMost: .max)
    if type == .text && !UTF8Check.isValid(input, from: position, to: end) {
      throw error(.notUTF8, at: start)
    }
    position = end
  }

  /// Whether the first of two encoded keys, given by their offsets, precedes the second.
  func precedes(_ first: Range<Int>, _ second: Range<Int>) -> Bool {
    let base = input.startIndex
    return input[base + first.lowerBound..<base + first.upperBound]
      .lexicographicallyPrecedes(input[base + second.lowerBound..<base + second.upperBound])
  }

  private mutating func header(
    _ type: CBORType,
    itemBytes: Int,
    atMost limit: Int
  ) throws(CBORError) -> Int {
    let start = offset
    let announced = try head(type)
    guard announced <= UInt64(remaining / itemBytes) else {
      throw error(.truncated, at: input.count)
    }
    guard announced <= UInt64(limit) else { throw error(.wrongLength, at: start) }
    return Int(announced)
  }
}

// MARK: Maps with integer keys

extension CBORReader {
  /// A map with integer keys that is being read, keys ascending.
  package struct Fields {
    fileprivate var remaining: Int
    /// The key that was read and belongs to the next item.
    fileprivate var pending: UInt64?
    fileprivate var last: UInt64?
  }

  package mutating func openFields() throws(CBORError) -> Fields {
    Fields(remaining: try map())
  }

  /// True when the next key is this one: its item follows.
  ///
  /// Ask in ascending order.
  package mutating func has(_ key: UInt64, in fields: inout Fields) throws(CBORError) -> Bool {
    if fields.pending == nil && fields.remaining > 0 {
      let start = offset
      let next = try unsigned()
      if let last = fields.last, next <= last {
        throw error(next == last ? .duplicateKey : .unsortedKeys, at: start)
      }
      fields.pending = next
      fields.last = next
      fields.remaining -= 1
    }
    guard let pending = fields.pending else { return false }
    if pending < key { throw error(.unknownField(pending)) }
    guard pending == key else { return false }
    fields.pending = nil
    return true
  }

  package mutating func require(_ key: UInt64, in fields: inout Fields) throws(CBORError) {
    guard try has(key, in: &fields) else { throw error(.missingField(key)) }
  }

  /// Nothing may be left in the map.
  package mutating func close(_ fields: inout Fields) throws(CBORError) {
    if try has(.max, in: &fields) { throw error(.unknownField(.max)) }
  }
}

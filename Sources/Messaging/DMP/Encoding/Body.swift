/// What a script sends: one encoded item that has been checked, so whoever holds one need not look
/// again (DMP §3.3).
///
/// A body is null, a bool, a 64-bit integer, a float, text, bytes, an array, a map with text keys,
/// or a tagged duration, struct or enum. It keeps the bytes it came in; `value` makes a tree.
package struct Body: Sendable {
  /// One item of deterministic CBOR.
  package let bytes: ArraySlice<UInt8>

  /// Checks bytes that hold one body and nothing else.
  ///
  /// - Throws: `CBORError`; `wrongLength` for more than `Limits.bodyByteCount`.
  package init(decoding bytes: ArraySlice<UInt8>) throws(CBORError) {
    var reader = CBORReader(bytes)
    self = try reader.body()
    try reader.end()
  }

  /// Encodes a tree.
  ///
  /// - Throws: `CBORError` when the value breaks a limit or repeats a key; the offset is one in the
  ///   encoding.
  package init(_ value: BodyValue) throws(CBORError) {
    var writer = CBORWriter()
    try writer.write(value)
    try self.init(decoding: writer.bytes[...])
  }

  fileprivate init(checked bytes: ArraySlice<UInt8>) {
    self.bytes = bytes
  }

  /// A reader at the one item.
  package var reader: CBORReader { CBORReader(bytes) }
}

extension Body: Equatable {
  /// Bytewise: deterministic encodings are equal when the values are, NaN equals itself, and texts
  /// that only look alike differ.
  package static func == (left: Body, right: Body) -> Bool { left.bytes == right.bytes }
}

/// The tags of a body (DMP §3.3).
package enum BodyTag {
  /// `[nanoseconds]`.
  package static let duration: UInt64 = 55_601
  /// `[name, {field: value}]`.
  package static let structure: UInt64 = 55_602
  /// `[name, case, value…]`.
  package static let enumeration: UInt64 = 55_603
}

extension CBORReader {
  /// Checks the next item as a body and steps over it.
  package mutating func body() throws(CBORError) -> Body {
    let start = offset
    var scan = BodyScan(reader: self)
    try scan.item(depth: 0)
    self = scan.reader
    let bytes = slice(from: start)
    guard bytes.count <= Limits.bodyByteCount else { throw error(.wrongLength, at: start) }
    return Body(checked: bytes)
  }
}

/// One pass over a body, without allocation; its recursion ends at `Limits.cborDepth`.
private struct BodyScan {
  var reader: CBORReader
  private var items = 0

  init(reader: CBORReader) { self.reader = reader }

  mutating func item(depth: Int) throws(CBORError) {
    try count(1)
    switch try reader.peek() {
    case .unsigned, .negative: _ = try reader.integer()
    case .bytes: _ = try reader.bytes()
    case .text: _ = try reader.utf8()
    case .bool: _ = try reader.bool()
    case .null: try reader.null()
    case .float: _ = try reader.float()
    case .array: try list(depth: depth)
    case .map: try map(depth: depth)
    case .tag: try tagged(depth: depth)
    }
  }

  private mutating func count(_ more: Int) throws(CBORError) {
    items += more
    guard items <= Limits.cborItems else { throw reader.error(.tooManyItems) }
  }

  private func enter(_ depth: Int) throws(CBORError) {
    guard depth < Limits.cborDepth else { throw reader.error(.tooDeep) }
  }

  private mutating func list(depth: Int) throws(CBORError) {
    try enter(depth)
    for _ in 0..<(try reader.array()) { try item(depth: depth + 1) }
  }

  private mutating func map(depth: Int) throws(CBORError) {
    try enter(depth)
    var previous: ArraySlice<UInt8>?
    for _ in 0..<(try reader.map()) {
      let start = reader.offset
      try count(1)
      _ = try reader.utf8()
      let key = reader.slice(from: start)
      if let previous, !previous.lexicographicallyPrecedes(key) {
        throw reader.error(previous == key ? .duplicateKey : .unsortedKeys, at: start)
      }
      previous = key
      try item(depth: depth + 1)
    }
  }

  private mutating func tagged(depth: Int) throws(CBORError) {
    let start = reader.offset
    let tag = try reader.tag()
    try enter(depth)
    switch tag {
    case BodyTag.duration:
      _ = try elements(1...1)
      try count(1)
      _ = try reader.integer()
    case BodyTag.structure:
      _ = try elements(2...2)
      try count(2)
      _ = try reader.utf8()
      guard try reader.peek() == .map else { throw reader.error(.expected(.map)) }
      try map(depth: depth + 1)
    case BodyTag.enumeration:
      let length = try elements(2...Int.max)
      try count(2)
      _ = try reader.utf8()
      _ = try reader.utf8()
      for _ in 2..<length { try item(depth: depth + 1) }
    default:
      throw reader.error(.unknownTag(tag), at: start)
    }
  }

  /// The length of a tag's array.
  private mutating func elements(_ allowed: ClosedRange<Int>) throws(CBORError) -> Int {
    try count(1)
    let start = reader.offset
    let length = try reader.array()
    guard allowed.contains(length) else { throw reader.error(.wrongLength, at: start) }
    return length
  }
}

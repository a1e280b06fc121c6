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
    var items = 0
    try scan(depth: 0, items: &items)
    guard offset - start <= Limits.bodyByteCount else { throw error(.wrongLength, at: start) }
    return Body(checked: slice(from: start))
  }
}

/// One pass over a body, without allocation; its recursion ends at `Limits.cborDepth`.
extension CBORReader {
  private mutating func scan(depth: Int, items: inout Int) throws(CBORError) {
    try count(1, &items)
    switch try peek() {
    case .unsigned, .negative: _ = try integer()
    case .bytes: try skipString(.bytes)
    case .text: try skipString(.text)
    case .bool: _ = try bool()
    case .null: try null()
    case .float: _ = try float()
    case .array:
      try enter(depth)
      for _ in 0..<(try array()) { try scan(depth: depth + 1, items: &items) }
    case .map: try scanMap(depth: depth, items: &items)
    case .tag: try scanTag(depth: depth, items: &items)
    }
  }

  private func count(_ more: Int, _ items: inout Int) throws(CBORError) {
    items += more
    guard items <= Limits.cborItems else { throw error(.tooManyItems) }
  }

  private func enter(_ depth: Int) throws(CBORError) {
    guard depth < Limits.cborDepth else { throw error(.tooDeep) }
  }

  private mutating func scanMap(depth: Int, items: inout Int) throws(CBORError) {
    try enter(depth)
    var previous = 0..<0
    for _ in 0..<(try map()) {
      let start = offset
      try count(1, &items)
      try skipString(.text)
      let key = start..<offset
      if !precedes(previous, key) {
        throw error(precedes(key, previous) ? .unsortedKeys : .duplicateKey, at: start)
      }
      previous = key
      try scan(depth: depth + 1, items: &items)
    }
  }

  private mutating func scanTag(depth: Int, items: inout Int) throws(CBORError) {
    let start = offset
    let tag = try tag()
    try enter(depth)
    switch tag {
    case BodyTag.duration:
      _ = try elements(1...1, &items)
      try count(1, &items)
      _ = try integer()
    case BodyTag.structure:
      _ = try elements(2...2, &items)
      try count(2, &items)
      try skipString(.text)
      guard try peek() == .map else { throw error(.expected(.map)) }
      try scanMap(depth: depth + 1, items: &items)
    case BodyTag.enumeration:
      let length = try elements(2...Int.max, &items)
      try count(2, &items)
      try skipString(.text)
      try skipString(.text)
      for _ in 2..<length { try scan(depth: depth + 1, items: &items) }
    default:
      throw error(.unknownTag(tag), at: start)
    }
  }

  /// The length of a tag's array.
  private mutating func elements(
    _ allowed: ClosedRange<Int>,
    _ items: inout Int
  ) throws(CBORError) -> Int {
    try count(1, &items)
    let start = offset
    let length = try array()
    guard allowed.contains(length) else { throw error(.wrongLength, at: start) }
    return length
  }
}

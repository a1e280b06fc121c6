/// A body as a tree.
///
/// What goes straight from bytes to somewhere else reads a `Body` instead.
package indirect enum BodyValue: Sendable {
  case null
  case bool(Bool)
  case integer(Int64)
  case float(Double)
  case text(String)
  case bytes([UInt8])
  case array([BodyValue])
  case map([BodyEntry])
  case duration(nanoseconds: Int64)
  case structure(name: String, fields: [BodyEntry])
  case enumeration(name: String, case: String, values: [BodyValue])
}

/// An entry of a map or struct.
///
/// Their order does not matter for writing; reading gives the order of
/// the encoding.
package struct BodyEntry: Sendable {
  package var key: String
  package var value: BodyValue

  package init(_ key: String, _ value: BodyValue) {
    self.key = key
    self.value = value
  }
}

extension CBORWriter {
  /// Appends a tree, its maps sorted.
  ///
  /// A key that comes twice is written twice: readers refuse it.
  ///
  /// - Throws: `CBORError` `tooDeep`.
  package mutating func write(_ value: BodyValue, depth: Int = 0) throws(CBORError) {
    switch value {
    case .null: null()
    case .bool(let bool): self.bool(bool)
    case .integer(let integer): self.integer(integer)
    case .float(let float): self.float(float)
    case .text(let text): self.text(text)
    case .bytes(let bytes): self.bytes(bytes)
    case .array(let values):
      try enter(depth)
      array(values.count)
      for value in values { try write(value, depth: depth + 1) }
    case .map(let entries): try write(entries, depth: depth)
    case .duration(let nanoseconds):
      try enter(depth)
      tag(BodyTag.duration)
      array(1)
      integer(nanoseconds)
    case .structure(let name, let fields):
      try enter(depth)
      tag(BodyTag.structure)
      array(2)
      text(name)
      try write(fields, depth: depth + 1)
    case .enumeration(let name, let `case`, let values):
      try enter(depth)
      tag(BodyTag.enumeration)
      array(2 + values.count)
      text(name)
      text(`case`)
      for value in values { try write(value, depth: depth + 1) }
    }
  }

  private mutating func write(_ entries: [BodyEntry], depth: Int) throws(CBORError) {
    try enter(depth)
    map(entries.count)
    for entry in entries.sorted(by: BodyEntry.precedes) {
      text(entry.key)
      try write(entry.value, depth: depth + 1)
    }
  }

  private func enter(_ depth: Int) throws(CBORError) {
    guard depth < Limits.cborDepth else { throw CBORError(.tooDeep, at: bytes.count) }
  }
}

extension BodyEntry {
  /// The bytewise order of the encoded keys: the shorter first, then by bytes (RFC 8949 §4.2.1).
  fileprivate static func precedes(_ left: BodyEntry, _ right: BodyEntry) -> Bool {
    let (first, second) = (left.key.utf8, right.key.utf8)
    guard first.count == second.count else { return first.count < second.count }
    return first.lexicographicallyPrecedes(second)
  }
}

extension Body {
  /// The tree.
  package var value: BodyValue {
    var reader = reader
    do throws(CBORError) {
      return try reader.uncheckedValue()
    } catch {
      preconditionFailure("a checked body reads: \(error)")
    }
  }
}

extension CBORReader {
  /// The next item as a tree; only its depth and tags need have been checked.
  fileprivate mutating func uncheckedValue() throws(CBORError) -> BodyValue {
    switch try peek() {
    case .unsigned, .negative: return .integer(try integer())
    case .bytes: return .bytes(Array(try bytes()))
    case .text: return .text(try text())
    case .bool: return .bool(try bool())
    case .null:
      try null()
      return .null
    case .float: return .float(try float())
    case .array: return .array(try uncheckedValues(try array()))
    case .map: return .map(try uncheckedEntries())
    case .tag:
      let tag = try tag()
      let count = try array()
      switch tag {
      case BodyTag.duration:
        return .duration(nanoseconds: try integer())
      case BodyTag.structure:
        return .structure(name: try text(), fields: try uncheckedEntries())
      default:
        return .enumeration(
          name: try text(),
          case: try text(),
          values: try uncheckedValues(count - 2)
        )
      }
    }
  }

  private mutating func uncheckedValues(_ count: Int) throws(CBORError) -> [BodyValue] {
    var values: [BodyValue] = []
    values.reserveCapacity(count)
    for _ in 0..<count { values.append(try uncheckedValue()) }
    return values
  }

  private mutating func uncheckedEntries() throws(CBORError) -> [BodyEntry] {
    let count = try map()
    var entries: [BodyEntry] = []
    entries.reserveCapacity(count)
    for _ in 0..<count { entries.append(BodyEntry(try text(), try uncheckedValue())) }
    return entries
  }
}

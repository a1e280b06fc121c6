/// Why bytes are not the CBOR that DMP speaks (RFC 8949 §4.2.1 with the narrowing of DMP §3), and
/// where.
package struct CBORError: Error, Equatable, Sendable {
  package enum Reason: Equatable, Sendable {
    /// The input ends inside an item, or announces more than it holds.
    case truncated
    /// An integer, length or float has a shorter form.
    case notShortest
    /// An indefinite length, or the break that ends one.
    case indefiniteLength
    /// One of the additional informations 28 to 30.
    case reserved
    /// A simple value other than false, true and null.
    case simpleValue
    /// Text that is not UTF-8.
    case notUTF8
    /// A map whose keys are not in bytewise order.
    case unsortedKeys
    case duplicateKey
    /// A tag that is not allowed here.
    case unknownTag(UInt64)
    /// More than `Limits.cborDepth` arrays and maps inside each other.
    case tooDeep
    /// More than `Limits.cborItems` items.
    case tooManyItems
    /// Bytes after the one item.
    case trailingBytes
    case expected(CBORType)
    /// A string or list longer or shorter than the field allows.
    case wrongLength
    /// An integer that the field does not allow.
    case outOfRange
    case missingField(UInt64)
    case unknownField(UInt64)
    /// No COSE_Sign1 with EdDSA as its one protected field (RFC 9052 §4.2).
    case notSigned
    /// A secret found no room.
    case noMemory
  }

  package var reason: Reason
  /// Bytes from the start of the input.
  package var offset: Int

  package init(_ reason: Reason, at offset: Int) {
    self.reason = reason
    self.offset = offset
  }
}

/// What an item is, as its first byte tells.
package enum CBORType: Equatable, Sendable {
  case unsigned, negative, bytes, text, array, map, tag, bool, null, float

  /// The upper three bits of the first byte; bool, null and float share 7.
  var major: UInt8 {
    switch self {
    case .unsigned: 0
    case .negative: 1
    case .bytes: 2
    case .text: 3
    case .array: 4
    case .map: 5
    case .tag: 6
    case .bool, .null, .float: 7
    }
  }

  /// `initial` is an item's first byte; nil for what DMP does not know.
  init?(initial: UInt8) {
    switch initial >> 5 {
    case 0: self = .unsigned
    case 1: self = .negative
    case 2: self = .bytes
    case 3: self = .text
    case 4: self = .array
    case 5: self = .map
    case 6: self = .tag
    default:
      switch initial & 0x1f {
      case 20, 21: self = .bool
      case 22: self = .null
      case 25, 26, 27: self = .float
      default: return nil
      }
    }
  }
}

/// Appends deterministic CBOR (RFC 8949 §4.2.1) to a buffer, item by item and without a tree.
///
/// The writer keeps the shortest forms; that as many items follow as a header announced is the
/// caller's duty, and every test that decodes what was written checks it.
package struct CBORWriter {
  package private(set) var bytes: [UInt8]

  /// Appends to `bytes`; a buffer that was emptied keeping its capacity costs no allocation.
  package init(into bytes: consuming [UInt8] = []) {
    self.bytes = bytes
  }

  package init(reserving byteCount: Int) {
    bytes = []
    bytes.reserveCapacity(byteCount)
  }

  package mutating func null() { bytes.append(0xf6) }

  package mutating func bool(_ value: Bool) { bytes.append(value ? 0xf5 : 0xf4) }

  package mutating func unsigned(_ value: some UnsignedInteger & FixedWidthInteger) {
    head(0, UInt64(value))
  }

  package mutating func integer(_ value: Int64) {
    if value >= 0 { head(0, UInt64(value)) } else { head(0x20, UInt64(~value)) }
  }

  /// The shortest of the three widths that keeps the value; every NaN becomes 0x7e00.
  package mutating func float(_ value: Double) {
    if let half = HalfFloat.bits(of: value) {
      bytes.append(0xf9)
      bigEndian(half)
    } else if Double(Float(value)) == value {
      bytes.append(0xfa)
      bigEndian(Float(value).bitPattern)
    } else {
      bytes.append(0xfb)
      bigEndian(value.bitPattern)
    }
  }

  package mutating func text(_ value: String) {
    var value = value
    value.withUTF8 { utf8 in
      head(0x60, UInt64(utf8.count))
      bytes.append(contentsOf: utf8)
    }
  }

  package mutating func bytes(_ value: some Collection<UInt8>) {
    head(0x40, UInt64(value.count))
    bytes.append(contentsOf: value)
  }

  package mutating func array(_ count: Int) { head(0x80, UInt64(count)) }

  package mutating func map(_ count: Int) { head(0xa0, UInt64(count)) }

  package mutating func tag(_ tag: UInt64) { head(0xc0, tag) }

  /// One item that is encoded already.
  package mutating func encoded(_ item: some Collection<UInt8>) {
    bytes.append(contentsOf: item)
  }

  private mutating func head(_ major: UInt8, _ argument: UInt64) {
    switch argument {
    case 0..<24:
      bytes.append(major | UInt8(truncatingIfNeeded: argument))
    case 24...0xff:
      bytes.append(major | 24)
      bytes.append(UInt8(truncatingIfNeeded: argument))
    case 0x100...0xffff:
      bytes.append(major | 25)
      bigEndian(UInt16(truncatingIfNeeded: argument))
    case 0x1_0000...0xffff_ffff:
      bytes.append(major | 26)
      bigEndian(UInt32(truncatingIfNeeded: argument))
    default:
      bytes.append(major | 27)
      bigEndian(argument)
    }
  }

  private mutating func bigEndian(_ value: some FixedWidthInteger) {
    var shift = value.bitWidth - 8
    while shift >= 0 {
      bytes.append(UInt8(truncatingIfNeeded: value >> shift))
      shift -= 8
    }
  }
}

// MARK: Maps with integer keys

extension CBORWriter {
  /// A map with fewer than 24 integer keys that is being written, keys ascending.
  package struct Fields {
    fileprivate var position: Int
    fileprivate var last: Int = -1
  }

  package mutating func openFields() -> Fields {
    bytes.append(0xa0)
    return Fields(position: bytes.count - 1)
  }

  /// The key of the item that follows.
  package mutating func key(_ key: Int, in fields: inout Fields) {
    precondition(key > fields.last && key < 24, "fields are written in order")
    fields.last = key
    bytes[fields.position] += 1
    bytes.append(UInt8(key))
  }
}

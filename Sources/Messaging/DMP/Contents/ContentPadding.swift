/// What follows a content before it is sealed: 0x80, then zeros (DMP §7.1; ISO/IEC 7816-4).
package enum ContentPadding {
  /// Appends the mark, and zeros up to a multiple of `block` bytes from `start`; 1 for no zeros.
  package static func append(to bytes: inout [UInt8], from start: Int = 0, block: Int = 1) {
    bytes.append(0x80)
    let surplus = (bytes.count - start) % block
    if surplus > 0 { bytes.append(contentsOf: repeatElement(0, count: block - surplus)) }
  }

  /// The content before the mark; nil without one.
  package static func strip(_ bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8>? {
    guard let mark = bytes.lastIndex(where: { $0 != 0 }), bytes[mark] == 0x80 else { return nil }
    return bytes[..<mark]
  }
}

import JanusVM

/// Unicode's white space, or wanted characters, at the ends of UTF-8.
enum WhiteSpace {
  /// Length of the white space that begins at an offset below the count; nil if it is none.
  static func scalarLength(_ bytes: UnsafeBufferPointer<UInt8>, at offset: Int) -> Int? {
    let byte = bytes[offset]
    if byte < 0x80 { return byte == 0x20 || byte >= 9 && byte <= 13 ? 1 : nil }
    guard let start = bytes.baseAddress else { return nil }
    let (value, length) = decodeScalar(start + offset, bytes.count - offset)
    return Unicode.Scalar(value)?.properties.isWhitespace == true ? length : nil
  }

  /// The same for wanted scalars, or for white space where none are given.
  private static func length(
    _ bytes: UnsafeBufferPointer<UInt8>,
    at offset: Int,
    _ wanted: Set<Unicode.Scalar>?
  ) -> Int? {
    guard let wanted else { return scalarLength(bytes, at: offset) }
    guard let start = bytes.baseAddress else { return nil }
    let (value, length) = decodeScalar(start + offset, bytes.count - offset)
    return Unicode.Scalar(value).map(wanted.contains) == true ? length : nil
  }

  /// Bytes of white space, or of wanted scalars, at the beginning.
  static func prefix(
    of bytes: UnsafeBufferPointer<UInt8>,
    _ wanted: Set<Unicode.Scalar>? = nil
  ) -> Int {
    var offset = 0
    while offset < bytes.count, let length = length(bytes, at: offset, wanted) { offset += length }
    return offset
  }

  /// Bytes of white space, or of wanted scalars, at the end.
  static func suffix(
    of bytes: UnsafeBufferPointer<UInt8>,
    _ wanted: Set<Unicode.Scalar>? = nil
  ) -> Int {
    var end = bytes.count
    while end > 0 {
      var start = end - 1
      while start > 0, bytes[start] & 0xC0 == 0x80 { start -= 1 }
      guard length(bytes, at: start, wanted) != nil else { break }
      end = start
    }
    return bytes.count - end
  }
}

import JanusSource

extension Lexer {
  /// The scalar at an offset and its length; no value and length 1 where the bytes are not UTF-8.
  func scalar(at offset: Int) -> (value: Unicode.Scalar?, length: Int) {
    let first = byte(at: offset)
    if first < 0x80 { return (Unicode.Scalar(first), 1) }
    let length = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2
    guard first >= 0xC2, first < 0xF5, offset + length <= count else { return (nil, 1) }
    var value = UInt32(first) & (0x7F >> UInt32(length))
    for index in 1..<length {
      let next = source[offset + index]
      guard next & 0xC0 == 0x80 else { return (nil, 1) }
      value = value << 6 | UInt32(next & 0x3F)
    }
    guard length != 3 || value >= 0x800, length != 4 || value >= 0x10000,
      let scalar = Unicode.Scalar(value)
    else { return (nil, 1) }
    return (scalar, length)
  }

  /// Reports every run of bytes that is not UTF-8.
  mutating func validate() {
    var offset = 0
    let bytes = UnsafeRawBufferPointer(source)
    while offset < count {
      if source[offset] < 0x80 {
        offset += 1
        // Eight bytes of ASCII at a time.
        while offset + 8 <= count,
          bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self) & 0x8080_8080_8080_8080 == 0
        {
          offset += 8
        }
        continue
      }
      let (value, length) = scalar(at: offset)
      if value != nil {
        offset += length
        continue
      }
      let start = offset
      while offset < count, source[offset] >= 0x80, scalar(at: offset).value == nil { offset += 1 }
      report(
        .notUTF8, start, offset,
        offset - start == 1
          ? "the byte 0x\(hex(source[start])) is not UTF-8" : "these bytes are not UTF-8",
        help: "save the file as UTF-8")
    }
  }

  private func hex(_ byte: UInt8) -> String {
    let digits = String(byte, radix: 16)
    return digits.count == 1 ? "0" + digits : digits
  }
}

/// Whether bytes are UTF-8 (RFC 3629 §4), without making a string of them.
enum UTF8Check {
  /// Checks the bytes between two indices.
  static func isValid(_ bytes: ArraySlice<UInt8>, from start: Int, to end: Int) -> Bool {
    bytes.withUnsafeBufferPointer { buffer in
      let first = start - bytes.startIndex
      return isValid(UnsafeBufferPointer(rebasing: buffer[first..<first + end - start]))
    }
  }

  private static func isValid(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    let raw = UnsafeRawBufferPointer(bytes)
    var index = 0
    while index < bytes.count {
      // Eight at a time while they are ASCII, as most are.
      while index + 8 <= raw.count,
        raw.loadUnaligned(fromByteOffset: index, as: UInt64.self) & 0x8080_8080_8080_8080 == 0
      {
        index += 8
      }
      guard index < bytes.count else { break }
      let first = bytes[index]
      if first < 0x80 {
        index += 1
        continue
      }
      let length = sequenceLength(first)
      guard length > 0, index + length <= bytes.count else { return false }
      guard secondRange(after: first).contains(bytes[index + 1]) else { return false }
      for next in index + 2..<max(index + 2, index + length) {
        guard bytes[next] & 0xc0 == 0x80 else { return false }
      }
      index += length
    }
    return true
  }

  private static func sequenceLength(_ first: UInt8) -> Int {
    switch first {
    case 0xc2...0xdf: 2
    case 0xe0...0xef: 3
    case 0xf0...0xf4: 4
    default: 0
    }
  }

  /// Shuts out overlong forms, surrogates and what lies above U+10FFFF.
  private static func secondRange(after first: UInt8) -> ClosedRange<UInt8> {
    switch first {
    case 0xe0: 0xa0...0xbf
    case 0xed: 0x80...0x9f
    case 0xf0: 0x90...0xbf
    case 0xf4: 0x80...0x8f
    default: 0x80...0xbf
    }
  }
}

/// Whether bytes are UTF-8 (RFC 3629 §4), without making a string of them.
enum UTF8Check {
  static func isValid(_ bytes: ArraySlice<UInt8>) -> Bool {
    bytes.withUnsafeBufferPointer(isValid)
  }

  private static func isValid(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    var index = 0
    while index < bytes.count {
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

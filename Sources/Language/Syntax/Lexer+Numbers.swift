import JanusSource

extension Lexer {
  /// Reads the extent of a number or duration; its value is computed when a node is made.
  mutating func number(from start: Int, flags: TokenFlags) -> Token {
    if source[start] == UInt8(ascii: "0"), let radix = Self.radix(of: byte(at: start + 1)) {
      return prefixedNumber(from: start, radix: radix, flags: flags)
    }
    var kind = TokenKind.integer
    var isExponential = false
    var end = digits(from: start)
    if byte(at: end) == UInt8(ascii: "."), byte(at: end + 1) &- 0x30 < 10 {
      kind = .float
      end = digits(from: end + 1)
    }
    if byte(at: end) | 0x20 == UInt8(ascii: "e") {
      let sign = byte(at: end + 1)
      let first = sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-") ? end + 2 : end + 1
      if byte(at: first) &- 0x30 < 10 {
        kind = .float
        isExponential = true
        end = digits(from: first)
      }
    }
    let suffix = end
    while Self.isNamePart(byte(at: end)) { end += 1 }
    cursor = end
    if end > suffix {
      guard !isExponential, Unit(source[suffix..<end]) != nil else {
        return malformed(from: start, suffix: suffix, isExponential: isExponential, flags: flags)
      }
      kind = .duration
    }
    return checked(Token(kind, start, end, flags: flags))
  }

  private static func radix(of letter: UInt8) -> UInt8? {
    switch letter | 0x20 {
    case UInt8(ascii: "x"): 16
    case UInt8(ascii: "o"): 8
    case UInt8(ascii: "b"): 2
    default: nil
    }
  }

  private func digits(from start: Int) -> Int {
    var end = start
    while byte(at: end) &- 0x30 < 10 || byte(at: end) == UInt8(ascii: "_") { end += 1 }
    return end
  }

  private mutating func prefixedNumber(from start: Int, radix: UInt8, flags: TokenFlags) -> Token {
    var end = start + 2
    var digitCount = 0
    var isValid = source[start + 1] & 0x20 != 0
    while Self.isNamePart(byte(at: end)) {
      if source[end] != UInt8(ascii: "_") {
        digitCount += 1
        if Self.digit(source[end]) >= radix { isValid = false }
      }
      end += 1
    }
    cursor = end
    let token = Token(.integer, start, end, flags: flags)
    if isValid, digitCount > 0 { return checked(token) }
    let name = radix == 16 ? "hexadecimal" : radix == 8 ? "octal" : "binary"
    report(
      .malformedNumber, start, end, "`\(text(token.start, token.end))` is not a \(name) number",
      help: "write `0\(radix == 16 ? "x" : radix == 8 ? "o" : "b")` and \(name) digits")
    return Token(.integer, start, end, flags: flags.union(.isMalformed))
  }

  /// The value of a hexadecimal digit; 255 for what is none.
  static func digit(_ byte: UInt8) -> UInt8 {
    switch byte {
    case 0x30...0x39: byte - 0x30
    case 0x41...0x46: byte - 0x41 + 10
    case 0x61...0x66: byte - 0x61 + 10
    default: 255
    }
  }

  /// `_` stands between two digits only.
  private mutating func checked(_ token: Token) -> Token {
    let range = Int(token.start)..<Int(token.end)
    for index in range where source[index] == UInt8(ascii: "_") {
      let before = Self.digit(source[index - 1])
      let after = Self.digit(byte(at: index + 1))
      guard before < 16, after < 16, index + 1 < range.upperBound else {
        report(
          .malformedNumber, range.lowerBound, range.upperBound,
          "`\(text(token.start, token.end))` is not a number",
          help: "`_` stands between two digits")
        var token = token
        token.flags.insert(.isMalformed)
        return token
      }
    }
    return token
  }

  private mutating func malformed(
    from start: Int, suffix: Int, isExponential: Bool, flags: TokenFlags
  ) -> Token {
    let ending = text(UInt32(suffix), UInt32(cursor))
    let isUnit = Unit(source[suffix..<cursor]) != nil
    report(
      .malformedNumber, start, cursor,
      "`\(text(UInt32(start), UInt32(cursor)))` is neither a number nor a duration",
      help: isUnit
        ? "a duration is written without an exponent"
        : "`\(ending)` is no unit; the units are ns, us, ms, s, m, h and d")
    return Token(.integer, start, cursor, flags: flags.union(.isMalformed))
  }

  /// The units of durations.
  enum Unit: UInt64 {
    case nanosecond = 1
    case microsecond = 1_000
    case millisecond = 1_000_000
    case second = 1_000_000_000
    case minute = 60_000_000_000
    case hour = 3_600_000_000_000
    case day = 86_400_000_000_000

    init?(_ letters: Slice<UnsafeBufferPointer<UInt8>>) {
      let second = letters.count == 2 ? letters[letters.startIndex + 1] : 0
      guard (1...2).contains(letters.count) else { return nil }
      switch (letters[letters.startIndex], second) {
      case (UInt8(ascii: "n"), UInt8(ascii: "s")): self = .nanosecond
      case (UInt8(ascii: "u"), UInt8(ascii: "s")): self = .microsecond
      case (UInt8(ascii: "m"), UInt8(ascii: "s")): self = .millisecond
      case (UInt8(ascii: "s"), 0): self = .second
      case (UInt8(ascii: "m"), 0): self = .minute
      case (UInt8(ascii: "h"), 0): self = .hour
      case (UInt8(ascii: "d"), 0): self = .day
      default: return nil
      }
    }
  }
}

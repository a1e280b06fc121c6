import JanusSource

extension Lexer {
  /// The longest operator or bracket that begins at the cursor, which moves past it.
  mutating func punctuation(_ first: UInt8) -> TokenKind? {
    let second = byte(at: cursor + 1)
    let third = byte(at: cursor + 2)
    let (kind, length) = Self.punctuation(first, second, third, byte(at: cursor + 3))
    cursor += length
    return length == 0 ? nil : kind
  }

  private static func punctuation(
    _ first: UInt8, _ second: UInt8, _ third: UInt8, _ fourth: UInt8
  ) -> (TokenKind, Int) {
    switch first {
    case UInt8(ascii: "("): (.leftParenthesis, 1)
    case UInt8(ascii: ")"): (.rightParenthesis, 1)
    case UInt8(ascii: "["): (.leftBracket, 1)
    case UInt8(ascii: "]"): (.rightBracket, 1)
    case UInt8(ascii: "{"): (.leftBrace, 1)
    case UInt8(ascii: "}"): (.rightBrace, 1)
    case UInt8(ascii: ","): (.comma, 1)
    case UInt8(ascii: ";"): (.semicolon, 1)
    case UInt8(ascii: "~"): second == equals ? (.tildeEqual, 2) : (.tilde, 1)
    case UInt8(ascii: ":"):
      second == equals ? (.colonEqual, 2) : second == first ? (.colonColon, 2) : (.colon, 1)
    case UInt8(ascii: "."): dots(second, third)
    case UInt8(ascii: "="), UInt8(ascii: "!"), UInt8(ascii: "<"), UInt8(ascii: ">"):
      comparison(first, second, third)
    case UInt8(ascii: "?"): question(second, third)
    case UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "*"), UInt8(ascii: "/"),
      UInt8(ascii: "%"):
      arithmetic(first, second, third)
    case UInt8(ascii: "&"):
      second == first
        ? (.ampersandAmpersand, 2) : second == equals ? (.ampersandEqual, 2) : (.ampersand, 1)
    case UInt8(ascii: "^"): second == equals ? (.caretEqual, 2) : (.caret, 1)
    case UInt8(ascii: "|"):
      second == first
        ? (.barBar, 2)
        : second == equals
          ? (.barEqual, 2) : second == UInt8(ascii: ">") ? (.barGreater, 2) : (.bar, 1)
    default: (.invalid, 0)
    }
  }

  private static let equals = UInt8(ascii: "=")

  private static func dots(_ second: UInt8, _ third: UInt8) -> (TokenKind, Int) {
    guard second == UInt8(ascii: ".") else { return (.dot, 1) }
    switch third {
    case UInt8(ascii: "<"): return (.dotDotLess, 3)
    case UInt8(ascii: "."): return (.dotDotDot, 3)
    case equals: return (.dotDotEqual, 3)
    default: return (.dotDot, 2)
    }
  }

  private static func question(_ second: UInt8, _ third: UInt8) -> (TokenKind, Int) {
    switch second {
    case UInt8(ascii: "."): (.questionDot, 2)
    case UInt8(ascii: ":"): (.questionColon, 2)
    case UInt8(ascii: "?"):
      third == equals ? (.questionQuestionEqual, 3) : (.questionQuestion, 2)
    default: (.question, 1)
    }
  }

  private static func comparison(
    _ first: UInt8, _ second: UInt8, _ third: UInt8
  ) -> (TokenKind, Int) {
    switch (first, second) {
    case (equals, equals): return third == equals ? (.equalEqualEqual, 3) : (.equalEqual, 2)
    case (equals, UInt8(ascii: ">")): return (.fatArrow, 2)
    case (equals, _): return (.equal, 1)
    case (UInt8(ascii: "!"), equals):
      return third == equals ? (.bangEqualEqual, 3) : (.bangEqual, 2)
    case (UInt8(ascii: "!"), _): return (.bang, 1)
    case (UInt8(ascii: "<"), UInt8(ascii: "<")):
      return third == equals ? (.shiftLeftEqual, 3) : (.shiftLeft, 2)
    case (UInt8(ascii: "<"), equals): return (.lessOrEqual, 2)
    case (UInt8(ascii: "<"), UInt8(ascii: ">")): return (.lessGreater, 2)
    case (UInt8(ascii: "<"), _): return (.less, 1)
    case (_, UInt8(ascii: ">")):
      switch third {
      case equals: return (.shiftRightEqual, 3)
      case UInt8(ascii: ">"): return (.shiftRightUnsigned, 3)
      default: return (.shiftRight, 2)
      }
    case (_, equals): return (.greaterOrEqual, 2)
    default: return (.greater, 1)
    }
  }

  private static func arithmetic(
    _ first: UInt8, _ second: UInt8, _ third: UInt8
  ) -> (TokenKind, Int) {
    switch (first, second) {
    case (UInt8(ascii: "+"), equals): (.plusEqual, 2)
    case (UInt8(ascii: "+"), UInt8(ascii: "%")): (.plusPercent, 2)
    case (UInt8(ascii: "+"), UInt8(ascii: "+")): (.plusPlus, 2)
    case (UInt8(ascii: "+"), _): (.plus, 1)
    case (UInt8(ascii: "-"), equals): (.minusEqual, 2)
    case (UInt8(ascii: "-"), UInt8(ascii: "%")): (.minusPercent, 2)
    case (UInt8(ascii: "-"), UInt8(ascii: "-")): (.minusMinus, 2)
    case (UInt8(ascii: "-"), UInt8(ascii: ">")): (.arrow, 2)
    case (UInt8(ascii: "-"), _): (.minus, 1)
    case (UInt8(ascii: "*"), UInt8(ascii: "*")):
      third == equals ? (.starStarEqual, 3) : (.starStar, 2)
    case (UInt8(ascii: "*"), equals): (.starEqual, 2)
    case (UInt8(ascii: "*"), UInt8(ascii: "%")): (.starPercent, 2)
    case (UInt8(ascii: "*"), _): (.star, 1)
    case (UInt8(ascii: "/"), equals): (.slashEqual, 2)
    case (UInt8(ascii: "/"), _): (.slash, 1)
    case (_, equals): (.percentEqual, 2)
    default: (.percent, 1)
    }
  }

  /// Reports a run of characters that no token begins with, and takes it as one token.
  mutating func unexpected(from start: Int, flags: TokenFlags) -> Token {
    cursor = start
    let scalar = scalar(at: start)
    var end = start + scalar.length
    guard let value = scalar.value else {
      // Not UTF-8: reported when the file was opened.
      cursor = end
      return Token(.invalid, start, end, flags: flags.union(.isMalformed))
    }
    if value == "`", let close = tick(after: end) {
      // A template literal would otherwise be a mistake for each of its signs.
      end = close + 1
      let text = text(UInt32(start + 1), UInt32(close))
      let isPlain = !text.utf8.contains { $0 == 0x22 || $0 == 0x5C || $0 == 0x0A }
      let inner = text.replacing("${", with: "{")
      report(
        .foreignString, start, end, "text does not stand between backticks",
        help: "text with expressions in braces is written `$\"…\"`",
        fix: isPlain
          ? Diagnostic.Fix(
            span: span(start, end), replacement: (inner == text ? "\"" : "$\"") + inner + "\"")
          : nil)
    } else if let quote = Self.quotes[value.value] {
      report(
        .unexpectedCharacter, start, end, "unexpected character `\(value)`",
        help: "strings are written with straight quotes",
        fix: Diagnostic.Fix(span: span(start, end), replacement: quote))
    } else if value == "#" {
      end = lineEnd(from: start)
      report(
        .unexpectedCharacter, start, start + 1, "unexpected character `#`",
        help: "comments begin with `//`",
        fix: Diagnostic.Fix(span: span(start, start + 1), replacement: "//"))
    } else if value.value >= 0x80, value.properties.isAlphabetic {
      // A foreign letter in a name would otherwise be three mistakes instead of one.
      while end < count, Self.isNamePart(source[end]) || source[end] >= 0x80 { end += 1 }
      report(
        .unexpectedCharacter, start, end, "unexpected character `\(value)`",
        help: "names are written with the letters a–z, digits and `_`")
    } else {
      report(
        .unexpectedCharacter, start, end,
        "unexpected character \(Self.description(of: value))",
        help: Self.help(for: value),
        fix: value.value == 0xA0 ? Diagnostic.Fix(span: span(start, end), replacement: " ") : nil)
    }
    cursor = end
    return Token(.invalid, start, end, flags: flags.union(.isMalformed))
  }

  /// The offset of the backtick that ends a text, on its line.
  private func tick(after start: Int) -> Int? {
    (start..<lineEnd(from: start)).first { source[$0] == UInt8(ascii: "`") }
  }

  private static func help(for scalar: Unicode.Scalar) -> String? {
    switch scalar {
    case "\u{A0}": "this is a no-break space; write a plain one"
    case "@": "there are no decorators; a field of the own object is `self.name`"
    case "$": "a name has no `$`; text with expressions in braces is written `$\"…\"`"
    case "\\": "a line that goes on ends in an operator, a comma or an opening bracket"
    default: nil
    }
  }

  private static let quotes: [UInt32: String] = [
    0x201C: "\"", 0x201D: "\"", 0x201E: "\"", 0x2018: "'", 0x2019: "'", 0x60: "\"",
  ]

  private static func description(of scalar: Unicode.Scalar) -> String {
    scalar.value < 0x20 || (0x7F..<0xA1).contains(scalar.value)
      ? "U+" + String(repeating: "0", count: scalar.value < 0x10 ? 3 : 2)
        + String(scalar.value, radix: 16, uppercase: true)
      : "`\(scalar)`"
  }

  mutating func report(
    _ code: DiagnosticCode, _ start: Int, _ end: Int, _ message: String, help: String? = nil,
    fix: Diagnostic.Fix? = nil
  ) {
    reports.add(Diagnostic(code, span(start, end), message, help: help, fix: fix))
  }
}

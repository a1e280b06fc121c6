import JanusSource

extension Lexer {
  /// How a literal is read.
  enum TextForm { case text, bytes, interpolated }

  /// Decodes the escapes of a stretch of a literal; every bad one is reported.
  mutating func decode(_ start: Int, _ end: Int, as form: TextForm) -> [UInt8] {
    if !source[start..<max(start, end)].contains(UInt8(ascii: "\\")) {
      return Array(source[start..<max(start, end)])
    }
    var text: [UInt8] = []
    text.reserveCapacity(end - start)
    var index = start
    while index < end {
      if source[index] == UInt8(ascii: "\\") {
        index = escape(at: index, end, form, into: &text)
      } else {
        text.append(source[index])
        index += 1
      }
    }
    return text
  }

  /// Decodes a stretch of a text block: every line loses the block's indentation.
  mutating func decode(
    _ start: Int, _ end: Int, block: BlockText, as form: TextForm
  ) -> [UInt8] {
    var text: [UInt8] = []
    text.reserveCapacity(max(0, end - start))
    var index = start
    var atLineStart = start == block.start
    while index < end {
      if atLineStart {
        index = skipIndent(at: index, end, block)
        atLineStart = false
        continue
      }
      switch source[index] {
      case UInt8(ascii: "\\"):
        index = escape(at: index, end, form, into: &text)
      case 13 where byte(at: index + 1) == UInt8(ascii: "\n"):
        index += 1
      case UInt8(ascii: "\n"):
        text.append(source[index])
        index += 1
        atLineStart = true
      default:
        text.append(source[index])
        index += 1
      }
    }
    return text
  }

  private mutating func skipIndent(at start: Int, _ end: Int, _ block: BlockText) -> Int {
    var index = start
    for expected in block.indent {
      guard index < end, source[index] == source[expected] else {
        // A blank line need not be padded.
        let isBlankLine =
          index >= end || source[index] == UInt8(ascii: "\n") || source[index] == 13
        if !isBlankLine {
          report(
            .expected, index, index + 1,
            "this line is indented less than the closing `\"\"\"`",
            help: "indent the text at least as far as its closing delimiter, with the same spaces")
        }
        return index
      }
      index += 1
    }
    return index
  }

  /// Decodes one escape; answers the offset after it.
  private mutating func escape(
    at start: Int, _ end: Int, _ form: TextForm, into text: inout [UInt8]
  ) -> Int {
    let letter = start + 1 < end ? source[start + 1] : 0
    switch letter {
    case UInt8(ascii: "n"): text.append(10)
    case UInt8(ascii: "t"): text.append(9)
    case UInt8(ascii: "r"): text.append(13)
    case UInt8(ascii: "0"): text.append(0)
    case UInt8(ascii: "e"): text.append(27)
    case UInt8(ascii: "\\"), UInt8(ascii: "\""), UInt8(ascii: "'"): text.append(letter)
    case UInt8(ascii: "{") where form == .interpolated,
      UInt8(ascii: "}") where form == .interpolated:
      text.append(letter)
    case UInt8(ascii: "x"): return hexadecimal(at: start, end, form, into: &text)
    case UInt8(ascii: "u") where form != .bytes: return unicode(at: start, end, into: &text)
    default: return badEscape(at: start, end, form)
    }
    return start + 2
  }

  private mutating func badEscape(at start: Int, _ end: Int, _ form: TextForm) -> Int {
    let length = start + 1 < end && source[start + 1] != 10 ? scalar(at: start + 1).length : 0
    let stop = start + 1 + length
    let letter = text(UInt32(start + 1), UInt32(stop))
    let isBrace = letter == "{" || letter == "}"
    report(
      .badEscape, start, stop, "`\\\(letter)` is no escape",
      help: isBrace
        ? "a brace needs no backslash outside `$\"…\"`"
        : "a backslash is written `\\\\`; the escapes are "
          + "\\n \\t \\r \\0 \\e \\\\ \\\" \\' \\xff \\u{1F600}",
      fix: Diagnostic.Fix(
        span: span(start, stop), replacement: isBrace ? letter : "\\\\" + letter))
    return stop
  }

  private mutating func hexadecimal(
    at start: Int, _ end: Int, _ form: TextForm, into text: inout [UInt8]
  ) -> Int {
    let high = start + 2 < end ? Self.digit(source[start + 2]) : 255
    let low = start + 3 < end ? Self.digit(source[start + 3]) : 255
    guard high < 16, low < 16 else {
      report(
        .badEscape, start, start + 2, "`\\x` needs two hexadecimal digits",
        help: "write `\\x0a`, or `\\u{…}` for a character")
      return start + 2
    }
    let value = high << 4 | low
    guard form == .bytes || value < 0x80 else {
      report(
        .badEscape, start, start + 4, "`\\x` stands for one byte, and text has none above 7f",
        help: "write `\\u{\(String(value, radix: 16))}` for the character",
        fix: Diagnostic.Fix(
          span: span(start, start + 4), replacement: "\\u{\(String(value, radix: 16))}"))
      return start + 4
    }
    text.append(value)
    return start + 4
  }

  private mutating func unicode(at start: Int, _ end: Int, into text: inout [UInt8]) -> Int {
    var index = start + 2
    var value: UInt32 = 0
    var digitCount = 0
    if index < end, source[index] == UInt8(ascii: "{") {
      index += 1
      while index < end, Self.digit(source[index]) < 16 {
        value = value &<< 4 | UInt32(Self.digit(source[index]))
        digitCount += 1
        index += 1
      }
    }
    let isClosed = index < end && source[index] == UInt8(ascii: "}")
    guard isClosed, (1...6).contains(digitCount), let scalar = Unicode.Scalar(value) else {
      let stop = isClosed ? index + 1 : index
      report(
        .badEscape, start, stop, "this is no Unicode escape",
        help: "write `\\u{1F600}`: one to six hexadecimal digits up to 10FFFF, no surrogates")
      return stop
    }
    text.append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
    return index + 1
  }
}

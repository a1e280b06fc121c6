import JanusSource

/// The text between the delimiters of a text block, and the indentation its lines lose.
struct BlockText {
  /// First byte of the first line of text.
  var start: Int
  /// End of the last line, without its newline; below `start` for an empty block.
  var end: Int
  /// The white space before the closing delimiter: a range of the source.
  var indent: Range<Int>
  /// Past the closing delimiter.
  var close: Int
}

extension Lexer {
  private static let quote = UInt8(ascii: "\"")
  private static let backslash = UInt8(ascii: "\\")
  private static let newline = UInt8(ascii: "\n")

  /// Reads the extent of `"…"`, `'…'` or `"""…"""`.
  mutating func string(from start: Int, flags: TokenFlags) -> Token {
    let quote = source[start]
    if quote == Self.quote, isBlockDelimiter(at: start) {
      return textBlock(from: start, flags: flags)
    }
    return quoted(.string, from: start, open: start + 1, quote: quote, flags: flags)
  }

  /// Reads the extent of `b"…"`.
  mutating func bytes(from start: Int, flags: TokenFlags) -> Token {
    quoted(.bytes, from: start, open: start + 2, quote: Self.quote, flags: flags)
  }

  func isBlockDelimiter(at offset: Int) -> Bool {
    byte(at: offset) == Self.quote && byte(at: offset + 1) == Self.quote
      && byte(at: offset + 2) == Self.quote
  }

  private mutating func quoted(
    _ kind: TokenKind, from start: Int, open: Int, quote: UInt8, flags: TokenFlags
  ) -> Token {
    var end = open
    while end < count, source[end] != quote, source[end] != Self.newline {
      end += source[end] == Self.backslash && byte(at: end + 1) != Self.newline ? 2 : 1
    }
    end = min(end, count)
    if byte(at: end) == quote, end < count {
      cursor = end + 1
      return Token(kind, start, cursor, flags: flags)
    }
    reportUnterminated(start, quote: quote)
    cursor = blockStart(in: open..<end) ?? end
    return Token(kind, start, cursor, flags: flags.union(.isMalformed))
  }

  /// Where an open string swallowed the `do`, `do |x|` or `{` at the end of its line.
  ///
  /// The block below needs it.
  private func blockStart(in line: Range<Int>) -> Int? {
    var end = line.upperBound
    while end > line.lowerBound, isBlank(source[end - 1]) { end -= 1 }
    guard end > line.lowerBound + 1 else { return nil }
    if source[end - 1] == UInt8(ascii: "{"), isBlank(source[end - 2]) { return end - 1 }
    if source[end - 1] == UInt8(ascii: "|") {
      end -= 1
      while end > line.lowerBound, source[end - 1] != UInt8(ascii: "|") { end -= 1 }
      end = max(line.lowerBound, end - 1)
      while end > line.lowerBound, isBlank(source[end - 1]) { end -= 1 }
    }
    guard end - line.lowerBound > 2, source[end - 1] == UInt8(ascii: "o"),
      source[end - 2] == UInt8(ascii: "d"), !Self.isNamePart(source[end - 3])
    else { return nil }
    return end - 2
  }

  mutating func reportUnterminated(_ start: Int, quote: UInt8) {
    let end = lineEnd(from: start)
    report(
      .unterminatedString, start, max(start + 1, end - (byte(at: end - 1) == 13 ? 1 : 0)),
      "this string is not closed on its line",
      help: quote == Self.quote
        ? "close it with `\"`; text of several lines stands between `\"\"\"`"
        : "close it with `'`")
  }

  private mutating func textBlock(from start: Int, flags: TokenFlags) -> Token {
    guard let close = blockClose(from: start + 3) else {
      cursor = count
      reportUnterminatedBlock(start, start + 3)
      return Token(.textBlock, start, count, flags: flags.union(.isMalformed))
    }
    cursor = close + 3
    return Token(.textBlock, start, cursor, flags: flags)
  }

  mutating func reportUnterminatedBlock(_ start: Int, _ end: Int) {
    reports.incomplete(
      .unterminatedString, span(start, end), "this text block is not closed",
      help: "close it with `\"\"\"` on a line of its own")
  }

  /// The offset of the first `"""` that no backslash escapes.
  func blockClose(from offset: Int) -> Int? {
    var index = offset
    while index < count {
      if source[index] == Self.backslash {
        index += 2
      } else if isBlockDelimiter(at: index) {
        return index
      } else {
        index += 1
      }
    }
    return nil
  }

  /// Measures a text block; reports where its delimiters do not stand on lines of their own.
  mutating func blockText(open: Int, close: Int) -> BlockText? {
    var start = open
    while start < close, source[start] != Self.newline, isBlank(source[start]) { start += 1 }
    guard start < close, source[start] == Self.newline else {
      report(
        .expected, open, min(lineEnd(from: open), close + 3),
        "expected a newline after `\"\"\"`",
        help: "the text of a block begins on the next line; its closing `\"\"\"` ends it")
      return nil
    }
    start += 1
    var indentStart = close
    while indentStart > start, isBlank(source[indentStart - 1]) { indentStart -= 1 }
    guard indentStart == start || source[indentStart - 1] == Self.newline else {
      report(
        .expected, close, close + 3, "expected the closing `\"\"\"` on a line of its own",
        help: "put a newline before it; the block's text does not end with that newline")
      return nil
    }
    var end = indentStart - 1
    if end > start, source[end - 1] == 13 { end -= 1 }
    return BlockText(start: start, end: end, indent: indentStart..<close, close: close + 3)
  }

  /// Where an interpolated literal ends whose parts are not to be parsed: a good guess, since
  /// expressions inside braces may hold quotes of their own.
  func interpolationEnd(from token: Token) -> Int {
    var index = Int(token.end)
    if token.kind == .interpolatedBlock { return blockClose(from: index).map { $0 + 3 } ?? count }
    var braces = 0
    var isQuoted = false
    while index < count, source[index] != Self.newline {
      switch source[index] {
      case Self.backslash: index += 1
      case UInt8(ascii: "{") where !isQuoted: braces += 1
      case UInt8(ascii: "}") where !isQuoted: braces -= 1
      case Self.quote:
        if braces <= 0 { return index + 1 }
        isQuoted.toggle()
      default: break
      }
      index += 1
    }
    // Braces that do not match: the first quote is as good as any.
    index = Int(token.end)
    while index < count, source[index] != Self.newline {
      if source[index] == Self.quote { return index + 1 }
      index += source[index] == Self.backslash ? 2 : 1
    }
    return min(index, count)
  }

  private func isBlank(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") || byte == 13
  }
}

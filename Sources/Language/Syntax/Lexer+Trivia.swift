import JanusSource

extension Lexer {
  /// Skips white space and comments; tells what stood there.
  @inline(__always)
  mutating func skipTrivia() -> TokenFlags {
    var flags: TokenFlags = []
    while cursor < source.count {
      switch source[cursor] {
      case UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\r"):
        flags.insert(.afterSpace)
        cursor += 1
      case UInt8(ascii: "\n"):
        flags.insert([.afterSpace, .afterNewline])
        cursor += 1
      case UInt8(ascii: "/"):
        let second = byte(at: cursor + 1)
        if second == UInt8(ascii: "/") {
          skipLineComment()
        } else if second == UInt8(ascii: "*") {
          if skipBlockComment() { flags.insert(.afterNewline) }
        } else {
          return flags
        }
        flags.insert(.afterSpace)
      default:
        return flags
      }
    }
    return flags
  }

  /// A byte order mark and a first line `#!…` come before the program.
  mutating func skipPreamble() {
    if byte(at: 0) == 0xEF, byte(at: 1) == 0xBB, byte(at: 2) == 0xBF { cursor = 3 }
    guard byte(at: cursor) == UInt8(ascii: "#"), byte(at: cursor + 1) == UInt8(ascii: "!") else {
      return
    }
    let start = cursor
    cursor = lineEnd(from: start)
    comment(.shebang, start)
  }

  /// The offset of the newline that ends the line of an offset, or the end of the text.
  func lineEnd(from offset: Int) -> Int {
    var end = offset
    while end < source.count, source[end] != UInt8(ascii: "\n") { end += 1 }
    return end
  }

  private mutating func skipLineComment() {
    let start = cursor
    cursor = lineEnd(from: start)
    // `////` is a line drawn by hand, not documentation.
    let isDoc =
      byte(at: start + 2) == UInt8(ascii: "/") && byte(at: start + 3) != UInt8(ascii: "/")
    comment(isDoc ? .doc : .line, start)
  }

  /// Skips a block comment, which nests; tells whether it holds a newline.
  private mutating func skipBlockComment() -> Bool {
    let start = cursor
    var depth = 0
    var hasNewline = false
    while cursor < source.count {
      let first = source[cursor]
      let second = byte(at: cursor + 1)
      if first == UInt8(ascii: "/"), second == UInt8(ascii: "*") {
        depth += 1
        cursor += 2
      } else if first == UInt8(ascii: "*"), second == UInt8(ascii: "/") {
        depth -= 1
        cursor += 2
        if depth == 0 { break }
      } else {
        if first == UInt8(ascii: "\n") { hasNewline = true }
        cursor += 1
      }
    }
    comment(.block, start)
    if depth > 0 {
      reports.incomplete(
        .unterminatedComment, span(start, start + 2), "this comment is not closed",
        help: "close it with `*/`; block comments nest")
    }
    return hasNewline
  }

  private mutating func comment(_ kind: Comment.Kind, _ start: Int) {
    var end = cursor
    if kind != .block, end > start, source[end - 1] == UInt8(ascii: "\r") { end -= 1 }
    comments.append(Comment(kind: kind, span: span(start, end)))
  }

  func span(_ start: Int, _ end: Int) -> Span {
    Span(UInt32(truncatingIfNeeded: start), UInt32(truncatingIfNeeded: end))
  }
}

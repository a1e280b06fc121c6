package import JanusSource

/// Turns source bytes into tokens, one at a time, and reports what no token can hold.
package struct Lexer: ~Copyable {
  // SAFETY: the buffer belongs to the `SourceFile` that `Parser.parse` holds during the whole
  // parse; it is read only through `byte(at:)` and after comparison with `count`.
  let source: UnsafeBufferPointer<UInt8>
  /// Offset of the next byte to read.
  var cursor = 0
  var names = NameTable()
  var comments: [Comment] = []
  var reports: Reports

  private let keywords = Keyword.allCases
  private let keywordCount = NameTable.keywordCount

  package init(source: UnsafeBufferPointer<UInt8>, diagnostics: [Diagnostic]) {
    self.source = source
    self.reports = Reports(diagnostics)
    skipPreamble()
  }

  var count: Int {
    @inline(__always) get { source.count }
  }

  /// The byte at an offset, 0 past the end.
  @inline(__always) func byte(at offset: Int) -> UInt8 {
    offset < source.count ? source[offset] : 0
  }

  /// The token at the end of the text.
  var endOfText: Token { Token(.endOfText, count, count, flags: .afterNewline) }

  func text(_ start: UInt32, _ end: UInt32) -> String {
    String(decoding: source[Int(start)..<min(Int(end), count)], as: UTF8.self)
  }

  /// The next token; `.endOfText` again and again at the end.
  package mutating func next() -> Token {
    let flags = skipTrivia()
    let start = cursor
    guard start < source.count else { return Token(.endOfText, start, start, flags: flags) }
    let first = source[start]
    if Self.isNameStart(first) { return name(from: start, flags: flags) }
    if first &- 0x30 < 10 { return number(from: start, flags: flags) }
    switch first {
    case UInt8(ascii: "\""), UInt8(ascii: "'"): return string(from: start, flags: flags)
    case UInt8(ascii: "$") where byte(at: start + 1) == UInt8(ascii: "\""):
      let isBlock =
        byte(at: start + 2) == UInt8(ascii: "\"") && byte(at: start + 3) == UInt8(ascii: "\"")
      cursor = start + (isBlock ? 4 : 2)
      return Token(isBlock ? .interpolatedBlock : .interpolation, start, cursor, flags: flags)
    default:
      if let kind = punctuation(first) { return Token(kind, start, cursor, flags: flags) }
      return unexpected(from: start, flags: flags)
    }
  }

  private mutating func name(from start: Int, flags: TokenFlags) -> Token {
    var end = start + 1
    while end < source.count, Self.isNamePart(source[end]) { end += 1 }
    if end - start == 1, source[start] == UInt8(ascii: "b"), byte(at: end) == UInt8(ascii: "\"") {
      return bytes(from: start, flags: flags)
    }
    cursor = end
    let id = names.intern(source, start, end)
    if id < keywordCount {
      return Token(.keyword, start, end, flags: flags, keyword: keywords[Int(id)], name: id)
    }
    return Token(.name, start, end, flags: flags, name: id)
  }

  @inline(__always) static func isNameStart(_ byte: UInt8) -> Bool {
    (byte | 0x20) &- 0x61 < 26 || byte == 0x5F
  }

  @inline(__always) static func isNamePart(_ byte: UInt8) -> Bool {
    (byte | 0x20) &- 0x61 < 26 || byte &- 0x30 < 10 || byte == 0x5F
  }

  /// Whether a name that begins with this byte is that of a type, trait, error or case.
  @inline(__always) static func isCapital(_ byte: UInt8) -> Bool { byte &- 0x41 < 26 }
}

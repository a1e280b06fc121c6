package import JanusSource

/// A token as those see it who read the text without the parser: the grammar's test, tools.
package struct TokenSummary: Sendable {
  package enum Kind: Sendable {
    case name, keyword, integer, float, duration, string, textBlock, bytes
    /// `$"` or `$"""`, the text between the braces, `:format`, and the closing quotes.
    case textBegin, text, format, textEnd
    /// An operator or bracket, told apart by its text.
    case punctuation
    /// What no token begins with, or a literal that is not well formed.
    case malformed
  }

  package var kind: Kind
  package var text: String
  /// A line break stands between the token before and this one.
  package var isAfterNewline: Bool
  /// White space, a comment or a line break stands between the token before and this one.
  package var isAfterSpace: Bool

  package init(kind: Kind, text: String, isAfterNewline: Bool = false, isAfterSpace: Bool = false) {
    self.kind = kind
    self.text = text
    self.isAfterNewline = isAfterNewline
    self.isAfterSpace = isAfterSpace
  }
}

/// All tokens of a file, those inside interpolated strings included.
package struct TokenStream: Sendable {
  package private(set) var tokens: [TokenSummary] = []
  /// What the lexer has to say.
  package private(set) var diagnostics: [Diagnostic] = []

  package init(of file: SourceFile) {
    self = file.bytes.withUnsafeBufferPointer { source in
      var reader = TokenReader(source)
      reader.readAll()
      return reader.stream
    }
  }

  fileprivate init() {}

  fileprivate mutating func append(_ token: TokenSummary) { tokens.append(token) }

  fileprivate mutating func conclude(_ reports: [Diagnostic]) { diagnostics = reports }
}

private struct TokenReader: ~Copyable {
  var lexer: Lexer
  var stream = TokenStream()
  private var depth = 0

  init(_ source: UnsafeBufferPointer<UInt8>) {
    lexer = Lexer(source: source, diagnostics: [])
    lexer.validate()
  }

  mutating func readAll() {
    while true {
      let token = lexer.next()
      if token.kind == .endOfText { break }
      read(token)
    }
    stream.conclude(lexer.reports.sorted())
  }

  private mutating func read(_ token: Token) {
    switch token.kind {
    case .interpolation, .interpolatedBlock: readInterpolation(token)
    default:
      let kind = isSound(token) ? kind(of: token) : .malformed
      append(kind, lexer.text(token.start, token.end), token.flags)
    }
  }

  private mutating func append(_ kind: TokenSummary.Kind, _ text: String, _ flags: TokenFlags) {
    stream.append(
      TokenSummary(
        kind: kind, text: text, isAfterNewline: flags.contains(.afterNewline),
        isAfterSpace: flags.contains(.afterSpace)))
  }

  private func kind(of token: Token) -> TokenSummary.Kind {
    switch token.kind {
    case .name: .name
    case .keyword: .keyword
    case .integer: .integer
    case .float: .float
    case .duration: .duration
    case .string: .string
    case .textBlock: .textBlock
    case .bytes: .bytes
    default: .punctuation
    }
  }

  /// Reads the value of a literal, which finds what is wrong inside it.
  private mutating func isSound(_ token: Token) -> Bool {
    guard token.kind != .invalid, !token.flags.contains(.isMalformed) else { return false }
    let before = lexer.reports.count
    let start = Int(token.start)
    let end = Int(token.end)
    switch token.kind {
    case .string: _ = lexer.decode(start + 1, end - 1, as: .text)
    case .bytes: _ = lexer.decode(start + 2, end - 1, as: .bytes)
    case .textBlock:
      guard let block = lexer.blockText(open: start + 3, close: end - 3) else { return false }
      _ = lexer.decode(block.start, block.end, block: block, as: .text)
    case .integer:
      let isNegative = stream.tokens.last?.text == "-"
      guard case .value = lexer.integerValue(of: token, isNegative: isNegative) else {
        return false
      }
    case .float:
      guard case .value = lexer.floatValue(of: token, isNegative: false) else { return false }
    case .duration:
      guard case .value = lexer.durationValue(of: token, isNegative: false) else { return false }
    default: break
    }
    return lexer.reports.count == before
  }

  /// Reads the text and the braces of an interpolated literal, up to its closing quotes.
  private mutating func readInterpolation(_ opener: Token) {
    append(.textBegin, lexer.text(opener.start, opener.end), opener.flags)
    var block: BlockText?
    if opener.kind == .interpolatedBlock {
      guard let close = lexer.blockClose(from: Int(opener.end)) else { return failText() }
      block = lexer.blockText(open: Int(opener.end), close: close)
      guard let block else { return failText() }
      lexer.cursor = block.start
    }
    depth += 1
    defer { depth -= 1 }
    guard depth < Limits.nestingDepth else { return failText() }
    let limit = block.map(\.end) ?? lexer.count
    while true {
      let start = lexer.cursor
      var end = start
      while end < limit, !endsText(lexer.byte(at: end), isBlock: block != nil) {
        end += lexer.byte(at: end) == UInt8(ascii: "\\") ? 2 : 1
      }
      end = min(end, max(limit, start))
      if end > start { readText(start, end, block) }
      lexer.cursor = end
      guard end < limit, lexer.byte(at: end) == UInt8(ascii: "{") else {
        return readEnd(at: end, block)
      }
      readHole()
    }
  }

  private func endsText(_ byte: UInt8, isBlock: Bool) -> Bool {
    byte == UInt8(ascii: "{")
      || !isBlock && (byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\n"))
  }

  private mutating func readText(_ start: Int, _ end: Int, _ block: BlockText?) {
    let before = lexer.reports.count
    if let block {
      _ = lexer.decode(start, end, block: block, as: .interpolated)
    } else {
      _ = lexer.decode(start, end, as: .interpolated)
    }
    let text = lexer.text(UInt32(truncatingIfNeeded: start), UInt32(truncatingIfNeeded: end))
    append(lexer.reports.count == before ? .text : .malformed, text, [])
  }

  private mutating func readEnd(at end: Int, _ block: BlockText?) {
    if let block {
      lexer.cursor = block.close
      append(.textEnd, "\"\"\"", [])
    } else if end < lexer.count, lexer.byte(at: end) == UInt8(ascii: "\"") {
      lexer.cursor = end + 1
      append(.textEnd, "\"", [])
    } else {
      failText()
    }
  }

  private mutating func failText() {
    append(.malformed, "", [])
    lexer.cursor = lexer.lineEnd(from: lexer.cursor)
  }

  /// Reads `{ … }` up to its own closing brace; the first `:` outside brackets begins a format.
  private mutating func readHole() {
    var open = 0
    while true {
      let token = lexer.next()
      switch token.kind {
      case .endOfText: return
      case .leftBrace, .leftBracket, .leftParenthesis: open += 1
      case .rightBrace, .rightBracket, .rightParenthesis: open -= 1
      case .colon where open == 1, .colonColon where open == 1, .colonEqual where open == 1:
        readFormat(from: token)
        continue
      default: break
      }
      read(token)
      if open <= 0 { return }
    }
  }

  private mutating func readFormat(from colon: Token) {
    var end = Int(colon.start) + 1
    while end < lexer.count, lexer.byte(at: end) != UInt8(ascii: "}"),
      lexer.byte(at: end) != UInt8(ascii: "\n")
    {
      end += 1
    }
    lexer.cursor = end
    append(.format, lexer.text(colon.start, UInt32(truncatingIfNeeded: end)), colon.flags)
  }
}

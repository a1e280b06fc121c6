import JanusSource

extension Parser {
  /// Parses `$"text {e:format}"` and `$"""`.
  ///
  /// The lexer reads the text between braces; what is in braces is parsed from the same source, so
  /// its spans are those of the file.
  mutating func parseInterpolation() throws(SyntaxFailure) -> NodeID {
    try enter(2)
    let opener = token
    var block: BlockText?
    if opener.kind == .interpolatedBlock {
      guard let close = lexer.blockClose(from: Int(opener.end)) else {
        lexer.cursor = lexer.count
        lexer.reportUnterminatedBlock(Int(opener.start), Int(opener.end))
        advance()
        throw SyntaxFailure()
      }
      block = lexer.blockText(open: Int(opener.end), close: close)
      lexer.cursor = block?.start ?? close + 3
      if block == nil {
        advance()
        leave(2)
        return add(Node(.error, opener.start, previous.end))
      }
    }
    let state = mark()
    let saved = context
    var tall: Int32 = 0
    openers.append(Opener(kind: .interpolation, span: span(of: opener), head: opener.start))
    do throws(SyntaxFailure) {
      while try parseSegment(block, opener) { tall = max(tall, height) }
    } catch {
      if skipsLine || token.kind == .endOfText { throw error }
      restore(state)
      leave(2)
      return leaveBrokenInterpolation(opener, block)
    }
    openers.removeLast()
    context = saved
    let end = UInt32(truncatingIfNeeded: lexer.cursor)
    let parts = closeList(from: state.scratch)
    advance()
    previous.end = end
    leave(2)
    try grow(tall)
    return add(Node(.interpolation, opener.start, end, a: parts))
  }

  /// What stands in the braces was reported: the parser goes on behind the literal.
  private mutating func leaveBrokenInterpolation(_ opener: Token, _ block: BlockText?) -> NodeID {
    if let block {
      lexer.cursor = block.close
    } else {
      lexer.cursor = max(lexer.interpolationEnd(from: opener), Int(opener.end))
    }
    height = 1
    let end = UInt32(truncatingIfNeeded: lexer.cursor)
    advance()
    previous = Token(.string, Int(opener.start), Int(end), flags: [])
    return add(Node(.error, opener.start, end))
  }

  /// Reads text up to a brace or the end, and what the brace holds.
  ///
  /// False at the end.
  private mutating func parseSegment(_ block: BlockText?, _ opener: Token)
    throws(SyntaxFailure) -> Bool
  {
    let start = lexer.cursor
    let limit = block?.end ?? lexer.count
    var end = start
    while end < limit {
      let byte = lexer.byte(at: end)
      if byte == UInt8(ascii: "{") { break }
      if block == nil, byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\n") { break }
      end += byte == UInt8(ascii: "\\") && lexer.byte(at: end + 1) != UInt8(ascii: "\n") ? 2 : 1
    }
    end = min(end, max(limit, start))
    if end > start {
      let text =
        if let block {
          lexer.decode(start, end, block: block, as: .interpolated)
        } else {
          lexer.decode(start, end, as: .interpolated)
        }
      if !text.isEmpty {
        scratch.append(
          add(
            string(
              text, UInt32(truncatingIfNeeded: start), UInt32(truncatingIfNeeded: end))))
      }
    }
    if end < limit, lexer.byte(at: end) == UInt8(ascii: "{") {
      try parseInserted(at: end)
      return true
    }
    if let block {
      lexer.cursor = block.close
    } else {
      lexer.cursor = end + 1
      guard lexer.byte(at: end) == UInt8(ascii: "\""), end < lexer.count else {
        lexer.cursor = end
        lexer.reportUnterminated(Int(opener.start), quote: UInt8(ascii: "\""))
        skipsLine = true
        advance()
        throw SyntaxFailure()
      }
    }
    return false
  }

  /// Parses `{e}` or `{e:format}`.
  private mutating func parseInserted(at offset: Int) throws(SyntaxFailure) {
    lexer.cursor = offset
    advance()
    let brace = token
    advance()
    context = .newlinesAreFree
    if token.kind == .rightBrace {
      report(
        .badInterpolation, Span(brace.start, token.end), "these braces hold no expression",
        help: "a brace as text is written `\\{`")
      lexer.cursor = Int(token.end)
      return
    }
    let value = try parseExpression()
    let tall = height
    var format: Int32 = -1
    switch token.kind {
    case .rightBrace: lexer.cursor = Int(token.end)
    case .colon, .colonColon, .colonEqual: format = try parseFormat(from: Int(token.start) + 1)
    default:
      guard token.kind != .endOfText, !token.flags.contains(.isMalformed) else {
        throw unexpected("`}`")
      }
      report(
        .badInterpolation, span(of: token),
        "expected `}` after the expression, found \(describe(token))",
        labels: [Diagnostic.Label(span: span(of: brace), text: "this `{` begins the expression")])
      throw SyntaxFailure()
    }
    try grow(tall)
    scratch.append(
      add(
        Node(
          .formatted, brace.start, UInt32(truncatingIfNeeded: lexer.cursor), a: value, b: format)))
  }

  /// Reads the text between `:` and `}`, which must be a format.
  private mutating func parseFormat(from start: Int) throws(SyntaxFailure) -> Int32 {
    var end = start
    while end < lexer.count, lexer.byte(at: end) != UInt8(ascii: "}") {
      if lexer.byte(at: end) == UInt8(ascii: "\n") { break }
      end += 1
    }
    let span = lexer.span(start, end)
    guard end < lexer.count, lexer.byte(at: end) == UInt8(ascii: "}") else {
      report(.badInterpolation, span, "this format has no `}`")
      throw SyntaxFailure()
    }
    lexer.cursor = end + 1
    let format = Array(lexer.source[start..<end])
    if !isFormat(span) {
      report(
        .badInterpolation, span, "`\(text(of: span))` is no format",
        help: "a format is `[[fill]<>^][+][0][width][,][.digits][dxXbofe%]`, such as `>8` or `.2f`")
    }
    tree.strings.append(format)
    return Int32(tree.strings.count - 1)
  }

  /// `[[fill]<>^][+][0][width][,][.n][dxXbofe%]`.
  private func isFormat(_ span: Span) -> Bool {
    var scalars = ArraySlice(text(of: span).unicodeScalars)
    if scalars.isEmpty { return false }
    if scalars.count > 1, "<>^".unicodeScalars.contains(scalars[1]) {
      scalars = scalars.dropFirst(2)
    } else if let first = scalars.first, "<>^".unicodeScalars.contains(first) {
      scalars = scalars.dropFirst()
    }
    if scalars.first == "+" { scalars = scalars.dropFirst() }
    let width = scalars.prefix { ("0"..."9").contains($0) }
    scalars = scalars.dropFirst(width.count)
    if scalars.first == "," { scalars = scalars.dropFirst() }
    var precisionCount = 0
    if scalars.first == "." {
      scalars = scalars.dropFirst()
      let digits = scalars.prefix { ("0"..."9").contains($0) }
      guard !digits.isEmpty else { return false }
      precisionCount = digits.count
      scalars = scalars.dropFirst(digits.count)
    }
    if let last = scalars.first, "dxXbofe%".unicodeScalars.contains(last) {
      scalars = scalars.dropFirst()
    }
    // Four digits are more than any screen is wide.
    return scalars.isEmpty && width.count <= 4 && precisionCount <= 3
  }
}

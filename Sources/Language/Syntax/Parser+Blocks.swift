import JanusSource

/// How a block is written.
enum BlockStyle {
  /// `do … end`
  case words
  /// `{ … }`
  case braces
  /// Neither, which was reported: the lines that are indented further than the head.
  case indented
}

extension Parser {
  /// Parses the statements of the file: here a token that closes something closes nothing.
  mutating func parseTopLevel() -> ListID {
    let base = scratch.count
    while true {
      parseStatements()
      if token.kind == .endOfText { break }
      reportStray()
    }
    return closeList(from: base)
  }

  /// Parses `do … end` or `{ … }`.
  mutating func parseBlock(head: UInt32) throws(SyntaxFailure) -> NodeID {
    try enter(2)
    let start = token.start
    let style = try openBlock(head: head)
    let base = scratch.count
    _ = parseBody(style, head: head)
    return finishBlock(style, start: start, from: base)
  }

  /// Makes the node of a block whose statements were collected since `base`.
  mutating func finishBlock(_ style: BlockStyle, start: UInt32, from base: Int) -> NodeID {
    leave(2)
    let flags: NodeFlags = style == .braces ? .usesBraces : []
    let end = max(start, previous.end)
    return add(Node(.block, start, end, a: closeList(from: base), flags: flags))
  }

  /// Moves into a block, or reports how it has to begin.
  mutating func openBlock(head: UInt32, isChain: Bool = false) throws(SyntaxFailure) -> BlockStyle {
    if token.isKeyword(.do) || token.kind == .leftBrace {
      if startsLine {
        report(
          .missingBlock, span(of: token),
          "expected `\(text(of: token))` on the line of its head",
          help: "a new line begins a new statement")
      }
      return enterBlock(head: head, isChain: isChain)
    }
    if contextual(token) == .then {
      reportForeign(.foreignKeyword, span(of: token), "Janus has no `then` here", write: "do")
      openers.append(
        Opener(kind: .doBlock, span: span(of: token), head: head, isChain: isChain))
      advance()
      return .words
    }
    if token.kind == .colon {
      reportForeign(
        .missingBlock, span(of: token), "expected `do`, found `:`", write: " do",
        help: "a block stands in `do … end`")
      advance()
      return .indented
    }
    let end = Span(previous.end, previous.end)
    if startsLine, token.kind != .endOfText {
      report(
        .missingBlock, end, "expected `do` at the end of this line",
        help: "a block stands in `do … end` or `{ … }`",
        fix: Diagnostic.Fix(span: end, replacement: " do"))
      return .indented
    }
    let isShortBody = token.kind == .fatArrow || token.kind == .equal
    let failure = unexpected(
      "`do`", help: isShortBody ? "the body of a function stands in `do … end`" : nil)
    guard skipToBlock() else { throw failure }
    return enterBlock(head: head, isChain: isChain)
  }

  private mutating func enterBlock(head: UInt32, isChain: Bool) -> BlockStyle {
    let isBrace = token.kind == .leftBrace
    openers.append(
      Opener(
        kind: isBrace ? .braceBlock : .doBlock, span: span(of: token), head: head,
        isChain: isChain && !isBrace))
    advance()
    return isBrace ? .braces : .words
  }

  /// Parses statements up to the end of the block that was opened last.
  ///
  /// Tells whether it stopped at the `else` of an `if` chain in words, which then is still open.
  mutating func parseBody(_ style: BlockStyle, head: UInt32, isChain: Bool = false) -> Bool {
    guard style != .indented else { return parseIndentedBody(head: head, isChain: isChain) }
    guard let opener = openers.last else { return false }
    var tallest: Int32 = 0
    while true {
      parseStatements()
      tallest = max(tallest, height)
      if style == .words ? token.isKeyword(.end) : token.kind == .rightBrace {
        noteIndentation(of: opener)
        advance()
        break
      }
      if isChain, style == .words, isElse {
        height = tallest + 1
        return true
      }
      if !goesOnAfterStray(in: opener) { break }
    }
    openers.removeLast()
    height = tallest + 1
    return false
  }

  private mutating func parseIndentedBody(head: UInt32, isChain: Bool) -> Bool {
    let indent = indentation(of: head)
    parseStatements(deeperThan: indent)
    height += 1
    guard token.afterNewline, indentation(of: token.start) == indent else { return false }
    if isChain, isElse { return true }
    if token.isKeyword(.end) { advance() }
    return false
  }

  /// Parses statements up to a token that closes a block; which block, the caller decides.
  mutating func parseStatements(deeperThan indent: Int? = nil) {
    let saved = context
    context = []
    var tallest: Int32 = 0
    while true {
      while token.kind == .semicolon { advance() }
      if closesBlock { break }
      if let indent, token.afterNewline, indentation(of: token.start) <= indent { break }
      let first = token.start
      var state = mark()
      do throws(SyntaxFailure) {
        scratch.append(try parseStatement())
        tallest = max(tallest, height)
        state.scratch = scratch.count
        if !endsStatement { throw leftover() }
      } catch {
        recover(to: state, first: first)
      }
    }
    height = tallest
    context = saved
  }

  /// The current token closes some block, or is the end of the text.
  var closesBlock: Bool {
    switch token.kind {
    case .endOfText, .rightBrace, .rightParenthesis, .rightBracket: return true
    case .keyword: return token.keyword == .end || token.keyword == .else
    case .name: return isForeignElse
    default: return false
    }
  }

  /// `else`, or what other languages write for `else if`.
  var isElse: Bool { token.isKeyword(.else) || isForeignElse }

  var isForeignElse: Bool {
    guard let word = foreign(token) else { return false }
    switch word {
    case .elif, .elsif, .elseif, .elseIf: return lexer.byte(at: Int(token.end)) == 0x20
    default: return false
    }
  }

  /// The white space at the beginning of an offset's line.
  func indentation(of offset: UInt32) -> Int {
    let start = Int(lineStart(of: offset))
    var index = start
    while lexer.byte(at: index) == UInt8(ascii: " ") || lexer.byte(at: index) == UInt8(ascii: "\t"),
      index - start < Limits.indentation
    {
      index += 1
    }
    return index - start
  }

  /// The offset of the first byte of an offset's line.
  func lineStart(of offset: UInt32) -> UInt32 { file.lineStarts[file.line(at: offset)] }

  /// An `end` further left than the line its block begins on belongs to an outer block.
  mutating func noteIndentation(of opener: Opener) {
    guard suspect == nil, opener.kind == .doBlock, token.afterNewline else { return }
    if indentation(of: token.start) < indentation(of: opener.head) { suspect = opener }
  }
}

import JanusSource

extension Parser {
  /// Drops a statement that failed and moves to where the next one begins.
  ///
  /// In a shape, a comma begins the next element too.
  mutating func recover(to state: Mark, first: UInt32, isElement: Bool = false) {
    let indent = indentation(of: first)
    let isLine = skipsLine
    skipsLine = false
    var open = isLine ? 0 : openBrackets(above: state)
    restore(state)
    if token.start == first, token.kind != .endOfText, !closesBlock { skipUnit(&open) }
    while !isRecoveryPoint(open: open, indent: indent) {
      if isElement, open == 0, token.kind == .comma { break }
      skipUnit(&open)
    }
    if isLine { skipDeeperLines(indent) }
    scratch.append(add(Node(.error, first, max(first, previous.end))))
  }

  func openBrackets(above state: Mark) -> Int {
    openers[min(state.openers, openers.count)...].count {
      !$0.isBlock && $0.kind != .interpolation
    }
  }

  /// After an open string nobody knows which brackets are open: the lines further in belong to it,
  /// and a closer below them.
  private mutating func skipDeeperLines(_ indent: Int) {
    var open = 0
    while token.afterNewline, token.kind != .endOfText, indentation(of: token.start) > indent,
      !startsStatementByForce
    {
      repeat { skipUnit(&open) } while !token.afterNewline && token.kind != .endOfText
    }
    switch token.kind {
    case .rightParenthesis, .rightBracket:
      if indentation(of: token.start) == indent, openers.allSatisfy(\.isBlock) { advance() }
    default: break
    }
  }

  private mutating func isRecoveryPoint(open: Int, indent: Int) -> Bool {
    switch token.kind {
    case .endOfText: return true
    case .semicolon, .rightParenthesis, .rightBracket, .rightBrace: return open == 0
    case .keyword where token.keyword == .end || token.keyword == .else: return true
    default: break
    }
    guard token.afterNewline else { return false }
    if open == 0 { return true }
    // The bracket has no end: a line that stands as far left as the statement begins another.
    return startsStatementByForce
      || (token.isWord && indentation(of: token.start) <= indent && !closesBracketOnLine)
  }

  /// Skips one token, or a whole block so that its `end` closes nothing else.
  private mutating func skipUnit(_ open: inout Int) {
    switch token.kind {
    case .leftParenthesis, .leftBracket, .leftBrace: open += 1
    case .rightParenthesis, .rightBracket, .rightBrace: open = max(0, open - 1)
    case .keyword where token.keyword == .do:
      skipBlock()
      return
    default: break
    }
    skipToken()
  }

  /// Parses the block of a statement that failed, for the mistakes inside it.
  private mutating func skipBlock() {
    let state = mark()
    let opener = Opener(kind: .doBlock, span: span(of: token), head: token.start, isChain: true)
    depth += 3
    guard depth <= Limits.nestingDepth else {
      // The nesting was reported where it was parsed; here only the tokens pass by.
      restore(state)
      skipToken()
      return
    }
    openers.append(opener)
    advance()
    if token.kind == .bar {
      repeat {
        skipToken()
      } while token.kind != .bar && !token.afterNewline
        && token.kind != .endOfText
      if token.kind == .bar { advance() }
    }
    while parseBody(.words, head: opener.head, isChain: true) {
      advance()
      if token.isKeyword(.if), !token.afterNewline, skipToBlock() { advance() }
      if token.isKeyword(.do) { advance() }
    }
    restore(state)
  }

  /// Skips the rest of a head; tells whether its block begins then.
  mutating func skipToBlock(open brackets: Int = 0) -> Bool {
    var open = brackets
    while token.kind != .endOfText {
      if token.isKeyword(.do), open == 0 || !closesBracketOnLine { return !token.afterNewline }
      if token.kind == .leftBrace, open == 0 { return !token.afterNewline }
      if token.afterNewline, open == 0 || startsStatementByForce { return false }
      switch token.kind {
      case .leftParenthesis, .leftBracket, .leftBrace: open += 1
      case .rightParenthesis, .rightBracket, .rightBrace:
        if open == 0 { return false }
        open -= 1
      case .keyword where token.keyword == .end || token.keyword == .else:
        return false
      case .semicolon where open == 0: return false
      default: break
      }
      skipToken()
    }
    return false
  }

  /// Whether a bracket around the current token ends on this line.
  var closesBracketOnLine: Bool {
    mutating get {
      lookAhead { parser in
        var open = 0
        repeat {
          switch parser.token.kind {
          case .leftParenthesis, .leftBracket, .leftBrace: open += 1
          case .rightParenthesis, .rightBracket, .rightBrace: open -= 1
          default: break
          }
          if open < 0 { return true }
          parser.skipToken()
        } while !parser.token.afterNewline && parser.token.kind != .endOfText
        return false
      }
    }
  }

  /// Parses a head; when it fails and its block still follows, the block can be parsed anyway.
  mutating func parseHead(
    _ parse: (inout Parser) throws(SyntaxFailure) -> NodeID
  ) throws(SyntaxFailure) -> NodeID {
    let state = mark()
    let start = token.start
    try enter()
    context = context.union(.isHead).subtracting([
      .hasNoTrailing, .isArmBody, .hasNoBar,
    ])
    do throws(SyntaxFailure) {
      try refuseNewline("the rest of the head")
      let node = try parse(&self)
      leave()
      context = state.context
      return node
    } catch {
      let open = skipsLine ? 0 : openBrackets(above: state)
      restore(state)
      guard skipToBlock(open: open) else { throw error }
      skipsLine = false
      return add(Node(.error, start, max(start, previous.end)))
    }
  }

  /// Judges a token that closes something else than the block around it.
  ///
  /// Tells whether the block goes on.
  mutating func goesOnAfterStray(in opener: Opener) -> Bool {
    switch token.kind {
    case .endOfText:
      reportUnclosed(opener)
      return false
    case .rightParenthesis, .rightBracket:
      let closer = text(of: token)
      if openers.dropLast().contains(where: { $0.closer == closer }) {
        reportUnclosed(opener)
        return false
      }
    case .rightBrace where opener.kind == .doBlock, .keyword where token.keyword == .end:
      if closesOuter(than: opener) {
        reportUnclosed(opener)
      } else {
        reportMixed(opener)
        advance()
      }
      return false
    default: break
    }
    reportStray()
    return true
  }

  /// Whether `end` or `}` fits an outer block better than the one it would close in mixed style.
  private func closesOuter(than opener: Opener) -> Bool {
    let isEnd = token.kind == .keyword
    let outer = openers.dropLast().last {
      isEnd ? $0.kind == .doBlock : $0.kind != .doBlock && $0.closer == "}"
    }
    guard let outer else { return false }
    if token.afterNewline {
      return indentation(of: token.start) != indentation(of: opener.head)
    }
    let line = lineStart(of: token.start)
    return lineStart(of: opener.span.start) != line
      || lineStart(of: outer.span.start) == line
  }

  private mutating func reportMixed(_ opener: Opener) {
    report(
      .mixedBlockStyle, span(of: token),
      "this block begins with `\(text(of: opener.span))` and ends with `\(text(of: token))`",
      labels: [Diagnostic.Label(span: opener.span, text: "it begins here")],
      help: "write `do … end` or `{ … }`",
      fix: Diagnostic.Fix(span: span(of: token), replacement: opener.closer))
  }

  /// Reports a token that closes nothing, and moves past it.
  mutating func reportStray() {
    if isElse, !token.isKeyword(.else) {
      reportForeign(
        .foreignKeyword, span(of: token), "Janus has no `\(text(of: token))`", write: "else if")
    } else {
      let help: String? =
        switch token.kind {
        case .keyword where token.keyword == .else:
          "`else` stands between an `if … do` and its `end`"
        case .keyword: "remove it, or look for the `do` that is missing above"
        default: nil
        }
      report(
        .strayCloser, span(of: token), "`\(text(of: token))` closes nothing", help: help)
    }
    let wasElse = isElse
    advance()
    if wasElse, token.isKeyword(.do) { advance() }
  }
}

import JanusSource

extension Parser {
  mutating func report(
    _ code: DiagnosticCode, _ span: Span, _ message: String, labels: [Diagnostic.Label] = [],
    help: String? = nil, fix: Diagnostic.Fix? = nil
  ) {
    guard !lexer.reports.isEndReported else { return }
    lexer.reports.add(
      Diagnostic(code, span, message, labels: labels, help: help, fix: fix))
  }

  /// Reports a construct that is written with other text in Janus.
  mutating func reportForeign(
    _ code: DiagnosticCode, _ span: Span, _ message: String, write replacement: String,
    help: String? = nil
  ) {
    report(
      code, span, message, help: help ?? "write `\(replacement)`",
      fix: Diagnostic.Fix(span: span, replacement: replacement))
  }

  /// Reports that the current token is not what has to stand here.
  mutating func unexpected(_ expected: String, help: String? = nil, fix: Diagnostic.Fix? = nil)
    -> SyntaxFailure
  {
    if token.kind == .endOfText { return unexpectedEnd(expected, help: help) }
    // The lexer has said what is wrong with a malformed token.
    if token.flags.contains(.isMalformed) { return SyntaxFailure() }
    if let opener = openers.last, !opener.isBlock, startsStatementByForce {
      reportUnclosed(opener)
      return SyntaxFailure()
    }
    report(
      .expected, span(of: token), "expected \(expected), found \(describe(token))",
      labels: openerLabel(), help: help ?? foreignHelp, fix: fix)
    return SyntaxFailure()
  }

  /// Reports the end of the text where something else has to stand.
  private mutating func unexpectedEnd(_ expected: String, help: String?) -> SyntaxFailure {
    let end = Span(previous.end, max(previous.end, token.end))
    if openers.isEmpty, !endsOpen(previous) {
      report(
        .expected, Span(max(1, previous.end) - 1, previous.end),
        "expected \(expected), found the end of the text", help: help)
    } else if let opener = openers.last {
      reportUnclosed(opener)
    } else {
      lexer.reports.incomplete(
        .unclosed, Span(end.start, end.start), "expected \(expected), found the end of the text",
        labels: [
          Diagnostic.Label(
            span: span(of: previous), text: "\(describe(previous)) waits for what follows")
        ])
    }
    return SyntaxFailure()
  }

  /// Whether a token leaves its line open: an infix operator, a comma or an opener.
  func endsOpen(_ token: Token) -> Bool {
    if InfixOperator(token) != nil || InfixOperator.assignment(token.kind) != nil { return true }
    switch token.kind {
    case .keyword: return [.try, .await, .spawn].contains(token.keyword)
    case .comma, .colonEqual, .fatArrow, .dot, .questionDot, .colon, .arrow: return true
    default: return false
    }
  }

  /// Points at the bracket that the current construct stands in, if that is on another line.
  private func openerLabel() -> [Diagnostic.Label] {
    guard token.afterNewline, let opener = openers.last, !opener.isBlock else { return [] }
    return [Diagnostic.Label(span: opener.span, text: "`\(text(of: opener.span))` is still open")]
  }

  /// How a token reads in a message.
  func describe(_ token: Token) -> String {
    switch token.kind {
    case .endOfText: return "the end of the text"
    case .string, .textBlock, .interpolation, .interpolatedBlock: return "a string"
    case .bytes: return "bytes"
    default: break
    }
    let spelling = text(of: token)
    let shown = spelling.count > 40 ? String(spelling.prefix(40)) + "…" : spelling
    return token.afterNewline && startsLine ? "a new line with `\(shown)`" : "`\(shown)`"
  }

  /// Moves past a token of a kind or reports that it is missing.
  mutating func expect(_ kind: TokenKind, _ expected: String? = nil, help: String? = nil)
    throws(SyntaxFailure)
  {
    guard token.kind == kind else { throw unexpected(expected ?? kind.spelling, help: help) }
    advance()
  }

  mutating func expect(_ word: Keyword, help: String? = nil) throws(SyntaxFailure) {
    guard token.isKeyword(word) else { throw unexpected("`\(word.rawValue)`", help: help) }
    advance()
  }

  /// Opens a bracket; its partner is awaited by `close`.
  mutating func open(_ kind: Opener.Kind) {
    openers.append(Opener(kind: kind, span: span(of: token), head: token.start))
    advance()
  }

  /// Moves past the partner of the innermost bracket or reports that it is missing.
  mutating func close(_ kind: TokenKind, or expected: String? = nil) throws(SyntaxFailure) {
    guard token.kind == kind else {
      if let opener = openers.last, isDedented(opener), !token.flags.contains(.isMalformed) {
        reportUnclosed(opener)
        throw SyntaxFailure()
      }
      throw unexpected(expected.map { "\($0) or \(kind.spelling)" } ?? kind.spelling)
    }
    openers.removeLast()
    advance()
  }

  /// The current token can only begin a statement or close a block: no bracket goes on with it.
  var startsStatementByForce: Bool {
    guard token.kind == .keyword, token.afterNewline, !isBeforeColon else { return false }
    switch token.keyword {
    case .let, .var, .const, .return, .while, .for, .struct, .enum, .trait, .impl, .use, .pub,
      .defer, .break, .continue, .end, .else:
      return true
    case .func: return Lexer.isNameStart(byteAhead)
    default: return false
    }
  }

  /// A word as far left as the line of the bracket around it, where nothing else can follow.
  private mutating func isDedented(_ opener: Opener) -> Bool {
    token.afterNewline && token.isWord && !isBeforeColon
      && indentation(of: token.start) <= indentation(of: opener.head) && !closesBracketOnLine
  }

  /// Reports a bracket or block that nothing closes.
  mutating func reportUnclosed(_ opener: Opener) {
    let atEnd = token.kind == .endOfText
    var culprit = opener
    if atEnd, let suspect, openers.contains(where: { $0.kind == .doBlock }), opener.isBlock {
      culprit = suspect
    }
    let spelling = text(of: culprit.span)
    let label = Diagnostic.Label(
      span: culprit.span,
      text: culprit.span == opener.span
        ? "`\(spelling)` is not closed"
        : "this `\(spelling)` probably lacks its `\(culprit.closer)`")
    let line = file.line(at: culprit.span.start) + 1
    let message =
      opener.isBlock
      ? "the block that begins on line \(line) has no `\(culprit.closer)`"
      : "`\(spelling)` has no `\(opener.closer)`"
    let help = "close it with `\(culprit.closer)`"
    if atEnd {
      lexer.reports.incomplete(
        .unclosed, Span(previous.end, previous.end), message, labels: [label], help: help)
    } else {
      report(
        .unclosed, span(of: token), "\(message) before \(describe(token))", labels: [label],
        help: help)
    }
  }

  /// Counts a level of recursion; undone by `leave` or by `restore`.
  ///
  /// Levels that take more of the host's stack weigh more.
  mutating func enter(_ weight: Int = 1) throws(SyntaxFailure) {
    depth += weight
    if depth > Limits.nestingDepth { throw nestingTooDeep() }
  }
  mutating func leave(_ weight: Int = 1) { depth -= weight }

  /// Sets the height of a construct that holds parts of the given heights.
  mutating func grow(_ left: Int32, _ right: Int32 = 0) throws(SyntaxFailure) {
    height = max(left, right) + 1
    if height > Limits.treeHeight { throw nestingTooDeep() }
  }

  /// Gives up on the file: what follows a text nested this deep is not worth the stack.
  private mutating func nestingTooDeep() -> SyntaxFailure {
    report(
      .nestingTooDeep, span(of: token), "this is nested too deeply",
      help: "name parts of it with `let`, or move them into functions")
    lexer.reports.isEndReported = true
    lexer.cursor = lexer.count
    token = lexer.endOfText
    return SyntaxFailure()
  }
}

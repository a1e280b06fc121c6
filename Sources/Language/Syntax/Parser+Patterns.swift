import JanusSource

extension Parser {
  /// Parses a pattern, with its alternatives.
  mutating func parsePattern() throws(SyntaxFailure) -> NodeID {
    try enter(2)
    let start = token.start
    let bindings = bindingCount
    let first = try parseSinglePattern()
    guard token.kind == .bar || token.kind == .barBar, !context.contains(.hasNoBar) else {
      leave(2)
      return first
    }
    let base = scratch.count
    var tall = height
    scratch.append(first)
    var culprit: Span? = bindingCount > bindings ? lastBinding : nil
    while token.kind == .bar || token.kind == .barBar {
      if token.kind == .barBar { reportDoubleBar() }
      advance()
      let before = bindingCount
      scratch.append(try parseSinglePattern())
      tall = max(tall, height)
      if culprit == nil, bindingCount > before { culprit = lastBinding }
    }
    if let culprit { reportBinding(culprit) }
    leave(2)
    try grow(tall)
    return add(
      Node(.patternAlternatives, start, previous.end, a: closeList(from: base)))
  }

  @inline(never)
  private mutating func reportBinding(_ name: Span) {
    report(
      .alternativeBinds, name, "`\(text(of: name))` is bound in one alternative only",
      help: "alternatives bind nothing: write `_`, or an arm for each")
  }

  @inline(never)
  private mutating func reportDoubleBar() {
    reportForeign(
      .foreignOperator, span(of: token), "alternatives are separated by `|`", write: "|")
  }

  private mutating func parseSinglePattern() throws(SyntaxFailure) -> NodeID {
    height = 1
    switch token.kind {
    case .name: return try parseNamePattern()
    case .integer, .float, .duration, .string, .textBlock, .bytes, .minus:
      return try parseLiteralPattern()
    case .dotDot, .dotDotLess: return try parseOpenRange()
    case .leftBracket: return try parseListPattern()
    case .leftBrace: return try parseMapPattern()
    case .dot:
      let start = token.start
      advance()
      return try parseCasePattern(type: -1, start: start)
    case .keyword:
      switch token.keyword {
      case .true, .false, .null:
        let literal = try parsePrimary()
        return add(Node(.patternLiteral, previous.start, previous.end, a: literal))
      case .let, .var:
        passPatternLet()
        return try parseNamePattern()
      default: return try parseWordPattern()
      }
    default: throw unexpectedPattern()
    }
  }

  /// `else`; any other reserved word is reported.
  @inline(never)
  private mutating func parseWordPattern() throws(SyntaxFailure) -> NodeID {
    switch token.keyword {
    case .end, .do, .in, .is, .and, .or, .when, .catch: throw unexpected("a pattern")
    case .else:
      reportForeign(
        .expected,
        span(of: token),
        "expected a pattern, found `else`",
        write: "_",
        help: "`else` stands alone in its arm; inside a pattern `_` matches anything"
      )
    default: reportReserved(token)
    }
    advance()
    return add(Node(.patternWildcard, previous.start, previous.end))
  }

  /// Moves past `let` before a name in a pattern.
  @inline(never)
  private mutating func passPatternLet() {
    report(
      .expected, span(of: token), "expected a pattern, found `\(text(of: token))`",
      help: "a lower-case name alone binds",
      fix: Diagnostic.Fix(
        span: Span(token.start, min(token.end + 1, UInt32(lexer.count))), replacement: ""))
    advance()
  }

  @inline(never)
  private mutating func unexpectedPattern() -> SyntaxFailure {
    switch token.kind {
    case .leftParenthesis:
      unexpected("a pattern", help: "patterns have no parentheses; a list is `[a, b]`")
    case .interpolation, .interpolatedBlock:
      unexpected("a pattern", help: "compare in a guard: `x when x == …`")
    default: unexpected("a pattern")
    }
  }

  /// Parses `name`, `name: T`, `_`, `Type`, `mod.Type.Case(…)`, `Type { … }`.
  private mutating func parseNamePattern() throws(SyntaxFailure) -> NodeID {
    guard token.kind == .name else { throw unexpectedPattern() }
    let first = token
    advance()
    if first.name == NameTable.wildcard { return try parseWildcard(first) }
    if !isCapital(first), token.kind != .dot || token.afterNewline {
      return try parseBindingPattern(first)
    }
    let path = try parsePatternPath(first)
    if path.isCase {
      return try finishCasePattern(type: path.owner, name: path.last.name, start: first.start)
    }
    if token.kind == .leftBrace, !token.afterNewline {
      return try parseStructPattern(path.whole)
    }
    let type = try finishTypeName(
      path.whole, owner: path.owner, last: path.last, start: first.start)
    return add(Node(.patternType, first.start, previous.end, a: type))
  }

  /// A dotted path in a pattern.
  ///
  /// Its last name may be a case of what stands before it.
  private struct PatternPath {
    var whole: NodeID
    var owner: NodeID
    var last: Token
    var isCase: Bool
  }

  @inline(never)
  private mutating func parsePatternPath(_ first: Token) throws(SyntaxFailure) -> PatternPath {
    var path = PatternPath(
      whole: add(Node(.name, first.start, first.end, a: first.name)), owner: -1, last: first,
      isCase: false)
    while token.kind == .dot, !token.afterNewline {
      advance()
      guard token.isWord else { throw unexpected("a name after `.`") }
      path.owner = path.whole
      path.last = token
      path.whole = add(
        Node(.member, first.start, token.end, a: path.whole, b: token.name))
      advance()
    }
    guard isCapital(path.last) else {
      throw unexpected("a type or a case in the pattern")
    }
    path.isCase = path.owner >= 0 && endsInCapital(path.owner)
    if !path.isCase, token.kind == .leftParenthesis, !token.afterSpace {
      let name = text(of: path.last)
      throw unexpected(
        "`=>`", help: "a case is written `.\(name)(…)`, fields of a struct `\(name) { … }`",
        fix: Diagnostic.Fix(
          span: Span(path.last.start, path.last.start), replacement: "."))
    }
    return path
  }

  private func endsInCapital(_ path: NodeID) -> Bool {
    let node = tree[path]
    let count = UInt32(lexer.names.names[Int(node.kind == .name ? node.a : node.b)].utf8.count)
    return isCapital(at: node.end - count)
  }

  /// `_` matches anything; `_: T` anything of the type.
  private mutating func parseWildcard(_ wildcard: Token) throws(SyntaxFailure) -> NodeID {
    guard token.kind == .colon, !startsLine else {
      return add(Node(.patternWildcard, wildcard.start, wildcard.end))
    }
    advance()
    let type = try parseType()
    return add(Node(.patternType, wildcard.start, previous.end, a: type))
  }

  private mutating func parseBindingPattern(_ name: Token) throws(SyntaxFailure) -> NodeID {
    bindingCount += 1
    lastBinding = span(of: name)
    var type: NodeID = -1
    if token.kind == .colon, !startsLine {
      advance()
      type = try parseType()
    }
    return add(
      Node(.patternBinding, name.start, previous.end, a: name.name, b: type))
  }

  private mutating func parseLiteralPattern() throws(SyntaxFailure) -> NodeID {
    let start = token.start
    let literal = try parsePatternOperand()
    guard token.kind == .dotDot || token.kind == .dotDotLess, !token.afterNewline else {
      return add(Node(.patternLiteral, start, previous.end, a: literal))
    }
    let flags: NodeFlags = token.kind == .dotDot ? .isInclusive : []
    advance()
    var last: NodeID = -1
    if startsPatternOperand { last = try parsePatternOperand() }
    return add(
      Node(.patternRange, start, previous.end, a: literal, b: last, flags: flags))
  }

  private var startsPatternOperand: Bool {
    switch token.kind {
    case .integer, .float, .duration, .string, .textBlock, .bytes, .minus: true
    default: false
    }
  }

  private mutating func parsePatternOperand() throws(SyntaxFailure) -> NodeID {
    guard token.kind == .minus else { return try parseLiteral() }
    let start = token.start
    advance()
    switch token.kind {
    case .integer, .float, .duration:
      let number = token
      advance()
      return numberNode(number, isNegative: true, start: start)
    default: throw unexpected("a number after `-`")
    }
  }

  private mutating func parseOpenRange() throws(SyntaxFailure) -> NodeID {
    let start = token.start
    let flags: NodeFlags = token.kind == .dotDot ? .isInclusive : []
    advance()
    guard startsPatternOperand else {
      throw unexpected(
        "the end of a range", help: "`..` alone stands in lists, maps and payloads")
    }
    let last = try parsePatternOperand()
    return add(Node(.patternRange, start, previous.end, b: last, flags: flags))
  }
}

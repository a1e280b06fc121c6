import JanusSource

extension Parser {
  /// A condition: `=` in it is a mistake for `==`.
  mutating func parseCondition() throws(SyntaxFailure) -> NodeID {
    if token.isKeyword(.let) || token.isKeyword(.var) || token.isKeyword(.const) {
      return try parseBindingCondition()
    }
    let condition = try parseExpression()
    guard token.kind == .equal, !startsLine else { return condition }
    return try parseMistakenEquality(condition)
  }

  /// Reports `if let x = e`, and moves to the block.
  @inline(never)
  private mutating func parseBindingCondition() throws(SyntaxFailure) -> NodeID {
    let start = token.start
    let word = text(of: token)
    advance()
    let name = text(of: token)
    report(
      .conditionBinds, span(of: previous), "a condition binds nothing",
      help: "write `\(word) \(name) = …` before it, then `if \(name) != null do`")
    _ = try parseExpression()
    if token.kind == .equal {
      advance()
      _ = try parseExpression()
    }
    return add(Node(.error, start, previous.end))
  }

  /// Reports `a = b` where a value is wanted, and reads it as `a == b`.
  mutating func parseMistakenEquality(_ left: NodeID) throws(SyntaxFailure) -> NodeID {
    reportMistakenEquality()
    let tall = height
    advance()
    let right = try parseExpression()
    try grow(tall, height)
    return add(
      Node(.compare, tree[left].start, previous.end, a: left, b: right, op: .equal))
  }

  @inline(never)
  private mutating func reportMistakenEquality() {
    report(
      .assignmentInCondition, span(of: token), "`=` assigns; a comparison is written `==`",
      fix: Diagnostic.Fix(span: span(of: token), replacement: "=="))
  }

  mutating func parseWhile(label: NameID, start: UInt32) throws(SyntaxFailure) -> NodeID {
    advance()
    let condition = try parseHead { parser throws(SyntaxFailure) in try parser.parseCondition() }
    let tall = height
    let body = try parseBlock(head: start)
    try grow(tall, height)
    return add(Node(.while, start, previous.end, a: condition, b: body, c: label))
  }

  mutating func parseFor(label: NameID, start: UInt32) throws(SyntaxFailure) -> NodeID {
    advance()
    var patterns: ListID = -1
    let iterated = try parseHead { parser throws(SyntaxFailure) in
      patterns = try parser.parseForPatterns()
      return try parser.parseExpression()
    }
    let tall = height
    if patterns < 0 { patterns = closeList(from: scratch.count) }
    let body = try parseBlock(head: start)
    try grow(tall, height)
    let base = scratch.count
    scratch.append(body)
    scratch.append(label)
    return add(
      Node(.for, start, previous.end, a: patterns, b: iterated, c: closeList(from: base)))
  }

  /// Parses `x in` or `k, v in`.
  private mutating func parseForPatterns() throws(SyntaxFailure) -> ListID {
    let base = scratch.count
    if token.kind == .leftParenthesis { throw parenthesizedLoop() }
    scratch.append(try parseBindingElement())
    if token.kind == .comma {
      advance()
      scratch.append(try parseBindingElement())
    }
    if token.kind == .equal || token.kind == .colonEqual { throw countingLoop() }
    try expect(.in)
    return closeList(from: base)
  }

  /// Reports `for i = 0; i < n; i++ do` and `for i = 1, 10 do`, and moves to the block.
  @inline(never)
  private mutating func countingLoop() -> SyntaxFailure {
    let name = previous
    let start = name.start
    let sign = token
    skipLoopHead()
    let head = text(of: Span(start, previous.end))
    let range = CountedRange(head)
    report(
      .countingLoop, span(of: sign), "expected `in`, found `\(text(of: sign))`",
      help: "a loop that counts goes over a range: `for \(text(of: name)) in "
        + "\(range?.text ?? "0..<10") do`",
      fix: range.map {
        Diagnostic.Fix(span: Span(start, previous.end), replacement: "\($0.name) in \($0.text)")
      })
    return SyntaxFailure()
  }

  /// Reports `for (let i = 0; i < n; i++) {`, `for (const x of xs) {` and `for (x in xs) {`, and
  /// moves to the block.
  @inline(never)
  private mutating func parenthesizedLoop() -> SyntaxFailure {
    let start = token.start
    skipLoopHead()
    let whole = Span(start, previous.end)
    let head = text(of: Span(start + 1, max(start + 1, whole.end - 1)))
    if let range = CountedRange(head) {
      report(
        .countingLoop, whole, "a loop has no counter of its own",
        help: "it goes over a range: `for \(range.name) in \(range.text) do`",
        fix: Diagnostic.Fix(span: whole, replacement: "\(range.name) in \(range.text)"))
    } else {
      let list = CountedRange.list(head)
      report(
        .countingLoop, whole, "the head of a loop has no parentheses",
        help: "loops are written `for x in list do` or `for key, value in map do`",
        fix: list.map { Diagnostic.Fix(span: whole, replacement: $0) })
    }
    return SyntaxFailure()
  }

  private mutating func skipLoopHead() {
    while !token.afterNewline, token.kind != .endOfText, token.kind != .leftBrace,
      !token.isKeyword(.do)
    {
      token.kind == .leftParenthesis ? skipBalanced() : skipToken()
    }
  }

  /// A name or a pattern that binds the elements of a loop.
  private mutating func parseBindingElement() throws(SyntaxFailure) -> NodeID {
    if token.kind == .keyword, !closesBlock, token.keyword != .in {
      reportReserved(token)
      advance()
      return add(Node(.patternBinding, previous.start, previous.end, a: previous.name))
    }
    if token.kind == .name, isCapital(token), byteAhead != UInt8(ascii: "{") {
      let name = try parseName("a variable")
      return add(Node(.patternBinding, previous.start, previous.end, a: name))
    }
    guard [.name, .leftBracket, .leftBrace].contains(token.kind) else { throw unexpected("a name") }
    return try parsePattern()
  }

  /// Parses `defer stmt` and `defer do … end`.
  mutating func parseDefer() throws(SyntaxFailure) -> NodeID {
    let start = token.start
    advance()
    let action: NodeID
    if startsLine { throw unexpected("a statement after `defer`") }
    if token.isKeyword(.do) || token.kind == .leftBrace {
      action = try parseBlock(head: start)
    } else {
      action = try parseAction()
    }
    try grow(height)
    return add(Node(.defer, start, previous.end, a: action))
  }

  /// `return`, `fail`, `break` and `continue`; an operand stands on the same line.
  mutating func parseLeaving() throws(SyntaxFailure) -> NodeID {
    let start = token.start
    let keyword = token.keyword
    advance()
    switch keyword {
    case .return, .fail:
      var value: NodeID = -1
      height = 0
      if startsOperand {
        value = try parseExpression()
      } else if keyword == .fail {
        throw unexpected("an error or a text after `fail`")
      }
      try grow(height)
      return add(Node(keyword == .fail ? .fail : .return, start, previous.end, a: value))
    default:
      let label = passLabel()
      return add(Node(keyword == .break ? .break : .continue, start, previous.end, a: label))
    }
  }

  private mutating func passLabel() -> NameID {
    height = 1
    guard token.kind == .name, !startsLine else { return -1 }
    checkLowercase(token, "a label")
    advance()
    return previous.name
  }

  /// Whether an operand follows on the line of `return` or `fail`.
  private var startsOperand: Bool {
    mutating get {
      if token.afterNewline, !context.contains(.newlinesAreFree) { return false }
      switch token.kind {
      case .semicolon, .endOfText, .rightBrace, .rightParenthesis, .rightBracket, .comma, .bar:
        return token.kind == .bar
      // In a head the braces are the block.
      case .leftBrace: return !context.contains(.isHead) || opensMap && hasBlockBehindBraces
      case .keyword:
        switch token.keyword {
        case .when, .unless, .end, .else, .catch, .or, .and, .do, .in, .is: return false
        default: return true
        }
      default: return true
      }
    }
  }

  /// A statement short enough to be the body of an arm, a closure or a `defer`: an expression, an
  /// assignment, a call without parentheses, or `return` and its kin.
  mutating func parseAction() throws(SyntaxFailure) -> NodeID {
    if token.kind == .keyword {
      switch token.keyword {
      case .return, .fail, .break, .continue: return try parseLeaving()
      case .let, .var, .const, .while, .for, .defer, .struct, .enum, .trait, .impl, .use, .pub:
        throw unexpected("an expression", help: "a statement stands in `do … end` here")
      default: break
      }
    }
    try enter()
    let action = try parseExpressionStatement(mayDeclare: false)
    leave()
    return action
  }
}

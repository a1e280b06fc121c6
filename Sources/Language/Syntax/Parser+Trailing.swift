import JanusSource

extension Parser {
  /// In a head, `do` opens the statement's block, unless it is `do |x|`.
  var isHeadWithoutParameters: Bool {
    mutating get {
      guard context.contains(.isHead) else { return false }
      let hasParameters = lookAhead { parser in
        parser.advance()
        return parser.token.kind == .bar && !parser.token.afterNewline
      }
      if hasParameters {
        report(
          .headNeedsParentheses, span(of: token), "a trailing block needs parentheses here",
          help: "in the head of a statement `do` opens its block; put the call into parentheses")
      }
      return !hasParameters
    }
  }

  /// Whether a `do` behind an operand is a trailing closure.
  mutating func takesTrailing(_ left: NodeID) -> Bool {
    guard !context.contains(.hasNoTrailing) else { return false }
    switch tree[left].kind {
    case .name, .member, .index: return !isHeadWithoutParameters
    default: return false
    }
  }

  /// `items.each do |x| … end`: a call without parentheses.
  mutating func parseTrailing(_ callee: NodeID) throws(SyntaxFailure) -> NodeID {
    let tall = height
    let base = scratch.count
    scratch.append(try parseTrailingClosure())
    try grow(tall, height)
    return add(
      Node(
        .call, tree[callee].start, previous.end, a: callee, b: closeList(from: base),
        flags: .isShort))
  }

  /// Parses `do |x| … end`.
  mutating func parseTrailingClosure() throws(SyntaxFailure) -> NodeID {
    try enter(2)
    let start = token.start
    let style = try openBlock(head: start)
    let saved = context
    context = []
    var parameters: ListID = -1
    if token.kind == .bar, !token.afterNewline {
      parameters = try parseBarParameters()
    } else if token.kind == .barBar, !token.afterNewline {
      advance()
    }
    context = saved
    if parameters < 0 { parameters = closeList(from: scratch.count) }
    let base = scratch.count
    _ = parseBody(style, head: start)
    let body = finishBlock(style, start: start, from: base)
    try grow(height)
    return add(Node(.closure, start, previous.end, a: parameters, b: body))
  }

  /// Parses `|x| body` and `|| body`.
  mutating func parseBarClosure() throws(SyntaxFailure) -> NodeID {
    try enter()
    let start = token.start
    let parameters: ListID
    if token.kind == .barBar {
      advance()
      parameters = closeList(from: scratch.count)
    } else {
      parameters = try parseBarParameters()
    }
    let body: NodeID
    if token.kind == .fatArrow || token.kind == .arrow { passClosureArrow() }
    if token.isKeyword(.do), !token.afterNewline {
      body = try parseBlock(head: start)
    } else if token.kind == .leftBrace, !token.afterNewline, !opensMap {
      body = try parseBlock(head: start)
    } else {
      body = try parseBody("the body of the closure")
    }
    leave()
    try grow(height)
    return add(Node(.closure, start, previous.end, a: parameters, b: body))
  }

  @inline(never)
  private mutating func passClosureArrow() {
    reportForeign(
      .foreignOperator, span(of: token), "a closure has no `\(text(of: token))`", write: "",
      help: "the body follows the parameters: `|x| x * 2`")
    advance()
  }

  /// Parses `|a, b: int, [c, d], ..rest|`.
  private mutating func parseBarParameters() throws(SyntaxFailure) -> ListID {
    let base = scratch.count
    let saved = context
    open(.bars)
    context = [.newlinesAreFree, .hasNoBar]
    while token.kind != .bar {
      noteParameter(try parseParameter(isBar: true), after: base)
      guard token.kind == .comma else { break }
      advance()
    }
    try close(.bar, or: "`,`")
    context = saved
    return closeList(from: base)
  }

  /// Parses `func(x) -> int do … end` without a name.
  mutating func parseFuncClosure() throws(SyntaxFailure) -> NodeID {
    let start = token.start
    advance()
    if token.kind == .name {
      throw unexpected(
        "`(`", help: "a function with a name is a statement; `func(x) do … end` is a value")
    }
    let signature = try parseSignature(head: start)
    let body = try parseBlock(head: start)
    try grow(height)
    return add(
      Node(
        .closure, start, previous.end, a: signature.parameters, b: body, c: signature.result))
  }
}

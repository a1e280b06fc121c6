import JanusSource

extension Parser {
  /// Parses `match e { arms }`.
  mutating func parseMatch() throws(SyntaxFailure) -> NodeID {
    try enter()
    let start = token.start
    advance()
    let subject = try parseHead { parser throws(SyntaxFailure) in try parser.parseExpression() }
    let tall = height
    let arms = try parseArms(head: start)
    leave()
    try grow(tall, height)
    return add(Node(.match, start, previous.end, a: subject, b: arms))
  }

  /// Parses arms in `{ … }` or `do … end`.
  mutating func parseArms(head: UInt32) throws(SyntaxFailure) -> ListID {
    try parseShape(head: head, "an arm") { parser throws(SyntaxFailure) in
      try parser.parseArm()
    }
  }

  /// Parses `pattern when guard => body`.
  private mutating func parseArm() throws(SyntaxFailure) -> NodeID {
    try enter()
    let start = token.start
    passForeignCase()
    let pattern = try parseArmPattern()
    var tall = height
    var condition: NodeID = -1
    if passGuard() {
      condition = try parseHead { parser throws(SyntaxFailure) in
        try parser.parseCondition()
      }
      tall = max(tall, height)
    }
    try passArmArrow()
    let saved = context
    context.insert(.isArmBody)
    let body = try parseArmBody()
    context = saved
    leave()
    try grow(tall, height)
    return add(Node(.arm, start, previous.end, a: pattern, b: condition, c: body))
  }

  /// `else` is the pattern of an arm that takes what no other did.
  private mutating func parseArmPattern() throws(SyntaxFailure) -> NodeID {
    guard token.isKeyword(.else) else { return try parsePattern() }
    advance()
    height = 1
    return add(Node(.patternWildcard, previous.start, previous.end))
  }

  /// Moves past the `when` of a guard.
  @inline(never)
  private mutating func passGuard() -> Bool {
    guard token.isKeyword(.when) || token.isKeyword(.if) else { return false }
    if token.isKeyword(.if) {
      reportForeign(.expected, span(of: token), "a guard begins with `when`", write: "when")
    }
    advance()
    return true
  }

  @inline(never)
  private mutating func passArmArrow() throws(SyntaxFailure) {
    if token.kind == .colon {
      reportForeign(
        .foreignOperator, span(of: token), "an arm is written with `=>`", write: " =>",
        help: "write `pattern => value`")
      return advance()
    }
    guard token.kind == .arrow else { return try expect(.fatArrow) }
    reportForeign(.foreignOperator, span(of: token), "an arm is written with `=>`", write: "=>")
    advance()
  }

  /// `case` before a pattern, as `switch` of other languages has it.
  private mutating func passForeignCase() {
    guard contextual(token) == .case, !isBeforeColon else { return }
    let next = byteAhead
    guard next != UInt8(ascii: "="), next != UInt8(ascii: "|"), next != UInt8(ascii: ",") else {
      return
    }
    report(
      .foreignKeyword, span(of: token), "an arm begins with its pattern",
      help: "remove `case`",
      fix: Diagnostic.Fix(
        span: Span(token.start, UInt32(min(lexer.count, Int(token.end) + 1))), replacement: ""))
    advance()
  }

  /// What follows `=>`: a block, a map, or something short.
  private mutating func parseArmBody() throws(SyntaxFailure) -> NodeID {
    if token.isKeyword(.do) { return try parseBlock(head: token.start) }
    if token.kind == .leftBrace, !opensMap {
      return try parseBlock(head: token.start)
    }
    return try parseAction()
  }
}

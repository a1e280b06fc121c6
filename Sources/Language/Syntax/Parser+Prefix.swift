import JanusSource

extension Parser {
  /// Parses prefix operators and the operand behind them.
  mutating func parsePrefix(_ minimum: Precedence) throws(SyntaxFailure) -> NodeID {
    let start = token.start
    switch token.kind {
    case .minus:
      advance()
      if token.kind == .integer || token.kind == .float || token.kind == .duration {
        return try parseNegativeLiteral(start)
      }
      return try parseUnary(.unary, .negate, start)
    case .tilde:
      advance()
      try refuseNewline("an expression")
      return try parseUnary(.unary, .bitNot, start)
    case .keyword:
      switch token.keyword {
      case .not: return try parseNot(minimum)
      case .try:
        advance()
        if token.kind == .leftBrace || token.isKeyword(.do) || token.kind == .colon {
          return try parseForeignTry()
        }
        try refuseNewline("an expression")
        return try parseUnary(.try, .none, start)
      case .await:
        advance()
        try refuseNewline("an expression")
        return try parseUnary(.await, .none, start)
      case .spawn: return try parseSpawn()
      default: return try parsePostfix(after: try parsePrimary())
      }
    case .bang, .plusPlus, .minusMinus, .plus, .ampersand, .star:
      return try parseForeignPrefix()
    default:
      return try parsePostfix(after: try parsePrimary())
    }
  }

  private mutating func parseUnary(_ kind: NodeKind, _ op: Operator, _ start: UInt32)
    throws(SyntaxFailure) -> NodeID
  {
    let operand = try parseOperators(.power)
    try grow(height)
    return add(Node(kind, start, tree[operand].end, a: operand, op: op))
  }

  /// A minus before a number belongs to the literal, unless something binds tighter: `-2 ** 2` is
  /// `-(2 ** 2)`.
  private mutating func parseNegativeLiteral(_ start: UInt32) throws(SyntaxFailure) -> NodeID {
    let number = token
    advance()
    let bindsTighter: Bool
    switch token.kind {
    case .starStar: bindsTighter = true
    case .dot: bindsTighter = !(token.afterSpace && isCapitalAhead)
    case .questionDot: bindsTighter = true
    case .leftBracket, .leftParenthesis: bindsTighter = !token.afterSpace
    default: bindsTighter = false
    }
    height = 1
    if !bindsTighter { return numberNode(number, isNegative: true, start: start) }
    let literal = numberNode(number, isNegative: false, start: number.start)
    let left = try parsePostfix(after: literal)
    let operand = try parseInfix(after: left, .power)
    try grow(height)
    return add(Node(.unary, start, tree[operand].end, a: operand, op: .negate))
  }

  /// Whether the word behind the current `.` begins with a capital.
  var isCapitalAhead: Bool { isCapital(at: token.end) }

  private mutating func parseNot(_ minimum: Precedence) throws(SyntaxFailure) -> NodeID {
    let start = token.start
    advance()
    try refuseNewline("an expression")
    let operand = try parseOperators(minimum > .not ? .prefix : .not)
    if minimum > .not { reportLooseNot(start, operand) }
    try grow(height)
    return add(Node(.not, start, tree[operand].end, a: operand))
  }

  @inline(never)
  private mutating func reportLooseNot(_ start: UInt32, _ operand: NodeID) {
    let replacement = "(not \(text(of: tree[operand].span)))"
    report(
      .expected, Span(start, start + 3), "`not` binds looser than the operator before it",
      help: "write `\(replacement)`",
      fix: Diagnostic.Fix(span: Span(start, tree[operand].end), replacement: replacement))
  }

  /// Parses `spawn f(x)` and `spawn do … end`.
  private mutating func parseSpawn() throws(SyntaxFailure) -> NodeID {
    let start = token.start
    advance()
    try refuseNewline("a call or `do`")
    if token.isKeyword(.do) || token.kind == .leftBrace {
      let body = try parseBlock(head: start)
      try grow(height)
      return add(Node(.spawn, start, previous.end, a: body))
    }
    let call = try parseOperators(.power)
    if tree[call].kind != .call, tree[call].kind != .error { reportSpawn(call) }
    try grow(height)
    return add(Node(.spawn, start, tree[call].end, a: call))
  }

  @inline(never)
  private mutating func reportSpawn(_ operand: NodeID) {
    report(
      .expected, tree[operand].span, "expected a call or `do … end` after `spawn`",
      help: "`spawn` starts something that runs: `spawn work(x)`")
  }
}

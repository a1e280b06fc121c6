import JanusSource

/// Operators of other languages.
extension Parser {
  /// Parses `!x`, `++x`, `+x`, `&x`, `*xs`.
  mutating func parseForeignPrefix() throws(SyntaxFailure) -> NodeID {
    let sign = token
    guard isPrefix(sign) else { throw unexpectedOperand() }
    if sign.kind == .minusMinus, lexer.byte(at: Int(sign.end)) == 0x20,
      indentation(of: sign.start) == Int(sign.start - lineStart(of: sign.start))
    {
      throw foreignComment()
    }
    advance()
    if sign.kind == .plusPlus || sign.kind == .minusMinus {
      let operand = try parseOperators(.power)
      return reportStep(sign, beside: operand)
    }
    reportPrefix(sign)
    let operand = try parseOperators(.power)
    try grow(height)
    return add(
      Node(sign.kind == .bang ? .not : .error, sign.start, previous.end, a: operand))
  }

  /// Reports `-- text`.
  @inline(never)
  private mutating func foreignComment() -> SyntaxFailure {
    reportForeign(
      .foreignOperator, span(of: token), "there is no `--`", write: "//",
      help: "comments begin with `//`")
    repeat { skipToken() } while !token.afterNewline && token.kind != .endOfText
    return SyntaxFailure()
  }

  /// Only `f(*xs)` and `f(&x)` are meant as prefixes; `1 + * 2` is a slip.
  private func isPrefix(_ sign: Token) -> Bool {
    let isAttached = lexer.byte(at: Int(sign.end)) > 0x20
    switch sign.kind {
    case .star:
      return isAttached
        && [.comma, .leftParenthesis, .leftBracket].contains(previous.kind)
    case .ampersand: return isAttached
    default: return true
    }
  }

  @inline(never)
  private mutating func reportPrefix(_ sign: Token) {
    let (message, replacement) =
      switch sign.kind {
      case .bang: ("`!` is written `not`", "not ")
      case .star: ("a list is spread with `..`", "..")
      case .plus: ("there is no unary `+`", "")
      default: ("there are no references to variables", "")
      }
    report(
      .foreignOperator, span(of: sign), message,
      help: replacement.isEmpty
        ? "remove it" : "write `\(sign.kind == .bang ? "not" : replacement)`",
      fix: Diagnostic.Fix(span: Span(sign.start, token.start), replacement: replacement))
  }

  /// Reports `++x` and `x++`.
  @inline(never)
  private mutating func reportStep(_ sign: Token, beside operand: NodeID) -> NodeID {
    let whole = Span(min(sign.start, tree[operand].start), max(sign.end, tree[operand].end))
    let name = text(of: tree[operand].span)
    let replacement = "\(name) \(sign.kind == .plusPlus ? "+=" : "-=") 1"
    report(
      .foreignOperator, span(of: sign), "there is no `\(text(of: sign))`",
      help: "write `\(replacement)` as a statement of its own",
      fix: Diagnostic.Fix(span: whole, replacement: replacement))
    return add(Node(.error, whole.start, whole.end))
  }

  /// `x?`, `x!`, `x++`, `a::b`, `p->x`, `f"…"`; nil where the token is none of these.
  mutating func parseForeignPostfix(_ left: NodeID) throws(SyntaxFailure) -> NodeID? {
    guard !token.afterNewline else { return nil }
    switch token.kind {
    case .question: return passQuestion(left) ? left : nil
    case .bang: return passExclamation() ? left : nil
    case .plusPlus, .minusMinus: return try parseSteps(left)
    case .colonColon, .arrow: return passMemberSign(left)
    case .string: return try passPrefixedString(left)
    default: return nil
    }
  }

  @inline(never)
  private mutating func passExclamation() -> Bool {
    guard !token.afterSpace else { return false }
    report(
      .foreignOperator, span(of: token), "there is no postfix `!`", help: "remove it",
      fix: Diagnostic.Fix(span: span(of: token), replacement: ""))
    advance()
    return true
  }

  /// Parses `x++`, and `a ++ b`.
  private mutating func parseSteps(_ left: NodeID) throws(SyntaxFailure) -> NodeID {
    let sign = token
    advance()
    guard startsForeignOperand else { return reportStep(sign, beside: left) }
    reportJoin(sign)
    _ = try parseOperators(.addition.tighter)
    return errorNode(from: left)
  }

  @inline(never)
  private mutating func reportJoin(_ sign: Token) {
    reportForeign(
      .foreignOperator, span(of: sign), "there is no `\(text(of: sign))`",
      write: sign.kind == .plusPlus ? "+" : "- -")
  }

  /// Moves past `a::b` and `p->x`.
  @inline(never)
  private mutating func passMemberSign(_ left: NodeID) -> NodeID? {
    let next = tokenAhead
    guard next.isWord, !next.afterSpace else { return nil }
    reportForeign(
      .foreignOperator, span(of: token), "`\(text(of: token))` is written `.`", write: ".")
    advance()
    advance()
    return add(Node(.member, tree[left].start, previous.end, a: left, b: previous.name))
  }

  /// Moves past `f"…"`.
  @inline(never)
  private mutating func passPrefixedString(_ left: NodeID) throws(SyntaxFailure) -> NodeID? {
    guard tree[left].kind == .name, tree[left].end == token.start,
      ["f", "F", "r", "u"].contains(text(of: tree[left].span)),
      !token.flags.contains(.isMalformed)
    else { return nil }
    let prefix = text(of: tree[left].span)
    let isFormatted = prefix == "f" || prefix == "F"
    reportForeign(
      .foreignString, tree[left].span, "a string has no prefix `\(prefix)`",
      write: isFormatted ? "$" : "",
      help: isFormatted
        ? "text with expressions in braces is written `$\"…\"`"
        : "remove it; a backslash is written `\\\\`")
    return try parseLiteral()
  }

  /// Postfix `?`; before an operand it is the `?` of `c ? a : b`.
  @inline(never)
  private mutating func passQuestion(_ left: NodeID) -> Bool {
    let sign = token
    let startsChoice = lookAhead { parser in
      parser.advance()
      return parser.startsForeignOperand
        && (parser.token.kind != .leftBracket || parser.token.afterSpace)
    }
    guard !startsChoice else { return false }
    advance()
    let operand = tree[left].span
    report(
      .foreignOperator, span(of: sign), "there is no postfix `?`",
      help: "a call that may fail is marked with `try` in front, and caught with `catch`",
      fix: Diagnostic.Fix(
        span: Span(operand.start, sign.end), replacement: "try \(text(of: operand))"))
    return true
  }

  /// Whether an operand begins at the current token, on its line.
  private var startsForeignOperand: Bool {
    guard !token.afterNewline else { return false }
    switch token.kind {
    case .name, .integer, .float, .duration, .string, .interpolation, .leftParenthesis,
      .leftBracket, .minus, .dot:
      return true
    case .keyword:
      return [.null, .true, .false, .if, .not, .match].contains(token.keyword)
    default: return false
    }
  }

  /// Parses `c ? a : b`.
  private mutating func parseChoice(_ condition: NodeID) throws(SyntaxFailure) -> NodeID {
    let sign = span(of: token)
    advance()
    let first = try parseOperators(.or)
    guard token.kind == .colon else {
      reportQuestion(sign)
      return errorNode(from: condition)
    }
    advance()
    let second = try parseOperators(.or)
    reportChoice(sign, condition, first, second)
    return errorNode(from: condition)
  }

  @inline(never)
  private mutating func reportQuestion(_ sign: Span) {
    report(
      .foreignOperator, sign, "there is no `?` operator",
      help: "a choice is written `if c do a else b end`, a default `a ?? b`")
  }

  @inline(never)
  private mutating func reportChoice(
    _ sign: Span, _ condition: NodeID, _ first: NodeID, _ second: NodeID
  ) {
    let choice =
      "if \(text(of: tree[condition].span)) do \(text(of: tree[first].span)) else "
      + "\(text(of: tree[second].span)) end"
    report(
      .foreignOperator, sign, "there is no `? :`", help: "write `\(choice)`",
      fix: Diagnostic.Fix(
        span: Span(tree[condition].start, tree[second].end), replacement: choice))
  }

  /// A node for what was reported, from the start of another one up to here.
  private mutating func errorNode(from first: NodeID) -> NodeID {
    add(Node(.error, tree[first].start, previous.end))
  }

  /// How an infix operator of another language is written.
  private func foreignInfix(_ kind: TokenKind) -> ForeignInfix? {
    switch kind {
    case .ampersandAmpersand: ForeignInfix(precedence: .and, node: .and, spelling: "and")
    case .barBar: ForeignInfix(precedence: .or, node: .or, spelling: "or")
    case .equalEqualEqual:
      ForeignInfix(precedence: .comparison, node: .compare, spelling: "==", op: .equal)
    case .bangEqualEqual, .lessGreater, .tildeEqual:
      ForeignInfix(precedence: .comparison, node: .compare, spelling: "!=", op: .notEqual)
    case .questionColon: ForeignInfix(precedence: .coalescing, node: .coalesce, spelling: "??")
    case .dotDotDot, .dotDotEqual:
      ForeignInfix(precedence: .range, node: .range, spelling: "..")
    default: nil
    }
  }

  /// Whether the current token could be such an operator; asked after every expression.
  var isForeignInfix: Bool {
    token.kind.rawValue >= TokenKind.question.rawValue || token.kind == .barBar
      || token.kind == .fatArrow
  }

  /// Goes on after an operand as if the operator were its Janus counterpart; nil where it ends the
  /// expression.
  mutating func parseForeignInfix(_ left: NodeID, _ minimum: Precedence)
    throws(SyntaxFailure) -> NodeID?
  {
    switch token.kind {
    case .fatArrow:
      guard !context.contains(.isHead), !token.afterNewline else { return nil }
      return try parseArrowFunction(left)
    case .question:
      guard .or >= minimum, !token.afterNewline else { return nil }
      return try parseChoice(left)
    case .starStarEqual:
      guard minimum == .lowest, !token.afterNewline else { return nil }
      reportPowerAssignment(left)
      advance()
      _ = try parseExpression()
      return errorNode(from: left)
    case .barBar where startsLine: return nil
    default:
      guard let infix = foreignInfix(token.kind), infix.precedence >= minimum else { return nil }
      return try parseForeignOperation(infix, left)
    }
  }

  @inline(never)
  private mutating func reportPowerAssignment(_ target: NodeID) {
    reportForeign(
      .foreignOperator, span(of: token), "there is no `**=`",
      write: "= \(text(of: tree[target].span)) **")
  }

  private mutating func parseForeignOperation(_ infix: ForeignInfix, _ left: NodeID)
    throws(SyntaxFailure) -> NodeID
  {
    reportForeignInfix(infix.spelling)
    let tall = height
    advance()
    let right = try parseOperators(infix.precedence.tighter)
    try grow(tall, height)
    return add(
      Node(
        infix.node, tree[left].start, previous.end, a: left, b: right, op: infix.op,
        flags: infix.node == .range ? .isInclusive : []))
  }

  @inline(never)
  private mutating func reportForeignInfix(_ spelling: String) {
    reportForeign(
      .foreignOperator, span(of: token), "`\(text(of: token))` is written `\(spelling)`",
      write: spelling)
  }

  /// `x => x * 2` and `(x) => x * 2`; arms and guards have their own `=>`.
  private mutating func parseArrowFunction(_ left: NodeID) throws(SyntaxFailure) -> NodeID? {
    let isName = tree[left].kind == .name
    guard isName || tree[left].kind == .parentheses else { return nil }
    let trim: UInt32 = isName ? 0 : 1
    let parameters = Span(tree[left].start + trim, tree[left].end - trim)
    return try parseArrowBody(parameters, from: tree[left].start)
  }

  @inline(never)
  private mutating func reportArrow(_ parameters: Span, from start: UInt32) {
    let list = "|\(text(of: parameters))|"
    report(
      .foreignOperator, span(of: token), "a closure has no `\(text(of: token))`",
      help: "write `\(list) …`",
      fix: Diagnostic.Fix(span: Span(start, token.end), replacement: list))
  }

  /// `() => e` and `(a, b) => e`: the parameters were read, the arrow is the current token.
  mutating func parseArrowBody(_ parameters: Span, from start: UInt32)
    throws(SyntaxFailure) -> NodeID
  {
    reportArrow(parameters, from: start)
    advance()
    if token.isKeyword(.do) || token.kind == .leftBrace && !opensMap {
      _ = try parseBlock(head: start)
    } else {
      _ = try parseAction()
    }
    return add(Node(.error, start, previous.end))
  }
}

/// What an infix operator of another language means here.
private struct ForeignInfix {
  var precedence: Precedence
  var node: NodeKind
  var spelling: String
  var op = Operator.none
}

import JanusSource

extension Parser {
  mutating func parseExpression() throws(SyntaxFailure) -> NodeID {
    try parseOperators(.lowest)
  }

  /// Parses operators that bind at least as tightly as `minimum`.
  mutating func parseOperators(_ minimum: Precedence) throws(SyntaxFailure) -> NodeID {
    try enter()
    let left = try parsePrefix(minimum)
    let result = try parseInfix(after: left, minimum)
    leave()
    return result
  }

  /// Goes on after an operand: precedence climbing over the table of `InfixOperator`.
  mutating func parseInfix(after first: NodeID, _ minimum: Precedence)
    throws(SyntaxFailure) -> NodeID
  {
    var left = first
    while true {
      while let infix = InfixOperator(token), infix.precedence >= minimum {
        if token.afterNewline, !continuesLine(infix) { break }
        if infix.flags.contains(.isNegated), !isNotIn { break }
        // `in: 1` on a line of its own is the next entry of a map.
        if token.afterNewline, token.kind == .keyword, isBeforeColon { break }
        if infix.precedence == .bitOr, context.contains(.hasNoBar) { break }
        // It belongs to the call whose arguments these are.
        if infix.node == .catchFallback, context.contains(.hasNoTrailing) { break }
        left = try parseOperation(infix, left)
      }
      guard isForeignInfix, let other = try parseForeignInfix(left, minimum) else { return left }
      left = other
    }
  }

  private mutating func parseOperation(_ infix: InfixOperator, _ left: NodeID)
    throws(SyntaxFailure) -> NodeID
  {
    let tall = height
    switch infix.node {
    case .catchFallback: return try parseCatch(left)
    case .is: return try parseIs(left)
    case .range: return try parseRange(left, infix)
    case .and, .or, .coalesce:
      advance()
      let right = try parseOperandOrLeaving(infix.precedence.tighter)
      return try join(infix, left, right, tall)
    case .compare, .in:
      let operatorToken = token
      advance()
      if infix.flags.contains(.isNegated) { advance() }
      let right = try parseOperators(infix.precedence.tighter)
      let node = try join(infix, left, right, tall)
      return try refuseChain(node, right, after: operatorToken)
    default:
      advance()
      let isRightAssociative = infix.precedence == .power
      let right = try parseOperators(
        isRightAssociative ? infix.precedence : infix.precedence.tighter)
      return try join(infix, left, right, tall)
    }
  }

  private mutating func join(
    _ infix: InfixOperator, _ left: NodeID, _ right: NodeID, _ tall: Int32
  ) throws(SyntaxFailure) -> NodeID {
    try grow(tall, height)
    return add(
      Node(
        infix.node, tree[left].start, tree[right].end, a: left, b: right, op: infix.op,
        flags: infix.flags))
  }

  /// Whether an operator that is first on its line continues the line before.
  private mutating func continuesLine(_ infix: InfixOperator) -> Bool {
    if context.contains(.newlinesAreFree) { return true }
    switch token.kind {
    case .minus, .bar: return false
    // `..9 =>` is the next arm.
    case .dotDot, .dotDotLess: return !context.contains(.isArmBody)
    case .keyword where token.keyword == .and:
      // `and "text"` is a step of a scenario.
      return byteAhead != UInt8(ascii: "\"") && byteAhead != UInt8(ascii: "'")
    case .keyword where token.keyword == .not: return false
    default: return true
    }
  }

  /// `not in`.
  private var isNotIn: Bool {
    mutating get {
      wordAhead == .in
    }
  }

  /// Comparisons do not chain: `a < b < c` has no meaning.
  private mutating func refuseChain(_ node: NodeID, _ right: NodeID, after first: Token)
    throws(SyntaxFailure) -> NodeID
  {
    var left = node
    var middle = right
    while let infix = InfixOperator(token), infix.precedence == .comparison {
      if token.afterNewline, !continuesLine(infix) { break }
      if infix.flags.contains(.isNegated), !isNotIn { break }
      reportChain(middle, after: first)
      advance()
      if infix.flags.contains(.isNegated) { advance() }
      if infix.node == .is {
        _ = try parseType()
      } else {
        middle = try parseOperators(infix.precedence.tighter)
        left = middle
      }
    }
    return left
  }

  @inline(never)
  private mutating func reportChain(_ middle: NodeID, after first: Token) {
    let spelling = text(of: tree[middle].span)
    let place = Span(tree[middle].end, tree[middle].end)
    report(
      .chainedComparison, span(of: token), "comparisons do not chain",
      labels: [Diagnostic.Label(span: span(of: first), text: "the first comparison")],
      help: "write `… \(spelling) and \(spelling) …`",
      fix: Diagnostic.Fix(span: place, replacement: " and \(spelling)"))
  }

  /// After `or`, `and`, `??` and `catch` the way out may stand in place of a value.
  func isLeaving(_ token: Token) -> Bool {
    guard token.kind == .keyword else { return false }
    switch token.keyword {
    case .return, .fail, .break, .continue: return true
    default: return false
    }
  }

  private mutating func parseOperandOrLeaving(_ minimum: Precedence)
    throws(SyntaxFailure) -> NodeID
  {
    isLeaving(token) ? try parseLeaving() : try parseOperators(minimum)
  }

  /// `a..b` and `a..<b`; ranges do not chain.
  ///
  /// In an index the end may be left open.
  private mutating func parseRange(_ left: NodeID, _ infix: InfixOperator)
    throws(SyntaxFailure) -> NodeID
  {
    let tall = height
    advance()
    if token.kind == .rightBracket, openers.last?.kind == .index {
      return add(Node(.range, tree[left].start, previous.end, a: left, flags: infix.flags))
    }
    let sign = span(of: previous)
    let right = try parseOperators(infix.precedence.tighter)
    if isText(left) || isText(right) { reportJoinedStrings(sign) }
    let node = try join(infix, left, right, tall)
    if token.kind == .dotDot || token.kind == .dotDotLess, !startsLine {
      throw unexpected("one range")
    }
    return node
  }

  private func isText(_ id: NodeID) -> Bool {
    tree[id].kind == .string || tree[id].kind == .interpolation
  }

  /// `"a" .. b` joins strings in other languages.
  @inline(never)
  private mutating func reportJoinedStrings(_ sign: Span) {
    reportForeign(
      .rangeOfStrings, sign, "`\(text(of: sign))` makes a range of ints, not of strings",
      write: "+", help: "strings are joined by `+`, or written as `$\"{a}{b}\"`")
  }

  /// Parses `e is T`, `e is .Case`, `e is Type.Case`.
  private mutating func parseIs(_ left: NodeID) throws(SyntaxFailure) -> NodeID {
    let tall = height
    let first = token
    advance()
    if token.isKeyword(.not) { passIsNot(left) }
    let right = try parseTypeOrCase()
    try grow(tall)
    let node = add(Node(.is, tree[left].start, previous.end, a: left, b: right))
    return try refuseChain(node, right, after: first)
  }

  /// Moves past `x is not T`.
  @inline(never)
  private mutating func passIsNot(_ left: NodeID) {
    let operand = text(of: tree[left].span)
    report(
      .foreignOperator, span(of: token), "`is not` is written with `not` in front",
      help: "write `not \(operand) is …`",
      fix: Diagnostic.Fix(
        span: Span(tree[left].start, token.end), replacement: "not \(operand) is"))
    advance()
  }

  /// Parses `e catch fallback`, `e catch |err| body`, `e catch { arms }`.
  private mutating func parseCatch(_ left: NodeID) throws(SyntaxFailure) -> NodeID {
    let start = tree[left].start
    let tall = height
    advance()
    switch token.kind {
    case .leftBrace:
      let arms = try parseArms(head: previous.start)
      try grow(tall, height)
      return add(Node(.catchArms, start, previous.end, a: left, b: arms))
    case .bar: return try parseHandler(left)
    case .keyword where token.keyword == .do:
      reportHandlerWithoutName()
      let body = try parseBlock(head: start)
      return add(Node(.catchFallback, start, previous.end, a: left, b: body))
    default:
      if namesErrorBare { return try parseBareHandler(left) }
      let right = try parseOperandOrLeaving(.or)
      try grow(tall, height)
      return add(Node(.catchFallback, start, previous.end, a: left, b: right))
    }
  }

  /// Parses `|err| body` after `catch`.
  private mutating func parseHandler(_ left: NodeID) throws(SyntaxFailure) -> NodeID {
    let start = tree[left].start
    let tall = height
    let name = try parseHandlerName()
    let body: NodeID
    if token.isKeyword(.do) || token.kind == .leftBrace, !startsLine {
      body = try parseBlock(head: start)
    } else {
      body = try parseBody("the body of `catch`")
    }
    try grow(tall, height)
    return add(Node(.catchBinding, start, previous.end, a: left, b: name, c: body))
  }

  private mutating func parseHandlerName() throws(SyntaxFailure) -> NameID {
    advance()
    let name = try parseName("the error")
    if token.kind == .colon || token.kind == .comma {
      throw unexpected("`|`", help: "`catch` binds one name; test its type with `is` or arms")
    }
    try expect(.bar)
    return name
  }

  /// `catch err do` and `catch (err) {` of other languages.
  private var namesErrorBare: Bool {
    mutating get {
      guard token.kind == .name || token.kind == .leftParenthesis else { return false }
      return lookAhead { parser in
        let isWrapped = parser.token.kind == .leftParenthesis
        if isWrapped { parser.advance() }
        guard parser.token.kind == .name, !parser.isCapital(parser.token) else { return false }
        parser.advance()
        if isWrapped {
          guard parser.token.kind == .rightParenthesis else { return false }
          parser.advance()
        }
        guard !parser.token.afterNewline else { return false }
        return parser.token.isKeyword(.do) || parser.token.kind == .leftBrace
      }
    }
  }

  private mutating func parseBareHandler(_ left: NodeID) throws(SyntaxFailure) -> NodeID {
    let first = token
    if first.kind == .leftParenthesis { advance() }
    let name = token
    advance()
    if first.kind == .leftParenthesis { advance() }
    reportBareName(name, in: Span(first.start, previous.end))
    let body = try parseBlock(head: tree[left].start)
    return add(
      Node(.catchBinding, tree[left].start, previous.end, a: left, b: name.name, c: body))
  }

  @inline(never)
  private mutating func reportBareName(_ name: Token, in whole: Span) {
    let replacement = "|\(text(of: name))|"
    report(
      .handlerNeedsBars, whole, "the error that `catch` binds stands between bars",
      help: "write `\(replacement)`",
      fix: Diagnostic.Fix(span: whole, replacement: replacement))
  }

  @inline(never)
  private mutating func reportHandlerWithoutName() {
    report(
      .handlerNeedsBars, span(of: token), "expected `|err|` or a value after `catch`, found `do`",
      help: "write `catch |_| do` if the error does not matter",
      fix: Diagnostic.Fix(span: Span(token.start, token.start), replacement: "|_| "))
  }

  /// The body of a closure or handler in short form, which begins on the line of its `|`.
  mutating func parseBody(_ what: String) throws(SyntaxFailure) -> NodeID {
    if token.afterNewline, token.kind != .endOfText {
      throw unexpected(
        "\(what) on this line", help: "a longer body stands in `do … end`")
    }
    return try parseAction()
  }
}

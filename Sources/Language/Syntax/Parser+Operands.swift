import JanusSource

extension Parser {
  /// Parses an operand: a literal, a name, something in brackets, or an expression that begins with
  /// a reserved word.
  mutating func parsePrimary() throws(SyntaxFailure) -> NodeID {
    let start = token.start
    switch token.kind {
    case .name:
      if token.name >= ForeignWord.first, token.name < KnownName.first { try passForeignOperand() }
      let name = token.name
      advance()
      height = 1
      return add(Node(.name, previous.start, previous.end, a: name))
    case .integer, .float, .duration, .string, .textBlock, .bytes:
      return try parseLiteral()
    case .interpolation, .interpolatedBlock: return try parseInterpolation()
    case .leftParenthesis: return try parseParentheses()
    case .leftBracket: return try parseList()
    case .leftBrace:
      if context.contains(.isHead), opensMap { reportHeadBraces(from: start, "a map") }
      guard !context.contains(.isHead) || opensMap else { throw unexpected("an expression") }
      return try parseMap()
    case .dot: return try parseCaseShorthand()
    case .bar, .barBar: return try parseBarClosure()
    case .keyword: return try parseKeywordOperand()
    default: throw unexpectedOperand()
    }
  }

  private mutating func parseKeywordOperand() throws(SyntaxFailure) -> NodeID {
    switch token.keyword {
    case .null: return word(.null)
    case .true: return word(.true)
    case .false: return word(.false)
    case .func:
      if startsStatementByForce, let opener = openers.last, !opener.isBlock {
        throw unexpected("an expression")
      }
      return try parseFuncClosure()
    case .if: return try parseIf()
    case .match: return try parseMatch()
    case .nursery: return try parseNursery()
    case .within: return try parseWithin()
    case .select: return try parseSelect()
    case .using: return try parseUsing()
    case .not, .try, .await, .spawn: return try parsePrefix(.prefix)
    default: throw unexpectedOperand()
    }
  }

  private mutating func word(_ kind: NodeKind) -> NodeID {
    advance()
    height = 1
    return add(Node(kind, previous.start, previous.end))
  }

  /// Parses `(e)`.
  private mutating func parseParentheses() throws(SyntaxFailure) -> NodeID {
    let start = token.start
    open(.parenthesis)
    let saved = context
    context = .newlinesAreFree
    if let arrow = try parseArrowParameters(start, outer: saved) { return arrow }
    var inner = try parseExpression()
    if token.kind == .equal { inner = try parseMistakenEquality(inner) }
    if token.kind == .comma {
      throw tuple(start)
    }
    try close(.rightParenthesis)
    context = saved
    try grow(height)
    return add(Node(.parentheses, start, previous.end, a: inner))
  }

  /// `() => e` and `(a, b) => e` of other languages, whose `(` was passed.
  private mutating func parseArrowParameters(_ start: UInt32, outer: Context)
    throws(SyntaxFailure) -> NodeID?
  {
    guard token.kind == .rightParenthesis || token.kind == .name else { return nil }
    let isArrow = lookAhead { parser in
      while parser.token.kind == .name || parser.token.kind == .comma { parser.advance() }
      guard parser.token.kind == .rightParenthesis else { return false }
      parser.advance()
      return parser.token.kind == .fatArrow && !parser.token.afterNewline
    }
    guard isArrow else {
      if token.kind == .rightParenthesis { throw unexpected("an expression") }
      return nil
    }
    let first = token.start
    while token.kind != .rightParenthesis { advance() }
    let parameters = Span(first, token.start)
    openers.removeLast()
    context = outer
    advance()
    return try parseArrowBody(parameters, from: start)
  }

  /// Reports `(a, b)` and moves past it.
  @inline(never)
  private mutating func tuple(_ start: UInt32) -> SyntaxFailure {
    while token.kind != .rightParenthesis, token.kind != .endOfText, !startsStatementByForce {
      [.leftParenthesis, .leftBracket, .leftBrace].contains(token.kind)
        ? skipBalanced() : skipToken()
    }
    guard token.kind == .rightParenthesis else { return unexpected("`)`") }
    let whole = Span(start, token.end)
    let items = text(of: Span(start + 1, token.start))
    report(
      .tuple, whole, "there are no tuples", help: "several values are a list: `[\(items)]`",
      fix: Diagnostic.Fix(span: whole, replacement: "[\(items)]"))
    return SyntaxFailure()
  }

  /// Parses `[a, b, ..c]`.
  private mutating func parseList() throws(SyntaxFailure) -> NodeID {
    let start = token.start
    let base = scratch.count
    var tall: Int32 = 0
    open(.bracket)
    let saved = context
    context = .newlinesAreFree
    while token.kind != .rightBracket {
      if token.kind == .dotDot || token.kind == .dotDotDot {
        scratch.append(try parseSpread())
      } else {
        scratch.append(try parseExpression())
      }
      tall = max(tall, height)
      guard token.kind == .comma else { break }
      advance()
    }
    if token.isKeyword(.for) {
      report(
        .comprehension,
        span(of: token),
        "a list holds values, no loop",
        help: "a list is built from another with `xs.map(|x| …)` and `xs.filter(|x| …)`"
      )
      throw SyntaxFailure()
    }
    try close(.rightBracket, or: "`,`")
    context = saved
    try grow(tall)
    return add(Node(.list, start, previous.end, a: closeList(from: base)))
  }

  /// Parses `{ key: e, "key": e, [e]: e, ..m }`.
  private mutating func parseMap() throws(SyntaxFailure) -> NodeID {
    let start = token.start
    let base = scratch.count
    var tall: Int32 = 0
    open(.brace)
    let saved = context
    context = .newlinesAreFree
    while token.kind != .rightBrace {
      scratch.append(try parseEntry())
      tall = max(tall, height)
      guard try passComma(.rightBrace) else { break }
    }
    try close(.rightBrace, or: "`,`")
    context = saved
    try grow(tall)
    return add(Node(.map, start, previous.end, a: closeList(from: base)))
  }

  private mutating func parseEntry() throws(SyntaxFailure) -> NodeID {
    let start = token.start
    if token.kind == .dotDot || token.kind == .dotDotDot { return try parseSpread() }
    let key = try parseKey()
    guard token.kind == .colon else { throw missingColon() }
    advance()
    let tall = height
    let value = try parseExpression()
    try grow(tall, height)
    return add(Node(.mapEntry, start, previous.end, a: key, b: value))
  }

  private mutating func parseKey() throws(SyntaxFailure) -> NodeID {
    height = 1
    switch token.kind {
    case .name, .keyword:
      if token.kind == .keyword, !isBeforeColon {
        switch token.keyword {
        case .null, .true, .false: return try parsePrimary()
        default: break
        }
      }
      advance()
      let text = lexer.names.names[Int(previous.name)]
      return add(string(Array(text.utf8), previous.start, previous.end))
    case .leftBracket:
      open(.bracket)
      let key = try parseExpression()
      try close(.rightBracket)
      return key
    case .minus:
      return try parsePrefix(.prefix)
    case .integer, .float, .duration, .string, .textBlock, .bytes:
      return try parseLiteral()
    case .interpolation:
      throw unexpected("a key", help: "a computed key stands in brackets: `{ [e]: value }`")
    default:
      throw unexpected("a key or `}`")
    }
  }

  /// Parses `.Case` and `.Case(args)`.
  private mutating func parseCaseShorthand() throws(SyntaxFailure) -> NodeID {
    let start = token.start
    advance()
    guard token.kind == .name else {
      if token.kind == .integer, !token.afterSpace {
        let digits = text(of: token)
        report(
          .malformedNumber,
          Span(start, token.end),
          "a number begins with a digit",
          help: "write `0.\(digits)`",
          fix: Diagnostic.Fix(span: Span(start, token.end), replacement: "0.\(digits)")
        )
        throw SyntaxFailure()
      }
      throw unexpected("the name of a case after `.`")
    }
    let name = try parseTypeName("a case")
    var arguments: ListID = -1
    height = 1
    if token.kind == .leftParenthesis, !token.afterSpace {
      arguments = try parseParenthesizedArguments()
    }
    return add(Node(.caseShorthand, start, previous.end, a: name, b: arguments))
  }

  private mutating func parseParenthesizedArguments() throws(SyntaxFailure) -> ListID {
    let base = scratch.count
    var tall = height
    open(.parenthesis)
    let saved = context
    context = .newlinesAreFree
    while token.kind != .rightParenthesis {
      scratch.append(try parseArgument())
      tall = max(tall, height)
      guard token.kind == .comma else { break }
      advance()
    }
    try close(.rightParenthesis, or: "`,`")
    context = saved
    try grow(tall)
    return closeList(from: base)
  }
}

import JanusSource

extension Parser {
  /// Parses one statement, with the modifier that may follow it.
  mutating func parseStatement() throws(SyntaxFailure) -> NodeID {
    try enter()
    let statement: NodeID
    switch token.kind {
    case .keyword:
      if let other = try parseKeywordStatement() {
        statement = other
      } else {
        statement = try parseExpressionStatement()
      }
    case .name:
      if let other = try parseNamedStatement() {
        statement = other
      } else {
        statement = try parseExpressionStatement()
      }
    case .leftBrace where !opensMap:
      statement = try parseBareBlock()
    default:
      statement = try parseExpressionStatement()
    }
    leave()
    return try parseModifier(after: statement)
  }

  /// Parses the statements that begin with a reserved word of their own; nil for the words that
  /// begin an expression.
  private mutating func parseKeywordStatement() throws(SyntaxFailure) -> NodeID? {
    if isAssignedKeyword() {
      reportReserved(token)
      throw SyntaxFailure()
    }
    switch token.keyword {
    case .let: return try parseBinding(.let)
    case .var: return try parseBinding(.var)
    case .const: return try parseBinding(.const)
    case .func, .struct, .enum, .error, .trait, .impl, .pub, .use:
      return try parseDeclaration()
    case .while: return try parseWhile(label: -1, start: token.start)
    case .for: return try parseFor(label: -1, start: token.start)
    case .return, .fail, .break, .continue: return try parseLeaving()
    case .defer: return try parseDefer()
    case .when, .and: return try parseStepOrModifier()
    case .unless:
      throw misplacedModifier()
    case .do: return try parseBareBlock()
    default: return nil
    }
  }

  /// `match = 1`.
  private mutating func isAssignedKeyword() -> Bool {
    guard byteAhead == UInt8(ascii: "=") || byteAhead == UInt8(ascii: ":"),
      ![.try, .else, .let, .var, .const].contains(token.keyword),
      lexer.byte(at: lexer.cursor) == UInt8(ascii: " ")
    else { return false }
    // `true == x` is a comparison.
    return lookAhead { parser in
      parser.advance()
      switch parser.token.kind {
      case .equal, .colonEqual, .colon: return true
      default: return false
      }
    }
  }

  /// `when "text"` and `and "text"` at the start of a statement are steps of a scenario.
  private mutating func parseStepOrModifier() throws(SyntaxFailure) -> NodeID? {
    let isStep = lookAhead { parser in
      parser.advance()
      return parser.token.kind == .string && !parser.token.afterNewline
    }
    if isStep { return try parseStep(token.keyword == .when ? .when : .and) }
    if token.keyword == .when { throw misplacedModifier() }
    return nil
  }

  mutating func misplacedModifier(_ problem: String = "has no statement before it")
    -> SyntaxFailure
  {
    report(
      .misplacedModifier, span(of: token), "`\(text(of: token))` \(problem)",
      help: "it stands behind a statement, on its line: `return when done`")
    return SyntaxFailure()
  }

  /// Parses the statements that begin with a word which elsewhere is an ordinary name.
  private mutating func parseNamedStatement() throws(SyntaxFailure) -> NodeID? {
    if isBeforeColon {
      if foreign(token) == .except || foreign(token) == .finally {
        return try parseForeignStatement()
      }
      return try parseLabelled()
    }
    if token.name < NameTable.keywordCount + NameTable.contextualCount {
      return try parseContextual()
    }
    if token.name < KnownName.first { return try parseForeignStatement() }
    switch known(token.name) {
    case .native where wordAhead == .func: return try parseDeclaration()
    case .string, .float, .int, .bool, .upperString: return try parseTypedDeclaration()
    default: return nil
    }
  }

  private mutating func parseContextual() throws(SyntaxFailure) -> NodeID? {
    guard let word = contextual(token) else { return nil }
    guard isQuoteAhead else { return nil }
    switch word {
    case .given: return try parseStep(.given)
    case .then: return try parseStep(.then)
    case .but: return try parseStep(.but)
    case .test: return try parseSuite(.test)
    case .feature: return try parseSuite(.feature)
    case .scenario: return try parseSuite(.scenario)
    case .as, .case, .default, .self, .step, .timeout, .zig: return nil
    }
  }

  /// The reserved word after the current token, on its line.
  var wordAhead: Keyword? {
    mutating get {
      lookAhead { parser in
        parser.advance()
        return parser.token.kind == .keyword && !parser.token.afterNewline
          ? parser.token.keyword : nil
      }
    }
  }

  /// `name:` begins a labelled loop.
  private mutating func parseLabelled() throws(SyntaxFailure) -> NodeID {
    let label = token
    advance()
    advance()
    checkLowercase(label, "a label")
    if token.isKeyword(.while) { return try parseWhile(label: label.name, start: label.start) }
    if token.isKeyword(.for) { return try parseFor(label: label.name, start: label.start) }
    throw unexpectedLabel(label)
  }

  @inline(never)
  private mutating func unexpectedLabel(_ label: Token) -> SyntaxFailure {
    let name = text(of: label)
    report(
      .expected, span(of: previous), "expected a loop after the label `\(name)`",
      help: "a variable is declared with `let \(name): T = …`; a map needs parentheses here")
    return SyntaxFailure()
  }

  /// `given "text"` and its kin.
  private mutating func parseStep(_ op: Operator) throws(SyntaxFailure) -> NodeID {
    let start = token.start
    advance()
    let text = try parseLiteral()
    height = 1
    return add(Node(.stepMarker, start, previous.end, a: text, op: op))
  }

  /// `test "text" do … end` and its kin.
  private mutating func parseSuite(_ kind: NodeKind) throws(SyntaxFailure) -> NodeID {
    let start = token.start
    advance()
    let name = try parseLiteral()
    let body = try parseBlock(head: start)
    try grow(height)
    return add(Node(kind, start, previous.end, a: name, b: body))
  }

  /// A block must belong to something; a `{` at the start of a statement can only be a map.
  private mutating func parseBareBlock() throws(SyntaxFailure) -> NodeID {
    let start = token.start
    reportBareBlock()
    if token.isKeyword(.do), byteAhead == UInt8(ascii: "{") { advance() }
    let block = try parseBlock(head: start)
    if token.isKeyword(.while), previous.kind == .rightBrace {
      repeat { skipToken() } while !token.afterNewline && token.kind != .endOfText
    }
    return add(Node(.error, start, tree[block].end))
  }

  @inline(never)
  private mutating func reportBareBlock() {
    let isLoop = token.isKeyword(.do) && byteAhead == UInt8(ascii: "{")
    report(
      .bareBlock, span(of: token), "a block cannot stand alone",
      help: isLoop
        ? "a loop that tests at its end is `while true do … break when … end`"
        : "it belongs to `if`, `while`, a function or the like; `{ key: value }` is a map")
  }

  /// `stmt when e` and `stmt unless e`.
  private mutating func parseModifier(after statement: NodeID) throws(SyntaxFailure) -> NodeID {
    guard token.kind == .keyword, token.keyword == .when || token.keyword == .unless,
      !token.afterNewline
    else { return statement }
    let flags: NodeFlags = token.keyword == .unless ? .isNegated : []
    let word = token
    let tall = height
    advance()
    try refuseNewline("a condition")
    let condition = try parseCondition()
    if !takesModifier(statement) { reportModifier(word, after: statement, condition) }
    try grow(tall, height)
    return add(
      Node(
        .conditional, tree[statement].start, previous.end, a: statement, b: condition,
        flags: flags))
  }

  @inline(never)
  private mutating func reportModifier(
    _ word: Token,
    after statement: NodeID,
    _ condition: NodeID
  ) {
    let not = word.keyword == .unless ? "not (" : ""
    let choice =
      "if \(not)\(text(of: tree[condition].span))\(not.isEmpty ? "" : ")") do "
      + "\(text(of: tree[statement].span)) end"
    let isShort = !choice.utf8.contains(10)
    report(
      .misplacedModifier,
      span(of: word),
      "`\(text(of: word))` cannot follow \(describe(tree[statement].kind))",
      help: "put the statement into `if … do … end`",
      fix: isShort
        ? Diagnostic.Fix(
          span: Span(tree[statement].start, tree[condition].end),
          replacement: choice
        ) : nil
    )
  }

  /// A modifier follows what acts: calls, assignments, and the ways out.
  private func takesModifier(_ id: NodeID) -> Bool {
    let node = tree[id]
    switch node.kind {
    case .call, .assign, .return, .break, .continue, .fail, .defer, .spawn, .await, .pipe, .error:
      return true
    case .try, .catchFallback, .catchBinding, .catchArms: return takesModifier(node.a)
    default: return false
    }
  }

  private func describe(_ kind: NodeKind) -> String {
    switch kind {
    case .let, .var, .const, .function, .struct, .enum, .errorType, .trait, .impl, .use, .useZig:
      "a declaration"
    case .while, .for: "a loop"
    case .conditional: "another modifier"
    case .test, .feature, .scenario, .stepMarker: "a part of a test"
    default: "a value; it stands after calls, assignments and the like"
    }
  }
}

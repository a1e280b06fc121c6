import JanusSource

extension Parser {
  /// Parses what follows an operand: members, calls, indices, struct literals, trailing closures.
  mutating func parsePostfix(after first: NodeID) throws(SyntaxFailure) -> NodeID {
    var left = first
    while true {
      switch token.kind {
      case .dot where !(token.afterSpace && isCapitalAhead), .questionDot:
        left = try parseMember(of: left)
      case .leftParenthesis where !token.afterNewline:
        if token.afterSpace { reportSpace(before: "(") }
        left = try parseCall(left)
      case .leftBracket where !token.afterNewline:
        if token.afterSpace { reportSpace(before: "[") }
        left = try parseIndex(left)
      case .leftBrace where !token.afterNewline:
        guard takesFields(left) else { return left }
        left = try parseStructLiteral(left)
      case .keyword where token.keyword == .do && !token.afterNewline:
        guard takesTrailing(left) else { return left }
        left = try parseTrailing(left)
      case .question, .bang, .plusPlus, .minusMinus, .colonColon, .arrow, .string, .interpolation:
        guard let other = try parseForeignPostfix(left) else { return left }
        left = other
      default:
        return left
      }
    }
  }

  /// `.name` and `?.name`; after the dot any word is a name.
  private mutating func parseMember(of object: NodeID) throws(SyntaxFailure) -> NodeID {
    let isOptional = token.kind == .questionDot
    advance()
    guard token.isWord, !(token.afterNewline && token.kind == .keyword) else {
      throw unexpected("a name after `\(isOptional ? "?." : ".")`")
    }
    try grow(height)
    let name = token.name
    advance()
    return add(
      Node(
        .member, tree[object].start, previous.end, a: object, b: name,
        flags: isOptional ? .isOptional : []))
  }

  private mutating func reportSpace(before bracket: String) {
    let gap = Span(previous.end, token.start)
    report(
      .argumentNeedsParentheses, span(of: token),
      "`\(bracket)` after a space cannot follow a value",
      help: "write `\(bracket)` directly behind it",
      fix: Diagnostic.Fix(span: gap, replacement: ""))
  }

  private mutating func parseCall(_ callee: NodeID) throws(SyntaxFailure) -> NodeID {
    var tall = height
    let base = scratch.count
    open(.parenthesis)
    let saved = context
    context = .newlinesAreFree
    while token.kind != .rightParenthesis {
      scratch.append(try parseArgument())
      tall = max(tall, height)
      guard token.kind == .comma else { break }
      advance()
    }
    if token.kind == .equal { reportNamedWithEquals() }
    try close(.rightParenthesis, or: "`,`")
    context = saved
    if token.isKeyword(.do), !token.afterNewline, !context.contains(.hasNoTrailing),
      !isHeadWithoutParameters
    {
      scratch.append(try parseTrailingClosure())
      tall = max(tall, height)
    }
    try grow(tall)
    return add(
      Node(.call, tree[callee].start, previous.end, a: callee, b: closeList(from: base)))
  }

  /// Reports `f(a = 1)`.
  private mutating func reportNamedWithEquals() {
    report(
      .namedWithEquals, span(of: token), "expected `,` or `)`, found `=`",
      help: "an argument is named with `:`",
      fix: Diagnostic.Fix(span: Span(previous.end, token.end), replacement: ":"))
  }

  /// One argument: `e`, `name: e` or `..e`.
  mutating func parseArgument() throws(SyntaxFailure) -> NodeID {
    let start = token.start
    if token.isWord, isKey {
      let name = token.name
      advance()
      advance()
      let value = try parseExpression()
      try grow(height)
      return add(Node(.namedArgument, start, previous.end, a: name, b: value))
    }
    if token.kind == .dotDot || token.kind == .dotDotDot {
      return try parseSpread()
    }
    return try parseExpression()
  }

  /// Parses `..e`.
  mutating func parseSpread() throws(SyntaxFailure) -> NodeID {
    let start = token.start
    if token.kind == .dotDotDot {
      reportForeign(.foreignOperator, span(of: token), "a list is spread with `..`", write: "..")
    }
    advance()
    let value = try parseOperators(.range.tighter)
    try grow(height)
    return add(Node(.spread, start, previous.end, a: value))
  }

  private mutating func parseIndex(_ object: NodeID) throws(SyntaxFailure) -> NodeID {
    let tall = height
    open(.index)
    let saved = context
    context = .newlinesAreFree
    let index: NodeID
    if token.kind == .dotDot || token.kind == .dotDotLess {
      let start = token.start
      let flags: NodeFlags = token.kind == .dotDot ? .isInclusive : []
      advance()
      var last: NodeID = -1
      if token.kind != .rightBracket { last = try parseOperators(.range.tighter) }
      index = add(Node(.range, start, previous.end, b: last, flags: flags))
    } else {
      index = try parseExpression()
    }
    try close(.rightBracket)
    context = saved
    try grow(tall, height)
    return add(Node(.index, tree[object].start, previous.end, a: object, b: index))
  }

  /// Whether `{` after an operand begins the fields of a struct literal.
  mutating func takesFields(_ left: NodeID) -> Bool {
    guard isTypePath(left) else { return false }
    guard context.contains(.isHead) else { return true }
    // In a head the braces are the block, unless another block follows them.
    guard opensMap, hasBlockBehindBraces else { return false }
    reportHeadBraces(from: tree[left].start, "a struct literal")
    return true
  }

  /// A capitalised name, alone or as a member.
  private func isTypePath(_ id: NodeID) -> Bool {
    let node = tree[id]
    switch node.kind {
    case .name: return isCapital(at: node.start)
    case .member:
      guard !node.flags.contains(.isOptional) else { return false }
      // The name is the last thing in the node.
      let count = UInt32(lexer.names.names[Int(node.b)].utf8.count)
      return isCapital(at: node.end - count)
    default: return false
    }
  }

  var hasBlockBehindBraces: Bool {
    mutating get {
      lookAhead { parser in
        parser.skipBalanced()
        guard !parser.token.afterNewline else { return false }
        return parser.token.isKeyword(.do) || parser.token.kind == .leftBrace
          || InfixOperator(parser.token) != nil
      }
    }
  }

  mutating func reportHeadBraces(from start: UInt32, _ what: String) {
    let end = lookAhead { parser in
      parser.skipBalanced()
      return parser.previous.end
    }
    let whole = Span(start, end)
    report(
      .headNeedsParentheses, span(of: token), "\(what) needs parentheses here",
      help: "in the head of a statement `{` opens its block",
      fix: Diagnostic.Fix(span: whole, replacement: "(\(text(of: whole)))"))
  }

  /// Parses `Type { field: e, ..other }`.
  private mutating func parseStructLiteral(_ type: NodeID) throws(SyntaxFailure) -> NodeID {
    let base = scratch.count
    var tall = height
    open(.brace)
    let saved = context
    context = .newlinesAreFree
    while token.kind != .rightBrace {
      scratch.append(try parseFieldValue())
      tall = max(tall, height)
      guard try passComma(.rightBrace) else { break }
    }
    try close(.rightBrace, or: "`,`")
    context = saved
    try grow(tall)
    return add(
      Node(
        .structLiteral, tree[type].start, previous.end, a: type, b: closeList(from: base)))
  }

  private mutating func parseFieldValue() throws(SyntaxFailure) -> NodeID {
    if token.kind == .dotDot || token.kind == .dotDotDot { return try parseSpread() }
    guard token.isWord else { throw unexpected("the name of a field") }
    let start = token.start
    let name = token.name
    advance()
    guard token.kind == .colon else { throw missingColon() }
    advance()
    let value = try parseExpression()
    try grow(height)
    return add(Node(.namedArgument, start, previous.end, a: name, b: value))
  }

  /// Entries of braces are separated by commas or newlines.
  ///
  /// False at the end.
  mutating func passComma(_ closer: TokenKind) throws(SyntaxFailure) -> Bool {
    if token.kind == .comma {
      advance()
      return true
    }
    if token.kind == closer || token.kind == .endOfText || startsStatementByForce { return false }
    guard token.afterNewline else { return false }
    return token.isWord && isKey || token.kind == .dotDot || token.kind == .string
  }

  /// `{ name }` and `{ name = e }` of other languages.
  mutating func missingColon() -> SyntaxFailure {
    if token.kind == .equal {
      return unexpected(
        "`:`", fix: Diagnostic.Fix(span: Span(previous.end, token.end), replacement: ":"))
    }
    guard token.kind == .comma || token.kind == .rightBrace else { return unexpected("`:`") }
    let name = text(of: previous)
    return unexpected(
      "`:` and a value", help: "write `\(name): \(name)`",
      fix: Diagnostic.Fix(span: span(of: previous), replacement: "\(name): \(name)"))
  }
}

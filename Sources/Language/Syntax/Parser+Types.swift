import JanusSource

extension Parser {
  /// Parses a type: `T`, `list[T]`, `T?`, `A | B`, `(A, B) -> C`.
  mutating func parseType(hasUnion: Bool = true) throws(SyntaxFailure) -> NodeID {
    try enter()
    let start = token.start
    let first = try parseSingleType()
    leave()
    guard hasUnion, token.kind == .bar else { return first }
    return try parseUnion(first, start)
  }

  /// Parses what follows the first member of `A | B`.
  @inline(never)
  private mutating func parseUnion(_ first: NodeID, _ start: UInt32)
    throws(SyntaxFailure) -> NodeID
  {
    guard !context.contains(.hasNoBar), !startsLine else { return first }
    try enter()
    let base = scratch.count
    scratch.append(first)
    while token.kind == .bar, !startsLine {
      advance()
      scratch.append(try parseSingleType())
    }
    leave()
    return add(Node(.typeUnion, start, previous.end, a: closeList(from: base)))
  }

  private mutating func parseSingleType() throws(SyntaxFailure) -> NodeID {
    let start = token.start
    var type = try parseBareType()
    while token.kind == .question || token.kind == .questionQuestion, !startsLine {
      type = try parseOptional(type, start)
    }
    return type
  }

  /// Moves past the `?` behind a type.
  @inline(never)
  private mutating func parseOptional(_ type: NodeID, _ start: UInt32)
    throws(SyntaxFailure) -> NodeID
  {
    guard token.kind == .question else { throw unexpected("one `?`") }
    advance()
    return add(Node(.typeOptional, start, previous.end, a: type))
  }

  /// A type without `?` behind it.
  private mutating func parseBareType() throws(SyntaxFailure) -> NodeID {
    switch token.kind {
    case .name: return try parseNamedType()
    case .keyword where token.keyword == .func && byteAhead == UInt8(ascii: "("):
      passFunctionWord()
      return try parseFunctionType()
    case .keyword
    where token.keyword == .null || token.keyword == .func || token.keyword == .error:
      advance()
      return add(Node(.typeName, previous.start, previous.end, a: previous.name))
    case .leftParenthesis: return try parseFunctionType()
    case .leftBracket: return try parseSliceType()
    case .question, .ampersand, .star: return try parsePrefixedType()
    default: throw unexpected("a type")
    }
  }

  /// Parses `?T`, and `&T` and `*T` of other languages.
  private mutating func parsePrefixedType() throws(SyntaxFailure) -> NodeID {
    try enter()
    let sign = token
    if sign.kind != .question { reportPointer() }
    advance()
    try refuseNewline("a type")
    let inner = try parseSingleType()
    leave()
    guard sign.kind == .question else { return inner }
    return add(Node(.typeOptional, sign.start, previous.end, a: inner))
  }

  @inline(never)
  private mutating func reportPointer() {
    report(
      .foreignType, span(of: token), "Janus has no pointers",
      help: "lists, maps and structs are references already",
      fix: Diagnostic.Fix(span: span(of: token), replacement: ""))
  }

  /// Moves past `func(A) -> B`.
  @inline(never)
  private mutating func passFunctionWord() {
    report(
      .foreignType, span(of: token), "the type of a function begins with its parameters",
      help: "write `(A, B) -> C`",
      fix: Diagnostic.Fix(span: span(of: token), replacement: ""))
    advance()
  }

  /// Parses `name`, `module.Name`, `list[T]`, `map[K, V]`.
  private mutating func parseNamedType() throws(SyntaxFailure) -> NodeID {
    let start = token.start
    let first = token
    advance()
    guard token.kind == .dot, !token.afterNewline else {
      return try finishType(first.name, module: -1, start: start)
    }
    advance()
    guard token.isWord else { throw unexpected("the name of a type after `.`") }
    let name = token.name
    advance()
    return try finishType(name, module: first.name, start: start)
  }

  /// The type a path of a pattern names: `Type` or `module.Type`.
  mutating func finishTypeName(_ path: NodeID, owner: NodeID, last: Token, start: UInt32)
    throws(SyntaxFailure) -> NodeID
  {
    guard owner < 0 || tree[owner].kind == .name else {
      throw unexpected("a type or a case in the pattern")
    }
    return try finishType(last.name, module: owner < 0 ? -1 : tree[owner].a, start: start)
  }

  private mutating func finishType(_ name: NameID, module: NameID, start: UInt32)
    throws(SyntaxFailure) -> NodeID
  {
    var arguments: ListID = -1
    if token.kind == .leftBracket, !token.afterSpace {
      let base = scratch.count
      open(.bracket)
      let saved = context
      context = .newlinesAreFree
      while token.kind != .rightBracket {
        scratch.append(try parseType())
        guard token.kind == .comma else { break }
        advance()
      }
      try close(.rightBracket, or: "`,`")
      context = saved
      arguments = closeList(from: base)
    } else if token.kind == .less, !token.afterSpace {
      try passAngles()
    }
    return add(
      Node(
        .typeName, start, previous.end, a: canonical(name, module), b: arguments, c: module))
  }

  /// Reports `list<int>` and moves past it.
  @inline(never)
  private mutating func passAngles() throws(SyntaxFailure) {
    let start = token.start
    let end = lookAhead { parser -> UInt32? in
      var open = 0
      repeat {
        switch parser.token.kind {
        case .less: open += 1
        case .greater: open -= 1
        case .shiftRight: open -= 2
        case .name, .comma, .question, .dot: break
        default: return nil
        }
        parser.advance()
      } while open > 0
      return parser.previous.end
    }
    let inner = end.map { text(of: Span(start + 1, $0 - 1)) }
    let replacement = inner.map { text in
      "[" + text.replacing("<", with: "[").replacing(">", with: "]") + "]"
    }
    report(
      .foreignType, Span(start, end ?? start + 1), "the parts of a type stand in brackets",
      help: "write `list[int]`, `map[string, int]`",
      fix: end.flatMap { end in
        replacement.map { Diagnostic.Fix(span: Span(start, end), replacement: $0) }
      })
    guard let end else { throw SyntaxFailure() }
    while token.start < end, token.kind != .endOfText { advance() }
  }

  /// `String`, `str` and `f64` are accepted spellings.
  private mutating func canonical(_ name: NameID, _ module: NameID) -> NameID {
    guard module < 0, name >= KnownName.first else { return name }
    switch known(name) {
    case .upperString, .str: return KnownName.id(of: .string)
    case .f64: return KnownName.id(of: .float)
    default: return name
    }
  }

  /// Parses `[]T`.
  private mutating func parseSliceType() throws(SyntaxFailure) -> NodeID {
    let start = token.start
    open(.bracket)
    if token.kind != .rightBracket {
      throw unexpected("`]`", help: "a list of `T` is written `list[T]`")
    }
    try close(.rightBracket)
    try enter()
    let element = try parseSingleType()
    leave()
    let base = scratch.count
    scratch.append(element)
    return add(
      Node(
        .typeName, start, previous.end, a: KnownName.id(of: .list), b: closeList(from: base)))
  }

  /// Parses `(A, B) -> C`.
  private mutating func parseFunctionType() throws(SyntaxFailure) -> NodeID {
    let start = token.start
    let base = scratch.count
    open(.parenthesis)
    let saved = context
    context = .newlinesAreFree
    while token.kind != .rightParenthesis {
      scratch.append(try parseType())
      guard token.kind == .comma else { break }
      advance()
    }
    try close(.rightParenthesis, or: "`,`")
    context = saved
    if token.kind == .arrow, !startsLine {
      let parameters = closeList(from: base)
      advance()
      let result = try parseType(hasUnion: false)
      return add(Node(.typeFunction, start, previous.end, a: parameters, b: result))
    }
    guard scratch.count == base + 1, let inner = scratch.popLast() else {
      throw unexpected("`->` and the result of the function")
    }
    return inner
  }

  /// What follows `is`: a type or a case.
  mutating func parseTypeOrCase() throws(SyntaxFailure) -> NodeID {
    let start = token.start
    if token.kind == .dot {
      advance()
      let name = try parseTypeName("a case")
      height = 1
      return try finishTestedCase(add(Node(.patternCase, start, previous.end, b: name)))
    }
    guard token.kind == .name else { return try parseType() }
    let isCase = lookAhead { parser in
      var capitals = 0
      while parser.token.isWord {
        capitals = parser.isCapital(parser.token) ? capitals + 1 : 0
        parser.advance()
        guard parser.token.kind == .dot, !parser.token.afterSpace else { break }
        parser.advance()
      }
      return capitals >= 2
    }
    guard isCase else { return try parseType() }
    var owner: NodeID = -1
    var path = add(Node(.name, token.start, token.end, a: token.name))
    advance()
    while token.kind == .dot, !token.afterSpace {
      advance()
      guard token.isWord else { throw unexpected("a name after `.`") }
      owner = path
      path = add(Node(.member, start, token.end, a: path, b: token.name))
      advance()
    }
    let name = tree[path].b
    return try finishTestedCase(
      add(Node(.patternCase, start, previous.end, a: owner, b: name)))
  }

  private mutating func finishTestedCase(_ node: NodeID) throws(SyntaxFailure) -> NodeID {
    if token.kind == .leftParenthesis, !token.afterSpace {
      throw unexpected(
        "a case without payload after `is`", help: "a payload is compared in `match`")
    }
    return node
  }
}

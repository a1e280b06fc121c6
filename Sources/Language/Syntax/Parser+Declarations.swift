import JanusSource

extension Parser {
  /// Parses `pub`, `native` and the declaration behind them.
  mutating func parseDeclaration() throws(SyntaxFailure) -> NodeID {
    let start = token.start
    let flags = try passDeclarationMarks()
    guard token.kind == .keyword else { throw unexpectedDeclaration() }
    switch token.keyword {
    case .func:
      // `func(x) do … end` is a value; so is what follows it.
      if flags.isEmpty, !isNamedFunction { return try parseExpressionStatement() }
      return try parseFunction(flags, start: start)
    case .let: return try parseBinding(.let, flags: flags, start: start)
    case .var: return try parseBinding(.var, flags: flags, start: start)
    case .const: return try parseBinding(.const, flags: flags, start: start)
    case .struct: return try parseStruct(flags, start: start)
    case .enum: return try parseEnum(.enum, flags, start: start)
    case .error: return try parseEnum(.errorType, flags, start: start)
    case .trait: return try parseTrait(flags, start: start)
    case .impl where flags.isEmpty: return try parseImpl(start: start)
    case .use where flags.isEmpty: return try parseUse()
    default: throw unexpectedDeclaration()
    }
  }

  private mutating func passDeclarationMarks() throws(SyntaxFailure) -> NodeFlags {
    var flags: NodeFlags = []
    if token.isKeyword(.pub) {
      flags.insert(.isPublic)
      advance()
      try refuseNewline("a declaration")
      if foreign(token) == .static || foreign(token) == .async { passForeignModifier() }
    }
    if token.kind == .name, known(token.name) == .native, wordAhead == .func {
      flags.insert(.isNative)
      advance()
    }
    return flags
  }

  @inline(never)
  private mutating func unexpectedDeclaration() -> SyntaxFailure {
    let help: String? =
      switch token.kind {
      case .keyword where token.keyword == .impl: "an `impl` is as visible as its type"
      case .keyword where token.keyword == .use: "what a module uses stays its own"
      default: nil
      }
    return unexpected("a declaration after `pub`", help: help)
  }

  private var isNamedFunction: Bool {
    mutating get {
      lookAhead { parser in
        parser.advance()
        return parser.token.isWord
      }
    }
  }

  /// `func name(parameters) -> result do … end`; in a trait the body may be absent.
  mutating func parseFunction(
    _ flags: NodeFlags, start: UInt32, isMember: Bool = false, needsBody: Bool = true
  ) throws(SyntaxFailure) -> NodeID {
    advance()
    try refuseNewline("the name of a function")
    let name: NameID
    if token.kind == .keyword, isMember || !flags.isEmpty {
      // It is reached through a `.`, after which any word is a name.
      name = token.name
      advance()
    } else {
      name = try parseName("a function")
    }
    let signature = try parseSignatureOrSkip(head: start)
    var body: NodeID = -1
    height = 0
    let hasBlock = token.isKeyword(.do) || token.kind == .leftBrace
    if flags.contains(.isNative) {
      if hasBlock, !startsLine { throw unexpected("no body after a native function") }
    } else if needsBody || hasBlock && !startsLine {
      body = try parseFunctionBody(head: start)
    }
    let base = scratch.count
    scratch.append(signature.result)
    scratch.append(signature.failure)
    scratch.append(body)
    try grow(height)
    return add(
      Node(
        .function, start, previous.end, a: name, b: signature.parameters,
        c: closeList(from: base), flags: flags))
  }

  /// `func f(x) = e` and `func f(x) => e` are reported with the block they stand for.
  private mutating func parseFunctionBody(head: UInt32) throws(SyntaxFailure) -> NodeID {
    if token.kind == .equal || token.kind == .fatArrow, !startsLine {
      reportShortBody()
      advance()
      return try parseExpression()
    }
    return try parseBlock(head: head)
  }

  @inline(never)
  private mutating func reportShortBody() {
    report(
      .shortBody, span(of: token), "expected `do`, found `\(text(of: token))`",
      help: "the body of a function stands in `do … end`",
      fix: Diagnostic.Fix(span: span(of: token), replacement: "do"))
  }

  /// A signature that fails is skipped: the body can be parsed all the same.
  private mutating func parseSignatureOrSkip(head: UInt32) throws(SyntaxFailure) -> Signature {
    let state = mark()
    do throws(SyntaxFailure) {
      return try parseSignature(head: head)
    } catch {
      let open = openBrackets(above: state)
      restore(state)
      guard skipToBlock(open: open) else { throw error }
      return Signature(parameters: closeList(from: scratch.count))
    }
  }

  /// Parses `(a, b: int = 2, ..rest) -> T ! E`.
  mutating func parseSignature(head: UInt32) throws(SyntaxFailure) -> Signature {
    try enter()
    let base = scratch.count
    let saved = context
    guard token.kind == .leftParenthesis, !startsLine else { throw unexpected("`(`") }
    open(.parenthesis)
    context = .newlinesAreFree
    while token.kind != .rightParenthesis {
      noteParameter(try parseParameter(isBar: false), after: base)
      guard token.kind == .comma else { break }
      advance()
    }
    try close(.rightParenthesis, or: "`,`")
    // A block follows: a bar in the result cannot end the parameters of a closure around it.
    context = saved.subtracting(.hasNoBar)
    defer { context = saved }
    var signature = Signature(parameters: closeList(from: base))
    if token.kind == .colon, byteAhead != UInt8(ascii: "\n"), byteAhead != 13 {
      reportForeign(
        .foreignType, span(of: token), "expected `->`, found `:`", write: " ->",
        help: "the result of a function follows `->`")
      advance()
      signature.result = try parseType()
    } else if token.kind == .arrow, !startsLine {
      advance()
      try parseResult(into: &signature)
    } else if token.kind == .bang, !startsLine {
      advance()
      try refuseNewline("a type")
      signature.failure = try parseType()
    }
    leave()
    return signature
  }

  /// Parses `T`, `T ! E`, and the accepted `!T` and `E!T`.
  private mutating func parseResult(into signature: inout Signature) throws(SyntaxFailure) {
    if token.kind == .bang {
      let bang = token
      advance()
      try refuseNewline("a type")
      signature.result = try parseType()
      signature.failure = anyError(at: bang)
      return
    }
    let first = try parseType()
    signature.result = first
    guard token.kind == .bang, !token.afterNewline else { return }
    let bang = token
    advance()
    try refuseNewline("a type")
    let isTight = !bang.afterSpace && !token.afterSpace
    let second = try parseType()
    if isTight, namesErrorFirst(first, second) {
      signature.result = second
      signature.failure = first
    } else {
      signature.failure = second
    }
  }

  /// `E!T` puts the error first.
  ///
  /// Core types begin with a lower-case letter and are no errors.
  private func namesErrorFirst(_ first: NodeID, _ second: NodeID) -> Bool {
    isCapital(at: tree[first].start) || !isCapital(at: tree[second].start)
  }

  private mutating func anyError(at bang: Token) -> NodeID {
    add(Node(.typeName, bang.start, bang.end, a: KnownName.id(of: .any)))
  }

  /// Parses `a`, `b: int = 2`, `..rest`, and between bars also a pattern.
  mutating func parseParameter(isBar: Bool) throws(SyntaxFailure) -> NodeID {
    let start = token.start
    if isBar, token.kind == .leftBracket || token.kind == .leftBrace {
      let pattern = try parsePattern()
      return add(Node(.parameter, start, previous.end, c: pattern))
    }
    let isRest = passParameterMark()
    let name = try parseName("a parameter")
    if token.kind == .questionColon { reportOptionalParameter() }
    let type = try parseAnnotation(mayLackColon: !isBar)
    var initial: NodeID = -1
    if token.kind == .equal {
      advance()
      initial = try parseOperators(.or)
    }
    return add(
      Node(
        .parameter, start, previous.end, a: name, b: type, c: initial,
        flags: isRest ? .isRest : []))
  }

  /// Collects a parameter; behind the one that takes the rest nothing can be left.
  mutating func noteParameter(_ parameter: NodeID, after base: Int) {
    if scratch.count > base, let last = scratch.last, tree[last].flags.contains(.isRest) {
      report(
        .restNotLast,
        tree[parameter].span,
        "a parameter stands behind the one that takes the rest",
        labels: [Diagnostic.Label(span: tree[last].span, text: "this takes all that is left")],
        help: "write `\(text(of: tree[last].span))` last"
      )
    }
    scratch.append(parameter)
  }

  /// Reports `a?: T`, and leaves its colon.
  @inline(never)
  private mutating func reportOptionalParameter() {
    let name = text(of: previous)
    report(
      .foreignType, span(of: token), "a parameter is optional if it has a default",
      help: "write `\(name): T? = null`")
    token.kind = .colon
  }

  /// Moves past `..`, or what other languages write before a parameter; tells whether it takes the
  /// rest.
  @inline(never)
  private mutating func passParameterMark() -> Bool {
    switch token.kind {
    case .dotDot:
      advance()
      return true
    case .dotDotDot, .star:
      reportForeign(
        .foreignOperator, span(of: token), "the rest of the arguments is taken by `..`",
        write: "..")
      advance()
      return true
    case .keyword where token.keyword == .let || token.keyword == .var:
      report(
        .expected, span(of: token), "a parameter has no `\(text(of: token))`",
        help: "remove it; parameters may be assigned")
      advance()
    case .name where foreign(token) == .mut && lexer.byte(at: Int(token.end)) == 0x20:
      report(.foreignKeyword, span(of: token), "Janus has no `mut`", help: "remove it")
      advance()
    default: break
    }
    return false
  }
}

/// What stands between the name of a function and its body.
struct Signature {
  var parameters: ListID
  var result: NodeID = -1
  var failure: NodeID = -1
}

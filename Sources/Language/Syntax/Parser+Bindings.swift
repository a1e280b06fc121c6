import JanusSource

extension Parser {
  /// `let`, `var` and `const`.
  mutating func parseBinding(_ kind: NodeKind, flags: NodeFlags = [], start: UInt32? = nil)
    throws(SyntaxFailure) -> NodeID
  {
    let start = start ?? token.start
    advance()
    passMut()
    try refuseNewline("a name")
    let pattern = try parseBindingPattern(isConstant: kind == .const)
    let type = try parseAnnotation()
    if type >= 0, tree[pattern].kind != .patternBinding { reportTypedPattern(pattern) }
    var value: NodeID = -1
    height = 0
    if token.kind == .equal || token.kind == .colonEqual {
      if token.kind == .colonEqual { reportColonEqual(kind) }
      advance()
      value = try parseExpression()
    } else if !mayLackValue(kind, pattern, type) {
      throw missingValue(kind)
    }
    try grow(height)
    return add(Node(kind, start, previous.end, a: pattern, b: type, c: value, flags: flags))
  }

  /// Reports `let [a, b]: T = …`.
  @inline(never)
  private mutating func reportTypedPattern(_ pattern: NodeID) {
    let annotation = Span(tree[pattern].end, previous.end)
    report(
      .typedPattern,
      annotation,
      "a pattern that takes a value apart has no type of its own",
      help: "give the names in it their types: `[a: int, b: int]`",
      fix: Diagnostic.Fix(span: annotation, replacement: "")
    )
  }

  /// Moves past `let mut x`.
  @inline(never)
  private mutating func passMut() {
    guard foreign(token) == .mut, lexer.byte(at: Int(token.end)) == 0x20 else { return }
    let whole = Span(previous.start, token.end)
    report(
      .foreignKeyword, whole, "Janus has no `\(text(of: whole))`",
      help: "a variable that changes is declared with `var`",
      fix: Diagnostic.Fix(span: whole, replacement: "var"))
    advance()
  }

  /// Parses `: T` behind a name; -1 where there is none.
  mutating func parseAnnotation(mayLackColon: Bool = true) throws(SyntaxFailure) -> NodeID {
    if token.kind == .colon {
      advance()
    } else if mayLackColon, token.kind == .name, !token.afterNewline, contextual(token) == nil {
      reportMissingColon()
    } else {
      return -1
    }
    return try parseType()
  }

  @inline(never)
  private mutating func reportMissingColon() {
    // `int b` of other languages, or `b int`
    let isTypeFirst = known(previous.name).map { $0 != .wildcard && $0 != .native } ?? false
    let (name, type) = isTypeFirst ? (token, previous) : (previous, token)
    let replacement = "\(text(of: name)): \(text(of: type))"
    report(
      .missingColon, span(of: token), "expected `:` before the type, found \(describe(token))",
      help: "write `\(replacement)`",
      fix: Diagnostic.Fix(span: Span(previous.start, token.end), replacement: replacement))
  }

  @inline(never)
  private mutating func reportColonEqual(_ kind: NodeKind) {
    reportForeign(
      .bindingSign, span(of: token), "expected `=`, found `:=`", write: "=",
      help: "`x := e` stands without `\(kind)`")
  }

  @inline(never)
  private mutating func missingValue(_ kind: NodeKind) -> SyntaxFailure {
    if token.kind == .comma {
      return unexpected("`=`", help: "several names are bound at once with `\(kind) [a, b] = …`")
    }
    guard token.afterNewline || token.kind == .semicolon, token.kind != .endOfText else {
      return unexpected("`=`")
    }
    report(
      .missingValue, Span(previous.start, previous.end), "this variable has no value",
      help: "write `= …` behind it; a `var` may wait for its value, and is null meanwhile")
    return SyntaxFailure()
  }

  /// A variable may wait for its value if its type admits null meanwhile.
  private mutating func mayLackValue(_ kind: NodeKind, _ pattern: NodeID, _ type: NodeID) -> Bool {
    guard kind != .const, type >= 0 || kind == .var, tree[pattern].kind == .patternBinding else {
      return false
    }
    if type >= 0, !admitsNull(type), token.kind != .comma {
      let name = text(of: tree[type].span)
      report(
        .missingValue, tree[type].span, "a variable of type `\(name)` needs a value",
        help: "write `= …`, or `\(name)?` if it may be null")
    }
    return token.kind != .comma
  }

  private func admitsNull(_ type: NodeID) -> Bool {
    let node = tree[type]
    switch node.kind {
    case .typeOptional: return true
    case .typeName:
      return node.c < 0 && (known(node.a) == .any || node.a == NameTable.null)
    case .typeUnion: return tree.items(node.a).contains { admitsNull($0) }
    default: return false
    }
  }

  /// The left side of a declaration: a name, or a pattern that takes a value apart.
  private mutating func parseBindingPattern(isConstant: Bool) throws(SyntaxFailure) -> NodeID {
    switch token.kind {
    case .leftBracket, .leftBrace: return try parsePattern()
    case .name where !isCapital(token) || isConstant || !isStructPatternAhead:
      let name = try parseName(isConstant ? "a constant" : "a variable", isConstant: isConstant)
      bindingCount += 1
      return add(Node(.patternBinding, previous.start, previous.end, a: name))
    case .name: return try parsePattern()
    case .leftParenthesis:
      throw parenthesizedPattern()
    default:
      _ = try parseName("a variable")
      throw SyntaxFailure()
    }
  }

  /// Reports `let (a, b) = …`.
  @inline(never)
  private mutating func parenthesizedPattern() -> SyntaxFailure {
    let end = lookAhead { parser in
      parser.skipBalanced()
      return parser.previous.end
    }
    let whole = Span(token.start, end)
    let items = text(of: Span(token.start + 1, max(token.start + 1, end - 1)))
    report(
      .tuple, whole, "there are no tuples", help: "a list is taken apart with `[\(items)]`",
      fix: Diagnostic.Fix(span: whole, replacement: "[\(items)]"))
    skipBalanced()
    return SyntaxFailure()
  }

  private var isStructPatternAhead: Bool { byteAhead == UInt8(ascii: "{") }

  /// Parses the name of something that is declared here; reserved words and capitals are reported.
  mutating func parseName(_ what: String, isConstant: Bool = false) throws(SyntaxFailure) -> NameID
  {
    guard token.kind == .name else {
      guard token.kind == .keyword, standsForName else {
        throw unexpected("the name of \(what)")
      }
      reportReserved(token)
      advance()
      return previous.name
    }
    if isConstant { checkConstant(token) } else { checkLowercase(token, what) }
    advance()
    return previous.name
  }

  /// Whether a reserved word was meant as a name: a word that ends things needs a sign of it.
  private var standsForName: Bool {
    switch token.keyword {
    case .end, .else, .in, .do: "=,:)]|}".utf8.contains(byteAhead)
    default: true
    }
  }

  mutating func reportReserved(_ token: Token) {
    let word = text(of: token)
    report(
      .reservedWord, span(of: token), "`\(word)` is a reserved word and cannot be a name",
      help: "choose another name, such as `\(word)_`",
      fix: Diagnostic.Fix(span: span(of: token), replacement: "\(word)_"))
  }

  mutating func checkLowercase(_ token: Token, _ what: String) {
    guard isCapital(token) else { return }
    let word = text(of: token)
    let isUpper = !word.utf8.contains { $0 >= 0x61 && $0 <= 0x7A }
    let replacement = isUpper ? word.lowercased() : lowered(word)
    report(
      .capitalisation, span(of: token),
      "the name of \(what) begins with a lower-case letter",
      help: isUpper && what == "a variable"
        ? "write `\(replacement)`, or declare a `const`" : "write `\(replacement)`",
      fix: Diagnostic.Fix(span: span(of: token), replacement: replacement))
  }

  /// Constants are lower-case as other names, or all upper-case.
  private mutating func checkConstant(_ token: Token) {
    guard isCapital(token) else { return }
    let word = text(of: token)
    guard word.utf8.contains(where: { $0 >= 0x61 && $0 <= 0x7A }) else { return }
    report(
      .capitalisation, span(of: token),
      "the name of a constant is all upper-case, or begins with a lower-case letter",
      help: "write `\(lowered(word))` or `\(word.uppercased())`",
      fix: Diagnostic.Fix(span: span(of: token), replacement: lowered(word)))
  }

  private func lowered(_ word: String) -> String {
    word.prefix(1).lowercased() + word.dropFirst()
  }

  /// Parses the name of a type, trait, error or case, which begins with a capital.
  mutating func parseTypeName(_ what: String) throws(SyntaxFailure) -> NameID {
    guard token.kind == .name else {
      guard token.kind == .keyword, !closesBlock else { throw unexpected("the name of \(what)") }
      reportReserved(token)
      advance()
      return previous.name
    }
    if !isCapital(token) {
      let word = text(of: token)
      let bare = word.drop { $0 == "_" }
      let replacement = bare.prefix(1).uppercased() + bare.dropFirst()
      report(
        .capitalisation, span(of: token), "the name of \(what) begins with a capital letter",
        help: "write `\(replacement)`",
        fix: Diagnostic.Fix(span: span(of: token), replacement: replacement))
    }
    advance()
    return previous.name
  }

  /// Turns what was parsed as an expression into the target of an assignment, and parses the value.
  mutating func parseAssignment(to target: NodeID) throws(SyntaxFailure) -> NodeID {
    let start = tree[target].start
    if token.kind == .colonEqual { return try parseShortBinding(target, start: start) }
    guard let op = InfixOperator.assignment(token.kind) else { throw unexpected("`=`") }
    checkTarget(target, isCompound: token.kind != .equal)
    let tall = height
    advance()
    let value = try parseExpression()
    if token.kind == .equal, !startsLine { throw assignmentWithoutValue() }
    try grow(tall, height)
    return add(Node(.assign, start, previous.end, a: target, b: value, op: op))
  }

  private mutating func assignmentWithoutValue() -> SyntaxFailure {
    report(
      .statementAsValue, span(of: token), "an assignment has no value",
      help: "write one assignment after the other")
    return SyntaxFailure()
  }

  /// Parses `x := e`.
  private mutating func parseShortBinding(_ target: NodeID, start: UInt32)
    throws(SyntaxFailure) -> NodeID
  {
    let pattern = shortPattern(target)
    advance()
    let value = try parseExpression()
    try grow(height)
    return add(Node(.let, start, previous.end, a: pattern, c: value, flags: .isShort))
  }

  /// The name that `:=` declares.
  @inline(never)
  private mutating func shortPattern(_ target: NodeID) -> NodeID {
    let node = tree[target]
    guard node.kind == .name else {
      report(
        .notAssignable, node.span, "`:=` declares one name",
        help: "write `let … =` to take a value apart, or `=` to assign")
      return add(Node(.patternWildcard, node.start, node.end))
    }
    if isCapital(at: node.start) {
      report(
        .capitalisation, node.span, "the name of a variable begins with a lower-case letter")
    }
    return add(Node(.patternBinding, node.start, node.end, a: node.a))
  }

  /// `lett x = 1`: a call of `lett`, as it seems.
  @inline(never)
  private mutating func reportMisspeltDeclaration(_ call: Node) -> Bool {
    guard call.kind == .call, call.flags.contains(.isShort), tree[call.a].kind == .name else {
      return false
    }
    let word = text(of: tree[call.a].span)
    let keyword = ["val", "auto", "dim", "my", "set"].contains(word)
      ? "let" : Spelling.nearest(to: word, in: ["let", "var", "const"])
    guard let keyword else { return false }
    reportForeign(
      .misspeltKeyword, tree[call.a].span, "there is no `\(word)`", write: keyword,
      help: "a declaration begins with `\(keyword)`")
    return true
  }

  /// Only variables, members, elements and lists of them can be assigned.
  private mutating func checkTarget(_ target: NodeID, isCompound: Bool) {
    let node = tree[target]
    if reportMisspeltDeclaration(node) { return }
    switch node.kind {
    case .name, .index, .error: return
    case .member where !node.flags.contains(.isOptional): return
    case .list where !isCompound && !tree.items(node.a).isEmpty:
      for item in tree.items(node.a) { checkTarget(item, isCompound: false) }
      return
    default: break
    }
    report(
      .notAssignable, node.span, "this cannot be assigned",
      help: node.kind == .member
        ? "`?.` may find nothing to assign to; write `.`"
        : "only variables, members, elements and lists of them can be")
  }
}

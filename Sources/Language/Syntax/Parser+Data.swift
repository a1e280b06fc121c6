import JanusSource

extension Parser {
  /// Parses `struct Point { x: float, y: float = 0.0 }`.
  mutating func parseStruct(_ flags: NodeFlags, start: UInt32) throws(SyntaxFailure) -> NodeID {
    advance()
    try refuseNewline("the name of a struct")
    let name = try parseTypeName("a struct")
    try refuseParameters("a struct")
    let fields = try parseShape(head: start, "a field") { parser throws(SyntaxFailure) in
      try parser.parseField()
    }
    return add(Node(.struct, start, previous.end, a: name, b: fields, flags: flags))
  }

  /// `struct Point<T>`, `class Point(Base)` and the like.
  private mutating func refuseParameters(_ what: String) throws(SyntaxFailure) {
    guard token.kind == .less || token.kind == .leftParenthesis else { return }
    throw unexpected(
      "the braces of \(what)",
      help: token.kind == .less
        ? "types have no parameters: a field without annotation holds anything"
        : "there is no inheritance; what types share is a `trait`")
  }

  /// Parses `name: T = default`.
  private mutating func parseField() throws(SyntaxFailure) -> NodeID {
    let start = token.start
    if token.isKeyword(.func) {
      throw unexpected("a field", help: "methods stand in `impl Type { … }`")
    }
    if token.isKeyword(.let) || token.isKeyword(.var) || token.isKeyword(.pub), !isBeforeColon {
      report(
        .expected, span(of: token), "expected a field, found `\(text(of: token))`",
        help: "a field is written `name: type`",
        fix: Diagnostic.Fix(
          span: Span(token.start, UInt32(min(lexer.count, Int(token.end) + 1))), replacement: ""))
      advance()
    }
    let name: NameID
    if token.kind == .keyword, isBeforeColon {
      name = token.name
      advance()
    } else {
      name = try parseName("a field")
    }
    let type = try parseAnnotation()
    var initial: NodeID = -1
    height = 1
    if token.kind == .equal {
      advance()
      initial = try parseExpression()
    }
    return add(Node(.field, start, previous.end, a: name, b: type, c: initial))
  }

  /// Parses `enum Shape { Circle(r: float), Empty }` and `error NetError { … }`.
  mutating func parseEnum(_ kind: NodeKind, _ flags: NodeFlags, start: UInt32)
    throws(SyntaxFailure) -> NodeID
  {
    advance()
    if kind == .errorType, !token.isWord {
      let isRaised = token.kind == .string || token.kind == .interpolation
      report(
        .reservedWord, span(of: previous), "`error` is a reserved word: it declares an error type",
        help: "an error is raised with `fail`",
        fix: isRaised ? Diagnostic.Fix(span: span(of: previous), replacement: "fail") : nil)
      throw SyntaxFailure()
    }
    try refuseNewline(kind == .enum ? "the name of an enum" : "the name of an error")
    let name = try parseTypeName(kind == .enum ? "an enum" : "an error")
    try refuseParameters(kind == .enum ? "an enum" : "an error")
    let cases = try parseShape(head: start, "a case") { parser throws(SyntaxFailure) in
      try parser.parseCase()
    }
    return add(Node(kind, start, previous.end, a: name, b: cases, flags: flags))
  }

  /// Parses `Circle(r: float)` or `Empty`.
  private mutating func parseCase() throws(SyntaxFailure) -> NodeID {
    let start = token.start
    var isLowerCase = false
    if contextual(token) == .case, byteAhead != UInt8(ascii: ","), byteAhead > 0x20,
      byteAhead != UInt8(ascii: "}"), byteAhead != UInt8(ascii: "(")
    {
      isLowerCase = passCaseWord()
    }
    let name = isLowerCase ? token.name : try parseTypeName("a case")
    if isLowerCase { advance() }
    var fields: ListID = -1
    height = 1
    if token.kind == .leftParenthesis {
      let base = scratch.count
      open(.parenthesis)
      context = .newlinesAreFree
      while token.kind != .rightParenthesis {
        scratch.append(try parsePayload())
        guard token.kind == .comma else { break }
        advance()
      }
      try close(.rightParenthesis, or: "`,`")
      context = []
      fields = closeList(from: base)
    } else if token.kind == .equal {
      throw unexpected(
        "`,` or a new line", help: "a case has no number; give it a payload or a method")
    }
    return add(Node(.enumCase, start, previous.end, a: name, b: fields))
  }

  /// Moves past `case` before the name of a case; tells whether that begins with a small letter,
  /// which the fix corrects too.
  @inline(never)
  private mutating func passCaseWord() -> Bool {
    let word = token
    advance()
    let isLowerCase = token.kind == .name && !isCapital(token)
    let name = text(of: token)
    let replacement = isLowerCase ? name.prefix(1).uppercased() + name.dropFirst() : name
    report(
      .foreignKeyword, span(of: word), "a case is only a name", help: "write `\(replacement)`",
      fix: Diagnostic.Fix(span: Span(word.start, token.end), replacement: replacement))
    return isLowerCase
  }

  private mutating func parsePayload() throws(SyntaxFailure) -> NodeID {
    if token.kind == .name, isCapital(token), !isBeforeColon {
      let type = text(of: token)
      report(
        .capitalisation, span(of: token), "the payload of a case has a name",
        help: "write `value: \(type)`",
        fix: Diagnostic.Fix(span: Span(token.start, token.start), replacement: "value: "))
      let start = token.start
      let annotation = try parseType()
      return add(Node(.field, start, previous.end, a: tree[annotation].a, b: annotation))
    }
    return try parseField()
  }

  /// Parses `trait Area { func area(self) -> float }`.
  mutating func parseTrait(_ flags: NodeFlags, start: UInt32) throws(SyntaxFailure) -> NodeID {
    advance()
    try refuseNewline("the name of a trait")
    let name = try parseTypeName("a trait")
    try refuseParameters("a trait")
    let methods = try parseShape(head: start, "a method") { parser throws(SyntaxFailure) in
      try parser.parseMethod(needsBody: false)
    }
    return add(Node(.trait, start, previous.end, a: name, b: methods, flags: flags))
  }

  /// Parses `impl Area for Point { … }` and `impl Point { … }`.
  mutating func parseImpl(start: UInt32) throws(SyntaxFailure) -> NodeID {
    advance()
    try refuseNewline("a type")
    var target = try parseType()
    var trait: NodeID = -1
    if token.isKeyword(.for), !startsLine {
      advance()
      try refuseNewline("a type")
      trait = target
      target = try parseType()
    }
    let methods = try parseShape(head: start, "a method") { parser throws(SyntaxFailure) in
      try parser.parseMethod(needsBody: true)
    }
    return add(Node(.impl, start, previous.end, a: target, b: trait, c: methods))
  }

  private mutating func parseMethod(needsBody: Bool) throws(SyntaxFailure) -> NodeID {
    try enter()
    let start = token.start
    var flags: NodeFlags = []
    if let word = foreign(token), [.def, .fn, .function, .fun, .proc].contains(word) {
      reportForeign(
        .foreignKeyword, span(of: token), "Janus has no `\(text(of: token))`", write: "func")
    } else {
      if token.isKeyword(.pub) {
        flags.insert(.isPublic)
        advance()
        try refuseNewline("a method")
      }
      if token.kind == .name, known(token.name) == .native {
        flags.insert(.isNative)
        advance()
        try refuseNewline("`func`")
      } else if let word = foreign(token), [.static, .private, .public, .async].contains(word) {
        passForeignModifier()
      }
      guard token.isKeyword(.func) else {
        throw unexpected("a method", help: "it begins with `func`")
      }
    }
    let method = try parseFunction(flags, start: start, isMember: true, needsBody: needsBody)
    leave()
    return method
  }

  /// Parses `use std.dmp as d`, `use "./x.jan" { a, b }`, `use zig "…"`.
  mutating func parseUse() throws(SyntaxFailure) -> NodeID {
    let start = token.start
    advance()
    height = 1
    try refuseNewline("a module")
    if contextual(token) == .zig, isQuoteAhead {
      advance()
      let path = try parseLiteral()
      return add(Node(.useZig, start, previous.end, a: tree[path].a))
    }
    var flags: NodeFlags = []
    let path: Int32
    if token.kind == .string {
      let literal = try parseLiteral()
      path = tree[literal].a
    } else {
      path = try parseModulePath()
      flags = .isShort
    }
    var alias: NameID = -1
    if contextual(token) == .as, !token.afterNewline {
      advance()
      try refuseNewline("the name of a module")
      alias = try parseName("a module")
    }
    var names: ListID = -1
    if token.kind == .leftBrace, !token.afterNewline {
      let base = scratch.count
      open(.brace)
      context = .newlinesAreFree
      while token.kind != .rightBrace {
        guard token.kind == .name else { throw unexpected("a name or `}`") }
        scratch.append(token.name)
        advance()
        guard token.kind == .comma else { break }
        advance()
      }
      try close(.rightBrace, or: "`,`")
      context = []
      names = closeList(from: base)
    }
    return add(Node(.use, start, previous.end, a: path, b: alias, c: names, flags: flags))
  }

  /// Parses `std.dmp`.
  private mutating func parseModulePath() throws(SyntaxFailure) -> Int32 {
    guard token.kind == .name else {
      throw unexpected("a module", help: "`use std.json`, or a file: `use \"./lib/wire.jan\"`")
    }
    var bytes = Array(text(of: token).utf8)
    advance()
    while token.kind == .dot, !(token.afterNewline && isCapitalAhead) {
      advance()
      guard token.isWord, !(token.afterNewline && token.kind == .keyword) else {
        throw unexpected("a name after `.`")
      }
      bytes.append(UInt8(ascii: "."))
      bytes.append(contentsOf: text(of: token).utf8)
      advance()
    }
    let index = Int32(truncatingIfNeeded: tree.strings.count)
    tree.strings.append(bytes)
    return index
  }
}

import JanusSource

/// What stands where an operand or the end of a statement should.
extension Parser {
  /// `nil`, `new Point(…)`, `lambda x: e`, `function(x) { … }`: words in place of an operand.
  mutating func passForeignOperand() throws(SyntaxFailure) {
    guard let word = foreign(token) else { return }
    if word.literal != nil {
      foreignLiterals.append(NodeID(tree.nodes.count))
      return
    }
    let next = tokenAhead
    switch word {
    case .new where next.kind == .name && isCapital(next) && !next.afterNewline:
      report(
        .foreignKeyword, span(of: token), "Janus has no `new`",
        help: "a struct is made with `\(text(of: next)) { field: value }`",
        fix: lexer.byte(at: Int(next.end)) == UInt8(ascii: "(")
          ? nil : Diagnostic.Fix(span: Span(token.start, next.start), replacement: ""))
      advance()
    case .lambda where next.kind == .name && !next.afterNewline:
      reportLambda()
      throw SyntaxFailure()
    case .function, .fn, .fun, .def:
      guard next.kind == .leftParenthesis, isFunctionAhead else { return }
      reportForeign(
        .foreignKeyword, span(of: token), "Janus has no `\(text(of: token))`", write: "func")
      throw SyntaxFailure()
    default: break
    }
  }

  /// Reports `lambda x, y: e`.
  @inline(never)
  private mutating func reportLambda() {
    let colon = lookAhead { parser -> Token? in
      parser.advance()
      while parser.token.kind == .name || parser.token.kind == .comma { parser.advance() }
      return parser.token.kind == .colon ? parser.token : nil
    }
    let parameters = colon.map { text(of: Span(token.end + 1, $0.start)) }
    report(
      .foreignKeyword, span(of: token), "Janus has no `lambda`",
      help: "a closure is written `|\(parameters ?? "x")| …`",
      fix: colon.map { colon in
        Diagnostic.Fix(
          span: Span(token.start, colon.end), replacement: "|\(parameters ?? "x")|")
      })
  }

  /// `function(x) {`: a call is never followed by a brace.
  private var isFunctionAhead: Bool {
    mutating get {
      lookAhead { parser in
        parser.advance()
        parser.skipBalanced()
        return parser.token.kind == .leftBrace || parser.token.kind == .fatArrow
      }
    }
  }

  /// Reports the uses of `nil`, `True` and the like, unless the file declares such a name.
  mutating func reportForeignLiterals() {
    guard !foreignLiterals.isEmpty else { return }
    var declared: Set<NameID> = []
    for node in tree.nodes {
      switch node.kind {
      case .patternBinding, .parameter, .function, .usingBinding, .patternRest, .enumCase, .struct:
        declared.insert(node.a)
      case .catchBinding, .use: declared.insert(node.b)
      default: break
      }
    }
    for id in foreignLiterals {
      let node = tree[id]
      guard node.kind == .name, !declared.contains(node.a) else { continue }
      let index = Int(node.a - ForeignWord.first)
      guard foreignWords.indices.contains(index), let literal = foreignWords[index].literal else {
        continue
      }
      reportForeign(
        .foreignKeyword, node.span, "Janus has no `\(text(of: node.span))`", write: literal)
    }
  }

  /// Reports a token that no operand begins with.
  mutating func unexpectedOperand() -> SyntaxFailure {
    switch token.kind {
    case .keyword: return unexpectedKeyword()
    case .dotDot, .dotDotLess, .dotDotDot:
      return unexpected(
        "an expression", help: "`..e` spreads in lists, maps and calls; a range begins with a value"
      )
    case .fatArrow, .arrow:
      return unexpected("an expression", help: "a closure is written `|x| x * 2`")
    default: return unexpected("an expression")
    }
  }

  private mutating func unexpectedKeyword() -> SyntaxFailure {
    let word = text(of: token)
    switch token.keyword {
    case .while, .for, .let, .var, .const, .defer, .return, .fail, .break, .continue:
      if token.afterNewline { return unexpected("an expression") }
      report(
        .statementAsValue, span(of: token), "expected an expression, found `\(word)`",
        help: "`\(word)` is a statement and has no value")
      return SyntaxFailure()
    case .end, .else, .do, .in, .is, .and, .or, .catch, .when, .unless:
      return unexpected("an expression")
    default:
      reportReserved(token)
      return SyntaxFailure()
    }
  }

  /// Reports what follows a statement on its line.
  mutating func leftover() -> SyntaxFailure {
    switch token.kind {
    case .keyword where token.keyword == .if:
      return leftover(
        help: "a modifier is written `when`",
        fix: Diagnostic.Fix(span: span(of: token), replacement: "when"))
    case .keyword where token.keyword == .while || token.keyword == .for:
      return leftover(
        help: "a loop stands around its body: `\(text(of: token)) … do … end`")
    case .leftBrace:
      reportBraces()
      return SyntaxFailure()
    case .comma:
      return leftover(help: "several values are a list: `[a, b] = [b, a]`")
    case .colon:
      return leftover(
        help: "a type is named where a variable is declared: `let x: int = 1`")
    case .name where contextual(token) == .as:
      return leftover(help: "a value is converted by a call: `int(x)`, `string(x)`")
    case .name, .integer, .string, .interpolation:
      let isCommand = scratch.last.map { tree[$0].flags.contains(.isShort) } ?? false
      return leftover(
        help: isCommand
          ? "arguments are separated by `,`"
          : "only a name or dotted path takes arguments without parentheses")
    default: return leftover(help: nil)
    }
  }

  private mutating func leftover(help: String?, fix: Diagnostic.Fix? = nil) -> SyntaxFailure {
    let isForced = openers.last.map { !$0.isBlock } ?? false
    if token.kind == .endOfText || token.flags.contains(.isMalformed)
      || isForced && startsStatementByForce
    {
      return unexpected("a new line or `;`", help: help, fix: fix)
    }
    report(
      .leftover, span(of: token), "expected a new line or `;`, found \(describe(token))",
      help: foreignHelp ?? help, fix: fix)
    return SyntaxFailure()
  }

  /// What stands in Janus for a word that other languages have between operands.
  var foreignHelp: String? {
    if text(of: previous) == "typeof" { return "the type of a value is a call: `type(x)`" }
    guard token.kind == .name else { return nil }
    switch text(of: token) {
    case "as": return "a value is converted by a call: `int(x)`, `string(x)`"
    case "instanceof", "isinstance": return "`is` tests a type: `x is int`"
    case "div", "mod": return "`/` divides ints without a remainder, `%` is the remainder"
    case "xor": return "`^` is exclusive or of ints, `!=` of bools"
    default: return nil
    }
  }
}

import JanusSource

/// Statements of other languages: each is reported with what stands for it in Janus, and parsed as
/// that where it can be, so that the rest of the file is still read.
extension Parser {
  /// The token after the current one.
  var tokenAhead: Token {
    mutating get {
      lookAhead { parser in
        parser.advance()
        return parser.token
      }
    }
  }

  /// Parses a statement that begins with a word of another language; nil where the word is an
  /// ordinary name.
  mutating func parseForeignStatement() throws(SyntaxFailure) -> NodeID? {
    guard let word = foreign(token) else { return nil }
    let next = tokenAhead
    if word == .repeat, next.afterNewline { return parseRepeat() }
    guard !next.afterNewline, next.afterSpace || next.kind == .colon else { return nil }
    let isBeforeName = next.kind == .name
    let start = token.start
    switch word {
    case .def, .fn, .function, .fun, .proc, .void:
      guard isBeforeName || next.kind == .keyword else { return nil }
      reportWord(write: "func")
      return try parseFunction([], start: start)
    case .foreach:
      guard isBeforeName || next.kind == .leftParenthesis else { return nil }
      reportWord(write: "for")
      return try parseFor(label: -1, start: start)
    case .until:
      guard isBeforeName || next.kind == .leftParenthesis else { return nil }
      reportWord(write: "while not")
      return try parseWhile(label: -1, start: start)
    case .loop:
      guard next.kind == .leftBrace else { return nil }
      reportWord(write: "while true")
      advance()
      let body = try parseBlock(head: start)
      return add(Node(.error, start, tree[body].end))
    case .guard:
      guard isGuard else { return nil }
      return try parseGuard()
    case .throw, .raise:
      guard startsForeignOperand(next) else { return nil }
      if reportRaisedText() { return skipImport() }
      reportWord(write: "fail")
      advance()
      let value = try parseExpression()
      try grow(height)
      return add(Node(.fail, start, previous.end, a: value))
    case .local, .mut:
      guard isBeforeName else { return nil }
      reportWord(write: word == .mut ? "var" : "let")
      return try parseBinding(word == .mut ? .var : .let, start: start)
    case .public, .export, .private, .static, .async:
      return try parseForeignModifier(word, next)
    default:
      return parseForeignBlock(word, next)
    }
  }

  /// `guard c else` on one line.
  private var isGuard: Bool {
    mutating get {
      lookAhead { parser in
        repeat {
          parser.skipToken()
          if parser.token.isKeyword(.else) { return true }
        } while !parser.token.afterNewline && parser.token.kind != .endOfText
        return false
      }
    }
  }

  /// Parses `guard c else { … }`.
  private mutating func parseGuard() throws(SyntaxFailure) -> NodeID {
    let start = token.start
    let word = span(of: token)
    advance()
    let condition = try parseHead { parser throws(SyntaxFailure) in
      if parser.token.isKeyword(.let) { parser.advance() }
      return try parser.parseCondition()
    }
    let end = token.isKeyword(.else) ? token.end : previous.end
    report(
      .foreignKeyword, word, "Janus has no `guard`",
      help: "write `return unless …`, or `if not (…) do … end`",
      fix: Diagnostic.Fix(
        span: Span(start, end), replacement: "if not (\(text(of: tree[condition].span)))"))
    if token.isKeyword(.else) { advance() }
    let body = try parseBlock(head: start)
    return add(Node(.error, start, tree[body].end))
  }

  /// Parses `repeat`, statements, `until c`.
  private mutating func parseRepeat() -> NodeID {
    let start = token.start
    report(
      .foreignKeyword, span(of: token), "Janus has no `repeat`",
      help: "write `while true do … break when condition end`")
    let indent = indentation(of: start)
    advance()
    while token.kind != .endOfText, !token.afterNewline || indentation(of: token.start) > indent {
      skipToken()
    }
    if foreign(token) == .until {
      repeat { skipToken() } while !token.afterNewline && token.kind != .endOfText
    }
    return add(Node(.error, start, previous.end))
  }

  /// Reports `throw new Error("text")` and `raise ValueError("text")` with the text alone.
  @inline(never)
  private mutating func reportRaisedText() -> Bool {
    let raised = lookAhead { parser -> (end: UInt32, text: Span)? in
      parser.advance()
      if parser.foreign(parser.token) == .new { parser.advance() }
      guard parser.token.kind == .name, parser.isCapital(parser.token) else { return nil }
      parser.advance()
      guard parser.token.kind == .leftParenthesis else { return nil }
      parser.advance()
      guard parser.token.kind == .string else { return nil }
      let text = parser.span(of: parser.token)
      parser.advance()
      guard parser.token.kind == .rightParenthesis else { return nil }
      let end = parser.token.end
      parser.advance()
      return parser.endsStatement ? (end, text) : nil
    }
    guard let raised else { return false }
    let whole = Span(token.start, raised.end)
    report(
      .foreignKeyword, span(of: token), "Janus has no `\(text(of: token))`",
      help: "an error is raised with `fail`: a text, or a case of an `error` that is declared",
      fix: Diagnostic.Fix(span: whole, replacement: "fail \(text(of: raised.text))"))
    return true
  }

  private func startsForeignOperand(_ next: Token) -> Bool {
    switch next.kind {
    case .name, .string, .interpolation: true
    default: false
    }
  }

  private mutating func reportWord(write replacement: String) {
    reportForeign(
      .foreignKeyword,
      span(of: token),
      "Janus has no `\(text(of: token))`",
      write: replacement
    )
  }

  /// Parses `public func`, `static let` and the like.
  private mutating func parseForeignModifier(_ word: ForeignWord, _ next: Token)
    throws(SyntaxFailure) -> NodeID?
  {
    let isDeclared = next.kind == .keyword || foreign(next) != nil
    guard isDeclared else { return nil }
    switch next.keyword {
    case .func, .let, .var, .const, .struct, .enum, .error, .trait:
      if word == .public || word == .export {
        let start = token.start
        reportWord(write: "pub")
        advance()
        let inner = try parseStatement()
        tree.nodes[Int(inner)].flags.insert(.isPublic)
        tree.nodes[Int(inner)].start = start
        return inner
      }
    default:
      if next.kind == .keyword { return nil }
    }
    passForeignModifier()
    return try parseStatement()
  }

  mutating func passForeignModifier() {
    let word = text(of: token)
    let end = lexer.byte(at: Int(token.end)) == 0x20 ? token.end + 1 : token.end
    report(
      .foreignKeyword,
      span(of: token),
      "Janus has no `\(word)`",
      help: word == "async"
        ? "remove it: any function may wait" : "remove it: what is not `pub` stays in its module",
      fix: Diagnostic.Fix(span: Span(token.start, end), replacement: "")
    )
    advance()
  }

  /// Statements with bodies that mean nothing here: they are reported and skipped.
  private mutating func parseForeignBlock(_ word: ForeignWord, _ next: Token) -> NodeID? {
    let isBeforeType = next.kind == .name && isCapital(next)
    let replacement: String?
    let help: String
    switch word {
    case .class:
      guard isBeforeType else { return nil }
      (replacement, help) = ("struct", "fields stand in `struct … { }`, methods in `impl … { }`")
    case .interface, .protocol:
      guard isBeforeType else { return nil }
      (replacement, help) = ("trait", "write `trait`")
    case .type:
      guard isBeforeType else { return nil }
      (replacement, help) = (nil, "types are declared with `struct`, `enum`, `error` and `trait`")
    case .switch:
      guard next.kind == .name || next.kind == .leftParenthesis else { return nil }
      (replacement, help) = ("match", "write `match e { pattern => value }`")
    case .import, .require, .include:
      guard [.name, .string, .leftBrace, .star].contains(next.kind) else { return nil }
      if reportImport(next) { return skipImport() }
      (replacement, help) = (nil, "write `use std.json` or `use \"./file.jan\"`")
    case .from:
      guard [.name, .string].contains(next.kind), holdsImport else { return nil }
      if reportImport(next) { return skipImport() }
      (replacement, help) = (nil, "write `use std.json` or `use \"./file.jan\" { name }`")
    case .namespace, .package:
      guard next.kind == .name else { return nil }
      (replacement, help) = (nil, "a file is a module; remove this line")
    case .except, .finally:
      guard [.name, .colon, .leftBrace].contains(next.kind) else { return nil }
      (replacement, help) = (
        nil,
        word == .except
          ? "an error is caught behind what may fail: `f() catch |err| do … end`"
          : "what runs on every exit stands in `defer do … end`"
      )
    default: return nil
    }
    let first = token
    report(
      .foreignKeyword,
      span(of: first),
      "Janus has no `\(text(of: first))`",
      help: help,
      fix: replacement.map { Diagnostic.Fix(span: span(of: first), replacement: $0) }
    )
    skipForeignBody(indent: indentation(of: first.start))
    return add(Node(.error, first.start, previous.end))
  }

  /// Reports `import json`, `from json import a, b` and `import { a } from "./a.js"` with the `use`
  /// that does the same; false for other forms.
  @inline(never)
  private mutating func reportImport(_ next: Token) -> Bool {
    let end = lookAhead { parser in
      repeat { parser.skipToken() } while !parser.token.afterNewline
        && parser.token.kind != .endOfText && parser.token.kind != .semicolon
      return parser.previous.end
    }
    let whole = Span(token.start, end)
    guard let use = ForeignImport(text(of: whole))?.use else { return false }
    reportForeign(
      .foreignKeyword, whole, "Janus has no `\(text(of: token))`", write: use)
    return true
  }

  private mutating func skipImport() -> NodeID {
    let start = token.start
    repeat { skipToken() } while !token.afterNewline && token.kind != .endOfText
      && token.kind != .semicolon
    return add(Node(.error, start, previous.end))
  }

  /// `from x import y`.
  private var holdsImport: Bool {
    mutating get {
      lookAhead { parser in
        repeat {
          parser.skipToken()
          if parser.foreign(parser.token) == .import { return true }
        } while !parser.token.afterNewline && parser.token.kind != .endOfText
        return false
      }
    }
  }

  /// Skips the rest of a line, brackets that it opens, and the lines below that are indented
  /// further, with the `end` that closes them.
  private mutating func skipForeignBody(indent: Int) {
    repeat {
      switch token.kind {
      case .leftParenthesis, .leftBracket, .leftBrace: skipBalanced()
      case .rightParenthesis, .rightBracket, .rightBrace: return
      default: skipToken()
      }
    } while !token.afterNewline && token.kind != .endOfText && token.kind != .semicolon
    while token.kind != .endOfText, !token.afterNewline || indentation(of: token.start) > indent {
      skipToken()
    }
    if token.isKeyword(.end), indentation(of: token.start) == indent { advance() }
  }

  /// Parses `try { … } catch (e) { … }` and `try:` with `except`.
  mutating func parseForeignTry() throws(SyntaxFailure) -> NodeID {
    let first = previous
    report(
      .foreignKeyword,
      span(of: first),
      "Janus has no `try` block",
      help: "an error is caught behind what may fail: `f() catch |err| do … end`"
    )
    var isHandler = true
    while isHandler {
      if token.kind == .colon {
        advance()
        _ = parseBody(.indented, head: first.start)
      } else {
        _ = try parseBlock(head: first.start)
      }
      let word = foreign(token)
      isHandler = token.isKeyword(.catch) || word == .except || word == .finally
      if isHandler { skipForeignHead() }
    }
    return add(Node(.error, first.start, previous.end))
  }

  /// Moves to the block or colon of a `catch (e) {` or `except X as e:`.
  private mutating func skipForeignHead() {
    repeat {
      if token.kind == .leftParenthesis { skipBalanced() } else { skipToken() }
    } while !token.afterNewline && token.kind != .endOfText && token.kind != .leftBrace
      && token.kind != .colon && !token.isKeyword(.do)
  }

  /// `int x = 3` declares a variable in other languages.
  mutating func parseTypedDeclaration() throws(SyntaxFailure) -> NodeID? {
    let isDeclaration = lookAhead { parser in
      parser.advance()
      guard parser.token.kind == .name, !parser.token.afterNewline else { return false }
      parser.advance()
      return parser.token.kind == .equal && !parser.token.afterNewline
    }
    guard isDeclaration else { return nil }
    let type = token
    let name = tokenAhead
    let replacement = "let \(text(of: name)): \(text(of: type))"
    report(
      .missingColon,
      Span(type.start, name.end),
      "a declaration begins with `let`",
      help: "write `\(replacement) = …`",
      fix: Diagnostic.Fix(span: Span(type.start, name.end), replacement: replacement)
    )
    return try parseBinding(.let)
  }
}

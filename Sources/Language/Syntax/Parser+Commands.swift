import JanusSource

extension Parser {
  /// Parses an expression where a statement may stand: also an assignment or a call without
  /// parentheses.
  mutating func parseExpressionStatement(mayDeclare: Bool = true) throws(SyntaxFailure) -> NodeID {
    try enter()
    var left: NodeID
    if token.kind == .name {
      left = try parsePath()
      if startsArgument {
        left = try parseCommand(left)
      } else if isRefusedArgument(after: left) {
        left = try parseRefusedCommand(left)
      } else {
        left = try parsePostfix(after: left)
      }
    } else {
      left = try parsePrefix(.lowest)
    }
    left = try parseInfix(after: left, .lowest)
    leave()
    if token.kind == .equal, isAssertion(left) {
      return try parseMistakenEquality(left)
    }
    if token.kind == .colonEqual, !mayDeclare {
      throw unexpected(
        "`=`",
        help: "`=` assigns; a declaration stands in `do … end` here"
      )
    }
    if InfixOperator.assignment(token.kind) != nil || token.kind == .colonEqual {
      return try parseAssignment(to: left)
    }
    return left
  }

  @inline(never)
  private mutating func declarationInAction() -> SyntaxFailure {
    unexpected("`=`", help: "`=` assigns; a declaration stands in `do … end` here")
  }

  /// `assert x = y` means a comparison.
  private func isAssertion(_ call: NodeID) -> Bool {
    let node = tree[call]
    guard node.kind == .call, node.flags.contains(.isShort), tree[node.a].kind == .name else {
      return false
    }
    return known(tree[node.a].a) == .assert
  }

  /// Parses `a.b.c`.
  private mutating func parsePath() throws(SyntaxFailure) -> NodeID {
    var path = try parsePrimary()
    while token.kind == .dot, !(token.afterSpace && isCapitalAhead), tree[path].kind != .error {
      advance()
      guard token.isWord else { throw unexpected("a name after `.`") }
      try grow(height)
      path = add(Node(.member, tree[path].start, token.end, a: path, b: token.name))
      advance()
    }
    return path
  }

  /// Whether the token behind a path is the first argument of a call without parentheses.
  private var startsArgument: Bool {
    mutating get {
      guard token.afterSpace, !token.afterNewline else { return false }
      switch token.kind {
      case .name, .integer, .float, .duration, .string, .textBlock, .bytes, .interpolation,
        .interpolatedBlock:
        return contextual(token) != .then || !context.contains(.isHead)
      case .dot: return isCapitalAhead
      case .keyword:
        switch token.keyword {
        case .true, .false, .null, .func, .if, .match, .await: return true
        case .not: return wordAhead != .in
        default: return false
        }
      default: return false
      }
    }
  }

  /// Parses `f a, name: b do … end`.
  private mutating func parseCommand(_ callee: NodeID) throws(SyntaxFailure) -> NodeID {
    var tall = height
    let base = scratch.count
    let saved = context
    context.insert(.hasNoTrailing)
    while true {
      scratch.append(try parseCommandArgument())
      tall = max(tall, height)
      guard token.kind == .comma, !endsArguments(saved) else { break }
      advance()
    }
    context = saved
    if token.isKeyword(.do), !token.afterNewline, !isHeadWithoutParameters {
      scratch.append(try parseTrailingClosure())
      tall = max(tall, height)
    }
    try grow(tall)
    return add(
      Node(
        .call,
        tree[callee].start,
        previous.end,
        a: callee,
        b: closeList(from: base),
        flags: .isShort
      )
    )
  }

  /// `catch` after the arguments belongs to the call.
  private mutating func parseCommandArgument() throws(SyntaxFailure) -> NodeID {
    let start = token.start
    if token.isWord, isBeforeColon {
      let name = token.name
      advance()
      advance()
      let value = try parseOperators(.or)
      try grow(height)
      return add(Node(.namedArgument, start, previous.end, a: name, b: value))
    }
    if token.kind == .dotDot { return try parseSpread() }
    return try parseOperators(.or)
  }

  /// Whether a comma ends the call: inside brackets it separates their elements, and in an arm the
  /// next arm may follow it.
  private mutating func endsArguments(_ context: Context) -> Bool {
    if context.contains(.newlinesAreFree) { return true }
    guard context.contains(.isArmBody) else { return false }
    return lookAhead { parser in
      parser.advance()
      var isFirst = true
      while true {
        switch parser.token.kind {
        case .fatArrow, .rightBrace: return true
        case .endOfText, .comma, .semicolon: return false
        case .keyword where parser.token.keyword == .end && isFirst: return true
        case .keyword where parser.token.keyword == .do || parser.token.keyword == .end:
          return false
        case .leftParenthesis, .leftBracket, .leftBrace: parser.skipBalanced()
        default: parser.skipToken()
        }
        if parser.token.afterNewline { return isFirst && parser.token.kind == .rightBrace }
        isFirst = false
      }
    }
  }

  /// `print -1`, `print (x)`, `print [1]`, `print { a: 1 }` and `each |x| …` are neither calls nor
  /// what they seem to be.
  private mutating func isRefusedArgument(after path: NodeID) -> Bool {
    guard token.afterSpace, !token.afterNewline else { return false }
    switch token.kind {
    case .minus, .bar: return lexer.byte(at: Int(token.end)) > 0x20
    case .leftBracket: return true
    // `f (a, b)` is a call with a space too many, `f (a) + b` has an argument.
    case .leftParenthesis: return isArgumentInParentheses
    case .leftBrace: return !context.contains(.isHead) && !takesFields(path)
    case .keyword: return token.keyword == .try || token.keyword == .spawn
    default: return false
    }
  }

  private var isArgumentInParentheses: Bool {
    mutating get {
      lookAhead { parser in
        parser.advance()
        while parser.token.kind != .rightParenthesis {
          switch parser.token.kind {
          case .comma, .endOfText, .rightBrace, .rightBracket: return false
          case .leftParenthesis, .leftBracket, .leftBrace: parser.skipBalanced()
          default: parser.skipToken()
          }
        }
        parser.advance()
        return !parser.token.afterNewline
          && (InfixOperator(parser.token) != nil || parser.token.kind == .comma)
          && !parser.token.isKeyword(.catch)
      }
    }
  }

  /// Parses such a call as it was meant, and shows how to write it.
  private mutating func parseRefusedCommand(_ callee: NodeID) throws(SyntaxFailure) -> NodeID {
    let first = token
    if first.kind == .leftBrace, !opensMap { return try parseRefusedBraces() }
    let call = try parseCommand(callee)
    let arguments = text(of: Span(first.start, previous.end))
    let isWrapped = first.kind == .leftParenthesis && previous.kind == .rightParenthesis
    let replacement = isWrapped ? arguments : "(\(arguments))"
    report(
      .argumentNeedsParentheses,
      span(of: first),
      "`\(text(of: first))` cannot begin an argument without parentheses",
      help: "write `\(text(of: tree[callee].span))\(replacement)`",
      fix: Diagnostic.Fix(
        span: Span(tree[callee].end, previous.end),
        replacement: replacement
      )
    )
    return add(Node(.error, tree[call].start, tree[call].end))
  }

  /// Parses `each { |x| … }`.
  private mutating func parseRefusedBraces() throws(SyntaxFailure) -> NodeID {
    reportBraces()
    let closure = try parseTrailingClosure()
    return add(Node(.error, tree[closure].start, tree[closure].end))
  }

  @inline(never)
  mutating func reportBraces() {
    report(
      .argumentNeedsParentheses,
      span(of: token),
      "`{` cannot begin an argument",
      help: "a closure behind a call is written `do |x| … end`, a map stands in parentheses"
    )
  }
}

import JanusSource

extension Parser {
  /// Parses `[first, ..rest]`.
  mutating func parseListPattern() throws(SyntaxFailure) -> NodeID {
    let start = token.start
    open(.bracket)
    let items = try parsePatternItems(.rightBracket) { parser throws(SyntaxFailure) in
      try parser.parsePattern()
    }
    return add(Node(.patternList, start, previous.end, a: items))
  }

  /// Parses `{ kind: "ping", id }`.
  mutating func parseMapPattern() throws(SyntaxFailure) -> NodeID {
    let start = token.start
    open(.brace)
    let items = try parsePatternItems(.rightBrace) { parser throws(SyntaxFailure) in
      try parser.parseFieldPattern()
    }
    return add(Node(.patternMap, start, previous.end, a: items))
  }

  /// Parses `Point { x, y: 0 }`.
  mutating func parseStructPattern(_ type: NodeID) throws(SyntaxFailure) -> NodeID {
    let start = tree[type].start
    open(.brace)
    let items = try parsePatternItems(.rightBrace) { parser throws(SyntaxFailure) in
      try parser.parseFieldPattern()
    }
    return add(Node(.patternStruct, start, previous.end, a: type, b: items))
  }

  /// What follows the `.` of `.Case(…)`.
  mutating func parseCasePattern(type: NodeID, start: UInt32) throws(SyntaxFailure) -> NodeID {
    let name = try parseTypeName("a case")
    return try finishCasePattern(type: type, name: name, start: start)
  }

  mutating func finishCasePattern(type: NodeID, name: NameID, start: UInt32)
    throws(SyntaxFailure) -> NodeID
  {
    var items: ListID = -1
    if token.kind == .leftParenthesis, !token.afterSpace {
      open(.parenthesis)
      items = try parsePatternItems(.rightParenthesis) { parser throws(SyntaxFailure) in
        parser.token.isWord && parser.isKey
          ? try parser.parseFieldPattern() : try parser.parsePattern()
      }
    }
    return add(
      Node(.patternCase, start, previous.end, a: type, b: name, c: items))
  }

  /// Items between brackets; `..` may stand for the rest.
  private mutating func parsePatternItems(
    _ closer: TokenKind, _ parse: (inout Parser) throws(SyntaxFailure) -> NodeID
  ) throws(SyntaxFailure) -> ListID {
    let base = scratch.count
    var tall: Int32 = 1
    let saved = context
    context = .newlinesAreFree
    while token.kind != closer {
      if token.kind == .dotDot || token.kind == .dotDotDot, !isRangeAhead {
        scratch.append(try parseRest())
      } else {
        scratch.append(try parse(&self))
      }
      tall = max(tall, height)
      guard token.kind == .comma else { break }
      advance()
    }
    try close(closer, or: "`,`")
    context = saved
    try grow(tall)
    return closeList(from: base)
  }

  /// `..9` in a list pattern is a range, `..` and `..rest` are the rest.
  private var isRangeAhead: Bool {
    let next = byteAhead
    return next &- 0x30 < 10 || next == UInt8(ascii: "-") || isQuoteAhead
      || next == UInt8(ascii: "b") && lexer.byte(at: offsetAhead + 1) == UInt8(ascii: "\"")
  }

  private mutating func parseRest() throws(SyntaxFailure) -> NodeID {
    let start = token.start
    if token.kind == .dotDotDot {
      reportForeign(.foreignOperator, span(of: token), "the rest is written `..`", write: "..")
    }
    advance()
    var name: NameID = -1
    if token.isWord {
      let word = token
      name = try parseName("the rest")
      if word.name != NameTable.wildcard {
        bindingCount += 1
        lastBinding = span(of: word)
      }
    }
    height = 1
    return add(Node(.patternRest, start, previous.end, a: name))
  }

  /// `key: p`, or `key` alone, which binds its name.
  private mutating func parseFieldPattern() throws(SyntaxFailure) -> NodeID {
    let start = token.start
    guard token.isWord else { return try parseKeyPattern() }
    let key = token
    if isKey {
      advance()
      advance()
      let pattern = try parsePattern()
      return add(Node(.patternField, start, previous.end, a: key.name, b: pattern))
    }
    if key.kind == .keyword {
      reportReserved(key)
    } else {
      checkLowercase(key, "a variable")
    }
    advance()
    bindingCount += 1
    lastBinding = span(of: key)
    let pattern = add(Node(.patternBinding, key.start, key.end, a: key.name))
    height = 1
    return add(Node(.patternField, start, key.end, a: key.name, b: pattern))
  }

  /// Parses `"any key": p` and `3: p`.
  private mutating func parseKeyPattern() throws(SyntaxFailure) -> NodeID {
    let start = token.start
    let key: NodeID
    switch token.kind {
    case .integer, .float, .duration, .string, .bytes: key = try parseLiteral()
    case .minus: key = try parsePrefix(.prefix)
    case .leftBracket:
      throw unexpected("a key", help: "the keys of a pattern are literals")
    default: throw unexpected("a key")
    }
    try expect(.colon)
    let pattern = try parsePattern()
    return add(Node(.patternField, start, previous.end, b: pattern, c: key))
  }
}

import JanusSource

extension Parser {
  mutating func advance() {
    previous = token
    token = lexer.next()
  }
  mutating func add(_ node: Node) -> NodeID {
    let id = NodeID(truncatingIfNeeded: tree.nodes.count)
    tree.nodes.append(node)
    return id
  }

  /// Moves what was collected since `mark` into a list of the tree.
  mutating func closeList(from mark: Int) -> ListID {
    let id = ListID(truncatingIfNeeded: tree.lists.count)
    tree.lists.append(Int32(truncatingIfNeeded: scratch.count - mark))
    for index in mark..<scratch.count { tree.lists.append(scratch[index]) }
    truncate(to: mark)
    return id
  }

  /// Forgets the items collected since `mark`.
  ///
  /// Lists are short: popping beats `removeSubrange`.
  mutating func truncate(to mark: Int) {
    while scratch.count > mark { scratch.removeLast() }
  }

  func mark() -> Mark {
    Mark(scratch: scratch.count, openers: openers.count, context: context, depth: depth)
  }

  mutating func restore(_ mark: Mark) {
    truncate(to: mark.scratch)
    openers.removeSubrange(mark.openers...)
    context = mark.context
    depth = mark.depth
  }

  /// The token stands on a new line where newlines end statements.
  var startsLine: Bool {
    get { token.afterNewline && !context.contains(.newlinesAreFree) }
  }

  /// Reports a line that ends although what was read last waits for more, and goes on as if the
  /// next line belonged to it.
  mutating func refuseNewline(_ expected: String) throws(SyntaxFailure) {
    guard startsLine, token.kind != .endOfText else { return }
    let gap = Span(previous.end, token.start)
    let isBlank = text(of: gap).utf8.allSatisfy { $0 <= 0x20 }
    let goesOn = !startsStatementByForce && !closesBlock
    report(
      .brokenLine,
      span(of: previous),
      "expected \(expected) after `\(text(of: previous))`, found the end of the line",
      help: "a new line ends the statement: it goes on behind `\(text(of: previous))`",
      fix: isBlank && goesOn ? Diagnostic.Fix(span: gap, replacement: " ") : nil
    )
    guard goesOn else { throw SyntaxFailure() }
  }

  /// Nothing more of the statement can follow.
  var endsStatement: Bool {
    if startsLine { return true }
    switch token.kind {
    case .semicolon, .endOfText, .rightBrace, .rightParenthesis, .rightBracket: return true
    case .keyword: return token.keyword == .end || token.keyword == .else
    case .name: return isForeignElse
    default: return false
    }
  }

  func span(of token: Token) -> Span { Span(token.start, token.end) }

  func text(of token: Token) -> String { lexer.text(token.start, token.end) }

  func text(of span: Span) -> String { lexer.text(span.start, span.end) }

  /// The contextual word that a token spells.
  func contextual(_ token: Token) -> ContextualWord? {
    guard token.kind == .name else { return nil }
    let index = Int(token.name - NameTable.keywordCount)
    return contextualWords.indices.contains(index) ? contextualWords[index] : nil
  }

  /// The word of another language that a token spells.
  func foreign(_ token: Token) -> ForeignWord? {
    guard token.kind == .name else { return nil }
    let index = Int(token.name - ForeignWord.first)
    return foreignWords.indices.contains(index) ? foreignWords[index] : nil
  }

  /// The name the parser knows that a token spells.
  func known(_ name: NameID) -> KnownName? {
    let index = Int(name - KnownName.first)
    return knownNames.indices.contains(index) ? knownNames[index] : nil
  }

  /// Whether a word begins with a capital.
  func isCapital(_ token: Token) -> Bool { isCapital(at: token.start) }
  func isCapital(at offset: UInt32) -> Bool { Lexer.isCapital(lexer.byte(at: Int(offset))) }

  /// The first byte after the current token and the blanks behind it.
  var byteAhead: UInt8 { lexer.byte(at: offsetAhead) }

  /// Whether a `:` follows the current word, which then is a key, a label or an argument name.
  var isBeforeColon: Bool {
    get {
      let offset = offsetAhead
      guard lexer.byte(at: offset) == UInt8(ascii: ":") else { return false }
      let next = lexer.byte(at: offset + 1)
      return next != UInt8(ascii: "=") && next != UInt8(ascii: ":")
    }
  }

  /// Whether a string in single or double quotes follows the current token on its line.
  var isQuoteAhead: Bool {
    byteAhead == UInt8(ascii: "\"") || byteAhead == UInt8(ascii: "'")
  }

  /// Whether a `:` follows the current word, in brackets also on the next line.
  var isKey: Bool {
    mutating get {
      if isBeforeColon { return true }
      guard token.kind == .name,
        byteAhead < 0x20 || byteAhead == UInt8(ascii: "/")
      else { return false }
      return lookAhead { parser in
        parser.advance()
        return parser.token.kind == .colon
      }
    }
  }

  var offsetAhead: Int {
    var offset = lexer.cursor
    while lexer.byte(at: offset) == UInt8(ascii: " ")
      || lexer.byte(at: offset) == UInt8(ascii: "\t")
    {
      offset += 1
    }
    return offset
  }

  /// Looks at the tokens ahead and comes back as if nothing was read.
  mutating func lookAhead<Answer>(_ look: (inout Parser) -> Answer) -> Answer {
    let saved = (token, previous, lexer.cursor, lexer.reports.isMuted)
    let commentCount = lexer.comments.count
    lexer.reports.isMuted = true
    lookAheadCount = 0
    let answer = look(&self)
    (token, previous, lexer.cursor, lexer.reports.isMuted) = saved
    if lexer.comments.count > commentCount { lexer.comments.removeSubrange(commentCount...) }
    return answer
  }

  /// Moves past a token without parsing it; an interpolated literal counts as one.
  mutating func skipToken() {
    if token.kind == .interpolation || token.kind == .interpolatedBlock {
      lexer.cursor = lexer.interpolationEnd(from: token)
    }
    advance()
    if lexer.reports.isMuted {
      lookAheadCount += 1
      // Looking further would make parsing quadratic; whoever looks takes it for the end.
      if lookAheadCount > Limits.lookAheadCount { token = lexer.endOfText }
    }
  }

  /// Moves past a bracket and all up to its partner.
  mutating func skipBalanced() {
    var open = 0
    repeat {
      switch token.kind {
      case .leftParenthesis, .leftBracket, .leftBrace: open += 1
      case .rightParenthesis, .rightBracket, .rightBrace: open -= 1
      case .endOfText: return
      default: break
      }
      skipToken()
    } while open > 0
  }
}

import JanusSource

extension Parser {
  /// Parses `nursery do … end`.
  mutating func parseNursery() throws(SyntaxFailure) -> NodeID {
    let start = token.start
    advance()
    let body = try parseBlock(head: start)
    try grow(height)
    return add(Node(.nursery, start, previous.end, a: body))
  }

  /// Parses `within 2s do … end`.
  mutating func parseWithin() throws(SyntaxFailure) -> NodeID {
    let start = token.start
    advance()
    let limit = try parseHead { parser throws(SyntaxFailure) in try parser.parseExpression() }
    let tall = height
    let body = try parseBlock(head: start)
    try grow(tall, height)
    return add(Node(.within, start, previous.end, a: limit, b: body))
  }

  /// Parses `using f := open(path), g := … do … end`.
  mutating func parseUsing() throws(SyntaxFailure) -> NodeID {
    let start = token.start
    advance()
    var bindings: ListID = -1
    _ = try parseHead { parser throws(SyntaxFailure) in
      let base = parser.scratch.count
      var tall: Int32 = 0
      while true {
        parser.scratch.append(try parser.parseUsingBinding())
        tall = max(tall, parser.height)
        guard parser.token.kind == .comma else { break }
        parser.advance()
      }
      bindings = parser.closeList(from: base)
      parser.height = tall
      return -1
    }
    if bindings < 0 { bindings = closeList(from: scratch.count) }
    let tall = height
    let body = try parseBlock(head: start)
    try grow(tall, height)
    return add(Node(.using, start, previous.end, a: bindings, b: body))
  }

  private mutating func parseUsingBinding() throws(SyntaxFailure) -> NodeID {
    let start = token.start
    let name = try parseUsingName()
    let value = try parseExpression()
    try grow(height)
    return add(Node(.usingBinding, start, previous.end, a: name, b: value))
  }

  /// Parses `f :=`.
  @inline(never)
  private mutating func parseUsingName() throws(SyntaxFailure) -> NameID {
    if token.isKeyword(.let) || token.isKeyword(.var) {
      report(
        .expected, span(of: token), "expected a name, found `\(text(of: token))`",
        help: "write `using f := open(path) do`")
      advance()
    }
    let name = try parseName("a variable")
    if token.kind == .equal {
      reportForeign(.bindingSign, span(of: token), "expected `:=`, found `=`", write: ":=")
      advance()
    } else {
      try expect(.colonEqual)
    }
    return name
  }

  /// Parses `select do case … timeout(…) … default … end`.
  mutating func parseSelect() throws(SyntaxFailure) -> NodeID {
    try enter()
    let start = token.start
    advance()
    let cases = try parseShape(head: start, "a case") { parser throws(SyntaxFailure) in
      try parser.parseSelectCase()
    }
    leave()
    try grow(height)
    return add(Node(.select, start, previous.end, a: cases))
  }

  private mutating func parseSelectCase() throws(SyntaxFailure) -> NodeID {
    let start = token.start
    switch contextual(token) {
    case .case:
      advance()
      return try parseChannelCase(start)
    case .timeout:
      advance()
      let limit = try parseHead { parser throws(SyntaxFailure) in
        guard parser.token.kind == .leftParenthesis else {
          throw parser.unexpected("`(`", help: "write `timeout(1s) do … end`")
        }
        parser.open(.parenthesis)
        parser.context = .newlinesAreFree
        let limit = try parser.parseExpression()
        try parser.close(.rightParenthesis)
        return limit
      }
      let tall = height
      let body = try parseBlock(head: start)
      try grow(tall, height)
      return add(Node(.selectTimeout, start, previous.end, a: limit, c: body))
    case .default:
      advance()
      let body = try parseBlock(head: start)
      try grow(height)
      return add(Node(.selectDefault, start, previous.end, c: body))
    default:
      throw unexpected("`case`, `timeout` or `default`")
    }
  }

  /// Parses `case p = ch.recv() do … end` and `case ch.send(v) do … end`.
  private mutating func parseChannelCase(_ start: UInt32) throws(SyntaxFailure) -> NodeID {
    var pattern: NodeID = -1
    let call = try parseHead { parser throws(SyntaxFailure) in
      if parser.token.isKeyword(.let) || parser.token.isKeyword(.var) {
        parser.report(
          .expected, parser.span(of: parser.token), "expected a name or a channel",
          help: "write `case m = channel.recv() do`")
        parser.advance()
      }
      if parser.beginsReceiver {
        pattern = try parser.parsePattern()
        if parser.token.kind == .colonEqual {
          parser.reportForeign(
            .bindingSign, parser.span(of: parser.token), "expected `=`, found `:=`", write: "=")
          parser.advance()
        } else {
          try parser.expect(.equal)
        }
      }
      return try parser.parseExpression()
    }
    let node = channelCase(call, pattern)
    let tall = height
    let body = try parseBlock(head: start)
    try grow(tall, height)
    return add(
      Node(node.kind, start, previous.end, a: node.a, b: node.b, c: body))
  }

  /// Whether a pattern and `=` follow rather than a channel.
  private var beginsReceiver: Bool {
    mutating get {
      if token.kind == .leftBracket || token.kind == .leftBrace { return true }
      return lookAhead { parser in
        while parser.token.isWord || parser.token.kind == .dot { parser.advance() }
        if parser.token.kind == .leftParenthesis { parser.skipBalanced() }
        return parser.token.kind == .equal || parser.token.kind == .colonEqual
      }
    }
  }

  private mutating func channelCase(_ call: NodeID, _ pattern: NodeID) -> Node {
    let node = tree[call]
    if node.kind == .error { return Node(.selectReceive, 0, 0, a: pattern, b: call) }
    if node.kind == .call, tree[node.a].kind == .member {
      let arguments = tree.items(node.b)
      let channel = tree[node.a].a
      switch known(tree[node.a].b) {
      case .recv where arguments.isEmpty:
        return Node(.selectReceive, 0, 0, a: pattern, b: channel)
      case .send where arguments.count == 1 && pattern < 0:
        return Node(.selectSend, 0, 0, a: channel, b: arguments.first ?? -1)
      default: break
      }
    }
    report(
      .expected, node.span, "expected `channel.recv()` or `channel.send(value)`",
      help: "a case waits for one channel: `case m = ch.recv() do … end`")
    return Node(.selectReceive, 0, 0, a: pattern, b: call)
  }
}

import JanusSource

extension Parser {
  /// Parses an `if` chain.
  ///
  /// The chain is a loop here, however long it is, and its nodes are made from the last branch to
  /// the first.
  mutating func parseIf() throws(SyntaxFailure) -> NodeID {
    try enter(2)
    let head = token.start
    let base = scratch.count
    var tallest: Int32 = 0
    var last: NodeID = -1
    var isFirst = true
    var style = BlockStyle.words
    var hasMore = true
    while hasMore {
      // Three items for each branch: where it starts, its condition, its block.
      let start = token.start
      advance()
      scratch.append(Int32(bitPattern: start))
      scratch.append(
        try parseHead { parser throws(SyntaxFailure) in try parser.parseCondition() })
      tallest = max(tallest, height)
      let bodyStart = token.start
      style = try openBranch(isFirst ? nil : style, head: head)
      isFirst = false
      let bodyBase = scratch.count
      hasMore = continues(parseBody(style, head: head, isChain: true), style, head: head)
      tallest = max(tallest, height)
      scratch.append(branch(style, start: bodyStart, from: bodyBase))
      if hasMore, !passElse() {
        last = try parseElse(style, head: head)
        tallest = max(tallest, height)
        hasMore = false
      }
    }
    leave(2)
    var index = scratch.count - 3
    while index >= base {
      let start = UInt32(bitPattern: scratch[index])
      last = add(
        Node(.if, start, previous.end, a: scratch[index + 1], b: scratch[index + 2], c: last))
      index -= 3
    }
    truncate(to: base)
    try grow(tallest)
    return last
  }

  private mutating func branch(_ style: BlockStyle, start: UInt32, from base: Int) -> NodeID {
    let end = style == .words && !previous.isKeyword(.end) ? token.start : previous.end
    return add(
      Node(
        .block, start, max(start, end), a: closeList(from: base),
        flags: style == .braces ? .usesBraces : []))
  }

  /// Moves into a branch's block.
  ///
  /// The first one sets the style; in words, one opener stands for the whole chain.
  private mutating func openBranch(_ style: BlockStyle?, head: UInt32)
    throws(SyntaxFailure) -> BlockStyle
  {
    switch style {
    case .words? where token.isKeyword(.do):
      advance()
      return .words
    case .words? where token.kind == .leftBrace:
      reportMixedBranch("do", fix: "do")
      if !openers.isEmpty { openers.removeLast() }
    case .braces? where token.isKeyword(.do):
      reportMixedBranch("{", fix: "{")
    case .words?:
      // The chain stays open; what is missing is only this branch's `do`.
      let opener = openers.last
      let branch = try openBlock(head: head, isChain: true)
      if branch == .words { openers.removeLast() }
      if branch == .indented, let opener { openers[openers.count - 1] = opener }
      return .words
    default: break
    }
    return try openBlock(head: head, isChain: true)
  }

  private mutating func reportMixedBranch(_ opening: String, fix: String) {
    report(
      .mixedBlockStyle, span(of: token),
      "this chain began with `\(opening)` and goes on with `\(text(of: token))`",
      help: "the blocks of one `if` keep one style",
      fix: Diagnostic.Fix(span: span(of: token), replacement: fix))
  }

  /// Whether an `else` of this chain follows.
  private mutating func continues(_ isOpen: Bool, _ style: BlockStyle, head: UInt32) -> Bool {
    if isOpen { return true }
    guard isElse, !isElseArm else { return false }
    switch style {
    case .indented:
      return token.afterNewline && indentation(of: token.start) == indentation(of: head)
    case .braces: return !belongsOutside(head)
    case .words:
      guard previous.isKeyword(.end), !belongsOutside(head) else { return false }
      report(
        .strayCloser, span(of: previous), "this `end` closes the `if` before its `else`",
        help: "one `end` closes a whole `if … else …` chain",
        fix: Diagnostic.Fix(span: span(of: previous), replacement: ""))
      openers.append(
        Opener(kind: .doBlock, span: span(of: previous), head: head, isChain: true))
      return true
    }
  }

  /// Whether an `else` after a closed block rather continues a chain around this one.
  private func belongsOutside(_ head: UInt32) -> Bool {
    guard let outer = openers.last, outer.isChain else { return false }
    return !token.afterNewline
      || indentation(of: token.start) < indentation(of: head)
      || indentation(of: outer.head) == indentation(of: head)
  }

  /// Moves past `else`, or `else if` up to the `if`; tells whether another condition follows.
  private mutating func passElse() -> Bool {
    if !token.isKeyword(.else) {
      let word = text(of: token)
      reportForeign(.foreignKeyword, span(of: token), "Janus has no `\(word)`", write: "else if")
      return true
    }
    advance()
    return token.isKeyword(.if) && !token.afterNewline
  }

  /// Parses the last branch, whose `else` was passed.
  private mutating func parseElse(_ style: BlockStyle, head: UInt32)
    throws(SyntaxFailure) -> NodeID
  {
    let start = previous.start
    var style = style
    switch style {
    case .words:
      if token.isKeyword(.do), !token.afterNewline {
        advance()
      } else if token.kind == .leftBrace, !token.afterNewline, !opensMap {
        reportMixedBranch("do", fix: "")
        if !openers.isEmpty { openers.removeLast() }
        style = try openBlock(head: head)
      } else if token.kind == .colon {
        passElseColon()
      }
    case .braces:
      if token.isKeyword(.do) { reportMixedBranch("{", fix: "{") }
      style = try openBlock(head: head)
    case .indented:
      if token.kind == .colon { passElseColon() }
      if token.isKeyword(.do) || token.kind == .leftBrace { style = try openBlock(head: head) }
    }
    let base = scratch.count
    _ = parseBody(style, head: head)
    return add(
      Node(
        .block, start, max(start, previous.end), a: closeList(from: base),
        flags: style == .braces ? .usesBraces : []))
  }

  /// Moves past `else:`.
  private mutating func passElseColon() {
    report(
      .missingBlock, span(of: token), "expected the block of `else`, found `:`",
      help: "`else` stands alone",
      fix: Diagnostic.Fix(span: span(of: token), replacement: ""))
    advance()
  }
}

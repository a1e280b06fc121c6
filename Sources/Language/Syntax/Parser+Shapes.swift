import JanusSource

extension Parser {
  /// Parses the members of a shape: `{ … }` or `do … end` around elements that commas or newlines
  /// separate.
  ///
  /// An element that fails does not take the others with it.
  mutating func parseShape(
    head: UInt32,
    _ what: String,
    _ parse: (inout Parser) throws(SyntaxFailure) -> NodeID
  ) throws(SyntaxFailure) -> ListID {
    let style = try openBlock(head: head)
    let saved = context
    context = []
    let base = scratch.count
    var tallest: Int32 = 0
    while passesSeparators(style, head: head) {
      let first = token.start
      var state = mark()
      do throws(SyntaxFailure) {
        scratch.append(try parse(&self))
        tallest = max(tallest, height)
        state.scratch = scratch.count
        if token.kind == .keyword, token.keyword == .when || token.keyword == .unless {
          throw misplacedModifier("stands behind statements, not behind \(what)")
        }
        if token.kind != .comma, !endsStatement {
          throw unexpected("`,` or a new line after \(what)")
        }
      } catch {
        recover(to: state, first: first, isElement: true)
      }
    }
    context = saved
    height = tallest
    return closeList(from: base)
  }

  /// Moves to the next element of a shape, or past the end of the shape; tells which.
  private mutating func passesSeparators(_ style: BlockStyle, head: UInt32) -> Bool {
    while true {
      while token.kind == .comma || token.kind == .semicolon { advance() }
      if style == .indented {
        guard closesBlock && !isBeforeColon || indentation(of: token.start) <= indentation(of: head)
        else {
          return true
        }
        if token.isKeyword(.end) { advance() }
        return false
      }
      guard closesBlock, !(token.isWord && isBeforeColon), !isElseArm, let opener = openers.last
      else { return true }
      if style == .words ? token.isKeyword(.end) : token.kind == .rightBrace {
        noteIndentation(of: opener)
        openers.removeLast()
        advance()
        return false
      }
      if !goesOnAfterStray(in: opener) {
        openers.removeLast()
        return false
      }
    }
  }

  /// `else =>` is an arm.
  var isElseArm: Bool {
    mutating get {
      token.isKeyword(.else)
        && lookAhead { parser in
          parser.advance()
          return parser.token.kind == .fatArrow || parser.token.isKeyword(.when)
        }
    }
  }

  /// Whether the `{` at the current token opens a map rather than a block: `}`, `..` or `key:`
  /// follows.
  var opensMap: Bool {
    mutating get {
      lookAhead { parser in
        parser.advance()
        switch parser.token.kind {
        case .rightBrace, .dotDot, .dotDotDot, .colon: return true
        case .name, .keyword:
          guard parser.isKey else { return false }
          // `{ outer: for … }` is a block that begins with a labelled loop.
          parser.advance()
          parser.advance()
          return !parser.token.isKeyword(.for) && !parser.token.isKeyword(.while)
        case .string, .integer, .float, .duration, .bytes, .textBlock:
          parser.advance()
          return parser.token.kind == .colon
        case .minus:
          parser.advance()
          parser.advance()
          return parser.token.kind == .colon
        case .leftBracket:
          parser.skipBalanced()
          return parser.token.kind == .colon && !parser.token.afterNewline
        default: return false
        }
      }
    }
  }
}

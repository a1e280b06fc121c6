import JanusSource

extension Parser {
  /// Makes the node of a literal token.
  mutating func parseLiteral() throws(SyntaxFailure) -> NodeID {
    let literal = token
    height = 1
    if literal.flags.contains(.isMalformed) {
      // What follows an open string on its line belongs to the string.
      skipsLine = literal.kind == .string || literal.kind == .bytes || literal.kind == .textBlock
      advance()
      if skipsLine { throw SyntaxFailure() }
      return add(Node(.error, literal.start, literal.end))
    }
    advance()
    let start = Int(literal.start)
    let end = Int(literal.end)
    switch literal.kind {
    case .integer, .float, .duration:
      return numberNode(literal, isNegative: false, start: literal.start)
    case .string:
      return add(
        string(lexer.decode(start + 1, end - 1, as: .text), literal.start, literal.end))
    case .bytes:
      let index = tree.strings.count
      tree.strings.append(lexer.decode(start + 2, end - 1, as: .bytes))
      return add(
        Node(.bytes, literal.start, literal.end, a: Int32(truncatingIfNeeded: index)))
    case .textBlock:
      guard let block = lexer.blockText(open: start + 3, close: end - 3) else {
        return add(Node(.error, literal.start, literal.end))
      }
      let text = lexer.decode(block.start, block.end, block: block, as: .text)
      return add(string(text, literal.start, literal.end))
    default: throw unexpected("a literal")
    }
  }

  /// The node of a string whose text is known.
  mutating func string(_ text: [UInt8], _ start: UInt32, _ end: UInt32) -> Node {
    let index = Int32(truncatingIfNeeded: tree.strings.count)
    tree.strings.append(text)
    return Node(.string, start, end, a: index)
  }

  /// The node of a number or duration; a minus directly before it belongs to it.
  mutating func numberNode(_ number: Token, isNegative: Bool, start: UInt32) -> NodeID {
    guard !number.flags.contains(.isMalformed) else {
      return add(Node(.error, start, number.end))
    }
    switch number.kind {
    case .integer:
      guard case .value(let value) = lexer.integerValue(of: number, isNegative: isNegative) else {
        return numberTooLarge(number)
      }
      tree.integers.append(value)
      return add(Node(.integer, start, number.end, a: Int32(tree.integers.count - 1)))
    case .float:
      guard case .value(let value) = lexer.floatValue(of: number, isNegative: isNegative) else {
        return numberTooLarge(number)
      }
      tree.floats.append(value)
      return add(Node(.float, start, number.end, a: Int32(tree.floats.count - 1)))
    default:
      switch lexer.durationValue(of: number, isNegative: isNegative) {
      case .value(let value):
        tree.integers.append(value)
        return add(Node(.duration, start, number.end, a: Int32(tree.integers.count - 1)))
      case .tooFine:
        report(
          .malformedNumber, span(of: number), "a duration counts whole nanoseconds",
          help: "write it with fewer digits after the point")
        return add(Node(.error, start, number.end))
      case .tooLarge: return numberTooLarge(number)
      }
    }
  }

  private mutating func numberTooLarge(_ number: Token) -> NodeID {
    switch number.kind {
    case .integer:
      report(
        .integerTooLarge, span(of: number), "this integer does not fit into 64 bits",
        help: "the largest is 9223372036854775807; write a float, `1e20`, if it need not be exact")
    case .float:
      report(.malformedNumber, span(of: number), "this float is too large")
    default:
      report(
        .integerTooLarge, span(of: number), "this duration is too long",
        help: "the longest is about 292 years")
    }
    return add(Node(.error, number.start, number.end))
  }
}

import JanusSource

/// How tightly an operator binds, loosest first.
///
/// Assignment is a statement and has no rank here.
enum Precedence: UInt8 {
  case `catch`, or, and, not, comparison, coalescing, pipe, range
  case bitOr, bitXor, bitAnd, shift, addition, multiplication, prefix, power, postfix

  static let lowest = Precedence.catch

  /// The rank of the right operand of a left-associative operator.
  var tighter: Precedence { Precedence(rawValue: rawValue + 1) ?? .postfix }

  static func >= (left: Precedence, right: Precedence) -> Bool {
    left.rawValue >= right.rawValue
  }

  static func > (left: Precedence, right: Precedence) -> Bool {
    left.rawValue > right.rawValue
  }
}

/// An infix operator: its rank, and the node it makes.
struct InfixOperator {
  var precedence: Precedence
  var node: NodeKind
  var op: Operator
  var flags: NodeFlags

  private init(
    _ precedence: Precedence, _ node: NodeKind, _ op: Operator = .none, _ flags: NodeFlags = []
  ) {
    self.precedence = precedence
    self.node = node
    self.op = op
    self.flags = flags
  }

  /// The one table of operators; nil for tokens that are none.
  init?(_ token: Token) {
    switch token.kind {
    case .keyword:
      switch token.keyword {
      case .catch: self.init(.catch, .catchFallback)
      case .or: self.init(.or, .or)
      case .and: self.init(.and, .and)
      case .in: self.init(.comparison, .in)
      case .is: self.init(.comparison, .is)
      // `not in`; the parser looks for the `in`.
      case .not: self.init(.comparison, .in, .none, .isNegated)
      default: return nil
      }
    case .equalEqual: self.init(.comparison, .compare, .equal)
    case .bangEqual: self.init(.comparison, .compare, .notEqual)
    case .less: self.init(.comparison, .compare, .less)
    case .lessOrEqual: self.init(.comparison, .compare, .lessOrEqual)
    case .greater: self.init(.comparison, .compare, .greater)
    case .greaterOrEqual: self.init(.comparison, .compare, .greaterOrEqual)
    case .questionQuestion: self.init(.coalescing, .coalesce)
    case .barGreater: self.init(.pipe, .pipe)
    case .dotDot: self.init(.range, .range, .none, .isInclusive)
    case .dotDotLess: self.init(.range, .range)
    case .bar: self.init(.bitOr, .binary, .bitOr)
    case .caret: self.init(.bitXor, .binary, .bitXor)
    case .ampersand: self.init(.bitAnd, .binary, .bitAnd)
    case .shiftLeft: self.init(.shift, .binary, .shiftLeft)
    case .shiftRight: self.init(.shift, .binary, .shiftRight)
    case .shiftRightUnsigned: self.init(.shift, .binary, .shiftRightUnsigned)
    case .plus: self.init(.addition, .binary, .add)
    case .minus: self.init(.addition, .binary, .subtract)
    case .plusPercent: self.init(.addition, .binary, .addWrapping)
    case .minusPercent: self.init(.addition, .binary, .subtractWrapping)
    case .star: self.init(.multiplication, .binary, .multiply)
    case .slash: self.init(.multiplication, .binary, .divide)
    case .percent: self.init(.multiplication, .binary, .remainder)
    case .starPercent: self.init(.multiplication, .binary, .multiplyWrapping)
    case .starStar: self.init(.power, .binary, .power)
    default: return nil
    }
  }

  /// The operator of an assignment token; nil for tokens that do not assign.
  static func assignment(_ kind: TokenKind) -> Operator? {
    switch kind {
    case .equal: Operator.none
    case .plusEqual: .add
    case .minusEqual: .subtract
    case .starEqual: .multiply
    case .slashEqual: .divide
    case .percentEqual: .remainder
    case .ampersandEqual: .bitAnd
    case .barEqual: .bitOr
    case .caretEqual: .bitXor
    case .shiftLeftEqual: .shiftLeft
    case .shiftRightEqual: .shiftRight
    case .questionQuestionEqual: .coalesce
    default: nil
    }
  }
}

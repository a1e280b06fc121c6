/// One lexical unit: what it is and where it stands.
///
/// Text and values are read from the source when a node is made, so lexing allocates nothing per
/// token.
package struct Token {
  package var kind: TokenKind
  var flags: TokenFlags
  /// The reserved word, where `kind` is `.keyword`.
  var keyword: Keyword
  package var start: UInt32
  package var end: UInt32
  /// The interned text of a name or a keyword (which is a name after `.` and before `:`).
  var name: NameID

  init(
    _ kind: TokenKind, _ start: Int, _ end: Int, flags: TokenFlags, keyword: Keyword = .and,
    name: NameID = -1
  ) {
    self.kind = kind
    self.flags = flags
    self.keyword = keyword
    self.start = UInt32(truncatingIfNeeded: start)
    self.end = UInt32(truncatingIfNeeded: end)
    self.name = name
  }

  func isKeyword(_ word: Keyword) -> Bool { kind == .keyword && keyword == word }

  /// A newline stands between the previous token and this one.
  var afterNewline: Bool {
    get { flags.contains(.afterNewline) }
  }

  /// White space, a comment or a newline stands between the previous token and this one.
  var afterSpace: Bool {
    get { flags.contains(.afterSpace) }
  }

  /// A name, or a reserved word where any word is a name.
  var isWord: Bool {
    get { kind == .name || kind == .keyword }
  }
}

struct TokenFlags: OptionSet {
  var rawValue: UInt8
  static let afterNewline = TokenFlags(rawValue: 1)
  static let afterSpace = TokenFlags(rawValue: 2)
  /// The lexer has already reported this token.
  static let isMalformed = TokenFlags(rawValue: 4)
}

package enum TokenKind: UInt8 {
  case endOfText
  /// A character no token begins with; the lexer has reported it.
  case invalid
  case name, keyword
  case integer, float, duration
  /// `"…"` and `'…'`
  case string
  /// `"""…"""`
  case textBlock
  /// `b"…"`
  case bytes
  /// `$"` and `$"""`: the opener only; the parser reads the segments.
  case interpolation, interpolatedBlock

  case leftParenthesis, rightParenthesis, leftBracket, rightBracket, leftBrace, rightBrace
  case comma, semicolon, colon, dot, questionDot, arrow, fatArrow
  case bar, barBar

  // Infix operators
  case plus, minus, star, slash, percent, starStar
  case plusPercent, minusPercent, starPercent
  case ampersand, caret, tilde, shiftLeft, shiftRight, shiftRightUnsigned
  case equalEqual, bangEqual, less, lessOrEqual, greater, greaterOrEqual
  case dotDot, dotDotLess, questionQuestion, barGreater

  // Assignment
  case equal, colonEqual, plusEqual, minusEqual, starEqual, slashEqual, percentEqual
  case ampersandEqual, barEqual, caretEqual, shiftLeftEqual, shiftRightEqual
  case questionQuestionEqual

  // Of other languages; `?` and `!` have a place in types only
  case question, bang, ampersandAmpersand, plusPlus, minusMinus
  case equalEqualEqual, bangEqualEqual, lessGreater, questionColon
  case dotDotDot, dotDotEqual, colonColon, starStarEqual, tildeEqual

  /// How the kinds that a diagnostic may ask for are written.
  var spelling: String {
    switch self {
    case .leftParenthesis: "`(`"
    case .rightParenthesis: "`)`"
    case .leftBracket: "`[`"
    case .rightBracket: "`]`"
    case .leftBrace: "`{`"
    case .rightBrace: "`}`"
    case .comma: "`,`"
    case .colon: "`:`"
    case .dot: "`.`"
    case .equal: "`=`"
    case .colonEqual: "`:=`"
    case .fatArrow: "`=>`"
    case .bar: "`|`"
    case .string: "a string"
    case .name: "a name"
    default: "\(self)"
    }
  }
}

import JanusSyntax

/// A token of the grammar: a token of the lexer, or a line break that ends something.
struct Symbol {
  var kind: Kind
  var text: String
  var isAfterNewline: Bool
  var isAfterSpace: Bool
  /// A reserved word where any word is a name.
  var isWord = false
  /// A comma that separates elements or arms rather than the arguments of a call.
  var endsArguments = false

  enum Kind: Hashable { case lexed(TokenSummary.Kind), newline, end }

  init(_ token: TokenSummary) {
    kind = .lexed(token.kind)
    text = token.text
    isAfterNewline = token.isAfterNewline
    isAfterSpace = token.isAfterSpace
  }

  private init(_ kind: Kind) {
    self.kind = kind
    text = ""
    isAfterNewline = true
    isAfterSpace = true
  }

  static let newline = Symbol(.newline)
  static let end = Symbol(.end)

  func isKeyword(_ word: String) -> Bool {
    kind == .lexed(.keyword) && !isWord && text == word
  }

  func isPunctuation(_ spelling: String) -> Bool {
    kind == .lexed(.punctuation) && text == spelling
  }

  var isString: Bool { kind == .lexed(.string) }

  var isCapital: Bool {
    kind == .lexed(.name) && text.utf8.first.map { $0 >= 0x41 && $0 <= 0x5A } == true
  }
}

/// The terminals of a grammar, and which of them a symbol is.
struct Alphabet {
  /// Names in capitals that say something about the next token and consume nothing.
  static let conditions: Set<String> = [
    "TIGHT", "INLINE", "BREAK", "NO_BRACE", "NO_BAR", "ARGUMENT", "MORE",
  ]
  /// Names in capitals that are tokens.
  static let classes: Set<String> = [
    "NEWLINE", "NAME", "CAPITAL", "CONSTANT", "WILDCARD", "KEYWORD", "WORD",
    "NATIVE", "ANY", "RECEIVE", "SEND",
    "INTEGER", "FLOAT", "DURATION", "STRING", "TEXT_BLOCK", "BYTES", "TEXT_BEGIN", "TEXT",
    "FORMAT", "TEXT_END",
  ]
  private static let namesOfClasses = [
    "NATIVE": "native", "ANY": "any", "RECEIVE": "recv", "SEND": "send",
  ]

  static func holds(_ condition: String, before symbol: Symbol) -> Bool {
    switch condition {
    case "TIGHT": !symbol.isAfterSpace
    case "INLINE": !symbol.isAfterNewline
    case "BREAK": symbol.isAfterNewline
    case "MORE": !symbol.endsArguments
    case "NO_BRACE": !symbol.isPunctuation("{")
    case "NO_BAR":
      symbol.isAfterNewline || !symbol.isPunctuation("|") && !symbol.isPunctuation("||")
    default: symbol.isAfterSpace && !symbol.isAfterNewline && beginsArgument(symbol)
    }
  }

  private static func beginsArgument(_ symbol: Symbol) -> Bool {
    switch symbol.kind {
    case .lexed(.punctuation): symbol.text == "."
    case .lexed(.keyword):
      symbol.isWord
        || ["true", "false", "null", "func", "if", "match", "await", "not"].contains(symbol.text)
    case .lexed(.malformed), .newline, .end: false
    case .lexed: true
    }
  }

  static func isClass(_ name: String, _ symbol: Symbol) -> Bool {
    if let spelling = namesOfClasses[name] {
      return symbol.kind == .lexed(.name) && symbol.text == spelling
    }
    switch symbol.kind {
    case .newline: return name == "NEWLINE"
    case .end: return false
    case .lexed(let kind):
      switch kind {
      case .name:
        if name == "WORD" { return true }
        if name == "CONSTANT", symbol.isCapital {
          return !symbol.text.utf8.contains { $0 >= 0x61 && $0 <= 0x7A }
        }
        return name == (symbol.text == "_" ? "WILDCARD" : symbol.isCapital ? "CAPITAL" : "NAME")
      case .keyword: return name == "WORD" || name == "KEYWORD"
      case .integer: return name == "INTEGER"
      case .float: return name == "FLOAT"
      case .duration: return name == "DURATION"
      case .string: return name == "STRING"
      case .textBlock: return name == "TEXT_BLOCK"
      case .bytes: return name == "BYTES"
      case .textBegin: return name == "TEXT_BEGIN"
      case .text: return name == "TEXT"
      case .format: return name == "FORMAT"
      case .textEnd: return name == "TEXT_END"
      case .punctuation, .malformed: return false
      }
    }
  }

  static func isLiteral(_ text: String, _ symbol: Symbol) -> Bool {
    switch symbol.kind {
    case .lexed(.keyword): symbol.text == text && !symbol.isWord
    case .lexed(.name), .lexed(.punctuation): symbol.text == text
    default: false
    }
  }
}

import JanusSyntax

/// The words of the language, as arguments of tests.
enum Keywords {
  static let all = Keyword.allCases.map(\.rawValue)
  static let contextual = ContextualWord.allCases.map(\.rawValue)
}

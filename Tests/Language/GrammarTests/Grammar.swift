/// A grammar in EBNF, as it is read from `Grammar/janus.ebnf`.
struct Grammar {
  /// What may stand in a rule.
  indirect enum Term {
    /// A quoted terminal.
    case literal(String)
    /// A class of tokens or a condition: a name in capitals.
    case token(String)
    case rule(String)
    case sequence([Term])
    case choice([Term])
    case optional(Term)
    case repetition(Term)
  }

  private(set) var rules: [String: Term] = [:]
  /// The names of the rules in the order of the file.
  private(set) var order: [String] = []

  /// The terms of a term, itself included, from left to right.
  static func visit(_ term: Term, _ body: (Term) -> Void) {
    body(term)
    switch term {
    case .literal, .token, .rule: break
    case .sequence(let terms), .choice(let terms): for term in terms { visit(term, body) }
    case .optional(let term), .repetition(let term): visit(term, body)
    }
  }

  /// All terms of all rules.
  var terms: [Term] {
    var all: [Term] = []
    for name in order { if let term = rules[name] { Self.visit(term) { all.append($0) } } }
    return all
  }

  mutating func define(_ name: String, _ term: Term) throws {
    guard rules[name] == nil else { throw GrammarError(text: "`\(name)` is defined twice") }
    rules[name] = term
    order.append(name)
  }
}

struct GrammarError: Error, CustomStringConvertible {
  var text: String
  var description: String { text }
}

/// Reads EBNF.
struct GrammarReader {
  private var characters: [Character]
  private var index = 0

  static func read(_ text: String) throws -> Grammar {
    var reader = GrammarReader(characters: Array(text))
    var grammar = Grammar()
    while let name = try reader.name() {
      try reader.expect("=")
      let term = try reader.choice()
      try reader.expect(";")
      try grammar.define(name, term)
    }
    guard try reader.peek() == nil else { throw reader.error("expected a rule") }
    return grammar
  }

  private init(characters: [Character]) { self.characters = characters }

  private mutating func choice() throws -> Grammar.Term {
    var choices = [try sequence()]
    while try accept("|") { choices.append(try sequence()) }
    return choices.count == 1 ? choices[0] : .choice(choices)
  }

  private mutating func sequence() throws -> Grammar.Term {
    var terms: [Grammar.Term] = []
    while let term = try factor() { terms.append(term) }
    guard !terms.isEmpty else { throw error("expected a term") }
    return terms.count == 1 ? terms[0] : .sequence(terms)
  }

  private mutating func factor() throws -> Grammar.Term? {
    switch try peek() {
    case "\"": return .literal(try quoted())
    case "[": return .optional(try bracketed("[", "]"))
    case "{": return .repetition(try bracketed("{", "}"))
    case "(": return try bracketed("(", ")")
    default:
      guard let name = try name() else { return nil }
      return name.first?.isUppercase == true ? .token(name) : .rule(name)
    }
  }

  private mutating func bracketed(_ open: Character, _ close: Character) throws -> Grammar.Term {
    try expect(open)
    let term = try choice()
    try expect(close)
    return term
  }

  private mutating func quoted() throws -> String {
    index += 1
    var text = ""
    while index < characters.count, characters[index] != "\"" {
      text.append(characters[index])
      index += 1
    }
    guard index < characters.count, !text.isEmpty else { throw error("an open quote") }
    index += 1
    return text
  }

  private mutating func name() throws -> String? {
    guard let first = try peek(), first.isLetter else { return nil }
    var text = ""
    while index < characters.count, characters[index].isLetter || characters[index] == "_" {
      text.append(characters[index])
      index += 1
    }
    return text
  }

  private mutating func accept(_ character: Character) throws -> Bool {
    guard try peek() == character else { return false }
    index += 1
    return true
  }

  private mutating func expect(_ character: Character) throws {
    guard try accept(character) else { throw error("expected `\(character)`") }
  }

  /// The next character that is neither white space nor in a comment.
  private mutating func peek() throws -> Character? {
    while index < characters.count {
      if characters[index].isWhitespace {
        index += 1
      } else if characters[index] == "(", index + 1 < characters.count,
        characters[index + 1] == "*"
      {
        try skipComment()
      } else {
        return characters[index]
      }
    }
    return nil
  }

  private mutating func skipComment() throws {
    index += 2
    while index + 1 < characters.count {
      if characters[index] == "*", characters[index + 1] == ")" {
        index += 2
        return
      }
      index += 1
    }
    throw error("an open comment")
  }

  private func error(_ text: String) -> GrammarError {
    let line = 1 + characters.prefix(index).count { $0.isNewline }
    return GrammarError(text: "line \(line): \(text)")
  }
}

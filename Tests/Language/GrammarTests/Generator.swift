/// Makes sentences of a grammar at random: the same seed, the same sentences.
struct Generator {
  private let grammar: Grammar
  private var state: UInt64
  /// The least height of a tree below each rule.
  private var heights: [String: Int] = [:]
  private var pieces: [String] = []
  private var glue = " "
  private var size = 0
  private var holes = 0
  /// The rules that are being written, outermost first.
  private var rules: [String] = []

  init(_ grammar: Grammar, seed: UInt64) {
    self.grammar = grammar
    state = seed
    var hasChanged = true
    while hasChanged {
      hasChanged = false
      for name in grammar.order {
        guard let term = grammar.rules[name], let height = height(of: term) else { continue }
        if heights[name] != height + 1 {
          heights[name] = height + 1
          hasChanged = true
        }
      }
    }
  }

  /// A sentence of about `size` tokens below a rule.
  mutating func sentence(_ rule: String, size: Int) -> String {
    pieces = []
    glue = ""
    holes = 0
    self.size = size
    write(.rule(rule), 0)
    return pieces.joined()
  }

  /// SplitMix64.
  private mutating func random(_ bound: Int) -> Int {
    state &+= 0x9E37_79B9_7F4A_7C15
    var bits = state
    bits = (bits ^ (bits >> 30)) &* 0xBF58_476D_1CE4_E5B9
    bits = (bits ^ (bits >> 27)) &* 0x94D0_49BB_1331_11EB
    return Int((bits ^ (bits >> 31)) % UInt64(bound))
  }

  private mutating func pick(_ texts: [String]) -> String { texts[random(texts.count)] }

  private func height(of term: Grammar.Term) -> Int? {
    switch term {
    case .literal, .token, .optional, .repetition: return 0
    case .rule(let name): return heights[name]
    case .choice(let terms): return terms.compactMap { height(of: $0) }.min()
    case .sequence(let terms):
      var tallest = 0
      for term in terms {
        guard let height = height(of: term) else { return nil }
        tallest = max(tallest, height)
      }
      return tallest
    }
  }

  private mutating func write(_ term: Grammar.Term, _ depth: Int) {
    let isFull = pieces.count >= size || depth > 60 || holes > 0
    switch term {
    case .literal(let text): append(text)
    case .token(let name): token(name)
    case .rule(let name):
      guard let term = grammar.rules[name] else { return }
      rules.append(name)
      write(term, depth + 1)
      rules.removeLast()
    case .sequence(let terms): sequence(terms, depth)
    case .choice(let terms):
      guard isFull else { return write(terms[random(terms.count)], depth) }
      if let least = terms.min(by: { height(of: $0) ?? 99 < height(of: $1) ?? 99 }) {
        write(least, depth)
      }
    case .optional(let term): if !isFull, random(2) == 0 { write(term, depth) }
    case .repetition(let term):
      var turns = isFull || !mayRepeat(term) ? 0 : [0, 0, 0, 1, 1, 2][random(6)]
      while turns > 0 {
        write(term, depth)
        turns -= 1
      }
    }
  }

  /// Rules whose brackets or arms give the comma to what is around a call.
  private static let brackets: Set<String> = [
    "arm", "arguments", "bar_parameters", "case", "channel_case", "field", "head_primary", "index",
    "interpolation", "map", "primary", "signature",
  ]

  /// Further arguments follow only where a comma belongs to the call.
  private func mayRepeat(_ term: Grammar.Term) -> Bool {
    guard case .sequence(let terms) = term, case .token("MORE")? = terms.first else { return true }
    return rules.last { $0 == "body" || Self.brackets.contains($0) } == "body"
  }

  private mutating func sequence(_ terms: [Grammar.Term], _ depth: Int) {
    var index = 0
    while index < terms.count {
      if case .token(let name) = terms[index], Self.begins[name] != nil, index + 1 < terms.count {
        retry(name, terms[index + 1], depth)
        index += 2
      } else {
        write(terms[index], depth)
        index += 1
      }
    }
  }

  /// Conditions that need a certain first token, with one that always does.
  private static let begins = ["ARGUMENT": "x", "NO_BRACE": "x"]

  /// Tries until the first token is one that may stand there.
  private mutating func retry(_ condition: String, _ term: Grammar.Term, _ depth: Int) {
    let saved = (pieces.count, glue)
    for _ in 0..<24 {
      write(term, depth)
      if pieces.count > saved.0, holds(condition, before: pieces[saved.0]) { return }
      pieces.removeSubrange(saved.0...)
      glue = saved.1
    }
    append(Self.begins[condition] ?? "x")
  }

  private func holds(_ condition: String, before piece: String) -> Bool {
    let text = piece.drop { $0 == " " }
    if condition == "NO_BRACE" { return text != "{" }
    guard piece.first == " ", let first = text.first else { return false }
    if first.isLetter || first == "_" {
      return ![
        "try", "spawn", "nursery", "within", "using", "select",
      ].contains(String(text))
    }
    return first.isNumber || "\"$".contains(first) || text == "."
  }

  private mutating func append(_ text: String) {
    pieces.append(glue + text)
    glue = " "
  }

  private static let words = ["end", "match", "for", "use", "test", "in", "true", "do"]
  private static let names = ["a", "b", "count", "items", "value", "x1", "_hidden", "isReady"]
  private static let types = ["Point", "Shape", "Red", "Refused", "T"]

  private mutating func token(_ name: String) {
    switch name {
    case "TIGHT": glue = ""
    case "BREAK": glue = "\n"
    case "INLINE", "MORE": break
    case "NO_BAR": glue = "\n"
    case "NEWLINE":
      pieces.append("\n")
      glue = ""
    case "NAME": append(pick(Self.names))
    case "CAPITAL": append(pick(Self.types))
    case "CONSTANT": append(pick(["LIMIT", "N_1"]))
    case "WILDCARD": append("_")
    case "KEYWORD": append(pick(Self.words))
    case "WORD": append(pick(Self.names + Self.types + Self.words))
    case "NATIVE": append("native")
    case "ANY": append("any")
    case "RECEIVE": append("recv")
    case "SEND": append("send")
    case "INTEGER": append(pick(["0", "42", "1_000", "0xff", "0b1010", "0o17"]))
    case "FLOAT": append(pick(["1.5", "1e-9"]))
    case "DURATION": append(pick(["250ms", "1.5h", "2s"]))
    case "STRING": append(pick(["\"text\"", "'text'", "\"a\\n\\u{1F600}\""]))
    case "TEXT_BLOCK": append("\"\"\"\n  text\n  \"\"\"")
    case "BYTES": append("b\"bytes\\x00\"")
    case "TEXT": append(pick(["text", "\\{"]))
    case "FORMAT":
      append(pick([":>8", ":.2f", ":x"]))
      glue = ""
    case "TEXT_BEGIN":
      holes += 1
      append("$\"")
    default:
      holes -= 1
      append("\"")
    }
  }
}

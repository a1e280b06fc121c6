import JanusSyntax

/// Finds the line breaks that end something, as §1 of the language says: the innermost bracket
/// decides, and a line may continue the one before. It knows tokens and brackets, not the parser.
struct Layout {
  static func symbols(_ tokens: [TokenSummary]) -> [Symbol] {
    var layout = Layout(tokens)
    for index in tokens.indices { layout.place(index) }
    layout.output.append(.end)
    return layout.output
  }

  /// A bracket or block that is open.
  private struct Level {
    enum Kind { case free, text, bars, block, arms, cases }
    var kind: Kind
    var closer: String
    /// The block of an `if`: an `else` may follow.
    var isChain = false
    /// After `else if` and before `else do`: the next `do` opens nothing new.
    var awaitsBranch = false
    /// Words whose block has not begun yet.
    var heads: [String] = []
    var isUse = false
    /// What the bars belong to.
    var owner = BarOwner.closure
    /// The last `}` or `end` closed an `if`.
    var hasClosedChain = false
  }

  private enum BarOwner { case closure, handler, trailing }

  private var tokens: [Symbol]
  private var output: [Symbol] = []
  private var levels = [Level(kind: .block, closer: "")]
  /// The owner of the bars that the symbol before closed.
  private var closedBars: BarOwner?

  private init(_ tokens: [TokenSummary]) {
    self.tokens = tokens.map(Symbol.init)
    output.reserveCapacity(tokens.count * 5 / 4)
  }

  private var level: Level {
    get { levels[levels.count - 1] }
    set { levels[levels.count - 1] = newValue }
  }

  private func token(_ index: Int) -> Symbol {
    index < tokens.count ? tokens[index] : .end
  }

  private mutating func place(_ index: Int) {
    if tokens[index].kind == .lexed(.keyword), isName(index) { tokens[index].isWord = true }
    let symbol = tokens[index]
    if symbol.isAfterNewline, index > 0, isLineMode, !continues(index) {
      output.append(.newline)
      endLine()
    }
    let bars = closedBars
    closedBars = nil
    switch symbol.kind {
    case .lexed(.textBegin): levels.append(Level(kind: .text, closer: ""))
    case .lexed(.textEnd): if level.kind == .text { levels.removeLast() }
    case .lexed(.keyword) where !symbol.isWord: word(index)
    case .lexed(.punctuation): punctuation(index, bars)
    default: break
    }
    output.append(tokens[index])
  }

  private var isLineMode: Bool {
    switch level.kind {
    case .free, .text, .bars: false
    case .block, .arms, .cases: true
    }
  }

  private mutating func endLine() {
    level.heads = []
    level.isUse = false
    closedBars = nil
  }

  /// After `.` and before `:` any word is a name, and so is that of a method.
  private func isName(_ index: Int) -> Bool {
    if index > 0, [".", "?."].contains(where: { tokens[index - 1].isPunctuation($0) }) {
      return true
    }
    if index > 0, tokens[index - 1].isKeyword("func"), token(index + 1).isPunctuation("(") {
      return true
    }
    return token(index + 1).isPunctuation(":") && !token(index + 1).isAfterNewline
  }

  // MARK: - Continued lines

  private static let infix: Set<String> = [
    "+", "-", "*", "/", "%", "**", "+%", "-%", "*%", "&", "|", "^", "<<", ">>", ">>>", "==", "!=",
    "<", "<=", ">", ">=", "..", "..<", "??", "|>", "=", ":=", "+=", "-=", "*=", "/=", "%=", "&=",
    "|=", "^=", "<<=", ">>=", "??=",
  ]
  private static let open: Set<String> = [
    ",", ".", "?.", ":", "=>", "->", "(", "[", "{",
  ]

  /// Whether the line of a token goes on with the line before it.
  private func continues(_ index: Int) -> Bool {
    let before = tokens[index - 1]
    if before.kind == .lexed(.punctuation), closedBars == nil {
      if Self.infix.contains(before.text) || Self.open.contains(before.text) { return true }
    } else if before.kind == .lexed(.keyword), !before.isWord,
      ["and", "or", "in", "is", "catch", "do"].contains(before.text)
    {
      return true
    }
    let symbol = tokens[index]
    switch symbol.kind {
    case .lexed(.punctuation):
      if symbol.text == "." { return !token(index + 1).isCapital }
      if symbol.text == "?." { return true }
      if level.kind == .arms, symbol.text.hasPrefix("..") { return false }
      return symbol.text != "-" && symbol.text != "|" && Self.infix.contains(symbol.text)
    case .lexed(.keyword) where !symbol.isWord:
      switch symbol.text {
      case "in", "is", "catch", "or": return true
      case "and": return !token(index + 1).isString
      case "else":
        return before.isPunctuation("}") && level.hasClosedChain
          && !token(index + 1).isPunctuation("=>") && !token(index + 1).isKeyword("when")
      default: return false
      }
    default: return false
    }
  }

  // MARK: - Words

  private mutating func word(_ index: Int) {
    let next = token(index + 1)
    let text = tokens[index].text
    switch text {
    case "if", "while", "match", "within", "using", "struct", "enum", "trait", "impl", "nursery",
      "select":
      level.heads.append(text)
    case "for": if level.heads.last != "impl" { level.heads.append(text) }
    case "when": if level.kind == .arms { level.heads.append(text) }
    case "error": if next.isCapital, !next.isAfterNewline { level.heads.append(text) }
    case "func":
      if next.isPunctuation("(") || next.kind == .lexed(.name) || next.kind == .lexed(.keyword) {
        level.heads.append(text)
      }
    case "use": level.isUse = true
    case "else":
      if level.isChain, level.closer == "end", !next.isAfterNewline {
        level.awaitsBranch = next.isKeyword("if") || next.isKeyword("do")
      } else if level.hasClosedChain, next.isPunctuation("{") {
        level.heads.append("if")
      }
    case "do":
      if level.awaitsBranch {
        level.awaitsBranch = false
        _ = level.heads.popLast()
      } else {
        openBlock("end")
      }
    case "end": close("end")
    default: break
    }
  }

  private mutating func openBlock(_ closer: String) {
    let head = level.heads.popLast()
    let kind: Level.Kind = head == "match" ? .arms : head == "select" ? .cases : .block
    levels.append(Level(kind: kind, closer: closer, isChain: head == "if"))
  }

  private mutating func close(_ closer: String) {
    guard let index = levels.lastIndex(where: { $0.closer == closer }) else { return }
    let isChain = levels[index].isChain
    levels.removeSubrange(index...)
    level.hasClosedChain = isChain
  }

  // MARK: - Brackets

  private mutating func punctuation(_ index: Int, _ bars: BarOwner?) {
    let text = tokens[index].text
    switch text {
    case "(": levels.append(Level(kind: .free, closer: ")"))
    case "[": levels.append(Level(kind: .free, closer: "]"))
    case ")", "]", "}": close(text)
    case "{": brace(index, bars)
    case "|": bar(index)
    case "||": if awaitsOperand(index) { closedBars = owner(index) }
    case ";": endLine()
    case ",":
      if level.heads.last == "func" { level.heads.removeLast() }
      tokens[index].endsArguments = !isLineMode || level.kind == .arms && beginsArm(index)
    case "=>": if level.heads.last == "when" { level.heads.removeLast() }
    default: break
    }
  }

  /// Whether an arm, or the end of the arms, follows a comma.
  private func beginsArm(_ comma: Int) -> Bool {
    var index = comma + 1
    while index < tokens.count {
      let symbol = tokens[index]
      let isFirst = index == comma + 1
      if !isFirst, symbol.isAfterNewline { return false }
      if symbol.isPunctuation("=>") || symbol.isPunctuation("}") { return true }
      if symbol.isKeyword("end") { return isFirst }
      if symbol.isKeyword("do") || symbol.isPunctuation(",") || symbol.isPunctuation(";") {
        return false
      }
      let opens = ["(", "[", "{"].contains { symbol.isPunctuation($0) }
      index = opens ? pastBrackets(index) : index + 1
    }
    return false
  }

  private mutating func bar(_ index: Int) {
    if level.kind == .bars {
      closedBars = level.owner
      levels.removeLast()
    } else if awaitsOperand(index) {
      levels.append(Level(kind: .bars, closer: "", owner: owner(index)))
    }
  }

  private func owner(_ index: Int) -> BarOwner {
    guard index > 0 else { return .closure }
    if tokens[index - 1].isKeyword("catch") { return .handler }
    return tokens[index - 1].isKeyword("do") ? .trailing : .closure
  }

  /// Whether an operand, not an operator, is due at a token.
  private func awaitsOperand(_ index: Int) -> Bool {
    guard let before = output.last else { return true }
    switch before.kind {
    case .newline: return true
    case .end: return false
    case .lexed(.punctuation): return ![")", "]", "}", "?"].contains(before.text)
    case .lexed(.keyword):
      return !before.isWord
        && !["end", "true", "false", "null", "error", "func"].contains(before.text)
    case .lexed(.name): return before.text == "case" && level.kind == .cases
    case .lexed: return false
    }
  }

  private mutating func brace(_ index: Int, _ bars: BarOwner?) {
    if level.kind == .text || level.isUse { return levels.append(Level(kind: .free, closer: "}")) }
    let before = output.last
    if let bars {
      let isMap = bars == .trailing || bars == .closure && opensMap(index)
      return isMap ? levels.append(Level(kind: .free, closer: "}")) : openBlock("}")
    }
    guard awaitsOperand(index) else {
      let isFields = before?.isCapital == true && level.heads.isEmpty
      return isFields ? levels.append(Level(kind: .free, closer: "}")) : openBlock("}")
    }
    switch before?.text {
    case "catch" where before?.isKeyword("catch") == true:
      levels.append(Level(kind: .arms, closer: "}"))
    case "nursery", "select", "defer", "spawn": openBlock("}")
    case "return" where !level.heads.isEmpty: openBlock("}")
    case "else" where level.heads.last == "if": openBlock("}")
    case "=>", "else":
      if opensMap(index) {
        levels.append(Level(kind: .free, closer: "}"))
      } else {
        openBlock("}")
      }
    default: levels.append(Level(kind: .free, closer: "}"))
    }
  }

  /// Whether `}`, `..` or `key:` follows a brace.
  private func opensMap(_ index: Int) -> Bool {
    let first = token(index + 1)
    switch first.kind {
    case .lexed(.punctuation):
      switch first.text {
      case "}", "..": return true
      case "-": return token(index + 3).isPunctuation(":")
      case "[": return token(pastBrackets(index + 1)).isPunctuation(":")
      default: return false
      }
    case .lexed(.name), .lexed(.keyword):
      let isLoop = token(index + 3).isKeyword("for") || token(index + 3).isKeyword("while")
      return token(index + 2).isPunctuation(":") && !isLoop
    default: return token(index + 2).isPunctuation(":")
    }
  }

  private func pastBrackets(_ index: Int) -> Int {
    var open = 0
    for place in index..<tokens.count {
      if ["(", "[", "{"].contains(where: { tokens[place].isPunctuation($0) }) { open += 1 }
      if [")", "]", "}"].contains(where: { tokens[place].isPunctuation($0) }) { open -= 1 }
      if open == 0 { return place + 1 }
    }
    return tokens.count
  }
}

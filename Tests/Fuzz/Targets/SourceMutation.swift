import JanusSyntax

/// Changes a program by tokens and lines, so that much of it still parses.
struct SourceMutation {
  private let bytes: [UInt8]
  private var random: FuzzRandom

  init(_ bytes: [UInt8], seed: UInt64) {
    self.bytes = bytes
    random = FuzzRandom(seed: seed)
  }

  /// The keywords, and what else programs are made of.
  static let words: [String] =
    Keyword.allCases.map(\.rawValue) + ContextualWord.allCases.map(\.rawValue) + [
      "a", "b", "self", "_", "x", "Foo", ".Bar", "0", "1", "-1", "2.5", "1e308", "0xff",
      "9_223_372_036_854_775_807", "1s", "250ms", "\"s\"", "'t'", "b\"y\"", "$\"{a:>8.2f}\"",
      "\"\"\"\n", "(", ")", "[", "]", "{", "}", ",", ";", ":", ".", "?.", "->", "=>", "|", "||",
      "+", "-", "*", "/", "%", "**", "&", "^", "~", "<<", ">>", ">>>", "+%", "-%", "*%", "==",
      "!=", "<", "<=", ">", ">=", "..", "..<", "??", "|>", "=", "+=", "??=", "?", "!", "||=",
      "//", "/*", "*/", "\n", "print ", "write ", "print(", "len()", ".map(|x| x)", ".push(1)",
      ".sort(|a, b| a < b)", "channel(1)", ".send(1)", ".recv()", ".close()", "await ",
      "spawn ", "nursery do\n", "end\n", "within 1ms do\n", "fail \"x\"", "catch |e| e",
      "defer ", "for i in 0..9 do\n", "while true do\n", "match x {", "_ => 0 }", "..a",
      "func f(a, b = 1, ..c) do\n", "|a| do ", "use std.math", "use std.json", "json.parse(",
      "json.text(", "int(", "float(", "string(", "true", "null", "error E { A }", "E.A",
      "struct P { x: int }", "P { x: 1 }", "enum S { A(r: int), B }", "impl P {",
      "trait T { func t(self) }", ": int", ": [int]?", "-> int", "is int", "not in",
    ]

  /// One to four changes.
  mutating func text() -> [UInt8] {
    var text = bytes
    for _ in 0..<random.below(4) + 1 { text = changed(text) }
    return text
  }

  /// Lines of another text put among these.
  mutating func spliced(with other: [UInt8]) -> [UInt8] {
    var lines = Self.lines(bytes)
    let others = Self.lines(other)
    guard !others.isEmpty else { return bytes }
    let first = random.below(others.count)
    let count = min(others.count - first, 1 + random.below(12))
    lines.insert(contentsOf: others[first..<first + count], at: random.below(lines.count + 1))
    return Array(lines.joined())
  }

  private static func lines(_ text: [UInt8]) -> [ArraySlice<UInt8>] {
    var lines: [ArraySlice<UInt8>] = []
    var start = 0
    for index in text.indices where text[index] == UInt8(ascii: "\n") {
      lines.append(text[start...index])
      start = index + 1
    }
    if start < text.count { lines.append(text[start...]) }
    return lines
  }

  /// Where the tokens lie.
  private static func tokens(_ text: [UInt8]) -> [Range<Int>] {
    text.withUnsafeBufferPointer { source in
      var lexer = Lexer(source: source, diagnostics: [])
      var tokens: [Range<Int>] = []
      while true {
        let token = lexer.next()
        if token.kind == .endOfText { return tokens }
        tokens.append(Int(token.start)..<Int(token.end))
      }
    }
  }

  private mutating func changed(_ text: [UInt8]) -> [UInt8] {
    random.below(3) == 0 ? changedLines(text) : changedTokens(text)
  }

  private mutating func changedLines(_ text: [UInt8]) -> [UInt8] {
    var lines = Self.lines(text)
    guard !lines.isEmpty else { return text }
    let first = random.below(lines.count)
    let range = first..<min(lines.count, first + 1 + random.below(4))
    switch random.below(3) {
    case 0: lines.removeSubrange(range)
    case 1: lines.insert(contentsOf: lines[range], at: random.below(lines.count + 1))
    default:
      let taken = lines[range]
      lines.removeSubrange(range)
      lines.insert(contentsOf: taken, at: random.below(lines.count + 1))
    }
    return Array(lines.joined())
  }

  private mutating func changedTokens(_ text: [UInt8]) -> [UInt8] {
    let tokens = Self.tokens(text)
    guard !tokens.isEmpty else { return Array(random.pick(Self.words).utf8) }
    let first = random.below(tokens.count)
    let last = min(tokens.count - 1, first + random.below(3))
    let range = tokens[first].lowerBound..<tokens[last].upperBound
    var text = text
    switch random.below(5) {
    case 0: text.replaceSubrange(range, with: random.pick(Self.words).utf8)
    case 1:
      text.insert(
        contentsOf: Array((" " + random.pick(Self.words) + " ").utf8),
        at: range.upperBound
      )
    case 2: text.removeSubrange(range)
    default:
      let start = random.below(tokens.count)
      let end = min(tokens.count - 1, start + random.below(6))
      let copied = Array(text[tokens[start].lowerBound..<tokens[end].upperBound])
      text.replaceSubrange(range, with: copied)
    }
    return text
  }
}

import JanusSource
import JanusSyntax
import Testing

/// Parsing is total: whatever the bytes, it ends, with a tree whose spans lie in the text.
struct FuzzTests {
  @Test func randomBytes() {
    var random = SplitMix(state: 1)
    for _ in 0..<4_000 {
      let count = Int(random.next() % 200)
      check((0..<count).map { _ in UInt8(truncatingIfNeeded: random.next() >> 8) })
    }
  }

  @Test func randomPrintableBytes() {
    var random = SplitMix(state: 2)
    let letters = Array("ab1 .,:;(){}[]|\"'$\\\n=<>!?+-*/%&^~_#@do".utf8)
    for _ in 0..<4_000 {
      let count = Int(random.next() % 160)
      check((0..<count).map { _ in letters[Int(random.next() % UInt64(letters.count))] })
    }
  }

  @Test func randomTokens() {
    var random = SplitMix(state: 3)
    let words = Self.words
    for _ in 0..<10_000 {
      var text = ""
      for _ in 0..<random.next() % 60 {
        text += words[Int(random.next() % UInt64(words.count))]
        if random.next() % 4 != 0 { text += random.next() % 5 == 0 ? "\n" : " " }
      }
      check(Array(text.utf8))
    }
  }

  @Test func programsWithOneByteChanged() {
    var random = SplitMix(state: 4)
    let program = Array(Self.program.utf8)
    for _ in 0..<2_000 {
      var bytes = program
      let index = Int(random.next() % UInt64(bytes.count))
      switch random.next() % 3 {
      case 0: bytes.remove(at: index)
      case 1: bytes[index] = UInt8(truncatingIfNeeded: random.next() % 128)
      default: bytes.removeSubrange(index...)
      }
      check(bytes)
    }
  }

  private func check(_ bytes: [UInt8]) {
    let parsing = Parsing(bytes)
    let tree = parsing.tree
    let end = UInt32(bytes.count)
    let isSound =
      tree.nodes.allSatisfy { $0.start <= $0.end && $0.end <= end } && tree.root >= 0
      && parsing.diagnostics.allSatisfy { $0.span.start <= $0.span.end && $0.span.end <= end }
      && (!TreeDump(tree).text.isEmpty)
      && parsing.diagnostics.allSatisfy { $0.fix.map { $0.span.end <= end } ?? true }
    #expect(isSound, "\(String(decoding: bytes, as: UTF8.self))")
  }

  private static let words: [String] =
    Keyword.allCases.map(\.rawValue) + ContextualWord.allCases.map(\.rawValue) + [
      "a", "b", "Foo", "_", "x", "f", "1", "2.5", "1s", "0xff", "\"s\"", "'t'", "b\"y\"",
      "$\"{a}\"",
      "$\"a{", "\"\"\"\n", "(", ")", "[", "]", "{", "}", ",", ";", ":", ".", "?.", "->", "=>", "|",
      "||",
      "+", "-", "*", "/", "%", "**", "&", "^", "~", "<<", ">>", "==", "!=", "<", "<=", "..", "..<",
      "??",
      "|>", "=", ":=", "+=", "??=", "?", "!", "&&", "++", "--", "===", "...", "::", "#", "@",
      "//c\n",
      "/*", "*/", "nil", "elif", "def", "fn", "class", "import", "switch", "try", "native", "new",
      "do",
      "end", "end", "do", "{", "}", "(", ")",
    ]

  private static let program = """
    use std.json as j
    struct P { x: float, y: float = 0.0 }
    enum S { A(r: float), B }
    impl P { func len(self) -> float ! E do (self.x ** 2) ** 0.5 end }
    func main(args, n: int = 2, ..rest) do
        let [a, ..b] = args
        outer: for i, x in a do
            if x > 1 and not (x in b) do
                print "a", $"{x:.2f} and {b[1..]}"
            else if x == .B do
                break outer when i == 2
            else
                items.each do |y| log.info(y, k: { a: 1, ..m }) end
            end
        end
        match x { 1..9 | "a" => 1, .A(r) when r > 1 => { r }, { k: v } => v, _ => fail "x" }
        f(x) catch { S.A(r) => r, _ => return }
        select do case m = ch.recv() do m end timeout(1s) do 2 end end
    end
    """
}

/// A generator with a seed, so that a failure can be repeated.
private struct SplitMix {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var value = state
    value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
    value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
    return value ^ (value >> 31)
  }
}

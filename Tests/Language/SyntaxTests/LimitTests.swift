import Foundation
import JanusSource
import JanusSyntax
import Testing

/// No text costs the parser more stack, time or memory than it may (language.md §1).
struct LimitTests {
  /// Constructs that nest: what opens a level, and what stands before the first.
  static let nests: [(String, String)] = [
    ("", "("), ("", "["), ("", "f("), ("", "a["), ("x = ", "{ a: "), ("x = ", "{ [a]: { [b]: "),
    ("", "-"), ("", "not "),
    ("", "try "), ("", "await "), ("", "spawn "), ("x = 2", " ** 2"), ("", "if a do "),
    ("", "if a { "), ("", "if "),
    ("", "while a do "), ("", "for a in b do "), ("", "match "), ("", "match a { _ => "),
    ("", "func f() do "),
    ("x = ", "func() do "), ("x = ", "|x| "), ("", "f do |x| "), ("", "nursery do "),
    ("", "within "), ("", "using a := "),
    ("", "select do case a.recv() do "), ("a", " catch |e| a"), ("a", " catch { _ => a"),
    ("a", " ?? return a"),
    ("", "$\"{"), ("", "$\"\"\"\n{"), ("let x: ", "list["), ("let x: ", "? "),
    ("let x: ", "() -> "), ("let ", "["),
    ("match x {", "{ a: "), ("match x {", ".A("), ("", "impl A { func a() do "),
    ("", "test \"a\" do "), ("x = ", "a ? "),
    ("x = ", "!"), ("f(", "(a, b) => "), ("func f(", "a = func("), ("", "{"), ("", "do "),
    ("", "a b do "), ("", "try { "),
    ("", "(a = "), ("", "f ("), ("", "if A { "),
    ("x = ", "a or b and not c == d ?? e |> f .. g | h ^ i & j << k + l * m ** ("),
  ]

  @Test(arguments: nests.indices)
  func deepNestingFitsIntoASmallStack(index: Int) throws {
    let (head, level) = Self.nests[index]
    let text = head + String(repeating: level, count: 5_000)
    let parsing = try onThread(stackByteCount: 512 << 10) { Parsing(text) }
    let isIncomplete = parsing.tree.isIncomplete
    #expect(parsing.codes.contains("J0212"), "\(head)\(level)")
    #expect(!isIncomplete)
  }

  @Test(arguments: [
    " + a", " and a", " ?? a", " |> f()", ".a", "()", "[0]", "?.a", " or a", " ^ a", " catch a",
  ])
  func longChainsAreRefusedWithoutRecursion(link: String) throws {
    let text = "x = a" + String(repeating: link, count: 100_000)
    let parsing = try onThread(stackByteCount: 512 << 10) { Parsing(text) }
    #expect(parsing.diagnostics.contains { $0.code == .nestingTooDeep })
  }

  @Test(arguments: [" + a", " and a", ".a", "()", " |> f()"])
  func chainsOfAThousandLinksAreFine(link: String) {
    #expect(Parsing("x = a" + String(repeating: link, count: 1_000)).codes == "")
  }

  @Test func manyShortChainsAreNoLongChain() {
    let list = "x = [" + String(repeating: "a + b + c.d.e, ", count: 10_000) + "]"
    #expect(Parsing(list).codes == "")
  }

  @Test func aHundredNestedBracketsAreFine() {
    let text = String(repeating: "[", count: 100) + String(repeating: "]", count: 100)
    #expect(Parsing(text).codes == "")
  }

  @Test func aHundredThousandStatementsAreFine() {
    #expect(Parsing(String(repeating: "x = f(1)\n", count: 100_000)).codes == "")
  }

  @Test func tooMuchTextIsRefusedUnread() {
    let parsing = Parsing([UInt8](repeating: 0x20, count: 64 << 20 + 1))
    #expect(parsing.codes == "J0217")
    #expect(parsing.tree.items(parsing.tree[parsing.tree.root].a).isEmpty)
  }

  @Test func diagnosticsAreBounded() {
    #expect(Parsing(String(repeating: "let 5 = 1\n", count: 5_000)).diagnostics.count == 1_000)
  }
}

/// Runs work on a thread with a stack of its own size.
private func onThread<Value: Sendable>(
  stackByteCount: Int, _ work: @escaping @Sendable () -> Value
) throws -> Value {
  let box = Box<Value>()
  let done = DispatchSemaphore(value: 0)
  let thread = Thread {
    box.value = work()
    done.signal()
  }
  thread.stackSize = stackByteCount
  thread.start()
  done.wait()
  return try #require(box.value)
}

private final class Box<Value>: @unchecked Sendable {
  var value: Value?
}

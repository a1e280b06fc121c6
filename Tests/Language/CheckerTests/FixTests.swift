import JanusSource
import JanusTestSupport
import Testing

@Suite struct FixTests {
  @Test(arguments: CheckedProgram.all)
  func exactFixesLeaveAProgramThatIsNoWorse(_ program: CheckedProgram) throws {
    let name = Repository.path(program.path)
    var bytes = try Repository.bytes(program.path)
    let errors = Checking(bytes, name: name).errors.count
    var rounds = 0
    while rounds < 10 {
      guard let next = fixed(bytes, name) else { break }
      #expect(Checking(next, name: name).errors.count <= errors)
      bytes = next
      rounds += 1
    }
    // What is fixed stays fixed: nothing exact is left to do.
    #expect(rounds < 10)
    #expect(fixed(bytes, name) == nil)
  }

  /// The text with its fixes applied; nil when there is none.
  private func fixed(_ bytes: [UInt8], _ name: String) -> [UInt8]? {
    let findings = Checking(bytes, name: name).findings.filter { $0.file.name == name }
    guard let finding = findings.first else { return nil }
    let fixed = FixedText(finding.file, diagnostics: finding.diagnostics)
    return fixed.applied.isEmpty ? nil : fixed.bytes
  }

  struct Case: Sendable, CustomTestStringConvertible {
    var before: String
    var after: String
    var testDescription: String { before }
  }

  static let cases: [Case] = [
    Case(before: "let a = 1\na = 2\nprint(a)\n", after: "var a = 1\na = 2\nprint(a)\n"),
    Case(before: "a := 1\na = 2\nprint(a)\n", after: "var a = 1\na = 2\nprint(a)\n"),
    Case(before: "use std.math\nprint(1)\n", after: "print(1)\n"),
    Case(before: "let lost = 1\n", after: "let _lost = 1\n"),
    Case(
      before: "let { a, b } = { a: 1, b: 2 }\nprint(a)\n",
      after: "let { a, b: _ } = { a: 1, b: 2 }\nprint(a)\n"),
    Case(
      before: "for i in 1..3 do\n    print(1)\nend\n",
      after: "for _i in 1..3 do\n    print(1)\nend\n"),
    Case(
      before: "x: for i in 1..3 do print(i) end\n", after: "for i in 1..3 do print(i) end\n"),
    Case(
      before: "error E { A }\nfunc f() -> int ! E do 1 end\nprint(f())\n",
      after: "error E { A }\nfunc f() -> int ! E do 1 end\nprint(try f())\n"),
    Case(before: "let n = len(\"a\")\nprint(n ?? 0)\n", after: "let n = len(\"a\")\nprint(n)\n"),
    Case(
      before: "let s = \"a\"\nprint(s?.upper())\n", after: "let s = \"a\"\nprint(s.upper())\n"),
    Case(before: "let s = \"a\"\nprint(s.upper)\n", after: "let s = \"a\"\nprint(s.upper())\n"),
    // A fix that is a guess stays a proposal.
    Case(
      before: "let count = 1\nprint(coutn, count)\n",
      after: "let count = 1\nprint(coutn, count)\n"),
  ]

  @Test(arguments: cases)
  func anExactFixIsApplied(_ test: Case) {
    var bytes = Array(test.before.utf8)
    while let next = fixed(bytes, "check.jan") { bytes = next }
    let text = String(decoding: bytes, as: UTF8.self)
    #expect(text == test.after)
  }
}

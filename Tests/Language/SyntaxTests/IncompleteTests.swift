import JanusSource
import JanusSyntax
import Testing

/// Text that ended too soon is told apart from text that is wrong (language.md §1).
struct IncompleteTests {
  @Test(arguments: [
    "func f() do", "func f() {", "if a do\n  b\n", "if a do b else", "if a do b else c", "f(",
    "f(1,", "[1, 2", "{ a: 1", "x = {", "(a", "a +", "a and", "x =", "let x =", "not", "a ?? ",
    "a.", "a\n|> ", "print \"a\",", "match x {", "match x { 1 =>", "struct P {",
    "struct P { x: int", "trait A { func f(self)", "use std.", "select do", "nursery do f()",
    "xs.each do |x|", "x = |y|", "x = |y| do", "f() catch", "f() catch {", "f() catch |e|",
    "f(func() do\n  g(\n", "$\"\"\"\na {b}", "\"\"\"\nabc", "/* abc", "x[", "x[1..",
    "for x in xs do\n  for y in ys do\n  end\n", "test \"a\" do", "func f(a,", "let [a,", "a is",
    "if a {", "-", "await", "let x: list[", "return [", "using f := g() do", "let x: int | ",
  ])
  func incomplete(text: String) {
    let parsing = Parsing(text)
    let isIncomplete = parsing.tree.isIncomplete
    #expect(isIncomplete, "\(parsing.places)")
    #expect(parsing.diagnostics.count == 1)
  }

  @Test(arguments: [
    "", "f()", "if a", "func f()", "let", "let 5 =", "f(1 2", "let x: int\nlet 5 = 1\nfunc f() do",
    "end", "a b c", "\"abc", "while", "fail", "for x", "x = )", "5 = (", "struct", "use",
  ])
  func wrongOrComplete(text: String) {
    let isIncomplete = Parsing(text).tree.isIncomplete
    #expect(!isIncomplete)
  }

  @Test(arguments: [
    Row("func main() do\n    if x do\n        print(1)\nend\n", "2:10"),
    Row("func a() do\n    f()\n\nfunc b() do\n    g()\nend\n", "1:10"),
    Row(
      "while a do\n    for b in c do\n        if d do\n            e\n        end\nend\nf()\n",
      "2:16"), Row("func f() do\n    g(1,\n", "2:6"), Row("a +\n", "1:3"),
  ])
  func theLabelNamesTheProbableOpener(_ row: Row) throws {
    let parsing = Parsing(row.text)
    #expect(parsing.codes == "J0202")
    let label = try #require(parsing.diagnostics.first?.labels.first)
    let line = parsing.file.line(at: label.span.start)
    #expect("\(line + 1):\(label.span.start - parsing.file.lineStarts[line] + 1)" == row.expected)
  }
}

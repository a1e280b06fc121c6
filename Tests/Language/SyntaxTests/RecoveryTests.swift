import JanusSource
import JanusSyntax
import Testing

/// One mistake gives one diagnostic, and the parser goes on behind it (language.md §1).
struct RecoveryTests {
  @Test(arguments: [
    Row(
      "let 5 = 1\nprint(1)\nlet total = (1 + ) * 2\nlet both = a && b\nfunc f() do\n  let x = "
        + "!a\n  return x\nend",
      "1:5 J0201, 3:18 J0201, 4:14 J0203, 6:11 J0203"),
    Row("func f(a b) do\n  let = 1\nend\nlet 5 = 1", "1:10 J0226, 2:7 J0201, 4:5 J0201"),
    Row("while x y do\n  let = 1\nend\nlet 5 = 1", "1:9 J0201, 2:7 J0201, 4:5 J0201"),
    Row("for 5 in xs {\n  a\n}\nlet 5 = 1", "1:5 J0201, 4:5 J0201"),
    Row("if a b do\n  1\nelse\n  let = 2\nend\nlet 5 = 1", "1:6 J0201, 4:7 J0201, 6:5 J0201"),
    Row("x = foo bar do\n  if a do 1 else 2 end\nend\nlet 5 = 1", "1:9 J0230, 4:5 J0201"),
    Row("f(a b,\n  c,\n  d\n)\nlet 5 = 1", "1:5 J0201, 5:5 J0201"),
    Row("f(1, 2\nlet x = 3\nlet 5 = 1", "2:1 J0202, 3:5 J0201"),
    Row("f(1, 2\nprint(3)\nlet 5 = 1", "2:1 J0202, 3:5 J0201"),
    Row("x = [\n  1,\n  2\n  3,\n]\nlet 5 = 1", "4:3 J0201, 6:5 J0201"),
    Row("func f() do\n  g(\nend\nlet 5 = 1", "3:1 J0202, 4:5 J0201"),
    Row("xs.map(|x| do\n  x +\n)\nlet 5 = 1", "3:1 J0201, 4:5 J0201"),
    Row(
      "struct P {\n  x: int int\n  5\n  y: float\n}\nlet 5 = 1",
      "2:10 J0201, 3:3 J0201, 6:5 "
        + "J0201"),
    Row("enum E { A, 5, B }\nlet 5 = 1", "1:13 J0201, 2:5 J0201"),
    Row(
      "impl P {\n  func a(self) do let = 1 end\n  x\n  func b( do 2 end\n}\nlet 5 = 1",
      "2:23 J0201, 3:3 J0201, 4:11 J0201, 6:5 J0201"),
    Row(
      "match x {\n  1 = 2\n  3 => let\n  4 => 5\n}\nlet 5 = 1", "2:5 J0201, 3:8 J0201, 6:5 J0201"),
    Row(
      "select do\n  foo\n  case a.recv() do let = 1 end\nend\nlet 5 = 1",
      "2:3 J0201, 3:24 J0201, 5:5 J0201"),
    Row("a b c d e\nlet 5 = 1", "1:5 J0230, 2:5 J0201"),
    Row("= = =\nlet 5 = 1", "1:1 J0201, 2:5 J0201"),
    Row("let x = \"abc\nlet 5 = 1", "1:9 J0102, 2:5 J0201"),
    Row("x = @ + 1\nlet 5 = 1", "1:5 J0101, 2:5 J0201"),
    Row("let y = 0b12 + 99999999999999999999\nlet 5 = 1", "1:9 J0104, 1:16 J0105, 2:5 J0201"),
    Row("let x = { a 1, b: 2 }\nlet 5 = 1", "1:13 J0201, 2:5 J0201"),
    Row("let m = {\n  a: 1\n  b 2\n}\nlet 5 = 1", "3:3 J0201, 5:5 J0201"),
    Row("use\nuse 5\nuse std.\nlet 5 = 1", "1:1 J0218, 2:5 J0201, 4:1 J0201, 4:5 J0201"),
    Row("test \"a\"\n  f()\nend\nlet 5 = 1", "1:9 J0221, 4:5 J0201"),
    Row("if a do\n  b\nelse if do\n  c\nend\nlet 5 = 1", "3:9 J0201, 6:5 J0201"),
    Row("f()) \ng()\nlet 5 = 1", "1:4 J0222, 3:5 J0201"),
    Row("end\nend\nlet 5 = 1", "1:1 J0222, 2:1 J0222, 3:5 J0201"),
    Row("for i = 0; i < 9; i++ do\n  let 5 = 1\nend\nlet 5 = 1", "1:7 J0224, 2:7 J0201, 4:5 J0201"),
    Row("for (let i = 0; i < 3; i++) {\n  let 5 = 1\n}\n", "1:5 J0224, 2:7 J0201"),
    Row("xs.each { |x| let 5 = 1 }\nlet 5 = 1", "1:9 J0211, 1:19 J0201, 2:5 J0201"),
    Row("let x int = 3\nfunc f(int a, b int) do end", "1:7 J0226, 2:12 J0226, 2:17 J0226"),
    Row(
      "f() catch (e) { g(e) }\nf() catch e do g(e) end\nlet 5 = 1",
      "1:11 J0228, 2:11 J0228, 3:5 J0201"),
    Row("f(a\nb)\nlet 5 = 1", "2:1 J0201, 3:5 J0201"),
    Row("assert x = y\nlet 5 = 1", "1:10 J0204, 2:5 J0201"),
    Row("let b = f(\nfunc g() do\n  1\nend\nlet 5 = 1", "2:1 J0202, 5:5 J0201"),
    Row("select { case x := c.recv() { } }\nlet 5 = 1", "1:17 J0232, 2:5 J0201"),
  ])
  func oneDiagnosticForEachMistake(_ row: Row) {
    #expect(Parsing(row.text).places == row.expected)
  }
}

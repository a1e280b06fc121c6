import JanusSource
import JanusSyntax
import Testing

/// What other languages write is reported with what Janus writes (language.md, introduction).
struct ForeignTests {
  @Test(arguments: [
    Row("a && b", "a and b"), Row("a || b", "a or b"), Row("if !a do end", "if not a do end"),
    Row("x = !f(a) or b", "x = not f(a) or b"), Row("a === b", "a == b"), Row("a !== b", "a != b"),
    Row("a <> b", "a != b"), Row("a ?: b", "a ?? b"), Row("i++", "i += 1"), Row("++i", "i += 1"),
    Row("a.b--", "a.b -= 1"), Row("x = f()?", "x = try f()"), Row("f()?", "try f()"),
    Row("x = a == b ? 1 : 2", "x = if a == b do 1 else 2 end"),
    Row("x = a?1:2", "x = if a do 1 else 2 end"), Row("x = +5", "x = 5"), Row("a::b()", "a.b()"),
    Row("p->x", "p.x"), Row("x! + 1", "x + 1"), Row("println!(\"a\")", "println(\"a\")"),
    Row("f(*xs)", "f(..xs)"), Row("f(...xs)", "f(..xs)"), Row("f(&x)", "f(x)"),
    Row("1...3", "1..3"), Row("1..=3", "1..3"), Row("x **= 2", "x = x ** 2"),
    Row("x is not int", "not x is int"),
    Row("f(x => x * 2)", "f(|x| x * 2)"), Row("f((a, b) => a)", "f(|a, b| a)"),
    Row("f(() => 1)", "f(|| 1)"), Row("f((x) => { g(x) })", "f(|x| { g(x) })"),
    Row("x = |y| => y", "x = |y|  y"), Row("a ++ b", "a + b"),
  ])
  func operators(_ row: Row) {
    #expect(Parsing(row.text).codes == "J0203")
    #expect(Parsing(row.text).fixed == row.expected)
  }

  @Test(arguments: [
    Row("def f() do 1 end", "func f() do 1 end"), Row("fn f(a) { a }", "func f(a) { a }"),
    Row("function f() { }", "func f() { }"),
    Row("if a do 1 elif b do 2 end", "if a do 1 else if b do 2 end"),
    Row("if a do\n1\nelsif b do\n2\nelse\n3\nend", "if a do\n1\nelse if b do\n2\nelse\n3\nend"),
    Row("if a { 1 } elseif b { 2 }", "if a { 1 } else if b { 2 }"),
    Row("foreach x in xs do end", "for x in xs do end"), Row("throw x", "fail x"),
    Row("raise \"x\"", "fail \"x\""), Row("if a then\n1\nend", "if a do\n1\nend"),
    Row("let mut x = 1", "var x = 1"), Row("local x = 1", "let x = 1"),
    Row("until a do end", "while not a do end"), Row("x = nil", "x = null"),
    Row("return None", "return null"), Row("f(undefined)", "f(null)"),
    Row("while True do end", "while true do end"), Row("x = False", "x = false"),
    Row("x = new Point(1)", "x = new Point(1)"),
    Row("public func f() do end", "pub func f() do end"),
    Row("export let x = 1", "pub let x = 1"), Row("private func f() do end", "func f() do end"),
    Row("async func f() do end", "func f() do end"), Row("loop { f() }", "while true { f() }"),
    Row("import json", "use std.json"), Row("switch x { case 1: f() }", "match x { case 1: f() }"),
    Row("class Foo { x: int }", "struct Foo { x: int }"),
    Row("impl A { def f(self) do end }", "impl A { func f(self) do end }"),
  ])
  func words(_ row: Row) {
    #expect(Parsing(row.text).codes == "J0209")
    #expect(Parsing(row.text).fixed == row.expected)
  }

  @Test(arguments: [
    Row(
      "class Foo(Base):\n    def f(self):\n        return 1\n\nlet 5 = 1", "1:1 J0209, 5:5 J0201"),
    Row("class Foo\n  def f()\n    1\n  end\nend\nlet 5 = 1", "1:1 J0209, 6:5 J0201"),
    Row("try {\n  f()\n} catch (e) {\n  g()\n}\nlet 5 = 1", "1:1 J0209, 6:5 J0201"),
    Row("try:\n  f()\nexcept X as e:\n  g()\nlet 5 = 1", "1:1 J0209, 5:5 J0201"),
    Row("from a import b\nlet 5 = 1", "1:1 J0209, 2:5 J0201"),
    Row(
      "switch (x) {\n  case 1:\n    f();\n  default:\n    g();\n}\nlet 5 = 1",
      "1:1 J0209, 7:5 J0201"), Row("def f(x):\n  return x\n\nf(1)", "1:1 J0209, 1:9 J0221"),
    Row("if a:\n  b\nelif c:\n  d\nelse:\n  e\nf()", "1:5 J0221, 3:1 J0209, 3:7 J0221, 5:5 J0221"),
    Row("x = lambda y: y", "1:5 J0209"), Row("f(function(x) { x })", "1:3 J0209"),
    Row("type X = int", "1:1 J0209"),
  ])
  func statements(_ row: Row) {
    #expect(Parsing(row.text).places == row.expected)
  }

  @Test(arguments: [
    "let nil = 1\nprint(nil)", "func raise(x) do x end\nraise(1)", "let type = 1\ntype + 1",
    "let new = 1\nnew + new", "fn(1)", "let class = 2\nclass * 2", "from = 1",
    "let loop = f\nloop do 1 end", "switch(1)", "export(x)", "let until = 1\nuntil == 2", "def = 1",
    "let static = 1\nstatic.x",
  ])
  func foreignWordsAreOrdinaryNames(text: String) {
    #expect(Parsing(text).codes == "")
  }
}

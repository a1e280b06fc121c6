import JanusSource
import JanusSyntax
import Testing

/// Where a statement ends (language.md §1).
struct NewlineTests {
  @Test(arguments: [
    Row("a\nb", "a b"), Row("a\n+ b", "(binary add a b)"), Row("a +\n\nb", "(binary add a b)"),
    Row("a\n- b", "a (unary negate b)"), Row("a\n(b)", "a (parentheses b)"),
    Row("a\n[b]", "a (list [b])"),
    Row("a\n{ b: 1 }", "a (map [(mapEntry \"b\" 1)])"),
    Row("a\n|x| x", "a (closure [(parameter x)] x)"),
    Row("a\n.Red", "a (caseShorthand Red)"), Row("a\n.red", "(member a red)"),
    Row("a\n?.red", "(member optional a red)"),
    Row("a\n  .b()\n  .c()", "(call (member (call (member a b) []) c) [])"),
    Row("a // x\n  // y\n  + b", "(binary add a b)"),
    Row("a\nin b", "(in a b)"), Row("a\nis int", "(is a (typeName int))"),
    Row("a\ncatch b", "(catchFallback a b)"),
    Row("a\nand b\nor c", "(or (and a b) c)"), Row("a\nand \"b\"", "a (stepMarker and \"b\")"),
    Row("a\nnot b", "a (not b)"), Row("a\n?? b\n|> c()", "(coalesce a (pipe b (call c [])))"),
    Row("a\n* b", "(binary multiply a b)"),
    Row("a\n..b", "(range inclusive a b)"), Row("a\n== b", "(compare equal a b)"),
    Row("x =\n 1", "(assign x 1)"),
    Row("(a\n- b)", "(parentheses (binary subtract a b))"), Row("[a\n, b]", "(list [a b])"),
    Row("f(\n1,\n2\n)", "(call f [1 2])"), Row("f(\na\nand \"b\")", "(call f [(and a \"b\")])"),
    Row(
      "x = {\na:\n1,\nb: (2\n- 3),\n}",
      "(assign x (map [(mapEntry \"a\" 1) (mapEntry \"b\" (parentheses (binary subtract 2 3)))]))"),
    Row("f(func() do\na\n-b\nend)", "(call f [(closure [] {a (unary negate b)})])"),
    Row("f(|x| do\nx\n[1]\nend, 2)", "(call f [(closure [(parameter x)] {x (list [1])}) 2])"),
    Row("return\n5", "(return) 5"), Row("return 5", "(return 5)"),
    Row("for a in b do break\nc end", "(for [(patternBinding a)] b {(break) c})"),
    Row("return [\n1,\n]", "(return (list [1]))"),
    Row("print \"a\",\n\"b\"", "(call short print [\"a\" \"b\"])"),
    Row("if a do b\nelse\nc end", "(if a {b} {c})"),
    Row("if a { b }\nelse { c }", "(if a (block braces [b]) (block braces [c]))"),
    Row("a = 1 b = 2", "J0230"), Row("let a = 1 let b = 2", "J0230"), Row("fail\n\"x\"", "J0201"),
    Row("if a\n{ b }", "J0221"), Row("while a\ndo b end", "J0221"), Row("let f = |x|\n x", "J0201"),
  ])
  func newlines(_ row: Row) {
    #expect(Parsing(row.text).result == row.expected)
  }
}

import JanusSource
import JanusSyntax
import Testing

/// Blocks, braces and heads (language.md §2).
struct BlockTests {
  @Test(arguments: [
    Row("if a do b else if c do d else e end", "(if a {b} (if c {d} {e}))"),
    Row(
      "if a { b } else if c { d } else { e }",
      "(if a (block braces [b]) (if c (block braces [d]) (block braces [e])))"),
    Row("if a do b else do c end", "(if a {b} {c})"), Row("if a do end", "(if a {})"),
    Row("if a do\nb\nelse\nif c do d end\nend", "(if a {b} {(if c {d})})"),
    Row("if a do\n  if b { c }\nelse\n  d\nend", "(if a {(if b (block braces [c]))} {d})"),
    Row("if a do if b do c end else d end", "(if a {(if b {c})} {d})"),
    Row("if (a) and (b) do c end", "(if (and (parentheses a) (parentheses b)) {c})"),
    Row("if a do b else { c: 1 } end", "(if a {b} {(map [(mapEntry \"c\" 1)])})"),
    Row("while a { b }", "(while a (block braces [b]))"), Row("while a do b end", "(while a {b})"),
    Row(
      "func f() {\n{ ok: true }\n}",
      "(function f [] [- - (block braces [(map [(mapEntry \"ok\" true)])])])"),
    Row("x = |y| { y }", "(assign x (closure [(parameter y)] (block braces [y])))"),
    Row("x = |y| {}", "(assign x (closure [(parameter y)] (map [])))"),
    Row("x = |y| { ..y }", "(assign x (closure [(parameter y)] (map [(spread y)])))"),
    Row("x = |y| { [y]: 1 }", "(assign x (closure [(parameter y)] (map [(mapEntry y 1)])))"),
    Row("x = |y| { [y] }", "(assign x (closure [(parameter y)] (block braces [(list [y])])))"),
    Row("x = |y| { \"k\": 1 }", "(assign x (closure [(parameter y)] (map [(mapEntry \"k\" 1)])))"),
    Row(
      "x = |y| { a: for i in y { } }",
      "(assign x (closure [(parameter y)] (block braces [(for [(patternBinding i)] y (block "
        + "braces []) a)])))"
    ),
    Row(
      "match x { 0 => {}, 1 => { a: 1 }, 2 => { f() }, 3 => { { b: 1 } } }",
      "(match x [(arm (patternLiteral 0) - (map [])) (arm (patternLiteral 1) - (map "
        + "[(mapEntry \"a\" 1)])) (arm (patternLiteral 2) - (block braces [(call f [])])) "
        + "(arm (patternLiteral 3) - (block braces [(map [(mapEntry \"b\" 1)])]))])"
    ),
    Row("f() catch { A.B => 1 }", "(catchArms (call f []) [(arm (patternCase A B) - 1)])"),
    Row("f() catch |e| { g(e) }", "(catchBinding (call f []) e (block braces [(call g [e])]))"),
    Row("P { x: 1 }", "(structLiteral P [(namedArgument x 1)])"),
    Row("m.P {}", "(structLiteral (member m P) [])"),
    Row("P {\nx: 1\ny: 2\n}", "(structLiteral P [(namedArgument x 1) (namedArgument y 2)])"),
    Row(
      "if p == (P { x: 1 }) do end",
      "(if (compare equal p (parentheses (structLiteral P [(namedArgument x 1)]))) {})"),
    Row("if a == B { c }", "(if (compare equal a B) (block braces [c]))"),
    Row("match B { C => 1 }", "(match B [(arm (patternType (typeName C)) - 1)])"),
    Row(
      "for x in f(P { a: 1 }) do end",
      "(for [(patternBinding x)] (call f [(structLiteral P [(namedArgument a 1)])]) {})"),
    Row("struct A do\nx\ny: int\nend", "(struct A [(field x) (field y (typeName int))])"),
    Row("{ ok: true }", "(map [(mapEntry \"ok\" true)])"), Row("{}", "(map [])"),
    Row(
      "{ \"a\": 1, 2: 3, -1: 4 }",
      "(map [(mapEntry \"a\" 1) (mapEntry 2 3) (mapEntry -1 4)])"),
  ])
  func blocks(_ row: Row) {
    #expect(Parsing(row.text).result == row.expected)
  }

  @Test(arguments: [
    Row("{ print(1) }", "1:1 J0208"), Row("do\n  print(1)\nend", "1:1 J0208"),
    Row("{\n  let x = 1\n  x\n}\ny", "1:1 J0208"),
    Row("if a { b } else do c end", "1:17 J0206"), Row("if a do b else { c }", "1:16 J0206"),
    Row("if a do b else if c { d } end", "1:21 J0206, 1:27 J0222"),
    Row("while a do b }", "1:14 J0206"), Row("while a { b end", "1:13 J0206"),
    Row("func f() do\n  if a do\n    b\n  }\nend\nlet 5 = 1", "4:3 J0206, 6:5 J0201"),
    Row("func f() {\n  if a {\n    b\n  end\n}\nlet 5 = 1", "4:3 J0206, 6:5 J0201"),
    Row("if p == P { x: 1 } do end", "1:11 J0216"), Row("if P { x: 1 } == p do end", "1:6 J0216"),
    Row("for k in { a: 1 } do end", "1:10 J0216"), Row("match P { x: 1 } { _ => 1 }", "1:9 J0216"),
    Row("while xs.any do |x| x end do end", "1:14 J0216"),
    Row("if f(1) do |x| x end do end", "1:9 J0216"),
    Row("if a do b end\nelse do c end", "1:11 J0222"), Row("else", "1:1 J0222"),
    Row("end", "1:1 J0222"),
    Row("a\n)\nb\n]\nc\n}", "2:1 J0222, 4:1 J0222, 6:1 J0222"), Row("if { a }", "1:4 J0201"),
  ])
  func badBlocks(_ row: Row) {
    #expect(Parsing(row.text).places == row.expected)
  }

  @Test(arguments: [
    Row("if a == P { x: 1 } do end", "if a == (P { x: 1 }) do end"),
    Row("while a do b }", "while a do b end"),
    Row("for k in { a: 1 } do end", "for k in ({ a: 1 }) do end"),
  ])
  func fixes(_ row: Row) {
    #expect(Parsing(row.text).fixed == row.expected)
  }

  @Test func aChainOfTenThousandElseIfsIsNoRecursion() {
    let chain = String(repeating: " else if a do b", count: 10_000)
    let parsing = Parsing("if a do b" + chain + " end")
    #expect(parsing.codes.isEmpty)
    #expect(parsing.tree.nodes.count { $0.kind == .if } == 10_001)
  }
}

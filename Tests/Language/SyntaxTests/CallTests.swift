import JanusSource
import JanusSyntax
import Testing

/// Calls, closures and arguments (language.md §6).
struct CallTests {
  @Test(arguments: [
    Row("f(a, b: 1, ..c)", "(call f [a (namedArgument b 1) (spread c)])"),
    Row("f()()", "(call (call f []) [])"),
    Row("f(1,)", "(call f [1])"), Row("print \"hi\"", "(call short print [\"hi\"])"),
    Row("print 1 + 2, x", "(call short print [(binary add 1 2) x])"),
    Row(
      "log.info \"up\", port: 8080",
      "(call short (member log info) [\"up\" (namedArgument port 8080)])"),
    Row("print $\"a{b}\"", "(call short print [(interpolation [\"a\" (formatted b)])])"),
    Row(
      "paint .Green, times: 2", "(call short paint [(caseShorthand Green) (namedArgument times 2)])"
    ),
    Row("show func(x) do x end, 2", "(call short show [(closure [(parameter x)] {x}) 2])"),
    Row("print not a", "(call short print [(not a)])"),
    Row("print if a do b else c end", "(call short print [(if a {b} {c})])"),
    Row("print match n { _ => 1 }", "(call short print [(match n [(arm (patternWildcard) - 1)])])"),
    Row("print await t", "(call short print [(await t)])"),
    Row(
      "print null, true, 1s, b\"x\"", "(call short print [null true 1000000000ns (bytes \"x\")])"),
    Row("print P { x: 1 }", "(call short print [(structLiteral P [(namedArgument x 1)])])"),
    Row(
      "print a.b(c)[0] * 2",
      "(call short print [(binary multiply (index (call (member a b) [c]) 0) 2)])"),
    Row("print \"a\" when b", "(conditional (call short print [\"a\"]) b)"),
    Row("f 1 unless b", "(conditional negated (call short f [1]) b)"),
    Row("f 1 catch |e| g(e)", "(catchBinding (call short f [1]) e (call g [e]))"),
    Row("f a or b catch c", "(catchFallback (call short f [(or a b)]) c)"),
    Row("twice do a end", "(call short twice [(closure [] {a})])"),
    Row("times 2 do a end", "(call short times [2 (closure [] {a})])"),
    Row("a.each do |x| x end", "(call short (member a each) [(closure [(parameter x)] {x})])"),
    Row("f(1) do |y, ..z| y end", "(call f [1 (closure [(parameter y) (parameter rest z)] {y})])"),
    Row("f(1) do || y end", "(call f [1 (closure [] {y})])"),
    Row(
      "let y = f do a end.b",
      "(let (patternBinding y) - (member (call short f [(closure [] {a})]) b))"),
    Row("print f do a end", "(call short print [f (closure [] {a})])"),
    Row("a.b c", "(call short (member a b) [c])"),
    Row("a.error x", "(call short (member a error) [x])"),
    Row("x = |a| a * 2", "(assign x (closure [(parameter a)] (binary multiply a 2)))"),
    Row("x = || 3", "(assign x (closure [] 3))"),
    Row(
      "x = |a| |b| a + b",
      "(assign x (closure [(parameter a)] (closure [(parameter b)] (binary add a b))))"),
    Row(
      "x = |a: int, b = 2, [c, d], { e }| a",
      "(assign x (closure [(parameter a (typeName int)) (parameter b - 2) (parameter - - "
        + "(patternList [(patternBinding c) (patternBinding d)])) (parameter - - (patternMap "
        + "[(patternField e (patternBinding e))]))] a))"
    ),
    Row(
      "x = func(a: int) -> int do a end",
      "(assign x (closure [(parameter a (typeName int))] {a} (typeName int)))"),
    Row("f(|n| b += n, 2)", "(call f [(closure [(parameter n)] (assign add b n)) 2])"),
    Row("f(|e| fail e)", "(call f [(closure [(parameter e)] (fail e))])"),
    Row("f(|e| print e, 2)", "(call f [(closure [(parameter e)] (call short print [e])) 2])"),
    Row("(|x| x)(1)", "(call (parentheses (closure [(parameter x)] x)) [1])"),
    Row("func() do 1 end", "(closure [] {1})"),
    Row("m[\"f\"](y)", "(call (index m \"f\") [y])"),
    Row(".Circle(1)", "(caseShorthand Circle [1])"),
    Row("a.Circle(r: 1)", "(call (member a Circle) [(namedArgument r 1)])"),
    Row("x = a | b", "(assign x (binary bitOr a b))"), Row("a - b", "(binary subtract a b)"),
    Row("a | b", "(binary bitOr a b)"),
  ])
  func calls(_ row: Row) {
    #expect(Parsing(row.text).result == row.expected)
  }

  @Test(arguments: [
    Row("print -1", "print(-1)"), Row("print (1)", "print(1)"),
    Row("print (1 + 2) * 3", "print((1 + 2) * 3)"),
    Row("print (1, 2)", "print(1, 2)"), Row("print [1, 2]", "print([1, 2])"),
    Row("print { a: 1 }", "print({ a: 1 })"),
    Row("items.each |x| print(x)", "items.each(|x| print(x))"),
    Row("print try f()", "print(try f())"),
    Row("x = xs [0]", "x = xs[0]"), Row("x = f (1)", "x = f(1)"),
  ])
  func argumentsThatNeedParentheses(_ row: Row) {
    #expect(Parsing(row.text).codes == "J0211")
    #expect(Parsing(row.text).fixed == row.expected)
  }

  @Test(arguments: [
    Row("f(a b)", "1:5 J0201"), Row("f(a = 1)", "1:5 J0225"), Row("f(1) { |x| x }", "1:6 J0211"),
    Row("let f = |x|\n  x", "2:3 J0201"),
    Row("let x = func g() do end", "1:14 J0201"), Row("x = print \"a\"", "1:11 J0230"),
    Row("f(1) 2", "1:6 J0230"),
    Row("spawn 42", "1:7 J0201"), Row("f(,)", "1:3 J0201"), Row("f(1,,2)", "1:5 J0201"),
    Row("|x, y x", "1:7 J0201"),
    Row("a.1", "1:3 J0201"), Row("a.\nb.", "2:3 J0202"),
  ])
  func badCalls(_ row: Row) {
    #expect(Parsing(row.text).places == row.expected)
  }
}

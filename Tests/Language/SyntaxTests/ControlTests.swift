import JanusSource
import JanusSyntax
import Testing

/// Loops, modifiers, leaving, handlers and steps (language.md §§8, 9, 15).
struct ControlTests {
  @Test(arguments: [
    Row("for x in xs do end", "(for [(patternBinding x)] xs {})"),
    Row("for k, v in m do end", "(for [(patternBinding k) (patternBinding v)] m {})"),
    Row(
      "for [a, b] in xs do end",
      "(for [(patternList [(patternBinding a) (patternBinding b)])] xs {})"),
    Row("for _, v in m do end", "(for [(patternWildcard) (patternBinding v)] m {})"),
    Row(
      "outer: for x in 1..3 do break outer end",
      "(for [(patternBinding x)] (range inclusive 1 3) {(break outer)} outer)"),
    Row("a: while b do continue a when c end", "(while b {(conditional (continue a) c)} a)"),
    Row("return when a", "(conditional (return) a)"),
    Row("return 1 when a", "(conditional (return 1) a)"),
    Row("fail \"x\" unless a", "(conditional negated (fail \"x\") a)"),
    Row("x = 1 when a", "(conditional (assign x 1) a)"),
    Row("defer f() when a", "(conditional (defer (call f [])) a)"),
    Row("defer do f() end", "(defer {(call f [])})"),
    Row("defer { f() }", "(defer (block braces [(call f [])]))"),
    Row("defer x = 1", "(defer (assign x 1))"),
    Row("defer print \"a\"", "(defer (call short print [\"a\"]))"),
    Row("spawn f() when a", "(conditional (spawn (call f [])) a)"),
    Row("f() catch |e| g(e) when a", "(conditional (catchBinding (call f []) e (call g [e])) a)"),
    Row("x = f() catch |e| do 1 end", "(assign x (catchBinding (call f []) e {1}))"),
    Row("f() catch return 1", "(catchFallback (call f []) (return 1))"),
    Row("f() catch |_| x = 1", "(catchBinding (call f []) _ (assign x 1))"),
    Row("f() catch 1 catch 2", "(catchFallback (catchFallback (call f []) 1) 2)"),
    Row("nursery do a end catch |e| e", "(catchBinding (nursery {a}) e e)"),
    Row(
      "f() catch ({ a: 1 })", "(catchFallback (call f []) (parentheses (map [(mapEntry \"a\" 1)])))"
    ),
    Row("fail NetError.Refused(\"no\")", "(fail (call (member NetError Refused) [\"no\"]))"),
    Row("try f()", "(try (call f []))"),
    Row(
      "given \"a\"; when \"b\"; then 'c'; and \"d\"; but \"e\"",
      "(stepMarker given \"a\") (stepMarker when \"b\") (stepMarker then \"c\") (stepMarker "
        + "and \"d\") (stepMarker but \"e\")"
    ),
    Row(
      "feature \"a\" do scenario \"b\" do test \"c\" do end end end",
      "(feature \"a\" {(scenario \"b\" {(test \"c\" {})})})"),
    Row("test(1); feature = 2", "(call test [1]) (assign feature 2)"),
    Row("assert a == b", "(call short assert [(compare equal a b)])"),
    Row("expect(a) == b", "(compare equal (call expect [a]) b)"),
    Row(
      "let a = 1\nwhen \"x\"\nf()",
      "(let (patternBinding a) - 1) (stepMarker when \"x\") (call f [])"),
    Row("if a = b do end", "J0204"), Row("while (a = b) do end", "J0204"),
    Row("f() when a = b", "J0204"), Row("let x = 1 when a", "J0214"), Row("when a", "J0214"),
    Row("unless a do end", "J0214"), Row("for a in b do end when c", "J0214"),
    Row("[1][9] when a", "J0214"), Row("f() when a when b", "J0230"), Row("5 when a", "J0214"),
    Row("f() catch do 1 end", "J0228"),
    Row("f() catch |a, b| 1", "J0201"), Row("for (x in xs) do end", "J0224"),
    Row("for x of xs do end", "J0201"), Row("for for in xs do end", "J0207"),
    Row("for X in xs do end", "J0210"),
    Row("a: b", "J0201"), Row("x = while a do end", "J0229"), Row("x = 1 if a", "J0230"),
    Row("match x { 1 => f() when a }", "J0214"),
  ])
  func statements(_ row: Row) {
    #expect(Parsing(row.text).result == row.expected)
  }

  @Test(arguments: [
    Row("if a = b do end", "if a == b do end"), Row("x = 1 if a", "x = 1 when a"),
    Row("if a then b end", "if a do b end"), Row("if a\n  b\nend", "if a do\n  b\nend"),
    Row("f() catch do 1 end", "f() catch |_| do 1 end"),
    Row("if a:\n  b\n", "if a do\n  b\n"),
  ])
  func fixes(_ row: Row) {
    #expect(Parsing(row.text).diagnostics.count == 1)
    #expect(Parsing(row.text).fixed == row.expected)
  }
}

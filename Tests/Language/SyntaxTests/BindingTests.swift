import JanusSource
import JanusSyntax
import Testing

/// Declarations of variables, and assignment (language.md §3).
struct BindingTests {
  @Test(arguments: [
    Row("let x = 1", "(let (patternBinding x) - 1)"),
    Row("var x: int? ", "(var (patternBinding x) (typeOptional (typeName int)))"),
    Row("var x", "(var (patternBinding x))"),
    Row(
      "const MAX = 1; const max = 2",
      "(const (patternBinding MAX) - 1) (const (patternBinding max) - 2)"),
    Row("x := 1", "(let short (patternBinding x) - 1)"),
    Row("pub let x: int = 1;", "(let pub (patternBinding x) (typeName int) 1)"),
    Row(
      "let [a, b, ..rest] = xs",
      "(let (patternList [(patternBinding a) (patternBinding b) (patternRest rest)]) - xs)"),
    Row(
      "let { id, name: n } = m",
      "(let (patternMap [(patternField id (patternBinding id)) (patternField name "
        + "(patternBinding n))]) - m)"
    ),
    Row("let P { x } = p", "(let (patternStruct P [(patternField x (patternBinding x))]) - p)"),
    Row("let _ = f()", "(let (patternBinding _) - (call f []))"),
    Row("[a, b] = [b, a]", "(assign (list [a b]) (list [b a]))"),
    Row("a.b[0] += 1", "(assign add (index (member a b) 0) 1)"),
    Row("[a.b, c[0]] = xs", "(assign (list [(member a b) (index c 0)]) xs)"),
    Row("x = if a do 1 else 2 end", "(assign x (if a {1} {2}))"),
    Row("let x = y catch 0", "(let (patternBinding x) - (catchFallback y 0))"),
    Row(
      "var x: int | null", "(var (patternBinding x) (typeUnion [(typeName int) (typeName null)]))"),
    Row("var x: any", "(var (patternBinding x) (typeName any))"),
    Row("f() = 1", "J0213"), Row("1 = x", "J0213"), Row("a?.b = 1", "J0213"),
    Row("[a, 1] = xs", "J0213"), Row("[a, b] += 1", "J0213"), Row("a + b = 1", "J0213"),
    Row("a.b := 1", "J0213"), Row("a = b = c", "J0229"), Row("var x: int", "J0227"),
    Row("let x", "J0201"), Row("const X: int?", "J0201"), Row("let x := 1", "J0232"),
    Row("let a, b = c", "J0201"),
    Row("let 5 = 1", "J0201"), Row("let Total = 1", "J0210"), Row("let MAX = 1", "J0210"),
    Row("const Max = 1", "J0210"), Row("X := 1", "J0210"), Row("let within = 3", "J0207"),
    Row("match = 3", "J0207"),
    Row("print(impl + 1)", "J0207"), Row("int x = 3", "J0226"), Row("x: int = 3", "J0201"),
    Row("self.x: int = 3", "J0230"),
  ])
  func bindings(_ row: Row) {
    #expect(Parsing(row.text).result == row.expected)
  }

  @Test(arguments: [
    Row("let Total = 1", "let total = 1"), Row("const Max = 1", "const max = 1"),
    Row("let end = 1", "let end_ = 1"), Row("int x = 3", "let x: int = 3"),
    Row("let x := 1", "let x = 1"), Row("let mut x = 1", "var x = 1"),
  ])
  func fixes(_ row: Row) {
    #expect(Parsing(row.text).fixed == row.expected)
  }
}

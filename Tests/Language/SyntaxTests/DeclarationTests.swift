import JanusSource
import JanusSyntax
import Testing

/// Functions, types of data, modules and annotations (language.md §§6, 7, 10, 12).
struct DeclarationTests {
  @Test(arguments: [
    Row(
      "func f(a, b: int = 2, ..rest) -> int do a end",
      "(function f [(parameter a) (parameter b (typeName int) 2) (parameter rest rest)] "
        + "[(typeName int) - {a}])"
    ), Row("pub func f() { }", "(function pub f [] [- - (block braces [])])"),
    Row("func f() -> T ! E do end", "(function f [] [(typeName T) (typeName E) {}])"),
    Row("func f() -> E!T do end", "(function f [] [(typeName T) (typeName E) {}])"),
    Row("func f() -> int!E do end", "(function f [] [(typeName int) (typeName E) {}])"),
    Row("func f() -> !T do end", "(function f [] [(typeName T) (typeName any) {}])"),
    Row("func f() ! E do end", "(function f [] [- (typeName E) {}])"),
    Row(
      "native func f(a)\nnative func g() -> int",
      "(function native f [(parameter a)] [- - -]) (function native g [] [(typeName int) - -])"),
    Row("pub native func error(text)", "(function pub native error [(parameter text)] [- - -])"),
    Row("native = 1; native(2)", "(assign native 1) (call native [2])"),
    Row("func f(\n  a,\n  b,\n) do end", "(function f [(parameter a) (parameter b)] [- - {}])"),
    Row(
      "struct P { x: float, y: float = 0.0 }",
      "(struct P [(field x (typeName float)) (field y (typeName float) 0.0)])"),
    Row(
      "pub struct P {\n  end: int\n  b = []\n}",
      "(struct pub P [(field end (typeName int)) (field b - (list []))])"),
    Row("struct P {}", "(struct P [])"),
    Row(
      "enum S { Circle(r: float), Rect(w: float, h), Empty }",
      "(enum S [(enumCase Circle [(field r (typeName float))]) (enumCase Rect [(field w "
        + "(typeName float)) (field h)]) (enumCase Empty)])"
    ),
    Row(
      "error E {\n  A\n  B(why: string)\n}",
      "(errorType E [(enumCase A) (enumCase B [(field why (typeName string))])])"),
    Row(
      "trait A { func a(self) -> float\n func b(self) do 1 end }",
      "(trait A [(function a [(parameter self)] [(typeName float) - -]) (function b "
        + "[(parameter self)] [- - {1}])])"
    ), Row("impl A for P { }", "(impl (typeName P) (typeName A) [])"),
    Row("impl P { func end(self) { } pub func b() do end }", "J0201"),
    Row(
      "impl P { func end(self) { }\n pub func b() do end }",
      "(impl (typeName P) - [(function end [(parameter self)] [- - (block braces [])]) "
        + "(function pub b [] [- - {}])])"
    ),
    Row(
      "impl list { native func len(self) -> int }",
      "(impl (typeName list) - [(function native len [(parameter self)] [(typeName int) - -])])"),
    Row("use std.dmp", "(use short \"std.dmp\")"),
    Row("use std.crypto as c", "(use short \"std.crypto\" c)"),
    Row("use \"./x.jan\" { a, B }", "(use \"./x.jan\" - [a B])"),
    Row("use \"./x.jan\" as y", "(use \"./x.jan\" y)"),
    Row("use zig \"a.zig\"", "(useZig \"a.zig\")"), Row("use zig.a", "(use short \"zig.a\")"),
    Row("struct point { x }", "J0210"), Row("enum E { red }", "J0210"),
    Row("error netError { A }", "J0210"), Row("trait area { }", "J0210"),
    Row("func Foo() do end", "J0210"), Row("func f(A) do end", "J0210"),
    Row("struct P { X }", "J0210"), Row("enum E { A(Point) }", "J0210"),
    Row("func match() do end", "J0207"), Row("func f(end) do end", "J0207"),
    Row("struct P { error }", "J0207"), Row("error(\"x\")", "J0207"),
    Row("struct P { func f() do end }", "J0201"), Row("struct P { let x: int }", "J0201"),
    Row("struct P<T> { x }", "J0201"), Row("enum E { A = 1, B }", "J0201"),
    Row("enum E { case A\n case B }", "J0209 J0209"), Row("func f() do", "J0202"),
    Row("func f(a b) do end", "J0226"), Row("func f(): int do end", "J0235"),
    Row("func f() = 1", "J0231"), Row("func f(...a) do end", "J0203"),
    Row("pub impl A { }", "J0201"), Row("impl A { let x = 1 }", "J0201"), Row("use 5", "J0201"),
    Row("native func f() do end", "J0201"), Row("struct P", "J0201"),
  ])
  func declarations(_ row: Row) {
    #expect(Parsing(row.text).result == row.expected)
  }

  @Test(arguments: [
    Row("int", "(typeName int)"), Row("String", "(typeName string)"),
    Row("str", "(typeName string)"), Row("f64", "(typeName float)"), Row("i32", "(typeName i32)"),
    Row("[]u8", "(typeName list [(typeName u8)])"),
    Row("[]?T", "(typeName list [(typeOptional (typeName T))])"),
    Row("?T", "(typeOptional (typeName T))"), Row("T?", "(typeOptional (typeName T))"),
    Row("list[int]?", "(typeOptional (typeName list [(typeName int)]))"),
    Row(
      "map[string, list[int]]",
      "(typeName map [(typeName string) (typeName list [(typeName int)])])"),
    Row("A | B | null", "(typeUnion [(typeName A) (typeName B) (typeName null)])"),
    Row("() -> int", "(typeFunction [] (typeName int))"),
    Row(
      "(A, B?) -> (C) -> D",
      "(typeFunction [(typeName A) (typeOptional (typeName B))] (typeFunction [(typeName C)] "
        + "(typeName D)))"
    ),
    Row("(A | B)?", "(typeOptional (typeUnion [(typeName A) (typeName B)]))"),
    Row("net.Conn", "(typeName Conn - net)"), Row("func", "(typeName func)"),
    Row("error", "(typeName error)"), Row("any", "(typeName any)"),
  ])
  func types(_ row: Row) {
    #expect(
      Parsing("let x: \(row.text) = y").result == "(let (patternBinding x) \(row.expected) y)")
  }

  @Test(arguments: [
    Row("list<int>", "1:12 J0235"), Row("5", "1:8 J0201"), Row("*T", "1:8 J0235"),
    Row("&T", "1:8 J0235"), Row("func(A) -> B", "1:8 J0235"), Row("(A, B)", "1:15 J0201"),
    Row("[T]", "1:9 J0201"), Row("T??", "1:9 J0201"),
  ])
  func badTypes(_ row: Row) {
    #expect(Parsing("let x: \(row.text) = y").places == row.expected)
  }
}

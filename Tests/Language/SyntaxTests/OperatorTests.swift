import JanusSource
import JanusSyntax
import Testing

/// Precedence and the operators (language.md §5).
struct OperatorTests {
  @Test(arguments: [
    Row("a + b * c", "(binary add a (binary multiply b c))"),
    Row("a - b - c", "(binary subtract (binary subtract a b) c)"),
    Row("a ** b ** c", "(binary power a (binary power b c))"),
    Row("-2 ** 2", "(unary negate (binary power 2 2))"), Row("2 ** -1", "(binary power 2 -1)"),
    Row("-x ** 2", "(unary negate (binary power x 2))"),
    Row("-1.abs()", "(unary negate (call (member 1 abs) []))"),
    Row("- 5", "-5"), Row("--5", "J0203"), Row("a - -5", "(binary subtract a -5)"),
    Row("~a & b", "(binary bitAnd (unary bitNot a) b)"),
    Row("a | b ^ c & d", "(binary bitOr a (binary bitXor b (binary bitAnd c d)))"),
    Row("a & b << c + d", "(binary bitAnd a (binary shiftLeft b (binary add c d)))"),
    Row("a >>> b >> c", "(binary shiftRight (binary shiftRightUnsigned a b) c)"),
    Row(
      "a +% b -% c *% d",
      "(binary subtractWrapping (binary addWrapping a b) (binary multiplyWrapping c d))"),
    Row("a or b and not c == d", "(or a (and b (not (compare equal c d))))"),
    Row("not x in y", "(not (in x y))"), Row("not not a", "(not (not a))"),
    Row("print(x not in y)", "(call print [(in negated x y)])"),
    Row("x not in y", "(in negated x y)"),
    Row("a ?? b == c", "(compare equal (coalesce a b) c)"),
    Row("a |> f(b) |> g", "(pipe (pipe a (call f [b])) g)"),
    Row("a ?? b |> c", "(coalesce a (pipe b c))"),
    Row("1 .. 2 + 3", "(range inclusive 1 (binary add 2 3))"),
    Row("a..<b | c", "(range a (binary bitOr b c))"),
    Row("x |> 1..3", "(pipe x (range inclusive 1 3))"),
    Row("a < b", "(compare less a b)"), Row("a != b", "(compare notEqual a b)"),
    Row("x is int", "(is x (typeName int))"), Row("x is .Active", "(is x (patternCase - Active))"),
    Row("e is Fault.Index", "(is e (patternCase Fault Index))"),
    Row("e is net.Error.Closed", "(is e (patternCase (member net Error) Closed))"),
    Row("x is net.Error", "(is x (typeName Error - net))"),
    Row("x is list[int] and y", "(and (is x (typeName list [(typeName int)])) y)"),
    Row("x is int | string", "(is x (typeUnion [(typeName int) (typeName string)]))"),
    Row("try f() + 1", "(binary add (try (call f [])) 1)"),
    Row("await a + await b", "(binary add (await a) (await b))"),
    Row("try await f(x)", "(try (await (call f [x])))"),
    Row("a = b or c", "(assign a (or b c))"), Row("a ??= 1", "(assign coalesce a 1)"),
    Row(
      "a >>= 1; b |= 2; c ^= 3; d &= 4; e <<= 5; f %= 6",
      "(assign shiftRight a 1) (assign bitOr b 2) (assign bitXor c 3) (assign bitAnd d 4) "
        + "(assign shiftLeft e 5) (assign remainder f 6)"
    ),
    Row("x ?? return 1", "(coalesce x (return 1))"), Row("a or fail \"b\"", "(or a (fail \"b\"))"),
    Row("a and break", "(and a (break))"),
    Row("x ?? continue outer", "(coalesce x (continue outer))"),
    Row("(a + b) * c", "(binary multiply (parentheses (binary add a b)) c)"),
    Row("a?.b.c", "(member (member optional a b) c)"),
    Row("a[1][2..]", "(index (index a 1) (range inclusive 2))"),
    Row("a[..<3] + a[..-1]", "(binary add (index a (range - 3)) (index a (range inclusive - -1)))"),
    Row("a[1..<b.len()]", "(index a (range 1 (call (member b len) [])))"),
    Row("a == not b", "J0201"), Row("1..2..3", "J0201"),
    Row("a < b < c", "J0205"), Row("a == b == c", "J0205"), Row("a is int == true", "J0205"),
    Row("a < b and b < c", "(and (compare less a b) (compare less b c))"),
    Row("a < b < c < d\nlet 5 = 1", "J0205 J0205 J0201"),
  ])
  func operators(_ row: Row) {
    #expect(Parsing(row.text).result == row.expected)
  }

  @Test func aChainOfComparisonsIsFixedWithAnd() {
    #expect(Parsing("a < b < c").fixed == "a < b and b < c")
    #expect(Parsing("a == not b").fixed == "a == (not b)")
  }
}

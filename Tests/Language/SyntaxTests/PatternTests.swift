import JanusSource
import JanusSyntax
import Testing

/// `match` and its patterns (language.md §8).
struct PatternTests {
  @Test(arguments: [
    Row("0", "(patternLiteral 0)"), Row("-1", "(patternLiteral -1)"),
    Row("1..9", "(patternRange inclusive 1 9)"), Row("-5..-1", "(patternRange inclusive -5 -1)"),
    Row("10..<20", "(patternRange 10 20)"), Row("9..", "(patternRange inclusive 9)"),
    Row("..9", "(patternRange inclusive - 9)"), Row("..<9", "(patternRange - 9)"),
    Row("\"a\"..\"f\"", "(patternRange inclusive \"a\" \"f\")"),
    Row("1s..2s", "(patternRange inclusive 1000000000ns 2000000000ns)"),
    Row("true", "(patternLiteral true)"), Row("null", "(patternLiteral null)"),
    Row("\"a\" | \"b\"", "(patternAlternatives [(patternLiteral \"a\") (patternLiteral \"b\")])"),
    Row("\"a\"\n | \"b\"", "(patternAlternatives [(patternLiteral \"a\") (patternLiteral \"b\")])"),
    Row("_", "(patternWildcard)"), Row("else", "(patternWildcard)"), Row("x", "(patternBinding x)"),
    Row("n: int", "(patternBinding n (typeName int))"),
    Row("n: int | string", "(patternBinding n (typeUnion [(typeName int) (typeName string)]))"),
    Row("_: bool", "(patternType (typeName bool))"),
    Row("Point", "(patternType (typeName Point))"),
    Row("m.Point", "(patternType (typeName Point - m))"),
    Row(
      "Point { x, y: 0 }",
      "(patternStruct Point [(patternField x (patternBinding x)) (patternField y "
        + "(patternLiteral 0))])"
    ), Row("m.Point {}", "(patternStruct (member m Point) [])"),
    Row(".Circle(r)", "(patternCase - Circle [(patternBinding r)])"),
    Row(
      ".Rect(h: a, ..)",
      "(patternCase - Rect [(patternField h (patternBinding a)) "
        + "(patternRest)])"),
    Row(".Empty", "(patternCase - Empty)"),
    Row("Shape.Circle(_)", "(patternCase Shape Circle [(patternWildcard)])"),
    Row("m.Shape.Circle", "(patternCase (member m Shape) Circle)"),
    Row(".A | B.C", "(patternAlternatives [(patternCase - A) (patternCase B C)])"),
    Row("[]", "(patternList [])"),
    Row("[0, ..]", "(patternList [(patternLiteral 0) (patternRest)])"),
    Row(
      "[a, [b, c], ..d]",
      "(patternList [(patternBinding a) (patternList [(patternBinding b) (patternBinding c)]) "
        + "(patternRest d)])"
    ), Row("[..9, x]", "(patternList [(patternRange inclusive - 9) (patternBinding x)])"),
    Row(
      "{ kind: \"ping\", id }",
      "(patternMap [(patternField kind (patternLiteral \"ping\")) (patternField id "
        + "(patternBinding id))])"
    ),
    Row(
      "{ \"a b\": x, 3: y, end: z, .. }",
      "(patternMap [(patternField - (patternBinding x) \"a b\") (patternField - "
        + "(patternBinding y) 3) (patternField end (patternBinding z)) (patternRest)])"
    ),
  ])
  func patterns(_ row: Row) {
    #expect(
      Parsing("match v { \(row.text) => 1 }").result == "(match v [(arm \(row.expected) - 1)])")
  }

  @Test(arguments: [
    Row(
      "match v { x when x > 1 => x }",
      "(match v [(arm (patternBinding x) (compare greater x 1) x)])"),
    Row(
      "match v do\n1 => a\n_ => b\nend",
      "(match v [(arm (patternLiteral 1) - a) (arm (patternWildcard) - b)])"),
    Row(
      "match v { 1 => x += 1, 2 => print \"a\", 3 => print \"b\", \"c\"\n _ => return }",
      "(match v [(arm (patternLiteral 1) - (assign add x 1)) (arm (patternLiteral 2) - (call "
        + "short print [\"a\"])) (arm (patternLiteral 3) - (call short print [\"b\" \"c\"])) "
        + "(arm (patternWildcard) - (return))])"
    ),
    Row(
      "match v { 1 => do a end, 2 =>\n b, }",
      "(match v [(arm (patternLiteral 1) - {a}) (arm (patternLiteral 2) - b)])"),
    Row(
      "match v { 1 => print \"a\", }",
      "(match v [(arm (patternLiteral 1) - (call short print [\"a\"]))])"),
    Row("match v {}", "(match v [])"),
    Row(
      "match v {\n1 => a\n..9 => b\n-1 => c\n[] => d\n.A => e\n}",
      "(match v [(arm (patternLiteral 1) - a) (arm (patternRange inclusive - 9) - b) "
        + "(arm (patternLiteral -1) - c) (arm (patternList []) - d) (arm (patternCase - A) - e)])"),
    Row(
      "match v {\n1 => if a do b end\nelse => c\n}",
      "(match v [(arm (patternLiteral 1) - (if a {b})) (arm (patternWildcard) - c)])"),
    Row(
      "match v {\n1 => if a { b }\nelse => c\n}",
      "(match v [(arm (patternLiteral 1) - (if a (block braces [b]))) (arm (patternWildcard) - c)])"
    ),
    Row(
      "match f(x) { a => |y| y, b => 1 }",
      "(match (call f [x]) [(arm (patternBinding a) - (closure [(parameter y)] y)) (arm "
        + "(patternBinding b) - 1)])"
    ),
    Row(
      "match v { a => match b { c => 1 }, d => 2 }.e",
      "(member (match v [(arm (patternBinding a) - (match b [(arm (patternBinding c) - 1)])) "
        + "(arm (patternBinding d) - 2)]) e)"
    ),
  ])
  func arms(_ row: Row) {
    #expect(Parsing(row.text).result == row.expected)
  }

  @Test(arguments: [
    Row(".Circle(r) | .Ball(r) => r", "1:19 J0215"), Row("x | 1 => 1", "1:11 J0215"),
    Row("1 | [_, ..r] => 1", "1:21 J0215"), Row("(a) => 1", "1:11 J0201"),
    Row("1 if a => 1", "1:13 J0201"), Row("1 -> 2", "1:13 J0203"), Row("case 1 => 2", "1:11 J0209"),
    Row("1 || 2 => 3", "1:13 J0203"),
    Row("Some(x) => 1", "1:15 J0201"), Row("let x => 1", "1:11 J0201"),
    Row("while => 1", "1:11 J0207"), Row("{ end } => 1", "1:13 J0207"),
    Row("{ Id } => 1", "1:13 J0210"), Row("1 = > 2, 3 => 4\n5 6 => 7", "1:13 J0201, 2:3 J0201"),
    Row(".. => 1", "1:14 J0201"), Row("a => let x = 1\nb => 2", "1:16 J0201"),
    Row("$\"a\" => 1", "1:11 J0201"),
  ])
  func badArms(_ row: Row) {
    #expect(Parsing("match v { \(row.text) }").places == row.expected)
  }
}

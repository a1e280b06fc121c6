import JanusSource
import JanusSyntax
import Testing

/// Text, byte and interpolated literals (language.md §1).
struct StringTests {
  @Test(arguments: [
    Row(#""text""#, #""text""#), Row("'text'", #""text""#), Row(#"'say "hi"'"#, #""say \"hi\"""#),
    Row(#""a\n\t\\""#, "\"a\\n\t\\\\\""), Row(#""\u{1F600}\u{48}""#, "\"😀H\""),
    Row(#""\x41\0""#, "\"A\0\""), Row(#""\"" + '\''"#, #"(binary add "\"" "'")"#),
    Row(#""""#, #""""#),
    Row(#""{ plain }""#, #""{ plain }""#), Row(#"b"a\x00\xff""#, "(bytes \"a\0\u{FFFD}\")"),
    Row(#"b """#, "(call short b [\"\"])"),
    Row(#"x = "// no comment""#, #"(assign x "// no comment")"#),
  ])
  func texts(_ row: Row) {
    #expect(Parsing(row.text).result == row.expected)
  }

  @Test(arguments: [
    Row(#"let p = "C:\quiet""#, "1:12 J0103"), Row(#""\{a\}""#, "1:2 J0103, 1:5 J0103"),
    Row(#""\u{110000}""#, "1:2 J0103"), Row(#""\u{d800}""#, "1:2 J0103"),
    Row(#""\u12""#, "1:2 J0103"),
    Row(#""\x4""#, "1:2 J0103"), Row(#""\xff""#, "1:2 J0103"), Row(#"b"\u{41}""#, "1:3 J0103"),
    Row("let a = \"x\nlet b = 1", "1:9 J0102"), Row("print('x)\nprint(1)", "1:7 J0102"),
    Row("f(\n  \"x,\n  1\n)", "2:3 J0102"),
    Row("if f(\"x) do\n  a\nend\nlet 5 = 1", "1:6 J0102, 4:5 J0201"),
    Row("xs.each('x) do |y|\n  a\nend", "1:9 J0102"), Row("\"", "1:1 J0102"),
    Row("$\"a", "1:1 J0102"),
    Row("b\"a", "1:1 J0102"), Row("\"a\\", "1:1 J0102"), Row("print(f\"x\")", "1:7 J0234"),
  ])
  func badTexts(_ row: Row) {
    #expect(Parsing(row.text).places == row.expected)
  }

  @Test(arguments: [
    Row("x = \"\"\"\n  a\n    b\n\n  c\n  \"\"\"", #"(assign x "a\n  b\n\nc")"#),
    Row("x = \"\"\"\n\"\"\"", #"(assign x "")"#), Row("x = \"\"\"\n\n\"\"\"", #"(assign x "")"#),
    Row("x = \"\"\"\r\n a\r\n b\r\n \"\"\"", #"(assign x "a\nb")"#),
    Row("x = \"\"\"\n a\\n\\\"\"\"\n \"\"\"", "(assign x \"a\\n\\\"\\\"\\\"\")"),
    Row("x = \"\"\"\n\ta\n\t\"\"\" + y", #"(assign x (binary add "a" y))"#),
    Row("x = \"\"\"a\"\"\"", "J0201"), Row("x = \"\"\"\n a\"\"\"", "J0201"),
    Row("x = \"\"\"\n  a\n b\n  \"\"\"", "J0201"), Row("x = \"\"\"\n  a", "J0102"),
  ])
  func textBlocks(_ row: Row) {
    #expect(Parsing(row.text).result == row.expected)
  }

  @Test(arguments: [
    Row(#"$"hello {name}!""#, #"(interpolation ["hello " (formatted name) "!"])"#),
    Row(#"$"{a}{b + 1}""#, "(interpolation [(formatted a) (formatted (binary add b 1))])"),
    Row(#"$"""#, "(interpolation [])"), Row(#"$"\{a}""#, #"(interpolation ["{a}"])"#),
    Row(#"$"{p:.2f}""#, #"(interpolation [(formatted p ".2f")])"#),
    Row(
      #"$"{n:->5}|{n:*^9}{n:,}{n::>3}""#,
      #"(interpolation [(formatted n "->5") "|" (formatted n "*^9") (formatted n ",") "#
        + #"(formatted n ":>3")])"#
    ),
    Row(#"$"{n:=^5}""#, #"(interpolation [(formatted n "=^5")])"#),
    Row(
      #"$"{m["a:b"]:03} {f(n: 4)}""#,
      #"(interpolation [(formatted (index m "a:b") "03") " " (formatted (call f "#
        + #"[(namedArgument n 4)]))])"#
    ),
    Row(
      #"$"{$"<{x}>"}{"{"}""#,
      #"(interpolation [(formatted (interpolation ["<" (formatted x) ">"])) (formatted "{")])"#),
    Row(#"$"{if a do 1 else 2 end}""#, "(interpolation [(formatted (if a {1} {2}))])"),
    Row(
      #"$"{({ k: 5 }).k}""#,
      #"(interpolation [(formatted (member (parentheses (map [(mapEntry "k" 5)])) k))])"#),
    Row(
      "x = $\"\"\"\n  a {b}\n    {c}\n  \"\"\"",
      #"(assign x (interpolation ["a " (formatted b) "\n  " (formatted c)]))"#),
  ])
  func interpolations(_ row: Row) {
    #expect(Parsing(row.text).result == row.expected)
  }

  @Test(arguments: [
    Row(#"print($"{}")"#, "1:9 J0108"), Row(#"print($"{p:.2q}") + "#, "1:12 J0108, 1:20 J0202"),
    Row("print($\"{a b}\")\nlet = 1", "1:12 J0108, 2:5 J0201"),
    Row(#"print($"{a:}")"#, "1:12 J0108"),
    Row("print($\"{a\")\nx", "1:11 J0102"),
    Row("print($\"{a +}\")\nlet 5 = 1", "1:13 J0201, 2:5 J0201"),
    Row("$\"{a:5\nx", "1:6 J0108"), Row(#"$"{a:99999}""#, "1:6 J0108"),
    Row("let x = $\"\"\"\n{a}", "1:9 J0102"),
  ])
  func badInterpolations(_ row: Row) {
    #expect(Parsing(row.text).places == row.expected)
  }

  @Test func expressionsInBracesHaveTheirPlaceInTheFile() throws {
    let parsing = Parsing("let t = $\"ab{x + yy}\"")
    let sum = try #require(parsing.tree.nodes.first { $0.kind == .binary })
    #expect(sum.start == 13)
    #expect(sum.end == 19)
  }
}

import JanusSource
import JanusSyntax
import Testing

/// How bytes become tokens (language.md §1).
struct LexerTests {
  @Test(arguments: [
    Row("42", "42"), Row("1_000_000", "1000000"), Row("0xff", "255"), Row("0xFF", "255"),
    Row("0b1010", "10"), Row("0o17", "15"), Row("0b1111_0000", "240"),
    Row("0xffffffffffffffff", "-1"), Row("0x8000000000000000", "-9223372036854775808"),
    Row("0o1777777777777777777777", "-1"), Row("0x0000000000000000000ff", "255"),
    Row("9223372036854775807", "9223372036854775807"),
    Row("-9223372036854775808", "-9223372036854775808"), Row("-0x1", "-1"),
    Row("9223372036854775808", "J0105"), Row("0x10000000000000000", "J0105"),
    Row("-9223372036854775809", "J0105"), Row("99999999999999999999999", "J0105"),
    Row("0b12", "J0104"), Row("0x", "J0104"), Row("0xg", "J0104"), Row("0X1", "J0104"),
    Row("1__0", "J0104"), Row("1_", "J0104"), Row("0x_1", "J0104"), Row("12abc", "J0104"),
  ])
  func integers(_ row: Row) {
    #expect(Parsing(row.text).result == row.expected)
  }

  @Test(arguments: [
    Row("1.5", "1.5"), Row("1e-9", "1e-09"), Row("1.5e3", "1500.0"), Row("1E2", "100.0"),
    Row("1_000.5", "1000.5"), Row("-1.5", "-1.5"), Row("1..3", "(range inclusive 1 3)"),
    Row("1.f", "(member 1 f)"), Row("1.f()", "(call (member 1 f) [])"), Row("1e999", "J0104"),
    Row("1e5x", "J0104"), Row("x = .5", "J0104"),
  ])
  func floats(_ row: Row) {
    #expect(Parsing(row.text).result == row.expected)
  }

  @Test(arguments: [
    Row("250ms", "250000000ns"), Row("1.5h", "5400000000000ns"), Row("1d", "86400000000000ns"),
    Row("3us", "3000ns"), Row("7ns", "7ns"), Row("2m", "120000000000ns"), Row("0s", "0ns"),
    Row("-1.5s", "-1500000000ns"), Row("1.50000000000000000000000s", "1500000000ns"),
    Row("106751d", "9223286400000000000ns"), Row("106752d", "J0105"), Row("999999999999d", "J0105"),
    Row("0.5ns", "J0104"), Row("1sec", "J0104"), Row("1e3s", "J0104"), Row("5min", "J0104"),
    Row("2 * s", "(binary multiply 2 s)"),
  ])
  func durations(_ row: Row) {
    #expect(Parsing(row.text).result == row.expected)
  }

  @Test(arguments: [
    Row("a // comment", "a"), Row("a /* b */ + c", "(binary add a c)"),
    Row("/* a /* b */ c */ d", "d"), Row("/// doc\nx", "x"), Row("a /* \n */ b", "a b"),
    Row("#!/usr/bin/janus $ \"\nx", "x"), Row("\u{FEFF}x", "x"), Row("a\r\nb\r\n", "a b"),
    Row("", ""), Row("\n\n", ""), Row(";;;", ""), Row("a;b;", "a b"), Row("a\tb = 1", "J0213"),
  ])
  func triviaAndEnds(_ row: Row) {
    #expect(Parsing(row.text).result == row.expected)
  }

  @Test(arguments: [
    Row("let x = @", "1:9 J0101"), Row("let x = 1 $ 2", "1:11 J0101"), Row("`a`", "1:1 J0234"),
    Row("# note", "1:1 J0101"), Row("let größe = 1", "1:7 J0101"),
    Row("print(\u{201C}a\u{201D})", "1:7 J0101"), Row("a\u{A0}+ b", "1:2 J0101"),
    Row("/* a", "1:1 J0106"), Row("/* a /* b */", "1:1 J0106"),
  ])
  func unexpectedCharacters(_ row: Row) {
    #expect(Parsing(row.text).places.hasPrefix(row.expected))
  }

  @Test func bytesThatAreNotUTF8AreReportedOnce() {
    let parsing = Parsing(Array("print(\"a".utf8) + [0xFF, 0xFE] + Array("\")\nlet x = 1".utf8))
    #expect(parsing.places == "1:9 J0107")
    #expect(parsing.diagnostics.first?.span.end == 10)
  }

  @Test func commentsAreKeptInOrder() {
    let tree = Parsing("#!run\n/// doc\nf() // a\n//// line\n/* b */").tree
    #expect(tree.comments.map(\.kind) == [.shebang, .doc, .line, .line, .block])
    #expect(tree.comments.map(\.span.start) == [0, 6, 18, 23, 33])
  }

  @Test func lookingAheadKeepsEachCommentOnce() {
    let tree = Parsing("match x { 1 => { /* a */ [ /* b */ k]: 1 } }").tree
    #expect(tree.comments.count == 2)
  }

  @Test(arguments: Keywords.all)
  func everyReservedWordIsANameAfterADotAndBeforeAColon(word: String) {
    #expect(Parsing("a.\(word)").result == "(member a \(word))")
    #expect(Parsing("x = { \(word): 1 }").result == "(assign x (map [(mapEntry \"\(word)\" 1)]))")
    #expect(Parsing("f(\(word): 1)").result == "(call f [(namedArgument \(word) 1)])")
    #expect(Parsing("let \(word) = 1").codes.contains("J02"))
  }

  @Test(arguments: Keywords.contextual)
  func everyContextualWordIsAName(word: String) {
    #expect(Parsing("let \(word) = 1").result == "(let (patternBinding \(word)) - 1)")
    #expect(Parsing("\(word) = \(word) + 1").result == "(assign \(word) (binary add \(word) 1))")
    #expect(Parsing("\(word)(1)").result == "(call \(word) [1])")
  }
}

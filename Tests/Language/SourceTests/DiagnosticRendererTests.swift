import JanusSource
import Testing

/// What people see of a diagnostic.
struct DiagnosticRendererTests {
  private let renderer = DiagnosticRenderer(color: false)

  private func file(_ text: String, name: String = "a.jan") -> SourceFile {
    SourceFile(name: name, bytes: Array(text.utf8))
  }

  private func diagnostic(
    _ start: UInt32, _ end: UInt32, labels: [Diagnostic.Label] = [], help: String? = nil,
    fix: Diagnostic.Fix? = nil, severity: Severity = .error
  ) -> Diagnostic {
    Diagnostic(
      .foreignOperator, Span(start, end), "`&&` is written `and`", labels: labels, help: help,
      fix: fix, severity: severity)
  }

  @Test func aDiagnosticShowsItsLineItsHelpAndItsFix() {
    let shown = renderer.human(
      diagnostic(
        12, 14, help: "write `and`", fix: Diagnostic.Fix(span: Span(12, 14), replacement: "and")),
      in: file("x\nlet a = b && c\ny\n"))
    #expect(
      shown == """
        error[J0203]: `&&` is written `and`
         --> a.jan:2:11
          |
        2 | let a = b && c
          |           ^^
          help: write `and`
          - let a = b && c
          + let a = b and c
        """)
  }

  @Test func labelsStandInTheOrderOfTheText() {
    let text = file("if a do\n  b\n}\n")
    let label = Diagnostic.Label(span: Span(5, 7), text: "it begins here")
    #expect(
      renderer.human(diagnostic(12, 13, labels: [label]), in: text) == """
        error[J0203]: `&&` is written `and`
         --> a.jan:3:1
          |
        1 | if a do
          |      -- it begins here
        ...
        3 | }
          | ^
        """)
  }

  @Test func aLabelOnTheSameLineRepeatsNoLine() {
    let label = Diagnostic.Label(span: Span(0, 1), text: "first")
    #expect(
      renderer.human(diagnostic(2, 3, labels: [label]), in: file("a < b")) == """
        error[J0203]: `&&` is written `and`
         --> a.jan:1:3
          |
        1 | a < b
          |   ^
          | - first
        """)
  }

  @Test func theShortFormIsOneLine() {
    #expect(
      renderer.short(diagnostic(12, 14, help: "write `and`"), in: file("x\nlet a = b && c"))
        == "a.jan:2:11: error[J0203]: `&&` is written `and` (help: write `and`)")
    #expect(
      renderer.short(diagnostic(0, 1, severity: .warning), in: file("x"))
        == "a.jan:1:1: warning[J0203]: `&&` is written `and`")
  }

  @Test func columnsCountScalarsAndCaretsCountCells() {
    let text = file("\t日é\u{65}\u{301} x")
    let shown = renderer.excerpt(of: Span(10, 11), in: text)
    #expect(shown == "1 |     日éé x\n  |          ^")
    #expect(renderer.short(diagnostic(10, 11), in: text).hasPrefix("a.jan:1:7:"))
  }

  @Test func wideCharactersAreUnderlinedWhole() {
    #expect(renderer.excerpt(of: Span(1, 7), in: file("a日本b")) == "1 | a日本b\n  |  ^^^^")
  }

  @Test func whatWouldMoveTheCursorIsShownAsAnEscape() {
    let shown = renderer.excerpt(of: Span(5, 6), in: file("a\u{1B}[2J\u{202E}b"))
    #expect(shown.hasPrefix("1 | a\\u{1b}[2J\\u{202e}b\n"))
    #expect(
      !renderer.short(diagnostic(0, 1), in: file("x", name: "a\u{1B}\n.jan")).contains("\u{1B}"))
  }

  @Test func bytesThatAreNotUTF8AreReplaced() {
    let text = SourceFile(name: "a.jan", bytes: [0x61, 0xFF, 0xE2, 0x82, 0x62])
    #expect(renderer.excerpt(of: Span(1, 2), in: text) == "1 | a\u{FFFD}\u{FFFD}\u{FFFD}b\n  |  ^")
  }

  @Test func longLinesAreCutAroundTheSpan() {
    let text = file(String(repeating: "a", count: 500) + "XY" + String(repeating: "b", count: 500))
    let lines = DiagnosticRenderer(color: false, width: 60).excerpt(of: Span(500, 502), in: text)
      .split(separator: "\n")
    #expect(lines.allSatisfy { $0.count <= 60 })
    #expect(lines[0].contains("aXYb"))
    #expect(lines[0].hasPrefix("1 | …"))
    #expect(lines[0].hasSuffix("…"))
    let column = lines[0].prefix { $0 != "X" }.count
    #expect(lines[1].prefix { $0 != "^" }.count == column)
    #expect(lines[1].hasSuffix("^^"))
  }

  @Test func spansOfSeveralLinesShowTheFirst() {
    #expect(
      renderer.excerpt(of: Span(4, 9), in: file("let a = [\n1]\n"))
        == "1 | let a = [\n  |     ^^^^^")
    #expect(
      renderer.excerpt(of: Span(8, 12), in: file("let a = [\r\n1]\n"))
        == "1 | let a = [\n  |         ^")
  }

  @Test func emptySpansAndSpansBehindTheTextHaveOneCaret() {
    #expect(renderer.excerpt(of: Span(1, 1), in: file("ab")) == "1 | ab\n  |  ^")
    #expect(renderer.excerpt(of: Span(90, 99), in: file("ab")) == "1 | ab\n  |   ^")
    #expect(renderer.excerpt(of: Span(0, 0), in: file("")) == "1 |\n  | ^")
    #expect(renderer.excerpt(of: Span(3, 3), in: file("ab\n")) == "2 |\n  | ^")
  }

  @Test func fixesOfSeveralLinesShowThem() {
    let fix = Diagnostic.Fix(span: Span(1, 2), replacement: " ")
    let shown = renderer.human(diagnostic(0, 1, fix: fix), in: file("a\nb\nc"))
    #expect(shown.hasSuffix("  - a\n  - b\n  + a b"))
  }

  @Test func coloursAreOnlyThereWhenWanted() {
    let colored = DiagnosticRenderer(color: true).human(diagnostic(0, 1), in: file("x"))
    #expect(colored.hasPrefix("\u{1B}[1;31merror[J0203]\u{1B}[0m"))
    #expect(!renderer.human(diagnostic(0, 1), in: file("x")).contains("\u{1B}"))
  }

  @Test func aLineOfAMegabyteIsReadAroundTheSpanOnly() {
    let half = String(repeating: "日", count: 200_000)
    let text = file(half + "XY" + half)
    let start = UInt32(half.utf8.count)
    let shown = DiagnosticRenderer(color: false, width: 60)
      .excerpt(of: Span(start, start + 2), in: text)
    let lines = shown.split(separator: "\n")
    #expect(lines[0].contains("日XY日"))
    #expect(lines[0].hasPrefix("1 | …日") && lines[0].hasSuffix("日…"))
    #expect(lines[1].hasSuffix(" ^^"))
    #expect(!shown.contains("\u{FFFD}"))
  }

  @Test func aTraceShowsEveryCall() {
    let text = file("f(x)\n\tg(y)\n")
    let trace = Trace(
      code: "Fault.Index", message: "no\nmore\u{1B}", hint: "look",
      frames: [
        .init(function: "g", file: text, span: Span(6, 10)),
        .init(function: "top level", file: text, span: Span(0, 4)),
      ], omittedCount: 3)
    #expect(
      renderer.text(trace, as: .human) == """
        error[Fault.Index]: no
        more\\u{1b}
         --> a.jan:2:2 in g
          |
        2 |     g(y)
          |     ^^^^
          help: look
         --> a.jan:1:1 in top level
        1 | f(x)
          | ----
          … and 3 more
        """)
    #expect(
      renderer.text(trace, as: .short)
        == "a.jan:2:2: error[Fault.Index]: no\\nmore\\u{1b} (help: look)")
  }

  @Test func aTraceWithoutPlacesIsShownToo() {
    let trace = Trace(code: "fail", message: "no", hint: "look", frames: [], omittedCount: 0)
    #expect(renderer.text(trace, as: .human) == "error[fail]: no\n  help: look")
    #expect(renderer.text(trace, as: .short) == "error[fail]: no (help: look)")
    #expect(
      renderer.text(trace, as: .json)
        == #"{"severity":"error","code":"fail","message":"no","help":"look","trace":[]}"#)
  }

  @Test func jsonCountsUTF16AndEscapesWhatBreaksLines() {
    let text = file("a\r\n😀 \"b\"\n", name: "a\"\u{1}\u{2028}.jan")
    let found = Diagnostic(
      .foreignOperator, Span(8, 11), "tab\there\\", help: "h",
      fix: Diagnostic.Fix(span: Span(3, 7), replacement: "é\n"), severity: .warning)
    #expect(
      renderer.json(found, in: text)
        == #"{"severity":"warning","code":"J0203","message":"tab\there\\","#
        + #""file":"a\"\u0001\u2028.jan","range":{"start":{"line":1,"character":3},"#
        + #""end":{"line":1,"character":6}},"help":"h","fix":{"range":{"start":"#
        + #"{"line":1,"character":0},"end":{"line":1,"character":2}},"newText":"é\n"}}"#)
  }

  @Test func anySpanInAnyBytesIsRendered() {
    var state: UInt64 = 7
    func random(_ bound: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1
      return Int((state >> 33) % UInt64(bound))
    }
    let alphabet: [UInt8] = [0x0A, 0x0D, 0x09, 0x41, 0x1B, 0x80, 0xC3, 0xA9, 0xE6, 0x97, 0xF0, 0xFF]
    for _ in 0..<400 {
      let bytes = (0..<random(60)).map { _ in alphabet[random(alphabet.count)] }
      let text = SourceFile(name: "a.jan", bytes: bytes)
      let start = UInt32(random(70))
      let span = Span(start, start + UInt32(random(20)))
      let found = diagnostic(
        span.start, span.end, labels: [.init(span: Span(0, UInt32(random(70))), text: "l")],
        fix: Diagnostic.Fix(span: span, replacement: "x\ny"))
      for format in DiagnosticFormat.allCases {
        let shown = renderer.text(found, in: text, as: format)
        #expect(!shown.contains("\u{1B}") && !shown.contains("\r"))
        #expect(format == .human || !shown.contains("\n"))
      }
    }
  }
}

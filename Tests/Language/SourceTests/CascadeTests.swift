import JanusSource
import Testing

/// One mistake is one report.
struct CascadeTests {
  private let file = SourceFile(name: "a.jan", bytes: Array("let a = \"x\nprint(a)\nf(b)\n".utf8))
  private let mistake = Diagnostic(.unterminatedString, Span(8, 10), "open")

  private func unknown(_ start: UInt32) -> Diagnostic {
    Diagnostic(.unknownName, Span(start, start + 1), "there is no such name")
  }

  @Test func namesOfALineThatDidNotParseAreNoNews() {
    let cascade = Cascade(of: [mistake], skipped: [], in: file)
    let news = cascade.news(in: [unknown(17), unknown(22)])
    #expect(news.map(\.span.start) == [22])
  }

  @Test func withoutMistakesEverythingIsNews() {
    let cascade = Cascade(of: [], skipped: [Span(0, 20)], in: file)
    #expect(cascade.news(in: [unknown(17), unknown(22)]).count == 2)
  }

  @Test func behindAMisspeltWordTheLineWasReadAsSomethingElse() {
    let word = Diagnostic(.misspeltKeyword, Span(11, 16), "there is no such word")
    let jump = Diagnostic(.outsideLoop, Span(17, 18), "outside a loop")
    let cascade = Cascade(of: [], skipped: [], in: file)
    #expect(cascade.news(in: [word, jump, unknown(22)]).map(\.span.start) == [11, 22])
  }
}

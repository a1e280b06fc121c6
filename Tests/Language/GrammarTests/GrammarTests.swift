import JanusSource
import JanusSyntax
import Testing

/// The grammar as it stands in `Grammar/janus.ebnf`, ready to be executed.
struct JanusGrammar {
  let grammar: Grammar
  let recogniser: Recogniser

  init() throws {
    grammar = try GrammarReader.read(try Corpus.grammarText())
    recogniser = Recogniser(try Automaton(grammar))
  }

  /// The words before the first token that does not fit; nil where the text is a sentence.
  func refusal(of file: SourceFile) -> String? {
    let stream = TokenStream(of: file)
    if let report = stream.diagnostics.first { return report.message }
    let symbols = Layout.symbols(stream.tokens)
    guard let failure = recogniser.firstFailure(in: symbols) else { return nil }
    return symbols[max(0, failure - 8)...failure].map(\.text).joined(separator: " ")
  }
}

/// The lexical and syntactic diagnostics of a file, but for what is no question of its form: the
/// bounds of a range are no strings.
private func diagnostics(of file: SourceFile) -> [Diagnostic] {
  var diagnostics: [Diagnostic] = []
  _ = Parser.parse(file, diagnostics: &diagnostics)
  return diagnostics.filter {
    $0.code != .rangeOfStrings && ($0.code.rawValue.hasPrefix("J01") || $0.code.rawValue.hasPrefix("J02"))
  }
}

@Suite struct GrammarTests {
  @Test func itsWordsAreThoseOfTheLanguage() throws {
    let grammar = try GrammarReader.read(try Corpus.grammarText())
    var words: Set<String> = []
    for case .literal(let text) in grammar.terms where text.first?.isLetter == true {
      words.insert(text)
    }
    let expected =
      Keyword.allCases.map(\.rawValue) + ContextualWord.allCases.map(\.rawValue)
    #expect(words.subtracting(expected).sorted() == [])
    #expect(Set(expected).subtracting(words).sorted() == [])
  }

  @Test func everyRuleIsDefinedAndReachable() throws {
    let grammar = try GrammarReader.read(try Corpus.grammarText())
    var reached: Set<String> = ["program"]
    var open = ["program"]
    while let name = open.popLast() {
      let term = try #require(grammar.rules[name], "`\(name)` is undefined")
      Grammar.visit(term) { term in
        if case .rule(let name) = term, reached.insert(name).inserted { open.append(name) }
      }
    }
    #expect(grammar.order.filter { !reached.contains($0) } == [])
  }

  @Test func itsClassesAndConditionsAreKnownAndUsed() throws {
    let grammar = try GrammarReader.read(try Corpus.grammarText())
    var used: Set<String> = []
    for case .token(let name) in grammar.terms { used.insert(name) }
    let known = Alphabet.classes.union(Alphabet.conditions)
    #expect(used.symmetricDifference(known).sorted() == [])
  }

  /// Texts that the parser refuses for a reason that the grammar does not know.
  private static let leftToParser = [
    "s01-text/unknown-format.jan": "what a format may be is said in part two",
    "s06-functions/bar-never-starts-an-argument.jan": "`a |x| …` could be infix",
    "s06-functions/minus-never-starts-an-argument.jan": "`a -x` could be infix",
  ]

  @Test func recogniserAndParserAgreeOnTheCorpus() throws {
    let janus = try JanusGrammar()
    try #require(Corpus.paths.count > 400)
    for path in Corpus.paths {
      let file = try Corpus.file(path)
      let reports = diagnostics(of: file)
      let refusal = janus.refusal(of: file)
      let reason = Self.leftToParser.first { path.hasSuffix($0.key) }
      if reason != nil {
        #expect(refusal == nil && !reports.isEmpty, "\(path) is no exception any more")
      } else {
        #expect(
          (refusal == nil) == reports.isEmpty,
          "\(path): parser \(reports.map(\.code.rawValue)), grammar: \(refusal ?? "accepts")")
      }
    }
  }

  /// `catch f do … end` looks like the handler of another language and is reported as one.
  private static func isHandlerWithoutBars(_ report: Diagnostic, _ text: String) -> Bool {
    guard report.message == "the error that `catch` binds stands between bars" else { return false }
    let before = String(decoding: text.utf8.prefix(Int(report.span.start)), as: UTF8.self)
    return before.split(whereSeparator: \.isWhitespace).last == "catch"
  }

  @Test(arguments: [42, 1, 2, 3, 4, 5] as [UInt64])
  func generatedSentencesParse(seed: UInt64) throws {
    let grammar = try GrammarReader.read(try Corpus.grammarText())
    var generator = Generator(grammar, seed: seed)
    var exceptions = 0
    for index in 0..<1_000 {
      let text = generator.sentence("program", size: 8 + index % 60)
      let file = SourceFile(name: "generated.jan", bytes: Array(text.utf8))
      guard let report = diagnostics(of: file).first else { continue }
      if Self.isHandlerWithoutBars(report, text) {
        exceptions += 1
      } else {
        Issue.record("\(report.code.rawValue) \(report.message) at \(report.span.start):\n\(text)")
      }
    }
    #expect(exceptions <= 4)
  }

  @Test(arguments: [7, 1, 2, 3, 4, 5] as [UInt64])
  func generatedSentencesAreRecognised(seed: UInt64) throws {
    let janus = try JanusGrammar()
    var generator = Generator(janus.grammar, seed: seed)
    for index in 0..<300 {
      let text = generator.sentence("program", size: 8 + index % 60)
      let refusal = janus.refusal(of: SourceFile(name: "generated.jan", bytes: Array(text.utf8)))
      #expect(refusal == nil, "\(text)")
    }
  }
}

import JanusTestSupport
import Testing

@Suite struct TidyTests {
  static let files = Repository.files(below: "Sources", endingIn: ".swift")

  @Test func theSourcesAreTidy() throws {
    #expect(!Self.files.isEmpty)
    for file in Self.files {
      for finding in Tidy.findings(in: try Repository.text(file), file: file) {
        Issue.record("\(finding)")
      }
    }
  }

  @Test func everyExemptionIsNeededAndHasAReason() {
    for exemption in Tidy.exemptions {
      #expect(Self.files.contains(exemption.file) && !exemption.reason.isEmpty)
    }
  }

  private func rules(_ text: String) -> [Tidy.Rule] {
    Tidy.findings(in: text, file: "Sources/Bad.swift").map(\.rule)
  }

  @Test func aLongFileIsFound() {
    #expect(rules(String(repeating: "\n", count: Tidy.lineLimit + 1)) == [.fileLength])
    #expect(rules(String(repeating: "\n", count: Tidy.lineLimit)).isEmpty)
  }

  @Test func aLongLineIsFound() {
    #expect(rules(String(repeating: "é", count: Tidy.columnLimit + 1)) == [.lineLength])
    #expect(rules(String(repeating: "é", count: Tidy.columnLimit)).isEmpty)
  }

  @Test(arguments: Tidy.bannedWords.map(\.word))
  func aBannedWordIsFound(_ word: String) {
    #expect(rules("let x = (\(word) f())\n") == [.word(word)])
  }

  @Test func partsOfOtherWordsAreNoBannedWords() {
    #expect(rules("let alias = has!\nretry?.now()\n").isEmpty)
  }
}

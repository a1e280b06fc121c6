import DMP
import JanusTestSupport
import Testing

/// docs/dmp/protocol.md says what the code does.
@Suite struct ProtocolDocumentTests {
  private let lines: [String]

  init() throws {
    lines = try Repository.text("docs/dmp/protocol.md").lineList
  }

  /// A number with commas between thousands.
  private func grouped(_ number: Int) -> String {
    var digits = String(number)[...]
    var groups: [Substring] = []
    while digits.count > 3 {
      groups.insert(digits.suffix(3), at: 0)
      digits = digits.dropLast(3)
    }
    return ([digits] + groups).joined(separator: ",")
  }

  @Test(arguments: FrameType.allCases)
  func everyFrameHasItsRow(_ type: FrameType) throws {
    let number = "0x0" + String(type.rawValue, radix: 16, uppercase: true)
    let row = try #require(lines.first { $0.hasPrefix("| \(number) |") }, "\(number)")
    #expect(row.contains("| \(grouped(type.bodyLimit)) |"), "\(row)")
  }

  @Test func everySignedObjectHasItsRow() throws {
    let limits: [SignatureContext: Int] = [
      .certificate: Certificate.byteLimit, .card: Card.byteLimit,
      .revocation: Revocation.byteLimit, .knock: Knock.byteLimit, .accept: Accept.byteLimit,
      .groupRecord: GroupRecord.byteLimit, .audit: AuditPoint.byteLimit,
    ]
    for context in SignatureContext.allCases {
      let row = try #require(lines.first { $0.contains("| `\(context.rawValue)` |") })
      #expect(row.hasSuffix("| \(grouped(try #require(limits[context]))) |"), "\(row)")
    }
  }

  @Test func everyContentHasItsRow() {
    for kind in Content.Kind.allCases {
      let number = kind == .beatAnswer ? "6 beat, 7 its answer" : "\(kind.rawValue) "
      #expect(lines.contains { $0.hasPrefix("| \(number)") }, "\(kind)")
    }
  }

  @Test func everyLimitOfTheEncodingIsSaid() {
    let text = lines.joined(separator: " ")
    for limit in [
      Limits.cborItems, Limits.bodyByteCount, Limits.recordByteCount, Limits.frameByteCount,
      Limits.kemKeyByteCount, Limits.kemCiphertextByteCount, Limits.skipStep, Limits.skipStored,
    ] {
      #expect(text.contains(grouped(limit)), "\(limit)")
    }
  }

  /// Suites in the threat model, and tests in brackets behind them, exist.
  @Test func everyTestOfTheThreatModelExists() throws {
    let files = Repository.files(below: "Tests/Messaging", endingIn: ".swift")
    let tests = try files.map { try Repository.text($0) }.joined(separator: "\n")
    let model = try Repository.text("docs/threat-model.md")
    let words = model.split { !$0.isLetter }.map(String.init)
    let suites = Set(words.filter { $0.hasSuffix("Tests") && $0.count > 5 })
    #expect(suites.count > 10)
    for suite in suites {
      let exists = tests.contains("struct \(suite)") || files.contains { $0.contains("/\(suite)/") }
      #expect(exists, "\(suite)")
    }
    for word in words where word.count > 20 && word.first?.isLowercase == true {
      #expect(tests.contains("func \(word)("), "\(word)")
    }
  }
}

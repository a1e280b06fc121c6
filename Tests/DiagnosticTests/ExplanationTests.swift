import JanusBytecode
import JanusSource
import JanusTestSupport
import Testing

/// What `janus explain` says is true.
@Suite struct ExplanationTests {
  @Test func everyCodeIsExplainedOnce() {
    let faults = FaultKind.allCases.map { "Fault.\($0.caseName)" }
    let expected = DiagnosticCode.allCases.map(\.rawValue) + faults + ["fail"]
    let explained = Explanation.all.map(\.code)
    #expect(Set(expected).symmetricDifference(explained).sorted() == [])
    #expect(Set(explained).count == explained.count)
  }

  @Test func codesAreFoundInAnyCase() {
    #expect(Explanation.of("j0301")?.code == "J0301")
    #expect(Explanation.of("fault.index")?.code == "Fault.Index")
    #expect(Explanation.of("J9999") == nil)
  }

  @Test(arguments: Explanation.all.map(\.code))
  func theWrongProgramHasTheCode(_ code: String) throws {
    let explanation = try #require(Explanation.of(code))
    if ExplanationTests.isOfTheChecker(code) {
      let diagnostics = Checking(explanation.program).diagnostics
      #expect(diagnostics.map(\.code.rawValue) == [code])
      return
    }
    let result = try run(explanation.program, explanation)
    #expect(result.errors.map(\.code) == [explanation.code], "\(result.errors)")
  }

  @Test(arguments: Explanation.all.map(\.code))
  func theRightProgramHasNone(_ code: String) throws {
    let explanation = try #require(Explanation.of(code))
    if ExplanationTests.isOfTheChecker(code) {
      #expect(Checking(explanation.right).diagnostics.map(\.message) == [])
    }
    let result = try run(Array(explanation.right.utf8), explanation)
    #expect(result.errors.isEmpty, "\(result.errors)")
    #expect(result.status == 0)
  }

  @Test(arguments: Explanation.all.map(\.code))
  func aPageHasATextAndBothPrograms(_ code: String) throws {
    let explanation = try #require(Explanation.of(code))
    #expect(explanation.text.count >= 45)
    #expect(explanation.title.count <= 60)
    #expect(!explanation.title.hasSuffix("."))
    let lines = explanation.page.lineList
    #expect(lines[0] == "\(explanation.code): \(explanation.title)")
    #expect(lines.contains("Wrong:") && lines.contains("Right:"))
  }

  /// Codes that only `janus check` reports.
  private static func isOfTheChecker(_ code: String) -> Bool {
    code.hasPrefix("J05") || code.hasPrefix("J06")
  }

  private func run(_ source: [UInt8], _ explanation: Explanation) throws -> ScriptResult {
    // The folder lives as long as its object.
    let folder = try TemporaryFolder()
    defer { withExtendedLifetime(folder) {} }
    var script = Script(source, name: "example.jan", folder: folder.root)
    for (option, value) in zip(explanation.options, explanation.options.dropFirst())
    where option == "--max-steps" {
      try script.limit(option, value)
    }
    return try script.run()
  }
}

import JanusRuntime
import JanusSource
import JanusTestSupport
import Testing

/// A wrong program of Tests/Diagnostics, and beside it what people read about it.
///
/// `Scripts/record-diagnostics` renews the texts; whoever does looks at the difference.
struct WrongProgram: Sendable, CustomTestStringConvertible {
  static let folder = "Tests/Diagnostics"
  static let all = Repository.files(below: folder, endingIn: ".jan").map(WrongProgram.init)

  let path: String

  var name: String { path.split(separator: "/").last.map(String.init) ?? path }
  var expectedPath: String { path.dropLast(".jan".count) + ".expected" }
  var testDescription: String { name }

  /// What is wrong with a text under the name of this program, without running it.
  func diagnostics(_ source: [UInt8]) -> [Diagnostic] {
    var loader = ProgramLoader()
    loader.load(SourceFile(name: name, bytes: source), path: name)
    return loader.findings.flatMap(\.diagnostics)
  }
}

@Suite struct DiagnosticTests {
  @Test(arguments: WrongProgram.all)
  func aWrongProgramIsToldWhatIsWrong(_ program: WrongProgram) throws {
    let expected = try Repository.text(program.expectedPath)
    let process = try ChildProcess.run(
      ChildProcess.janus, ["run", program.name], folder: Repository.path(WrongProgram.folder))
    #expect(String(decoding: process.errorOutput, as: UTF8.self) == expected)
    guard case .exited(let status) = process.end else {
      Issue.record("\(program.name) \(process.end)")
      return
    }
    #expect(status == 1 || status == 2)
  }

  /// Applying the fixes, and those that then appear, comes to an end with nothing left to fix.
  @Test(arguments: WrongProgram.all)
  func fixesFix(_ program: WrongProgram) throws {
    var source = try Repository.bytes(program.path)
    var fixes = program.diagnostics(source).compactMap(\.fix)
    var roundCount = 0
    while !fixes.isEmpty, roundCount < 4 {
      for fix in fixes.sorted(by: { $0.span.start > $1.span.start }) {
        source.replaceSubrange(
          Int(fix.span.start)..<Int(fix.span.end), with: Array(fix.replacement.utf8))
      }
      fixes = program.diagnostics(source).compactMap(\.fix)
      roundCount += 1
    }
    #expect(fixes.isEmpty, "\(String(decoding: source, as: UTF8.self))")
  }

  @Test func theProgramsShowManyMistakesAndManyCodes() throws {
    var codes: Set<Substring> = []
    for program in WrongProgram.all {
      for line in try Repository.text(program.expectedPath).lineList {
        for severity in ["error[", "warning["] where line.hasPrefix(severity) {
          codes.insert(line.dropFirst(severity.count).prefix { $0 != "]" })
        }
      }
    }
    #expect(WrongProgram.all.count >= 80)
    #expect(codes.count >= 60)
  }

  /// The messages in docs/language/errors.md are those of programs here.
  @Test func theDocumentationShowsWhatIsPrinted() throws {
    let texts = try WrongProgram.all.map { try Repository.text($0.expectedPath).lineList }
    var blocks: [[String]] = []
    var block: [String]?
    for line in try Repository.text("docs/language/errors.md").lineList {
      if line == "```" {
        if let complete = block { blocks.append(complete) }
        block = block == nil ? [] : nil
      } else {
        block?.append(line)
      }
    }
    #expect(blocks.count >= 12)
    for block in blocks { #expect(texts.contains(block), "\(block.joined(separator: "\n"))") }
  }

  @Test func everyTextBelongsToAProgram() {
    let texts = Repository.files(below: WrongProgram.folder, endingIn: ".expected")
    #expect(Set(texts) == Set(WrongProgram.all.map(\.expectedPath)))
  }
}

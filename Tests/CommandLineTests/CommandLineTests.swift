import JanusTestSupport
import Testing

/// The `janus` command as people call it.
@Suite struct CommandLineTests {
  static let files = Repository.files(below: "Tests/CommandLine", endingIn: ".test")

  /// Cases of files that can be read; `everyFileCanBeRead` names the others.
  static let cases: [CommandLineCase] = files.flatMap { path in
    do {
      let name = path.split(separator: "/").last.map(String.init) ?? path
      return try CommandLineCase.cases(in: try Repository.text(path), file: name)
    } catch {
      return []
    }
  }

  @Test(arguments: files)
  func everyFileCanBeRead(_ path: String) throws {
    let cases = try CommandLineCase.cases(in: try Repository.text(path), file: path)
    #expect(!cases.isEmpty)
    #expect(cases.allSatisfy { !$0.commands.isEmpty })
  }

  @Test func theExecutableLiesBesideTheTests() throws {
    let process = try ChildProcess.run(ChildProcess.janus, ["--version"], folder: "/")
    #expect(process.end == .exited(0), "build it first: swift build")
  }

  @Test(arguments: cases)
  func aCommandDoesWhatIsExpected(_ commandCase: CommandLineCase) throws {
    let differences = try commandCase.differences()
    #expect(differences.isEmpty)
  }

  // MARK: The reader of cases

  @Test func casesAreReadFromText() throws {
    let text = """
      # comment
      == first
      file a.jan
        print 1

          # no comment
      $ janus run a.jan
      out 1
      exit 3
      == second
      $ true
      err= two\\nlines\\n
      """
    let cases = try CommandLineCase.cases(in: text, file: "x.test")
    #expect(cases.map(\.name) == ["first", "second"])
    #expect(cases[0].files.map(\.text) == ["print 1\n\n  # no comment\n"])
    #expect(cases[0].commands == ["janus run a.jan"])
    #expect(cases.map(\.status) == [3, 0])
    #expect(cases[1].expectations.map(\.isWhole) == [true])
  }

  @Test func aLineWithoutMeaningIsRefused() {
    for text in ["out 1\n", "== a\nprints 1\n", "== a\nexit one\n"] {
      #expect(throws: CommandLineCase.Damage.self) {
        try CommandLineCase.cases(in: text, file: "x.test")
      }
    }
  }
}

import JanusRuntime
import JanusTestSupport
import Testing

/// A program of the corpus.
struct ConformanceProgram: Sendable, CustomTestStringConvertible {
  /// From the root of the checkout.
  let path: String

  /// Files in a folder named `lib` are modules that programs use.
  static let all = Repository.files(below: "Tests/Conformance", endingIn: ".jan")
    .filter { !$0.contains("/lib/") }.map { ConformanceProgram(path: $0) }

  var testDescription: String { String(path.dropFirst("Tests/Conformance/".count)) }

  /// Runs the program; what it does differently from what it says, or nil.
  func difference(_ way: Script.Way) throws -> String? {
    let source = try Repository.bytes(path)
    let expectations = try Expectations(source)
    let parts = path.split(separator: "/").map(String.init)
    var script = Script(
      source,
      name: parts[parts.count - 1],
      folder: Repository.path(parts.dropLast().joined(separator: "/"))
    )
    script.arguments = expectations.arguments
    script.limits = expectations.limits
    script.grants = expectations.grants
    script.input = expectations.input.flatMap { Array("\($0)\n".utf8) }
    return expectations.difference(from: try script.run(way))
  }
}

@Suite struct ConformanceTests {
  @Test(arguments: ConformanceProgram.all)
  func aProgramDoesWhatItSays(_ program: ConformanceProgram) throws {
    let difference = try program.difference(.asItIs)
    #expect(difference == nil)
  }

  @Test(arguments: ConformanceProgram.all)
  func aProgramDoesTheSameFromAnImage(_ program: ConformanceProgram) throws {
    let difference = try program.difference(.throughImage)
    #expect(difference == nil)
  }

  @Test(arguments: ConformanceProgram.all)
  func aProgramDoesTheSameWhenTheCollectorRunsAlways(_ program: ConformanceProgram) throws {
    let difference = try program.difference(.collectingAlways)
    #expect(difference == nil)
  }

  @Test(arguments: ConformanceProgram.all)
  func aProgramDoesTheSameWhenItsTurnsAreCounted(_ program: ConformanceProgram) throws {
    let difference = try program.difference(.counted)
    #expect(difference == nil)
  }
}

/// The corpus covers the language.
@Suite struct CoverageTests {
  /// The numbered sections of language.md, and their folders in the corpus.
  static let sections: [(folder: String, heading: String)] = [
    ("s01-text", "1. Text"),
    ("s02-blocks", "2. Blocks and braces"),
    ("s03-bindings", "3. Bindings and scope"),
    ("s04-values", "4. Values"),
    ("s05-precedence", "5. Precedence, loosest first"),
    ("s06-functions", "6. Functions"),
    ("s07-data", "7. Data"),
    ("s08-control", "8. Control"),
    ("s09-errors", "9. Errors"),
    ("s10-types", "10. Types"),
    ("s11-concurrency", "11. Concurrency"),
    ("s12-modules", "12. Modules and programs"),
    ("s13-capabilities", "13. What a script may touch"),
    ("s14-output", "14. Output"),
    ("s15-tests", "15. Tests and scenarios in the language"),
    ("s16-library", "16. Library names that programs rely on"),
  ]

  @Test(arguments: sections.map(\.folder))
  func aSectionHasAtLeastFivePrograms(_ folder: String) {
    let count = ConformanceProgram.all.count { $0.path.contains("/language/\(folder)/") }
    #expect(count >= 5)
  }

  @Test func theCorpusHasAtLeastFourHundredPrograms() {
    #expect(ConformanceProgram.all.count >= 400)
  }

  @Test func everyFolderOfTheCorpusBelongsToASection() {
    let folders = Repository.folders(in: "Tests/Conformance/language")
    #expect(folders == Self.sections.map(\.folder))
  }

  /// The design lies beside the checkout of those who build Janus; elsewhere this is skipped.
  static let design = "../shared/design/language.md"

  @Test(.enabled(if: Repository.exists(design), "\(design) is not here"))
  func theSectionsAreThoseOfTheDesign() throws {
    let headings = try Repository.text(Self.design).lineList
      .filter { $0.hasPrefix("## ") }.map { String($0.dropFirst(3)) }
    #expect(headings == Self.sections.map(\.heading))
  }

  @Test func anUnknownExpectationIsRefused() {
    for comment in [
      "// expects: 1", "// expect 1", "// expect output: 1", "// expect exit: one",
      "// expect error:", "// expect:1", "// flags: --max-steps",
    ] {
      #expect(throws: (any Error).self) { try Expectations(Array("print 1 \(comment)".utf8)) }
    }
  }

  @Test func expectationsAreReadFromComments() throws {
    let source = """
      // flags: --max-steps 1_000 --timeout 2s
      // args: a b
      /// Documentation with // nothing.
      print "x" // expect: x y
      print ""  // expect:
      f()       // expect error: Fault.Name no f
      """
    let expectations = try Expectations(Array(source.utf8))
    #expect(expectations.output == ["x y", ""])
    #expect(expectations.errors.map(\.code) == ["Fault.Name"])
    #expect(expectations.errors.map(\.part) == ["no f"])
    #expect(expectations.arguments == ["a", "b"])
    #expect(expectations.limits.steps == 1000)
    #expect(expectations.limits.timeoutNanoseconds == 2_000_000_000)
    #expect(expectations.expectedStatus == 1)
  }
}

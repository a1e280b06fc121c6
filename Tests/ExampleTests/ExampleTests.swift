import JanusTestSupport
import Testing

/// Every folder of Examples/ holds a program of its name and what it prints.
@Suite struct ExampleTests {
  static let names = Repository.folders(in: "Examples")

  @Test(arguments: names)
  func anExamplePrintsWhatIsExpected(_ name: String) throws {
    let folder = "Examples/\(name)"
    #expect(!Repository.exists("\(folder)/stdin.txt"), "nothing reads standard input yet")
    var script = Script(
      try Repository.bytes("\(folder)/\(name).jan"),
      name: "\(name).jan",
      folder: Repository.path(folder)
    )
    if Repository.exists("\(folder)/args.txt") {
      script.arguments = try Repository.text("\(folder)/args.txt").lineList
    }
    let result = try script.run()
    #expect(result.errors.isEmpty)
    #expect(result.status == 0)
    let output = String(decoding: result.output, as: UTF8.self)
    let expected = try Repository.text("\(folder)/expected.txt")
    #expect(output == expected)
  }

  @Test func theSeedProgramIsAnExample() {
    #expect(Self.names.contains("dmp_lifecycle"))
  }
}

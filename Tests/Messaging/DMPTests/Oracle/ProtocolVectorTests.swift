import Foundation
import JanusCrypto
import JanusTestSupport
import Testing

/// The vectors of docs/dmp are those of the implementation.
@Suite struct ProtocolVectorTests {
  @Test(arguments: [
    ("objects", 84), ("names", 12), ("links", 4), ("agreements", 3), ("ratchets", 4),
    ("groups", 3),
  ])
  func theVectorsOfTheDocumentationHold(_ file: String, _ count: Int) throws {
    let data = try Data(contentsOf: URL(fileURLWithPath: Repository.path(Self.path(file))))
    let lines = try JSONDecoder().decode([JSON].self, from: data)
    #expect(lines.count == count)
    let arena = SecretArena()
    for line in lines { try OracleLine(json: line).check(arena: arena) }
  }

  private static func path(_ file: String) -> String { "docs/dmp/vectors/\(file).json" }

  @Test(.enabled(if: Oracle.isThere, "\(Oracle.absence)"))
  func theOtherSideStillHoldsThem() throws {
    let files = Repository.files(below: "docs/dmp/vectors", endingIn: ".json")
    let counts = try Oracle.run("check.py", files.map { Repository.path($0) })
    #expect(counts.split(separator: "\n").count == 23)
  }

  @Test func noFileIsForgotten() {
    let files = Repository.files(below: "docs/dmp/vectors", endingIn: ".json")
    #expect(files.count == 6)
  }
}

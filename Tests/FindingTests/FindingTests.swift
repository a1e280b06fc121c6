import FuzzTargets
import JanusTestSupport
import Testing

/// An input that a target of Tests/Fuzz once did not survive.
struct Finding: Sendable, CustomTestStringConvertible {
  /// From the root of the checkout: Tests/Fuzz/Findings/TARGET/NAME.
  let path: String

  static let folder = "Tests/Fuzz/Findings"
  static let all = Repository.files(below: folder, endingIn: "")
    .filter { !Repository.isFolder($0) && !$0.hasSuffix(".md") }.map { Finding(path: $0) }

  var testDescription: String { String(path.dropFirst(Self.folder.count + 1)) }

  /// Nil when the folder is named for no target.
  var target: FuzzTarget? { FuzzTarget(rawValue: String(testDescription.prefix { $0 != "/" })) }
}

@Suite struct FindingTests {
  /// A crash ends the test run: the finding is the last one named.
  @Test(arguments: Finding.all)
  func aFindingIsSurvived(_ finding: Finding) throws {
    let target = try #require(finding.target)
    let input = try Repository.bytes(finding.path)
    let count = try onThread(in: Repository.root, within: 120, interrupt: {}) {
      target.run(input)
      return input.count
    }
    #expect(count == input.count)
  }

  @Test(arguments: FuzzTarget.allCases)
  func aMutationOfASeedIsSurvived(_ target: FuzzTarget) throws {
    let programs = Repository.files(below: "Examples", endingIn: ".jan")
    let seeds =
      try programs.compactMap { target.seed(from: try Repository.bytes($0)) } + target.seeds
    #expect(seeds.count >= 4)
    let survived = try onThread(in: Repository.root, within: 300, interrupt: {}) {
      var survived = 0
      for (index, seed) in seeds.enumerated() {
        let number = UInt64(index)
        let other = seeds[(index + 1) % seeds.count]
        let inputs = [
          seed, target.mutated(seed, seed: number), target.crossed(seed, other, seed: number),
        ]
        for case let input? in inputs {
          target.run(input)
          survived += 1
        }
      }
      return survived
    }
    #expect(survived >= seeds.count)
  }
}

import Foundation
import JanusSource
import JanusTestSupport
import Testing

/// A program in Tests/Check, and beside it what `janus check` says of it.
struct CheckedProgram: Sendable, CustomTestStringConvertible {
  /// From the root of the checkout.
  let path: String

  static let all = Repository.files(below: "Tests/Check", endingIn: ".jan")
    .filter { !$0.contains("/lib/") }.map { CheckedProgram(path: $0) }

  var testDescription: String { String(path.dropFirst("Tests/Check/".count)) }

  var expectation: String { path.dropLast(".jan".count) + ".txt" }
}

@Suite struct SnapshotTests {
  /// With JANUS_UPDATE_SNAPSHOTS set, the files are written anew, to be read in the diff.
  private static let isUpdating =
    ProcessInfo.processInfo.environment["JANUS_UPDATE_SNAPSHOTS"] != nil

  @Test(arguments: CheckedProgram.all)
  func aProgramIsReportedAsItsSnapshotSays(_ program: CheckedProgram) throws {
    let report = try Checking(path: program.path).report
    if SnapshotTests.isUpdating {
      try Data(report.utf8).write(to: URL(fileURLWithPath: Repository.path(program.expectation)))
    }
    let expected = try Repository.text(program.expectation)
    #expect(report == expected)
  }

  @Test func everyCodeOfTheCheckerHasASnapshot() throws {
    var seen: Set<DiagnosticCode> = []
    for program in CheckedProgram.all {
      for diagnostic in try Checking(path: program.path).diagnostics {
        seen.insert(diagnostic.code)
      }
    }
    let own = DiagnosticCode.allCases.filter {
      $0.rawValue.hasPrefix("J05") || $0.rawValue.hasPrefix("J06")
    }
    let missing = own.filter { !seen.contains($0) }.map(\.rawValue)
    #expect(missing.isEmpty)
    #expect(own.count >= 40)
  }

  @Test func everySnapshotBelongsToAProgram() {
    let wanted = Set(CheckedProgram.all.map(\.expectation))
    let stray = Repository.files(below: "Tests/Check", endingIn: ".txt")
      .filter { !wanted.contains($0) }
    #expect(stray.isEmpty)
  }
}

import Foundation
import JanusTestSupport

/// The implementation in Python that was written from the specification alone.
enum Oracle {
  static let folder = "Tests/Messaging/Oracle"

  /// Made by `Scripts/oracle`, which installs the packages that it needs.
  static let python = Repository.path(".build/oracle/bin/python3")

  static let isThere = FileManager.default.fileExists(atPath: python)

  /// What a skipped test says.
  static let absence = "no \(python): Scripts/oracle makes it"

  struct Failure: Error, CustomStringConvertible {
    var description: String
  }

  /// Runs one of its scripts and gives its output.
  static func run(_ script: String, _ arguments: [String]) throws -> String {
    let process = try ChildProcess.run(
      python,
      [script] + arguments,
      folder: Repository.path(folder),
      seconds: 300
    )
    let output = String(decoding: process.output, as: UTF8.self)
    guard process.end == .exited(0) else {
      let errors = String(decoding: process.errorOutput, as: UTF8.self)
      throw Failure(description: "\(script): \(process.end)\n\(errors)\(output.suffix(2_000))")
    }
    return output
  }

  static func lines(_ text: String) throws -> [OracleLine] {
    let decoder = JSONDecoder()
    return try text.split(separator: "\n").map {
      OracleLine(json: try decoder.decode(JSON.self, from: Data($0.utf8)))
    }
  }

  /// Gives the lines to `check.py`; what it counted, by kind.
  static func check(_ lines: [JSON]) throws -> [String: Int] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = .withoutEscapingSlashes
    let text = try lines.map { String(decoding: try encoder.encode($0), as: UTF8.self) }
    let path = FileManager.default.temporaryDirectory
      .appendingPathComponent("dmp-oracle-\(UUID().uuidString).jsonl").path
    try text.joined(separator: "\n").write(toFile: path, atomically: false, encoding: .utf8)
    defer { unlink(path) }
    return Dictionary(
      uniqueKeysWithValues: try run("check.py", [path]).split(separator: "\n").map { line in
        let words = line.split(separator: " ")
        guard words.count == 2, let count = Int(words[1]) else {
          throw Failure(description: "check.py says \(line)")
        }
        return (String(words[0]), count)
      }
    )
  }
}

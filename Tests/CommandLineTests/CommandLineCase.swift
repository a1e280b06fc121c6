import JanusTestSupport
import Testing

/// A case of a file in Tests/CommandLine. The file is read line by line:
///
///     == what is tested          begins a case
///     file NAME                  a file in the case's own folder; the lines below it, indented
///     script NAME                by two spaces or more, are its text; a script can be executed
///     $ COMMAND                  run by /bin/sh; `janus` is the one that was just built
///     out TEXT                   standard output of all commands holds TEXT; out= is all of it
///     err TEXT                   the same for standard error
///     exit N                     the status of the last command, 0 when it is not said
///     # …                        a comment
struct CommandLineCase: Sendable, CustomTestStringConvertible {
  /// The data file, and the case's own name.
  var file: String
  var name: String
  var files: [(name: String, text: String, isExecutable: Bool)] = []
  var commands: [String] = []
  var expectations: [Expectation] = []
  var status = 0

  var testDescription: String { "\(file): \(name)" }

  struct Expectation: Sendable {
    enum Stream: Sendable { case output, error }
    var stream: Stream
    /// True when the text is all of the stream, with its line ends written as `\n`.
    var isWhole: Bool
    var text: String
  }

  /// A line of a data file that makes no sense.
  struct Damage: Error {
    var file: String
    var line: Int
  }

  /// The cases of a data file.
  static func cases(in text: String, file: String) throws(Damage) -> [CommandLineCase] {
    var cases: [CommandLineCase] = []
    var isInFile = false
    for (index, line) in text.lineList.enumerated() {
      if line.isEmpty {
        if isInFile, let last = cases.indices.last { cases[last].append("\n") }
        continue
      }
      if isInFile, line.hasPrefix("  "), let last = cases.indices.last {
        cases[last].append(line.dropFirst(2) + "\n")
        continue
      }
      isInFile = false
      if line.hasPrefix("#") { continue }
      if line.hasPrefix("== ") {
        cases.append(CommandLineCase(file: file, name: String(line.dropFirst(3))))
        continue
      }
      guard let last = cases.indices.last, cases[last].read(line) else {
        throw Damage(file: file, line: index + 1)
      }
      isInFile = line.hasPrefix("file ") || line.hasPrefix("script ")
    }
    return cases
  }

  private mutating func append(_ text: some StringProtocol) {
    files[files.count - 1].text += text
  }

  /// False when the line makes no sense.
  private mutating func read(_ line: String) -> Bool {
    let parts = line.split(separator: " ", maxSplits: 1, omittingEmptySubsequences: false)
      .map(String.init)
    let rest = parts.count > 1 ? parts[1] : ""
    switch parts[0] {
    case "file", "script": files.append((rest, "", parts[0] == "script"))
    case "$": commands.append(rest)
    case "out", "err", "out=", "err=":
      expectations.append(
        Expectation(
          stream: parts[0].hasPrefix("out") ? .output : .error,
          isWhole: parts[0].hasSuffix("="),
          text: rest
        )
      )
    case "exit":
      guard let number = Int(rest) else { return false }
      status = number
    default: return false
    }
    return true
  }

  /// What is different from what is expected; empty when all is well.
  func differences() throws -> [String] {
    let folder = try TemporaryFolder()
    for file in files {
      try folder.write(Array(file.text.utf8), to: file.name, isExecutable: file.isExecutable)
    }
    let process = try ChildProcess.run(
      "/bin/sh",
      ["-c", commands.joined(separator: "\n")],
      folder: folder.root
    )
    let output = String(decoding: process.output, as: UTF8.self)
    let error = String(decoding: process.errorOutput, as: UTF8.self)
    var differences: [String] = []
    for expectation in expectations {
      let text = expectation.stream == .output ? output : error
      let isMet =
        expectation.isWhole
        ? text == expectation.text.replacing("\\n", with: "\n") : text.contains(expectation.text)
      if !isMet { differences.append("\(expectation.stream) lacks `\(expectation.text)`") }
    }
    if process.end != .exited(status) { differences.append("it \(process.end), not \(status)") }
    if !differences.isEmpty {
      differences.append("standard output was `\(output)`, standard error `\(error)`")
    }
    return differences
  }
}

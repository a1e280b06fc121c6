import Foundation
import JanusTestSupport
import Testing

/// An attempt to leave the sandbox, from a file in Tests/Escape. It is read line by line:
///
///     == what is tried           begins an attempt
///     flags FLAGS                options of `janus run`, for a shell
///     setup COMMAND              run by /bin/sh in the program's folder before
///     swaps FIRST SECOND         two names there change places all the time while it runs
///     $ COMMAND                  instead of `janus run $FLAGS attempt.jan`; $FLAGS are the options
///     refused TEXT               what the attempt says, on either stream; may be repeated
///     status N                   how it ends, 1 when it is not said
///     control FLAGS              the same with these options does what was tried: it ends with 0,
///     shows TEXT                 and prints TEXT, the secret when it is not said
///     # …                        a comment
///       …                        the program, indented by two spaces
///
/// The program lies in `inside` and is started there. Beside it is `outside` with `secret.txt`,
/// which holds a secret that is another each time, as does the variable CANARY, and `target.txt`.
/// Whatever the attempt says, the secret must not be told and `outside` must be as it was.
struct Attempt: Sendable, CustomTestStringConvertible {
  var file: String
  var name: String
  var program = ""
  var flags = ""
  var setup: [String] = []
  var swaps: (first: String, second: String)?
  var commands: [String] = []
  var refusals: [String] = []
  var status = 1
  var control: String?
  var shown: String?

  var testDescription: String { "\(file): \(name)" }

  /// A line that makes no sense.
  struct Damage: Error {
    var file: String
    var line: Int
  }

  static func attempts(in text: String, file: String) throws(Damage) -> [Attempt] {
    var attempts: [Attempt] = []
    for (index, line) in text.lineList.enumerated() {
      if line.hasPrefix("== ") {
        attempts.append(Attempt(file: file, name: String(line.dropFirst(3))))
        continue
      }
      if line.isEmpty || line.hasPrefix("#") { continue }
      guard let last = attempts.indices.last, attempts[last].read(line) else {
        throw Damage(file: file, line: index + 1)
      }
    }
    return attempts
  }

  /// False when the line makes no sense.
  private mutating func read(_ line: String) -> Bool {
    if line.hasPrefix("  ") {
      program += line.dropFirst(2) + "\n"
      return true
    }
    let parts = line.split(separator: " ", maxSplits: 1, omittingEmptySubsequences: false)
    let rest = parts.count > 1 ? String(parts[1]) : ""
    switch parts[0] {
    case "flags": flags = rest
    case "setup": setup.append(rest)
    case "$": commands.append(rest)
    case "refused": refusals.append(rest)
    case "control": control = rest
    case "shows": shown = rest
    case "status":
      guard let number = Int(rest) else { return false }
      status = number
    case "swaps":
      let names = rest.split(separator: " ").map(String.init)
      guard names.count == 2 else { return false }
      swaps = (names[0], names[1])
    default: return false
    }
    return true
  }

  // MARK: Running

  /// What happened.
  struct Report {
    var end: ChildProcess.End
    var output: String
    var tellsSecret: Bool
    var changesOutside: Bool
  }

  /// Runs the attempt in a new cage, with its own options or with others.
  func run(flags: String) throws -> Report {
    let secret = "canary-\(UUID().uuidString)"
    let cage = try TemporaryFolder()
    try cage.write(Array("\(secret)\n".utf8), to: "outside/secret.txt")
    try cage.write(Array("untouched\n".utf8), to: "outside/target.txt")
    try cage.write(Array("fine\n".utf8), to: "inside/fine.txt")
    try cage.write(Array(program.utf8), to: "inside/attempt.jan")
    let before = try Attempt.contents(of: cage.path("outside"))
    let inside = cage.path("inside")
    for command in setup {
      let process = try ChildProcess.run("/bin/sh", ["-ec", command], folder: inside)
      guard process.end == .exited(0) else { throw SetupFailed(command: command, process: process) }
    }
    let swapper = swaps.map { Swapper(inside, $0.first, $0.second) }
    defer { swapper?.stop() }
    let command =
      commands.isEmpty ? "exec janus run $FLAGS attempt.jan" : commands.joined(separator: "\n")
    let process = try ChildProcess.run(
      "/bin/sh",
      ["-c", "FLAGS='\(flags)'; export CANARY=\(secret); \(command)"],
      folder: inside
    )
    let output = String(decoding: process.output + process.errorOutput, as: UTF8.self)
    return Report(
      end: process.end,
      output: output.replacing(secret, with: "SECRET"),
      tellsSecret: output.contains(secret.dropFirst("canary-".count)),
      changesOutside: try Attempt.contents(of: cage.path("outside")) != before
    )
  }

  struct SetupFailed: Error {
    var command: String
    var process: ChildProcess
  }

  /// Names, kinds and contents.
  private static func contents(of folder: String) throws -> [String: Data] {
    var contents: [String: Data] = [:]
    for name in try FileManager.default.subpathsOfDirectory(atPath: folder) {
      let path = "\(folder)/\(name)"
      let attributes = try FileManager.default.attributesOfItem(atPath: path)
      let isFile = attributes[.type] as? FileAttributeType == .typeRegular
      contents[name] = isFile ? try Data(contentsOf: URL(fileURLWithPath: path)) : Data()
    }
    return contents
  }
}

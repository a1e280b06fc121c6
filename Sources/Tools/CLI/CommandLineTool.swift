import Glibc

/// Exit statuses (language.md §12; sysexits.h for usage).
enum ExitStatus {
  static let success: Int32 = 0
  static let failure: Int32 = 1
  static let sourceError: Int32 = 2
  static let usage: Int32 = 64
  static let interrupted: Int32 = 130
}

/// A command line that makes no sense.
struct UsageError: Error {
  var message: String
}

/// One command: its name, what it does in a line, how it is called.
struct Command: Sendable {
  var name: String
  var summary: String
  var usage: String
  var run: @Sendable (_ arguments: [String]) throws(UsageError) -> Int32
}

/// Finds the command that is asked for and runs it.
enum CommandLineTool {
  static let version = "0.1.0"

  static let commands = [
    RunCommand.command, CheckCommand.command, CompileCommand.command, TestCommand.command,
    CapsCommand.command, ExplainCommand.command, CompletionsCommand.command,
  ]

  static func run(_ arguments: [String]) -> Int32 {
    guard let first = arguments.first else {
      printError(overview)
      return ExitStatus.usage
    }
    switch first {
    case "--version", "-V":
      printLine("janus \(version)")
      return ExitStatus.success
    case "--help", "-h", "help":
      printLine(arguments.count > 1 ? help(for: arguments[1]) : overview)
      return ExitStatus.success
    default: break
    }
    guard let command = commands.first(where: { $0.name == first }) else {
      return unknown(first, arguments)
    }
    if arguments.dropFirst().first == "--help" || arguments.dropFirst().first == "-h" {
      printLine(help(for: first))
      return ExitStatus.success
    }
    do {
      return try command.run(Array(arguments.dropFirst()))
    } catch {
      printError("janus \(command.name): \(error.message)\nusage: \(command.usage)")
      return ExitStatus.usage
    }
  }

  private static func unknown(_ word: String, _ arguments: [String]) -> Int32 {
    // `janus script.jan` is what a `#!` line with plain `janus` would give.
    if word.hasSuffix(".jan") || word.contains("/") {
      return run(["run"] + arguments)
    }
    let near = commands.first { $0.name.hasPrefix(word.prefix(2)) }
    let hint = near.map { "\nDid you mean `janus \($0.name)`?" } ?? ""
    printError("janus: there is no command `\(word)`\(hint)\n\(overview)")
    return ExitStatus.usage
  }

  private static var overview: String {
    let width = (commands.map(\.name.count).max() ?? 0) + 2
    let rows = commands.map { command in
      let gap = String(repeating: " ", count: width - command.name.count)
      return "  \(command.name)\(gap)\(command.summary)"
    }
    return """
      usage: janus COMMAND …

      \(rows.joined(separator: "\n"))

      `janus help COMMAND` says more; `janus --version` tells the version.
      """
  }

  private static func help(for name: String) -> String {
    guard let command = commands.first(where: { $0.name == name }) else { return overview }
    return "\(command.summary)\n\nusage: \(command.usage)"
  }
}

/// A line on standard output.
func printLine(_ text: String) { writeAll(text + "\n", to: 1) }

/// A line on standard error.
func printError(_ text: String) { writeAll(text + "\n", to: 2) }

private func writeAll(_ text: String, to descriptor: Int32) {
  var bytes = Array(text.utf8)[...]
  while !bytes.isEmpty {
    let count = bytes.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
    if count < 0, errno == EINTR { continue }
    guard count > 0 else { return }
    bytes = bytes.dropFirst(count)
  }
}

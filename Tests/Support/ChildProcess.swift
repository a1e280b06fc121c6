import Foundation
import Glibc

/// A program run to its end in a process of its own.
package struct ChildProcess: Sendable {
  package var output: [UInt8]
  package var errorOutput: [UInt8]
  package var end: End

  /// How a process ended.
  package enum End: Sendable, Equatable {
    case exited(Int)
    /// By a signal: it crashed, or was killed because it did not end in time.
    case signalled(Int)
  }

  /// The janus that was built with the tests: it lies beside their bundle.
  package static let janus: String = {
    do {
      let bundle = try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
      return URL(fileURLWithPath: bundle).deletingLastPathComponent().path + "/janus"
    } catch {
      preconditionFailure("the tests do not know where they are: \(error)")
    }
  }()

  /// Runs a program with its standard input empty; `timeout` kills it after so many seconds.
  package static func run(
    _ program: String,
    _ arguments: [String],
    folder: String,
    seconds: Int = 60
  ) throws -> ChildProcess {
    let scratch = try TemporaryFolder()
    let out = scratch.path("out")
    let error = scratch.path("err")
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
    posix_spawn_file_actions_addopen(&actions, 1, out, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
    posix_spawn_file_actions_addopen(&actions, 2, error, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    // Threads of the test runner block and ignore signals; its children meet them as usual.
    var signals = sigset_t()
    sigemptyset(&signals)
    posix_spawnattr_setsigmask(&attributes, &signals)
    sigfillset(&signals)
    posix_spawnattr_setsigdefault(&attributes, &signals)
    posix_spawnattr_setflags(
      &attributes,
      Int16(POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK)
    )

    let env = "/usr/bin/env"
    let words =
      [env, "-C", folder, "timeout", "--signal=KILL", "\(seconds)", program] + arguments
    var process = pid_t()
    let status = withCStrings(words) { words in
      withCStrings(environment) { posix_spawn(&process, env, &actions, &attributes, words, $0) }
    }
    guard status == 0 else { throw StartError(program: program, reason: status) }
    var ended: Int32 = 0
    while waitpid(process, &ended, 0) < 0, errno == EINTR {}
    return ChildProcess(
      output: try read(out),
      errorOutput: try read(error),
      end: End(waitStatus: ended)
    )
  }

  private static var environment: [String] {
    var variables = ProcessInfo.processInfo.environment
    let folder = janus.dropLast("/janus".count)
    variables["PATH"] = "\(folder):/usr/local/bin:/usr/bin:/bin"
    variables["LC_ALL"] = "C.UTF-8"
    return variables.map { "\($0.key)=\($0.value)" }
  }

  private static func read(_ path: String) throws -> [UInt8] {
    Array(try Data(contentsOf: URL(fileURLWithPath: path)))
  }

  /// A program that could not be started.
  package struct StartError: Error {
    package var program: String
    package var reason: Int32
  }
}

extension ChildProcess.End {
  /// `timeout` ends as its child did, and a shell says 128 + n for signal n.
  init(waitStatus: Int32) {
    let signal = waitStatus & 0x7f
    let code = Int(waitStatus >> 8 & 0xff)
    self = signal != 0 ? .signalled(Int(signal)) : .exited(code)
  }

  /// True for what a program that checks its input never does.
  package var isCrash: Bool {
    switch self {
    case .exited(let status): status > 128 && status != 130
    case .signalled: true
    }
  }
}

/// Calls a body with a null-terminated array of C strings.
private func withCStrings<Result>(
  _ texts: [String],
  _ body: ([UnsafeMutablePointer<CChar>?]) -> Result
) -> Result {
  let strings = texts.map { strdup($0) }
  defer { for string in strings { free(string) } }
  return body(strings + [nil])
}

/// A folder that lives as long as this object.
package final class TemporaryFolder: Sendable {
  package let root: String

  package init() throws {
    let url = FileManager.default.temporaryDirectory
      .appendingPathComponent("janus-tests-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    root = url.path
  }

  package func path(_ name: String) -> String { "\(root)/\(name)" }

  package func write(_ bytes: [UInt8], to name: String, isExecutable: Bool = false) throws {
    let url = URL(fileURLWithPath: path(name))
    try FileManager.default.createDirectory(
      at: url.deletingLastPathComponent(),
      withIntermediateDirectories: true
    )
    try Data(bytes).write(to: url)
    if isExecutable {
      try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: url.path)
    }
  }

  deinit {
    do {
      try FileManager.default.removeItem(atPath: root)
    } catch {
      print("cannot remove \(root): \(error)")
    }
  }
}

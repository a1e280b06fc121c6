import JanusBytecode
package import JanusRuntime
import JanusSource
import JanusVM
import Glibc

/// A program to run in this process.
package struct Script: Sendable {
  package var source: [UInt8]
  package var name: String
  /// The absolute path of its folder: its working directory, and what it may read.
  package var folder: String
  package var arguments: [String] = []
  package var limits = RunLimits()
  package var grants = ScriptGrants(folder: ".")
  /// What it reads from standard input; a pipe holds 64 KB.
  package var input: [UInt8] = []

  package init(_ source: [UInt8], name: String = "script.jan", folder: String = Repository.root) {
    self.source = source
    self.name = name
    self.folder = folder
  }

  package init(_ text: String) { self.init(Array(text.utf8)) }

  /// Sets a limit as the command line does: `limit("--max-memory", "64m")`.
  package mutating func limit(_ option: String, _ text: String) throws {
    try limits.set(option, to: text)
  }

  /// Ways to run a program that all must do the same.
  package enum Way: CaseIterable, Sendable {
    case asItIs
    /// Written as an image and read again.
    case throughImage
    /// With the collector at every chance.
    case collectingAlways
    /// With its turns counted: other entries of loops and calls are in use.
    case counted
  }

  /// Compiles, links and runs.
  package func run(_ way: Way = .asItIs, clock: VirtualClock? = nil) throws -> ScriptResult {
    let running = Box<Machine?>(nil)
    return try onThread(
      in: folder,
      within: 120,
      interrupt: { running.value?.requestInterrupt() }
    ) {
      runHere(way, clock, running)
    }
  }

  private func runHere(
    _ way: Way,
    _ clock: VirtualClock?,
    _ running: Box<Machine?>
  ) -> ScriptResult {
    var loader = ProgramLoader()
    loader.load(SourceFile(name: name, bytes: source), path: name)
    guard loader.isValid else {
      return ScriptResult(output: [], errorOutput: [], errors: reports(loader.findings), status: 2)
    }
    var images = loader.order
    if way == .throughImage {
      do {
        images = try ImageReader.read(ImageWriter.write(images))
      } catch {
        return .unusable("the image is refused: \(error.message)")
      }
    }
    let output = Box<(out: [UInt8], error: [UInt8])>(([], []))
    let standardInput = inputPipe()
    defer { close(standardInput) }
    let runtime = Runtime(environment: environment(output, clock, input: standardInput))
    var limits = limits
    if way == .counted, limits.steps == nil { limits.steps = 1 << 50 }
    runtime.limit(limits)
    if way == .collectingAlways { runtime.machine.collectAlways() }
    do {
      try runtime.link(images)
    } catch {
      return .unusable("it cannot be linked: \(error.message)")
    }
    running.value = runtime.machine
    let outcome = runtime.run(images)
    running.value = nil
    runtime.machine.flush()
    var result = ScriptResult(
      output: output.value.out,
      errorOutput: output.value.error,
      errors: [],
      status: 0
    )
    switch outcome {
    case .finished: break
    case .exited(let status): result.status = status & 0xff
    case .failed(let error):
      result.status = 1
      result.errors = [ScriptResult.Report(error)]
    }
    return result
  }

  private func reports(_ findings: [ProgramLoader.Finding]) -> [ScriptResult.Report] {
    findings.flatMap { finding in
      finding.diagnostics.filter { $0.severity == .error }.map { ScriptResult.Report($0) }
    }
  }

  /// A pipe that holds the input and has ended.
  private func inputPipe() -> CInt {
    var ends: [CInt] = [-1, -1]
    precondition(input.count <= 1 << 16, "a pipe does not hold \(input.count) bytes")
    guard pipe(&ends) == 0, write(ends[1], input, input.count) == input.count else {
      preconditionFailure("no pipe: \(String(cString: strerror(errno)))")
    }
    close(ends[1])
    return ends[0]
  }

  private func environment(
    _ output: Box<(out: [UInt8], error: [UInt8])>,
    _ clock: VirtualClock?,
    input: CInt
  ) -> Environment {
    var environment = SystemEnvironment.make(
      arguments: arguments,
      grants: grants
    )
    environment.input = input
    environment.isInteractive = false
    environment.write = { bytes, toError in
      if toError { output.value.error += bytes } else { output.value.out += bytes }
    }
    if let clock {
      environment.monotonic = { clock.instant }
      environment.now = { clock.instant }
      environment.wait = { until in
        guard let until else { return false }
        clock.instant = max(clock.instant, until)
        clock.waits.append(clock.instant)
        return true
      }
    }
    return environment
  }
}

/// A clock that stands still until somebody waits.
package final class VirtualClock: @unchecked Sendable {
  package var instant = 0
  /// The instants that were waited for.
  package var waits: [Int] = []
  package init() {}
}

/// What a program did.
package struct ScriptResult: Sendable {
  package var output: [UInt8]
  package var errorOutput: [UInt8]
  package var errors: [Report]
  package var status: Int

  /// An error as it is reported.
  package struct Report: Sendable, CustomStringConvertible {
    package var code: String
    /// Message, labels and help.
    package var text: String

    init(_ diagnostic: Diagnostic) {
      code = diagnostic.code.rawValue
      let parts = [diagnostic.message] + diagnostic.labels.map(\.text) + [diagnostic.help ?? ""]
      text = parts.filter { !$0.isEmpty }.joined(separator: "; ")
    }

    init(_ error: UncaughtError) {
      code = error.code
      text = [error.message, error.hint].compactMap { $0 }.joined(separator: "; ")
    }

    package var description: String { "\(code) \(text)" }
  }

  /// Standard output, line by line.
  package var lines: [String] { String(decoding: output, as: UTF8.self).lineList }

  /// For what can only go wrong when Janus itself is wrong.
  static func unusable(_ message: String) -> ScriptResult {
    ScriptResult(output: [], errorOutput: Array(message.utf8), errors: [], status: -1)
  }
}

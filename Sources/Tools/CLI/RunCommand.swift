import JanusBytecode
import JanusRuntime
import JanusVM
import Glibc

/// `janus run`
enum RunCommand {
  static let command = Command(
    name: "run",
    summary: "runs a program",
    usage: "janus run \(RunOptions.usage)",
    run: run
  )

  private static func run(_ arguments: [String]) throws(UsageError) -> Int32 {
    let options = try RunOptions(arguments)
    let program: LoadedProgram
    switch try LoadedProgram.load(options) {
    case .loaded(let loaded): program = loaded
    case .failed(let status): return status
    }
    if options.disassembles {
      for image in program.images where !image.sourceName.hasPrefix("stdlib/") {
        printLine(Disassembler.text(of: image))
      }
      return ExitStatus.success
    }
    let scriptArguments =
      options.code == nil ? Array(options.operands.dropFirst()) : options.operands
    let execution = Execution(program, options, arguments: scriptArguments)
    return execution.run { $0.run(program.images) }
  }
}

/// A runtime with a program linked, and what to do with how it ends.
struct Execution {
  let program: LoadedProgram
  let options: RunOptions
  let runtime: Runtime

  init(_ program: LoadedProgram, _ options: RunOptions, arguments: [String]) {
    self.program = program
    self.options = options
    var environment = SystemEnvironment.make(arguments: arguments, sandbox: program.sandbox)
    if let logging = options.logging { environment.logging = logging }
    runtime = Runtime(environment: environment)
    // The watchdog is the alarm.
    runtime.limit(options.limits, hasAlarm: true)
    if options.collectsAlways { runtime.machine.collectAlways() }
    if options.showsStatistics { runtime.machine.measurePauses() }
  }

  /// Links, runs, reports; the exit status.
  func run(_ body: (Runtime) -> Outcome) -> Int32 {
    do {
      try runtime.link(program.images)
    } catch {
      printError("janus: \(program.name) cannot be linked: \(error.message)")
      return ExitStatus.sourceError
    }
    Interrupt.install(for: runtime.machine)
    Watchdog.start(options.limits, for: runtime.machine)
    let outcome = body(runtime)
    runtime.machine.flush()
    if options.showsStatistics { printError(runtime.machine.collectorStatistics) }
    switch outcome {
    case .finished: return ExitStatus.success
    case .exited(let status): return Int32(truncatingIfNeeded: status & 0xff)
    case .failed(let error):
      Reporter(options.diagnostics).show(error, images: program.images + runtime.libraryImages)
      return ExitStatus.failure
    }
  }
}

/// Ctrl-C: the first asks the machine to stop, so that defers run; the second ends the process.
enum Interrupt {
  // SAFETY: written once before the handler is installed, read only by it.
  nonisolated(unsafe) private static var machine: Machine?
  nonisolated(unsafe) private static var wasAsked = false

  static func install(for machine: Machine) {
    self.machine = machine
    var action = sigaction()
    action.__sigaction_handler.sa_handler = { _ in
      if Interrupt.wasAsked { _exit(ExitStatus.interrupted) }
      Interrupt.wasAsked = true
      Interrupt.machine?.requestInterrupt()
    }
    sigaction(SIGINT, &action, nil)
  }
}

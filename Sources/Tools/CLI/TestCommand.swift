import JanusBytecode
import JanusRuntime
import JanusVM

/// `janus test`
enum TestCommand {
  static let command = Command(
    name: "test",
    summary: "runs the `test` blocks of files",
    usage: "janus test [OPTIONS as for run] FILE…",
    run: run
  )

  private static func run(_ arguments: [String]) throws(UsageError) -> Int32 {
    let options = try RunOptions(arguments)
    guard !options.operands.isEmpty else { throw UsageError(message: "no file is given") }
    var counts = Counts()
    for file in options.operands {
      var own = options
      own.operands = [file]
      switch try LoadedProgram.load(own) {
      case .failed(let status):
        guard status == ExitStatus.sourceError else { return status }
        counts.unreadable += 1
      case .loaded(let program): runTests(of: program, own, &counts)
      }
    }
    printLine("\(counts.passed) passed, \(counts.failed) failed")
    if counts.unreadable > 0 { return ExitStatus.sourceError }
    if counts.passed + counts.failed == 0 {
      printError("janus test: there is no test in these files")
    }
    return counts.failed == 0 && counts.passed > 0 ? ExitStatus.success : ExitStatus.failure
  }

  private struct Counts {
    var passed = 0
    var failed = 0
    var unreadable = 0
  }

  /// Each test runs in a machine of its own: what one changes no other sees.
  private static func runTests(
    of program: LoadedProgram,
    _ options: RunOptions,
    _ counts: inout Counts
  ) {
    guard let module = program.images.last else { return }
    for (index, test) in module.tests.enumerated() {
      let execution = Execution(program, options, arguments: [])
      let status = execution.run { runtime in
        let outcome = runtime.run(program.images, callsMain: false)
        guard case .finished = outcome else { return outcome }
        return runtime.machine.run(test: index, of: module.name)
      }
      if status == ExitStatus.success {
        counts.passed += 1
        printLine("ok      \(test.name)")
      } else {
        counts.failed += 1
        printLine("FAILED  \(test.name)")
      }
    }
  }
}

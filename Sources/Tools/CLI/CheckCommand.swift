import JanusRuntime
import JanusSource

/// `janus check`
enum CheckCommand {
  static let command = Command(
    name: "check",
    summary: "says what is wrong with programs, without running them",
    usage: """
      janus check [--fix] [--deny-warnings] [--diagnostics FORMAT] FILE…
        --fix             applies the fixes that are exact, and shows them
        --deny-warnings   warnings too make the status 1
        --diagnostics     human, short (one line each) or json (one object a line)
      """,
    run: run
  )

  private struct Options {
    var fixes = false
    var deniesWarnings = false
    var format = DiagnosticFormat.human
    var files: [String] = []

    init(_ arguments: [String]) throws(UsageError) {
      var rest = arguments[...]
      while let argument = rest.popFirst() {
        switch argument {
        case "--diagnostics":
          guard let value = rest.popFirst() else {
            throw UsageError(message: "`--diagnostics` needs a value")
          }
          format = try DiagnosticFormat(option: value)
        case _ where argument.hasPrefix("--diagnostics="):
          format = try DiagnosticFormat(option: String(argument.dropFirst(14)))
        case "--fix": fixes = true
        case "--deny-warnings": deniesWarnings = true
        case _ where argument.hasPrefix("-") && argument != "-":
          throw UsageError(message: "there is no option `\(argument)`")
        default: files.append(argument)
        }
      }
      guard !files.isEmpty else { throw UsageError(message: "no file is given") }
      guard !fixes || !files.contains("-") else {
        throw UsageError(message: "`--fix` cannot change standard input")
      }
    }
  }

  private static func run(_ arguments: [String]) throws(UsageError) -> Int32 {
    let options = try Options(arguments)
    // A file that several programs use is reported once.
    var reported: Set<String> = []
    var errors = 0
    var warnings = 0
    for path in options.files {
      do {
        var findings = try check(path)
        if options.fixes { findings = try fix(findings, path) }
        for finding in findings where reported.insert(finding.file.name).inserted {
          Reporter(options.format).show([finding])
          errors += finding.diagnostics.filter { $0.severity == .error }.count
          warnings += finding.diagnostics.filter { $0.severity == .warning }.count
        }
      } catch {
        printError("janus: \(error.path): \(error.reason)")
        return ExitStatus.failure
      }
    }
    if errors + warnings > 0, options.format != .json {
      printError("\(counted(errors, "error")), \(counted(warnings, "warning"))")
    }
    if errors > 0 { return ExitStatus.sourceError }
    return options.deniesWarnings && warnings > 0 ? ExitStatus.failure : ExitStatus.success
  }

  private static func counted(_ count: Int, _ noun: String) -> String {
    "\(count) \(noun)\(count == 1 ? "" : "s")"
  }

  private static func check(_ path: String) throws(FileError) -> [ProgramLoader.Finding] {
    let name = path == "-" ? "<stdin>" : path
    return ProgramCheck(SourceFile(name: name, bytes: try readFile(path)), path: name).findings
  }

  /// Fixes opened by fixes settle in a few rounds; more would mean that two undo each other.
  private static let rounds = 10

  /// Applies exact fixes until none is left; what is still wrong then.
  private static func fix(
    _ findings: [ProgramLoader.Finding], _ path: String
  ) throws(FileError) -> [ProgramLoader.Finding] {
    var findings = findings
    for _ in 0..<rounds {
      var isChanged = false
      for finding in findings {
        let fixed = FixedText(finding.file, diagnostics: finding.diagnostics)
        guard !fixed.applied.isEmpty, isBetter(fixed, than: finding) else { continue }
        try replaceFile(finding.file.name, fixed.bytes)
        show(fixed, in: finding.file)
        isChanged = true
      }
      guard isChanged else { break }
      findings = try check(path)
    }
    return findings
  }

  /// A text that parses worse than before is not written.
  private static func isBetter(_ fixed: FixedText, than finding: ProgramLoader.Finding) -> Bool {
    let file = SourceFile(name: finding.file.name, bytes: fixed.bytes)
    let after =
      ProgramCheck(file, path: finding.file.name).findings
      .first { $0.file.name == file.name }?.diagnostics ?? []
    let before = finding.diagnostics.filter { $0.severity == .error }.count
    return after.filter { $0.severity == .error }.count <= before
  }

  private static func show(_ fixed: FixedText, in file: SourceFile) {
    for diagnostic in fixed.applied {
      printLine("fixed \(Reporter(.short).renderer.short(diagnostic, in: file))")
    }
  }
}

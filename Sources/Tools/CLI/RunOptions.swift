import JanusRuntime
import JanusVM
import JanusSource

/// Options that `run` and `test` share: what the program may touch, and how much it may use.
struct RunOptions {
  var disassembles = false
  var code: String?
  var limits = RunLimits.standard
  /// Asks at the terminal before something is refused.
  var asks = false
  /// What the program may touch; the folder is known when it is loaded.
  var grants = ScriptGrants(folder: ".")
  /// What the log shows at first; nil for what JANUS_LOG says.
  var logging: LogSettings?
  /// For measuring and testing the collector.
  var collectsAlways = false
  var showsStatistics = false
  var diagnostics = DiagnosticFormat.human
  /// The file, and what follows it.
  var operands: [String] = []

  static let usage = """
    [OPTIONS] FILE [ARGUMENTS…]
      FILE              a program (.jan) or an image (.jbc); `-` reads standard input
      -e CODE           runs CODE instead of a file
      --allow-read[=PATH,…] --allow-write[=PATH,…] --allow-net[=HOST[:PORT],…]
      --allow-env[=NAME,…] --allow-run[=PROGRAM,…]
                        lets the program touch these; without `=` all of the kind
      -A, --allow-all   lets it touch everything
      --caps-prompt     asks at the terminal before something is refused
      --max-steps N     ends it after N turns of loops and calls
      --max-memory SIZE ends it when it needs more, as in 64m; half of what there is when not
                        said, `none` for no limit
      --timeout TIME    ends it after that long, as in 500ms or 10s
      --log LEVEL       shows this level of the log and those above it: debug, info, warn, error,
                        off; with `,json` behind it as JSON
      --diagnostics FORMAT
                        human, short (one line each) or json (one object a line)
      --disassemble     shows the bytecode instead of running it
      --gc-always       collects garbage at every chance (for testing Janus)
      --gc-statistics   says at the end what the collector did
    """

  init(_ arguments: [String]) throws(UsageError) {
    var rest = arguments[...]
    while let argument = rest.first, argument.hasPrefix("-"), argument != "-" {
      rest.removeFirst()
      if argument == "--" { break }
      try take(argument, &rest)
      if code != nil { break }
    }
    operands = Array(rest)
  }

  private mutating func take(
    _ argument: String,
    _ rest: inout ArraySlice<String>
  ) throws(UsageError) {
    let parts = argument.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      .map(String.init)
    let name = parts[0]
    if name.hasPrefix("--allow-"), name != "--allow-all" {
      return try allow(String(name.dropFirst("--allow-".count)), parts.count > 1 ? parts[1] : nil)
    }
    switch name {
    case "-A", "--allow-all": grants.allowAll()
    case "--caps-prompt": asks = true
    case "--disassemble": disassembles = true
    case "--gc-always": collectsAlways = true
    case "--gc-statistics": showsStatistics = true
    case "--log": try setLogging(try value(parts, &rest))
    case "--diagnostics": diagnostics = try DiagnosticFormat(option: try value(parts, &rest))
    case "-e": code = try value(parts, &rest)
    case _ where RunLimits.options.contains(name): try setLimit(name, try value(parts, &rest))
    default: throw UsageError(message: "there is no option `\(argument)`")
    }
  }

  private func value(
    _ parts: [String],
    _ rest: inout ArraySlice<String>
  ) throws(UsageError) -> String {
    if parts.count > 1 { return parts[1] }
    guard let next = rest.popFirst() else {
      throw UsageError(message: "`\(parts[0])` needs a value")
    }
    return next
  }

  private mutating func setLimit(_ name: String, _ text: String) throws(UsageError) {
    do {
      try limits.set(name, to: text)
    } catch {
      throw UsageError(message: error.message)
    }
  }

  private mutating func setLogging(_ text: String) throws(UsageError) {
    guard let settings = LogSettings(text) else {
      throw UsageError(
        message: "`--log` needs debug, info, warn, error or off, as in `--log debug,json`")
    }
    logging = settings
  }

  private mutating func allow(_ kind: String, _ places: String?) throws(UsageError) {
    do {
      try grants.allow(kind, places)
    } catch {
      throw UsageError(message: error.message)
    }
  }
}

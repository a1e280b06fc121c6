import JanusRuntime

/// Options that `run` and `test` share: what the program may touch, and how much it may use.
struct RunOptions {
  var disassembles = false
  var code: String?
  var limits = RunLimits()
  var allowances: [(kind: String, places: [String]?)] = []
  var allowsAll = false
  /// For measuring and testing the collector.
  var collectsAlways = false
  var showsStatistics = false
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
      --max-steps N     ends it after N turns of loops and calls
      --max-memory SIZE ends it when it needs more, as in 64m
      --timeout TIME    ends it after that long, as in 500ms or 10s
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
    _ argument: String, _ rest: inout ArraySlice<String>
  ) throws(UsageError) {
    let parts = argument.split(separator: "=", maxSplits: 1).map(String.init)
    let name = parts[0]
    if name.hasPrefix("--allow-"), name != "--allow-all" {
      let kind = String(name.dropFirst("--allow-".count))
      guard ["read", "write", "net", "env", "run"].contains(kind) else {
        throw UsageError(message: "there is no option `\(name)`")
      }
      let places = parts.count > 1 ? parts[1].split(separator: ",").map(String.init) : nil
      return allowances.append((kind, places))
    }
    switch name {
    case "-A", "--allow-all": allowsAll = true
    case "--disassemble": disassembles = true
    case "--gc-always": collectsAlways = true
    case "--gc-statistics": showsStatistics = true
    case "-e": code = try value(parts, &rest)
    case _ where RunLimits.options.contains(name): try setLimit(name, try value(parts, &rest))
    default: throw UsageError(message: "there is no option `\(argument)`")
    }
  }

  private func value(
    _ parts: [String], _ rest: inout ArraySlice<String>
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

  /// What the options allow a program in a folder.
  func grants(folder: String) -> ScriptGrants {
    var grants = ScriptGrants(folder: folder)
    if allowsAll {
      grants.read = .all
      grants.write = .all
      grants.network = .all
      grants.environment = .all
      grants.run = .all
    }
    for (kind, places) in allowances {
      let scope: ScriptGrants.Scope = places.map { .some($0) } ?? .all
      switch kind {
      case "read": grants.read = scope
      case "write": grants.write = scope
      case "net": grants.network = scope
      case "env": grants.environment = scope
      default: grants.run = scope
      }
    }
    return grants
  }
}

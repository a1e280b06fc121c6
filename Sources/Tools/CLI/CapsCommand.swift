import JanusRuntime
import JanusSource

/// `janus caps`
enum CapsCommand {
  static let command = Command(
    name: "caps",
    summary: "says what a program may ask for, without running it",
    usage: "janus caps [--format human|json] [--allow-read=PATH,…] FILE",
    run: run)

  private enum Format: String {
    case human, json
  }

  private static func run(_ arguments: [String]) throws(UsageError) -> Int32 {
    var rest = arguments
    let format = try takeFormat(&rest)
    let options = try RunOptions(rest)
    switch try LoadedProgram.load(options) {
    case .failed(let status): return status
    case .loaded(let program):
      var grants = options.grants
      grants.folder = program.folder
      var scan = CapabilityScan(grants)
      if program.isImage {
        scan.scanNatives(of: program.images)
      } else {
        scan.scan(program.images)
      }
      switch format {
      case .human: printLine(text(scan.requests, of: program.name))
      case .json: printLine(json(scan.requests, of: program.name))
      }
      return ExitStatus.success
    }
  }

  private static func takeFormat(_ arguments: inout [String]) throws(UsageError) -> Format {
    guard let index = arguments.firstIndex(where: { $0.hasPrefix("--format") }) else {
      return .human
    }
    var name = arguments.remove(at: index)
    if name == "--format", index < arguments.count {
      name = arguments.remove(at: index)
    } else {
      name = String(name.dropFirst("--format=".count))
    }
    guard let format = Format(rawValue: name) else {
      throw UsageError(message: "`--format` is human or json, not `\(name)`")
    }
    return format
  }

  // MARK: For people

  private static func text(_ requests: [CapabilityRequest], of name: String) -> String {
    guard !requests.isEmpty else {
      return "\(TerminalText.plain(name)) asks for nothing but the console and loopback"
    }
    let rows = requests.map { request in
      [
        request.kind.rawValue, request.place.map(quoted) ?? "decided while running",
        request.function, place(of: request), request.isGranted ? "granted" : request.flag,
      ].map(TerminalText.plain)
    }
    let widths = (0..<4).map { column in rows.map { $0[column].count }.max() ?? 0 }
    var lines = ["\(TerminalText.plain(name)) may ask for"]
    for row in rows {
      let cells = zip(row, widths).map { cell, width in
        cell + String(repeating: " ", count: width - cell.count)
      }
      lines.append("  " + (cells + [row[4]]).joined(separator: "  "))
    }
    let flags = neededFlags(requests)
    if !flags.isEmpty {
      lines.append("All of it is allowed by")
      lines.append("  " + TerminalText.plain(flags.joined(separator: " ")))
    }
    return lines.joined(separator: "\n")
  }

  private static func quoted(_ place: String) -> String { "\"\(place)\"" }

  private static func place(of request: CapabilityRequest) -> String {
    guard let line = request.line, let column = request.column else { return request.file }
    return "\(request.file):\(line):\(column)"
  }

  /// Each once; a flag without a place takes the place of those with one.
  private static func neededFlags(_ requests: [CapabilityRequest]) -> [String] {
    var flags: [String] = []
    for kind in Capability.allCases {
      let wanted = requests.filter { $0.kind == kind && !$0.isGranted }
      if let all = wanted.first(where: { $0.place == nil }) {
        flags.append(all.flag)
      } else {
        for request in wanted where !flags.contains(request.flag) { flags.append(request.flag) }
      }
    }
    return flags
  }

  // MARK: For programs

  private static func json(_ requests: [CapabilityRequest], of name: String) -> String {
    let items = requests.map { request in
      let fields = [
        ("kind", string(request.kind.rawValue)),
        ("place", request.place.map(string) ?? "null"),
        ("function", string(request.function)),
        ("file", string(request.file)),
        ("line", request.line.map(String.init) ?? "null"),
        ("column", request.column.map(String.init) ?? "null"),
        ("granted", request.isGranted ? "true" : "false"),
        ("flag", string(request.flag)),
      ]
      return "{" + fields.map { "\(string($0.0)):\($0.1)" }.joined(separator: ",") + "}"
    }
    let flags = neededFlags(requests).map(string).joined(separator: ",")
    return "{\"file\":\(string(name)),\"requests\":[\(items.joined(separator: ","))],"
      + "\"flags\":[\(flags)]}"
  }

  /// A string of JSON (RFC 8259 §7).
  private static func string(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"", "\\": result += "\\\(scalar)"
      case _ where scalar.value < 0x20 || scalar.value == 0x7f:
        let digits = String(scalar.value, radix: 16)
        result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result + "\""
  }
}

/// A kind of access, as in `--allow-KIND`.
public enum Capability: String, Sendable, CaseIterable {
  case read, write, net, env, run

  /// True when it is written down what a library function touches, if it touches anything.
  public static func areKnown(of function: String, in module: String) -> Bool {
    CapabilityTable.modules[module]?[function] != nil
  }
}

/// What the functions of the library touch, for those who want to know before they run a program.
enum CapabilityTable {
  /// What one argument of a function is: the place of an access.
  struct Row: Sendable {
    var kind: Capability
    /// The argument with the place, and its name.
    var index: Int
    var name: String
  }

  /// The rows of each function, by module. A function without rows touches nothing; one that is not
  /// listed is taken to touch whatever its module does.
  static let modules: [String: [String: [Row]]] = [
    "std.fs": [
      "read": [path(.read)], "read_bytes": [path(.read)], "exists": [path(.read)],
      "list": [path(.read)], "write": [path(.write)], "append": [path(.write)],
      "remove": [path(.write)],
    ],
    "std.env": [
      "get": [Row(kind: .env, index: 0, name: "name")],
      "args": [], "platform": [],
    ],
    "std.process": [
      "run": [Row(kind: .run, index: 0, name: "argv")]
    ],
  ]

  private static func path(_ kind: Capability) -> Row { Row(kind: kind, index: 0, name: "path") }

  /// All kinds that a module's functions need.
  static func kinds(of module: String) -> [Capability] {
    let rows = modules[module, default: [:]].values.joined()
    return Capability.allCases.filter { kind in rows.contains { $0.kind == kind } }
  }
}

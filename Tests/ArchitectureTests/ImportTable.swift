/// The walls of the house (docs/architecture.md): which target may import which.
enum ImportTable {
  struct Target: Sendable {
    var name: String
    /// Its folder.
    var folder: String
    /// What it may import, apart from what those may import in turn.
    var imports: [String]
    /// System modules it may import.
    var system: Set<String> = []
  }

  static let targets: [Target] = [
    Target(name: "JanusSource", folder: "Sources/Language/Source", imports: []),
    Target(name: "JanusSyntax", folder: "Sources/Language/Syntax", imports: ["JanusSource"]),
    Target(name: "JanusBytecode", folder: "Sources/Language/Bytecode", imports: ["JanusSource"]),
    Target(
      name: "JanusSemantics",
      folder: "Sources/Language/Semantics",
      imports: ["JanusSyntax"]
    ),
    Target(
      name: "JanusCompiler",
      folder: "Sources/Language/Compiler",
      imports: ["JanusSemantics", "JanusBytecode"]
    ),
    Target(
      name: "JanusChecker",
      folder: "Sources/Language/Checker",
      imports: ["JanusSemantics", "JanusBytecode"]
    ),
    Target(
      name: "JanusVM",
      folder: "Sources/Machine/VM",
      imports: ["JanusBytecode"],
      system: ["Glibc"]
    ),
    Target(name: "CPCRE2", folder: "Sources/Machine/CPCRE2", imports: []),
    Target(
      name: "JanusNatives",
      folder: "Sources/Machine/Natives",
      imports: ["JanusVM"],
      system: ["Glibc", "CPCRE2"]
    ),
    Target(name: "StandardLibrary", folder: "stdlib", imports: []),
    Target(name: "CSandbox", folder: "Sources/Machine/CSandbox", imports: []),
    Target(
      name: "JanusRuntime",
      folder: "Sources/Machine/Runtime",
      imports: ["JanusCompiler", "JanusChecker", "JanusNatives", "StandardLibrary", "CSandbox"],
      system: ["Glibc"]
    ),
    Target(name: "CSodium", folder: "Sources/Messaging/CSodium", imports: []),
    Target(
      name: "JanusCrypto",
      folder: "Sources/Messaging/Crypto",
      imports: [],
      system: ["CSodium", "Glibc", "Synchronization"]
    ),
    Target(
      name: "JanusKEM",
      folder: "Sources/Messaging/KEM",
      imports: ["JanusCrypto"],
      system: ["Crypto"]
    ),
    Target(
      name: "DMP",
      folder: "Sources/Messaging/DMP",
      imports: ["JanusKEM"]
    ),
    Target(name: "DMPModel", folder: "Sources/Messaging/Model", imports: ["DMP"]),
    Target(
      name: "protocol-tables",
      folder: "Sources/Tools/ProtocolTables",
      imports: ["DMPModel"]
    ),
    Target(
      name: "janus",
      folder: "Sources/Tools/CLI",
      imports: ["JanusRuntime"],
      system: ["Glibc"]
    ),
  ]

  /// Everything below a target.
  static func reach(of target: Target) -> Set<String> {
    var reach: Set<String> = []
    var open = target.imports
    while let name = open.popLast() {
      guard reach.insert(name).inserted else { continue }
      open += targets.filter { $0.name == name }.flatMap(\.imports)
    }
    return reach
  }

  /// What a file of a target imports and may not.
  static func violations(in text: String, of target: Target) -> [String] {
    let allowed = reach(of: target).union(target.system)
    return imports(in: text).filter { !allowed.contains($0) }
  }

  /// The modules that a Swift file imports.
  static func imports(in text: String) -> [String] {
    let kinds: Set = ["struct", "class", "enum", "protocol", "typealias", "func", "let", "var"]
    return text.split(whereSeparator: \.isNewline).compactMap { line in
      var words = line.split(separator: " ").map(String.init)[...]
      while let first = words.first, first != "import" {
        let isModifier =
          first.hasPrefix("@")
          || ["public", "package", "internal", "fileprivate", "private"].contains(first)
        guard isModifier else { return nil }
        words.removeFirst()
      }
      words = words.dropFirst()
      if let first = words.first, kinds.contains(first) { words.removeFirst() }
      return words.first?.split(separator: ".").first.map(String.init)
    }
  }
}

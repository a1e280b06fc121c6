public import JanusBytecode
import JanusSource
import JanusSyntax

/// Something that a program may ask for, found in its source.
public struct CapabilityRequest: Sendable, Equatable {
  public var kind: Capability
  /// The path, host, name or program, where the source says it; nil when it is decided while the
  /// program runs.
  public var place: String?
  /// The function that asks, such as `fs.read`.
  public var function: String
  /// The file, and where in it; nil in an image.
  public var file: String
  public var line: Int?
  public var column: Int?
  /// True when it needs no flag.
  public var isGranted: Bool

  /// The flag that allows it.
  public var flag: String {
    place.map { ScriptGrants.flag(kind.rawValue, $0) } ?? "--allow-\(kind.rawValue)"
  }
}

/// Finds what a program may ask for without running it.
///
/// The way to everything outside is a function of a module of the library, and modules are no
/// values: each use names the module. A function that is used otherwise than in a call is taken to
/// ask for all that it can. What is found is thus never too little.
public struct CapabilityScan {
  public private(set) var requests: [CapabilityRequest] = []
  private let grants: ScriptGrants

  /// - Parameter grants: what is allowed already; only the folder counts.
  public init(_ grants: ScriptGrants) { self.grants = grants }

  /// Looks through the modules of a program that were compiled from source.
  public mutating func scan(_ images: [ModuleImage]) {
    for image in images where !image.sourceName.hasPrefix("stdlib/") {
      scan(SourceFile(name: image.sourceName, bytes: image.source))
    }
  }

  /// Looks at the natives of an image, whose source may be missing or another.
  public mutating func scanNatives(of images: [ModuleImage]) {
    for image in images {
      for native in image.natives {
        let module = "std.\(native.name.prefix { $0 != "." })"
        let function = String(native.name.drop { $0 != "." }.dropFirst())
        guard CapabilityTable.modules[module] != nil else { continue }
        for kind in kinds(of: function, in: module) {
          requests.append(
            CapabilityRequest(
              kind: kind, place: nil, function: native.name, file: image.sourceName, line: nil,
              column: nil, isGranted: false))
        }
      }
    }
  }

  private func kinds(of function: String, in module: String) -> [Capability] {
    CapabilityTable.modules[module]?[function].map { $0.map(\.kind) }
      ?? CapabilityTable.kinds(of: module)
  }

  // MARK: One file

  private mutating func scan(_ file: SourceFile) {
    var diagnostics: [Diagnostic] = []
    let tree = Parser.parse(file, diagnostics: &diagnostics)
    let uses = Uses(in: tree)
    guard !uses.isEmpty else { return }
    /// Calls by the node that is called.
    var calls: [NodeID: NodeID] = [:]
    for (index, node) in tree.nodes.enumerated() {
      if node.kind == .call { calls[node.a] = NodeID(index) }
    }
    for (index, node) in tree.nodes.enumerated() {
      let id = NodeID(index)
      if node.kind == .member, tree[node.a].kind == .name,
        let module = uses.modules[tree.name(tree[node.a].a)]
      {
        add(module, tree.name(node.b), node, calls[id], tree, file)
      } else if node.kind == .name {
        let name = tree.name(node.a)
        if let function = uses.functions[name] {
          add(function.module, function.name, node, calls[id], tree, file)
        }
      }
    }
  }

  /// The modules and functions with capabilities that a file names.
  private struct Uses {
    /// Modules by the names they are bound to.
    var modules: [String: String] = [:]
    var functions: [String: (module: String, name: String)] = [:]

    var isEmpty: Bool { modules.isEmpty && functions.isEmpty }

    init(in tree: Tree) {
      for node in tree.nodes where node.kind == .use && node.flags.contains(.isShort) {
        let module = String(decoding: tree.strings[Int(node.a)], as: UTF8.self)
        guard CapabilityTable.modules[module] != nil else { continue }
        for name in tree.items(node.c) {
          functions[tree.name(name)] = (module, tree.name(name))
        }
        if node.c < 0 {
          let last = module.split(separator: ".").last.map(String.init) ?? module
          modules[node.b >= 0 ? tree.name(node.b) : last] = module
        }
      }
    }
  }

  private mutating func add(
    _ module: String, _ function: String, _ node: Node, _ call: NodeID?, _ tree: Tree,
    _ file: SourceFile
  ) {
    let name = "\(module.dropFirst(4)).\(function)"
    guard let rows = CapabilityTable.modules[module]?[function] else {
      for kind in CapabilityTable.kinds(of: module) { add(kind, nil, name, node, file) }
      return
    }
    for row in rows {
      let place = call.flatMap { literal(row, tree[$0], tree) }
      add(row.kind, place, name, node, file)
    }
  }

  private mutating func add(
    _ kind: Capability, _ place: String?, _ function: String, _ node: Node, _ file: SourceFile
  ) {
    let line = file.line(at: node.start)
    requests.append(
      CapabilityRequest(
        kind: kind, place: place, function: function, file: file.name, line: line + 1,
        column: Int(node.start - file.lineStarts[line]) + 1, isGranted: isGranted(kind, place)))
  }

  /// The text of an argument, or of the first element of a list in its place.
  private func literal(_ row: CapabilityTable.Row, _ call: Node, _ tree: Tree) -> String? {
    var position = 0
    for item in tree.items(call.b) {
      let argument = tree[item]
      if argument.kind == .spread { return nil }
      if argument.kind == .namedArgument {
        if tree.name(argument.a) == row.name { return text(of: tree[argument.b], tree) }
      } else {
        if position == row.index { return text(of: argument, tree) }
        position += 1
      }
    }
    return nil
  }

  private func text(of node: Node, _ tree: Tree) -> String? {
    switch node.kind {
    case .string: String(decoding: tree.strings[Int(node.a)], as: UTF8.self)
    case .parentheses: text(of: tree[node.a], tree)
    case .list: tree.items(node.a).first.flatMap { text(of: tree[$0], tree) }
    default: nil
    }
  }

  /// True for paths that need no flag, by their text: a link may still lead elsewhere.
  private func isGranted(_ kind: Capability, _ place: String?) -> Bool {
    guard kind == .read, let place, let folder = AbsolutePath.workingFolder() else { return false }
    let own = AbsolutePath(grants.folder, from: folder)
    return AbsolutePath(place, from: folder).rest(below: own) != nil
  }
}

public import JanusBytecode
public import JanusSource
public import JanusChecker
import JanusCompiler
import JanusSemantics
import JanusSyntax
import StandardLibrary

/// Compiles a file and everything it uses, each module once, dependencies first.
public struct ProgramLoader {
  /// Modules in the order in which they must be linked.
  public private(set) var order: [ModuleImage] = []
  /// What is wrong, file by file.
  public private(set) var findings: [Finding] = []
  /// The last file ended inside an open construct.
  public private(set) var isIncomplete = false
  /// Each module as it was read, in the order of `order`; empty unless they are kept.
  public private(set) var modules: [CheckedModule] = []
  private let keepsModules: Bool
  private var images: [String: ModuleImage] = [:]
  /// Modules being compiled, outermost first: a module met again closes a ring.
  private var open: [String] = []
  private let readModule: (String) throws(FileError) -> [UInt8]

  public struct Finding {
    public var file: SourceFile
    public var diagnostics: [Diagnostic]
  }

  public init(
    keepsModules: Bool = false,
    readModule: @escaping (String) throws(FileError) -> [UInt8] = readFile
  ) {
    self.keepsModules = keepsModules
    self.readModule = readModule
  }

  /// True when nothing forbids to run the program.
  public var isValid: Bool {
    !findings.contains { $0.diagnostics.contains { $0.severity == .error } }
  }

  /// Compiles a program's main file.
  public mutating func load(_ file: SourceFile, path: String) {
    _ = compile(file, name: path)
  }

  /// Compiles a module of the standard library; nil when there is none of that name.
  public mutating func loadLibrary(_ name: String) -> ModuleImage? {
    if let known = images[name] { return known }
    guard let source = StandardLibrary.source(name) else { return nil }
    let bytes = source.withUTF8Buffer { Array($0) }
    let file = SourceFile(name: "stdlib/\(name)", bytes: bytes)
    return compile(file, name: name)
  }

  /// Source → tree → resolved program → bytecode. Every stage reports and goes on.
  private mutating func compile(_ file: SourceFile, name: String) -> ModuleImage {
    var diagnostics: [Diagnostic] = []
    open.append(name)
    let tree = Parser.parse(file, diagnostics: &diagnostics)
    let canBeChecked = keepsModules && diagnostics.isEmpty
    isIncomplete = tree.isIncomplete
    let cascade = Cascade(of: diagnostics, skipped: tree.skippedSpans, in: file)
    let mistakeCount = diagnostics.count
    let prelude = name == "prelude" ? ModuleInterface(name: name, members: [:]) : preludeInterface()
    let used = loadUses(of: tree, from: name, diagnostics: &diagnostics)
    let resolution = Resolver.resolve(
      tree, prelude: prelude, modules: used, diagnostics: &diagnostics)
    diagnostics =
      diagnostics.prefix(mistakeCount) + cascade.news(in: diagnostics.dropFirst(mistakeCount))
    var image = ModuleImage(name: name, sourceName: file.name)
    let canCompile =
      used.values.allSatisfy(\.isWhole)
      && !diagnostics.contains { $0.severity == .error }
    if canCompile {
      image = Compiler.compile(
        tree,
        resolution,
        file: file,
        moduleName: name,
        images: images,
        diagnostics: &diagnostics
      )
    }
    if canBeChecked {
      modules.append(
        CheckedModule(
          name: name, file: file, tree: tree, resolution: resolution,
          isLibrary: StandardLibrary.source(name) != nil, hasErrors: !diagnostics.isEmpty))
    }
    if !diagnostics.isEmpty {
      findings.append(Finding(file: file, diagnostics: diagnostics))
    }
    open.removeLast()
    images[name] = image
    order.append(image)
    return image
  }

  private mutating func preludeInterface() -> ModuleInterface {
    interface(of: loadLibrary("prelude") ?? ModuleImage(name: "", sourceName: ""))
  }

  // MARK: Modules used

  private mutating func loadUses(
    of tree: Tree,
    from module: String,
    diagnostics: inout [Diagnostic]
  ) -> [NodeID: ModuleInterface] {
    var modules: [NodeID: ModuleInterface] = [:]
    for (index, node) in tree.nodes.enumerated() where node.kind == .use {
      let path = String(decoding: tree.strings[Int(node.a)], as: UTF8.self)
      let image: ModuleImage?
      if node.flags.contains(.isShort) {
        image = loadLibrary(path)
        if image == nil { diagnostics.append(unknownLibrary(path, node.span)) }
      } else {
        image = loadFile(path, from: module, node.span, &diagnostics)
      }
      if let image { modules[NodeID(index)] = interface(of: image) }
    }
    return modules
  }

  private func unknownLibrary(_ path: String, _ span: Span) -> Diagnostic {
    let names = StandardLibrary.moduleNames.filter { $0.hasPrefix("std.") }
    let last = path.split(separator: ".").last.map(String.init) ?? path
    let near =
      names.first { $0 == "std.\(last)" } ?? Spelling.nearest(to: path, in: names)
      ?? Spelling.nearest(to: "std.\(last)", in: names)
    return Diagnostic(
      .unknownModule,
      span,
      "there is no module `\(path)`",
      help: near.map { "did you mean `\($0)`?" }
        ?? "the modules are \(names.sorted().joined(separator: ", "))",
      fix: near.map { .init(span: span, replacement: "use \($0)", isExact: false) })
  }

  private mutating func loadFile(
    _ path: String,
    from module: String,
    _ span: Span,
    _ diagnostics: inout [Diagnostic]
  ) -> ModuleImage? {
    let resolved = ProgramLoader.resolve(path, from: module)
    if let known = images[resolved] { return known }
    if let start = open.firstIndex(of: resolved) {
      let ring = (open[start...] + [resolved]).joined(separator: " → ")
      diagnostics.append(
        Diagnostic(
          .moduleRing,
          span,
          "the modules use each other in a ring: \(ring)",
          help: "move what both need into a third module"
        )
      )
      return nil
    }
    do {
      let bytes = try readModule(resolved)
      return compile(SourceFile(name: resolved, bytes: bytes), name: resolved)
    } catch {
      diagnostics.append(
        Diagnostic(
          .unknownModule,
          span,
          "the module `\(path)` cannot be read: \(error.reason)",
          help: error.help ?? "the path is relative to the file that uses it"
        )
      )
      return nil
    }
  }

  /// A path relative to the file that names it, without `.` and `..` where they can be resolved.
  static func resolve(_ path: String, from module: String) -> String {
    if path.hasPrefix("/") { return path }
    var parts = module.split(separator: "/", omittingEmptySubsequences: true).dropLast()
      .map(String.init)
    for part in path.split(separator: "/") where part != "." {
      if part == "..", let last = parts.last, last != ".." {
        parts.removeLast()
      } else {
        parts.append(String(part))
      }
    }
    return (module.hasPrefix("/") ? "/" : "") + parts.joined(separator: "/")
  }

  private func interface(of image: ModuleImage) -> ModuleInterface {
    var members: [String: ModuleInterface.Member] = [:]
    for export in image.exports {
      switch export.target {
      case .global: members[export.name] = .variable
      case .function: members[export.name] = .function
      case .native: members[export.name] = .native
      case .type(let index):
        switch image.types[index].kind {
        case .structure: members[export.name] = .structure
        case .enumeration: members[export.name] = .enumeration
        case .error: members[export.name] = .error
        case .trait: members[export.name] = .trait
        }
      }
    }
    return ModuleInterface(
      name: image.name,
      members: members,
      isWhole: !image.prototypes.isEmpty
    )
  }
}

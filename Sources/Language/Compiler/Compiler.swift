public import JanusBytecode
public import JanusSemantics
public import JanusSource
public import JanusSyntax

/// Turns a resolved tree into a module image.
public struct Compiler {
  let tree: Tree
  let resolution: Resolution
  let file: SourceFile
  /// The images of modules that this one uses, and of the prelude, by name.
  let images: [String: ModuleImage]
  var image: ModuleImage
  var builder: FunctionBuilder
  var builders: [FunctionBuilder] = []
  var diagnostics: [Diagnostic] = []
  var textConstants: [[UInt8]: Int] = [:]
  var importNumbers: [String: Int] = [:]
  /// Slots of module variables, by symbol.
  var globalSlots: [SymbolID: Int] = [:]
  /// Types that something is expected to have although no node of this tree names them: the
  /// number -2 stands for the first, -3 for the second, where a node is asked for.
  var expectedContracts: [Contract] = []
  /// Annotations of `let [a, b]: T`-like declarations, by the node of the binding.
  var declaredTypes: [NodeID: NodeID] = [:]

  public static func compile(
    _ tree: Tree, _ resolution: Resolution, file: SourceFile, moduleName: String,
    images: [String: ModuleImage], diagnostics: inout [Diagnostic]
  ) -> ModuleImage {
    var compiler = Compiler(tree, resolution, file, moduleName, images)
    compiler.compileModule()
    diagnostics += compiler.diagnostics
    return compiler.image
  }

  init(
    _ tree: Tree, _ resolution: Resolution, _ file: SourceFile, _ moduleName: String,
    _ images: [String: ModuleImage]
  ) {
    self.tree = tree
    self.resolution = resolution
    self.file = file
    self.images = images
    image = ModuleImage(name: moduleName, sourceName: file.name)
    image.source = file.bytes
    builder = FunctionBuilder(function: 0, name: "top level")
  }

  private mutating func compileModule() {
    image.prototypes = Array(
      repeating: Prototype(name: ""), count: resolution.functions.count)
    assignGlobals()
    collectAnnotations()
    for module in resolution.modules { _ = importNumber(module.name) }
    declareTypes()
    let statements = tree.items(tree[tree.root].a)
    compileStatements(statements, isModuleLevel: true)
    builder.emitRegisters(.returnNull, 0)
    finish(builder)
    image.entry = 0
    for (index, function) in resolution.functions.enumerated()
    where index > 0 && function.isLifted && !image.prototypes[index].code.isEmpty {
      image.functions.append(index)
    }
    findMain(statements)
    collectExports(statements)
  }

  // MARK: Module variables

  /// True for a variable that lives in the module, not in a register of its entry function.
  func isGlobal(_ symbol: Symbol) -> Bool {
    symbol.kind == .variable && symbol.isModuleLevel && (symbol.isCaptured || symbol.isPublic)
  }

  private mutating func assignGlobals() {
    for (index, symbol) in resolution.symbols.enumerated() where isGlobal(symbol) {
      globalSlots[SymbolID(index)] = image.globalCount
      image.globalCount += 1
    }
  }

  /// Annotations of variables, known before any code that assigns them.
  private mutating func collectAnnotations() {
    for node in tree.nodes where node.b >= 0 {
      switch node.kind {
      case .let, .var, .const: declaredTypes[node.a] = node.b
      default: break
      }
    }
  }

  private mutating func findMain(_ statements: ArraySlice<NodeID>) {
    for statement in statements where tree[statement].kind == .function {
      let node = tree[statement]
      guard tree.name(node.a) == "main" else { continue }
      image.main = Int(resolution.functionOfNode[Int(statement)])
      let symbol = resolution.symbolOfNode[Int(statement)]
      image.mainIsCalled = statements.contains { callsMain($0, symbol) }
    }
  }

  /// A statement at the top that calls main itself.
  private func callsMain(_ statement: NodeID, _ symbol: SymbolID) -> Bool {
    guard statement >= 0 else { return false }
    let node = tree[statement]
    switch node.kind {
    case .call:
      return tree[node.a].kind == .name && resolution.symbolOfNode[Int(node.a)] == symbol
    case .catchFallback, .catchBinding, .catchArms, .try, .parentheses:
      return callsMain(node.a, symbol)
    case .let, .var, .const: return callsMain(node.c, symbol)
    case .conditional: return callsMain(node.a, symbol)
    default: return false
    }
  }

  private mutating func collectExports(_ statements: ArraySlice<NodeID>) {
    for (index, symbol) in resolution.symbols.enumerated()
    where symbol.isModuleLevel && symbol.isPublic && symbol.node >= 0 {
      let name = tree.name(symbol.name)
      switch symbol.kind {
      case .variable:
        if let slot = globalSlots[SymbolID(index)] {
          image.exports.append(.init(name: name, target: .global(slot)))
        }
      case .function:
        if tree[symbol.node].flags.contains(.isNative) {
          image.exports.append(.init(name: name, target: .native(nativeName(name))))
        } else {
          let function = Int(resolution.functionOfNode[Int(symbol.node)])
          image.exports.append(.init(name: name, target: .function(function)))
        }
      case .structure, .enumeration, .error, .trait:
        let type = image.types.firstIndex { $0.name == name } ?? 0
        image.exports.append(.init(name: name, target: .type(type)))
        for shape in image.types[type].shapes where shape.constructor >= 0 {
          image.exports.append(
            .init(name: "\(name).\(shape.name)", target: .function(shape.constructor)))
        }
      default: break
      }
    }
  }

  /// `json.parse` for `parse` in `std.json`; `prelude.print`.
  func nativeName(_ name: String) -> String {
    let module = image.name.split(separator: ".").last ?? "prelude"
    return "\(module).\(name)"
  }

  // MARK: Functions

  /// Opens a function's code; `finish` closes it.
  mutating func begin(_ function: Int, name: String) {
    builders.append(builder)
    builder = FunctionBuilder(function: function, name: name)
  }

  mutating func end() {
    finish(builder)
    builder = builders.removeLast()
  }

  private mutating func finish(_ builder: FunctionBuilder) {
    let scope = resolution.functions[builder.function]
    if builder.prototype.registerCount > 1000 || builder.isTooLarge {
      diagnostics.append(
        Diagnostic(
          .tooManyRegisters, tree[scope.node].span,
          "the function `\(builder.prototype.name)` is too large",
          help: "split it into smaller functions"))
    }
    // Room for the calls that the machine itself makes on top of a frame.
    builder.prototype.registerCount += 1
    if !scope.isLifted, builder.function > 0 {
      builder.prototype.captures = captureSources(of: builder.function)
    }
    image.prototypes[builder.function] = builder.prototype
  }

  /// Where the enclosing function finds each capture. The registers are known when the closure is
  /// made: filled in by `makeClosure`.
  private func captureSources(of function: Int) -> [Prototype.Capture] {
    image.prototypes[function].captures
  }

  // MARK: Constants

  mutating func constant(_ constant: Constant) -> Int {
    if case .text(let bytes) = constant { return text(bytes) }
    if let known = image.constants.lastIndex(of: constant), known > image.constants.count - 64 {
      return known
    }
    image.constants.append(constant)
    return image.constants.count - 1
  }

  mutating func text(_ bytes: [UInt8]) -> Int {
    if let known = textConstants[bytes] { return known }
    image.constants.append(.text(bytes))
    textConstants[bytes] = image.constants.count - 1
    return image.constants.count - 1
  }

  mutating func text(_ string: String) -> Int { text(Array(string.utf8)) }

  mutating func importNumber(_ module: String) -> Int {
    if let known = importNumbers[module] { return known }
    image.imports.append(module)
    importNumbers[module] = image.imports.count - 1
    return image.imports.count - 1
  }

  mutating func contract(_ contract: Contract) -> Int {
    if let known = image.contracts.firstIndex(of: contract) { return known }
    image.contracts.append(contract)
    return image.contracts.count - 1
  }

  mutating func report(_ code: DiagnosticCode, _ span: Span, _ message: String, help: String? = nil)
  {
    diagnostics.append(Diagnostic(code, span, message, help: help))
  }

  /// The source text of a node, on one line.
  func sourceText(_ node: NodeID) -> String { sourceText(tree[node].span) }

  func sourceText(_ span: Span) -> String {
    let bytes = file.bytes[Int(span.start)..<Int(span.end)]
    let text = String(decoding: bytes, as: UTF8.self)
    return text.split(whereSeparator: { $0 == "\n" || $0 == "\r\n" })
      .map { line in String(line.drop(while: { $0 == " " || $0 == "\t" })) }
      .joined(separator: " ")
  }
}

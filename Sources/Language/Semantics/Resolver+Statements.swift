import JanusSource
import JanusSyntax

extension Resolver {
  mutating func resolveStatements(_ list: ListID, isModuleLevel: Bool = false) {
    let statements = tree.items(list)
    scopes[scopes.count - 1].upcoming = bindings(of: statements)
    declareUses(statements)
    declareHoisted(statements)
    guard isModuleLevel else {
      for statement in statements where tree[statement].kind == .impl { resolve(statement) }
      for statement in statements where tree[statement].kind != .impl { resolve(statement) }
      return
    }
    // Functions of the module see all its variables: their bodies come last.
    for statement in statements where !isDeclaration(statement) { resolve(statement) }
    for statement in statements where isDeclaration(statement) { resolve(statement) }
  }

  private func isDeclaration(_ statement: NodeID) -> Bool {
    switch tree[statement].kind {
    case .function, .impl, .trait, .struct, .enum, .errorType, .test, .feature, .scenario: true
    default: false
    }
  }

  /// The names that the `let`s of a block will declare.
  private func bindings(of statements: ArraySlice<NodeID>) -> Set<NameID> {
    var names: Set<NameID> = []
    for statement in statements {
      switch tree[statement].kind {
      case .let, .var, .const: collectNames(tree[statement].a, &names)
      default: break
      }
    }
    return names
  }

  private func collectNames(_ pattern: NodeID, _ names: inout Set<NameID>) {
    guard pattern >= 0 else { return }
    let node = tree[pattern]
    switch node.kind {
    case .patternBinding, .patternRest: if node.a >= 0 { names.insert(node.a) }
    case .patternList, .patternMap: for item in tree.items(node.a) { collectNames(item, &names) }
    case .patternField: collectNames(node.b, &names)
    default: break
    }
  }

  mutating func resolveBlock(_ block: NodeID) {
    guard block >= 0 else { return }
    let node = tree[block]
    guard node.kind == .block else { return resolve(block) }
    scopes.append(Scope(function: function))
    resolveStatements(node.a)
    scopes.removeLast()
  }

  private mutating func declareUses(_ statements: ArraySlice<NodeID>) {
    for statement in statements where tree[statement].kind == .use {
      let node = tree[statement]
      let interface = modules[statement] ?? ModuleInterface(name: "", members: [:], isWhole: false)
      resolution.modules.append(UsedModule(name: interface.name, node: statement))
      let module = resolution.modules.count - 1
      if node.c >= 0 {
        for name in tree.items(node.c) { declareImported(name, from: interface, module, statement) }
      } else if let name = node.b >= 0 ? node.b : defaultName(node) {
        declare(.module(module), name, statement, isConst: true)
      }
    }
  }

  /// `dmp` of `std.dmp`, `wire` of `./lib/wire.jan`; nil when the program never says it.
  private func defaultName(_ use: Node) -> NameID? {
    let path = String(decoding: tree.strings[Int(use.a)], as: UTF8.self)
    var last = path.split { $0 == "/" || $0 == "." && use.flags.contains(.isShort) }.last ?? ""
    if !use.flags.contains(.isShort), last.hasSuffix(".jan") { last = last.dropLast(4) }
    return tree.names.firstIndex(of: String(last)).map { NameID($0) }
  }

  private mutating func declareImported(
    _ name: NameID,
    from interface: ModuleInterface,
    _ module: Int,
    _ statement: NodeID
  ) {
    guard !interface.isWhole || interface.members[tree.name(name)] != nil else {
      let near = nearestName(to: tree.name(name), in: interface.members.keys.sorted())
      return report(
        .unknownExport,
        tree[statement].span,
        "the module has no public name `\(tree.name(name))`",
        help: near.map { "did you mean `\($0)`?" } ?? "is `pub` missing before its declaration?"
      )
    }
    declare(.imported(module: module), name, -1, isConst: true)
  }

  /// A function's parameters and body in a scope of its own.
  mutating func resolveFunction(
    _ node: NodeID,
    parameters: ListID,
    body: NodeID,
    symbol: SymbolID = -1,
    isIsolated: Bool = false,
    isMethod: Bool = false
  ) {
    var scope = FunctionScope(node: node, parent: function)
    scope.symbol = symbol
    scope.isIsolated = isIsolated
    scope.isMethod = isMethod
    resolution.functions.append(scope)
    let outer = function
    function = resolution.functions.count - 1
    resolution.functionOfNode[Int(node)] = Int32(function)
    scopes.append(Scope(function: function))
    loopLabels.append([])
    nurseryDepth.append(0)
    resolveParameters(parameters)
    if body >= 0 {
      if tree[body].kind == .block {
        resolveStatements(tree[body].a)
      } else {
        resolve(body)
      }
    }
    nurseryDepth.removeLast()
    loopLabels.removeLast()
    scopes.removeLast()
    function = outer
  }

  private mutating func resolveParameters(_ parameters: ListID) {
    var names: Set<NameID> = []
    for parameter in tree.items(parameters) {
      let node = tree[parameter]
      if node.b >= 0 { resolveType(node.b) }
      guard node.a >= 0 else {
        // A destructuring parameter: the pattern is in c.
        if node.c >= 0 { declarePattern(node.c) }
        continue
      }
      if node.c >= 0 { resolve(node.c) }
      if tree.name(node.a) != "_", !names.insert(node.a).inserted {
        report(
          .duplicateDeclaration,
          node.span,
          "the parameter `\(tree.name(node.a))` is there twice"
        )
      }
      declare(.variable, node.a, parameter)
    }
  }

  // MARK: Patterns

  /// Declares what a pattern binds and resolves what it names.
  mutating func declarePattern(_ pattern: NodeID, isConst: Bool = false, isPublic: Bool = false) {
    guard pattern >= 0 else { return }
    let node = tree[pattern]
    switch node.kind {
    case .patternBinding:
      if node.b >= 0 { resolveType(node.b) }
      let symbol = declare(.variable, node.a, pattern, isConst: isConst)
      resolution.symbols[Int(symbol)].isPublic = isPublic
    case .patternRest:
      if node.a >= 0 { declare(.variable, node.a, pattern, isConst: isConst) }
    case .patternLiteral: resolve(node.a)
    case .patternRange:
      if node.a >= 0 { resolve(node.a) }
      if node.b >= 0 { resolve(node.b) }
    case .patternAlternatives, .patternList, .patternMap:
      for item in tree.items(node.a) {
        declarePattern(item, isConst: isConst, isPublic: isPublic)
      }
    case .patternCase:
      if node.a >= 0 { resolve(node.a) }
      for item in tree.items(node.c) { declarePattern(item, isConst: isConst) }
    case .patternStruct:
      resolve(node.a)
      for item in tree.items(node.b) { declarePattern(item, isConst: isConst) }
    case .patternField:
      if node.c >= 0 { resolve(node.c) }
      declarePattern(node.b, isConst: isConst, isPublic: isPublic)
    case .patternType: resolveType(node.a)
    default: break
    }
  }

  // MARK: Types

  static let typeNames: Set<String> = [
    "any", "null", "bool", "int", "float", "string", "bytes", "duration", "list", "map", "func",
    "range", "task", "channel", "error", "type", "function", "i8", "i16", "i32", "i64", "u8",
    "u16", "u32", "u64",
  ]

  mutating func resolveType(_ type: NodeID) {
    guard type >= 0 else { return }
    let node = tree[type]
    switch node.kind {
    case .typeOptional: resolveType(node.a)
    case .typeUnion: for item in tree.items(node.a) { resolveType(item) }
    case .typeFunction:
      for item in tree.items(node.a) { resolveType(item) }
      resolveType(node.b)
    case .typeName:
      for item in tree.items(node.b) { resolveType(item) }
      resolveTypeName(type, node)
    case .patternCase: declarePattern(type)
    default: break
    }
  }

  private mutating func resolveTypeName(_ type: NodeID, _ node: Node) {
    let text = tree.name(node.a)
    if node.c >= 0 {
      guard let symbol = lookUp(node.c),
        case .module(let module) = resolution.symbols[Int(symbol)].kind
      else {
        return report(.unknownType, node.span, "there is no module `\(tree.name(node.c))`")
      }
      resolution.symbolOfNode[Int(type)] = symbol
      checkMember(text, ofModule: module, at: node.span)
      return
    }
    if Resolver.typeNames.contains(text) || text == "Fault" { return }
    guard let symbol = lookUp(node.a), isType(symbol) else {
      let near = nearestName(to: text, in: visibleTypes() + Resolver.typeNames.sorted())
      return report(
        .unknownType,
        node.span,
        "there is no type `\(text)`",
        help: near.map { "did you mean `\($0)`?" },
        fix: near.map { .init(span: node.span, replacement: $0, isExact: false) }
      )
    }
    resolution.symbolOfNode[Int(type)] = symbol
  }

  private func isType(_ symbol: SymbolID) -> Bool {
    switch resolution.symbols[Int(symbol)].kind {
    case .structure, .enumeration, .error, .trait, .imported: true
    default: false
    }
  }

  private func visibleTypes() -> [String] {
    var names: [String] = []
    for scope in scopes {
      for (name, symbol) in scope.names where isType(symbol) { names.append(tree.name(name)) }
    }
    return names.sorted()
  }

  mutating func checkMember(_ name: String, ofModule module: Int, at span: Span) {
    let used = resolution.modules[module]
    guard let interface = modules[used.node], interface.isWhole, interface.members[name] == nil
    else { return }
    let near = nearestName(to: name, in: interface.members.keys.sorted())
    report(
      .unknownExport,
      span,
      "`\(interface.name)` has no public name `\(name)`",
      help: near.map { "did you mean `\($0)`?" } ?? "is `pub` missing before its declaration?"
    )
  }
}

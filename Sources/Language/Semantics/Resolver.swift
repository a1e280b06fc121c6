public import JanusSource
public import JanusSyntax

/// Finds out what every name stands for, and which variables closures share.
public struct Resolver {
  let tree: Tree
  /// What `use` can reach: the interface of a module by the text after `use`, nil when there is
  /// none.
  let modules: [NodeID: ModuleInterface]
  let prelude: ModuleInterface
  var resolution: Resolution
  var diagnostics: [Diagnostic] = []
  var scopes: [Scope] = []
  var function = 0
  var loopLabels: [[NameID]] = [[]]
  var nurseryDepth = [0]
  var preludeSymbols: [NameID: SymbolID] = [:]

  static let coreTypes: Set<String> = [
    "list", "map", "string", "bytes", "int", "float", "bool", "range", "duration", "task",
    "channel",
  ]

  /// True for a name such as `list`, whose methods can be called on the type.
  public static func isCoreType(_ name: String) -> Bool { coreTypes.contains(name) }

  /// Appends what is wrong to `diagnostics` and goes on.
  public static func resolve(
    _ tree: Tree, prelude: ModuleInterface, modules: [NodeID: ModuleInterface],
    diagnostics: inout [Diagnostic]
  ) -> Resolution {
    var resolver = Resolver(tree: tree, prelude: prelude, modules: modules)
    resolver.resolveModule()
    diagnostics += resolver.diagnostics.sorted { $0.span.start < $1.span.start }
    return resolver.resolution
  }

  init(tree: Tree, prelude: ModuleInterface, modules: [NodeID: ModuleInterface]) {
    self.tree = tree
    self.prelude = prelude
    self.modules = modules
    resolution = Resolution(nodeCount: tree.nodes.count)
  }

  mutating func resolveModule() {
    guard tree.root >= 0 else { return }
    resolution.functions.append(FunctionScope(node: tree.root, parent: -1))
    scopes.append(Scope(function: 0))
    resolveStatements(tree[tree.root].a, isModuleLevel: true)
    scopes.removeLast()
    liftFunctions()
  }

  // MARK: Reports

  mutating func report(
    _ code: DiagnosticCode, _ span: Span, _ message: String, help: String? = nil,
    labels: [Diagnostic.Label] = [], fix: Diagnostic.Fix? = nil
  ) {
    diagnostics.append(
      Diagnostic(code, span, message, labels: labels, help: help, fix: fix))
  }

  // MARK: Declaring

  /// A new symbol in the innermost scope.
  @discardableResult
  mutating func declare(
    _ kind: Symbol.Kind, _ name: NameID, _ node: NodeID, isConst: Bool = false
  ) -> SymbolID {
    let isModuleLevel = scopes.count == 1
    var symbol = Symbol(
      kind: kind, name: name, node: node, function: function, isModuleLevel: isModuleLevel)
    symbol.isConst = isConst
    symbol.isDeclared = true
    resolution.symbols.append(symbol)
    let id = SymbolID(resolution.symbols.count - 1)
    scopes[scopes.count - 1].names[name] = id
    if node >= 0 { resolution.symbolOfNode[Int(node)] = id }
    return id
  }

  /// Functions and types of a block, which are visible in all of it.
  mutating func declareHoisted(_ statements: ArraySlice<NodeID>) {
    for statement in statements {
      let node = tree[statement]
      let kind: Symbol.Kind
      switch node.kind {
      case .function: kind = .function
      case .struct: kind = .structure
      case .enum: kind = .enumeration
      case .errorType: kind = .error
      case .trait: kind = .trait
      default: continue
      }
      guard node.a >= 0 else { continue }
      if let earlier = scopes[scopes.count - 1].names[node.a] {
        let other = resolution.symbols[Int(earlier)].node
        report(
          .duplicateDeclaration, nameSpan(statement),
          "`\(tree.name(node.a))` is declared twice in this block",
          labels: other >= 0 ? [.init(span: nameSpan(other), text: "first declared here")] : [])
        continue
      }
      let symbol = declare(kind, node.a, statement, isConst: true)
      resolution.symbols[Int(symbol)].isPublic = node.flags.contains(.isPublic)
      if kind == .function, scopes.count > 1 {
        resolution.symbols[Int(symbol)].isDeclared = false
      }
    }
  }

  /// Where a declaration's name stands: the first line of the node will do.
  func nameSpan(_ node: NodeID) -> Span {
    let span = tree[node].span
    return Span(span.start, min(span.end, span.start + 60))
  }

  // MARK: Looking up

  func lookUp(_ name: NameID) -> SymbolID? {
    for scope in scopes.reversed() {
      if let symbol = scope.names[name] { return symbol }
    }
    return nil
  }

  /// A name that is used: marks captures, reports unknown names.
  @discardableResult
  mutating func use(_ name: NameID, at node: NodeID, forAssignment: Bool = false) -> SymbolID {
    if let symbol = lookUp(name) {
      resolution.symbolOfNode[Int(node)] = symbol
      noteUse(symbol, at: node)
      return symbol
    }
    if let symbol = preludeSymbol(name) {
      resolution.symbolOfNode[Int(node)] = symbol
      return symbol
    }
    reportUnknown(name, at: node)
    return -1
  }

  private mutating func preludeSymbol(_ name: NameID) -> SymbolID? {
    if let known = preludeSymbols[name] { return known }
    let text = tree.name(name)
    let kind: Symbol.Kind
    if prelude.members[text] != nil || text == "Fault" {
      kind = .prelude
    } else if Resolver.coreTypes.contains(text) {
      kind = .coreType
    } else {
      return nil
    }
    resolution.symbols.append(
      Symbol(kind: kind, name: name, node: -1, function: 0, isModuleLevel: true))
    let id = SymbolID(resolution.symbols.count - 1)
    preludeSymbols[name] = id
    return id
  }

  private mutating func noteUse(_ id: SymbolID, at node: NodeID) {
    let symbol = resolution.symbols[Int(id)]
    guard symbol.kind == .variable || symbol.kind == .function else { return }
    if symbol.kind == .function, !symbol.isDeclared, symbol.function == function {
      resolution.symbols[Int(id)].isEarly = true
    }
    guard symbol.function != function else { return }
    resolution.symbols[Int(id)].isCaptured = true
    if symbol.isModuleLevel { return }
    if symbol.kind == .function, !symbol.isDeclared { resolution.symbols[Int(id)].isEarly = true }
    capture(id, at: node)
  }

  /// Every function between the use and the owner takes the variable along.
  private mutating func capture(_ id: SymbolID, at node: NodeID) {
    let owner = resolution.symbols[Int(id)].function
    var current = function
    while current != owner, current >= 0 {
      // A function that names itself has itself at hand.
      if resolution.functions[current].symbol == id { return }
      if resolution.functions[current].isIsolated {
        report(
          .unknownName, tree[node].span,
          "a method cannot use `\(tree.name(resolution.symbols[Int(id)].name))`, a variable of "
            + "the function around its type",
          help: "pass it as an argument, or move it to the top of the module")
        return
      }
      if !resolution.functions[current].captures.contains(id) {
        resolution.functions[current].captures.append(id)
      }
      current = resolution.functions[current].parent
    }
  }

  private mutating func reportUnknown(_ name: NameID, at node: NodeID) {
    let text = tree.name(name)
    let span = tree[node].span
    if text == "self" {
      return report(
        .selfOutsideMethod, span, "`self` is there only in a method",
        help: "a method is a function of an impl whose first parameter is `self`")
    }
    if scopes.contains(where: { $0.upcoming.contains(name) }) {
      return report(
        .usedBeforeInitialiser, span, "`\(text)` is used before its initialiser",
        help: "move its declaration up, or use another name")
    }
    var names: [String] = []
    for scope in scopes { names += scope.names.keys.map(tree.name) }
    names += prelude.members.keys
    if fieldOfSelf(name) {
      return report(
        .unknownName, span, "there is no `\(text)` here", help: "a field is `self.\(text)`",
        fix: .init(span: span, replacement: "self.\(text)"))
    }
    let substitute = Resolver.substitute(for: text)
    let near = substitute == nil ? nearestName(to: text, in: names.sorted()) : nil
    let keyword =
      near == nil && substitute == nil && isCallee(node)
      ? nearestName(to: text, in: Keyword.allCases.map(\.rawValue)) : nil
    let meant = near ?? keyword
    report(
      keyword == nil ? .unknownName : .misspeltKeyword, span, "there is no `\(text)` here",
      help: substitute?.help ?? meant.map { "did you mean `\($0)`?" } ?? helpForModule(text),
      fix: (substitute?.replacement ?? meant).map {
        .init(span: span, replacement: $0, isExact: substitute != nil)
      } ?? (substitute == nil ? useFix(text) : nil))
  }

  /// Whether a name begins its statement as a call without parentheses, where a reserved word could
  /// be meant.
  private func isCallee(_ node: NodeID) -> Bool {
    tree.nodes.contains { $0.kind == .call && $0.a == node && $0.flags.contains(.isShort) }
      || tree.nodes.contains { $0.kind == .block && tree.items($0.a).contains(node) }
  }

  /// The `use` that is missing, before the first statement.
  private func useFix(_ name: String) -> Diagnostic.Fix? {
    guard helpForModule(name) != nil, let first = tree.items(tree[tree.root].a).first else {
      return nil
    }
    let start = tree[first].start
    return .init(span: Span(start, start), replacement: "use std.\(name)\n")
  }

  private func helpForModule(_ name: String) -> String? {
    let modules = [
      "math", "json", "time", "fs", "random", "env", "crypto", "regex", "process", "path", "log",
      "text", "dmp",
    ]
    return modules.contains(name) ? "write `use std.\(name)` at the top" : nil
  }

  /// After everything is known: functions that need no variable of others exist once.
  private mutating func liftFunctions() {
    for index in resolution.functions.indices { resolution.functions[index].isLifted = true }
    var changed = true
    while changed {
      changed = false
      for index in resolution.functions.indices where resolution.functions[index].isLifted {
        let needs = resolution.functions[index].captures.contains { id in
          let symbol = resolution.symbols[Int(id)]
          guard symbol.kind == .function, symbol.node >= 0 else { return true }
          let function = resolution.functionOfNode[Int(symbol.node)]
          return function < 0 || !resolution.functions[Int(function)].isLifted
        }
        if needs {
          resolution.functions[index].isLifted = false
          changed = true
        }
      }
    }
    let lifted = resolution
    for index in resolution.functions.indices {
      resolution.functions[index].captures.removeAll { id in
        let symbol = lifted.symbols[Int(id)]
        guard symbol.kind == .function, symbol.node >= 0 else { return false }
        let function = lifted.functionOfNode[Int(symbol.node)]
        return function >= 0 && lifted.functions[Int(function)].isLifted
      }
    }
    markEarlyVariables()
  }

  /// What a function that exists from the start of its block uses must exist as early.
  private mutating func markEarlyVariables() {
    for function in resolution.functions where function.symbol >= 0 && !function.isLifted {
      let own = resolution.symbols[Int(function.symbol)]
      guard own.isEarly else { continue }
      for id in function.captures where resolution.symbols[Int(id)].function == own.function {
        resolution.symbols[Int(id)].isEarly = true
      }
    }
  }
}

/// The candidate that is near enough to be meant, or nil.
public func nearestName(to name: String, in candidates: [String]) -> String? {
  Spelling.nearest(to: name, in: candidates)
}

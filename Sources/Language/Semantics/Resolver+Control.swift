import JanusSource
import JanusSyntax

extension Resolver {
  mutating func resolveControl(_ id: NodeID, _ node: Node) {
    switch node.kind {
    case .block: resolveBlock(id)
    case .if:
      resolve(node.a)
      resolveBlock(node.b)
      if node.c >= 0 { tree[node.c].kind == .if ? resolve(node.c) : resolveBlock(node.c) }
    case .match, .catchArms:
      resolve(node.a)
      for arm in tree.elements(node.b) { resolveArm(arm) }
    case .nursery:
      nurseryDepth[nurseryDepth.count - 1] += 1
      resolveBlock(node.a)
      nurseryDepth[nurseryDepth.count - 1] -= 1
    case .within:
      resolve(node.a)
      resolveBlock(node.b)
    case .select: for item in tree.elements(node.a) { resolveSelectCase(tree[item]) }
    case .using:
      scoped { resolver in
        for binding in resolver.tree.elements(node.a) {
          resolver.resolve(resolver.tree[binding].b)
          resolver.declare(.variable, resolver.tree[binding].a, binding)
        }
        resolver.resolveBlock(node.b)
      }
    case .catchBinding:
      resolve(node.a)
      scoped { resolver in
        if node.b >= 0 { resolver.declare(.variable, node.b, id) }
        resolver.resolveBlock(node.c)
      }
    case .let, .var, .const: resolveBinding(node)
    case .assign: resolveAssignment(node)
    case .while:
      resolve(node.a)
      loop(label: node.c) { $0.resolveBlock(node.b) }
    case .for: resolveFor(node)
    case .defer: tree[node.a].kind == .block ? resolveBlock(node.a) : resolve(node.a)
    case .conditional:
      resolve(node.b)
      resolve(node.a)
    default: resolveDeclaration(id, node)
    }
  }

  private mutating func resolveArm(_ arm: NodeID) {
    let node = tree[arm]
    scoped { resolver in
      resolver.declarePattern(node.a)
      resolver.resolve(node.b)
      resolver.tree[node.c].kind == .block
        ? resolver.resolveBlock(node.c) : resolver.resolve(node.c)
    }
  }

  private mutating func resolveSelectCase(_ node: Node) {
    switch node.kind {
    case .selectReceive:
      resolve(node.b)
      scoped { resolver in
        resolver.declarePattern(node.a)
        resolver.resolveBlock(node.c)
      }
    case .selectSend:
      resolve(node.a)
      resolve(node.b)
      resolveBlock(node.c)
    case .selectTimeout:
      resolve(node.a)
      resolveBlock(node.c)
    default: resolveBlock(node.c)
    }
  }

  private mutating func resolveBinding(_ node: Node) {
    resolveType(node.b)
    resolve(node.c)
    declarePattern(
      node.a, isConst: node.kind == .const, isPublic: node.flags.contains(.isPublic))
  }

  private mutating func loop(label: NameID, _ body: (inout Resolver) -> Void) {
    loopLabels[loopLabels.count - 1].append(label)
    body(&self)
    loopLabels[loopLabels.count - 1].removeLast()
  }

  private mutating func resolveFor(_ node: Node) {
    resolve(node.b)
    let parts = Array(tree.items(node.c))
    scoped { resolver in
      for pattern in resolver.tree.items(node.a) { resolver.declarePattern(pattern) }
      resolver.loop(label: parts.count > 1 ? parts[1] : -1) { inner in
        if let block = parts.first { inner.resolveBlock(block) }
      }
    }
  }

  // MARK: Assignment

  private mutating func resolveAssignment(_ node: Node) {
    resolve(node.b)
    resolveTarget(node.a)
  }

  private mutating func resolveTarget(_ target: NodeID) {
    let node = tree[target]
    switch node.kind {
    case .name:
      let symbol = use(node.a, at: target)
      guard symbol >= 0 else { return }
      let known = resolution.symbols[Int(symbol)]
      if known.kind == .variable, !known.isConst {
        resolution.symbols[Int(symbol)].isReassigned = true
      } else {
        reportFixed(known, at: node)
      }
    case .list: for item in tree.items(node.a) { resolveTarget(item) }
    case .parentheses: resolveTarget(node.a)
    case .spread: resolveTarget(node.a)
    default: resolve(target)
    }
  }

  private mutating func reportFixed(_ symbol: Symbol, at node: Node) {
    let name = tree.name(node.a)
    let what: String
    var help: String?
    switch symbol.kind {
    case .variable:
      what = "a const"
      help = "declare it with `var` if it is to change"
    case .function: what = "a function"
    case .structure, .enumeration, .error, .trait, .coreType: what = "a type"
    case .module: what = "a module"
    case .imported: what = "imported"
    case .prelude:
      what = "a function of the prelude"
      help = "declare a variable of your own: let \(name) = …"
    }
    let labels: [Diagnostic.Label] =
      symbol.node >= 0 ? [.init(span: nameSpan(symbol.node), text: "declared here")] : []
    report(
      .notReassignable, node.span, "`\(name)` cannot be assigned: it is \(what)", help: help,
      labels: labels)
  }

  // MARK: Declarations

  private mutating func resolveDeclaration(_ id: NodeID, _ node: Node) {
    switch node.kind {
    case .test, .feature, .scenario:
      resolve(node.a)
      // A test is a function of its own that sees the module.
      resolveFunction(id, parameters: -1, body: node.b)
    case .struct: resolveFields(id, node.b)
    case .enum, .errorType:
      var names: Set<NameID> = []
      for item in tree.elements(node.b) {
        if !names.insert(tree[item].a).inserted {
          report(
            .duplicateDeclaration, tree[item].span,
            "the case `\(tree.name(tree[item].a))` is there twice")
        }
        if tree[item].b >= 0 { resolveFields(item, tree[item].b) }
      }
    case .trait:
      for item in tree.elements(node.b) { resolveMethod(item) }
    case .impl: resolveImpl(node)
    case .field: break
    default: break
    }
  }

  /// Fields: defaults are evaluated in the function that makes values, so they see its parameters.
  private mutating func resolveFields(_ owner: NodeID, _ fields: ListID) {
    var names: Set<NameID> = []
    for field in tree.elements(fields) {
      resolveType(tree[field].b)
      if !names.insert(tree[field].a).inserted {
        report(
          .duplicateDeclaration, tree[field].span,
          "the field `\(tree.name(tree[field].a))` is there twice")
      }
    }
    var scope = FunctionScope(node: owner, parent: function)
    scope.isIsolated = true
    resolution.functions.append(scope)
    let outer = function
    function = resolution.functions.count - 1
    resolution.functionOfNode[Int(owner)] = Int32(function)
    scopes.append(Scope(function: function))
    for field in tree.elements(fields) {
      resolve(tree[field].c)
      declare(.variable, tree[field].a, field)
    }
    scopes.removeLast()
    function = outer
  }

  private mutating func resolveMethod(_ method: NodeID) {
    let node = tree[method]
    let parts = Array(tree.items(node.c))
    if parts.count > 0 { resolveType(parts[0]) }
    if parts.count > 1 { resolveType(parts[1]) }
    resolveFunction(
      method, parameters: node.b, body: parts.count > 2 ? parts[2] : -1, isIsolated: true,
      isMethod: true)
  }

  private mutating func resolveImpl(_ node: Node) {
    resolveType(node.a)
    if node.b >= 0 { resolveType(node.b) }
    var names: Set<NameID> = []
    for item in tree.elements(node.c) {
      if !names.insert(tree[item].a).inserted {
        report(
          .duplicateDeclaration, nameSpan(item),
          "the method `\(tree.name(tree[item].a))` is there twice")
      }
      resolveMethod(item)
    }
    if node.b >= 0, tree.isWhole(node.c) { checkRequirements(node, names) }
  }

  /// Every method that the trait demands and gives no default for must be there.
  private mutating func checkRequirements(_ node: Node, _ names: Set<NameID>) {
    let symbol = resolution.symbolOfNode[Int(node.b)]
    guard symbol >= 0 else { return }
    let trait = resolution.symbols[Int(symbol)]
    if case .imported = trait.kind { return }
    guard trait.kind == .trait else {
      return report(
        .unknownType, tree[node.b].span, "`\(tree.name(trait.name))` is not a trait")
    }
    for method in tree.elements(tree[trait.node].b) {
      let parts = Array(tree.items(tree[method].c))
      let hasDefault = parts.count > 2 && parts[2] >= 0
      guard !hasDefault, !names.contains(tree[method].a) else { continue }
      report(
        .missingTraitMethod, Span(node.start, min(node.end, node.start + 40)),
        "the impl lacks the method `\(tree.name(tree[method].a))` of the trait "
          + "`\(tree.name(trait.name))`",
        labels: [.init(span: nameSpan(method), text: "demanded here")])
    }
  }
}

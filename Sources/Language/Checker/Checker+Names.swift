import JanusSemantics
import JanusSource
import JanusSyntax

extension Checker {
  /// One pass over the nodes: who reads and writes what, before anything is walked.
  func collectUses() {
    let count = resolution.symbols.count
    names.reads = Array(repeating: 0, count: count)
    names.writes = Array(repeating: 0, count: count)
    var targets: Set<NodeID> = []
    for node in tree.nodes where node.kind == .assign { noteTargets(node, node.a, &targets) }
    var safeUses = Array(repeating: Int32(0), count: count)
    for (index, node) in tree.nodes.enumerated() {
      let id = NodeID(index)
      switch node.kind {
      case .name:
        if !targets.contains(id), let symbol = symbol(of: id) { noteRead(symbol, at: node.start) }
      case .typeName:
        if let symbol = symbol(of: id) { noteRead(symbol, at: node.start) }
      case .call: noteCall(node, &safeUses)
      case .index: if !targets.contains(id) { noteSafe(node.a, &safeUses) }
      case .for, .in: noteSafe(node.b, &safeUses)
      case .formatted, .spread: noteSafe(node.a, &safeUses)
      case .let, .var, .const:
        if node.b >= 0, tree[node.a].kind == .patternBinding, let symbol = symbol(of: node.a) {
          names.annotations[symbol] = node.b
        }
        names.bindingOfPattern[node.a] = id
      case .arm: if tree[node.a].kind == .patternBinding { names.armPatterns.insert(node.a) }
      case .impl: noteImpl(node)
      case .break, .continue: if node.a >= 0 { names.jumps.append((node.a, node.start)) }
      case .patternField:
        if node.a >= 0, node.b >= 0, tree[node.b].start == node.start {
          names.shorthandFields.insert(node.b)
        }
      default: break
      }
    }
    for (index, symbol) in resolution.symbols.enumerated() {
      switch symbol.kind {
      case .function, .variable, .imported: names.functionNames.insert(symbol.name)
      default: break
      }
      isUnchangedList[index] = !symbol.isReassigned && safeUses[index] == names.reads[index]
    }
    sortAssignments()
  }

  private func noteRead(_ symbol: SymbolID, at offset: UInt32) {
    let known = resolution.symbols[Int(symbol)]
    // A function that only calls itself is not used.
    if known.kind == .function, known.node >= 0 {
      let node = tree[known.node]
      if offset > node.start, offset < node.end { return }
    }
    names.reads[Int(symbol)] += 1
  }

  private func noteTargets(_ assignment: Node, _ target: NodeID, _ targets: inout Set<NodeID>) {
    let node = tree[target]
    switch node.kind {
    case .name:
      guard let symbol = symbol(of: target) else { return }
      targets.insert(target)
      noteAssignment(at: node.start, to: symbol)
      names.writes[Int(symbol)] += 1
    case .list: for item in tree.items(node.a) { noteTargets(assignment, item, &targets) }
    case .parentheses, .spread: noteTargets(assignment, node.a, &targets)
    case .index: targets.insert(target)
    default: break
    }
  }

  private func noteCall(_ node: Node, _ safe: inout [Int32]) {
    let callee = tree[node.a]
    if callee.kind == .member {
      names.methodNames.insert(callee.b)
      if Checker.readingMethods.contains(tree.name(callee.b)) { noteSafe(callee.a, &safe) }
    } else if callee.kind == .name, let symbol = symbol(of: node.a),
      resolution.symbols[Int(symbol)].kind == .prelude
    {
      for argument in tree.items(node.b) { noteSafe(argument, &safe) }
    }
  }

  private func noteSafe(_ id: NodeID, _ safe: inout [Int32]) {
    guard id >= 0, tree[id].kind == .name, let symbol = symbol(of: id) else { return }
    safe[Int(symbol)] += 1
  }

  /// Methods of lists that give the list itself to nobody and do not change it.
  private static let readingMethods: Set<String> = [
    "len", "is_empty", "join", "map", "filter", "each", "reduce", "find", "find_index", "any",
    "all", "count", "index", "contains", "first", "last", "sum", "min", "max", "copy", "sorted",
    "sort_by", "reversed", "slice", "take", "drop", "unique", "enumerate",
  ]

  private func noteImpl(_ node: Node) {
    let contract = program.contract(of: node.a, in: module)
    for method in tree.items(node.c) {
      names.selfContracts[method] = contract
      if node.b >= 0 { names.traitMethods.insert(method) }
    }
  }

  // MARK: Ignored values

  /// A statement whose value nobody gets must do something.
  func checkIgnored(_ id: NodeID) {
    let node = tree[id]
    switch node.kind {
    case .call, .pipe: checkIgnoredCall(id, node)
    case .parentheses: checkIgnored(node.a)
    case .compare:
      if !isExpectation(node.a) { reportIgnoredComparison(node) }
    case .name, .null, .true, .false, .integer, .float, .duration, .string, .bytes, .interpolation,
      .list, .map, .structLiteral, .binary, .unary, .in, .is, .range, .closure, .index, .member:
      reportIgnored(node)
    case .and, .or, .not: if isPure(id) { reportIgnored(node) }
    default: break
    }
  }

  private func reportIgnored(_ node: Node) {
    warning(
      .unusedValue, node.span, "this value is not used",
      help: "use it, or write `let _ = …` if evaluating it is all that is wanted")
  }

  private func reportIgnoredComparison(_ node: Node) {
    let isSlip = node.op == .equal && isAssignable(node.a)
    let gap = Span(tree[node.a].end, tree[node.b].start)
    let source = file.bytes[Int(gap.start)..<Int(gap.end)]
    let mark = source.firstIndex(of: UInt8(ascii: "="))
    warning(
      .unusedValue, node.span, "the result of this comparison is not used",
      help: isSlip ? "to assign, write `=`" : nil,
      fix: isSlip
        ? mark.map {
          .init(span: Span(UInt32($0), UInt32($0) + 2), replacement: "=", isExact: false)
        } : nil)
  }

  private func isAssignable(_ id: NodeID) -> Bool {
    switch tree[id].kind {
    case .name:
      symbol(of: id).map {
        let symbol = resolution.symbols[Int($0)]
        return symbol.kind == .variable && !symbol.isConst
      } ?? false
    case .member, .index: true
    default: false
    }
  }

  /// A function of the library that only computes is called for its result.
  private func checkIgnoredCall(_ id: NodeID, _ node: Node) {
    guard let last = lastCall, last.node == (node.kind == .pipe ? node.b : id) else { return }
    let function = program.functions[Int(last.function)]
    guard program.modules[function.module].isLibrary, function.result != nil,
      case .none = function.failure
    else { return }
    var help = "bind it to a name, or remove the call"
    if let other = Checker.changing[function.name] {
      help = "to change the value itself, write `\(other)`"
    } else if function.name == "list.map" || function.name == "map.map" {
      help = "to do something with each element, write `each`"
    }
    warning(
      .unusedResult, node.span,
      "the result of \(function.name) is not used, and it does nothing else",
      help: help)
  }

  /// Methods that give a new value, and their fellows that change the old one.
  private static let changing: [String: String] = [
    "list.sorted": "sort", "list.reversed": "reverse", "map.merge": "update",
  ]
}

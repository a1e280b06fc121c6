import JanusSemantics
import JanusSource
import JanusSyntax

extension Checker {
  /// Reports what is declared and never used.
  func reportUnused() {
    reportAssignedLets()
    reportLabels()
    // A name that could not be resolved may be the use that is missing.
    guard !program.modules[module].hasErrors else { return }
    reportImports()
    for (index, symbol) in resolution.symbols.enumerated() {
      guard symbol.node >= 0, names.reads[index] == 0, !symbol.isPublic,
        !names.methodNames.contains(symbol.name)
      else { continue }
      let name = tree.name(symbol.name)
      guard !name.hasPrefix("_"), name != "self" else { continue }
      switch symbol.kind {
      case .variable: reportVariable(SymbolID(index), symbol, name)
      case .function: reportFunction(symbol, name)
      case .structure, .enumeration, .error, .trait:
        warning(
          .unusedType, nameSpan(symbol.node, name), "the type `\(name)` is never used",
          help: "remove it, or make it `pub` if other modules use it")
      default: break
      }
    }
  }

  /// The place of a name behind the keyword of its declaration.
  func nameSpan(_ id: NodeID, _ name: String) -> Span {
    let node = tree[id]
    let wanted = Array(name.utf8)
    let bytes = file.bytes
    var start = Int(node.start)
    let end = min(Int(node.end), bytes.count) - wanted.count
    while start <= end {
      if bytes[start..<start + wanted.count].elementsEqual(wanted) {
        let isStart = start == 0 || !isNameByte(bytes[start - 1])
        let after = start + wanted.count
        if isStart, after >= bytes.count || !isNameByte(bytes[after]) {
          return Span(UInt32(start), UInt32(after))
        }
      }
      start += 1
    }
    return Span(node.start, min(node.end, node.start + 40))
  }

  private func isNameByte(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: "_") || byte >= 0x80
      || (byte | 0x20 >= UInt8(ascii: "a") && byte | 0x20 <= UInt8(ascii: "z"))
      || (byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9"))
  }

  // MARK: Variables

  private func reportVariable(_ id: SymbolID, _ symbol: Symbol, _ name: String) {
    let node = tree[symbol.node]
    guard node.kind != .field, node.kind != .enumCase else { return }
    let span = nameSpan(symbol.node, name)
    if node.kind == .parameter { return reportParameter(symbol, name, span) }
    if let outer = shadowed(by: id, symbol) { return reportShadow(symbol, name, span, outer) }
    if names.writes[Int(id)] > 0 {
      return warning(
        .unusedAssignment, span, "`\(name)` is assigned, and never read",
        help: "remove it, or use its value")
    }
    let isShorthand = names.shorthandFields.contains(symbol.node)
    warning(
      .unusedVariable, span, "`\(name)` is never used",
      help: "begin its name with `_` if that is meant",
      fix: .init(
        span: Span(span.start, isShorthand ? span.end : span.start),
        replacement: isShorthand ? "\(name): _" : "_"))
  }

  private func reportParameter(_ symbol: Symbol, _ name: String, _ span: Span) {
    let function = resolution.functions[symbol.function]
    let node = tree[function.node]
    if node.kind == .function {
      let parts = Array(tree.items(node.c))
      guard parts.count > 2, parts[2] >= 0, !names.traitMethods.contains(function.node),
        !isTraitMethod(function), !node.flags.contains(.isNative)
      else { return }
      // `main` gets the arguments whether it wants them or not.
      if node.a >= 0, tree.name(node.a) == "main" { return }
    }
    warning(
      .unusedParameter, span, "the parameter `\(name)` is never used",
      help: "begin its name with `_` if callers must give it all the same",
      fix: node.kind == .closure
        ? .init(span: Span(span.start, span.start), replacement: "_") : nil)
  }

  private func isTraitMethod(_ function: FunctionScope) -> Bool {
    function.isMethod && names.selfContracts[function.node] == nil
  }

  /// The variable around that a new one of the same name hides.
  private func shadowed(by id: SymbolID, _ symbol: Symbol) -> SymbolID? {
    let start = tree[symbol.node].start
    for (index, other) in resolution.symbols.enumerated()
    where other.name == symbol.name && index != Int(id) && other.kind == .variable
      && other.node >= 0 && tree[other.node].start < start && tree[other.node].kind != .field
    {
      guard let block = innermostBlock(around: tree[other.node].start) else { continue }
      let inner = innermostBlock(around: start)
      if tree[block].end >= tree[symbol.node].end, inner != block || isArm(symbol.node) {
        return SymbolID(index)
      }
    }
    return nil
  }

  private func isArm(_ pattern: NodeID) -> Bool { names.armPatterns.contains(pattern) }

  private func innermostBlock(around offset: UInt32) -> NodeID? {
    var best: NodeID?
    for (index, node) in tree.nodes.enumerated()
    where node.kind == .block && node.start <= offset && offset < node.end {
      if let known = best, tree[known].end - tree[known].start <= node.end - node.start { continue }
      best = NodeID(index)
    }
    return best ?? tree.root
  }

  private func reportShadow(_ symbol: Symbol, _ name: String, _ span: Span, _ outer: SymbolID) {
    let known = resolution.symbols[Int(outer)]
    let labels = [
      Diagnostic.Label(span: nameSpan(known.node, name), text: "this one is not changed")
    ]
    if isArm(symbol.node) {
      return warning(
        .shadowedName, span,
        "`\(name)` binds a new name here: it is not compared with the variable",
        help: "write `value when value == \(name)`",
        labels: [.init(span: nameSpan(known.node, name), text: "this one is not asked")])
    }
    var fix: Diagnostic.Fix?
    if let statement = names.bindingOfPattern[symbol.node] {
      let node = tree[statement]
      if !node.flags.contains(.isShort), node.b < 0, !known.isConst, node.kind != .const {
        fix = .init(
          span: Span(node.start, tree[node.a].start), replacement: "", isExact: false)
      }
    }
    warning(
      .shadowedName, span,
      "this declares a new `\(name)`, which is never used, and hides the one outside",
      help: fix == nil ? "give it another name" : "to change the one outside, assign it",
      labels: labels, fix: fix)
  }

  // MARK: Functions, imports, labels

  private func reportFunction(_ symbol: Symbol, _ name: String) {
    // The machine may call a native.
    guard !tree[symbol.node].flags.contains(.isNative), name != "main" || !symbol.isModuleLevel
    else { return }
    warning(
      .unusedFunction, nameSpan(symbol.node, name), "the function `\(name)` is never called",
      help: symbol.isModuleLevel
        ? "remove it, or make it `pub` if other modules use it" : "remove it")
  }

  private func reportImports() {
    for (number, used) in resolution.modules.enumerated() {
      let node = tree[used.node]
      if node.c >= 0 {
        reportImportedNames(node, number)
        continue
      }
      let isRead = resolution.symbols.enumerated().contains { index, symbol in
        symbol.kind == .module(number) && names.reads[index] > 0
      }
      // A file may be used for what it does or for its impls.
      guard !isRead, node.flags.contains(.isShort) || !hasEffects(used.name) else { continue }
      warning(
        .unusedImport, node.span, "the module is never used", help: "remove the line",
        fix: removal(of: node))
    }
  }

  private func reportImportedNames(_ node: Node, _ number: Int) {
    var unused: [String] = []
    for (index, symbol) in resolution.symbols.enumerated()
    where symbol.kind == .imported(module: number) && names.reads[index] == 0
      && !names.methodNames.contains(symbol.name)
    {
      unused.append(tree.name(symbol.name))
    }
    guard !unused.isEmpty else { return }
    let isAll = unused.count == tree.items(node.c).count
    let listed = unused.map { "`\($0)`" }.joined(separator: ", ")
    warning(
      .unusedImport, node.span, "\(listed) \(unused.count == 1 ? "is" : "are") never used",
      help: isAll ? "remove the line" : "remove it from the list",
      fix: isAll && node.flags.contains(.isShort) ? removal(of: node) : nil)
  }

  /// True for a module that does something when it runs, or gives types methods.
  private func hasEffects(_ name: String) -> Bool {
    guard let number = program.moduleNumbers[name] else { return true }
    let other = program.modules[number].tree
    guard other.root >= 0 else { return true }
    return other.items(other[other.root].a).contains { id in
      switch other[id].kind {
      case .function, .struct, .enum, .errorType, .trait, .const, .let, .var, .use, .test: false
      default: true
      }
    }
  }

  /// Removes a statement that has its line for itself.
  private func removal(of node: Node) -> Diagnostic.Fix? {
    let line = file.line(at: node.start)
    let start = Int(file.lineStarts[line])
    var end = Int(node.end)
    let bytes = file.bytes
    guard bytes[start..<Int(node.start)].allSatisfy({ $0 == 32 || $0 == 9 }) else { return nil }
    while end < bytes.count, bytes[end] == 32 || bytes[end] == 9 || bytes[end] == 13 { end += 1 }
    guard end == bytes.count || bytes[end] == 10 else { return nil }
    return .init(span: Span(UInt32(start), UInt32(min(end + 1, bytes.count))), replacement: "")
  }

  private func reportLabels() {
    for node in tree.nodes {
      let label: NameID
      switch node.kind {
      case .while: label = node.c
      case .for:
        let parts = Array(tree.items(node.c))
        label = parts.count > 1 ? parts[1] : -1
      default: continue
      }
      guard label >= 0 else { continue }
      let isUsed = names.jumps.contains {
        $0.name == label && $0.offset >= node.start && $0.offset < node.end
      }
      guard !isUsed else { continue }
      reportLabel(node, tree.name(label))
    }
  }

  private func reportLabel(_ node: Node, _ name: String) {
    let bytes = file.bytes
    // `name: for`: the node may begin at the label or at the keyword.
    var start = Int(node.start)
    var end = start
    let prefix = Array(name.utf8)
    if bytes[start...].starts(with: prefix) {
      end = start + prefix.count
    } else {
      var cursor = start - 1
      while cursor > 0, bytes[cursor] == 32 || bytes[cursor] == UInt8(ascii: ":") { cursor -= 1 }
      end = cursor + 1
      start = max(0, end - prefix.count)
      guard bytes[start..<end].elementsEqual(prefix) else { return }
    }
    var behind = end
    while behind < bytes.count, bytes[behind] == 32 || bytes[behind] == UInt8(ascii: ":") {
      behind += 1
    }
    warning(
      .unusedLabel, Span(UInt32(start), UInt32(end)), "the label `\(name)` is never used",
      help: "remove it",
      fix: .init(span: Span(UInt32(start), UInt32(behind)), replacement: ""))
  }

  /// `let` is for what stays; `var` says that it changes.
  private func reportAssignedLets() {
    var first: [SymbolID: UInt32] = [:]
    for assignment in assignments where first[assignment.symbol] == nil {
      first[assignment.symbol] = assignment.offset
    }
    for node in tree.nodes where node.kind == .let {
      let symbols = boundSymbols(node.a).filter { resolution.symbols[Int($0)].isReassigned }
      guard let symbol = symbols.first, let offset = first[symbol] else { continue }
      let name = tree.name(resolution.symbols[Int(symbol)].name)
      let span = nameSpan(resolution.symbols[Int(symbol)].node, name)
      let isShort = node.flags.contains(.isShort)
      let fix: Diagnostic.Fix
      if isShort {
        fix = .init(
          span: Span(node.start, tree[node.c].start), replacement: "var \(text(node.a)) = ")
      } else {
        let start = letKeyword(node)
        fix = .init(span: Span(start, start + 3), replacement: "var")
      }
      warning(
        .reassignedLet, span, "`\(name)` is declared with `let`, and assigned later",
        help: "declare it with `var`",
        labels: [
          .init(span: Span(offset, offset + UInt32(name.utf8.count)), text: "assigned here")
        ], fix: fix)
    }
  }

  /// Where `let` stands: behind `pub`, if that is there.
  private func letKeyword(_ node: Node) -> UInt32 {
    let wanted = Array("let".utf8)
    var start = Int(node.start)
    while start + 3 < Int(node.end), !file.bytes[start..<start + 3].elementsEqual(wanted) {
      start += 1
    }
    return UInt32(start)
  }

  private func boundSymbols(_ pattern: NodeID) -> [SymbolID] {
    let node = tree[pattern]
    switch node.kind {
    case .patternBinding, .patternRest: return symbol(of: pattern).map { [$0] } ?? []
    case .patternList, .patternMap: return tree.items(node.a).flatMap { boundSymbols($0) }
    case .patternField: return boundSymbols(node.b)
    default: return []
    }
  }
}

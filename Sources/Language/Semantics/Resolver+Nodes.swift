import JanusSource
import JanusSyntax

extension Resolver {
  /// Resolves any statement or expression.
  mutating func resolve(_ id: NodeID) {
    guard id >= 0 else { return }
    let node = tree[id]
    switch node.kind {
    case .error, .null, .true, .false, .integer, .float, .duration, .string, .bytes, .stepMarker,
      .patternWildcard, .use:
      break
    case .useZig:
      report(
        .useZig, node.span, "Janus calls no Zig code",
        help: "native cryptography is in std.crypto: write `use std.crypto`")
    case .name: use(node.a, at: id)
    case .interpolation, .list, .map: for item in tree.items(node.a) { resolve(item) }
    case .formatted, .spread, .unary, .not, .parentheses, .try, .member, .namedArgument:
      resolveOperand(id, node)
    case .mapEntry, .index, .binary, .compare, .and, .or, .coalesce, .in, .range, .pipe,
      .catchFallback:
      resolve(node.a)
      resolve(node.b)
    case .structLiteral: resolveStructLiteral(node)
    case .call:
      resolve(node.a)
      for argument in tree.items(node.b) { resolve(argument) }
      checkCallee(node)
    case .caseShorthand: for argument in tree.items(node.b) { resolve(argument) }
    case .is:
      resolve(node.a)
      resolveType(node.b)
    case .await: resolve(node.a)
    case .spawn: resolveSpawn(node)
    case .closure: resolveFunction(id, parameters: node.a, body: node.b)
    case .function: resolveNamedFunction(id, node)
    case .return:
      resolve(node.a)
      if function == 0 {
        report(.returnOutsideFunction, node.span, "`return` stands outside a function")
      }
    case .fail: resolve(node.a)
    case .break, .continue: checkJump(node)
    default: resolveControl(id, node)
    }
  }

  private mutating func resolveOperand(_ id: NodeID, _ node: Node) {
    switch node.kind {
    case .namedArgument: resolve(node.b)
    case .member: resolveMember(id, node)
    default: resolve(node.a)
    }
  }

  private mutating func resolveMember(_ id: NodeID, _ node: Node) {
    resolve(node.a)
    let object = tree[node.a]
    guard object.kind == .name else { return }
    let symbol = resolution.symbolOfNode[Int(node.a)]
    guard symbol >= 0 else { return }
    let member = tree.name(node.b)
    switch resolution.symbols[Int(symbol)].kind {
    case .module(let module): checkMember(member, ofModule: module, at: node.span)
    case .enumeration, .error: checkCase(member, of: symbol, at: node.span)
    default: break
    }
  }

  /// `Shape.Circl`: a capitalised member of an enum is one of its cases.
  private mutating func checkCase(_ name: String, of symbol: SymbolID, at span: Span) {
    guard name.first?.isUppercase == true else { return }
    let declaration = tree[resolution.symbols[Int(symbol)].node]
    let cases = tree.elements(declaration.b).map { tree.name(tree[$0].a) }
    guard !cases.contains(name), tree.isWhole(declaration.b) else { return }
    let near = nearestName(to: name, in: cases)
    let place = Span(span.end - UInt32(name.utf8.count), span.end)
    report(
      .unknownMember, place, "`\(tree.name(declaration.a))` has no case `\(name)`",
      help: near.map { "did you mean `\($0)`?" } ?? "it has \(cases.joined(separator: ", "))",
      labels: [.init(span: nameSpan(resolution.symbols[Int(symbol)].node), text: "declared here")],
      fix: near.map { .init(span: place, replacement: $0, isExact: false) })
  }

  private mutating func resolveStructLiteral(_ node: Node) {
    resolve(node.a)
    for item in tree.items(node.b) { resolve(item) }
    guard tree[node.a].kind == .name else { return }
    let symbol = resolution.symbolOfNode[Int(node.a)]
    guard symbol >= 0, resolution.symbols[Int(symbol)].kind == .structure else { return }
    let declaration = tree[resolution.symbols[Int(symbol)].node]
    let fields = tree.elements(declaration.b).map { tree.name(tree[$0].a) }
    var given: Set<String> = []
    for item in tree.items(node.b) where tree[item].kind == .namedArgument {
      let name = tree.name(tree[item].a)
      if !given.insert(name).inserted {
        report(.duplicateDeclaration, tree[item].span, "the field `\(name)` is given twice")
      }
      guard !fields.contains(name), tree.isWhole(declaration.b) else { continue }
      let near = nearestName(to: name, in: fields)
      let place = Span(tree[item].start, tree[item].start + UInt32(name.utf8.count))
      report(
        .unknownMember, place,
        "`\(tree.name(declaration.a))` has no field `\(name)`",
        help: near.map { "did you mean `\($0)`?" } ?? "it has \(fields.joined(separator: ", "))",
        fix: near.map { .init(span: place, replacement: $0, isExact: false) })
    }
  }

  private mutating func resolveSpawn(_ node: Node) {
    if nurseryDepth[nurseryDepth.count - 1] == 0 {
      report(
        .spawnOutsideNursery, node.span, "`spawn` stands outside a nursery",
        help: "put it into `nursery do … end`, which waits for what it starts")
    }
    if tree[node.a].kind == .block {
      resolveFunction(node.a, parameters: -1, body: node.a)
    } else {
      resolve(node.a)
    }
  }

  private mutating func resolveNamedFunction(_ id: NodeID, _ node: Node) {
    let symbol = resolution.symbolOfNode[Int(id)]
    if symbol >= 0 { resolution.symbols[Int(symbol)].isDeclared = true }
    let parts = Array(tree.items(node.c))
    if parts.count > 0 { resolveType(parts[0]) }
    if parts.count > 1 { resolveType(parts[1]) }
    resolveFunction(id, parameters: node.b, body: parts.count > 2 ? parts[2] : -1, symbol: symbol)
  }

  private mutating func checkJump(_ node: Node) {
    let labels = loopLabels[loopLabels.count - 1]
    let word = node.kind == .break ? "break" : "continue"
    if labels.isEmpty {
      report(.outsideLoop, node.span, "`\(word)` stands outside a loop")
    } else if node.a >= 0, !labels.contains(node.a) {
      let near = nearestName(
        to: tree.name(node.a), in: labels.filter { $0 >= 0 }.map(tree.name))
      report(
        .unknownLabel, node.span, "no loop around this is labelled `\(tree.name(node.a))`",
        help: near.map { "did you mean `\($0)`?" })
    }
  }

  /// A part in a scope of its own: an arm, a handler.
  mutating func scoped(_ body: (inout Resolver) -> Void) {
    scopes.append(Scope(function: function))
    body(&self)
    scopes.removeLast()
  }
}

import JanusSemantics
import JanusSource
import JanusSyntax

/// What becomes of the value of a statement.
enum Wanted {
  case nothing
  case value
  /// It is bound to an annotated place.
  case bound(Binding)
}

/// An annotated place that a value goes to.
struct Binding {
  var contract: Contract
  /// The annotation, or -1 when it stands in another file.
  var type: NodeID
  var code: DiagnosticCode
  /// The place in words.
  var place: String
}

extension Checker {
  /// Walks the statements of a block; the value of the last one.
  @discardableResult
  func walkBlock(_ list: ListID, wants: Wanted) -> ValueType {
    let items = tree.items(list)
    var value = ValueType.null
    for (index, item) in items.enumerated() {
      guard frame.isReachable else {
        reportUnreachable(items[(items.startIndex + index)...])
        return .never
      }
      let isLast = index == items.count - 1
      value = walkStatement(item, wants: isLast ? wants : .nothing)
    }
    return frame.isReachable ? value : .never
  }

  /// A block, or the single statement or expression that stands for one.
  @discardableResult
  func walkBody(_ body: NodeID, wants: Wanted) -> ValueType {
    guard body >= 0 else { return .null }
    return tree[body].kind == .block
      ? walkBlock(tree[body].a, wants: wants)
      : walkStatement(body, wants: wants)
  }

  private func reportUnreachable(_ rest: ArraySlice<NodeID>) {
    let statements = rest.filter { !isDeclaration(tree[$0].kind) }
    guard let first = statements.first, let last = statements.last else { return }
    warning(
      .unreachableCode, Span(tree[first].start, tree[last].end), "this code is never reached",
      help: "what stands before it always leaves")
  }

  private func isDeclaration(_ kind: NodeKind) -> Bool {
    switch kind {
    case .function, .struct, .enum, .errorType, .trait, .impl, .test, .feature, .scenario, .use,
      .useZig, .error:
      true
    default: false
    }
  }

  /// The value of a statement; null where it has none.
  @discardableResult
  func walkStatement(_ id: NodeID, wants: Wanted) -> ValueType {
    let node = tree[id]
    switch node.kind {
    case .let, .var, .const: walkBinding(id, node)
    case .assign: walkAssignment(node)
    case .while: walkWhile(node)
    case .for: walkFor(node)
    case .defer: walkDefer(node)
    case .conditional: walkConditional(node)
    case .return: walkReturn(node)
    case .fail: walkFail(node)
    case .break, .continue: walkJump(node)
    case .block: return walkBlock(node.a, wants: wants)
    case .if: return walkIf(node, wants: wants)
    case .match: return walkMatch(id, node, wants: wants)
    case _ where isDeclaration(node.kind): return .null
    case .stepMarker: return .null
    default:
      if case .bound(let binding) = wants { return bind(id, binding) }
      let value = walk(id)
      if case .nothing = wants, !value.isNever { checkIgnored(id) }
      return value
    }
    return .null
  }

  // MARK: Declarations that have bodies of their own

  func walkDeclaration(_ id: NodeID) {
    let node = tree[id]
    switch node.kind {
    case .function:
      if let function = program.functionOfNode[module][id] { _ = result(of: function) }
    case .test, .feature, .scenario:
      if resolution.functionOfNode[Int(id)] >= 0 { walkApart { walkBody(node.b, wants: .nothing) } }
    case .struct: walkDefaults(node.b)
    case .enum, .errorType: for item in tree.items(node.b) { walkDefaults(tree[item].b) }
    default: break
    }
  }

  private func walkDefaults(_ fields: ListID) {
    for field in tree.items(fields) where tree[field].c >= 0 {
      let node = tree[field]
      walkApart {
        let contract = node.b >= 0 ? program.contract(of: node.b, in: module) : .any
        bind(node.c, to: contract) { "the field `\(tree.name(node.a))`" }
      }
    }
  }

  /// Walks a body that nothing around it flows into.
  func walkApart(_ body: () -> Void) {
    let outer = (frame, epoch)
    frame = Frame()
    lastEpoch += 1
    epoch = lastEpoch
    body()
    (frame, epoch) = outer
  }

  // MARK: Bindings

  private func walkBinding(_ id: NodeID, _ node: Node) {
    let contract = node.b >= 0 ? program.contract(of: node.b, in: module) : .any
    guard node.c >= 0 else {
      return bindPattern(node.a, to: .null, contract: contract)
    }
    checkSelfReference(node)
    let place = "`\(bindingName(node.a))`"
    let value = bind(node.c, to: contract, declaredAt: node.b) { place }
    checkDestructuring(node.a, value, at: node.c)
    bindPattern(node.a, to: value, contract: contract)
  }

  private func bindingName(_ pattern: NodeID) -> String {
    let node = tree[pattern]
    return node.kind == .patternBinding ? tree.name(node.a) : "the pattern"
  }

  /// `let x = x` in an inner block that was meant as an assignment is found by its use.
  private func checkSelfReference(_ node: Node) {
    let value = tree[node.c]
    let pattern = tree[node.a]
    guard value.kind == .name, pattern.kind == .patternBinding, value.a == pattern.a else { return }
    warning(
      .selfAssignment, Span(node.start, node.end),
      "`\(tree.name(value.a))` is declared anew with the value that it has",
      help: "remove the statement, or give the new variable another name")
  }

  /// What a pattern names is declared with what is known of the value.
  func bindPattern(_ pattern: NodeID, to value: ValueType, contract: Contract = .any) {
    guard pattern >= 0 else { return }
    let node = tree[pattern]
    switch node.kind {
    case .patternBinding:
      guard let id = symbol(of: pattern) else { return }
      var known = value
      if node.b >= 0 {
        known = program.narrowed(value, to: program.contract(of: node.b, in: module))
      }
      if case .elements = known.detail, !isUnchangedList[Int(id)] {
        known = ValueType(known.kinds)
      }
      declare(id, known, contract: contract)
    case .patternRest:
      if let id = symbol(of: pattern) { declare(id, ValueType([.list, .map])) }
    case .patternList:
      let element = elementType(of: value)
      for item in tree.items(node.a) {
        bindPattern(item, to: tree[item].kind == .patternRest ? ValueType(.list) : element)
      }
    case .patternMap: for item in tree.items(node.a) { bindPattern(item, to: .any) }
    case .patternField: bindPattern(node.b, to: value)
    case .patternCase: bindCase(node, value)
    case .patternStruct:
      let type = program.type(namedBy: node.a, in: module)
      for item in tree.items(node.b) where tree[item].kind == .patternField {
        let field = type.flatMap { fieldType(tree.name(tree[item].a), of: $0) } ?? .any
        bindPattern(tree[item].b, to: field)
      }
    case .patternAlternatives: for item in tree.items(node.a) { bindPattern(item, to: .any) }
    default: break
    }
  }

  private func bindCase(_ node: Node, _ value: ValueType) {
    let type = node.a >= 0 ? program.type(namedBy: node.a, in: module) : value.instance
    let declaration = type.map { program.types[Int($0)] }
    let known = declaration?.cases.first { $0.name == tree.name(node.b) }
    for (index, item) in tree.items(node.c).enumerated() {
      let fields = known?.fields ?? []
      let field =
        tree[item].kind == .patternField
        ? fields.first { $0.name == tree.name(tree[item].a) }
        : index < fields.count ? fields[index] : nil
      bindPattern(item, to: field.map { program.type(of: $0.contract) } ?? .any)
    }
  }

  func fieldType(_ name: String, of type: TypeID) -> ValueType? {
    program.types[Int(type)].fields.first { $0.name == name }
      .map { program.type(of: $0.contract) }
  }

  /// `let [a, b] = e` and `let { a } = e` need something that can be taken apart.
  private func checkDestructuring(_ pattern: NodeID, _ value: ValueType, at span: NodeID) {
    guard !value.isNever else { return }
    switch tree[pattern].kind {
    case .patternList where !value.kinds.meets([.list, .string, .bytes, .range]):
      error(
        .cannotDestructure, tree[span].span,
        "\(describe(value)) cannot be taken apart by a list pattern",
        labels: [.init(span: tree[pattern].span, text: "needs a list")])
    case .patternMap where !value.kinds.meets([.map, .structure, .enumeration, .error, .type]):
      error(
        .cannotDestructure, tree[span].span,
        "\(describe(value)) cannot be taken apart by a map pattern",
        labels: [.init(span: tree[pattern].span, text: "needs a map or a struct")])
    case .patternList: checkElementCount(pattern, value: span)
    default: break
    }
  }

  /// `let [a, b] = [1]` always fails.
  private func checkElementCount(_ pattern: NodeID, value: NodeID) {
    let list = tree[value]
    guard list.kind == .list else { return }
    let elements = tree.items(list.a)
    guard !elements.contains(where: { tree[$0].kind == .spread }) else { return }
    let wanted = tree.items(tree[pattern].a).filter { tree[$0].kind != .patternRest }.count
    guard wanted > elements.count else { return }
    error(
      .indexOutOfRange, tree[pattern].span,
      "the pattern takes \(wanted) elements, but the list has \(elements.count)",
      labels: [.init(span: list.span, text: "\(elements.count) here")])
  }

  // MARK: Assignment

  private func walkAssignment(_ node: Node) {
    let target = tree[node.a]
    if node.op == .none {
      switch target.kind {
      case .name: return assign(node, to: node.a)
      case .list:
        let value = walk(node.b)
        for item in tree.items(target.a) { assign(elementType(of: value), toTarget: item) }
        return
      default:
        let contract = contract(ofTarget: node.a)
        bind(node.b, to: contract) { "`\(text(node.a))`" }
        checkTarget(node.a)
        return
      }
    }
    let old = walk(node.a)
    if node.op == .coalesce {
      let start = mark
      _ = walk(node.b)
      frame.isCertain = false
      _ = takeBranch(since: start)
      frame.isReachable = true
      if target.kind == .name, let id = symbol(of: node.a) { set(id, base[Int(id)]) }
      return
    }
    let right = walk(node.b)
    let value = arithmetic(node.op, old, right, at: node.span, left: node.a, right: node.b)
    guard target.kind == .name, let id = symbol(of: node.a) else { return }
    set(id, keepsContract(id) ? base[Int(id)] : value)
  }

  private func assign(_ node: Node, to target: NodeID) {
    guard let id = symbol(of: target) else {
      _ = walk(node.b)
      return
    }
    if tree[node.b].kind == .name, tree[node.b].a == tree[target].a {
      warning(
        .selfAssignment, node.span, "`\(text(target))` is assigned to itself",
        help: "remove the assignment, or name the field that is meant, as in `self.name`")
    }
    let contract = contract(ofVariable: id)
    let value = bind(node.b, to: contract, declaredAt: annotation(of: id)) { "`\(text(target))`" }
    set(id, ValueType(value.kinds, keptDetail(value.detail)))
  }

  private func assign(_ value: ValueType, toTarget target: NodeID) {
    guard tree[target].kind == .name, let id = symbol(of: target) else {
      return checkTarget(target)
    }
    set(id, keepsContract(id) ? base[Int(id)] : value)
  }

  private func keptDetail(_ detail: ValueType.Detail) -> ValueType.Detail {
    if case .elements = detail { return .none }
    return detail
  }

  private func keepsContract(_ id: SymbolID) -> Bool { annotation(of: id) >= 0 }

  /// The type node beside a variable's declaration; -1 without one.
  func annotation(of id: SymbolID) -> NodeID {
    let declaration = resolution.symbols[Int(id)].node
    guard declaration >= 0 else { return -1 }
    switch tree[declaration].kind {
    case .parameter: return tree[declaration].b
    case .patternBinding: return names.annotations[id] ?? -1
    default: return -1
    }
  }

  private func contract(ofVariable id: SymbolID) -> Contract {
    let type = annotation(of: id)
    return type >= 0 ? program.contract(of: type, in: module) : .any
  }

  // MARK: Leaving

  func walkReturn(_ node: Node) {
    var value = ValueType.null
    if node.a >= 0 { value = bindResult(node.a) } else { checkMissingResult(node) }
    frame.returned = frame.returned.joined(value)
    frame.isReachable = false
    frame.isCertain = false
  }

  func walkFail(_ node: Node) {
    let value = walk(node.a)
    if !value.isNever, !value.kinds.meets([.error, .string]) {
      error(
        .failNeedsError, tree[node.a].span,
        "`fail` takes an error or a text, not \(describe(value))",
        help: "declare an error: error MyError { Reason(value: any) }")
    }
    frame.isReachable = false
    frame.isCertain = false
  }

  func walkJump(_ node: Node) {
    if node.kind == .break {
      let index =
        node.a < 0
        ? frame.loops.indices.last : frame.loops.lastIndex { $0.label == node.a }
      if let index { frame.loops[index].hasBreak = true }
    }
    frame.isReachable = false
    frame.isCertain = false
  }
}

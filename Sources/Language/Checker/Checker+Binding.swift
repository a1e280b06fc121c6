import JanusSemantics
import JanusSource
import JanusSyntax

extension Checker {
  /// Walks what is bound to an annotated place; what is known of it there.
  @discardableResult
  func bind(
    _ node: NodeID, to contract: Contract, declaredAt type: NodeID = -1,
    code: DiagnosticCode = .typeMismatch, place: () -> String
  ) -> ValueType {
    if contract == .any { return walk(node) }
    if let element = elementContract(contract, node) {
      bindElements(node, element, declaredAt: type, code: code, place: place)
      return ValueType(.list)
    }
    switch tree[unwrapped(node)].kind {
    case .if, .match:
      // Each branch is held to the annotation by itself.
      let binding = Binding(contract: contract, type: type, code: code, place: place())
      return walkBranches(unwrapped(node), binding)
    default: break
    }
    if tree[node].kind == .caseShorthand {
      checkShorthand(node, contract)
      return program.type(of: contract).limited(to: [.enumeration, .error])
    }
    let value = walk(node)
    guard !value.isNever else { return .never }
    guard program.canFulfil(value, contract) else {
      reportMismatch(node, value, contract, type, code, place())
      return program.type(of: contract)
    }
    return program.admitted(value, contract)
  }

  @discardableResult
  func bind(_ node: NodeID, _ binding: Binding) -> ValueType {
    bind(node, to: binding.contract, declaredAt: binding.type, code: binding.code) {
      binding.place
    }
  }

  private func walkBranches(_ id: NodeID, _ binding: Binding) -> ValueType {
    let node = tree[id]
    let value =
      node.kind == .if
      ? walkIf(node, wants: .bound(binding)) : walkMatch(id, node, wants: .bound(binding))
    guard frame.isReachable, !value.isNever else {
      frame.isReachable = false
      return .never
    }
    return program.canFulfil(value, binding.contract)
      ? program.admitted(value, binding.contract) : program.type(of: binding.contract)
  }

  /// Walks what is bound to a field.
  @discardableResult
  func bind(
    _ node: NodeID, to contract: Contract, declaredBy declaration: TypeDeclaration,
    _ field: TypeDeclaration.Field, place: () -> String
  ) -> ValueType {
    let type = declaration.module == module && field.node >= 0 ? tree[field.node].b : -1
    return bind(node, to: contract, declaredAt: type, place: place)
  }

  private func reportMismatch(
    _ node: NodeID, _ value: ValueType, _ contract: Contract, _ type: NodeID,
    _ code: DiagnosticCode, _ place: String
  ) {
    let wanted = program.spelling(of: contract)
    var labels: [Diagnostic.Label] = []
    if type >= 0 { labels.append(.init(span: tree[type].span, text: "\(wanted) is wanted here")) }
    error(
      code, tree[node].span, "\(place) must be \(wanted), but this is \(describe(value))",
      help: conversion(value, to: contract, node), labels: labels)
  }

  private func conversion(_ value: ValueType, to contract: Contract, _ node: NodeID) -> String? {
    let source = text(node)
    if value.kinds == .null, case .kinds = contract {
      return "write `\(program.spelling(of: contract))?` if null is allowed"
    }
    guard source.utf8.count < 40, case .kinds(let kinds) = contract else { return nil }
    switch kinds {
    case .string: return "make a string of it: string(\(source))"
    case .int where value.kinds.isSubset(of: [.float, .string]):
      return "make an int of it: int(\(source))"
    case .float where value.kinds == .string: return "make a float of it: float(\(source))"
    default: return nil
    }
  }

  /// The contract of the elements, where a list literal is bound to `list[T]`.
  private func elementContract(_ contract: Contract, _ node: NodeID) -> Contract? {
    guard tree[unwrapped(node)].kind == .list else { return nil }
    switch contract {
    case .list(let element): return element == .any ? nil : element
    case .union(let members):
      let lists = members.filter { if case .list = $0 { true } else { false } }
      return lists.count == 1 ? elementContract(lists[0], node) : nil
    default: return nil
    }
  }

  private func bindElements(
    _ node: NodeID, _ element: Contract, declaredAt type: NodeID, code: DiagnosticCode,
    place: () -> String
  ) {
    for item in tree.items(tree[unwrapped(node)].a) {
      if tree[item].kind == .spread {
        checkSpread(walk(tree[item].a), tree[item].a, .iterable)
      } else {
        bind(item, to: element, declaredAt: type, code: code) { "an element of \(place())" }
      }
      guard frame.isReachable else { return }
    }
  }

  /// `.Case` where an annotation names the enum.
  private func checkShorthand(_ id: NodeID, _ contract: Contract) {
    let node = tree[id]
    for argument in tree.items(node.b) { walkArgument(argument) }
    let instances = instances(of: contract)
    guard instances.count == 1, let type = instances.first else { return }
    let declaration = program.types[Int(type)]
    let name = tree.name(node.a)
    guard !declaration.kind.isEmpty, declaration.caseIndex(name) == nil else { return }
    let near = nearestName(to: name, in: declaration.cases.map(\.name))
    error(
      .unknownCase, node.span, "`\(declaration.name)` has no case `\(name)`",
      help: near.map { "did you mean `.\($0)`?" })
  }

  private func instances(of contract: Contract) -> [TypeID] {
    switch contract {
    case .instance(let type): [type]
    case .union(let members): members.flatMap { instances(of: $0) }
    default: []
    }
  }

  /// What a function returns is held to its result type.
  func bindResult(_ node: NodeID) -> ValueType {
    guard frame.function >= 0, let contract = program.functions[Int(frame.function)].result else {
      return walk(node)
    }
    return bind(node, to: contract, declaredAt: resultNode(frame.function), code: .resultType) {
      "the result of \(program.functions[Int(frame.function)].name)"
    }
  }

  func resultNode(_ function: FunctionID) -> NodeID {
    let node = tree[program.functions[Int(function)].node]
    if node.kind == .closure { return node.c }
    return tree.items(node.c).first ?? -1
  }

  /// A bare `return` where a result is promised.
  func checkMissingResult(_ node: Node) {
    guard frame.function >= 0, let contract = program.functions[Int(frame.function)].result,
      !program.canFulfil(.null, contract)
    else { return }
    error(
      .resultType, node.span,
      "the result of \(program.functions[Int(frame.function)].name) must be "
        + "\(program.spelling(of: contract)), but this returns null",
      labels: [.init(span: tree[resultNode(frame.function)].span, text: "promised here")])
  }
}

import JanusSemantics
import JanusSource
import JanusSyntax

extension Checker {
  func callMember(
    _ callee: NodeID, _ node: Node, _ arguments: [NodeID], at id: NodeID
  ) -> ValueType {
    let name = tree.name(node.b)
    if tree[node.a].kind == .name, let symbol = symbol(of: node.a),
      case .module(let used) = resolution.symbols[Int(symbol)].kind
    {
      return callImported(imported(name, from: used), callee, arguments, at: id)
    }
    if let type = program.type(namedBy: node.a, in: module) {
      return callOnType(name, type, node, arguments, at: id)
    }
    if let kind = coreKind(node.a) {
      return callOnCoreType(name, kind, node, arguments, at: id)
    }
    var receiver = walk(node.a)
    guard !receiver.isNever else { return .never }
    let isOptional = node.flags.contains(.isOptional)
    if isOptional {
      if !receiver.kinds.contains(.null) { reportUselessOptional(receiver, node) }
      receiver = receiver.without(.null)
      frame.isCertain = false
      if receiver.isNever {
        walkArguments(arguments)
        return .null
      }
    }
    let value = callMethod(name, receiver, node, arguments, at: id)
    return isOptional ? value.joined(.null) : value
  }

  private func reportUselessOptional(_ receiver: ValueType, _ node: Node) {
    let span = Span(tree[node.a].end, node.end)
    let source = file.bytes[Int(span.start)..<Int(span.end)]
    let mark = source.firstIndex(of: UInt8(ascii: "?")).map { UInt32($0) }
    warning(
      .uselessOptional, span,
      "`?.` stands behind \(describe(receiver)), which is never null", help: "write `.`",
      fix: mark.map { .init(span: Span($0, $0 + 1), replacement: "") })
  }

  private func callImported(
    _ value: ValueType, _ callee: NodeID, _ arguments: [NodeID], at id: NodeID
  ) -> ValueType {
    if case .function(let function) = value.detail {
      return call(function, arguments, dropsSelf: false, at: id)
    }
    if case .typeObject(let type) = value.detail {
      let name = program.types[Int(type)].name
      error(
        .calledNonFunction, tree[callee].span, "`\(text(callee))` is a type and cannot be called",
        help: "make a value with \(name) { … }")
    }
    walkArguments(arguments)
    frame.isCertain = false
    return .any
  }

  // MARK: On types

  private func callOnType(
    _ name: String, _ type: TypeID, _ node: Node, _ arguments: [NodeID], at id: NodeID
  ) -> ValueType {
    let declaration = program.types[Int(type)]
    if let found = declaration.cases.first(where: { $0.name == name }) {
      return callCase(found, of: declaration, type, arguments, at: id)
    }
    if let method = program.methodsOfType[type]?[name] {
      guard method >= 0, !program.functions[Int(method)].takesSelf else {
        walkArguments(arguments)
        frame.isCertain = false
        return .any
      }
      return call(method, arguments, dropsSelf: false, at: id)
    }
    walkArguments(arguments)
    frame.isCertain = false
    if !declaration.kind.isEmpty, name.first?.isUppercase != true,
      !program.openMethods.contains(name), declaration.module >= 0
    {
      let known = (program.methodsOfType[type] ?? [:]).keys.sorted()
      error(
        .unknownMethod, Span(tree[node.a].end, node.end), "`\(declaration.name)` has no `\(name)`",
        help: nearestName(to: name, in: known).map { "did you mean `\($0)`?" })
    }
    return .any
  }

  private func callCase(
    _ found: TypeDeclaration.Case, of declaration: TypeDeclaration, _ type: TypeID,
    _ arguments: [NodeID], at id: NodeID
  ) -> ValueType {
    frame.isCertain = false
    guard !found.isOpen, !found.fields.isEmpty else {
      walkArguments(arguments)
      return ValueType(declaration.kind, .instance(type))
    }
    let isPlain = !arguments.contains {
      tree[$0].kind == .spread || tree[$0].kind == .namedArgument
    }
    for (index, argument) in arguments.enumerated() {
      let isNamed = tree[argument].kind == .namedArgument
      let field =
        isNamed
        ? found.fields.first { $0.name == tree.name(tree[argument].a) }
        : isPlain && index < found.fields.count ? found.fields[index] : nil
      guard let field else {
        walkArgument(argument)
        continue
      }
      bind(
        isNamed ? tree[argument].b : argument, to: field.contract, declaredBy: declaration, field
      ) { "the field `\(field.name)` of \(declaration.name).\(found.name)" }
    }
    let name = "\(declaration.name).\(found.name)"
    if isPlain, arguments.count > found.fields.count {
      error(
        .tooManyArguments, tree[id].span,
        "\(name) takes \(found.fields.count) \(found.fields.count == 1 ? "value" : "values"), but "
          + "\(arguments.count) are given")
    }
    if isPlain {
      let missing = found.fields.dropFirst(arguments.count).filter { !$0.isOptional }
      if let first = missing.first {
        error(
          .missingArgument, tree[id].span, "\(name) needs the field `\(first.name)`",
          labels: label(at: first.node, of: declaration, "declared here"))
      }
    }
    return ValueType(declaration.kind, .instance(type))
  }

  private func callOnCoreType(
    _ name: String, _ kind: Kinds, _ node: Node, _ arguments: [NodeID], at id: NodeID
  ) -> ValueType {
    guard let method = program.methodsOfKind[kind]?[name] else {
      walkArguments(arguments)
      if !program.openMethods.contains(name) {
        let known = (program.methodsOfKind[kind] ?? [:])
          .filter { $0.value < 0 || !program.functions[Int($0.value)].takesSelf }.keys.sorted()
        error(
          .unknownMethod, Span(tree[node.a].end, node.end), "`\(text(node.a))` has no `\(name)`",
          help: nearestName(to: name, in: known).map { "did you mean `\($0)`?" }
            ?? (known.isEmpty ? nil : "it has \(known.map { "`\($0)`" }.joined(separator: ", "))"))
      }
      return .any
    }
    guard method >= 0, !program.functions[Int(method)].takesSelf else {
      walkArguments(arguments)
      frame.isCertain = false
      return .any
    }
    return call(method, arguments, dropsSelf: false, at: id)
  }

  // MARK: On values

  private func callMethod(
    _ name: String, _ receiver: ValueType, _ node: Node, _ arguments: [NodeID], at id: NodeID
  ) -> ValueType {
    if receiver.kinds == .null, !isFunctionInScope(node.b) {
      reportNull("\(name)()", node.a)
      walkArguments(arguments)
      return .any
    }
    guard mayHaveMethod(name, receiver) || isFunctionInScope(node.b) else {
      reportNoMethod(name, receiver, node)
      walkArguments(arguments)
      return .any
    }
    guard let method = onlyMethod(name, receiver) else {
      walkArguments(arguments)
      frame.isCertain = false
      return .any
    }
    let function = program.functions[Int(method)]
    let value = call(method, arguments, dropsSelf: function.takesSelf, at: id)
    return listResult(name, receiver) ?? value
  }

  /// A list that a method gives out of one whose elements are known.
  private func listResult(_ name: String, _ receiver: ValueType) -> ValueType? {
    guard receiver.kinds == .list, case .elements(let kinds) = receiver.detail, !kinds.isEmpty
    else { return nil }
    switch name {
    case "copy", "filter", "sorted", "sort_by", "reversed", "slice", "take", "drop", "unique":
      return ValueType(.list, .elements(kinds))
    case "first", "last", "find", "min", "max", "min_by", "max_by":
      return ValueType(kinds.union(.null))
    default: return nil
    }
  }

  /// The method that a receiver surely means.
  func onlyMethod(_ name: String, _ receiver: ValueType) -> FunctionID? {
    let found: FunctionID?
    if receiver.kinds.isSingle, receiver.kinds.meets(.nominal) {
      found = receiver.instance.flatMap { program.methodsOfType[$0]?[name] }
    } else if receiver.kinds.isSingle {
      found = program.methodsOfKind[receiver.kinds]?[name]
    } else {
      found = nil
    }
    return found.flatMap { $0 >= 0 ? $0 : nil }
  }

  /// False when no value of a type has something of that name that can be called.
  func mayHaveMethod(
    _ name: String, _ receiver: ValueType, countsFunctions: Bool = true
  ) -> Bool {
    if program.openMethods.contains(name) || receiver.kinds.meets([.handle, .type]) { return true }
    for (kind, _) in Kinds.names where receiver.kinds.contains(kind) {
      if kind.meets(.nominal) {
        if mayHaveNominalMethod(name, receiver, kind) { return true }
      } else if program.methodsOfKind[kind]?[name] != nil {
        return true
      }
    }
    return false
  }

  private func mayHaveNominalMethod(_ name: String, _ receiver: ValueType, _ kind: Kinds) -> Bool {
    guard let type = receiver.instance else { return true }
    let declaration = program.types[Int(type)]
    guard declaration.kind == kind else { return false }
    if program.methodsOfType[type]?[name] != nil || program.methodsOfKind[kind]?[name] != nil {
      return true
    }
    if kind != .error, name == "copy" { return true }
    return declaration.fields.contains { $0.name == name }
      || declaration.cases.contains { $0.isOpen || $0.fields.contains { $0.name == name } }
  }

  /// `x.f(y)` may be `f(x, y)`.
  private func isFunctionInScope(_ name: NameID) -> Bool { names.functionNames.contains(name) }

  private func reportNoMethod(_ name: String, _ receiver: ValueType, _ node: Node) {
    var known: [String] = []
    if receiver.kinds.isSingle, !receiver.kinds.meets(.nominal) {
      known = (program.methodsOfKind[receiver.kinds] ?? [:]).keys.sorted()
    } else if let type = receiver.instance {
      known = (program.methodsOfType[type] ?? [:]).keys.sorted()
    }
    let near = nearestName(to: name, in: known)
    var help = near.map { "did you mean `\($0)`?" }
    if help == nil, receiver.kinds == .map {
      help = "to call a function that a map holds, write \(text(node.a))[\"\(name)\"](…)"
    } else if help == nil, let other = Checker.otherNames[name], known.contains(other) {
      help = "write `\(other)`"
    }
    error(
      .unknownMethod, Span(tree[node.a].end, node.end),
      "\(describe(receiver)) has no method `\(name)`", help: help)
  }

  /// What other languages call the library's methods.
  private static let otherNames: [String: String] = [
    "size": "len", "length": "len", "append": "push", "add": "push", "indexOf": "index",
    "includes": "contains", "has": "contains", "toUpperCase": "upper", "toLowerCase": "lower",
    "strip": "trim", "startswith": "starts_with", "endswith": "ends_with", "forEach": "each",
    "for_each": "each", "fold": "reduce", "inject": "reduce", "select": "filter",
    "substring": "find", "to_upper": "upper", "to_lower": "lower", "sortBy": "sort_by",
    "flatMap": "flat_map", "collect": "map", "empty": "is_empty", "delete": "remove",
    "upcase": "upper", "downcase": "lower", "push_back": "push",
  ]
}

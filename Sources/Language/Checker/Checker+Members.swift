import JanusSemantics
import JanusSource
import JanusSyntax

extension Checker {
  // MARK: Fields

  func walkMember(_ id: NodeID, _ node: Node) -> ValueType {
    let name = tree.name(node.b)
    if let value = moduleMember(node) { return value }
    if let type = program.type(namedBy: node.a, in: module) {
      return typeMember(name, of: type, at: node)
    }
    if isCoreType(node.a) { return .any }
    var object = walk(node.a)
    guard !object.isNever else { return .never }
    let isOptional = node.flags.contains(.isOptional)
    if isOptional {
      checkOptional(object, node)
      if object.kinds == .null { return .null }
      object = object.without(.null)
    }
    let value = fieldValue(name, of: object, at: node)
    return isOptional ? value.joined(.null) : value
  }

  /// A member of a module; nil when the object is none.
  private func moduleMember(_ node: Node) -> ValueType? {
    guard tree[node.a].kind == .name, let symbol = symbol(of: node.a),
      case .module(let used) = resolution.symbols[Int(symbol)].kind
    else { return nil }
    return imported(tree.name(node.b), from: used)
  }

  func isCoreType(_ id: NodeID) -> Bool { coreKind(id) != nil || isCoreName(id) }

  private func isCoreName(_ id: NodeID) -> Bool {
    guard tree[id].kind == .name, let symbol = symbol(of: id) else { return false }
    return resolution.symbols[Int(symbol)].kind == .coreType
  }

  /// `list` in `list.filled(…)`.
  func coreKind(_ id: NodeID) -> Kinds? {
    guard tree[id].kind == .name, let symbol = symbol(of: id) else { return nil }
    let name = tree.name(tree[id].a)
    switch resolution.symbols[Int(symbol)].kind {
    case .coreType: return Kinds.ofType(named: name)
    case .prelude where Resolver.isCoreType(name): return Kinds.ofType(named: name)
    default: return nil
    }
  }

  /// `Shape.Empty`, `Shape.Circle` or `Point.at`.
  private func typeMember(_ name: String, of type: TypeID, at node: Node) -> ValueType {
    let declaration = program.types[Int(type)]
    if let found = declaration.cases.first(where: { $0.name == name }) {
      return found.fields.isEmpty && !found.isOpen
        ? ValueType(declaration.kind, .instance(type)) : ValueType(.function)
    }
    if let method = program.methodsOfType[type]?[name], method >= 0 {
      return ValueType(.function, .function(method))
    }
    guard !declaration.kind.isEmpty, name.first?.isUppercase != true else { return .any }
    if program.methodsOfType[type]?[name] == nil, !program.openMethods.contains(name) {
      reportUnknownStatic(name, type, node)
    }
    return .any
  }

  private func reportUnknownStatic(_ name: String, _ type: TypeID, _ node: Node) {
    let known = (program.methodsOfType[type] ?? [:]).keys.sorted()
    let near = nearestName(to: name, in: known)
    error(
      .unknownMethod, node.span, "`\(program.types[Int(type)].name)` has no `\(name)`",
      help: near.map { "did you mean `\($0)`?" })
  }

  private func checkOptional(_ object: ValueType, _ node: Node) {
    guard !object.kinds.contains(.null) else { return }
    let span = Span(tree[node.a].end, node.end)
    warning(
      .uselessOptional, span,
      "`?.` stands behind \(describe(object)), which is never null", help: "write `.`",
      fix: optionalFix(span))
  }

  private func optionalFix(_ span: Span) -> Diagnostic.Fix? {
    let source = file.bytes[Int(span.start)..<Int(span.end)]
    guard let mark = source.firstIndex(of: UInt8(ascii: "?")) else { return nil }
    return .init(span: Span(UInt32(mark), UInt32(mark) + 1), replacement: "")
  }

  /// What `object.name` is; reports what no such value has.
  private func fieldValue(_ name: String, of object: ValueType, at node: Node) -> ValueType {
    if object.kinds == .null {
      reportNull(".\(name)", node.a)
      return .any
    }
    let mayHave = object.kinds.intersection([
      .structure, .map, .enumeration, .error, .type, .handle,
    ])
    guard !mayHave.isEmpty else {
      reportNoField(name, object, node)
      return .any
    }
    note(object, mayHave, node.a)
    guard let type = object.instance, mayHave.isSubset(of: .nominal), mayHave.isSingle else {
      return .any
    }
    let declaration = program.types[Int(type)]
    switch declaration.kind {
    case .structure:
      if let field = declaration.fields.first(where: { $0.name == name }) {
        return program.type(of: field.contract)
      }
      reportUnknownField(name, of: type, at: Span(tree[node.a].end, node.end))
    case .enumeration:
      let fields = declaration.cases.flatMap(\.fields).filter { $0.name == name }
      if !fields.isEmpty {
        return fields.reduce(ValueType.never) { $0.joined(program.type(of: $1.contract)) }
      }
      reportUnknownField(name, of: type, at: Span(tree[node.a].end, node.end))
    default:
      switch name {
      case "code", "message": return .string
      case "trace": return ValueType(.list)
      case "hint": return ValueType([.string, .null])
      default: break
      }
    }
    return .any
  }

  func reportNull(_ what: String, _ object: NodeID) {
    error(
      .nullAccess, tree[object].span, "`\(text(object))` is null here, and null has no `\(what)`",
      help: "use `?.` where a value may be null")
  }

  private func reportNoField(_ name: String, _ object: ValueType, _ node: Node) {
    var fix: Diagnostic.Fix?
    var help: String?
    if mayHaveMethod(name, object, countsFunctions: false) {
      help = "`\(name)` is a method: call it"
      fix = .init(span: Span(node.end, node.end), replacement: "()")
    }
    error(
      .unknownField, Span(tree[node.a].end, node.end), "\(describe(object)) has no field `\(name)`",
      help: help, fix: fix)
  }

  func reportUnknownField(_ name: String, of type: TypeID, at span: Span) {
    let declaration = program.types[Int(type)]
    let fields =
      declaration.fields.map(\.name) + declaration.cases.flatMap { $0.fields.map(\.name) }
    let near = nearestName(to: name, in: fields)
    let hasMethod = program.methodsOfType[type]?[name] != nil
    let help =
      hasMethod
      ? "`\(name)` is a method: call it"
      : near.map { "did you mean `\($0)`?" }
        ?? (fields.isEmpty ? nil : "it has \(fields.map { "`\($0)`" }.joined(separator: ", "))")
    error(
      .unknownField, span, "`\(declaration.name)` has no field `\(name)`", help: help,
      labels: label(at: declaration.node, ofTypeIn: declaration),
      fix: hasMethod ? .init(span: Span(span.end, span.end), replacement: "()") : nil)
  }

  private func label(
    at node: NodeID, ofTypeIn declaration: TypeDeclaration
  ) -> [Diagnostic.Label] {
    guard declaration.module == module, node >= 0 else { return [] }
    let start = tree[node].start
    let line = file.bytes[Int(start)...].prefix {
      $0 != UInt8(ascii: "\n") && $0 != UInt8(ascii: "{")
    }
    return [.init(span: Span(start, start + UInt32(line.count)), text: "declared here")]
  }

  // MARK: Assigning

  func contract(ofTarget target: NodeID) -> Contract {
    let node = tree[target]
    guard node.kind == .member, program.type(namedBy: node.a, in: module) == nil else {
      return .any
    }
    guard let symbol = symbol(of: node.a), tree[node.a].kind == .name,
      let type = self.type(of: symbol).instance, self.type(of: symbol).kinds == .structure
    else { return .any }
    let field = program.types[Int(type)].fields.first { $0.name == tree.name(node.b) }
    return field?.contract ?? .any
  }

  /// `object.name = …` and `object[i] = …`.
  func checkTarget(_ target: NodeID) {
    let node = tree[target]
    switch node.kind {
    case .member:
      let object = walk(node.a)
      let name = tree.name(node.b)
      guard !object.isNever else { return }
      if object.kinds == .null { return reportNull(".\(name)", node.a) }
      guard object.kinds.meets([.map, .structure, .handle]) else {
        return error(
          .unknownField, Span(tree[node.a].end, node.end),
          "\(describe(object)) has no field `\(name)` to set",
          help: object.kinds.isSubset(of: [.enumeration, .error])
            ? "a payload cannot be changed: make a new value" : nil)
      }
      note(object, [.map, .structure, .handle], node.a)
      if let type = object.instance, object.kinds == .structure, fieldType(name, of: type) == nil {
        reportUnknownField(name, of: type, at: Span(tree[node.a].end, node.end))
      }
    case .index:
      let object = walk(node.a)
      let index = walk(node.b)
      guard !object.isNever, !index.isNever else { return }
      if object.kinds == .null { return reportNull("[…]", node.a) }
      guard object.kinds.meets([.list, .map, .structure]) else {
        return error(
          .notIndexable, tree[node.a].span, "\(describe(object)) has no elements to set",
          help: object.kinds.isSubset(of: [.string, .bytes])
            ? "it cannot be changed: build a new one" : nil)
      }
      checkIndex(index, in: object, node)
    default: walk(target)
    }
  }

  // MARK: Indices

  func walkIndex(_ node: Node) -> ValueType {
    let object = walk(node.a)
    let index = walk(node.b)
    guard !object.isNever, !index.isNever else { return .never }
    if object.kinds == .null {
      reportNull("[…]", node.a)
      return .any
    }
    let indexable: Kinds = [.list, .map, .string, .bytes, .range, .structure]
    guard object.kinds.meets(indexable) else {
      error(.notIndexable, tree[node.a].span, "\(describe(object)) has no elements")
      return .any
    }
    note(object, indexable, node.a)
    checkIndex(index, in: object, node)
    guard isInside(node) else { return .any }
    let isSlice = index.kinds == .range
    switch object.kinds {
    case .string: return .string
    case .bytes: return isSlice ? ValueType(.bytes) : .int
    case .range: return isSlice ? .any : .int
    case .list:
      if isSlice { return ValueType(.list) }
      return index.kinds.contains(.range) ? .any : elementType(of: object)
    default: return .any
    }
  }

  private func checkIndex(_ index: ValueType, in object: ValueType, _ node: Node) {
    var allowed: Kinds = []
    if object.kinds.meets([.list, .string, .bytes]) { allowed.formUnion([.int, .range]) }
    if object.kinds.contains(.range) { allowed.formUnion(.int) }
    if object.kinds.contains(.map) { allowed.formUnion(.key) }
    if object.kinds.contains(.structure) { allowed.formUnion(.string) }
    guard !index.kinds.meets(allowed) else { return }
    if object.kinds == .map { return checkKey(index, node.b) }
    error(
      .indexType, tree[node.b].span, "an index must be an int, not \(describe(index))",
      labels: [.init(span: tree[node.a].span, text: "this is \(describe(object))")])
  }

  /// False, with a report, for `[1, 2][5]` and `"abc"[9]`.
  private func isInside(_ node: Node) -> Bool {
    guard let index = integer(node.b) else { return true }
    let object = tree[unwrapped(node.a)]
    let count: Int
    switch object.kind {
    case .list:
      let items = tree.items(object.a)
      guard !items.contains(where: { tree[$0].kind == .spread }) else { return true }
      count = items.count
    case .string:
      count = String(decoding: tree.strings[Int(object.a)], as: UTF8.self).unicodeScalars.count
    default: return true
    }
    guard index >= count || index < -count else { return true }
    error(
      .indexOutOfRange, tree[node.b].span,
      "index \(index) is out of range: there \(count == 1 ? "is" : "are") \(count)")
    return false
  }
}

import JanusSemantics
import JanusSource
import JanusSyntax

extension Checker {
  /// What the value of an expression is; never where it does not come back.
  @discardableResult
  func walk(_ id: NodeID) -> ValueType {
    guard id >= 0 else { return .null }
    guard depth < Limits.depth else {
      frame.isCertain = false
      return .any
    }
    depth += 1
    defer { depth -= 1 }
    let value = value(of: id, tree[id])
    if value.isNever { frame.isReachable = false }
    return value
  }

  private func value(of id: NodeID, _ node: Node) -> ValueType {
    switch node.kind {
    case .error: return .any
    case .null: return .null
    case .true, .false: return .bool
    case .integer: return ValueType(.int, .integer(tree.integers[Int(node.a)]))
    case .float: return .float
    case .duration: return ValueType(.duration)
    case .string: return .string
    case .bytes: return ValueType(.bytes)
    case .interpolation: return walkInterpolation(node)
    case .list: return walkList(node)
    case .map: return walkMap(node)
    case .structLiteral: return walkStructLiteral(id, node)
    case .name: return walkName(id, node)
    case .member: return walkMember(id, node)
    case .index: return walkIndex(node)
    case .call: return walkCall(id, node)
    case .pipe: return walkPipe(node)
    case .caseShorthand:
      for argument in tree.items(node.b) { walkArgument(argument) }
      return ValueType([.enumeration, .error])
    case .unary, .not, .binary, .compare, .and, .or, .coalesce, .in, .is, .range:
      return walkOperator(id, node)
    case .parentheses: return walk(node.a)
    case .try, .spawn, .await: return walkPrefix(id, node)
    case .closure: return walkClosure(id)
    case .function:
      guard let function = program.functionOfNode[module][id] else { return .any }
      return ValueType(.function, .function(function))
    case .if: return walkIf(node, wants: .value)
    case .match: return walkMatch(id, node, wants: .value)
    case .nursery, .within, .select, .using, .catchFallback, .catchBinding, .catchArms:
      return walkBlocks(id, node)
    case .block: return walkBlock(node.a, wants: .value)
    case .return, .fail, .break, .continue:
      walkStatement(id, wants: .nothing)
      return .never
    case .assign, .conditional:
      walkStatement(id, wants: .nothing)
      return .null
    default: return .any
    }
  }

  // MARK: Literals

  private func walkInterpolation(_ node: Node) -> ValueType {
    for part in tree.items(node.a) where tree[part].kind == .formatted {
      let value = walk(tree[part].a)
      if tree[part].b >= 0 { checkFormat(tree[part], value) }
    }
    return .string
  }

  private func checkFormat(_ part: Node, _ value: ValueType) {
    let format = String(decoding: tree.strings[Int(part.b)], as: UTF8.self)
    guard let kind = format.last, !value.isNever else { return }
    let allowed: Kinds
    switch kind {
    case "d", "x", "X", "b", "o": allowed = .int
    case "f", "e", "%": allowed = .number
    default: return
    }
    guard !value.kinds.meets(allowed) else { return }
    error(
      .badFormat, tree[part.a].span, "the format `\(format)` does not suit \(describe(value))",
      help: "`\(kind)` is for \(allowed == .int ? "ints" : "numbers")")
  }

  private func walkList(_ node: Node) -> ValueType {
    var kinds: Kinds = []
    for item in tree.items(node.a) {
      if tree[item].kind == .spread {
        let value = walk(tree[item].a)
        checkSpread(value, tree[item].a, .iterable)
        kinds = .all
      } else {
        kinds.formUnion(walk(item).kinds)
      }
      guard frame.isReachable else { return .never }
    }
    return ValueType(.list, .elements(kinds))
  }

  func checkSpread(_ value: ValueType, _ node: NodeID, _ allowed: Kinds) {
    require(value, allowed, node) {
      error(
        .notIterable, tree[node].span,
        allowed.contains(.list)
          ? "`..` needs something to iterate over, not \(describe(value))"
          : "`..` in braces needs a map or a struct, not \(describe(value))")
    }
  }

  private func walkMap(_ node: Node) -> ValueType {
    var keys: [String: NodeID] = [:]
    var spread: ValueType?
    for (index, item) in tree.items(node.a).enumerated() {
      if tree[item].kind == .spread {
        let value = walk(tree[item].a)
        checkSpread(value, tree[item].a, [.map, .structure])
        if index == 0 { spread = value }
        continue
      }
      let key = tree[item].a
      checkKey(walk(key), key)
      checkDuplicateKey(key, &keys)
      if let instance = spread?.instance, spread?.kinds == .structure {
        bindCopiedField(item, of: instance)
      } else {
        walk(tree[item].b)
      }
      guard frame.isReachable else { return .never }
    }
    // `{ ..p }` keeps the type of a struct.
    guard let spread else { return ValueType(.map) }
    return spread.limited(to: [.map, .structure])
  }

  private func bindCopiedField(_ item: NodeID, of type: TypeID) {
    let key = tree[tree[item].a]
    guard key.kind == .string else { return _ = walk(tree[item].b) }
    let name = String(decoding: tree.strings[Int(key.a)], as: UTF8.self)
    let declaration = program.types[Int(type)]
    guard let field = declaration.fields.first(where: { $0.name == name }) else {
      walk(tree[item].b)
      return reportUnknownField(name, of: type, at: tree[tree[item].a].span)
    }
    bind(tree[item].b, to: field.contract) { "the field `\(name)` of \(declaration.name)" }
  }

  func checkKey(_ value: ValueType, _ node: NodeID) {
    require(value, .key, node) {
      error(
        .badKey, tree[node].span, "\(describe(value)) cannot be a key",
        help: "keys are null, bools, ints, strings, bytes, durations and cases without payload")
    }
  }

  private func checkDuplicateKey(_ key: NodeID, _ keys: inout [String: NodeID]) {
    let node = tree[key]
    let identity: String
    switch node.kind {
    case .string:
      identity = "s" + String(decoding: tree.strings[Int(node.a)], as: UTF8.self)
    case .integer: identity = "i\(tree.integers[Int(node.a)])"
    default: return
    }
    if let earlier = keys[identity] {
      warning(
        .duplicateKey, node.span, "the key `\(text(key))` is there twice: the first value is lost",
        labels: [.init(span: tree[earlier].span, text: "first here")])
    }
    keys[identity] = key
  }

  private func walkStructLiteral(_ id: NodeID, _ node: Node) -> ValueType {
    guard let type = program.type(namedBy: node.a, in: module),
      program.types[Int(type)].kind == .structure
    else {
      for item in tree.items(node.b) { walkArgument(item) }
      return .any
    }
    let declaration = program.types[Int(type)]
    var given: Set<String> = []
    var hasSpread = false
    for item in tree.items(node.b) {
      guard tree[item].kind == .namedArgument else {
        hasSpread = true
        walkArgument(item)
        continue
      }
      let name = tree.name(tree[item].a)
      given.insert(name)
      if let field = declaration.fields.first(where: { $0.name == name }) {
        bind(tree[item].b, to: field.contract, declaredBy: declaration, field) {
          "the field `\(name)` of \(declaration.name)"
        }
      } else {
        walk(tree[item].b)
        if declaration.module != module {
          reportUnknownField(name, of: type, at: tree[item].span)
        }
      }
    }
    if !hasSpread { checkMissingFields(declaration, given, Span(node.start, tree[node.a].end)) }
    frame.isCertain = false
    return ValueType(.structure, .instance(type))
  }

  private func checkMissingFields(
    _ declaration: TypeDeclaration, _ given: Set<String>, _ span: Span
  ) {
    let missing = declaration.fields.filter { !$0.isOptional && !given.contains($0.name) }
    guard let first = missing.first else { return }
    let names = missing.map { "`\($0.name)`" }.joined(separator: ", ")
    error(
      .missingField, span,
      "\(declaration.name) needs the field\(missing.count == 1 ? "" : "s") \(names)",
      labels: label(at: first.node, of: declaration, "declared here"))
  }

  /// A label in this file for something that a declaration holds; none in another file.
  func label(
    at node: NodeID, of declaration: TypeDeclaration, _ text: String
  ) -> [Diagnostic.Label] {
    guard declaration.module == module, node >= 0 else { return [] }
    return [.init(span: tree[node].span, text: text)]
  }

  // MARK: Names

  private func walkName(_ id: NodeID, _ node: Node) -> ValueType {
    guard let symbol = symbol(of: id) else { return .any }
    let known = resolution.symbols[Int(symbol)]
    switch known.kind {
    case .variable: return type(of: symbol)
    case .function:
      guard let function = program.functionOfNode[module][known.node] else { return .any }
      return ValueType(.function, .function(function))
    case .structure, .enumeration, .error, .trait:
      guard let type = program.type(namedBy: id, in: module) else { return ValueType(.type) }
      return ValueType(.type, .typeObject(type))
    case .imported(let used): return imported(tree.name(node.a), from: used)
    case .prelude:
      if tree.name(node.a) == "Fault" { return ValueType(.type, .typeObject(program.fault)) }
      return program.preludeFunction(tree.name(node.a))
        .map { ValueType(.function, .function($0)) } ?? .any
    case .module, .coreType: return .any
    }
  }

  func imported(_ name: String, from used: Int) -> ValueType {
    guard let number = program.number(ofModule: used, in: module) else { return .any }
    if let function = program.functionsByName[number][name] {
      return ValueType(.function, .function(function))
    }
    if let type = program.typesByName[number][name] {
      return ValueType(.type, .typeObject(type))
    }
    return .any
  }

  // MARK: Prefixes

  private func walkPrefix(_ id: NodeID, _ node: Node) -> ValueType {
    switch node.kind {
    case .await:
      let value = walk(node.a)
      require(value, .task, node.a) {
        error(
          .argumentType, tree[node.a].span, "`await` needs a task, not \(describe(value))",
          help: "a task is what `spawn` gives")
      }
      frame.isCertain = false
      return .any
    case .spawn:
      frame.guards += 1
      defer { frame.guards -= 1 }
      if tree[node.a].kind == .block {
        walkClosureBody { walkBody(node.a, wants: .value) }
      } else {
        let wasReachable = frame.isReachable
        walk(node.a)
        // Whatever becomes of the fiber, this one goes on.
        frame.isReachable = wasReachable
      }
      return ValueType(.task)
    default:
      frame.guards += 1
      defer { frame.guards -= 1 }
      return walk(node.a)
    }
  }
}

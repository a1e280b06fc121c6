import JanusBytecode
import JanusSemantics
import JanusSource
import JanusSyntax

extension Compiler {
  /// The value of an expression into a register. `expecting` is the annotation of where it goes,
  /// which gives `.Case` its type.
  mutating func compile(_ id: NodeID, to target: Int, expecting type: NodeID = -1) {
    let node = tree[id]
    let mark = builder.nextRegister
    defer { builder.nextRegister = mark }
    builder.span = node.span
    switch node.kind {
    case .null: loadConstant(.null, to: target)
    case .true: loadConstant(.bool(true), to: target)
    case .false: loadConstant(.bool(false), to: target)
    case .integer: loadConstant(.int(tree.integers[Int(node.a)]), to: target)
    case .float: loadConstant(.float(tree.floats[Int(node.a)].bitPattern), to: target)
    case .duration: loadConstant(.duration(tree.integers[Int(node.a)]), to: target)
    case .string: loadConstant(.text(tree.strings[Int(node.a)]), to: target)
    case .bytes: loadConstant(.bytes(tree.strings[Int(node.a)]), to: target)
    case .interpolation: compileInterpolation(node, to: target)
    case .list: compileList(node, to: target, element: elementType(type))
    case .map: compileMap(node, to: target)
    case .structLiteral: compileStruct(node, to: target)
    case .name:
      let symbol = resolution.symbolOfNode[Int(id)]
      guard symbol >= 0 else { return loadConstant(.null, to: target) }
      load(locate(symbol), symbol, to: target)
    case .member: compileMember(node, to: target)
    case .index: compileIndex(node, to: target)
    case .call: compileCall(id, to: target)
    case .pipe: compilePipe(node, to: target)
    case .caseShorthand: compileShorthand(node, to: target, expecting: type)
    case .parentheses, .try: compile(node.a, to: target, expecting: type)
    case .closure: compileClosure(id, to: target)
    case .unary, .not, .binary, .compare, .and, .or, .coalesce, .in, .is, .range:
      compileOperator(node, to: target, expecting: type)
    default: compileControl(id, node, to: target, expecting: type)
    }
  }

  // MARK: Literals

  private mutating func compileInterpolation(_ node: Node, to target: Int) {
    let parts = Array(tree.items(node.a))
    if parts.isEmpty { return loadConstant(.text([]), to: target) }
    let start = builder.nextRegister
    var count = 0
    for part in parts {
      if count == 200 {
        builder.emit(.concat, x: count, a: start * 16, b: start * 16)
        builder.nextRegister = start + 1
        count = 1
      }
      let register = builder.take()
      count += 1
      guard tree[part].kind == .formatted else {
        compile(part, to: register)
        continue
      }
      compile(tree[part].a, to: register)
      if tree[part].b >= 0 {
        builder.span = tree[part].span
        builder.emitRegisters(.format, register, register)
        builder.extra(text(tree.strings[Int(tree[part].b)]))
      }
    }
    builder.span = node.span
    builder.emit(.concat, x: count, a: target * 16, b: start * 16)
  }

  /// T of an annotation `list[T]`, or -1.
  private func elementType(_ type: NodeID) -> NodeID {
    guard type >= 0 else { return -1 }
    let node = tree[type]
    switch node.kind {
    case .typeOptional: return elementType(node.a)
    case .typeName where tree.name(node.a) == "list": return tree.items(node.b).first ?? -1
    default: return -1
    }
  }

  private mutating func compileList(_ node: Node, to target: Int, element type: NodeID) {
    let items = Array(tree.items(node.a))
    if !items.isEmpty, items.count <= 16, !items.contains(where: { tree[$0].kind == .spread }) {
      let start = builder.nextRegister
      for item in items { compile(item, to: builder.take(), expecting: type) }
      builder.emit(.listOf, x: items.count, a: target * 16, b: start * 16)
      return
    }
    // The list grows beside the target: its elements may use the variable it will replace.
    let list = builder.take()
    builder.emit(.newList, a: list * 16, b: 0)
    for item in items {
      let mark = builder.nextRegister
      if tree[item].kind == .spread {
        let source = operand(tree[item].a)
        builder.span = tree[item].span
        builder.emitRegisters(.appendAll, list, source)
      } else {
        let element = operand(item)
        builder.emitRegisters(.append, list, element)
      }
      builder.nextRegister = mark
    }
    builder.emitRegisters(.move, target, list)
  }

  private mutating func compileMap(_ node: Node, to target: Int) {
    let map = builder.take()
    var isFirst = true
    for entry in tree.items(node.a) {
      let mark = builder.nextRegister
      if tree[entry].kind == .spread {
        let source = operand(tree[entry].a)
        builder.span = tree[entry].span
        if isFirst { loadConstant(.null, to: map) }
        builder.emitRegisters(.copySpread, map, source)
      } else {
        if isFirst { builder.emitRegisters(.newMap, map) }
        let (key, value) = operands(tree[entry].a, tree[entry].b)
        builder.span = tree[entry].span
        builder.emitRegisters(.mapSet, map, key, value)
      }
      isFirst = false
      builder.nextRegister = mark
    }
    if isFirst { builder.emitRegisters(.newMap, map) }
    builder.emitRegisters(.move, target, map)
  }

  // MARK: Structs and cases

  private mutating func compileStruct(_ node: Node, to target: Int) {
    guard let known = knownStruct(node.a) else {
      return report(
        .unknownType, tree[node.a].span, "`\(sourceText(node.a))` is not a struct")
    }
    let items = Array(tree.items(node.b))
    let fields = known.shape.fields
    if items.contains(where: { tree[$0].kind == .spread }) {
      return compileStructCopy(items, known, to: target)
    }
    let names = Set(items.filter { tree[$0].kind == .namedArgument }.map { tree[$0].a })
    guard names.count == fields.count else {
      return compilePartialStruct(items, known, span: node.span, to: target)
    }
    let first = builder.nextRegister
    _ = builder.take(fields.count)
    for item in items where tree[item].kind == .namedArgument {
      guard let index = fields.firstIndex(of: tree.name(tree[item].a)) else {
        reportField(tree[item], known)
        continue
      }
      compile(tree[item].b, to: first + index, expecting: fieldType(known, index))
    }
    builder.span = node.span
    makeShape(known, from: first, to: target, .newStruct)
  }

  /// Fields are missing: the constructor gives their defaults.
  private mutating func compilePartialStruct(
    _ items: [NodeID], _ known: KnownShape, span: Span, to target: Int
  ) {
    let window = builder.take(2)
    loadConstant(constructorConstant(known), to: window)
    var names: [String] = []
    for item in items where tree[item].kind == .namedArgument {
      let name = tree.name(tree[item].a)
      guard let index = known.shape.fields.firstIndex(of: name) else {
        reportField(tree[item], known)
        continue
      }
      compile(tree[item].b, to: builder.take(), expecting: fieldType(known, index))
      names.append(name)
    }
    builder.span = span
    let count = names.count
    let opcode: Opcode = count == 0 ? .call : .callNamed
    let word = builder.emit(opcode, x: count, a: window * 16, c: target * 16)
    guard opcode == .callNamed else { return }
    builder.extra(text(names.joined(separator: ",")))
    builder.extra(builder.prototype.code[word])
  }

  private mutating func reportField(_ node: Node, _ known: KnownShape) {
    guard known.module != -1 else { return }
    report(
      .unknownMember, node.span, "`\(known.type)` has no field `\(tree.name(node.a))`",
      help: "it has \(known.shape.fields.joined(separator: ", "))")
  }

  /// `Point { ..p, x: 1.0 }`
  private mutating func compileStructCopy(_ items: [NodeID], _ known: KnownShape, to target: Int) {
    let copy = builder.take()
    loadConstant(.null, to: copy)
    for item in items {
      let mark = builder.nextRegister
      if tree[item].kind == .spread {
        let source = operand(tree[item].a)
        builder.emitRegisters(.copySpread, copy, source)
      } else {
        let key = builder.take()
        loadConstant(.text(Array(tree.name(tree[item].a).utf8)), to: key)
        let value = operand(tree[item].b)
        builder.span = tree[item].span
        builder.emitRegisters(.mapSet, copy, key, value)
      }
      builder.nextRegister = mark
    }
    builder.emitRegisters(.check, copy)
    builder.extra(
      contract(
        .named(
          module: known.module < 0 ? "" : image.imports[known.module], name: known.type)))
    builder.extra(text("the copied value"))
    builder.emitRegisters(.move, target, copy)
  }

  /// The annotation of a field of this module, or -1.
  mutating func fieldType(_ known: KnownShape, _ index: Int) -> NodeID {
    if known.module != -1, known.shape.contracts.indices.contains(index) {
      let number = known.shape.contracts[index]
      return number >= 0 ? expecting(known.contracts[number]) : -1
    }
    guard known.module == -1, known.shape.constructor >= 0 else { return -1 }
    let node = tree[resolution.functions[known.shape.constructor].node]
    let fields = Array(tree.items(node.b))
    return index < fields.count ? tree[fields[index]].b : -1
  }

  /// All fields are in registers: checks them and makes the value.
  mutating func makeShape(
    _ known: KnownShape, from first: Int, to target: Int, _ opcode: Opcode
  ) {
    for (index, number) in known.shape.contracts.enumerated() where number >= 0 {
      emitCheck(
        first + index, known.contracts[number], text(fieldPlace(known.shape, known.type, index)))
    }
    builder.emit(opcode, x: known.shape.fields.count, a: target * 16, b: first * 16)
    builder.extra(constant(shapeConstant(known)))
  }

  /// `.Case` where an annotation, or nothing, says of which type.
  private mutating func compileShorthand(_ node: Node, to target: Int, expecting type: NodeID) {
    guard let known = expectedCase(type, node.a) else {
      return report(
        .untypedCase, node.span,
        "nothing here says of which type `.\(tree.name(node.a))` is",
        help: "write the name of its type before the dot")
    }
    compileCase(
      known, arguments: node.b >= 0 ? Array(tree.items(node.b)) : nil, span: node.span, to: target)
  }

  /// The case of an enum that an annotation names, through `T?` and unions.
  private mutating func expectedCase(_ type: NodeID, _ name: NameID) -> KnownShape? {
    if type < -1 { return expectedCase(expectedContracts[-2 - Int(type)], tree.name(name)) }
    guard type >= 0 else { return nil }
    let node = tree[type]
    switch node.kind {
    case .typeOptional: return expectedCase(node.a, name)
    case .typeUnion:
      for item in tree.items(node.a) {
        if let known = expectedCase(item, name) { return known }
      }
      return nil
    default: return knownCase(type, name)
    }
  }

  /// A case with or without payload.
  mutating func compileCase(
    _ known: KnownShape, arguments: [NodeID]?, span: Span, to target: Int
  ) {
    let fields = known.shape.fields
    if known.module == -3 { return compileFault(known, arguments ?? [], to: target) }
    guard let items = arguments else {
      return loadConstant(
        fields.isEmpty ? shapeConstant(known) : constructorConstant(known), to: target)
    }
    let isPlain = !items.contains {
      tree[$0].kind == .spread || tree[$0].kind == .namedArgument
    }
    if fields.isEmpty, items.isEmpty { return loadConstant(shapeConstant(known), to: target) }
    let window = builder.take(2)
    if fields.isEmpty {
      builder.span = span
      loadConstant(shapeConstant(known), to: window)
      builder.emit(.call, x: 0, a: window * 16, c: target * 16)
      return
    }
    if isPlain, items.count == fields.count {
      let first = builder.nextRegister
      for (index, item) in items.enumerated() {
        compile(item, to: builder.take(), expecting: fieldType(known, index))
      }
      builder.span = span
      return makeShape(known, from: first, to: target, .newCase)
    }
    loadConstant(constructorConstant(known), to: window)
    emitCall(window: window, arguments: items, span: span, to: target)
  }

  /// `Fault.Parse("…")`: the machine's own errors have a message and a hint.
  private mutating func compileFault(
    _ known: KnownShape, _ arguments: [NodeID], to target: Int
  ) {
    let first = builder.take(2)
    loadConstant(.null, to: first)
    loadConstant(.null, to: first + 1)
    for (index, item) in arguments.enumerated() where index < 2 {
      let isNamed = tree[item].kind == .namedArgument
      let isHint = isNamed ? tree.name(tree[item].a) == "hint" : index == 1
      compile(isNamed ? tree[item].b : item, to: isHint ? first + 1 : first)
    }
    makeShape(known, from: first, to: target, .newCase)
  }

  private mutating func constructorConstant(_ known: KnownShape) -> Constant {
    known.module < 0
      ? .function(known.shape.constructor)
      : .importedFunction(
        module: known.module, name: text("\(known.type).\(known.shape.name)"))
  }

  // MARK: Access

  private mutating func compileMember(_ node: Node, to target: Int) {
    if let known = knownCase(node.a, node.b) {
      return compileCase(known, arguments: nil, span: node.span, to: target)
    }
    if let location = moduleMember(node) {
      let id = resolution.symbolOfNode[Int(node.a)]
      return loadMember(location, tree.name(node.b), id, to: target)
    }
    let object = operand(node.a)
    let isOptional = node.flags.contains(.isOptional)
    var skip: Int?
    if isOptional {
      if object != target { builder.emitRegisters(.move, target, object) }
      skip = builder.emitRegisters(.jumpNull, target)
    }
    builder.span = node.span
    builder.emitRegisters(.getField, target, object)
    builder.extra(text(tree.name(node.b)))
    builder.extra(0)
    if let skip { builder.patch(skip) }
  }

  /// Where a module's public name is, for `module.name`.
  mutating func moduleMember(_ node: Node) -> Location? {
    guard tree[node.a].kind == .name else { return nil }
    let id = resolution.symbolOfNode[Int(node.a)]
    guard id >= 0, case .module(let module) = resolution.symbols[Int(id)].kind else { return nil }
    return locateMember(tree.name(node.b), of: resolution.modules[module].name, symbol: -1)
  }

  private mutating func loadMember(
    _ location: Location, _ name: String, _ id: SymbolID, to target: Int
  ) {
    switch location {
    case .imported(let module, let member):
      builder.emitRegisters(.getGlobalChecked, target)
      builder.extra(constant(.imported(module: module, name: member)))
      builder.extra(text(name))
    case .type:
      if case .module(let module) = resolution.symbols[Int(id)].kind {
        let number = importNumber(resolution.modules[module].name)
        loadConstant(.type(module: number, name: name), to: target)
      }
    default: load(location, -1, to: target)
    }
  }

  private mutating func compileIndex(_ node: Node, to target: Int) {
    if let index = smallInt(node.b) {
      let object = operand(node.a)
      builder.span = node.span
      builder.emit(.getIndexInt, a: target * 16, b: object * 16, c: index)
      return
    }
    let (object, index) = operands(node.a, node.b)
    builder.span = node.span
    builder.emitRegisters(.getIndex, target, object, index)
  }
}

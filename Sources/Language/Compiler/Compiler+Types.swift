import JanusBytecode
import JanusSemantics
import JanusSource
import JanusSyntax

extension Compiler {
  // MARK: Contracts

  /// The contract of a type annotation.
  mutating func contractOf(_ type: NodeID) -> Contract {
    let node = tree[type]
    switch node.kind {
    case .typeOptional: return .optional(contractOf(node.a))
    case .typeUnion: return .union(tree.items(node.a).map { contractOf($0) })
    case .typeFunction: return .function
    case .typeName: return namedContract(type, node)
    case .name:
      let id = resolution.symbolOfNode[Int(type)]
      return id >= 0 ? typeContract(id) : .any
    default: return .any
    }
  }

  private mutating func namedContract(_ type: NodeID, _ node: Node) -> Contract {
    let name = tree.name(node.a)
    let arguments = tree.items(node.b).map { contractOf($0) }
    let id = resolution.symbolOfNode[Int(type)]
    if node.c >= 0, id >= 0, case .module(let module) = resolution.symbols[Int(id)].kind {
      let module = resolution.modules[module].name
      _ = importNumber(module)
      return .named(module: module, name: name)
    }
    if id >= 0 { return typeContract(id) }
    if let bits = integerRange(name) { return bits }
    switch name {
    case "null": return .null
    case "bool": return .bool
    case "float": return .float
    case "string": return .string
    case "bytes": return .bytes
    case "duration": return .duration
    case "range": return .range
    case "func", "function": return .function
    case "task": return .task
    case "channel": return .channel
    case "error": return .error
    case "type": return .type
    case "list": return .list(arguments.first ?? .any)
    case "map":
      return arguments.count == 2 ? .map(arguments[0], arguments[1]) : .map(.any, .any)
    case "Fault": return .named(module: "prelude", name: "Fault")
    default: return .any
    }
  }

  private func integerRange(_ name: String) -> Contract? {
    switch name {
    case "int", "i64": .int(low: .min, high: .max)
    case "i8": .int(low: -128, high: 127)
    case "i16": .int(low: -32768, high: 32767)
    case "i32": .int(low: Int64(Int32.min), high: Int64(Int32.max))
    case "u8": .int(low: 0, high: 255)
    case "u16": .int(low: 0, high: 65535)
    case "u32": .int(low: 0, high: Int64(UInt32.max))
    case "u64": .int(low: 0, high: .max)
    default: nil
    }
  }

  /// The contract that a type's symbol stands for.
  mutating func typeContract(_ id: SymbolID) -> Contract {
    let symbol = resolution.symbols[Int(id)]
    let name = tree.name(symbol.name)
    switch symbol.kind {
    case .imported(let module):
      let module = resolution.modules[module].name
      _ = importNumber(module)
      return .named(module: module, name: name)
    case .prelude: return .named(module: "prelude", name: name)
    case .coreType: return coreContract(name)
    default: return .named(module: "", name: name)
    }
  }

  func coreContract(_ name: String) -> Contract {
    switch name {
    case "list": .list(.any)
    case "map": .map(.any, .any)
    case "string": .string
    case "bytes": .bytes
    case "float": .float
    case "bool": .bool
    case "range": .range
    case "duration": .duration
    case "task": .task
    case "channel": .channel
    default: .int(low: .min, high: .max)
    }
  }

  func typeConstant(_ id: SymbolID) -> Constant {
    let symbol = resolution.symbols[Int(id)]
    let name = tree.name(symbol.name)
    switch symbol.kind {
    case .coreType: return .type(module: -2, name: name)
    case .prelude where Resolver.isCoreType(name): return .type(module: -2, name: name)
    case .prelude: return .type(module: Resolver.isCoreType(name) ? -2 : -3, name: name)
    case .imported(let module):
      let number = importNumbers[resolution.modules[module].name] ?? 0
      return .type(module: number, name: name)
    default: return .type(module: -1, name: name)
    }
  }

  /// Emits what holds a register to a type.
  mutating func check(_ register: Int, _ type: NodeID, _ place: String) {
    emitCheck(register, contractOf(type), text(place))
  }

  mutating func emitCheck(_ register: Int, _ wanted: Contract, _ place: Int) {
    let opcode: Opcode
    var tag = 0
    switch wanted {
    case .any: return
    case .float: opcode = .checkFloat
    case .int(.min, .max): (opcode, tag) = (.checkTag, 0)
    case .string: (opcode, tag) = (.checkTag, 16)
    case .bytes: (opcode, tag) = (.checkTag, 17)
    case .duration: (opcode, tag) = (.checkTag, 5)
    case .list(.any): (opcode, tag) = (.checkTag, 18)
    case .map(.any, .any): (opcode, tag) = (.checkTag, 19)
    default: opcode = .check
    }
    builder.emit(opcode, a: register * 16, b: opcode == .checkTag ? tag : 0)
    builder.extra(contract(wanted))
    builder.extra(place)
  }

  // MARK: Declarations of types

  /// All types first, so that a method may name a type that is declared below it; then what runs.
  mutating func declareTypes() {
    for (index, node) in tree.nodes.enumerated() {
      switch node.kind {
      case .struct, .enum, .errorType: declareShapes(NodeID(index), node)
      case .trait:
        image.types.append(
          TypeDeclaration(kind: .trait, name: tree.name(node.a), shapes: [])
        )
      default: break
      }
    }
    for (index, node) in tree.nodes.enumerated() {
      switch node.kind {
      case .struct, .enum, .errorType: compileConstructors(NodeID(index), node)
      case .trait: compileMethods(node.b, of: .named(module: "", name: tree.name(node.a)))
      case .impl: declareImpl(node)
      default: break
      }
    }
  }

  private mutating func declareShapes(_ id: NodeID, _ node: Node) {
    guard resolution.symbolOfNode[Int(id)] >= 0 else { return }
    let name = tree.name(node.a)
    let shapes =
      node.kind == .struct
      ? [makeShape(name, fields: node.b, function: resolution.functionOfNode[Int(id)])]
      : tree.items(node.b).map { item in
        makeShape(
          tree.name(tree[item].a),
          fields: tree[item].b,
          function: resolution.functionOfNode[Int(item)]
        )
      }
    let kind: TypeDeclaration.Kind =
      node.kind == .struct ? .structure : node.kind == .enum ? .enumeration : .error
    image.types.append(TypeDeclaration(kind: kind, name: name, shapes: shapes))
  }

  private mutating func compileConstructors(_ id: NodeID, _ node: Node) {
    let name = tree.name(node.a)
    guard resolution.symbolOfNode[Int(id)] >= 0,
      let type = image.types.first(where: { $0.name == name && $0.kind != .trait })
    else { return }
    if node.kind == .struct {
      return compileConstructor(type.shapes[0], type: name, fields: node.b)
    }
    for (shape, item) in zip(type.shapes, tree.items(node.b)) where shape.constructor >= 0 {
      compileConstructor(shape, type: name, fields: tree[item].b)
    }
  }

  private mutating func makeShape(
    _ name: String,
    fields: ListID,
    function: Int32
  ) -> TypeDeclaration.Shape {
    var names: [String] = []
    var contracts: [Int] = []
    for field in tree.items(fields) {
      names.append(tree.name(tree[field].a))
      contracts.append(tree[field].b >= 0 ? contract(contractOf(tree[field].b)) : -1)
    }
    return TypeDeclaration.Shape(
      name: name,
      fields: names,
      contracts: contracts,
      constructor: Int(function)
    )
  }

  /// The function that makes a value: checks, and evaluates defaults of absent fields.
  private mutating func compileConstructor(
    _ shape: TypeDeclaration.Shape,
    type: String,
    fields: ListID
  ) {
    let isStruct = shape.name == type
    begin(shape.constructor, name: isStruct ? type : "\(type).\(shape.name)")
    builder.prototype.parameterNames = shape.fields
    for field in tree.items(fields) {
      let register = builder.take()
      let id = resolution.symbolOfNode[Int(field)]
      if id >= 0 { builder.registers[id] = register }
    }
    for (index, field) in tree.items(fields).enumerated() where tree[field].b >= 0 {
      builder.span = tree[field].span
      check(index, tree[field].b, fieldPlace(shape, type, index))
    }
    let target = builder.take()
    builder.emit(isStruct ? .newStruct : .newCase, x: shape.fields.count, a: target * 16, b: 0)
    builder.extra(constant(.shape(module: -1, type: type, case: shape.name)))
    builder.emitRegisters(.returnValue, target)
    compileFieldDefaults(fields, owner: builder.prototype.name)
    end()
  }

  /// Absent fields: the default, null where the annotation admits it, else a fault.
  private mutating func compileFieldDefaults(_ fields: ListID, owner: String) {
    builder.prototype.defaultsEntry = builder.here
    builder.parametersAreRaw = true
    for (register, field) in tree.items(fields).enumerated() {
      let node = tree[field]
      builder.span = node.span
      let skip = builder.emitRegisters(.jumpDefined, register)
      if node.c >= 0 {
        compile(node.c, to: register, expecting: node.b)
      } else if admitsNull(node.b) {
        loadConstant(.null, to: register)
      } else {
        failMissing(tree.name(node.a), owner: owner)
      }
      builder.patch(skip)
    }
    builder.parametersAreRaw = false
    builder.loopBack(to: 0)
  }

  private mutating func failMissing(_ field: String, owner: String) {
    let mark = builder.nextRegister
    let first = builder.take(2)
    loadConstant(.text(Array("\(owner) needs the field `\(field)`".utf8)), to: first)
    loadConstant(.null, to: first + 1)
    builder.emit(.newCase, x: 2, a: first * 16, b: first * 16)
    builder.extra(constant(.shape(module: -3, type: "Fault", case: "Arity")))
    builder.emitRegisters(.fail, first)
    builder.nextRegister = mark
  }

  /// True for an annotation that an absent value satisfies.
  private mutating func admitsNull(_ type: NodeID) -> Bool {
    guard type >= 0 else { return false }
    switch contractOf(type) {
    case .any, .null, .optional: return true
    case .union(let members): return members.contains(.null)
    default: return false
    }
  }

  func fieldPlace(_ shape: TypeDeclaration.Shape, _ type: String, _ index: Int) -> String {
    let owner = shape.name == type ? type : "\(type).\(shape.name)"
    return "the field `\(shape.fields[index])` of \(owner)"
  }

  /// The entry for calls with absent arguments: each default in turn, then the ordinary entry.
  mutating func compileDefaults(_ defaults: [(register: Int, value: NodeID, type: NodeID)]) {
    builder.prototype.defaultsEntry = builder.here
    builder.parametersAreRaw = true
    for (register, value, type) in defaults where value >= 0 {
      builder.span = tree[value].span
      let skip = builder.emitRegisters(.jumpDefined, register)
      compile(value, to: register, expecting: type)
      builder.patch(skip)
    }
    builder.parametersAreRaw = false
    builder.loopBack(to: 0)
  }

  // MARK: Methods

  private mutating func declareImpl(_ node: Node) {
    let target = contractOf(node.a)
    compileMethods(node.c, of: target)
    if node.b >= 0 {
      image.conformances.append(.init(type: target, trait: contractOf(node.b)))
    }
  }

  private mutating func compileMethods(_ methods: ListID, of target: Contract) {
    let owner = name(of: target)
    for item in tree.items(methods) {
      let node = tree[item]
      let name = tree.name(node.a)
      let parameters = Array(tree.items(node.b))
      let takesSelf = parameters.first.map { parameterName($0) == "self" } ?? false
      let parts = Array(tree.items(node.c))
      if node.flags.contains(.isNative) {
        declareNative("\(owner).\(name)", node)
        image.methods.append(
          Method(
            target: target,
            name: name,
            prototype: -1,
            native: "\(owner).\(name)",
            takesSelf: takesSelf
          )
        )
        continue
      }
      guard parts.count > 2, parts[2] >= 0 else { continue }
      let function = Int(resolution.functionOfNode[Int(item)])
      compileFunction(item, name: "\(owner).\(name)")
      image.methods.append(
        Method(
          target: target,
          name: name,
          prototype: function,
          native: "",
          takesSelf: takesSelf
        )
      )
    }
  }

  func parameterName(_ parameter: NodeID) -> String {
    tree[parameter].a >= 0 ? tree.name(tree[parameter].a) : "_"
  }

  mutating func declareNative(_ name: String, _ node: Node) {
    let parameters = tree.items(node.b)
    let hasRest = parameters.last.map { tree[$0].flags.contains(.isRest) } ?? false
    let required = parameters.filter { tree[$0].c < 0 && !tree[$0].flags.contains(.isRest) }.count
    image.natives.append(
      NativeDeclaration(
        name: name,
        parameterNames: parameters.map { parameterName($0) },
        requiredCount: required,
        hasRest: hasRest
      )
    )
  }

  private func name(of contract: Contract) -> String {
    switch contract {
    case .named(_, let name): name
    case .list: "list"
    case .map: "map"
    case .int: "int"
    case .function: "func"
    default: "\(contract)"
    }
  }

  // MARK: What is known of types while compiling

  /// A case or struct that an expression such as `Shape.Circle` or `mod.Point` names.
  struct KnownShape {
    var shape: TypeDeclaration.Shape
    var type: String
    /// Number for constants: -1 this module, -3 the prelude, else an import.
    var module: Int
    var kind: TypeDeclaration.Kind
    /// The contracts of the module that declares it.
    var contracts: [Contract]
  }

  /// The declaration of a type that an expression names.
  mutating func knownType(_ node: NodeID) -> (TypeDeclaration, module: Int, contracts: [Contract])?
  {
    switch tree[node].kind {
    case .name, .typeName:
      let id = resolution.symbolOfNode[Int(node)]
      guard id >= 0 else {
        if tree[node].kind == .typeName, tree.name(tree[node].a) == "Fault" { return faultType() }
        return nil
      }
      if tree[node].kind == .typeName, tree[node].c >= 0,
        case .module(let module) = resolution.symbols[Int(id)].kind
      {
        return importedType(tree.name(tree[node].a), resolution.modules[module].name)
      }
      return knownType(symbol: id)
    case .member:
      let object = tree[node].a
      guard tree[object].kind == .name else { return nil }
      let id = resolution.symbolOfNode[Int(object)]
      guard id >= 0, case .module(let module) = resolution.symbols[Int(id)].kind else { return nil }
      return importedType(tree.name(tree[node].b), resolution.modules[module].name)
    case .parentheses: return knownType(tree[node].a)
    default: return nil
    }
  }

  private mutating func knownType(
    symbol id: SymbolID
  ) -> (TypeDeclaration, module: Int, contracts: [Contract])? {
    let symbol = resolution.symbols[Int(id)]
    let name = tree.name(symbol.name)
    switch symbol.kind {
    case .structure, .enumeration, .error, .trait:
      return image.types.first { $0.name == name }.map { ($0, -1, image.contracts) }
    case .imported(let module): return importedType(name, resolution.modules[module].name)
    case .prelude where name == "Fault": return faultType()
    default: return nil
    }
  }

  func faultType() -> (TypeDeclaration, module: Int, contracts: [Contract]) {
    let shapes = FaultKind.allCases.map { kind in
      TypeDeclaration.Shape(
        name: kind.caseName,
        fields: ["message", "hint"],
        contracts: [-1, -1],
        constructor: -1
      )
    }
    return (TypeDeclaration(kind: .error, name: "Fault", shapes: shapes), -3, [])
  }

  mutating func importedType(
    _ name: String,
    _ module: String
  ) -> (TypeDeclaration, module: Int, contracts: [Contract])? {
    guard let image = images[module] else { return nil }
    let isPublic = image.exports.contains { export in
      if case .type = export.target { return export.name == name }
      return false
    }
    guard isPublic, let type = image.types.first(where: { $0.name == name }) else { return nil }
    let contracts = image.contracts.map { Compiler.qualified($0, in: module) }
    return (type, importNumber(module), contracts)
  }

  /// A contract of another module, with that module's own types named as its.
  static func qualified(_ contract: Contract, in module: String) -> Contract {
    switch contract {
    case .named("", let name): .named(module: module, name: name)
    case .list(let element): .list(qualified(element, in: module))
    case .map(let key, let value):
      .map(qualified(key, in: module), qualified(value, in: module))
    case .optional(let wrapped): .optional(qualified(wrapped, in: module))
    case .union(let members): .union(members.map { qualified($0, in: module) })
    default: contract
    }
  }

  /// `Type.Case`, when the type is known.
  mutating func knownCase(_ type: NodeID, _ name: NameID) -> KnownShape? {
    guard let (declaration, module, contracts) = knownType(type),
      declaration.kind == .enumeration || declaration.kind == .error,
      let shape = declaration.shapes.first(where: { $0.name == tree.name(name) })
    else { return nil }
    return KnownShape(
      shape: shape,
      type: declaration.name,
      module: module,
      kind: declaration.kind,
      contracts: contracts
    )
  }

  mutating func knownStruct(_ type: NodeID) -> KnownShape? {
    guard let (declaration, module, contracts) = knownType(type), declaration.kind == .structure,
      let shape = declaration.shapes.first
    else { return nil }
    return KnownShape(
      shape: shape,
      type: declaration.name,
      module: module,
      kind: .structure,
      contracts: contracts
    )
  }

  func shapeConstant(_ known: KnownShape) -> Constant {
    .shape(module: known.module, type: known.type, case: known.shape.name)
  }
}

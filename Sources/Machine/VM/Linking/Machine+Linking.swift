public import JanusBytecode
import Glibc

/// An image that cannot be linked.
public struct LinkError: Error {
  public var message: String
}

extension Machine {
  /// Makes a module ready to run: types, functions, code. Its imports must be linked already.
  public func link(_ image: ModuleImage) throws(LinkError) {
    var linker = Linker(machine: self, image: image)
    try linker.link()
  }

  /// The names a linked module exports.
  public func isLinked(_ module: String) -> Bool { modules[module] != nil }

  func addType(_ type: RuntimeType) -> Int {
    types.append(type)
    typeNumbers[type.name] = types.count - 1
    return types.count - 1
  }

  /// The core types, whose methods come from the standard library on first use.
  func setUpCoreTypes() {
    coreTypes = Array(repeating: 0, count: Tag.count)
    let names: [(String, [UInt8])] = [
      ("int", [Tag.int]), ("float", [Tag.float]), ("bool", [Tag.false, Tag.true]),
      ("null", [Tag.null]), ("duration", [Tag.duration]), ("string", [Tag.string]),
      ("bytes", [Tag.bytes]), ("list", [Tag.list]), ("map", [Tag.map]), ("range", [Tag.range]),
      ("func", [Tag.closure, Tag.native]), ("task", [Tag.task]), ("channel", [Tag.channel]),
      ("type", [Tag.type]),
    ]
    for (name, tags) in names {
      var type = RuntimeType(name: TypeName(module: "", name: name), kind: nil)
      type.isLoaded = false
      let number = addType(type)
      for tag in tags { coreTypes[Int(tag)] = number }
    }
  }

  func textNumber(_ text: String) -> Int {
    if let known = textNumbers[text] { return known }
    texts.append(text)
    textNumbers[text] = texts.count - 1
    return texts.count - 1
  }
}

/// Links one module.
struct Linker {
  let machine: Machine
  let image: ModuleImage
  var module: LoadedModule
  var closures: [Int: Value] = [:]
  var contractNumbers: [Int] = []

  init(machine: Machine, image: ModuleImage) {
    self.machine = machine
    self.image = image
    let count = max(1, image.globalCount)
    let globals = Address.allocate(byteCount: count * Value.stride, alignment: 16)
    for index in 0..<count { globals.value(index * Value.stride).pointee = .undefined }
    machine.globals.append((globals, count))
    self.module = LoadedModule(
      image: image, globals: globals, firstPrototype: machine.prototypes.count, exports: [:])
  }

  mutating func link() throws(LinkError) {
    for name in image.imports where machine.modules[name] == nil {
      throw LinkError(message: "the module \(name), which \(image.name) uses, is not there")
    }
    declareNatives()
    declareTypes()
    for prototype in image.prototypes { addRecord(prototype) }
    for function in image.functions { makeClosure(function) }
    try resolveContracts()
    for export in image.exports { module.exports[export.name] = export.target }
    machine.modules[image.name] = module
    machine.moduleOrder.append(image.name)
    completeShapes()
    try addMethods()
    try addDefaults()
    for index in image.prototypes.indices { try relocate(index) }
  }

  private func declareNatives() {
    for declaration in image.natives {
      machine.natives.append(
        LoadedNative(
          name: declaration.name, parameterNames: declaration.parameterNames,
          hasRest: declaration.hasRest))
    }
  }

  private func declareTypes() {
    for declaration in image.types {
      let number = machine.addType(
        RuntimeType(
          name: TypeName(module: image.name, name: declaration.name), kind: declaration.kind))
      for shape in declaration.shapes {
        let tag: UInt8 =
          switch declaration.kind {
          case .structure, .trait: Tag.structure
          case .enumeration: Tag.enumeration
          case .error: Tag.error
          }
        machine.types[number].shapes.append(machine.shapes.count)
        machine.shapes.append(
          Shape(
            type: number, name: shape.name, tag: tag,
            fieldNames: shape.fields.map(machine.pinnedName), fieldTexts: shape.fields,
            contracts: [], constructor: .undefined, singleton: .null))
      }
    }
  }

  private func addRecord(_ prototype: Prototype) {
    let record = Address.allocate(byteCount: PrototypeRecord.size, alignment: 16)
    machine.arena.append(record)
    let code = Address.allocate(byteCount: prototype.code.count * 8 + 8, alignment: 16)
    machine.arena.append(code)
    for (index, word) in prototype.code.enumerated() { code.put(index * 8, word) }
    let parameters = prototype.parameterNames.count
    record.put(PrototypeRecord.entry, code)
    record.put(
      PrototypeRecord.exactCount,
      prototype.hasRest ? PrototypeRecord.noExactCount : UInt32(parameters))
    record.put(PrototypeRecord.parameterCount, UInt32(parameters))
    record.put(PrototypeRecord.frameSize, prototype.registerCount * Value.stride)
    record.put(PrototypeRecord.index, machine.prototypes.count)
    record.put(PrototypeRecord.defaultsEntry, code + prototype.defaultsEntry * 8)
    record.put(PrototypeRecord.requiredCount, UInt32(prototype.requiredCount))
    record.put(PrototypeRecord.flags, prototype.hasRest ? PrototypeRecord.hasRest : 0)
    record.put(PrototypeRecord.captureCount, UInt32(prototype.captures.count))
    record.put(PrototypeRecord.codeWords, prototype.code.count)
    record.put(PrototypeRecord.closure, nil as Address?)
    addHandlers(prototype, record)
    machine.prototypes.append(
      LoadedPrototype(
        record: record, name: prototype.name, module: image.name,
        parameterNames: prototype.parameterNames, captures: prototype.captures,
        places: prototype.places, registerCount: prototype.registerCount))
  }

  private func addHandlers(_ prototype: Prototype, _ record: Address) {
    let handlers = Address.allocate(byteCount: prototype.handlers.count * 20 + 4, alignment: 8)
    machine.arena.append(handlers)
    for (index, handler) in prototype.handlers.enumerated() {
      let row = handlers + index * 20
      row.put(0, UInt32(handler.start))
      row.put(4, UInt32(handler.end))
      row.put(8, UInt32(handler.target))
      row.put(12, UInt32(handler.register * Value.stride))
      row.put(16, UInt32(handler.isCleanup ? 1 : 0))
    }
    record.put(PrototypeRecord.handlers, handlers)
    record.put(PrototypeRecord.handlerCount, UInt32(prototype.handlers.count))
  }

  private func record(_ prototype: Int) -> Address {
    machine.prototypes[module.firstPrototype + prototype].record
  }

  private mutating func makeClosure(_ function: Int) {
    let closure = machine.heap.allocate(ClosureLayout.captures, Tag.closure, 0)
    closure.put(ClosureLayout.prototype, record(function))
    record(function).put(PrototypeRecord.closure, closure)
    let value = Value.object(closure, Tag.closure)
    machine.pinned.append(value)
    closures[function] = value
  }

  private func completeShapes() {
    for declaration in image.types {
      let name = TypeName(module: image.name, name: declaration.name)
      guard let type = machine.typeNumbers[name] else { continue }
      for (index, shape) in declaration.shapes.enumerated() {
        let number = machine.types[type].shapes[index]
        machine.shapes[number].contracts = shape.contracts.map { $0 < 0 ? -1 : contractNumbers[$0] }
        if let closure = closures[shape.constructor] {
          machine.shapes[number].constructor = closure
        }
        if declaration.kind == .enumeration || declaration.kind == .error, shape.fields.isEmpty {
          machine.shapes[number].singleton = makeSingleton(number)
        }
      }
    }
  }

  private func makeSingleton(_ shape: Int) -> Value {
    let tag = machine.shapes[shape].tag
    let object = machine.heap.allocate(FieldsLayout.first, tag, UInt32(shape))
    object.put(FieldsLayout.trace, nil as Address?)
    return .object(object, tag)
  }

  // MARK: Methods

  private func addMethods() throws(LinkError) {
    for method in image.methods {
      guard let value = methodValue(method) else {
        throw LinkError(message: "the native \(method.native) is not there")
      }
      let name = UInt(bitPattern: machine.pinnedName(method.name))
      for type in try targets(of: method.target) {
        if method.takesSelf {
          machine.types[type].methods[name] = value
        } else {
          machine.types[type].statics[name] = value
        }
      }
    }
  }

  /// Types with a trait get its defaults for what they do not define.
  private func addDefaults() throws(LinkError) {
    for conformance in image.conformances {
      let type = try typeNumber(conformance.type)
      let trait = try typeNumber(conformance.trait)
      machine.types[type].traits.insert(trait)
      for (name, method) in machine.types[trait].methods
      where machine.types[type].methods[name] == nil {
        machine.types[type].methods[name] = method
      }
    }
  }

  private func methodValue(_ method: Method) -> Value? {
    if method.prototype >= 0 { return closures[method.prototype] }
    return makeNative(method.native)
  }

  /// A native as a value; nil when no table has it.
  func makeNative(_ name: String) -> Value? {
    guard let record = nativeRecord(name) else { return nil }
    let native = machine.heap.allocate(NativeLayout.size, Tag.native, 0)
    native.put(NativeLayout.record, record)
    let value = Value.object(native, Tag.native)
    machine.pinned.append(value)
    return value
  }

  private func nativeRecord(_ name: String) -> Address? {
    guard let function = machine.nativeFunctions[name],
      let index = machine.natives.lastIndex(where: { $0.name == name }),
      let declaration = declaration(name)
    else { return nil }
    let record = Address.allocate(byteCount: NativeRecord.size, alignment: 8)
    machine.arena.append(record)
    record.put(NativeRecord.function, unsafeBitCast(function, to: Int.self))
    record.put(NativeRecord.required, UInt32(declaration.requiredCount))
    record.put(
      NativeRecord.maximum,
      declaration.hasRest ? UInt32(255) : UInt32(declaration.parameterNames.count))
    record.put(NativeRecord.index, index)
    return record
  }

  private func declaration(_ name: String) -> NativeDeclaration? {
    if let own = image.natives.first(where: { $0.name == name }) { return own }
    for module in machine.modules.values {
      if let other = module.image.natives.first(where: { $0.name == name }) { return other }
    }
    return nil
  }

  private func targets(of contract: Contract) throws(LinkError) -> [Int] {
    if case .any = contract { return Array(machine.types.indices) }
    return [try typeNumber(contract)]
  }

  private func typeNumber(_ contract: Contract) throws(LinkError) -> Int {
    let name: TypeName
    switch contract {
    case .named(let module, let type):
      name = TypeName(module: module.isEmpty ? image.name : module, name: type)
    case .int: name = TypeName(module: "", name: "int")
    case .function: name = TypeName(module: "", name: "func")
    case .list: name = TypeName(module: "", name: "list")
    case .map: name = TypeName(module: "", name: "map")
    default: name = TypeName(module: "", name: "\(contract)")
    }
    guard let number = machine.typeNumbers[name] else {
      throw LinkError(message: "the type \(name.name) is not there")
    }
    return number
  }

  // MARK: Contracts

  private mutating func resolveContracts() throws(LinkError) {
    for contract in image.contracts {
      machine.contracts.append(try resolve(contract))
      contractNumbers.append(machine.contracts.count - 1)
    }
  }

  private func resolve(_ contract: Contract) throws(LinkError) -> RuntimeContract {
    switch contract {
    case .any: return .any
    case .null: return .null
    case .bool: return .bool
    case .float: return .float
    case .string: return .string
    case .bytes: return .bytes
    case .duration: return .duration
    case .range: return .range
    case .function: return .function
    case .task: return .task
    case .channel: return .channel
    case .error: return .error
    case .type: return .type
    case .int(let low, let high): return .int(low: Int(low), high: Int(high))
    case .list(let element): return .list(try resolve(element))
    case .map(let key, let value): return .map(try resolve(key), try resolve(value))
    case .optional(let wrapped): return .optional(try resolve(wrapped))
    case .union(let members):
      var resolved: [RuntimeContract] = []
      for member in members { resolved.append(try resolve(member)) }
      return .union(resolved)
    case .named: return .named(try typeNumber(contract))
    }
  }

  // MARK: Code

  /// Replaces what extra words of an image hold by addresses and numbers of this machine.
  private mutating func relocate(_ index: Int) throws(LinkError) {
    let code = record(index).address(PrototypeRecord.entry)
    let count = image.prototypes[index].code.count
    var position = 0
    while position < count {
      guard let opcode = Instruction(word: code.u64(position * 8)).opcode else {
        throw LinkError(message: "unknown opcode")
      }
      position += 1
      for extra in Opcode.layouts[Int(opcode.rawValue)].extras {
        let slot = code + position * 8
        switch extra {
        case .constant:
          slot.value(0).pointee = try value(of: image.constants[slot.int(0)])
          position += 1
        case .name: slot.put(0, try name(slot.int(0)))
        case .text: slot.put(0, machine.textNumber(try text(slot.int(0))))
        case .variable: slot.put(0, try variable(slot.int(0)))
        case .function: slot.put(0, try function(slot.int(0)))
        case .native: slot.put(0, try native(slot.int(0)))
        case .prototype: slot.put(0, record(slot.int(0)))
        case .contract: slot.put(0, contractNumbers[slot.int(0)])
        case .shape: slot.put(0, try shape(slot.int(0)))
        case .cache, .raw, .callWord: break
        }
        position += 1
      }
    }
  }

  private func text(_ index: Int) throws(LinkError) -> String {
    guard case .text(let bytes) = image.constants[index] else {
      throw LinkError(message: "a text constant is missing")
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  private func name(_ index: Int) throws(LinkError) -> Address {
    machine.pinnedName(try text(index))
  }

  private func value(of constant: Constant) throws(LinkError) -> Value {
    switch constant {
    case .null: return .null
    case .bool(let value): return .bool(value)
    case .int(let value): return .int(Int(value))
    case .float(let bits): return Value(bits: bits, tag: Tag.float)
    case .duration(let value): return .duration(nanoseconds: Int(value))
    case .text(let bytes): return pin(machine.string(bytes))
    case .bytes(let bytes): return pin(machine.string(bytes, kind: Tag.bytes))
    case .function, .importedFunction:
      return .object(try function(constant), Tag.closure)
    case .native(let name):
      guard let value = makeNative(name) else {
        throw LinkError(message: "the native \(name) is not there")
      }
      return value
    case .shape: return machine.shapes[try shape(constant)].singleton
    case .type(let module, let name):
      let type = machine.heap.allocate(TypeLayout.size, Tag.type, UInt32(try type(module, name)))
      return pin(.object(type, Tag.type))
    case .global, .imported: throw LinkError(message: "a variable is no constant")
    }
  }

  private func pin(_ value: Value) -> Value {
    machine.pinned.append(value)
    return value
  }

  private func type(_ module: Int, _ name: String) throws(LinkError) -> Int {
    let moduleName =
      module == -2 ? "" : module == -3 ? "prelude" : module < 0 ? image.name : image.imports[module]
    guard let number = machine.typeNumbers[TypeName(module: moduleName, name: name)] else {
      throw LinkError(message: "the type \(name) is not there")
    }
    return number
  }

  private func shape(_ index: Int) throws(LinkError) -> Int {
    try shape(image.constants[index])
  }

  private func shape(_ constant: Constant) throws(LinkError) -> Int {
    guard case .shape(let module, let typeName, let caseName) = constant else {
      throw LinkError(message: "a shape is missing")
    }
    let type = try type(module, typeName)
    guard
      let number = machine.types[type].shapes.first(where: {
        machine.shapes[$0].name == caseName
      })
    else {
      throw LinkError(message: "the case \(typeName).\(caseName) is not there")
    }
    return number
  }

  private func target(_ module: Int, _ name: Int) throws(LinkError)
    -> (LoadedModule, ModuleImage.Export.Target)
  {
    let text = try text(name)
    guard let other = machine.modules[image.imports[module]], let target = other.exports[text]
    else { throw LinkError(message: "\(image.imports[module]) has no \(text)") }
    return (other, target)
  }

  private func variable(_ index: Int) throws(LinkError) -> Address {
    switch image.constants[index] {
    case .global(let slot): return module.globals + slot * Value.stride
    case .imported(let from, let name):
      if case (let other, .global(let slot)) = try target(from, name) {
        return other.globals + slot * Value.stride
      }
    default: break
    }
    throw LinkError(message: "a variable is missing")
  }

  private func function(_ index: Int) throws(LinkError) -> Address {
    try function(image.constants[index])
  }

  private func function(_ constant: Constant) throws(LinkError) -> Address {
    switch constant {
    case .function(let prototype):
      if let closure = record(prototype).optionalAddress(PrototypeRecord.closure) { return closure }
    case .importedFunction(let from, let name):
      if case (let other, .function(let prototype)) = try target(from, name),
        let closure = machine.prototypes[other.firstPrototype + prototype].record
          .optionalAddress(PrototypeRecord.closure)
      {
        return closure
      }
    default: break
    }
    throw LinkError(message: "a function is missing")
  }

  private func native(_ index: Int) throws(LinkError) -> Address {
    guard case .native(let name) = image.constants[index], let record = nativeRecord(name) else {
      throw LinkError(message: "a native is missing")
    }
    return record
  }
}

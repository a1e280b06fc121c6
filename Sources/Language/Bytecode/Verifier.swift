/// Checks that the machine can run modules without looking where its handlers do not look:
/// registers stay in their frames, jumps land on instructions, indices are in their tables.
///
/// Kinds of values are not its business: handlers look at tags before they follow an address.
public struct Verifier {
  private let module: ModuleImage
  /// Names that every module before this one exports, by module.
  private let known: [String: ModuleImage]

  public static func verify(_ modules: [ModuleImage]) throws(ImageError) {
    var known: [String: ModuleImage] = [:]
    for module in modules {
      guard known[module.name] == nil else {
        throw ImageError(message: "the module \(module.name) is there twice")
      }
      try Verifier(module: module, known: known).verify()
      known[module.name] = module
    }
  }

  private func fail(_ what: String) -> ImageError {
    ImageError(message: "in \(module.name): \(what)")
  }

  private func verify() throws(ImageError) {
    for name in module.imports where known[name] == nil {
      throw fail("it uses \(name), which does not come before it")
    }
    guard module.globalCount >= 0, module.globalCount <= 1 << 20 else {
      throw fail("the number of variables is impossible")
    }
    guard module.prototypes.indices.contains(module.entry) else { throw fail("it has no entry") }
    guard module.main == -1 || isFunction(module.main) else { throw fail("its main is missing") }
    for function in module.functions {
      guard module.prototypes.indices.contains(function),
        module.prototypes[function].captures.isEmpty,
        !module.prototypes[function].code.isEmpty
      else { throw fail("a function is missing") }
    }
    for test in module.tests where !isFunction(test.prototype) { throw fail("a test is missing") }
    guard !module.prototypes[module.entry].code.isEmpty,
      module.prototypes[module.entry].captures.isEmpty,
      module.prototypes[module.entry].parameterNames.isEmpty
    else { throw fail("the entry is no plain function") }
    for constant in module.constants { try verify(constant) }
    for type in module.types { try verify(type) }
    for method in module.methods {
      guard method.prototype == -1 || isFunction(method.prototype) else {
        throw fail("a method is missing")
      }
    }
    try verifyNatives()
    try verifyExports()
    // Natives have a prototype without code, which nothing may refer to.
    for prototype in module.prototypes {
      try verifySignature(prototype)
      if !prototype.code.isEmpty { try verify(prototype) }
    }
  }

  private func isFunction(_ index: Int) -> Bool { module.functions.contains(index) }

  private func verifyNatives() throws(ImageError) {
    for native in module.natives {
      guard native.requiredCount >= 0, native.requiredCount <= native.parameterNames.count,
        native.parameterNames.count < 200
      else { throw fail("a native's signature is impossible") }
    }
  }

  private func verifyExports() throws(ImageError) {
    for export in module.exports {
      let isThere: Bool =
        switch export.target {
        case .global(let slot): slot >= 0 && slot < module.globalCount
        case .function(let prototype): isFunction(prototype)
        case .native: true
        case .type(let index): module.types.indices.contains(index)
        }
      guard isThere else { throw fail("the export \(export.name) is missing") }
    }
  }

  private func verify(_ constant: Constant) throws(ImageError) {
    let isValid: Bool
    switch constant {
    case .global(let slot): isValid = slot >= 0 && slot < module.globalCount
    case .imported(let from, let name), .importedFunction(let from, let name):
      isValid = module.imports.indices.contains(from) && isText(name)
    case .function(let prototype): isValid = isFunction(prototype)
    case .shape(let from, _, _): isValid = isModuleNumber(from)
    case .type(let from, _): isValid = isModuleNumber(from)
    default: isValid = true
    }
    if !isValid { throw fail("a constant refers to nothing") }
  }

  private func isModuleNumber(_ number: Int) -> Bool {
    number >= -3 && number < module.imports.count
  }

  private func isText(_ index: Int) -> Bool {
    guard module.constants.indices.contains(index), case .text = module.constants[index] else {
      return false
    }
    return true
  }

  private func verify(_ type: TypeDeclaration) throws(ImageError) {
    for shape in type.shapes {
      let contractsFit = shape.contracts.allSatisfy {
        $0 == -1 || module.contracts.indices.contains($0)
      }
      guard shape.fields.count < 250, shape.contracts.count == shape.fields.count, contractsFit,
        shape.constructor == -1 || isFunction(shape.constructor)
      else { throw fail("the type \(type.name) is damaged") }
    }
    if type.kind == .structure, type.shapes.count != 1 { throw fail("a struct is damaged") }
  }

  // MARK: Code

  private func verifySignature(_ prototype: Prototype) throws(ImageError) {
    let isEmpty = prototype.code.isEmpty
    guard prototype.registerCount >= (isEmpty ? 0 : 1), prototype.registerCount <= 4000,
      prototype.parameterNames.count <= (isEmpty ? 250 : min(250, prototype.registerCount)),
      !isEmpty || prototype.defaultsEntry == 0,
      !isEmpty || prototype.handlers.isEmpty && prototype.captures.isEmpty,
      prototype.requiredCount >= 0, prototype.requiredCount <= prototype.parameterNames.count,
      !prototype.hasRest || prototype.requiredCount < prototype.parameterNames.count
    else { throw fail("the function \(prototype.name) has an impossible signature") }
  }

  private func verify(_ prototype: Prototype) throws(ImageError) {
    let starts = try instructionStarts(prototype)
    let isStart: (Int) -> Bool = { $0 >= 0 && $0 < starts.count && starts[$0] }
    guard isStart(prototype.defaultsEntry) else {
      throw fail("\(prototype.name) has no entry for defaults")
    }
    for handler in prototype.handlers {
      // A handler behind its range cannot guard itself, which would never end.
      guard handler.start >= 0, handler.start <= handler.end, handler.end <= starts.count,
        isStart(handler.target), handler.target >= handler.end, handler.register >= 0,
        handler.register < prototype.registerCount
      else { throw fail("a handler of \(prototype.name) is damaged") }
    }
    for capture in prototype.captures {
      guard capture.index >= 0, capture.index < 4000 else { throw fail("a capture is damaged") }
    }
    var offset = 0
    while offset < prototype.code.count {
      let instruction = Instruction(word: prototype.code[offset])
      guard let opcode = instruction.opcode else { throw fail("an opcode is unknown") }
      let layout = Opcode.layouts[Int(opcode.rawValue)]
      try verifyFields(instruction, layout, prototype)
      try verifyExtras(prototype, at: offset, instruction, layout)
      let after = offset + 1 + layout.extraWords
      if let target = jumpTarget(instruction, layout, after), !isStart(target) {
        throw fail("a jump of \(prototype.name) leads nowhere")
      }
      if let target = jumpTarget(instruction, layout, after), target < after,
        !Opcode.backwardJumps.contains(opcode)
      {
        throw fail("a jump of \(prototype.name) leads backward without counting its turns")
      }
      offset = after
    }
  }

  /// Which words begin an instruction; the last must not fall off the end.
  private func instructionStarts(_ prototype: Prototype) throws(ImageError) -> [Bool] {
    var starts = Array(repeating: false, count: prototype.code.count)
    var offset = 0
    var last: Opcode?
    while offset < prototype.code.count {
      guard let opcode = Instruction(word: prototype.code[offset]).opcode, opcode != .halt else {
        throw fail("an opcode is unknown")
      }
      starts[offset] = true
      last = opcode
      offset += 1 + Opcode.layouts[Int(opcode.rawValue)].extraWords
    }
    guard offset == prototype.code.count else { throw fail("\(prototype.name) is cut off") }
    switch last {
    case .returnValue, .returnNull, .jump, .loop, .rethrow, .fail, .noMatch: return starts
    default: throw fail("\(prototype.name) does not end")
    }
  }

  private func jumpTarget(_ instruction: Instruction, _ layout: Layout, _ after: Int) -> Int? {
    if case .wideJump = layout.b { return after + instruction.wide }
    if case .jump = layout.c { return after + instruction.signedC }
    return nil
  }

  private func verifyFields(
    _ instruction: Instruction, _ layout: Layout, _ prototype: Prototype
  ) throws(ImageError) {
    let fields = [
      (layout.a, instruction.a), (layout.b, instruction.b), (layout.c, instruction.c),
    ]
    for (field, value) in fields {
      let isValid: Bool
      switch field {
      case .register: isValid = fits(value, 1, prototype)
      case .registers(let count): isValid = fits(value, count, prototype)
      case .run: isValid = fits(value, instruction.x, prototype)
      case .window: isValid = fits(value, instruction.x + 2, prototype)
      case .capture: isValid = value % 16 == 0 && value / 16 < prototype.captures.count
      case .unused, .immediate, .count, .jump, .wide, .wideJump: isValid = true
      }
      if !isValid { throw fail("an instruction of \(prototype.name) leaves its frame") }
    }
    try verifySpecial(instruction, prototype)
  }

  /// What the layout does not say.
  private func verifySpecial(
    _ instruction: Instruction, _ prototype: Prototype
  ) throws(ImageError) {
    let isValid: Bool
    switch instruction.opcode {
    case .loadSingleton: isValid = [2, 3, 4, 6].contains(instruction.b)
    case .select: isValid = instruction.x % 3 == 0
    case .invoke, .invokeNamed: isValid = instruction.x >= 1
    case .invokeSpread: isValid = instruction.x >= 2
    case .callSpread: isValid = instruction.x >= 1
    case .shiftLeftInt, .shiftRightInt, .shiftRightUnsignedInt: isValid = instruction.c < 64
    case .remainderInt, .divideInt: isValid = instruction.signedC > 0
    case .checkTag: isValid = instruction.b < 20
    default: isValid = true
    }
    if !isValid { throw fail("an instruction of \(prototype.name) is damaged") }
  }

  private func fits(_ offset: Int, _ count: Int, _ prototype: Prototype) -> Bool {
    offset % 16 == 0 && offset / 16 + count <= prototype.registerCount
  }

  private func verifyExtras(
    _ prototype: Prototype, at offset: Int, _ instruction: Instruction, _ layout: Layout
  ) throws(ImageError) {
    var position = offset + 1
    for extra in layout.extras {
      let word = prototype.code[position]
      let index = Int(truncatingIfNeeded: word)
      let constant = module.constants.indices.contains(index) ? module.constants[index] : nil
      let isValid: Bool
      switch extra {
      case .constant:
        isValid = isValue(constant) && prototype.code[position + 1] == 0
        position += 1
      case .name, .text: isValid = isText(index)
      case .variable: isValid = isVariable(constant)
      case .function: isValid = isFunctionConstant(constant)
      case .native:
        if case .native = constant { isValid = true } else { isValid = false }
      case .prototype: isValid = isClosurePrototype(index, of: prototype)
      case .contract: isValid = module.contracts.indices.contains(index)
      case .shape: isValid = shapeFits(constant, instruction)
      case .cache: isValid = word == 0
      case .raw: isValid = true
      case .callWord: isValid = word == instruction.word
      }
      if !isValid { throw fail("an instruction of \(prototype.name) refers to nothing") }
      position += 1
    }
  }

  private func isValue(_ constant: Constant?) -> Bool {
    switch constant {
    case .global, .imported, nil: false
    default: true
    }
  }

  private func isVariable(_ constant: Constant?) -> Bool {
    switch constant {
    case .global, .imported: true
    default: false
    }
  }

  private func isFunctionConstant(_ constant: Constant?) -> Bool {
    switch constant {
    case .function, .importedFunction: true
    default: false
    }
  }

  /// The captures of a closure lie in the frame, or among the captures, of whoever makes it.
  private func isClosurePrototype(_ index: Int, of maker: Prototype) -> Bool {
    guard module.prototypes.indices.contains(index), !module.prototypes[index].code.isEmpty
    else { return false }
    return module.prototypes[index].captures.allSatisfy { capture in
      capture.index < (capture.isRegister ? maker.registerCount : maker.captures.count)
    }
  }

  /// A made value has as many fields as its shape.
  private func shapeFits(_ constant: Constant?, _ instruction: Instruction) -> Bool {
    guard case .shape(let from, let type, let caseName) = constant else { return false }
    guard instruction.opcode == .newStruct || instruction.opcode == .newCase else { return true }
    if from == -3 { return instruction.opcode == .newCase && instruction.x == 2 }
    let types = from < 0 ? module.types : known[module.imports[from]]?.types ?? []
    guard let declaration = types.first(where: { $0.name == type }),
      let shape = declaration.shapes.first(where: { $0.name == caseName })
    else { return false }
    let isStruct = declaration.kind == .structure
    return shape.fields.count == instruction.x && isStruct == (instruction.opcode == .newStruct)
  }
}

import JanusBytecode

/// Changes one to three things in a program's code, so that most of it still passes the verifier.
struct CodeMutation {
  private let modules: [ModuleImage]
  private var random: SeededRandom

  init(_ modules: [ModuleImage], seed: UInt64) {
    self.modules = modules
    random = SeededRandom(seed: seed)
  }

  /// The image of a changed program.
  mutating func image() -> [UInt8] {
    var modules = modules
    for _ in 0..<random.below(3) + 1 {
      // The library takes part, but the program's own module counts.
      let last = modules.count - 1
      let index = random.below(4) == 0 ? random.below(modules.count) : last
      change(&modules[index])
    }
    return ImageWriter.write(modules)
  }

  private mutating func change(_ module: inout ModuleImage) {
    let filled = module.prototypes.indices.filter { !module.prototypes[$0].code.isEmpty }
    guard !filled.isEmpty else { return }
    let index = filled[random.below(filled.count)]
    switch random.below(12) {
    case 0: changeSignature(&module.prototypes[index])
    case 1: changeHandlers(&module.prototypes[index])
    case 2:
      guard !module.constants.isEmpty else { return }
      module.constants[random.below(module.constants.count)] =
        module.constants[random.below(module.constants.count)]
    case 3:
      guard !module.functions.isEmpty else { return }
      module.functions[random.below(module.functions.count)] = random.below(
        module.prototypes.count
      )
    default: changeCode(&module.prototypes[index])
    }
  }

  private mutating func changeSignature(_ prototype: inout Prototype) {
    switch random.below(5) {
    case 0: prototype.registerCount += random.below(3) - 1
    case 1: prototype.requiredCount += random.below(3) - 1
    case 2: prototype.hasRest.toggle()
    case 3: prototype.defaultsEntry = random.below(prototype.code.count + 1) - 1
    default:
      guard !prototype.captures.isEmpty else { return }
      let index = random.below(prototype.captures.count)
      prototype.captures[index].index = random.below(8)
      if random.below(2) == 0 { prototype.captures[index].isRegister.toggle() }
    }
  }

  private mutating func changeHandlers(_ prototype: inout Prototype) {
    let starts = starts(of: prototype)
    func place(_ random: inout SeededRandom) -> Int { starts[random.below(starts.count)] }
    guard !prototype.handlers.isEmpty, random.below(4) != 0 else {
      prototype.handlers.append(
        Prototype.Handler(
          start: place(&random),
          end: place(&random),
          target: place(&random),
          register: random.below(max(1, prototype.registerCount)),
          isCleanup: random.below(2) == 0
        )
      )
      return
    }
    let index = random.below(prototype.handlers.count)
    switch random.below(5) {
    case 0: prototype.handlers[index].start = place(&random)
    case 1: prototype.handlers[index].end = place(&random)
    case 2: prototype.handlers[index].target = place(&random)
    case 3: prototype.handlers[index].register = random.below(max(1, prototype.registerCount))
    default: prototype.handlers[index].isCleanup.toggle()
    }
  }

  private mutating func changeCode(_ prototype: inout Prototype) {
    let starts = starts(of: prototype)
    let start = starts[random.below(starts.count)]
    let instruction = Instruction(word: prototype.code[start])
    guard let opcode = instruction.opcode else { return }
    let layout = opcode.layout
    switch random.below(6) {
    case 0:
      prototype.code[start] = word(instruction, opcode: likeness(of: opcode))
    case 1:
      let other = starts[random.below(starts.count)]
      let length = layout.extraWords + 1
      guard let copied = Instruction(word: prototype.code[other]).opcode,
        copied.layout.extraWords + 1 == length
      else { return }
      for offset in 0..<length { prototype.code[start + offset] = prototype.code[other + offset] }
    case 2 where layout.extraWords > 0:
      let offset = start + 1 + random.below(layout.extraWords)
      prototype.code[offset] = prototype.code[offset] &+ UInt64(random.below(3)) &- 1
    case 3: prototype.code[start] = word(instruction, x: random.below(6))
    default: prototype.code[start] = changedField(instruction, layout, prototype.registerCount)
    }
  }

  private mutating func changedField(
    _ instruction: Instruction,
    _ layout: Layout,
    _ registerCount: Int
  ) -> UInt64 {
    switch random.below(3) {
    case 0: word(instruction, a: value(layout.a, instruction.a, registerCount))
    case 1: word(instruction, b: value(layout.b, instruction.b, registerCount))
    default: word(instruction, c: value(layout.c, instruction.c, registerCount))
    }
  }

  private mutating func value(_ field: Field, _ old: Int, _ registerCount: Int) -> Int {
    switch field {
    case .register, .registers, .run, .window, .capture: random.below(registerCount + 1) * 16
    case .unused, .immediate, .count, .jump, .wide, .wideJump: old &+ random.below(9) &- 4
    }
  }

  /// Another opcode with the same extra words.
  private mutating func likeness(of opcode: Opcode) -> Opcode {
    let others = Opcode.allCases.filter { "\($0.layout.extras)" == "\(opcode.layout.extras)" }
    return others[random.below(others.count)]
  }

  private func word(
    _ old: Instruction,
    opcode: Opcode? = nil,
    x: Int? = nil,
    a: Int? = nil,
    b: Int? = nil,
    c: Int? = nil
  ) -> UInt64 {
    guard let opcode = opcode ?? old.opcode else { return old.word }
    return Instruction(opcode, x: x ?? old.x, a: a ?? old.a, b: b ?? old.b, c: c ?? old.c).word
  }

  /// Where the instructions of a function begin.
  private func starts(of prototype: Prototype) -> [Int] {
    var starts: [Int] = []
    var offset = 0
    while offset < prototype.code.count {
      starts.append(offset)
      let opcode = Instruction(word: prototype.code[offset]).opcode
      offset += 1 + (opcode?.layout.extraWords ?? 0)
    }
    return starts
  }
}

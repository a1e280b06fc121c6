import JanusBytecode

/// Changes a module so that most of it still passes the verifier.
struct ImageMutation {
  private var random: FuzzRandom

  init(seed: UInt64) { random = FuzzRandom(seed: seed) }

  /// One to four changes.
  mutating func change(_ module: inout ModuleImage) {
    for _ in 0..<random.below(4) + 1 { changeOnce(&module) }
  }

  /// Code of one module, put in the place of code of another.
  mutating func graft(_ other: ModuleImage, onto module: inout ModuleImage) {
    guard !module.prototypes.isEmpty, !other.prototypes.isEmpty else { return }
    let index = random.below(module.prototypes.count)
    let donor = random.pick(other.prototypes)
    let (from, to) = (pieces(of: donor), pieces(of: module.prototypes[index]))
    guard !from.isEmpty, !to.isEmpty else { return }
    let first = random.below(from.count)
    let count = min(from.count - first, 1 + random.below(8))
    let code = from[first..<first + count].flatMap { donor.code[$0] }
    let place = random.pick(to).lowerBound
    module.prototypes[index].code.insert(contentsOf: code, at: place)
    module.prototypes[index].registerCount = max(
      module.prototypes[index].registerCount,
      donor.registerCount
    )
    for constant in other.constants where random.below(2) == 0 { module.constants.append(constant) }
  }

  private mutating func changeOnce(_ module: inout ModuleImage) {
    let filled = module.prototypes.indices.filter { !module.prototypes[$0].code.isEmpty }
    guard !filled.isEmpty else { return }
    let index = random.pick(filled)
    switch random.below(24) {
    case 0: changeSignature(&module.prototypes[index])
    case 1: changeHandlers(&module.prototypes[index])
    case 2: changeConstant(&module)
    case 3: changeTables(&module)
    case 4...7: insert(&module.prototypes[index])
    case 8, 9: remove(&module.prototypes[index])
    case 10, 11: copy(&module.prototypes[index])
    default: changeCode(&module.prototypes[index], module)
    }
  }

  // MARK: Signatures, handlers, tables

  private mutating func changeSignature(_ prototype: inout Prototype) {
    switch random.below(6) {
    case 0: prototype.registerCount += random.below(5) - 2
    case 1: prototype.requiredCount += random.below(3) - 1
    case 2: prototype.hasRest.toggle()
    case 3: prototype.defaultsEntry = random.pick(pieces(of: prototype)).lowerBound
    case 4:
      if random.below(2) == 0 || prototype.parameterNames.isEmpty {
        prototype.parameterNames.append("p\(random.below(3))")
      } else {
        prototype.parameterNames.removeLast()
      }
    default:
      guard !prototype.captures.isEmpty else { return }
      let index = random.below(prototype.captures.count)
      prototype.captures[index].index = random.below(8)
      if random.below(2) == 0 { prototype.captures[index].isRegister.toggle() }
    }
  }

  private mutating func changeHandlers(_ prototype: inout Prototype) {
    let starts = pieces(of: prototype).map(\.lowerBound)
    guard !prototype.handlers.isEmpty, random.below(3) != 0 else {
      let places = [random.pick(starts), random.pick(starts), random.pick(starts)].sorted()
      prototype.handlers.insert(
        Prototype.Handler(
          start: places[0],
          end: places[1],
          target: places[2],
          register: random.below(max(1, prototype.registerCount)),
          isCleanup: random.below(2) == 0
        ),
        at: random.below(prototype.handlers.count + 1)
      )
      return
    }
    let index = random.below(prototype.handlers.count)
    switch random.below(6) {
    case 0: prototype.handlers[index].start = random.pick(starts)
    case 1: prototype.handlers[index].end = random.pick(starts)
    case 2: prototype.handlers[index].target = random.pick(starts)
    case 3: prototype.handlers[index].register = random.below(max(1, prototype.registerCount))
    case 4: prototype.handlers.remove(at: index)
    default: prototype.handlers[index].isCleanup.toggle()
    }
  }

  private mutating func changeConstant(_ module: inout ModuleImage) {
    let numbers: [Int64] = [0, 1, -1, 2, 255, 65_536, 1 << 53, .max, .min, .max - 1]
    let new: Constant =
      switch random.below(10) {
      case 0: .int(random.pick(numbers))
      case 1: .float(random.pick([0, 0x8000_0000_0000_0000, 0x7FF0_0000_0000_0000, .max, 1]))
      case 2: .duration(random.pick(numbers))
      case 3: .text(Array(random.pick(["", "a", "é€𝄞", "len", "{}"]).utf8))
      case 4: .bytes([0, 255, 128])
      case 5: .global(random.below(max(1, module.globalCount)))
      case 6: .function(random.below(module.prototypes.count))
      case 7: random.pick([.null, .bool(true)])
      default: module.constants.isEmpty ? .null : random.pick(module.constants)
      }
    if module.constants.isEmpty || random.below(4) == 0 {
      module.constants.append(new)
    } else {
      module.constants[random.below(module.constants.count)] = new
    }
  }

  private mutating func changeTables(_ module: inout ModuleImage) {
    switch random.below(8) {
    case 0: module.functions.append(random.below(module.prototypes.count))
    case 1: module.entry = random.below(module.prototypes.count)
    case 2: module.main = random.below(module.prototypes.count)
    case 3: module.globalCount += random.below(3) - 1
    case 4:
      module.contracts.append(contract(0))
    case 5:
      guard !module.contracts.isEmpty else { return }
      module.contracts[random.below(module.contracts.count)] = contract(0)
    case 6:
      guard !module.methods.isEmpty else { return }
      let index = random.below(module.methods.count)
      switch random.below(3) {
      case 0: module.methods[index].target = contract(0)
      case 1: module.methods[index].takesSelf.toggle()
      default: module.methods[index].prototype = random.below(module.prototypes.count)
      }
    default:
      guard !module.types.isEmpty else { return }
      changeType(&module.types[random.below(module.types.count)])
    }
  }

  private mutating func changeType(_ type: inout TypeDeclaration) {
    guard !type.shapes.isEmpty else { return }
    let index = random.below(type.shapes.count)
    switch random.below(4) {
    case 0: type.shapes.append(type.shapes[index])
    case 1:
      type.shapes[index].fields.append("f")
      type.shapes[index].contracts.append(-1)
    case 2:
      guard !type.shapes[index].fields.isEmpty else { return }
      type.shapes[index].fields.removeLast()
      type.shapes[index].contracts.removeLast()
    default: type.shapes[index].constructor = -1
    }
  }

  private mutating func contract(_ depth: Int) -> Contract {
    switch random.below(depth > 3 ? 13 : 18) {
    case 0: .any
    case 1: .null
    case 2: .bool
    case 3: .float
    case 4: .string
    case 5: .bytes
    case 6: .duration
    case 7: .range
    case 8: .function
    case 9: .task
    case 10: .channel
    case 11: .error
    case 12: .int(low: random.pick([.min, 0, -5]), high: random.pick([.max, 0, 255]))
    case 13: .list(contract(depth + 1))
    case 14: .map(contract(depth + 1), contract(depth + 1))
    case 15: .optional(contract(depth + 1))
    case 16: .union([contract(depth + 1), contract(depth + 1)])
    default: .type
    }
  }

  // MARK: Code

  /// Where the instructions of a function lie, with their extra words.
  private func pieces(of prototype: Prototype) -> [Range<Int>] {
    var pieces: [Range<Int>] = []
    var offset = 0
    while offset < prototype.code.count {
      let extra = Instruction(word: prototype.code[offset]).opcode?.layout.extraWords ?? 0
      let end = min(offset + 1 + extra, prototype.code.count)
      pieces.append(offset..<end)
      offset = end
    }
    return pieces
  }

  /// A new instruction without extra words.
  private mutating func insert(_ prototype: inout Prototype) {
    let plain = Opcode.allCases.filter { $0.layout.extras.isEmpty && $0 != .halt }
    let opcode = random.pick(plain)
    let count = max(1, prototype.registerCount)
    let layout = opcode.layout
    let word = Instruction(
      opcode,
      x: random.below(5),
      a: value(layout.a, random.below(16), count),
      b: value(layout.b, random.below(16), count),
      c: value(layout.c, random.below(16), count)
    )
    open(&prototype, at: random.pick(pieces(of: prototype)).lowerBound, [word.word])
  }

  private mutating func copy(_ prototype: inout Prototype) {
    let pieces = pieces(of: prototype)
    let code = Array(prototype.code[random.pick(pieces)])
    open(&prototype, at: random.pick(pieces).lowerBound, code)
  }

  /// Inserts code and moves the handlers behind it; jumps across it change their aim.
  private func open(_ prototype: inout Prototype, at place: Int, _ code: [UInt64]) {
    prototype.code.insert(contentsOf: code, at: place)
    func moved(_ offset: Int) -> Int { offset > place ? offset + code.count : offset }
    for index in prototype.handlers.indices {
      prototype.handlers[index].start = moved(prototype.handlers[index].start)
      prototype.handlers[index].end = moved(prototype.handlers[index].end)
      prototype.handlers[index].target = moved(prototype.handlers[index].target)
    }
    prototype.defaultsEntry = moved(prototype.defaultsEntry)
    prototype.code = retargeted(prototype, from: place, by: code.count)
  }

  /// Jumps over the place of an insertion go as far as they did.
  private func retargeted(_ prototype: Prototype, from place: Int, by count: Int) -> [UInt64] {
    var code = prototype.code
    for piece in pieces(of: prototype) {
      let instruction = Instruction(word: code[piece.lowerBound])
      guard let layout = instruction.opcode?.layout else { continue }
      let isNew = piece.lowerBound >= place && piece.lowerBound < place + count
      if isNew { continue }
      let after = piece.lowerBound >= place ? piece.upperBound - count : piece.upperBound
      func longer(_ distance: Int) -> Int {
        let target = after + distance
        if after <= place, target > place { return distance + count }
        if after > place, target <= place { return distance - count }
        return distance
      }
      if case .jump = layout.c {
        code[piece.lowerBound] =
          Instruction(
            instruction.opcode ?? .halt,
            x: instruction.x,
            a: instruction.a,
            b: instruction.b,
            c: longer(instruction.signedC)
          ).word
      } else if case .wideJump = layout.b {
        let distance = UInt64(UInt32(truncatingIfNeeded: longer(instruction.wide)))
        code[piece.lowerBound] = instruction.word & 0xFFFF_FFFF | distance << 32
      }
    }
    return code
  }

  private mutating func remove(_ prototype: inout Prototype) {
    let pieces = pieces(of: prototype)
    guard pieces.count > 1 else { return }
    prototype.code.removeSubrange(random.pick(pieces))
  }

  private mutating func changeCode(_ prototype: inout Prototype, _ module: ModuleImage) {
    let piece = random.pick(pieces(of: prototype))
    let start = piece.lowerBound
    let instruction = Instruction(word: prototype.code[start])
    guard let opcode = instruction.opcode else { return }
    let layout = opcode.layout
    switch random.below(6) {
    case 0:
      prototype.code[start] = word(instruction, opcode: likeness(of: opcode))
    case 1 where layout.extraWords > 0 && piece.count > 1:
      let slot = start + 1 + random.below(piece.count - 1)
      let bound = max(1, max(module.constants.count, module.contracts.count))
      prototype.code[slot] = UInt64(random.below(bound))
    case 2: prototype.code[start] = word(instruction, x: random.below(6))
    default: prototype.code[start] = changedField(instruction, layout, prototype.registerCount)
    }
    // A call that says its word again must say the new one.
    for (offset, extra) in layout.extras.enumerated() {
      if case .callWord = extra, start + 1 + offset < prototype.code.count {
        prototype.code[start + 1 + offset] = prototype.code[start]
      }
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
    case .unused, .immediate, .count, .jump, .wide, .wideJump:
      random.below(8) == 0
        ? random.pick([0, 0xFFFF, 0x7FFF, 0x8000, 1]) : old &+ random.below(9) &- 4
    }
  }

  /// Another opcode with the same extra words.
  private mutating func likeness(of opcode: Opcode) -> Opcode {
    random.pick(Opcode.allCases.filter { "\($0.layout.extras)" == "\(opcode.layout.extras)" })
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
}

import JanusBytecode
import JanusSource

/// The code of one function while it is made.
final class FunctionBuilder {
  /// Index in `Resolution.functions`.
  let function: Int
  var prototype: Prototype
  /// Registers below are taken.
  var nextRegister = 0
  var span = Span(0, 0)
  /// What must happen when a block is left, outermost first.
  var cleanups: [Cleanup] = []
  var loops: [Loop] = []
  /// Registers that hold the nurseries open at this place.
  var nurseries: [Int] = []
  /// The register of each variable of this function, by symbol.
  var registers: [Int32: Int] = [:]
  /// Contract of the result, or -1.
  var resultContract = -1
  var resultText = -1
  /// The annotation of the result, or -1.
  var resultType: Int32 = -1
  /// Inside a body whose errors are caught here: calls are not in tail position.
  var catchDepth = 0
  /// Parameters are plain values: the code of defaults runs before cells are made.
  var parametersAreRaw = false

  struct Cleanup {
    enum Action {
      /// A deferred statement, run when the register (if any) is true.
      case deferred(Int32, flag: Int?)
      case close(register: Int)
      case nursery(register: Int)
      case deadline(register: Int)
    }
    var action: Action
    var start: Int
    /// Ranges of code whose errors must run the cleanup.
    var ranges: [(Int, Int)] = []
  }

  struct Loop {
    var label: Int32
    var breaks: [Int] = []
    var continues: [Int] = []
    var cleanupCount: Int
  }

  init(function: Int, name: String) {
    self.function = function
    prototype = Prototype(name: name)
  }

  var here: Int { prototype.code.count }

  // MARK: Registers

  func take(_ count: Int = 1) -> Int {
    let register = nextRegister
    nextRegister += count
    if nextRegister > prototype.registerCount { prototype.registerCount = nextRegister }
    return register
  }

  // MARK: Words

  @discardableResult
  func emit(_ opcode: Opcode, x: Int = 0, a: Int = 0, b: Int = 0, c: Int = 0) -> Int {
    let offset = prototype.code.count
    if prototype.places.last?.span != span {
      prototype.places.append(Prototype.Place(offset: UInt32(offset), span: span))
    }
    prototype.code.append(Instruction(opcode, x: x, a: a, b: b, c: c).word)
    return offset
  }

  /// An instruction on registers, given by index.
  @discardableResult
  func emitRegisters(_ opcode: Opcode, x: Int = 0, _ a: Int, _ b: Int = 0, _ c: Int = 0) -> Int {
    emit(opcode, x: x, a: a * 16, b: b * 16, c: c * 16)
  }

  func extra(_ word: UInt64) { prototype.code.append(word) }
  func extra(_ index: Int) { prototype.code.append(UInt64(bitPattern: Int64(index))) }

  func emitWide(_ opcode: Opcode, a: Int, _ value: Int) -> Int {
    let low = Instruction(opcode, a: a).word & 0xffff_ffff
    let offset = emit(opcode)
    prototype.code[offset] =
      low | UInt64(UInt32(bitPattern: Int32(truncatingIfNeeded: value))) << 32
    return offset
  }

  // MARK: Jumps

  /// A forward jump, to be patched.
  func jump() -> Int { emitWide(.jump, a: 0, 0) }

  /// Lets the jump at an offset go to here.
  func patch(_ offset: Int) { patch(offset, to: here) }

  func patch(_ offsets: [Int]) { for offset in offsets { patch(offset) } }

  func patch(_ offset: Int, to target: Int) {
    let instruction = Instruction(word: prototype.code[offset])
    guard let opcode = instruction.opcode else { return }
    let layout = Opcode.layouts[Int(opcode.rawValue)]
    let distance = target - (offset + 1 + layout.extraWords)
    if case .wideJump = layout.b {
      prototype.code[offset] =
        instruction.word & 0xffff_ffff
        | UInt64(UInt32(bitPattern: Int32(truncatingIfNeeded: distance))) << 32
    } else {
      if Int(Int16(truncatingIfNeeded: distance)) != distance { isTooLarge = true }
      prototype.code[offset] =
        instruction.word & 0x0000_ffff_ffff_ffff
        | UInt64(UInt16(truncatingIfNeeded: distance)) << 48
    }
  }

  /// A jump was farther than an instruction can say.
  var isTooLarge = false

  func loopBack(to target: Int) {
    let offset = emitWide(.loop, a: 0, 0)
    patch(offset, to: target)
  }

  func addHandler(_ start: Int, _ end: Int, target: Int, register: Int, isCleanup: Bool) {
    guard start < end else { return }
    prototype.handlers.append(
      Prototype.Handler(
        start: start,
        end: end,
        target: target,
        register: register,
        isCleanup: isCleanup
      )
    )
  }
}

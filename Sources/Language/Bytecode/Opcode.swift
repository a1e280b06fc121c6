/// The instruction set. A row of `layout` says what an opcode's fields mean; verifier, loader,
/// disassembler and docs/bytecode.md derive from it.
///
/// A word is `op8 | x8 | A16 | B16 | C16`, low bits first. Register fields hold byte offsets
/// (index × 16). Some opcodes are followed by extra words.
public enum Opcode: UInt8, CaseIterable, Sendable {
  // Moves and constants
  case move, loadInt, loadConstant, loadSingleton, loadCallee
  case getGlobal, getGlobalChecked, setGlobal
  case getCapture, getCaptureCell, getCaptureCellChecked, setCaptureCell
  case newCell, getCell, getCellChecked, setCell
  case closure
  // Arithmetic
  case add, subtract, multiply, divide, remainder, power
  case addInt, multiplyInt, remainderInt, divideInt
  case addFloat, multiplyFloat
  case addWrapping, subtractWrapping, multiplyWrapping
  case bitAnd, bitOr, bitXor, shiftLeft, shiftRight, shiftRightUnsigned
  case bitAndConstant, shiftLeftInt, shiftRightInt, shiftRightUnsignedInt
  case negate, bitNot, not
  // Comparison to a bool
  case equal, notEqual, less, lessOrEqual
  case isType, isCase, isCaseNamed, contains
  // Jumps
  case jump, jumpTrue, jumpFalse, jumpNull, jumpNotNull, jumpDefined, jumpNotCase
  case jumpLess, jumpNotLess, jumpLessOrEqual, jumpNotLessOrEqual, jumpEqual, jumpNotEqual
  case jumpLessInt, jumpNotLessInt, jumpLessOrEqualInt, jumpNotLessOrEqualInt
  case jumpGreaterInt, jumpNotGreaterInt, jumpGreaterOrEqualInt, jumpNotGreaterOrEqualInt
  case jumpEqualInt, jumpNotEqualInt
  // Backward jumps: the places where a fiber may be preempted
  case loop, loopTrue, loopFalse
  case loopLess, loopLessOrEqual, loopEqual, loopNotEqual
  case loopLessInt, loopLessOrEqualInt, loopGreaterInt, loopGreaterOrEqualInt
  case loopEqualInt, loopNotEqualInt
  case forPrepare, forLoop, forStepPrepare, forStepLoop, iteratePrepare, iterateNext
  // Collections and fields
  case newList, listOf, append, appendAll, newMap, mapSet, copySpread
  case getIndex, setIndex, getIndexInt, setIndexInt, length
  case getField, setField, addField, newStruct, newCase, getSlot, range
  case matchList, matchMap, hasKey
  case concat, format
  // Contracts
  case check, checkTag, checkFloat
  // Calls
  case call, callKnown, callNative, callNamed, callSpread, invoke, invokeNamed, invokeSpread
  case tailCall, returnValue, returnNull
  // Errors
  case fail, rethrow, noMatch, assertFailed
  // Concurrency
  case spawn, await, nurseryOpen, nurseryJoin, nurseryAbort, withinOpen, withinClose, withinAbort
  case select
  case halt
}

/// What one of the fields A, B, C of a word holds.
public enum Field: Sendable {
  case unused
  /// A register.
  case register
  /// The first of so many registers.
  case registers(Int)
  /// The first of `x` registers.
  case run
  /// The first register of a call: callee, return address, then `x` arguments.
  case window
  /// A signed 16-bit number.
  case immediate
  /// An unsigned number below 65536.
  case count
  /// The index of a captured variable × 16.
  case capture
  /// A signed distance in words, from the end of the instruction.
  case jump
  /// A signed 32-bit number in B and C.
  case wide
  /// A signed 32-bit distance in words in B and C.
  case wideJump
}

/// What an extra word holds, in an image; the loader replaces it by what the machine wants.
public enum Extra: Sendable {
  /// Two words: the index of a constant, and 0. Loaded: bits and tag of its value.
  case constant
  /// The index of a text constant. Loaded: the address of the interned string.
  case name
  /// The index of a text constant used in messages. Loaded: its index.
  case text
  /// The index of a `.global` or `.imported` constant. Loaded: the address of the variable.
  case variable
  /// The index of a `.function` or `.importedFunction` constant. Loaded: the address of the
  /// closure.
  case function
  /// The index of a `.native` constant. Loaded: the address of the native's record.
  case native
  /// The index of a prototype of the module. Loaded: the address of its record.
  case prototype
  /// The index of a contract of the module. Loaded: its index in the machine.
  case contract
  /// The index of a `.shape` constant. Loaded: the shape's number.
  case shape
  /// An inline cache: 0 in an image.
  case cache
  /// A 64-bit integer or the bits of a float, as it is.
  case raw
  /// The word of the call again: `returnValue` reads the word before the return address.
  case callWord
}

/// The meaning of an opcode's fields and extra words.
public struct Layout: Sendable {
  public var a: Field
  public var b: Field
  public var c: Field
  public var extras: [Extra]

  init(_ a: Field = .unused, _ b: Field = .unused, _ c: Field = .unused, _ extras: [Extra] = []) {
    self.a = a
    self.b = b
    self.c = c
    self.extras = extras
  }

  /// The number of words after the first.
  public var extraWords: Int {
    extras.reduce(0) { count, extra in
      if case .constant = extra { count + 2 } else { count + 1 }
    }
  }
}

extension Opcode {
  /// The layouts, by raw value: looked up in loops over code.
  public static let layouts: [Layout] = Opcode.allCases.map(\.layout)

  /// The jumps that may lead backward: each turn of a loop is counted while limits are set.
  public static let backwardJumps: Set<Opcode> = [
    .loop, .loopTrue, .loopFalse, .loopLess, .loopLessOrEqual, .loopEqual, .loopNotEqual,
    .loopLessInt, .loopLessOrEqualInt, .loopGreaterInt, .loopGreaterOrEqualInt, .loopEqualInt,
    .loopNotEqualInt, .forLoop, .forStepLoop, .iterateNext,
  ]

  public var layout: Layout {
    switch self {
    case .move, .newCell, .getCell, .setCell, .negate, .bitNot, .not, .append, .appendAll,
      .copySpread, .length, .await, .matchMap, .withinOpen, .nurseryAbort, .withinAbort:
      Layout(.register, .register)
    case .loadInt: Layout(.register, .wide)
    case .loadConstant: Layout(.register, .unused, .unused, [.constant])
    case .loadSingleton: Layout(.register, .count)
    case .loadCallee, .newMap, .returnValue, .fail, .rethrow, .nurseryOpen, .nurseryJoin,
      .withinClose, .halt:
      Layout(.register)
    case .getGlobal, .setGlobal: Layout(.register, .unused, .unused, [.variable])
    case .getGlobalChecked: Layout(.register, .unused, .unused, [.variable, .text])
    case .getCapture, .getCaptureCell, .setCaptureCell: Layout(.register, .capture)
    case .getCaptureCellChecked: Layout(.register, .capture, .unused, [.text])
    case .getCellChecked: Layout(.register, .register, .unused, [.text])
    case .closure: Layout(.register, .unused, .unused, [.prototype])
    case .add, .subtract, .multiply, .divide, .remainder, .power, .addWrapping, .subtractWrapping,
      .multiplyWrapping, .bitAnd, .bitOr, .bitXor, .shiftLeft, .shiftRight, .shiftRightUnsigned,
      .equal, .notEqual, .less, .lessOrEqual, .contains, .mapSet, .getIndex, .setIndex, .range,
      .hasKey:
      Layout(.register, .register, .register)
    case .addInt, .multiplyInt, .remainderInt, .divideInt, .shiftLeftInt, .shiftRightInt,
      .shiftRightUnsignedInt, .getIndexInt, .matchList:
      Layout(.register, .register, .immediate)
    case .setIndexInt: Layout(.register, .immediate, .register)
    case .addFloat, .multiplyFloat, .bitAndConstant:
      Layout(.register, .register, .unused, [.raw])
    case .isType: Layout(.register, .register, .unused, [.contract])
    case .isCase: Layout(.register, .register, .unused, [.shape])
    case .isCaseNamed: Layout(.register, .register, .unused, [.name, .cache, .cache])
    case .jump, .loop: Layout(.unused, .wideJump)
    case .jumpTrue, .jumpFalse, .jumpNull, .jumpNotNull, .jumpDefined, .loopTrue, .loopFalse:
      Layout(.register, .unused, .jump)
    case .jumpNotCase: Layout(.register, .unused, .jump, [.shape])
    case .jumpLess, .jumpNotLess, .jumpLessOrEqual, .jumpNotLessOrEqual, .jumpEqual, .jumpNotEqual,
      .loopLess, .loopLessOrEqual, .loopEqual, .loopNotEqual:
      Layout(.register, .register, .jump)
    case .jumpLessInt, .jumpNotLessInt, .jumpLessOrEqualInt, .jumpNotLessOrEqualInt,
      .jumpGreaterInt, .jumpNotGreaterInt, .jumpGreaterOrEqualInt, .jumpNotGreaterOrEqualInt,
      .jumpEqualInt, .jumpNotEqualInt, .loopLessInt, .loopLessOrEqualInt, .loopGreaterInt,
      .loopGreaterOrEqualInt, .loopEqualInt, .loopNotEqualInt:
      Layout(.register, .immediate, .jump)
    case .forPrepare, .forLoop: Layout(.registers(2), .unused, .jump)
    case .forStepPrepare, .forStepLoop: Layout(.registers(3), .unused, .jump)
    case .iteratePrepare: Layout(.registers(4), .register)
    case .iterateNext: Layout(.registers(4), .unused, .jump)
    case .newList: Layout(.register, .count)
    case .listOf: Layout(.register, .run)
    case .getField: Layout(.register, .register, .unused, [.name, .cache])
    case .setField: Layout(.register, .register, .unused, [.name, .cache])
    case .addField: Layout(.register, .immediate, .unused, [.name, .cache])
    case .newStruct, .newCase: Layout(.register, .run, .unused, [.shape])
    case .getSlot: Layout(.register, .register, .count)
    case .concat: Layout(.register, .run)
    case .format: Layout(.register, .register, .unused, [.text])
    case .check, .checkFloat: Layout(.register, .unused, .unused, [.contract, .text])
    case .checkTag: Layout(.register, .count, .unused, [.contract, .text])
    case .call: Layout(.window, .unused, .register)
    case .callKnown: Layout(.window, .unused, .register, [.function, .callWord])
    case .callNative: Layout(.window, .unused, .register, [.native])
    case .callNamed: Layout(.window, .unused, .register, [.text, .callWord])
    case .callSpread: Layout(.window, .unused, .register, [.text, .callWord])
    case .invoke: Layout(.window, .count, .register, [.cache, .cache, .name, .callWord])
    case .invokeNamed, .invokeSpread: Layout(.window, .count, .register, [.name, .text, .callWord])
    case .tailCall: Layout(.window)
    case .returnNull: Layout()
    case .noMatch: Layout(.register)
    case .assertFailed: Layout(.registers(2), .count, .unused, [.text])
    case .spawn: Layout(.window, .register, .register)
    case .select: Layout(.registers(2), .run)
    }
  }
}

/// One 64-bit instruction word, taken apart or put together.
public struct Instruction: Sendable {
  public var word: UInt64

  public init(word: UInt64) { self.word = word }

  public init(_ opcode: Opcode, x: Int = 0, a: Int = 0, b: Int = 0, c: Int = 0) {
    let low = UInt64(opcode.rawValue) | UInt64(UInt8(truncatingIfNeeded: x)) << 8
    let high =
      UInt64(UInt16(truncatingIfNeeded: a)) << 16 | UInt64(UInt16(truncatingIfNeeded: b)) << 32
      | UInt64(UInt16(truncatingIfNeeded: c)) << 48
    self.word = low | high
  }

  /// Nil when the byte is no opcode.
  public var opcode: Opcode? { Opcode(rawValue: UInt8(truncatingIfNeeded: word)) }
  public var x: Int { Int(word >> 8 & 0xff) }
  public var a: Int { Int(word >> 16 & 0xffff) }
  public var b: Int { Int(word >> 32 & 0xffff) }
  public var c: Int { Int(word >> 48) }
  public var signedB: Int { Int(Int16(truncatingIfNeeded: word >> 32)) }
  public var signedC: Int { Int(Int64(bitPattern: word) >> 48) }
  public var wide: Int { Int(Int64(bitPattern: word) >> 32) }
}

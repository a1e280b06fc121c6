import JanusBytecode

extension Opcode {
  /// The code of an instruction: an opcode without one does not compile.
  var handler: Handler {
    switch self {
    case .move: op_move
    case .loadInt: op_loadInt
    case .loadConstant: op_loadConstant
    case .loadSingleton: op_loadSingleton
    case .loadCallee: op_loadCallee
    case .getGlobal: op_getGlobal
    case .getGlobalChecked: op_getGlobalChecked
    case .setGlobal: op_setGlobal
    case .getCapture: op_getCapture
    case .getCaptureCell: op_getCaptureCell
    case .getCaptureCellChecked: op_getCaptureCellChecked
    case .setCaptureCell: op_setCaptureCell
    case .newCell: op_newCell
    case .getCell: op_getCell
    case .getCellChecked: op_getCellChecked
    case .setCell: op_setCell
    case .closure: op_closure
    case .add: op_add
    case .subtract: op_subtract
    case .multiply: op_multiply
    case .divide: op_divide
    case .remainder: op_remainder
    case .power: op_power
    case .addInt: op_addInt
    case .multiplyInt: op_multiplyInt
    case .remainderInt: op_remainderInt
    case .divideInt: op_divideInt
    case .addFloat: op_addFloat
    case .multiplyFloat: op_multiplyFloat
    case .addWrapping: op_addWrapping
    case .subtractWrapping: op_subtractWrapping
    case .multiplyWrapping: op_multiplyWrapping
    case .bitAnd: op_bitAnd
    case .bitOr: op_bitOr
    case .bitXor: op_bitXor
    case .shiftLeft: op_shiftLeft
    case .shiftRight: op_shiftRight
    case .shiftRightUnsigned: op_shiftRightUnsigned
    case .bitAndConstant: op_bitAndConstant
    case .shiftLeftInt: op_shiftLeftInt
    case .shiftRightInt: op_shiftRightInt
    case .shiftRightUnsignedInt: op_shiftRightUnsignedInt
    case .negate: op_negate
    case .bitNot: op_bitNot
    case .not: op_not
    case .equal: op_equal
    case .notEqual: op_notEqual
    case .less: op_less
    case .lessOrEqual: op_lessOrEqual
    case .isType: op_isType
    case .isCase: op_isCase
    case .isCaseNamed: op_isCaseNamed
    case .contains: op_contains
    case .jump: op_jump
    case .jumpTrue: op_jumpTrue
    case .jumpFalse: op_jumpFalse
    case .jumpNull: op_jumpNull
    case .jumpNotNull: op_jumpNotNull
    case .jumpDefined: op_jumpDefined
    case .jumpNotCase: op_jumpNotCase
    case .jumpLess: op_jumpLess
    case .jumpNotLess: op_jumpNotLess
    case .jumpLessOrEqual: op_jumpLessOrEqual
    case .jumpNotLessOrEqual: op_jumpNotLessOrEqual
    case .jumpEqual: op_jumpEqual
    case .jumpNotEqual: op_jumpNotEqual
    case .jumpLessInt: op_jumpLessInt
    case .jumpNotLessInt: op_jumpNotLessInt
    case .jumpLessOrEqualInt: op_jumpLessOrEqualInt
    case .jumpNotLessOrEqualInt: op_jumpNotLessOrEqualInt
    case .jumpGreaterInt: op_jumpGreaterInt
    case .jumpNotGreaterInt: op_jumpNotGreaterInt
    case .jumpGreaterOrEqualInt: op_jumpGreaterOrEqualInt
    case .jumpNotGreaterOrEqualInt: op_jumpNotGreaterOrEqualInt
    case .jumpEqualInt: op_jumpEqualInt
    case .jumpNotEqualInt: op_jumpNotEqualInt
    case .loop: op_loop
    case .loopTrue: op_loopTrue
    case .loopFalse: op_loopFalse
    case .loopLess: op_loopLess
    case .loopLessOrEqual: op_loopLessOrEqual
    case .loopEqual: op_loopEqual
    case .loopNotEqual: op_loopNotEqual
    case .loopLessInt: op_loopLessInt
    case .loopLessOrEqualInt: op_loopLessOrEqualInt
    case .loopGreaterInt: op_loopGreaterInt
    case .loopGreaterOrEqualInt: op_loopGreaterOrEqualInt
    case .loopEqualInt: op_loopEqualInt
    case .loopNotEqualInt: op_loopNotEqualInt
    case .forPrepare: op_forPrepare
    case .forLoop: op_forLoop
    case .forStepPrepare: op_forStepPrepare
    case .forStepLoop: op_forStepLoop
    case .iteratePrepare: op_iteratePrepare
    case .iterateNext: op_iterateNext
    case .newList: op_newList
    case .listOf: op_listOf
    case .append: op_append
    case .appendAll: op_appendAll
    case .newMap: op_newMap
    case .mapSet: op_mapSet
    case .copySpread: op_copySpread
    case .getIndex: op_getIndex
    case .setIndex: op_setIndex
    case .getIndexInt: op_getIndexInt
    case .setIndexInt: op_setIndexInt
    case .length: op_length
    case .getField: op_getField
    case .setField: op_setField
    case .addField: op_addField
    case .newStruct: op_newStruct
    case .newCase: op_newCase
    case .getSlot: op_getSlot
    case .range: op_range
    case .matchList: op_matchList
    case .matchMap: op_matchMap
    case .hasKey: op_hasKey
    case .concat: op_concat
    case .format: op_format
    case .check: op_check
    case .checkTag: op_checkTag
    case .checkFloat: op_checkFloat
    case .call: op_call
    case .callKnown: op_callKnown
    case .callNative: op_callNative
    case .callNamed: op_callNamed
    case .callSpread: op_callSpread
    case .invoke: op_invoke
    case .invokeNamed: op_invokeNamed
    case .invokeSpread: op_invokeSpread
    case .tailCall: op_tailCall
    case .returnValue: op_returnValue
    case .returnNull: op_returnNull
    case .fail: op_fail
    case .rethrow: op_rethrow
    case .noMatch: op_noMatch
    case .assertFailed: op_assertFailed
    case .spawn: op_spawn
    case .await: op_await
    case .nurseryOpen: op_nurseryOpen
    case .nurseryJoin: op_nurseryJoin
    case .nurseryAbort: op_nurseryAbort
    case .withinOpen: op_withinOpen
    case .withinClose: op_withinClose
    case .withinAbort: op_withinAbort
    case .select: op_select
    case .halt: op_halt
    }
  }

  /// Where a fiber may be preempted: backward jumps and calls.
  static let preemptionPoints: [Opcode] =
    Array(backwardJumps) + [
      .call, .callKnown, .callNamed, .callSpread, .invoke, .invokeNamed, .invokeSpread, .tailCall,
    ]

  /// Stores that may overwrite the only reference to an object.
  static let stores: [Opcode] = [
    .setGlobal, .setCaptureCell, .setCell, .setIndex, .setIndexInt, .setField, .mapSet,
  ]
}

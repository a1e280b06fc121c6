import JanusBytecode

// Stand in for loops and calls while turns are counted: each takes a turn and goes on with the
// handler that it stands for, or lets the machine look around. The jump is direct, so that counting
// costs three instructions.

@inline(__always)
private func countTurn(
  _ pc: Address, _ base: Address, _ vm: Address, _ word: UInt64, _ plain: Handler
) {
  // The sign says that none is left: the processor tells it without a comparison.
  state(vm).pointee.budget &-= 1
  if _fastPath(state(vm).pointee.budget >= 0) { return plain(pc, base, vm, word) }
  slow_tick(pc, base, vm, word)
}

@c func op_countedLoop(_ pc: Address, _ base: Address, _ vm: Address, _ word: UInt64) {
  countTurn(pc, base, vm, word, op_loop)
}

@c func op_countedLoopTrue(_ pc: Address, _ base: Address, _ vm: Address, _ word: UInt64) {
  countTurn(pc, base, vm, word, op_loopTrue)
}

@c func op_countedLoopFalse(_ pc: Address, _ base: Address, _ vm: Address, _ word: UInt64) {
  countTurn(pc, base, vm, word, op_loopFalse)
}

@c func op_countedLoopLess(_ pc: Address, _ base: Address, _ vm: Address, _ word: UInt64) {
  countTurn(pc, base, vm, word, op_loopLess)
}

@c func op_countedLoopLessOrEqual(_ pc: Address, _ base: Address, _ vm: Address, _ word: UInt64) {
  countTurn(pc, base, vm, word, op_loopLessOrEqual)
}

@c func op_countedLoopEqual(_ pc: Address, _ base: Address, _ vm: Address, _ word: UInt64) {
  countTurn(pc, base, vm, word, op_loopEqual)
}

@c func op_countedLoopNotEqual(_ pc: Address, _ base: Address, _ vm: Address, _ word: UInt64) {
  countTurn(pc, base, vm, word, op_loopNotEqual)
}

@c func op_countedLoopLessInt(_ pc: Address, _ base: Address, _ vm: Address, _ word: UInt64) {
  countTurn(pc, base, vm, word, op_loopLessInt)
}

@c func op_countedLoopLessOrEqualInt(_ pc: Address, _ base: Address, _ vm: Address, _ word: UInt64)
{
  countTurn(pc, base, vm, word, op_loopLessOrEqualInt)
}

@c func op_countedLoopGreaterInt(_ pc: Address, _ base: Address, _ vm: Address, _ word: UInt64) {
  countTurn(pc, base, vm, word, op_loopGreaterInt)
}

@c func op_countedLoopGreaterOrEqualInt(
  _ pc: Address, _ base: Address, _ vm: Address, _ word: UInt64
) {
  countTurn(pc, base, vm, word, op_loopGreaterOrEqualInt)
}

@c func op_countedLoopEqualInt(_ pc: Address, _ base: Address, _ vm: Address, _ word: UInt64) {
  countTurn(pc, base, vm, word, op_loopEqualInt)
}

@c func op_countedLoopNotEqualInt(_ pc: Address, _ base: Address, _ vm: Address, _ word: UInt64) {
  countTurn(pc, base, vm, word, op_loopNotEqualInt)
}

@c func op_countedForLoop(_ pc: Address, _ base: Address, _ vm: Address, _ word: UInt64) {
  countTurn(pc, base, vm, word, op_forLoop)
}

@c func op_countedForStepLoop(_ pc: Address, _ base: Address, _ vm: Address, _ word: UInt64) {
  countTurn(pc, base, vm, word, op_forStepLoop)
}

@c func op_countedIterateNext(_ pc: Address, _ base: Address, _ vm: Address, _ word: UInt64) {
  countTurn(pc, base, vm, word, op_iterateNext)
}

@c func op_countedCall(_ pc: Address, _ base: Address, _ vm: Address, _ word: UInt64) {
  countTurn(pc, base, vm, word, op_call)
}

@c func op_countedCallKnown(_ pc: Address, _ base: Address, _ vm: Address, _ word: UInt64) {
  countTurn(pc, base, vm, word, op_callKnown)
}

@c func op_countedCallNamed(_ pc: Address, _ base: Address, _ vm: Address, _ word: UInt64) {
  countTurn(pc, base, vm, word, op_callNamed)
}

@c func op_countedCallSpread(_ pc: Address, _ base: Address, _ vm: Address, _ word: UInt64) {
  countTurn(pc, base, vm, word, op_callSpread)
}

@c func op_countedInvoke(_ pc: Address, _ base: Address, _ vm: Address, _ word: UInt64) {
  countTurn(pc, base, vm, word, op_invoke)
}

@c func op_countedInvokeNamed(_ pc: Address, _ base: Address, _ vm: Address, _ word: UInt64) {
  countTurn(pc, base, vm, word, op_invokeNamed)
}

@c func op_countedInvokeSpread(_ pc: Address, _ base: Address, _ vm: Address, _ word: UInt64) {
  countTurn(pc, base, vm, word, op_invokeSpread)
}

@c func op_countedTailCall(_ pc: Address, _ base: Address, _ vm: Address, _ word: UInt64) {
  countTurn(pc, base, vm, word, op_tailCall)
}

extension Opcode {
  /// Where a fiber may be preempted, backward jumps and calls, and what stands there while turns
  /// are counted.
  static let counted: [(opcode: Opcode, handler: Handler)] = [
    (.loop, op_countedLoop),
    (.loopTrue, op_countedLoopTrue),
    (.loopFalse, op_countedLoopFalse),
    (.loopLess, op_countedLoopLess),
    (.loopLessOrEqual, op_countedLoopLessOrEqual),
    (.loopEqual, op_countedLoopEqual),
    (.loopNotEqual, op_countedLoopNotEqual),
    (.loopLessInt, op_countedLoopLessInt),
    (.loopLessOrEqualInt, op_countedLoopLessOrEqualInt),
    (.loopGreaterInt, op_countedLoopGreaterInt),
    (.loopGreaterOrEqualInt, op_countedLoopGreaterOrEqualInt),
    (.loopEqualInt, op_countedLoopEqualInt),
    (.loopNotEqualInt, op_countedLoopNotEqualInt),
    (.forLoop, op_countedForLoop),
    (.forStepLoop, op_countedForStepLoop),
    (.iterateNext, op_countedIterateNext),
    (.call, op_countedCall),
    (.callKnown, op_countedCallKnown),
    (.callNamed, op_countedCallNamed),
    (.callSpread, op_countedCallSpread),
    (.invoke, op_countedInvoke),
    (.invokeNamed, op_countedInvokeNamed),
    (.invokeSpread, op_countedInvokeSpread),
    (.tailCall, op_countedTailCall),
  ]
}

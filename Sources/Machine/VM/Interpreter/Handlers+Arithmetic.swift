import JanusBytecode

// The handlers of `+ - *` on two ints or two floats stay in registers; everything else goes to
// `slow_arithmetic`, which knows every operator.

@c func op_add(_ pc: Address, _ base: Address, _ vm: Address, _ word: UInt64) {
  let left = register(base, fieldB(word)).pointee
  let right = register(base, fieldC(word)).pointee
  if _fastPath(bothInt(left, right)) {
    let (sum, overflow) = left.asInt.addingReportingOverflow(right.asInt)
    if _fastPath(!overflow) {
      register(base, fieldA(word)).pointee = .int(sum)
      return next(pc, base, vm)
    }
  } else if bothFloat(left, right) {
    register(base, fieldA(word)).pointee = .float(left.asFloat + right.asFloat)
    return next(pc, base, vm)
  }
  slow_instruction(pc, base, vm, word)
}

@c func op_subtract(_ pc: Address, _ base: Address, _ vm: Address, _ word: UInt64) {
  let left = register(base, fieldB(word)).pointee
  let right = register(base, fieldC(word)).pointee
  if _fastPath(bothInt(left, right)) {
    let (difference, overflow) = left.asInt.subtractingReportingOverflow(right.asInt)
    if _fastPath(!overflow) {
      register(base, fieldA(word)).pointee = .int(difference)
      return next(pc, base, vm)
    }
  } else if bothFloat(left, right) {
    register(base, fieldA(word)).pointee = .float(left.asFloat - right.asFloat)
    return next(pc, base, vm)
  }
  slow_instruction(pc, base, vm, word)
}

@c func op_multiply(_ pc: Address, _ base: Address, _ vm: Address, _ word: UInt64) {
  let left = register(base, fieldB(word)).pointee
  let right = register(base, fieldC(word)).pointee
  if _fastPath(bothInt(left, right)) {
    let (product, overflow) = left.asInt.multipliedReportingOverflow(by: right.asInt)
    if _fastPath(!overflow) {
      register(base, fieldA(word)).pointee = .int(product)
      return next(pc, base, vm)
    }
  } else if bothFloat(left, right) {
    register(base, fieldA(word)).pointee = .float(left.asFloat * right.asFloat)
    return next(pc, base, vm)
  }
  slow_instruction(pc, base, vm, word)
}

@c func op_divide(_ pc: Address, _ base: Address, _ vm: Address, _ word: UInt64) {
  let left = register(base, fieldB(word)).pointee
  let right = register(base, fieldC(word)).pointee
  if bothFloat(left, right) {
    register(base, fieldA(word)).pointee = .float(left.asFloat / right.asFloat)
    return next(pc, base, vm)
  }
  if bothInt(left, right), right.asInt > 0 {
    register(base, fieldA(word)).pointee = .int(quotient(left.asInt, right.asInt))
    return next(pc, base, vm)
  }
  slow_instruction(pc, base, vm, word)
}

@c func op_remainder(_ pc: Address, _ base: Address, _ vm: Address, _ word: UInt64) {
  let left = register(base, fieldB(word)).pointee
  let right = register(base, fieldC(word)).pointee
  if _fastPath(bothInt(left, right)), _fastPath(right.asInt > 0) {
    register(base, fieldA(word)).pointee = .int(remainder(left.asInt, right.asInt))
    return next(pc, base, vm)
  }
  slow_instruction(pc, base, vm, word)
}

/// Division by a positive number; 32-bit division is several times faster where it will do.
@inline(__always)
private func quotient(_ left: Int, _ right: Int) -> Int {
  if (UInt(bitPattern: left) | UInt(bitPattern: right)) &>> 32 == 0 {
    return Int(UInt32(truncatingIfNeeded: left) / UInt32(truncatingIfNeeded: right))
  }
  return left.dividedReportingOverflow(by: right).partialValue
}

@inline(__always)
private func remainder(_ left: Int, _ right: Int) -> Int {
  if (UInt(bitPattern: left) | UInt(bitPattern: right)) &>> 32 == 0 {
    return Int(UInt32(truncatingIfNeeded: left) % UInt32(truncatingIfNeeded: right))
  }
  return left.remainderReportingOverflow(dividingBy: right).partialValue
}

@c func op_power(_ pc: Address, _ base: Address, _ vm: Address, _ word: UInt64) {
  slow_instruction(pc, base, vm, word)
}

@c func op_addInt(_ pc: Address, _ base: Address, _ vm: Address, _ word: UInt64) {
  let left = register(base, fieldB(word)).pointee
  if _fastPath(left.isInt) {
    let (sum, overflow) = left.asInt.addingReportingOverflow(signedC(word))
    if _fastPath(!overflow) {
      register(base, fieldA(word)).pointee = .int(sum)
      return next(pc, base, vm)
    }
  }
  slow_instruction(pc, base, vm, word)
}

@c func op_multiplyInt(_ pc: Address, _ base: Address, _ vm: Address, _ word: UInt64) {
  let left = register(base, fieldB(word)).pointee
  if _fastPath(left.isInt) {
    let (product, overflow) = left.asInt.multipliedReportingOverflow(by: signedC(word))
    if _fastPath(!overflow) {
      register(base, fieldA(word)).pointee = .int(product)
      return next(pc, base, vm)
    }
  }
  slow_instruction(pc, base, vm, word)
}

@c func op_remainderInt(_ pc: Address, _ base: Address, _ vm: Address, _ word: UInt64) {
  let left = register(base, fieldB(word)).pointee
  let right = signedC(word)
  if _fastPath(left.isInt), _fastPath(right > 0) {
    register(base, fieldA(word)).pointee = .int(remainder(left.asInt, right))
    return next(pc, base, vm)
  }
  slow_instruction(pc, base, vm, word)
}

@c func op_divideInt(_ pc: Address, _ base: Address, _ vm: Address, _ word: UInt64) {
  let left = register(base, fieldB(word)).pointee
  let right = signedC(word)
  if _fastPath(left.isInt), _fastPath(right > 0) {
    register(base, fieldA(word)).pointee = .int(quotient(left.asInt, right))
    return next(pc, base, vm)
  }
  slow_instruction(pc, base, vm, word)
}

@c func op_addFloat(_ pc: Address, _ base: Address, _ vm: Address, _ word: UInt64) {
  let left = register(base, fieldB(word)).pointee
  if _fastPath(left.isFloat) {
    register(base, fieldA(word)).pointee = .float(
      left.asFloat + pc.load(as: Double.self))
    return next(pc + 8, base, vm)
  }
  slow_instruction(pc, base, vm, word)
}

@c func op_multiplyFloat(_ pc: Address, _ base: Address, _ vm: Address, _ word: UInt64) {
  let left = register(base, fieldB(word)).pointee
  if _fastPath(left.isFloat) {
    register(base, fieldA(word)).pointee = .float(
      left.asFloat * pc.load(as: Double.self))
    return next(pc + 8, base, vm)
  }
  slow_instruction(pc, base, vm, word)
}

@c func op_addWrapping(_ pc: Address, _ base: Address, _ vm: Address, _ word: UInt64) {
  integerOperation(pc, base, vm, word) { $0 &+ $1 }
}

@c func op_subtractWrapping(_ pc: Address, _ base: Address, _ vm: Address, _ word: UInt64) {
  integerOperation(pc, base, vm, word) { $0 &- $1 }
}

@c func op_multiplyWrapping(_ pc: Address, _ base: Address, _ vm: Address, _ word: UInt64) {
  integerOperation(pc, base, vm, word) { $0 &* $1 }
}

@c func op_bitAnd(_ pc: Address, _ base: Address, _ vm: Address, _ word: UInt64) {
  integerOperation(pc, base, vm, word) { $0 & $1 }
}

@c func op_bitOr(_ pc: Address, _ base: Address, _ vm: Address, _ word: UInt64) {
  integerOperation(pc, base, vm, word) { $0 | $1 }
}

@c func op_bitXor(_ pc: Address, _ base: Address, _ vm: Address, _ word: UInt64) {
  integerOperation(pc, base, vm, word) { $0 ^ $1 }
}

/// Two ints to an int, without faults.
@inline(__always)
private func integerOperation(
  _ pc: Address, _ base: Address, _ vm: Address, _ word: UInt64, _ apply: (Int, Int) -> Int
) {
  let left = register(base, fieldB(word)).pointee
  let right = register(base, fieldC(word)).pointee
  if _fastPath(bothInt(left, right)) {
    register(base, fieldA(word)).pointee = .int(apply(left.asInt, right.asInt))
    return next(pc, base, vm)
  }
  slow_instruction(pc, base, vm, word)
}

@c func op_shiftLeft(_ pc: Address, _ base: Address, _ vm: Address, _ word: UInt64) {
  shiftOperation(pc, base, vm, word) { $0 &<< $1 }
}

@c func op_shiftRight(_ pc: Address, _ base: Address, _ vm: Address, _ word: UInt64) {
  shiftOperation(pc, base, vm, word) { $0 &>> $1 }
}

@c func op_shiftRightUnsigned(_ pc: Address, _ base: Address, _ vm: Address, _ word: UInt64) {
  shiftOperation(pc, base, vm, word) {
    Int(bitPattern: UInt(bitPattern: $0) &>> UInt(bitPattern: $1))
  }
}

@inline(__always)
private func shiftOperation(
  _ pc: Address, _ base: Address, _ vm: Address, _ word: UInt64, _ apply: (Int, Int) -> Int
) {
  let left = register(base, fieldB(word)).pointee
  let right = register(base, fieldC(word)).pointee
  if _fastPath(bothInt(left, right)), _fastPath(UInt(bitPattern: right.asInt) < 64) {
    register(base, fieldA(word)).pointee = .int(apply(left.asInt, right.asInt))
    return next(pc, base, vm)
  }
  slow_instruction(pc, base, vm, word)
}

@c func op_bitAndConstant(_ pc: Address, _ base: Address, _ vm: Address, _ word: UInt64) {
  let left = register(base, fieldB(word)).pointee
  if _fastPath(left.isInt) {
    register(base, fieldA(word)).pointee = Value(bits: left.bits & pc.u64(0), tag: Tag.int)
    return next(pc + 8, base, vm)
  }
  slow_instruction(pc, base, vm, word)
}

@c func op_shiftLeftInt(_ pc: Address, _ base: Address, _ vm: Address, _ word: UInt64) {
  shiftByConstant(pc, base, vm, word) { $0 &<< $1 }
}

@c func op_shiftRightInt(_ pc: Address, _ base: Address, _ vm: Address, _ word: UInt64) {
  shiftByConstant(pc, base, vm, word) { $0 &>> $1 }
}

@c func op_shiftRightUnsignedInt(
  _ pc: Address, _ base: Address, _ vm: Address, _ word: UInt64
) {
  shiftByConstant(pc, base, vm, word) {
    Int(bitPattern: UInt(bitPattern: $0) &>> UInt(bitPattern: $1))
  }
}

/// A shift whose distance, 0…63, is in the word.
@inline(__always)
private func shiftByConstant(
  _ pc: Address, _ base: Address, _ vm: Address, _ word: UInt64, _ apply: (Int, Int) -> Int
) {
  let left = register(base, fieldB(word)).pointee
  if _fastPath(left.isInt) {
    register(base, fieldA(word)).pointee = .int(apply(left.asInt, fieldC(word)))
    return next(pc, base, vm)
  }
  slow_instruction(pc, base, vm, word)
}

@c func op_negate(_ pc: Address, _ base: Address, _ vm: Address, _ word: UInt64) {
  let value = register(base, fieldB(word)).pointee
  if value.isFloat {
    register(base, fieldA(word)).pointee = .float(-value.asFloat)
    return next(pc, base, vm)
  }
  slow_instruction(pc, base, vm, word)
}

@c func op_bitNot(_ pc: Address, _ base: Address, _ vm: Address, _ word: UInt64) {
  let value = register(base, fieldB(word)).pointee
  if value.isInt {
    register(base, fieldA(word)).pointee = .int(~value.asInt)
    return next(pc, base, vm)
  }
  slow_instruction(pc, base, vm, word)
}

@c func op_not(_ pc: Address, _ base: Address, _ vm: Address, _ word: UInt64) {
  let value = register(base, fieldB(word)).pointee
  if _fastPath(value.isBool) {
    register(base, fieldA(word)).pointee = Value(bits: 0, tag: value.tag ^ 1)
    return next(pc, base, vm)
  }
  slow_condition(pc, base, vm, UInt64(fieldB(word)))
}

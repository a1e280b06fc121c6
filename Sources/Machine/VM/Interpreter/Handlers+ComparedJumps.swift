// Every comparison that decides a jump is one instruction: ints and floats in the handler, the
// rest in `slow_jump`. The `loop…` forms jump backward and are where a fiber can be preempted.

@c func op_jumpLess(_ pc: Address, _ base: Address, _ vm: Address, _ word: UInt64) {
  let left = register(base, fieldA(word)).pointee
  let right = register(base, fieldB(word)).pointee
  if _fastPath(bothInt(left, right)) {
    if (left.asInt < right.asInt) { return next(pc + signedC(word) &* 8, base, vm) }
    return next(pc, base, vm)
  }
  if bothFloat(left, right) {
    if (left.asFloat < right.asFloat) {
      return next(pc + signedC(word) &* 8, base, vm)
    }
    return next(pc, base, vm)
  }
  slow_instruction(pc, base, vm, word)
}

@c func op_jumpNotLess(_ pc: Address, _ base: Address, _ vm: Address, _ word: UInt64) {
  let left = register(base, fieldA(word)).pointee
  let right = register(base, fieldB(word)).pointee
  if _fastPath(bothInt(left, right)) {
    if !(left.asInt < right.asInt) { return next(pc + signedC(word) &* 8, base, vm) }
    return next(pc, base, vm)
  }
  if bothFloat(left, right) {
    if !(left.asFloat < right.asFloat) {
      return next(pc + signedC(word) &* 8, base, vm)
    }
    return next(pc, base, vm)
  }
  slow_instruction(pc, base, vm, word)
}

@c func op_jumpLessOrEqual(_ pc: Address, _ base: Address, _ vm: Address, _ word: UInt64) {
  let left = register(base, fieldA(word)).pointee
  let right = register(base, fieldB(word)).pointee
  if _fastPath(bothInt(left, right)) {
    if (left.asInt <= right.asInt) { return next(pc + signedC(word) &* 8, base, vm) }
    return next(pc, base, vm)
  }
  if bothFloat(left, right) {
    if (left.asFloat <= right.asFloat) {
      return next(pc + signedC(word) &* 8, base, vm)
    }
    return next(pc, base, vm)
  }
  slow_instruction(pc, base, vm, word)
}

@c func op_jumpNotLessOrEqual(_ pc: Address, _ base: Address, _ vm: Address, _ word: UInt64) {
  let left = register(base, fieldA(word)).pointee
  let right = register(base, fieldB(word)).pointee
  if _fastPath(bothInt(left, right)) {
    if !(left.asInt <= right.asInt) { return next(pc + signedC(word) &* 8, base, vm) }
    return next(pc, base, vm)
  }
  if bothFloat(left, right) {
    if !(left.asFloat <= right.asFloat) {
      return next(pc + signedC(word) &* 8, base, vm)
    }
    return next(pc, base, vm)
  }
  slow_instruction(pc, base, vm, word)
}

@c func op_jumpEqual(_ pc: Address, _ base: Address, _ vm: Address, _ word: UInt64) {
  let left = register(base, fieldA(word)).pointee
  let right = register(base, fieldB(word)).pointee
  if let equal = quickEquality(left, right) {
    return next(equal == true ? pc + signedC(word) &* 8 : pc, base, vm)
  }
  slow_instruction(pc, base, vm, word)
}

@c func op_jumpNotEqual(_ pc: Address, _ base: Address, _ vm: Address, _ word: UInt64) {
  let left = register(base, fieldA(word)).pointee
  let right = register(base, fieldB(word)).pointee
  if let equal = quickEquality(left, right) {
    return next(equal == false ? pc + signedC(word) &* 8 : pc, base, vm)
  }
  slow_instruction(pc, base, vm, word)
}

@c func op_jumpLessInt(_ pc: Address, _ base: Address, _ vm: Address, _ word: UInt64) {
  let left = register(base, fieldA(word)).pointee
  if _fastPath(left.isInt) {
    if (left.asInt < signedB(word)) { return next(pc + signedC(word) &* 8, base, vm) }
    return next(pc, base, vm)
  }
  slow_instruction(pc, base, vm, word)
}

@c func op_jumpNotLessInt(_ pc: Address, _ base: Address, _ vm: Address, _ word: UInt64) {
  let left = register(base, fieldA(word)).pointee
  if _fastPath(left.isInt) {
    if !(left.asInt < signedB(word)) { return next(pc + signedC(word) &* 8, base, vm) }
    return next(pc, base, vm)
  }
  slow_instruction(pc, base, vm, word)
}

@c func op_jumpLessOrEqualInt(_ pc: Address, _ base: Address, _ vm: Address, _ word: UInt64) {
  let left = register(base, fieldA(word)).pointee
  if _fastPath(left.isInt) {
    if (left.asInt <= signedB(word)) { return next(pc + signedC(word) &* 8, base, vm) }
    return next(pc, base, vm)
  }
  slow_instruction(pc, base, vm, word)
}

@c func op_jumpNotLessOrEqualInt(_ pc: Address, _ base: Address, _ vm: Address, _ word: UInt64) {
  let left = register(base, fieldA(word)).pointee
  if _fastPath(left.isInt) {
    if !(left.asInt <= signedB(word)) { return next(pc + signedC(word) &* 8, base, vm) }
    return next(pc, base, vm)
  }
  slow_instruction(pc, base, vm, word)
}

@c func op_jumpGreaterInt(_ pc: Address, _ base: Address, _ vm: Address, _ word: UInt64) {
  let left = register(base, fieldA(word)).pointee
  if _fastPath(left.isInt) {
    if (left.asInt > signedB(word)) { return next(pc + signedC(word) &* 8, base, vm) }
    return next(pc, base, vm)
  }
  slow_instruction(pc, base, vm, word)
}

@c func op_jumpNotGreaterInt(_ pc: Address, _ base: Address, _ vm: Address, _ word: UInt64) {
  let left = register(base, fieldA(word)).pointee
  if _fastPath(left.isInt) {
    if !(left.asInt > signedB(word)) { return next(pc + signedC(word) &* 8, base, vm) }
    return next(pc, base, vm)
  }
  slow_instruction(pc, base, vm, word)
}

@c func op_jumpGreaterOrEqualInt(_ pc: Address, _ base: Address, _ vm: Address, _ word: UInt64) {
  let left = register(base, fieldA(word)).pointee
  if _fastPath(left.isInt) {
    if (left.asInt >= signedB(word)) { return next(pc + signedC(word) &* 8, base, vm) }
    return next(pc, base, vm)
  }
  slow_instruction(pc, base, vm, word)
}

@c func op_jumpNotGreaterOrEqualInt(_ pc: Address, _ base: Address, _ vm: Address, _ word: UInt64) {
  let left = register(base, fieldA(word)).pointee
  if _fastPath(left.isInt) {
    if !(left.asInt >= signedB(word)) { return next(pc + signedC(word) &* 8, base, vm) }
    return next(pc, base, vm)
  }
  slow_instruction(pc, base, vm, word)
}

@c func op_jumpEqualInt(_ pc: Address, _ base: Address, _ vm: Address, _ word: UInt64) {
  let left = register(base, fieldA(word)).pointee
  if _fastPath(left.isInt) {
    if (left.asInt == signedB(word)) { return next(pc + signedC(word) &* 8, base, vm) }
    return next(pc, base, vm)
  }
  slow_instruction(pc, base, vm, word)
}

@c func op_jumpNotEqualInt(_ pc: Address, _ base: Address, _ vm: Address, _ word: UInt64) {
  let left = register(base, fieldA(word)).pointee
  if _fastPath(left.isInt) {
    if (left.asInt != signedB(word)) { return next(pc + signedC(word) &* 8, base, vm) }
    return next(pc, base, vm)
  }
  slow_instruction(pc, base, vm, word)
}

// MARK: Backward

@c func op_loopLess(_ pc: Address, _ base: Address, _ vm: Address, _ word: UInt64) {
  let left = register(base, fieldA(word)).pointee
  let right = register(base, fieldB(word)).pointee
  if _fastPath(bothInt(left, right)) {
    if (left.asInt < right.asInt) { return next(pc + signedC(word) &* 8, base, vm) }
    return next(pc, base, vm)
  }
  if bothFloat(left, right) {
    if (left.asFloat < right.asFloat) {
      return next(pc + signedC(word) &* 8, base, vm)
    }
    return next(pc, base, vm)
  }
  slow_instruction(pc, base, vm, word)
}

@c func op_loopLessOrEqual(_ pc: Address, _ base: Address, _ vm: Address, _ word: UInt64) {
  let left = register(base, fieldA(word)).pointee
  let right = register(base, fieldB(word)).pointee
  if _fastPath(bothInt(left, right)) {
    if (left.asInt <= right.asInt) { return next(pc + signedC(word) &* 8, base, vm) }
    return next(pc, base, vm)
  }
  if bothFloat(left, right) {
    if (left.asFloat <= right.asFloat) {
      return next(pc + signedC(word) &* 8, base, vm)
    }
    return next(pc, base, vm)
  }
  slow_instruction(pc, base, vm, word)
}

@c func op_loopEqual(_ pc: Address, _ base: Address, _ vm: Address, _ word: UInt64) {
  let left = register(base, fieldA(word)).pointee
  let right = register(base, fieldB(word)).pointee
  if let equal = quickEquality(left, right) {
    return next(equal == true ? pc + signedC(word) &* 8 : pc, base, vm)
  }
  slow_instruction(pc, base, vm, word)
}

@c func op_loopNotEqual(_ pc: Address, _ base: Address, _ vm: Address, _ word: UInt64) {
  let left = register(base, fieldA(word)).pointee
  let right = register(base, fieldB(word)).pointee
  if let equal = quickEquality(left, right) {
    return next(equal == false ? pc + signedC(word) &* 8 : pc, base, vm)
  }
  slow_instruction(pc, base, vm, word)
}

@c func op_loopLessInt(_ pc: Address, _ base: Address, _ vm: Address, _ word: UInt64) {
  let left = register(base, fieldA(word)).pointee
  if _fastPath(left.isInt) {
    if (left.asInt < signedB(word)) { return next(pc + signedC(word) &* 8, base, vm) }
    return next(pc, base, vm)
  }
  slow_instruction(pc, base, vm, word)
}

@c func op_loopLessOrEqualInt(_ pc: Address, _ base: Address, _ vm: Address, _ word: UInt64) {
  let left = register(base, fieldA(word)).pointee
  if _fastPath(left.isInt) {
    if (left.asInt <= signedB(word)) { return next(pc + signedC(word) &* 8, base, vm) }
    return next(pc, base, vm)
  }
  slow_instruction(pc, base, vm, word)
}

@c func op_loopGreaterInt(_ pc: Address, _ base: Address, _ vm: Address, _ word: UInt64) {
  let left = register(base, fieldA(word)).pointee
  if _fastPath(left.isInt) {
    if (left.asInt > signedB(word)) { return next(pc + signedC(word) &* 8, base, vm) }
    return next(pc, base, vm)
  }
  slow_instruction(pc, base, vm, word)
}

@c func op_loopGreaterOrEqualInt(_ pc: Address, _ base: Address, _ vm: Address, _ word: UInt64) {
  let left = register(base, fieldA(word)).pointee
  if _fastPath(left.isInt) {
    if (left.asInt >= signedB(word)) { return next(pc + signedC(word) &* 8, base, vm) }
    return next(pc, base, vm)
  }
  slow_instruction(pc, base, vm, word)
}

@c func op_loopEqualInt(_ pc: Address, _ base: Address, _ vm: Address, _ word: UInt64) {
  let left = register(base, fieldA(word)).pointee
  if _fastPath(left.isInt) {
    if (left.asInt == signedB(word)) { return next(pc + signedC(word) &* 8, base, vm) }
    return next(pc, base, vm)
  }
  slow_instruction(pc, base, vm, word)
}

@c func op_loopNotEqualInt(_ pc: Address, _ base: Address, _ vm: Address, _ word: UInt64) {
  let left = register(base, fieldA(word)).pointee
  if _fastPath(left.isInt) {
    if (left.asInt != signedB(word)) { return next(pc + signedC(word) &* 8, base, vm) }
    return next(pc, base, vm)
  }
  slow_instruction(pc, base, vm, word)
}

@c func op_jump(_ pc: Address, _ base: Address, _ vm: Address, _ word: UInt64) {
  next(pc + fieldWide(word) &* 8, base, vm)
}

@c func op_loop(_ pc: Address, _ base: Address, _ vm: Address, _ word: UInt64) {
  next(pc + fieldWide(word) &* 8, base, vm)
}

@c func op_jumpTrue(_ pc: Address, _ base: Address, _ vm: Address, _ word: UInt64) {
  jumpOnBool(pc, base, vm, word, Tag.true)
}

@c func op_jumpFalse(_ pc: Address, _ base: Address, _ vm: Address, _ word: UInt64) {
  jumpOnBool(pc, base, vm, word, Tag.false)
}

@c func op_loopTrue(_ pc: Address, _ base: Address, _ vm: Address, _ word: UInt64) {
  jumpOnBool(pc, base, vm, word, Tag.true)
}

@c func op_loopFalse(_ pc: Address, _ base: Address, _ vm: Address, _ word: UInt64) {
  jumpOnBool(pc, base, vm, word, Tag.false)
}

@inline(__always)
private func jumpOnBool(
  _ pc: Address,
  _ base: Address,
  _ vm: Address,
  _ word: UInt64,
  _ wanted: UInt8
) {
  let tag = register(base, fieldA(word)).pointee.tag
  if tag == wanted { return next(pc + signedC(word) &* 8, base, vm) }
  if _fastPath(tag == wanted ^ 1) { return next(pc, base, vm) }
  slow_condition(pc, base, vm, UInt64(fieldA(word)))
}

// A conditional jump is a branch, foreseen by the processor, and never a conditional move: that
// would let all that follows wait for the value. `Scripts/check-dispatch` looks.

@c func op_jumpNull(_ pc: Address, _ base: Address, _ vm: Address, _ word: UInt64) {
  if _slowPath(register(base, fieldA(word)).pointee.isNull) {
    return next(pc + signedC(word) &* 8, base, vm)
  }
  next(pc, base, vm)
}

@c func op_jumpNotNull(_ pc: Address, _ base: Address, _ vm: Address, _ word: UInt64) {
  if _slowPath(register(base, fieldA(word)).pointee.isNull) { return next(pc, base, vm) }
  next(pc + signedC(word) &* 8, base, vm)
}

@c func op_jumpDefined(_ pc: Address, _ base: Address, _ vm: Address, _ word: UInt64) {
  if _slowPath(register(base, fieldA(word)).pointee.isUndefined) { return next(pc, base, vm) }
  next(pc + signedC(word) &* 8, base, vm)
}

@c func op_jumpNotCase(_ pc: Address, _ base: Address, _ vm: Address, _ word: UInt64) {
  let value = register(base, fieldA(word)).pointee
  if hasShape(value, pc.u64(0)) { return next(pc + 8, base, vm) }
  next(pc + 8 + signedC(word) &* 8, base, vm)
}

// MARK: Loops

/// A holds the next value, A+1 the last one, made inclusive. An empty range jumps over the loop.
@c func op_forPrepare(_ pc: Address, _ base: Address, _ vm: Address, _ word: UInt64) {
  let start = register(base, fieldA(word)).pointee
  let end = register(base, fieldA(word) &+ 16).pointee
  if _fastPath(bothInt(start, end)) {
    if fieldX(word) != 0 {
      if start.asInt <= end.asInt { return next(pc, base, vm) }
    } else if start.asInt < end.asInt {
      register(base, fieldA(word) &+ 16).pointee = .int(end.asInt &- 1)
      return next(pc, base, vm)
    }
    return next(pc + signedC(word) &* 8, base, vm)
  }
  slow_instruction(pc, base, vm, word)
}

@c func op_forLoop(_ pc: Address, _ base: Address, _ vm: Address, _ word: UInt64) {
  let current = register(base, fieldA(word)).pointee.asInt
  if current < register(base, fieldA(word) &+ 16).pointee.asInt {
    register(base, fieldA(word)).pointee = .int(current &+ 1)
    return next(pc + signedC(word) &* 8, base, vm)
  }
  next(pc, base, vm)
}

/// Like `forPrepare` with the step in A+2.
@c func op_forStepPrepare(_ pc: Address, _ base: Address, _ vm: Address, _ word: UInt64) {
  slow_instruction(pc, base, vm, word)
}

@c func op_forStepLoop(_ pc: Address, _ base: Address, _ vm: Address, _ word: UInt64) {
  let step = register(base, fieldA(word) &+ 32).pointee.asInt
  let (value, overflow) = register(base, fieldA(word)).pointee.asInt
    .addingReportingOverflow(step)
  let last = register(base, fieldA(word) &+ 16).pointee.asInt
  if step > 0 ? value <= last : value >= last, !overflow {
    register(base, fieldA(word)).pointee = .int(value)
    return next(pc + signedC(word) &* 8, base, vm)
  }
  next(pc, base, vm)
}

/// Sets up A (collection), A+1 (position); the elements come to A+2 and A+3.
@c func op_iteratePrepare(_ pc: Address, _ base: Address, _ vm: Address, _ word: UInt64) {
  slow_instruction(pc, base, vm, word)
}

/// Brings the next element, or pair if x is 2, and jumps back to the body.
@c func op_iterateNext(_ pc: Address, _ base: Address, _ vm: Address, _ word: UInt64) {
  let collection = register(base, fieldA(word)).pointee
  if collection.tag == Tag.list {
    let list = collection.address
    let position = register(base, fieldA(word) &+ 16).pointee.asInt
    if UInt(bitPattern: position) < UInt(bitPattern: listCount(list)) {
      register(base, fieldA(word) &+ 16).pointee = .int(position &+ 1)
      if fieldX(word) == 2 {
        register(base, fieldA(word) &+ 32).pointee = .int(position)
        register(base, fieldA(word) &+ 48).pointee = loadElement(list, position)
      } else {
        register(base, fieldA(word) &+ 32).pointee = loadElement(list, position)
      }
      return next(pc + signedC(word) &* 8, base, vm)
    }
    return next(pc, base, vm)
  }
  if collection.tag == Tag.map { return iterateMap(pc, base, vm, word) }
  if collection.tag == Tag.channel { return iterateChannel(pc, base, vm, word) }
  slow_instruction(pc, base, vm, word)
}

/// The next entry of a map that has kept its keys since the loop began.
@c func iterateMap(_ pc: Address, _ base: Address, _ vm: Address, _ word: UInt64) {
  let map = register(base, fieldA(word)).pointee.address
  let position = register(base, fieldA(word) &+ 16).pointee.asInt
  let used = map.u32(MapLayout.used)
  guard UInt32(truncatingIfNeeded: position &>> 32) == map.u32(Header.aux) else {
    return slow_instruction(pc, base, vm, word)
  }
  var number = UInt32(truncatingIfNeeded: position)
  while number < used {
    let entry = numberedEntry(map, number)
    number &+= 1
    if let entry {
      register(base, fieldA(word) &+ 16).pointee = .int(
        position & ~0xffff_ffff | Int(number)
      )
      register(base, fieldA(word) &+ 32).pointee = entry.value(0).pointee
      if fieldX(word) == 2 {
        register(base, fieldA(word) &+ 48).pointee = entry.value(Value.stride).pointee
      }
      return next(pc + signedC(word) &* 8, base, vm)
    }
  }
  next(pc, base, vm)
}

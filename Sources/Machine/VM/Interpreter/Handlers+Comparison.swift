@c func op_equal(_ pc: Address, _ base: Address, _ vm: Address, _ word: UInt64) {
  let left = register(base, fieldB(word)).pointee
  let right = register(base, fieldC(word)).pointee
  if let equal = quickEquality(left, right) {
    register(base, fieldA(word)).pointee = .bool(equal)
    return next(pc, base, vm)
  }
  slow_instruction(pc, base, vm, word)
}

@c func op_notEqual(_ pc: Address, _ base: Address, _ vm: Address, _ word: UInt64) {
  let left = register(base, fieldB(word)).pointee
  let right = register(base, fieldC(word)).pointee
  if let equal = quickEquality(left, right) {
    register(base, fieldA(word)).pointee = .bool(!equal)
    return next(pc, base, vm)
  }
  slow_instruction(pc, base, vm, word)
}

/// Equality where the bits decide; nil where structure or number mixing does.
@inline(__always)
func quickEquality(_ left: Value, _ right: Value) -> Bool? {
  if left.tag == right.tag {
    if left.tag == Tag.float { return left.asFloat == right.asFloat }
    if left.bits == right.bits { return true }
    return left.tag < Tag.firstHeap ? false : nil
  }
  // Different tags are different values, but for int and float.
  return left.tag | right.tag == Tag.float ? nil : false
}

@c func op_less(_ pc: Address, _ base: Address, _ vm: Address, _ word: UInt64) {
  let left = register(base, fieldB(word)).pointee
  let right = register(base, fieldC(word)).pointee
  if _fastPath(bothInt(left, right)) {
    register(base, fieldA(word)).pointee = .bool(left.asInt < right.asInt)
    return next(pc, base, vm)
  }
  if bothFloat(left, right) {
    register(base, fieldA(word)).pointee = .bool(left.asFloat < right.asFloat)
    return next(pc, base, vm)
  }
  slow_instruction(pc, base, vm, word)
}

@c func op_lessOrEqual(_ pc: Address, _ base: Address, _ vm: Address, _ word: UInt64) {
  let left = register(base, fieldB(word)).pointee
  let right = register(base, fieldC(word)).pointee
  if _fastPath(bothInt(left, right)) {
    register(base, fieldA(word)).pointee = .bool(left.asInt <= right.asInt)
    return next(pc, base, vm)
  }
  if bothFloat(left, right) {
    register(base, fieldA(word)).pointee = .bool(left.asFloat <= right.asFloat)
    return next(pc, base, vm)
  }
  slow_instruction(pc, base, vm, word)
}

@c func op_isType(_ pc: Address, _ base: Address, _ vm: Address, _ word: UInt64) {
  slow_withWord(pc, base, vm, word)
}

@c func op_isCase(_ pc: Address, _ base: Address, _ vm: Address, _ word: UInt64) {
  let value = register(base, fieldB(word)).pointee
  register(base, fieldA(word)).pointee = .bool(hasShape(value, pc.u64(0)))
  next(pc + 8, base, vm)
}

/// True for a struct, case or error of that shape.
@inline(__always)
func hasShape(_ value: Value, _ shape: UInt64) -> Bool {
  value.tag >= Tag.structure && value.tag <= Tag.error
    && UInt64(value.address.u32(Header.aux)) == shape
}

/// `.Case` without a type. The cache holds the shape that has the name, with the first and the
/// last shape of its type.
@c func op_isCaseNamed(_ pc: Address, _ base: Address, _ vm: Address, _ word: UInt64) {
  let value = register(base, fieldB(word)).pointee
  guard value.tag == Tag.enumeration || value.tag == Tag.error else {
    register(base, fieldA(word)).pointee = .bool(false)
    return next(pc + 24, base, vm)
  }
  let shape = value.address.u32(Header.aux)
  let cache = pc.u64(8)
  if shape == UInt32(truncatingIfNeeded: cache) {
    register(base, fieldA(word)).pointee = .bool(true)
    return next(pc + 24, base, vm)
  }
  if UInt64(shape) >= cache &>> 32, UInt64(shape) <= pc.u64(16) {
    register(base, fieldA(word)).pointee = .bool(false)
    return next(pc + 24, base, vm)
  }
  slow_isCaseNamed(pc, base, vm, word)
}

@c func slow_isCaseNamed(_ pc: Address, _ base: Address, _ vm: Address, _ word: UInt64) {
  enter(pc + 24, base, vm)
  vm.machine.isCaseNamed(word, pc)
  leave(vm)
}

@c func op_contains(_ pc: Address, _ base: Address, _ vm: Address, _ word: UInt64) {
  slow_instruction(pc, base, vm, word)
}

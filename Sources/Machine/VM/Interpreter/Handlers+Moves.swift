import JanusBytecode

@c func op_move(_ pc: Address, _ base: Address, _ vm: Address, _ word: UInt64) {
  register(base, fieldA(word)).pointee = register(base, fieldB(word)).pointee
  next(pc, base, vm)
}

@c func op_loadInt(_ pc: Address, _ base: Address, _ vm: Address, _ word: UInt64) {
  register(base, fieldA(word)).pointee = .int(fieldWide(word))
  next(pc, base, vm)
}

@c func op_loadConstant(_ pc: Address, _ base: Address, _ vm: Address, _ word: UInt64) {
  register(base, fieldA(word)).pointee = pc.value(0).pointee
  next(pc + 16, base, vm)
}

@c func op_loadSingleton(_ pc: Address, _ base: Address, _ vm: Address, _ word: UInt64) {
  register(base, fieldA(word)).pointee = Value(
    bits: 0, tag: UInt8(truncatingIfNeeded: fieldB(word)))
  next(pc, base, vm)
}

@c func op_loadCallee(_ pc: Address, _ base: Address, _ vm: Address, _ word: UInt64) {
  register(base, fieldA(word)).pointee = register(base, -32).pointee
  next(pc, base, vm)
}

@c func op_getGlobal(_ pc: Address, _ base: Address, _ vm: Address, _ word: UInt64) {
  register(base, fieldA(word)).pointee = pc.address(0).value(0).pointee
  next(pc + 8, base, vm)
}

@c func op_getGlobalChecked(_ pc: Address, _ base: Address, _ vm: Address, _ word: UInt64) {
  let value = pc.address(0).value(0).pointee
  if _fastPath(!value.isUndefined) {
    register(base, fieldA(word)).pointee = value
    return next(pc + 16, base, vm)
  }
  slow_uninitialised(pc + 16, base, vm, pc.u64(8))
}

@c func op_setGlobal(_ pc: Address, _ base: Address, _ vm: Address, _ word: UInt64) {
  pc.address(0).value(0).pointee = register(base, fieldA(word)).pointee
  next(pc + 8, base, vm)
}

@c func op_getCapture(_ pc: Address, _ base: Address, _ vm: Address, _ word: UInt64) {
  let closure = register(base, -32).pointee.address
  register(base, fieldA(word)).pointee =
    closure.value(ClosureLayout.captures &+ fieldB(word)).pointee
  next(pc, base, vm)
}

@c func op_getCaptureCell(_ pc: Address, _ base: Address, _ vm: Address, _ word: UInt64) {
  let closure = register(base, -32).pointee.address
  let cell = closure.value(ClosureLayout.captures &+ fieldB(word)).pointee
  if _fastPath(cell.tag == Tag.cell) {
    register(base, fieldA(word)).pointee = cell.address.value(CellLayout.value).pointee
    return next(pc, base, vm)
  }
  slow_corrupt(pc, base, vm, word)
}

@c func op_getCaptureCellChecked(
  _ pc: Address, _ base: Address, _ vm: Address, _ word: UInt64
) {
  let closure = register(base, -32).pointee.address
  let cell = closure.value(ClosureLayout.captures &+ fieldB(word)).pointee
  if _fastPath(cell.tag == Tag.cell) {
    let value = cell.address.value(CellLayout.value).pointee
    if _fastPath(!value.isUndefined) {
      register(base, fieldA(word)).pointee = value
      return next(pc + 8, base, vm)
    }
  }
  slow_uninitialised(pc + 8, base, vm, pc.u64(0))
}

@c func op_setCaptureCell(_ pc: Address, _ base: Address, _ vm: Address, _ word: UInt64) {
  let closure = register(base, -32).pointee.address
  let cell = closure.value(ClosureLayout.captures &+ fieldB(word)).pointee
  if _fastPath(cell.tag == Tag.cell) {
    cell.address.value(CellLayout.value).pointee = register(base, fieldA(word)).pointee
    return next(pc, base, vm)
  }
  slow_corrupt(pc, base, vm, word)
}

@c func op_newCell(_ pc: Address, _ base: Address, _ vm: Address, _ word: UInt64) {
  let head = state(vm).pointee.free + 2
  if let cell = Address(bitPattern: head.pointee) {
    Heap.unpoison(cell, 32)
    head.pointee = cell.load(fromByteOffset: 8, as: UInt.self)
    Heap.writeHeader(cell, Tag.cell, state(vm).pointee.color, 2, 0)
    cell.value(CellLayout.value).pointee = register(base, fieldB(word)).pointee
    register(base, fieldA(word)).pointee = .object(cell, Tag.cell)
    return next(pc, base, vm)
  }
  slow_instruction(pc, base, vm, word)
}

@c func op_getCell(_ pc: Address, _ base: Address, _ vm: Address, _ word: UInt64) {
  let cell = register(base, fieldB(word)).pointee
  if _fastPath(cell.tag == Tag.cell) {
    register(base, fieldA(word)).pointee = cell.address.value(CellLayout.value).pointee
    return next(pc, base, vm)
  }
  slow_corrupt(pc, base, vm, word)
}

@c func op_getCellChecked(_ pc: Address, _ base: Address, _ vm: Address, _ word: UInt64) {
  let cell = register(base, fieldB(word)).pointee
  if _fastPath(cell.tag == Tag.cell) {
    let value = cell.address.value(CellLayout.value).pointee
    if _fastPath(!value.isUndefined) {
      register(base, fieldA(word)).pointee = value
      return next(pc + 8, base, vm)
    }
  }
  slow_uninitialised(pc + 8, base, vm, pc.u64(0))
}

@c func op_setCell(_ pc: Address, _ base: Address, _ vm: Address, _ word: UInt64) {
  let cell = register(base, fieldA(word)).pointee
  if _fastPath(cell.tag == Tag.cell) {
    cell.address.value(CellLayout.value).pointee = register(base, fieldB(word)).pointee
    return next(pc, base, vm)
  }
  slow_corrupt(pc, base, vm, word)
}

@c func op_closure(_ pc: Address, _ base: Address, _ vm: Address, _ word: UInt64) {
  slow_closure(pc, base, vm, word)
}

// MARK: Slow paths

@c func slow_closure(_ pc: Address, _ base: Address, _ vm: Address, _ word: UInt64) {
  enter(pc + 8, base, vm)
  makeClosure(vm, word, pc.address(0))
  leave(vm)
}

@inline(never)
private func makeClosure(_ vm: Address, _ word: UInt64, _ prototype: Address) {
  let base = state(vm).pointee.base
  let count = Int(prototype.u32(PrototypeRecord.captureCount))
  let closure = vm.heap.allocate(
    ClosureLayout.captures + count * Value.stride, Tag.closure, UInt32(count))
  closure.put(ClosureLayout.prototype, prototype)
  let captures = vm.machine.prototypes[prototype.int(PrototypeRecord.index)].captures
  for (index, capture) in captures.enumerated() {
    let offset = capture.index * Value.stride
    let source =
      capture.isRegister
      ? register(base, offset)
      : register(base, -32).pointee.address.value(ClosureLayout.captures + offset)
    closure.value(ClosureLayout.captures + index * Value.stride).pointee = source.pointee
  }
  register(base, fieldA(word)).pointee = .object(closure, Tag.closure)
}

// A field access caches `shape | offset << 32 | expected tag << 48`: the tag is that of the
// field's contract for a store, 0xff where any value will do.

@c func op_getField(_ pc: Address, _ base: Address, _ vm: Address, _ word: UInt64) {
  let object = register(base, fieldB(word)).pointee
  if _fastPath(object.tag == Tag.structure) {
    let cache = pc.u64(8)
    if _fastPath(object.address.u32(Header.aux) == UInt32(truncatingIfNeeded: cache)) {
      register(base, fieldA(word)).pointee =
        object.address.value(Int(cache &>> 32 & 0xffff)).pointee
      return next(pc + 16, base, vm)
    }
  } else if object.tag == Tag.map {
    // The cache holds where the key was last found: offset of its entry, plus 1.
    let map = object.address
    let cached = Int(truncatingIfNeeded: pc.u64(8) &>> 16)
    if cached > 0, cached <= Int(map.u32(MapLayout.positions)) {
      let entry = map.address(MapLayout.entries) + (cached &- 1) &* MapLayout.entrySize
      if entry.value(0).pointee.isIdentical(to: .object(pc.address(0), Tag.string)) {
        register(base, fieldA(word)).pointee = entry.value(Value.stride).pointee
        return next(pc + 16, base, vm)
      }
    }
  }
  slow_field(pc, base, vm, word)
}

@c func op_setField(_ pc: Address, _ base: Address, _ vm: Address, _ word: UInt64) {
  let object = register(base, fieldA(word)).pointee
  if _fastPath(object.tag == Tag.structure) {
    let cache = pc.u64(8)
    if _fastPath(object.address.u32(Header.aux) == UInt32(truncatingIfNeeded: cache)) {
      let value = register(base, fieldB(word)).pointee
      let expected = UInt8(truncatingIfNeeded: cache &>> 48)
      if expected == 0xff || expected == value.tag {
        object.address.value(Int(cache &>> 32 & 0xffff)).pointee = value
        return next(pc + 16, base, vm)
      }
    }
  }
  slow_field(pc, base, vm, word)
}

/// `p.x += k` on an int field, or with x = 1 a float field and k int: the slow path does the rest.
@c func op_addField(_ pc: Address, _ base: Address, _ vm: Address, _ word: UInt64) {
  let object = register(base, fieldA(word)).pointee
  if _fastPath(object.tag == Tag.structure) {
    let cache = pc.u64(8)
    if _fastPath(object.address.u32(Header.aux) == UInt32(truncatingIfNeeded: cache)) {
      let slot = object.address.value(Int(cache &>> 32 & 0xffff))
      if _fastPath(slot.pointee.isInt) {
        let (sum, overflow) = slot.pointee.asInt.addingReportingOverflow(signedB(word))
        if _fastPath(!overflow) {
          slot.pointee = .int(sum)
          return next(pc + 16, base, vm)
        }
      }
    }
  }
  slow_field(pc, base, vm, word)
}

@c func op_newStruct(_ pc: Address, _ base: Address, _ vm: Address, _ word: UInt64) {
  let sizeClass = 1 &+ fieldX(word)
  if _fastPath(sizeClass < Heap.classCount) {
    let head = state(vm).pointee.free + sizeClass
    if let cell = Address(bitPattern: head.pointee) {
      Heap.unpoison(cell, sizeClass &* 16)
      head.pointee = cell.load(fromByteOffset: 8, as: UInt.self)
      Heap.writeHeader(
        cell,
        Tag.structure,
        state(vm).pointee.color,
        sizeClass,
        UInt32(truncatingIfNeeded: pc.u64(0))
      )
      var source = base + fieldB(word)
      var target = cell + FieldsLayout.first
      let end = cell + sizeClass &* 16
      while target != end {
        target.value(0).pointee = source.value(0).pointee
        source += 16
        target += 16
      }
      register(base, fieldA(word)).pointee = .object(cell, Tag.structure)
      return next(pc + 8, base, vm)
    }
  }
  slow_withWord(pc, base, vm, word)
}

@c func op_newCase(_ pc: Address, _ base: Address, _ vm: Address, _ word: UInt64) {
  slow_withWord(pc, base, vm, word)
}

@c func op_getSlot(_ pc: Address, _ base: Address, _ vm: Address, _ word: UInt64) {
  let object = register(base, fieldB(word)).pointee
  if _fastPath(object.tag >= Tag.structure && object.tag <= Tag.error) {
    let offset = FieldsLayout.first &+ fieldC(word) &* 16
    // The cell is at least as large as its class says: a damaged image reads no further.
    if _fastPath(offset < Int(object.address.u16(Header.sizeClass)) &* 16) {
      register(base, fieldA(word)).pointee = object.address.value(offset).pointee
      return next(pc, base, vm)
    }
  }
  slow_corrupt(pc, base, vm, word)
}

// MARK: Contracts

@c func op_check(_ pc: Address, _ base: Address, _ vm: Address, _ word: UInt64) {
  slow_check(pc, base, vm, word)
}

@c func op_checkTag(_ pc: Address, _ base: Address, _ vm: Address, _ word: UInt64) {
  if _fastPath(Int(register(base, fieldA(word)).pointee.tag) == fieldB(word)) {
    return next(pc + 16, base, vm)
  }
  slow_check(pc, base, vm, word)
}

@c func op_checkFloat(_ pc: Address, _ base: Address, _ vm: Address, _ word: UInt64) {
  let value = register(base, fieldA(word)).pointee
  if _fastPath(value.isFloat) { return next(pc + 16, base, vm) }
  if value.isInt {
    register(base, fieldA(word)).pointee = .float(Double(value.asInt))
    return next(pc + 16, base, vm)
  }
  slow_check(pc, base, vm, word)
}

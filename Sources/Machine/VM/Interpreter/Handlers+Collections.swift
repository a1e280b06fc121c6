@c func op_newList(_ pc: Address, _ base: Address, _ vm: Address, _ word: UInt64) {
  slow_instruction(pc, base, vm, word)
}

@c func op_listOf(_ pc: Address, _ base: Address, _ vm: Address, _ word: UInt64) {
  slow_instruction(pc, base, vm, word)
}

@c func op_append(_ pc: Address, _ base: Address, _ vm: Address, _ word: UInt64) {
  let list = register(base, fieldA(word)).pointee
  let value = register(base, fieldB(word)).pointee
  if _fastPath(list.tag == Tag.list), appendInPlace(list.address, value) {
    return next(pc, base, vm)
  }
  slow_instruction(pc, base, vm, word)
}

/// Appends where there is room and the form fits.
@inline(__always)
func appendInPlace(_ list: Address, _ value: Value) -> Bool {
  let count = listCount(list)
  guard count < list.int(ListLayout.capacity) else { return false }
  let form = list.u32(Header.aux)
  if form == ElementForm.any {
    list.address(ListLayout.data).value(count &<< 4).pointee = value
  } else if form == UInt32(value.tag) {
    // An int or a float into a list of its kind: forms 2 and 3 are no tags of such values.
    guard form <= ElementForm.float else { return false }
    list.address(ListLayout.data).put(count &<< 3, value.bits)
  } else {
    return false
  }
  list.put(ListLayout.count, count &+ 1)
  return true
}

@c func op_appendAll(_ pc: Address, _ base: Address, _ vm: Address, _ word: UInt64) {
  slow_instruction(pc, base, vm, word)
}

@c func op_newMap(_ pc: Address, _ base: Address, _ vm: Address, _ word: UInt64) {
  slow_instruction(pc, base, vm, word)
}

@c func op_mapSet(_ pc: Address, _ base: Address, _ vm: Address, _ word: UInt64) {
  slow_instruction(pc, base, vm, word)
}

@c func op_copySpread(_ pc: Address, _ base: Address, _ vm: Address, _ word: UInt64) {
  slow_instruction(pc, base, vm, word)
}

@c func op_range(_ pc: Address, _ base: Address, _ vm: Address, _ word: UInt64) {
  slow_instruction(pc, base, vm, word)
}

@c func op_matchList(_ pc: Address, _ base: Address, _ vm: Address, _ word: UInt64) {
  let list = register(base, fieldB(word)).pointee
  var matches = list.tag == Tag.list
  if matches {
    let count = listCount(list.address)
    matches = fieldX(word) != 0 ? count >= signedC(word) : count == signedC(word)
  }
  register(base, fieldA(word)).pointee = .bool(matches)
  next(pc, base, vm)
}

@c func op_matchMap(_ pc: Address, _ base: Address, _ vm: Address, _ word: UInt64) {
  let tag = register(base, fieldB(word)).pointee.tag
  register(base, fieldA(word)).pointee = .bool(tag == Tag.map || tag == Tag.structure)
  next(pc, base, vm)
}

@c func op_hasKey(_ pc: Address, _ base: Address, _ vm: Address, _ word: UInt64) {
  slow_instruction(pc, base, vm, word)
}

@c func op_concat(_ pc: Address, _ base: Address, _ vm: Address, _ word: UInt64) {
  slow_instruction(pc, base, vm, word)
}

@c func op_format(_ pc: Address, _ base: Address, _ vm: Address, _ word: UInt64) {
  slow_withWord(pc, base, vm, word)
}

@c func op_length(_ pc: Address, _ base: Address, _ vm: Address, _ word: UInt64) {
  let value = register(base, fieldB(word)).pointee
  if value.tag == Tag.list {
    register(base, fieldA(word)).pointee = .int(listCount(value.address))
    return next(pc, base, vm)
  }
  if value.tag == Tag.string {
    let scalars = value.address.u32(TextLayout.scalars)
    if _fastPath(scalars != TextLayout.unknownScalars) {
      register(base, fieldA(word)).pointee = .int(Int(scalars))
      return next(pc, base, vm)
    }
  }
  slow_instruction(pc, base, vm, word)
}

// MARK: Elements

@c func op_getIndex(_ pc: Address, _ base: Address, _ vm: Address, _ word: UInt64) {
  let collection = register(base, fieldB(word)).pointee
  let index = register(base, fieldC(word)).pointee
  if _fastPath(collection.tag == Tag.list), _fastPath(index.isInt) {
    let list = collection.address
    if _fastPath(UInt(bitPattern: index.asInt) < UInt(bitPattern: listCount(list))) {
      let form = list.u32(Header.aux)
      let data = list.address(ListLayout.data)
      if form == ElementForm.any {
        register(base, fieldA(word)).pointee = data.value(index.asInt &<< 4).pointee
      } else if form == ElementForm.bool {
        register(base, fieldA(word)).pointee = Value(
          bits: 0, tag: Tag.false &+ data.u8(index.asInt))
      } else {
        register(base, fieldA(word)).pointee = Value(
          bits: data.u64(index.asInt &<< 3), tag: UInt8(truncatingIfNeeded: form))
      }
      return next(pc, base, vm)
    }
  }
  slow_instruction(pc, base, vm, word)
}

@c func op_getIndexInt(_ pc: Address, _ base: Address, _ vm: Address, _ word: UInt64) {
  let collection = register(base, fieldB(word)).pointee
  if _fastPath(collection.tag == Tag.list) {
    let list = collection.address
    if _fastPath(UInt(bitPattern: signedC(word)) < UInt(bitPattern: listCount(list))) {
      register(base, fieldA(word)).pointee = loadElement(list, signedC(word))
      return next(pc, base, vm)
    }
  }
  slow_instruction(pc, base, vm, word)
}

@c func op_setIndex(_ pc: Address, _ base: Address, _ vm: Address, _ word: UInt64) {
  let collection = register(base, fieldA(word)).pointee
  let index = register(base, fieldB(word)).pointee
  if _fastPath(collection.tag == Tag.list), _fastPath(index.isInt) {
    let list = collection.address
    if _fastPath(UInt(bitPattern: index.asInt) < UInt(bitPattern: listCount(list))) {
      let value = register(base, fieldC(word)).pointee
      let form = list.u32(Header.aux)
      let data = list.address(ListLayout.data)
      if form == ElementForm.any {
        data.value(index.asInt &<< 4).pointee = value
        return next(pc, base, vm)
      }
      if form == UInt32(value.tag), form <= ElementForm.float {
        data.put(index.asInt &<< 3, value.bits)
        return next(pc, base, vm)
      }
      if form == ElementForm.bool, value.isBool {
        data.put(index.asInt, value.tag &- Tag.false)
        return next(pc, base, vm)
      }
    }
  }
  slow_instruction(pc, base, vm, word)
}

@c func op_setIndexInt(_ pc: Address, _ base: Address, _ vm: Address, _ word: UInt64) {
  slow_instruction(pc, base, vm, word)
}


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
  } else if form == ElementForm.bool {
    guard value.isBool else { return false }
    list.address(ListLayout.data).put(count, value.tag &- Tag.false)
  } else if form == UInt32(value.tag), form <= ElementForm.float {
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
  if collection.tag == Tag.map, index.isInt { return getMapElement(pc, base, vm, word) }
  getOtherElement(pc, base, vm, word)
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
      if form == ElementForm.bool {
        if value.isBool {
          data.put(index.asInt, value.tag &- Tag.false)
          return next(pc, base, vm)
        }
      } else if form == UInt32(value.tag), form <= ElementForm.float {
        data.put(index.asInt &<< 3, value.bits)
        return next(pc, base, vm)
      }
    }
  }
  setMapElement(pc, base, vm, word)
}

/// The hash of an int, or of a string that is interned; 0 for any other key.
@inline(__always)
private func quickHash(_ key: Value, _ vm: Address) -> UInt32 {
  if key.isInt { return hashScalar(key, seed: state(vm).pointee.hashSeed) }
  if key.tag == Tag.string, key.address.u32(Header.aux) <= UInt32(TextLayout.internLimit) {
    return key.address.u32(TextLayout.hash)
  }
  return 0
}

/// The entry of such a key, found by identity, or nil.
@inline(__always)
private func quickEntry(_ map: Address, _ key: Value, _ hash: UInt32) -> Address? {
  let mask = map.u32(MapLayout.mask)
  guard let entries = map.optionalAddress(MapLayout.entries) else { return nil }
  if mask == 0 {
    var entry = entries
    let end = entries + Int(map.u32(MapLayout.used)) &* MapLayout.entrySize
    while entry != end {
      if entry.value(0).pointee.isIdentical(to: key) { return entry }
      entry += MapLayout.entrySize
    }
    return nil
  }
  return indexedEntry(map, mask, hash: hash) { $0.isIdentical(to: key) }
}

/// `map[int]` where the first look tells: the key is at hand, or no key begins there.
@c func getMapElement(_ pc: Address, _ base: Address, _ vm: Address, _ word: UInt64) {
  let map = register(base, fieldB(word)).pointee.address
  let key = register(base, fieldC(word)).pointee
  let mask = map.u32(MapLayout.mask)
  if _fastPath(mask != 0) {
    let hash = hashScalar(key, seed: state(vm).pointee.hashSeed)
    let first = MapIndex.firstGroup(hash, mask)
    let group = MapIndex.group(map.address(MapLayout.index), first)
    let matches = MapIndex.matches(group, MapIndex.mark(hash))
    if _fastPath(matches != 0) {
      let position = first &+ matches.trailingZeroBitCount &>> 3
      let entry = map.address(MapLayout.entries) + position &* MapLayout.entrySize
      if _fastPath(entry.value(0).pointee.isIdentical(to: key)) {
        register(base, fieldA(word)).pointee = entry.value(Value.stride).pointee
        return next(pc, base, vm)
      }
    } else if MapIndex.matches(group, MapIndex.free) != 0 {
      register(base, fieldA(word)).pointee = .null
      return next(pc, base, vm)
    }
  }
  getOtherElement(pc, base, vm, word)
}

/// `map[key]` for the common keys, and a character of ASCII text.
@c func getOtherElement(_ pc: Address, _ base: Address, _ vm: Address, _ word: UInt64) {
  let collection = register(base, fieldB(word)).pointee
  let key = register(base, fieldC(word)).pointee
  if collection.tag == Tag.map {
    let hash = quickHash(key, vm)
    if hash != 0 {
      if let entry = quickEntry(collection.address, key, hash) {
        register(base, fieldA(word)).pointee = entry.value(Value.stride).pointee
      } else {
        register(base, fieldA(word)).pointee = .null
      }
      return next(pc, base, vm)
    }
  } else if collection.tag == Tag.string, key.isInt {
    let text = collection.address
    let count = text.u32(Header.aux)
    if text.u32(TextLayout.scalars) == count, UInt(bitPattern: key.asInt) < UInt(count) {
      let byte = Int(textBytes(text)[key.asInt])
      register(base, fieldA(word)).pointee = Value(
        bits: UInt64(state(vm).pointee.oneByteText[byte]), tag: Tag.string)
      return next(pc, base, vm)
    }
  } else if collection.tag == Tag.bytes, key.isInt {
    let text = collection.address
    if UInt(bitPattern: key.asInt) < UInt(text.u32(Header.aux)) {
      register(base, fieldA(word)).pointee = .int(Int(textBytes(text)[key.asInt]))
      return next(pc, base, vm)
    }
  }
  slow_instruction(pc, base, vm, word)
}

/// `map[key] = value` where the key is there, or where there is room for it.
@c func setMapElement(_ pc: Address, _ base: Address, _ vm: Address, _ word: UInt64) {
  let collection = register(base, fieldA(word)).pointee
  let key = register(base, fieldB(word)).pointee
  if collection.tag == Tag.map, !state(vm).pointee.isMarking {
    let map = collection.address
    let hash = quickHash(key, vm)
    if hash != 0 {
      let value = register(base, fieldC(word)).pointee
      if let entry = quickEntry(map, key, hash) {
        entry.value(Value.stride).pointee = value
        return next(pc, base, vm)
      }
      if map.u32(MapLayout.used) < map.u32(MapLayout.capacity) {
        appendEntry(map, key, value, hash: hash)
        return next(pc, base, vm)
      }
    }
  }
  slow_instruction(pc, base, vm, word)
}

@c func op_setIndexInt(_ pc: Address, _ base: Address, _ vm: Address, _ word: UInt64) {
  slow_instruction(pc, base, vm, word)
}

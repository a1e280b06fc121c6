import JanusBytecode

/// Natives of inner loops: they live beside the heap, where one call does the work.
package enum QuickNatives {
  package static let list: [Native] = [
    Native("list.push") { vm, arguments, count in native(vm, arguments, count, push) },
    Native("list.pop") { vm, arguments, count in native(vm, arguments, count, pop) },
    Native("list.len") { vm, arguments, count in native(vm, arguments, count, length) },
  ]

  package static let map: [Native] = [
    Native("map.get") { vm, arguments, count in native(vm, arguments, count, get) },
    Native("map.has") { vm, arguments, count in native(vm, arguments, count, has) },
    Native("map.remove") { vm, arguments, count in native(vm, arguments, count, remove) },
    Native("map.len") { vm, arguments, count in native(vm, arguments, count, length) },
  ]

  package static let string: [Native] = [
    Native("string.len") { vm, arguments, count in native(vm, arguments, count, length) },
    Native("string.code") { vm, arguments, count in native(vm, arguments, count, code) },
    Native("string.find") { vm, arguments, count in native(vm, arguments, count, find) },
    Native("string.contains") { vm, arguments, count in native(vm, arguments, count, contains) },
    Native("string.starts_with") { vm, arguments, count in
      native(vm, arguments, count, startsWith)
    },
    Native("string.ends_with") { vm, arguments, count in native(vm, arguments, count, endsWith) },
  ]

  package static let bytes: [Native] = [
    Native("bytes.len") { vm, arguments, count in native(vm, arguments, count, length) },
    Native("bytes.find") { vm, arguments, count in native(vm, arguments, count, find) },
    Native("bytes.contains") { vm, arguments, count in native(vm, arguments, count, contains) },
    Native("bytes.starts_with") { vm, arguments, count in
      native(vm, arguments, count, startsWith)
    },
    Native("bytes.ends_with") { vm, arguments, count in native(vm, arguments, count, endsWith) },
  ]
}

// MARK: Bodies. A native may be called with any arguments: it looks at every tag.

@inline(__always)
private func push(_ call: NativeCall) -> NativeResult {
  let list = call[0]
  guard list.tag == Tag.list else { return call.typeFault(0, "a list", in: "list.push") }
  let value = call[1]
  if !appendInPlace(list.address, value) { call.heap.append(list.address, value) }
  return call.done(.null)
}

@inline(__always)
private func pop(_ call: NativeCall) -> NativeResult {
  let list = call[0]
  guard list.tag == Tag.list else { return call.typeFault(0, "a list", in: "list.pop") }
  guard listCount(list.address) > 0 else {
    return call.fault(.index, "an empty list has nothing to pop", hint: "ask is_empty() first")
  }
  return call.done(call.heap.removeLast(list.address))
}

@inline(__always)
private func length(_ call: NativeCall) -> NativeResult {
  let value = call[0]
  if value.tag == Tag.list { return call.done(.int(listCount(value.address))) }
  if value.tag == Tag.map { return call.done(.int(mapCount(value.address))) }
  guard let length = call.machine.length(of: call[0]) else { return call.raised }
  return call.done(.int(length))
}

@inline(__always)
private func get(_ call: NativeCall) -> NativeResult {
  let map = call[0]
  guard map.tag == Tag.map else { return call.typeFault(0, "a map", in: "map.get") }
  if let entry = call.heap.findEntry(map.address, call[1]) {
    return call.done(entry.value(Value.stride).pointee)
  }
  guard call.machine.isKey(call[1]) else {
    call.machine.keyFault(call[1])
    return call.raised
  }
  return call.done(call[2])
}

@inline(__always)
private func remove(_ call: NativeCall) -> NativeResult {
  let map = call[0]
  guard map.tag == Tag.map else { return call.typeFault(0, "a map", in: "map.remove") }
  if let value = call.heap.removeEntry(map.address, call[1]) { return call.done(value) }
  guard call.machine.isKey(call[1]) else {
    call.machine.keyFault(call[1])
    return call.raised
  }
  return call.done(.null)
}

private func has(_ call: NativeCall) -> NativeResult {
  let map = call[0]
  guard map.tag == Tag.map else { return call.typeFault(0, "a map", in: "map.has") }
  let isThere = call.machine.isKey(call[1]) && call.heap.findEntry(map.address, call[1]) != nil
  return call.done(.bool(isThere))
}

private func code(_ call: NativeCall) -> NativeResult {
  let text = call[0]
  guard text.isString else { return call.typeFault(0, "a string", in: "string.code") }
  let count = textCount(text.address)
  guard count > 0 else { return call.fault(.index, "an empty string has no first character") }
  let bytes = textBytes(text.address)
  return call.done(.int(Int(decodeScalar(bytes, count).value)))
}

/// The scalar at the beginning of valid UTF-8, and its length.
@inline(__always)
package func decodeScalar(
  _ bytes: UnsafePointer<UInt8>,
  _ left: Int
) -> (value: UInt32, length: Int) {
  let first = UInt32(bytes[0])
  let length = min(scalarLength(bytes[0]), left)
  switch length {
  case 1: return (first, 1)
  case 2: return ((first & 0x1F) << 6 | UInt32(bytes[1] & 0x3F), 2)
  case 3:
    return ((first & 0x0F) << 12 | UInt32(bytes[1] & 0x3F) << 6 | UInt32(bytes[2] & 0x3F), 3)
  default:
    let high = (first & 0x07) << 18 | UInt32(bytes[1] & 0x3F) << 12
    return (high | UInt32(bytes[2] & 0x3F) << 6 | UInt32(bytes[3] & 0x3F), 4)
  }
}

/// True for two texts of one kind, or after a fault nil.
@inline(__always)
private func texts(_ call: NativeCall) -> (text: Address, part: Address)? {
  let (text, part) = (call[0], call[1])
  guard text.tag == part.tag, text.isString || text.tag == Tag.bytes else {
    call.machine.fault(
      .type,
      "a \(call.machine.typeName(of: text)) can only be compared with its like, not with "
        + call.machine.described(part)
    )
    return nil
  }
  return (text.address, part.address)
}

private func contains(_ call: NativeCall) -> NativeResult {
  guard let (text, part) = texts(call) else { return call.raised }
  call.heap.charge(textCount(text) &>> 8)
  return call.done(.bool(findBytes(text, part, from: 0) != nil))
}

private func startsWith(_ call: NativeCall) -> NativeResult {
  guard let (text, part) = texts(call) else { return call.raised }
  return call.done(.bool(hasBytes(text, part, at: 0)))
}

private func endsWith(_ call: NativeCall) -> NativeResult {
  guard let (text, part) = texts(call) else { return call.raised }
  return call.done(.bool(hasBytes(text, part, at: textCount(text) - textCount(part))))
}

private func hasBytes(_ text: Address, _ part: Address, at offset: Int) -> Bool {
  let count = textCount(part)
  guard offset >= 0, offset + count <= textCount(text) else { return false }
  return UnsafeBufferPointer(start: textBytes(text) + offset, count: count)
    .elementsEqual(UnsafeBufferPointer(start: textBytes(part), count: count))
}

/// The position of a part at or after another: in scalars of a string, in bytes of bytes.
private func find(_ call: NativeCall) -> NativeResult {
  guard let (text, part) = texts(call) else { return call.raised }
  var offset = 0
  if call.has(2) {
    let from = call[2]
    guard from.isInt else { return call.typeFault(1, "an int", in: "find") }
    guard let length = call.machine.length(of: call[0]) else { return call.raised }
    let start = from.asInt < 0 ? max(0, from.asInt &+ length) : from.asInt
    guard start <= length else { return call.done(.null) }
    offset = call[0].isString ? call.heap.byteOffset(text, scalar: start) : start
  }
  call.heap.charge(textCount(text) &>> 8)
  guard let found = findBytes(text, part, from: offset) else { return call.done(.null) }
  if call[0].isString, !call.heap.isASCII(text) {
    return call.done(.int(countScalars(textBytes(text), found)))
  }
  return call.done(.int(found))
}

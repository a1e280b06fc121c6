import JanusBytecode
import JanusVM

/// Natives of core/map.jan.
enum MapNatives {
  static let table: [Native] =
    QuickNatives.map + [
      Native("map.keys") { native($0, $1, $2, keys) },
      Native("map.values") { native($0, $1, $2, values) },
      Native("map.entries") { native($0, $1, $2, entries) },
      Native("map.copy") { native($0, $1, $2, copy) },
      Native("map.clear") { native($0, $1, $2, clear) },
      Native("map.update") { native($0, $1, $2, update) },
      Native("map.from_entries") { native($0, $1, $2, fromEntries) },
    ]
}

private func keys(_ call: NativeCall) -> NativeResult {
  guard call[0].tag == Tag.map else { return call.wrong(0, "a map", in: "keys") }
  guard call.hasRoom(elements: mapCount(call[0].address)) else { return call.listTooLong }
  let list = call.heap.makeList()
  call.heap.forEachEntry(call[0].address) { key, _ in call.heap.append(list, key) }
  return call.done(list: list)
}

private func values(_ call: NativeCall) -> NativeResult {
  guard call[0].tag == Tag.map else { return call.wrong(0, "a map", in: "values") }
  guard call.hasRoom(elements: mapCount(call[0].address)) else { return call.listTooLong }
  let list = call.heap.makeList()
  call.heap.forEachEntry(call[0].address) { _, value in call.heap.append(list, value) }
  return call.done(list: list)
}

private func entries(_ call: NativeCall) -> NativeResult {
  guard call[0].tag == Tag.map else { return call.wrong(0, "a map", in: "entries") }
  guard call.hasRoom(elements: mapCount(call[0].address) * 6) else { return call.listTooLong }
  let list = call.heap.makeList()
  call.heap.forEachEntry(call[0].address) { key, value in
    let pair = call.heap.makeList()
    call.heap.append(pair, key)
    call.heap.append(pair, value)
    call.heap.append(list, .object(pair, Tag.list))
  }
  return call.done(list: list)
}

private func copy(_ call: NativeCall) -> NativeResult {
  guard call[0].tag == Tag.map else { return call.wrong(0, "a map", in: "copy") }
  guard call.hasRoom(elements: mapCount(call[0].address) * 3) else { return tooLarge(call) }
  return call.done(.object(call.heap.copyMap(call[0].address), Tag.map))
}

private func tooLarge(_ call: NativeCall) -> NativeResult {
  call.fault(.limit, "the map would be larger than memory allows")
}

private func clear(_ call: NativeCall) -> NativeResult {
  guard call[0].tag == Tag.map else { return call.wrong(0, "a map", in: "clear") }
  call.heap.clearMap(call[0].address)
  return call.done(.null)
}

private func update(_ call: NativeCall) -> NativeResult {
  guard call[0].tag == Tag.map else { return call.wrong(0, "a map", in: "update") }
  guard call[1].tag == Tag.map else { return call.wrong(1, "a map", in: "update") }
  let (map, other) = (call[0].address, call[1].address)
  guard map != other else { return call.done(.null) }
  guard call.hasRoom(elements: (mapCount(map) + mapCount(other)) * 6) else { return tooLarge(call) }
  call.heap.forEachEntry(other) { key, value in call.heap.setEntry(map, key, value) }
  return call.done(.null)
}

private func fromEntries(_ call: NativeCall) -> NativeResult {
  guard let pairs = call.machine.elements(of: call[0], for: "map.from_entries") else {
    return call.raised
  }
  guard call.hasRoom(elements: pairs.count * 6) else { return tooLarge(call) }
  let map = call.heap.makeMap()
  for pair in pairs {
    guard pair.tag == Tag.list, listCount(pair.address) == 2 else {
      return call.fault(
        .type, "map.from_entries needs lists of key and value, not \(call.machine.described(pair))")
    }
    let key = loadElement(pair.address, 0)
    guard call.machine.isKey(key) else {
      call.machine.keyFault(key)
      return call.raised
    }
    call.heap.setEntry(map, key, loadElement(pair.address, 1))
  }
  return call.done(.object(map, Tag.map))
}

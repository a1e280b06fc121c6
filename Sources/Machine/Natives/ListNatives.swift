import JanusBytecode
import JanusVM

/// Natives of core/list.jan; those of the module itself, which scripts do not see, bear its name.
enum ListNatives {
  static let table: [Native] =
    QuickNatives.list + [
      Native("list.filled") { native($0, $1, $2, filled) },
      Native("list.insert") { native($0, $1, $2, insert) },
      Native("list.remove") { native($0, $1, $2, remove) },
      Native("list.clear") { native($0, $1, $2, clear) },
      Native("list.copy") { native($0, $1, $2, copy) },
      Native("list.append") { native($0, $1, $2, append) },
      Native("core/list.replace_all") { native($0, $1, $2, replaceAll) },
      Native("list.join") { native($0, $1, $2, join) },
      Native("core/list.sort_values") { native($0, $1, $2, sortValues) },
      Native("core/list.sorted_by_keys") { native($0, $1, $2, sortedByKeys) },
      Native("list.reverse") { native($0, $1, $2, reverse) },
      Native("list.reversed") { native($0, $1, $2, reversed) },
      Native("list.index") { native($0, $1, $2, index) },
      Native("list.contains") { native($0, $1, $2, contains) },
      Native("list.first") { native($0, $1, $2, first) },
      Native("list.last") { native($0, $1, $2, last) },
      Native("list.sum") { native($0, $1, $2, sum) },
      Native("list.min") { native($0, $1, $2, minimum) },
      Native("list.max") { native($0, $1, $2, maximum) },
      Native("list.zip") { native($0, $1, $2, zip) },
      Native("list.slice") { native($0, $1, $2, slice) },
      Native("list.chunks") { native($0, $1, $2, chunks) },
      Native("list.unique") { native($0, $1, $2, unique) },
    ]
}

private func filled(_ call: NativeCall) -> NativeResult {
  guard call[0].isInt, call[0].asInt >= 0 else {
    return call.typeFault(0, "an int from 0 on", in: "list.filled")
  }
  let count = call[0].asInt
  guard call.hasRoom(elements: count) else { return call.listTooLong }
  return call.done(list: call.heap.filledList(count, call[1]))
}

// MARK: Changes

private func insert(_ call: NativeCall) -> NativeResult {
  guard call[0].tag == Tag.list else { return call.wrong(0, "a list", in: "insert") }
  guard call[1].isInt else { return call.wrong(1, "an int", in: "insert") }
  let list = call[0].address
  let count = listCount(list)
  let index = call[1].asInt < 0 ? call[1].asInt &+ count : call[1].asInt
  guard index >= 0, index <= count else {
    return call.fault(
      .index, "index \(call[1].asInt) is out of range: an element can be inserted at 0 to \(count)")
  }
  call.heap.insert(list, call[2], at: index)
  return call.done(.null)
}

private func remove(_ call: NativeCall) -> NativeResult {
  guard call[0].tag == Tag.list else { return call.wrong(0, "a list", in: "remove") }
  let list = call[0].address
  guard let index = call.machine.position(call[1], count: listCount(list)) else {
    return call.raised
  }
  return call.done(call.heap.remove(list, at: index))
}

private func clear(_ call: NativeCall) -> NativeResult {
  guard call[0].tag == Tag.list else { return call.wrong(0, "a list", in: "clear") }
  call.heap.clear(call[0].address)
  return call.done(.null)
}

private func copy(_ call: NativeCall) -> NativeResult {
  guard call[0].tag == Tag.list else { return call.wrong(0, "a list", in: "copy") }
  guard call.hasRoom(elements: listCount(call[0].address)) else { return call.listTooLong }
  return call.done(list: call.heap.copyList(call[0].address))
}

private func append(_ call: NativeCall) -> NativeResult {
  guard call[0].tag == Tag.list else { return call.wrong(0, "a list", in: "append") }
  let list = call[0].address
  guard call[1].tag == Tag.list else {
    guard let elements = call.machine.elements(of: call[1], for: "append") else {
      return call.raised
    }
    guard call.hasRoom(elements: elements.count) else { return call.listTooLong }
    for element in elements { call.heap.append(list, element) }
    return call.done(.null)
  }
  let other = call[1].address
  guard call.hasRoom(elements: listCount(list) + listCount(other)) else { return call.listTooLong }
  call.heap.appendAll(list, other)
  return call.done(.null)
}

private func replaceAll(_ call: NativeCall) -> NativeResult {
  guard call[0].tag == Tag.list else { return call.wrong(0, "a list", in: "replace_all") }
  guard call[1].tag == Tag.list else { return call.wrong(1, "a list", in: "replace_all") }
  guard call.hasRoom(elements: listCount(call[1].address)) else { return call.listTooLong }
  call.heap.replaceElements(of: call[0].address, with: call[1].address)
  return call.done(.null)
}

private func reverse(_ call: NativeCall) -> NativeResult {
  guard call[0].tag == Tag.list else { return call.wrong(0, "a list", in: "reverse") }
  call.machine.charge(elements: listCount(call[0].address))
  call.heap.reverse(call[0].address)
  return call.done(.null)
}

private func sortValues(_ call: NativeCall) -> NativeResult {
  guard call[0].tag == Tag.list else { return call.wrong(0, "a list", in: "sort") }
  return call.machine.sort(call[0].address) ? call.done(.null) : call.raised
}

// MARK: New lists

private func sortedByKeys(_ call: NativeCall) -> NativeResult {
  guard call[0].tag == Tag.list else { return call.wrong(0, "a list", in: "sort_by") }
  guard call[1].tag == Tag.list, listCount(call[0].address) == listCount(call[1].address) else {
    return call.wrong(1, "a list with a key for each element", in: "sort_by")
  }
  guard let sorted = call.machine.sorted(call[0].address, by: call[1].address) else {
    return call.raised
  }
  return call.done(sorted)
}

private func reversed(_ call: NativeCall) -> NativeResult {
  guard call[0].tag == Tag.list else { return call.wrong(0, "a list", in: "reversed") }
  guard call.hasRoom(elements: listCount(call[0].address)) else { return call.listTooLong }
  let copy = call.heap.copyList(call[0].address)
  call.heap.reverse(copy)
  return call.done(list: copy)
}

private func zip(_ call: NativeCall) -> NativeResult {
  guard call[0].tag == Tag.list else { return call.wrong(0, "a list", in: "zip") }
  guard let others = call.machine.elements(of: call[1], for: "zip") else { return call.raised }
  let list = call[0].address
  let count = min(listCount(list), others.count)
  guard call.hasRoom(elements: count * 6) else { return call.listTooLong }
  let pairs = call.heap.makeList(capacity: count, form: ElementForm.any)
  for index in 0..<count {
    let pair = call.heap.makeList()
    call.heap.append(pair, loadElement(list, index))
    call.heap.append(pair, others[index])
    call.heap.append(pairs, .object(pair, Tag.list))
  }
  return call.done(list: pairs)
}

private func slice(_ call: NativeCall) -> NativeResult {
  guard call[0].tag == Tag.list else { return call.wrong(0, "a list", in: "slice") }
  let list = call[0].address
  let count = listCount(list)
  guard call[1].isInt else { return call.wrong(1, "an int", in: "slice") }
  guard call[2].isInt || call[2].isNull else { return call.wrong(2, "an int", in: "slice") }
  let start = call[1].asInt < 0 ? call[1].asInt &+ count : call[1].asInt
  var end = call[2].isInt ? call[2].asInt : count
  if end < 0 { end = end &+ count }
  guard start >= 0, start <= count, end >= 0, end <= count else {
    return call.fault(
      .index,
      "the slice from \(start) to \(end) is out of range: there "
        + "\(count == 1 ? "is" : "are") \(count)")
  }
  guard call.hasRoom(elements: max(0, end - start)) else { return call.listTooLong }
  return call.done(call.machine.slice(list: list, start..<max(start, end)))
}

private func chunks(_ call: NativeCall) -> NativeResult {
  guard call[0].tag == Tag.list else { return call.wrong(0, "a list", in: "chunks") }
  guard call[1].isInt, call[1].asInt > 0 else {
    return call.wrong(1, "an int from 1 on", in: "chunks")
  }
  let list = call[0].address
  let size = min(call[1].asInt, max(1, listCount(list)))
  guard call.hasRoom(elements: listCount(list) + listCount(list) / size * 4) else {
    return call.listTooLong
  }
  let parts = call.heap.makeList()
  for start in stride(from: 0, to: listCount(list), by: size) {
    let end = min(start + size, listCount(list))
    call.heap.append(parts, call.machine.slice(list: list, start..<end))
  }
  return call.done(list: parts)
}

/// Keys of maps are found by hash, other values by comparing.
private func unique(_ call: NativeCall) -> NativeResult {
  guard call[0].tag == Tag.list else { return call.wrong(0, "a list", in: "unique") }
  let list = call[0].address
  guard call.hasRoom(elements: listCount(list) * 4) else { return call.listTooLong }
  let machine = call.machine
  let seen = call.heap.makeMap()
  var others: [Value] = []
  let kept = call.heap.makeList()
  for index in 0..<listCount(list) {
    let value = loadElement(list, index)
    // 1 and 1.0 are equal, but only one of them can be a key.
    let key = value.isFloat ? Int(exactly: value.asFloat).map { Value.int($0) } ?? value : value
    if machine.isKey(key) {
      if call.heap.value(in: seen, for: key) != nil { continue }
      call.heap.insertEntry(seen, key, .null)
    } else {
      if others.contains(where: { machine.equal($0, value) }) { continue }
      others.append(value)
      // Each is compared with all that were kept.
      if machine.mustStop(steps: others.count / 16, bytes: others.count * 16) { break }
    }
    call.heap.append(kept, value)
  }
  return call.done(list: kept)
}

// MARK: Questions

private func index(_ call: NativeCall) -> NativeResult {
  guard call[0].tag == Tag.list else { return call.wrong(0, "a list", in: "index") }
  guard let index = call.machine.firstIndex(of: call[1], in: call[0].address) else {
    return call.done(.null)
  }
  return call.done(.int(index))
}

private func contains(_ call: NativeCall) -> NativeResult {
  guard call[0].tag == Tag.list else { return call.wrong(0, "a list", in: "contains") }
  return call.done(.bool(call.machine.firstIndex(of: call[1], in: call[0].address) != nil))
}

private func first(_ call: NativeCall) -> NativeResult {
  guard call[0].tag == Tag.list else { return call.wrong(0, "a list", in: "first") }
  let list = call[0].address
  return call.done(listCount(list) > 0 ? loadElement(list, 0) : .null)
}

private func last(_ call: NativeCall) -> NativeResult {
  guard call[0].tag == Tag.list else { return call.wrong(0, "a list", in: "last") }
  let list = call[0].address
  return call.done(listCount(list) > 0 ? loadElement(list, listCount(list) - 1) : .null)
}

private func join(_ call: NativeCall) -> NativeResult {
  guard call[0].tag == Tag.list else { return call.wrong(0, "a list", in: "join") }
  guard !call.has(1) || call[1].isString || call[1].tag == Tag.bytes else {
    return call.wrong(1, "a string", in: "join")
  }
  guard let text = call.machine.joined(call[0].address, call[1]) else { return call.raised }
  return call.done(text)
}

private func sum(_ call: NativeCall) -> NativeResult {
  guard call[0].tag == Tag.list else { return call.wrong(0, "a list", in: "sum") }
  guard let sum = call.machine.sum(of: call[0].address) else { return call.raised }
  return call.done(sum)
}

private func minimum(_ call: NativeCall) -> NativeResult { extreme(call, "min", wantsLess: true) }

private func maximum(_ call: NativeCall) -> NativeResult { extreme(call, "max", wantsLess: false) }

/// The first least or greatest element; NaN when there is one, null of an empty list.
private func extreme(_ call: NativeCall, _ name: String, wantsLess: Bool) -> NativeResult {
  guard call[0].tag == Tag.list else { return call.wrong(0, "a list", in: name) }
  let list = call[0].address
  guard listCount(list) > 0 else { return call.done(.null) }
  let machine = call.machine
  machine.charge(elements: listCount(list))
  var best = loadElement(list, 0)
  for index in 1..<max(1, listCount(list)) {
    let value = loadElement(list, index)
    if let order = machine.compareValues(value, best) {
      if wantsLess ? order < 0 : order > 0 { best = value }
    } else if value.isNumber, best.isNumber {
      return call.done(.float(.nan))
    } else {
      machine.orderFault(best, value)
      return call.raised
    }
  }
  return call.done(best)
}

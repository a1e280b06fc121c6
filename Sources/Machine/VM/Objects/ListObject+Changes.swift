import Glibc

/// Changes of many elements at once. The collector searches a long list in parts: an element that
/// leaves it, or moves below the place it has reached, is shaded first.
extension Heap {
  /// Before all elements leave a list.
  package func shadeAll(_ list: Address) {
    guard state(vm).pointee.isMarking, list.u32(Header.aux) == ElementForm.any else { return }
    for index in 0..<listCount(list) { shade(loadElement(list, index)) }
  }

  /// Before elements change places within a list: one that is being searched is finished.
  package func shadeBeforeMoving(_ list: Address) {
    guard collector.partialList == list else { return }
    shadeAll(list)
    collector.partialList = nil
  }

  /// Takes the last element off a list that has one.
  @inline(__always)
  package func removeLast(_ list: Address) -> Value {
    let index = listCount(list) &- 1
    let value = loadElement(list, index)
    if state(vm).pointee.isMarking { shade(value) }
    list.put(ListLayout.count, index)
    return value
  }

  /// Takes out the element at an index below the count.
  package func remove(_ list: Address, at index: Int) -> Value {
    let value = loadElement(list, index)
    if state(vm).pointee.isMarking {
      shade(value)
      shadeBeforeMoving(list)
    }
    let size = elementSize(list.u32(Header.aux))
    let count = listCount(list) - 1
    let place = list.address(ListLayout.data) + index * size
    memmove(place, place + size, (count - index) * size)
    list.put(ListLayout.count, count)
    return value
  }

  /// Puts a value before the element at an index, at most the count. Elements move up, where the
  /// collector meets them again.
  package func insert(_ list: Address, _ value: Value, at index: Int) {
    let count = listCount(list)
    append(list, value)
    guard index < count else { return }
    let size = elementSize(list.u32(Header.aux))
    let place = list.address(ListLayout.data) + index * size
    memmove(place + size, place, (count - index) * size)
    storeElement(list, index, value)
  }

  /// Forgets all elements and their memory.
  package func clear(_ list: Address) {
    shadeAll(list)
    if let data = list.optionalAddress(ListLayout.data) { freeMemory(data, listByteCapacity(list)) }
    list.put(ListLayout.data, nil as Address?)
    list.put(ListLayout.capacity, 0)
    list.put(ListLayout.count, 0)
    list.put(Header.aux, ElementForm.empty)
  }

  /// Makes a list's elements those of another.
  package func replaceElements(of list: Address, with other: Address) {
    guard list != other else { return }
    clear(list)
    appendAll(list, other)
  }

  /// Adds the elements of another list, or of the list itself.
  package func appendAll(_ list: Address, _ other: Address) {
    let added = listCount(other)
    guard added > 0 else { return }
    let count = listCount(list)
    let form = other.u32(Header.aux)
    if count == 0, listByteCapacity(list) == 0 { list.put(Header.aux, form) }
    guard list.u32(Header.aux) == form else {
      for index in 0..<added { append(list, loadElement(other, index)) }
      return
    }
    if count + added > list.int(ListLayout.capacity) {
      reserveList(list, count == 0 ? added : max(count + added, count * 2))
    }
    let size = elementSize(form)
    memcpy(
      list.address(ListLayout.data) + count * size, other.address(ListLayout.data), added * size)
    list.put(ListLayout.count, count + added)
  }

  package func copyList(_ list: Address) -> Address {
    let copy = makeList()
    appendAll(copy, list)
    return copy
  }

  /// A list of so many times one value; the caller has asked `hasRoom`.
  package func filledList(_ count: Int, _ value: Value) -> Address {
    let list = makeList()
    guard count > 0 else { return list }
    let form = elementForm(of: value)
    list.put(Header.aux, form)
    reserveList(list, count)
    let data = list.address(ListLayout.data)
    switch form {
    case ElementForm.any:
      data.value(0).initialize(repeating: value, count: count)
    case ElementForm.bool:
      memset(data, Int32(value.tag &- Tag.false), count)
    default:
      data.assumingMemoryBound(to: UInt64.self).initialize(repeating: value.bits, count: count)
    }
    list.put(ListLayout.count, count)
    return list
  }

  package func reverse(_ list: Address) {
    let count = listCount(list)
    guard count > 1 else { return }
    shadeBeforeMoving(list)
    let data = list.address(ListLayout.data)
    switch elementSize(list.u32(Header.aux)) {
    case 1: reverse(data.assumingMemoryBound(to: UInt8.self), count)
    case 8: reverse(data.assumingMemoryBound(to: UInt64.self), count)
    default: reverse(data.value(0), count)
    }
  }

  private func reverse<T>(_ elements: UnsafeMutablePointer<T>, _ count: Int) {
    var buffer = UnsafeMutableBufferPointer(start: elements, count: count)
    buffer.reverse()
  }

  /// Exchanges two elements, at indices below the count.
  package func swapElements(_ list: Address, _ first: Int, _ second: Int) {
    if collector.partialList == list { shadeBeforeMoving(list) }
    let value = loadElement(list, first)
    storeElement(list, first, loadElement(list, second))
    storeElement(list, second, value)
  }
}

import Glibc

extension Heap {
  package func makeList(capacity: Int = 0, form: UInt32 = ElementForm.empty) -> Address {
    let list = allocate(ListLayout.size, Tag.list, form)
    list.put(ListLayout.count, 0)
    list.put(ListLayout.data, nil as Address?)
    list.put(ListLayout.capacity, 0)
    if capacity > 0 { reserveList(list, capacity) }
    return list
  }

  /// Bytes that a list's elements have room for.
  func listByteCapacity(_ list: Address) -> Int {
    list.int(ListLayout.capacity) * elementSize(list.u32(Header.aux))
  }

  /// Makes room for so many elements. An `empty` list becomes one of any elements.
  func reserveList(_ list: Address, _ capacity: Int) {
    if list.u32(Header.aux) == ElementForm.empty { list.put(Header.aux, ElementForm.any) }
    let size = elementSize(list.u32(Header.aux))
    let old = list.int(ListLayout.capacity)
    guard capacity > old else { return }
    let data = growMemory(
      list.optionalAddress(ListLayout.data), from: old * size, to: capacity * size)
    list.put(ListLayout.data, data)
    list.put(ListLayout.capacity, capacity)
  }

  /// Adds an element at the end; widens or grows as needed.
  @inline(never)
  package func append(_ list: Address, _ value: Value) {
    prepare(list, for: value)
    let count = list.int(ListLayout.count)
    if count == list.int(ListLayout.capacity) { reserveList(list, max(4, count * 2)) }
    storeElement(list, count, value)
    list.put(ListLayout.count, count &+ 1)
  }

  /// Gives a list the form that can hold a value.
  @inline(__always)
  func prepare(_ list: Address, for value: Value) {
    let form = list.u32(Header.aux)
    if form == ElementForm.any { return }
    let wanted = elementForm(of: value)
    if form == ElementForm.empty {
      if list.int(ListLayout.capacity) == 0 { list.put(Header.aux, wanted) }
    } else if form != wanted {
      widen(list)
    }
  }

  /// Turns packed elements into values.
  @inline(never)
  func widen(_ list: Address) {
    let form = list.u32(Header.aux)
    guard form != ElementForm.any else { return }
    let count = list.int(ListLayout.count)
    let capacity = list.int(ListLayout.capacity)
    guard capacity > 0 else { return list.put(Header.aux, ElementForm.any) }
    let old = list.address(ListLayout.data)
    let data = allocateMemory(capacity * Value.stride)
    for index in 0..<count {
      data.value(index * Value.stride).pointee = packedElement(old, form, index)
    }
    freeMemory(old, capacity * elementSize(form))
    list.put(ListLayout.data, data)
    list.put(Header.aux, ElementForm.any)
  }
}

@inline(__always) func elementSize(_ form: UInt32) -> Int {
  form == ElementForm.any ? Value.stride : form == ElementForm.bool ? 1 : 8
}

@inline(__always) func elementForm(of value: Value) -> UInt32 {
  if value.tag <= Tag.float { return UInt32(value.tag) }
  return value.isBool ? ElementForm.bool : ElementForm.any
}

@inline(__always)
private func packedElement(_ data: Address, _ form: UInt32, _ index: Int) -> Value {
  if form == ElementForm.bool {
    return Value(bits: 0, tag: Tag.false &+ data.u8(index))
  }
  return Value(bits: data.u64(index &<< 3), tag: UInt8(truncatingIfNeeded: form))
}

/// The element at an index below the count.
@inline(__always)
package func loadElement(_ list: Address, _ index: Int) -> Value {
  let form = list.u32(Header.aux)
  let data = list.address(ListLayout.data)
  if form == ElementForm.any { return data.value(index &<< 4).pointee }
  return packedElement(data, form, index)
}

/// Stores into a slot within the capacity; the list's form fits the value.
@inline(__always)
func storeElement(_ list: Address, _ index: Int, _ value: Value) {
  let form = list.u32(Header.aux)
  let data = list.address(ListLayout.data)
  if form == ElementForm.any {
    data.value(index &<< 4).pointee = value
  } else if form == ElementForm.bool {
    data.put(index, value.tag &- Tag.false)
  } else {
    data.put(index &<< 3, value.bits)
  }
}

@inline(__always) package func listCount(_ list: Address) -> Int { list.int(ListLayout.count) }

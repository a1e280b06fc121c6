import JanusBytecode
import Glibc

extension Machine {
  /// Instructions that make or fill collections.
  func collection(_ word: UInt64) {
    let base = state(vm).pointee.base
    guard let opcode = Instruction(word: word).opcode else { return }
    let target = register(base, fieldA(word))
    // Read only where B is a register.
    var operand: Value { register(base, fieldB(word)).pointee }
    switch opcode {
    case .newList:
      target.pointee = .object(heap.makeList(capacity: 0), Tag.list)
    case .listOf:
      let list = heap.makeList()
      for index in 0..<fieldX(word) {
        heap.append(list, register(base, fieldB(word) + index * Value.stride).pointee)
      }
      target.pointee = .object(list, Tag.list)
    case .append: appendTo(target.pointee, operand)
    case .appendAll: appendAll(to: target.pointee, operand)
    case .newMap: target.pointee = .object(heap.makeMap(), Tag.map)
    case .mapSet: mapSet(target.pointee, operand, register(base, fieldC(word)).pointee)
    case .copySpread: copySpread(operand, into: target)
    case .range:
      if let range = makeRange(operand, register(base, fieldC(word)).pointee, fieldX(word)) {
        target.pointee = range
      }
    case .hasKey:
      let key = register(base, fieldC(word)).pointee
      target.pointee = .bool(fieldForPattern(operand, key) != nil)
    case .concat: concat(word)
    case .length:
      if let length = length(of: operand) { target.pointee = .int(length) }
    default: break
    }
  }

  private func appendTo(_ target: Value, _ element: Value) {
    guard target.tag == Tag.list else {
      return fault(.type, "only a list can be appended to")
    }
    heap.append(target.address, element)
  }

  /// `..xs` in a list literal.
  private func appendAll(to target: Value, _ source: Value) {
    guard target.tag == Tag.list else { return fault(.type, "only a list can be appended to") }
    guard let elements = elements(of: source, for: "..") else { return }
    for element in elements { heap.append(target.address, element) }
  }

  /// The elements of anything finite that can be iterated; nil after a fault.
  public func elements(of source: Value, for purpose: String) -> [Value]? {
    var elements: [Value] = []
    switch source.tag {
    case Tag.list:
      let list = source.address
      elements.reserveCapacity(listCount(list))
      for index in 0..<listCount(list) { elements.append(loadElement(list, index)) }
    case Tag.map:
      heap.forEachEntry(source.address) { key, _ in elements.append(key) }
    case Tag.string:
      let text = source.address
      let bytes = textBytes(text)
      var offset = 0
      while offset < textCount(text) {
        let length = scalarLength(bytes[offset])
        elements.append(heap.makeText(bytes + offset, length))
        offset += length
      }
    case Tag.bytes:
      let bytes = textBytes(source.address)
      for index in 0..<textCount(source.address) { elements.append(.int(Int(bytes[index]))) }
    case Tag.range:
      guard let bounds = loopBounds(of: source.address) else { return nil }
      guard bounds.count <= 1 << 28, heap.hasRoom(for: bounds.count * 16) else {
        fault(.limit, "the range is too long to be held in memory")
        return nil
      }
      for index in 0..<bounds.count { elements.append(.int(bounds.start &+ index &* bounds.step)) }
    default:
      fault(.type, "`\(purpose)` needs something to iterate over, not \(described(source))")
      return nil
    }
    return elements
  }

  private func mapSet(_ target: Value, _ key: Value, _ value: Value) {
    switch target.tag {
    case Tag.map:
      guard isKey(key) else { return keyFault(key) }
      heap.setEntry(target.address, key, value)
    case Tag.structure:
      setFieldByKey(target, key, value)
    default: fault(.type, "only a map has entries")
    }
  }

  /// `{ ..p, … }`: a struct keeps its type, a map is copied.
  private func copySpread(_ source: Value, into target: UnsafeMutablePointer<Value>) {
    switch source.tag {
    case Tag.map where target.pointee.tag == Tag.map:
      heap.forEachEntry(source.address) { heap.setEntry(target.pointee.address, $0, $1) }
    case Tag.map: target.pointee = .object(heap.copyMap(source.address), Tag.map)
    case Tag.structure where target.pointee.tag == Tag.map:
      let shape = shapes[Int(source.address.u32(Header.aux))]
      for (index, name) in shape.fieldNames.enumerated() {
        let value = source.address.value(FieldsLayout.first + index * Value.stride).pointee
        heap.setEntry(target.pointee.address, .object(name, Tag.string), value)
      }
    case Tag.structure: target.pointee = copyFields(source)
    default: fault(.type, "`..` in braces needs a map or a struct, not \(described(source))")
    }
  }

  func copyFields(_ source: Value) -> Value {
    let number = source.address.u32(Header.aux)
    let size = shapes[Int(number)].fieldCount * Value.stride
    let copy = heap.allocate(FieldsLayout.first + size, source.tag, number)
    copy.put(FieldsLayout.trace, nil as Address?)
    memcpy(copy + FieldsLayout.first, source.address + FieldsLayout.first, size)
    return .object(copy, source.tag)
  }

  package func isKey(_ key: Value) -> Bool {
    switch key.tag {
    case Tag.null, Tag.false, Tag.true, Tag.int, Tag.string, Tag.bytes, Tag.duration: true
    case Tag.enumeration, Tag.error:
      shapes[Int(key.address.u32(Header.aux))].fieldCount == 0
    default: false
    }
  }

  package func keyFault(_ key: Value) {
    fault(
      .key,
      "\(described(key)) cannot be a key",
      hint: "keys are null, bools, ints, strings, bytes, durations and cases without payload"
    )
  }

  func makeRange(_ start: Value, _ end: Value, _ flags: Int) -> Value? {
    for bound in [start, end] where !bound.isInt && !bound.isNull {
      rangeBoundsFault(start, end)
      return nil
    }
    return rangeValue(
      start: start.isInt ? start.asInt : nil,
      end: end.isInt ? end.asInt : nil,
      inclusive: flags != 0,
      step: nil
    )
  }

  package func rangeValue(start: Int?, end: Int?, inclusive: Bool, step: Int?) -> Value {
    var flags: UInt32 = inclusive ? RangeFlags.inclusive : 0
    if start != nil { flags |= RangeFlags.hasStart }
    if end != nil { flags |= RangeFlags.hasEnd }
    if step != nil { flags |= RangeFlags.hasStep }
    let range = heap.allocate(RangeLayout.size, Tag.range, flags)
    range.put(RangeLayout.start, start ?? 0)
    range.put(RangeLayout.end, end ?? 0)
    range.put(RangeLayout.step, step ?? 1)
    return .object(range, Tag.range)
  }

  /// A range that keeps each n-th value of another, or goes down from its start when n is negative;
  /// nil when the step would be too large.
  package func stepped(_ range: Address, by step: Int) -> Value? {
    let flags = range.u32(Header.aux)
    let (product, overflow) = range.int(RangeLayout.step).multipliedReportingOverflow(by: step)
    guard !overflow else { return nil }
    return rangeValue(
      start: flags & RangeFlags.hasStart != 0 ? range.int(RangeLayout.start) : nil,
      end: flags & RangeFlags.hasEnd != 0 ? range.int(RangeLayout.end) : nil,
      inclusive: flags & RangeFlags.inclusive != 0,
      step: product
    )
  }

  func rangeBoundsFault(_ start: Value, _ end: Value) {
    let wrong = start.isInt || start.isNull ? end : start
    fault(.type, "a range goes from int to int, but this bound is \(described(wrong))")
  }

  /// First value, number of values and step of a bounded range; nil after a fault.
  package func loopBounds(of range: Address) -> (start: Int, count: Int, step: Int)? {
    let flags = range.u32(Header.aux)
    guard flags & RangeFlags.hasStart != 0, flags & RangeFlags.hasEnd != 0 else {
      fault(
        .type,
        "a range without \(flags & RangeFlags.hasStart == 0 ? "start" : "end") cannot be iterated"
      )
      return nil
    }
    let start = range.int(RangeLayout.start)
    let end = range.int(RangeLayout.end)
    let step = range.int(RangeLayout.step)
    let inclusive = flags & RangeFlags.inclusive != 0
    let isEmpty =
      step > 0
      ? (inclusive ? start > end : start >= end) : (inclusive ? start < end : start <= end)
    if isEmpty { return (start, 0, step) }
    let distance = step > 0 ? UInt(bitPattern: end &- start) : UInt(bitPattern: start &- end)
    let stride = step.magnitude
    let isClosed = inclusive || distance % stride != 0
    let count = min(distance / stride, UInt(Int.max) - 1) + (isClosed ? 1 : 0)
    return (start, Int(count), step)
  }

  /// The parts of an interpolation as one string.
  private func concat(_ word: UInt64) {
    let base = state(vm).pointee.base
    if fieldX(word) == 2 {
      let left = register(base, fieldB(word)).pointee
      let right = register(base, fieldB(word) + Value.stride).pointee
      if left.isString, right.isString {
        guard let joined = heap.join(left.address, right.address) else { return textTooLong() }
        register(base, fieldA(word)).pointee = joined
        return
      }
    }
    let room = 120
    let isShort = withUnsafeTemporaryAllocation(of: UInt8.self, capacity: room) { buffer in
      var count = 0
      for index in 0..<fieldX(word) {
        let part = register(base, fieldB(word) + index * Value.stride).pointee
        if part.isString {
          let length = textCount(part.address)
          guard count + length <= room else { return false }
          memcpy(buffer.baseAddress.unsafelyUnwrapped + count, textBytes(part.address), length)
          count += length
        } else if part.isInt {
          guard count + 20 <= room else { return false }
          count += writeInt(part.asInt, buffer.baseAddress.unsafelyUnwrapped + count)
        } else {
          return false
        }
      }
      register(base, fieldA(word)).pointee =
        heap.makeText(buffer.baseAddress.unsafelyUnwrapped, count)
      return true
    }
    if isShort { return }
    var bytes: [UInt8] = []
    for index in 0..<fieldX(word) {
      appendDisplay(register(base, fieldB(word) + index * Value.stride).pointee, to: &bytes)
    }
    if state(vm).pointee.isCut { return raiseCut() }
    guard bytes.count <= textLimit, heap.hasRoom(for: bytes.count) else { return textTooLong() }
    register(base, fieldA(word)).pointee = string(bytes)
  }

  package func textTooLong() { fault(.limit, "the text would be longer than memory allows") }

  /// `len(x)`; nil after a fault.
  package func length(of value: Value) -> Int? {
    switch value.tag {
    case Tag.list: return listCount(value.address)
    case Tag.string: return heap.scalarCount(value.address)
    case Tag.map: return value.address.int(MapLayout.count)
    case Tag.bytes: return textCount(value.address)
    case Tag.range: return loopBounds(of: value.address)?.count
    default:
      fault(.type, "\(described(value)) has no length")
      return nil
    }
  }
}

/// Writes an int in decimal; the number of bytes.
@inline(__always)
package func writeInt(_ value: Int, _ target: UnsafeMutablePointer<UInt8>) -> Int {
  var left = value.magnitude
  var digits = 1
  var power: UInt = 10
  while left >= power, digits < 19 {
    digits += 1
    power &*= 10
  }
  if digits == 19, left >= 10_000_000_000_000_000_000 { digits = 20 }
  let sign = value < 0 ? 1 : 0
  if value < 0 { target[0] = UInt8(ascii: "-") }
  var position = digits &+ sign
  repeat {
    position &-= 1
    target[position] = UInt8(truncatingIfNeeded: 48 &+ left % 10)
    left /= 10
  } while left != 0
  return digits &+ sign
}

import JanusBytecode
import Glibc

extension Machine {
  func getIndex(_ word: UInt64) {
    let base = state(vm).pointee.base
    let collection = register(base, fieldB(word)).pointee
    let index =
      Instruction(word: word).opcode == .getIndexInt
      ? Value.int(signedC(word)) : register(base, fieldC(word)).pointee
    if let element = element(of: collection, at: index) {
      register(base, fieldA(word)).pointee = element
    }
  }

  func setIndex(_ word: UInt64) {
    let base = state(vm).pointee.base
    let collection = register(base, fieldA(word)).pointee
    let index =
      Instruction(word: word).opcode == .setIndexInt
      ? Value.int(signedB(word)) : register(base, fieldB(word)).pointee
    setElement(of: collection, at: index, to: register(base, fieldC(word)).pointee)
  }

  /// `collection[index]`; nil after a fault.
  func element(of collection: Value, at index: Value) -> Value? {
    switch collection.tag {
    case Tag.map:
      if isKey(index) {
        return heap.findEntry(collection.address, index)?.value(Value.stride).pointee ?? .null
      }
      keyFault(index)
      return nil
    case Tag.list:
      if index.tag == Tag.range { return slice(list: collection.address, index.address) }
      guard let position = position(index, count: listCount(collection.address)) else { return nil }
      return loadElement(collection.address, position)
    case Tag.string:
      let text = collection.address
      let count = heap.scalarCount(text)
      if index.tag == Tag.range {
        guard let bounds = sliceBounds(index.address, count: count) else { return nil }
        let start = heap.byteOffset(text, scalar: bounds.lowerBound)
        let end = heap.byteOffset(text, scalar: bounds.upperBound)
        return heap.slice(text, from: start, count: end - start)
      }
      guard let position = position(index, count: count) else { return nil }
      let offset = heap.byteOffset(text, scalar: position)
      let bytes = textBytes(text) + offset
      return heap.makeText(bytes, scalarLength(bytes[0]))
    case Tag.bytes:
      let text = collection.address
      if index.tag == Tag.range {
        guard let bounds = sliceBounds(index.address, count: textCount(text)) else { return nil }
        return heap.slice(text, from: bounds.lowerBound, count: bounds.count)
      }
      guard let position = position(index, count: textCount(text)) else { return nil }
      return .int(Int(textBytes(text)[position]))
    case Tag.range:
      guard let bounds = loopBounds(of: collection.address),
        let position = position(index, count: bounds.count)
      else { return nil }
      return .int(bounds.start &+ position &* bounds.step)
    case Tag.null:
      fault(.null, "null has no elements", hint: "check it first, or give a value with `??`")
      return nil
    case Tag.structure:
      if index.isString, let field = fieldForPattern(collection, index) { return field }
      fallthrough
    default:
      fault(.type, "\(described(collection)) has no elements")
      return nil
    }
  }

  /// An index from the front, or from the back when negative; nil after a fault.
  package func position(_ index: Value, count: Int) -> Int? {
    guard index.isInt else {
      fault(.type, "an index must be an int, not \(described(index))")
      return nil
    }
    let position = index.asInt < 0 ? index.asInt &+ count : index.asInt
    guard position >= 0, position < count else {
      fault(
        .index, "index \(index.asInt) is out of range: there \(count == 1 ? "is" : "are") \(count)")
      return nil
    }
    return position
  }

  /// The half-open bounds that a range means in a sequence; nil after a fault.
  func sliceBounds(_ range: Address, count: Int) -> Range<Int>? {
    let flags = range.u32(Header.aux)
    guard flags & RangeFlags.hasStep == 0 else {
      fault(.type, "a slice cannot have a step")
      return nil
    }
    func place(_ bound: Int) -> Int { bound < 0 ? bound &+ count : bound }
    let start = flags & RangeFlags.hasStart == 0 ? 0 : place(range.int(RangeLayout.start))
    var end = count
    if flags & RangeFlags.hasEnd != 0 {
      end = place(range.int(RangeLayout.end))
      if flags & RangeFlags.inclusive != 0 { end = end &+ 1 }
    }
    guard start >= 0, start <= count, end <= count else {
      fault(
        .index,
        "the slice \(display(.object(range, Tag.range))) is out of range: there "
          + "\(count == 1 ? "is" : "are") \(count)")
      return nil
    }
    return start..<max(start, end)
  }

  private func slice(list: Address, _ range: Address) -> Value? {
    guard let bounds = sliceBounds(range, count: listCount(list)) else { return nil }
    return slice(list: list, bounds)
  }

  package func slice(list: Address, _ bounds: Range<Int>) -> Value {
    let form = list.u32(Header.aux)
    guard !bounds.isEmpty else { return .object(heap.makeList(), Tag.list) }
    let copy = heap.makeList(capacity: bounds.count, form: form)
    let size = elementSize(form)
    memcpy(
      copy.address(ListLayout.data), list.address(ListLayout.data) + bounds.lowerBound * size,
      bounds.count * size)
    copy.put(ListLayout.count, bounds.count)
    return .object(copy, Tag.list)
  }

  func setElement(of collection: Value, at index: Value, to value: Value) {
    switch collection.tag {
    case Tag.map:
      guard isKey(index) else { return keyFault(index) }
      heap.setEntry(collection.address, index, value)
    case Tag.list:
      let list = collection.address
      guard let position = position(index, count: listCount(list)) else { return }
      heap.prepare(list, for: value)
      if state(vm).pointee.isMarking { heap.shade(loadElement(list, position)) }
      storeElement(list, position, value)
    case Tag.string, Tag.bytes:
      let name = typeName(of: collection)
      // A word for many takes no article.
      let described = collection.tag == Tag.bytes ? name : "a \(name)"
      fault(.type, "\(described) cannot be changed", hint: "build a new one")
    case Tag.null: fault(.null, "null has no elements")
    case Tag.structure where index.isString: setFieldByKey(collection, index, value)
    default: fault(.type, "\(described(collection)) has no elements to set")
    }
  }

  // MARK: Iteration

  func prepareIteration(_ word: UInt64) {
    let base = state(vm).pointee.base
    let collection = register(base, fieldB(word)).pointee
    switch collection.tag {
    case Tag.list, Tag.map, Tag.string, Tag.bytes, Tag.channel: break
    case Tag.range:
      let flags = collection.address.u32(Header.aux)
      guard flags & RangeFlags.hasStart != 0 else {
        return fault(.type, "a range without start cannot be iterated")
      }
    case Tag.null:
      return fault(.null, "null cannot be iterated over", hint: "give a value with `??`")
    default: return fault(.type, "\(described(collection)) cannot be iterated over")
    }
    register(base, fieldA(word)).pointee = collection
    register(base, fieldA(word) + 16).pointee = .int(0)
    if collection.tag == Tag.map {
      // Low half: entry; high half: the key set's version when the loop began.
      let version = Int(collection.address.u32(Header.aux))
      register(base, fieldA(word) + 16).pointee = .int(version << 32)
    }
  }

  /// The next element of anything but a list in its ordinary form.
  func iterate(_ word: UInt64) {
    let s = state(vm)
    let base = s.pointee.base
    let collection = register(base, fieldA(word)).pointee
    let slot = register(base, fieldA(word) + 16)
    let position = slot.pointee.asInt
    let body = s.pointee.pc + signedC(word) * 8
    switch collection.tag {
    case Tag.map:
      return fault(
        .key, "the keys of the map changed while it was iterated over",
        hint: "iterate over m.keys() to change the map meanwhile")
    case Tag.string:
      let text = collection.address
      let offset = position & 0xffff_ffff
      guard offset >= 0, offset < textCount(text) else { return }
      let bytes = textBytes(text) + offset
      let length = min(scalarLength(bytes[0]), textCount(text) - offset)
      slot.pointee = .int(((position >> 32) + 1) << 32 | (offset + length))
      deliver(word, heap.makeText(bytes, length), number: position >> 32)
    case Tag.bytes:
      guard position >= 0, position < textCount(collection.address) else { return }
      slot.pointee = .int(position + 1)
      deliver(word, .int(Int(textBytes(collection.address)[position])), number: position)
    case Tag.range:
      let range = collection.address
      let count =
        range.u32(Header.aux) & RangeFlags.hasEnd == 0 ? Int.max : loopBounds(of: range)?.count ?? 0
      guard position >= 0, position < count else { return }
      slot.pointee = .int(position &+ 1)
      let value = range.int(RangeLayout.start) &+ position &* range.int(RangeLayout.step)
      deliver(word, .int(value), number: position)
    case Tag.channel:
      return iterateChannel(collection.address, word, body)
    default: return
    }
    s.pointee.pc = body
  }

  /// For one variable the value; for two its number first.
  private func deliver(_ word: UInt64, _ value: Value, number: Int) {
    let base = state(vm).pointee.base
    if fieldX(word) == 2 {
      register(base, fieldA(word) + 32).pointee = .int(number)
      register(base, fieldA(word) + 48).pointee = value
    } else {
      register(base, fieldA(word) + 32).pointee = value
    }
  }

  /// A counted loop with a step: A start, A+1 end, A+2 step.
  func prepareStepLoop(_ word: UInt64) {
    let base = state(vm).pointee.base
    let start = register(base, fieldA(word)).pointee
    let end = register(base, fieldA(word) + 16).pointee
    let step = register(base, fieldA(word) + 32).pointee
    guard start.isInt, end.isInt else { return rangeBoundsFault(start, end) }
    guard step.isInt, step.asInt != 0 else {
      return fault(.type, "a step must be an int other than 0, not \(described(step))")
    }
    var last = end.asInt
    var isEmpty = false
    if fieldX(word) == 0 {
      let (shifted, overflow) = last.subtractingReportingOverflow(step.asInt > 0 ? 1 : -1)
      isEmpty = overflow
      last = shifted
    }
    isEmpty = isEmpty || (step.asInt > 0 ? start.asInt > last : start.asInt < last)
    register(base, fieldA(word) + 16).pointee = .int(last)
    if isEmpty { state(vm).pointee.pc += signedC(word) * 8 }
  }
}

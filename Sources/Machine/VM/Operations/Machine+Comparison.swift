import JanusBytecode
import Glibc

extension Machine {
  /// `equal notEqual less lessOrEqual contains` to a bool.
  func compare(_ word: UInt64) {
    let base = state(vm).pointee.base
    let left = register(base, fieldB(word)).pointee
    let right = register(base, fieldC(word)).pointee
    guard let opcode = Instruction(word: word).opcode else { return }
    let result: Bool?
    switch opcode {
    case .equal: result = equal(left, right)
    case .notEqual: result = !equal(left, right)
    case .less: result = ordered(left, right, orEqual: false)
    case .lessOrEqual: result = ordered(left, right, orEqual: true)
    default: result = contains(right, left)
    }
    if state(vm).pointee.isCut { return raiseCut() }
    if let result { register(base, fieldA(word)).pointee = .bool(result) }
  }

  /// The compared jumps, for operands that the handlers leave alone.
  func compareAndJump(_ word: UInt64) {
    let base = state(vm).pointee.base
    guard let opcode = Instruction(word: word).opcode else { return }
    let left = register(base, fieldA(word)).pointee
    let constant = Value.int(signedB(word))
    // Read only where B is a register.
    var right: Value { register(base, fieldB(word)).pointee }
    let result: Bool?
    switch opcode {
    case .jumpLess, .loopLess: result = ordered(left, right, orEqual: false)
    case .jumpNotLess: result = ordered(left, right, orEqual: false).map { !$0 }
    case .jumpLessOrEqual, .loopLessOrEqual: result = ordered(left, right, orEqual: true)
    case .jumpNotLessOrEqual: result = ordered(left, right, orEqual: true).map { !$0 }
    case .jumpEqual, .loopEqual: result = equal(left, right)
    case .jumpNotEqual, .loopNotEqual: result = !equal(left, right)
    case .jumpLessInt, .loopLessInt: result = ordered(left, constant, orEqual: false)
    case .jumpNotLessInt: result = ordered(left, constant, orEqual: false).map { !$0 }
    case .jumpLessOrEqualInt, .loopLessOrEqualInt: result = ordered(left, constant, orEqual: true)
    case .jumpNotLessOrEqualInt: result = ordered(left, constant, orEqual: true).map { !$0 }
    case .jumpGreaterInt, .loopGreaterInt: result = ordered(constant, left, orEqual: false)
    case .jumpNotGreaterInt: result = ordered(constant, left, orEqual: false).map { !$0 }
    case .jumpGreaterOrEqualInt, .loopGreaterOrEqualInt:
      result = ordered(constant, left, orEqual: true)
    case .jumpNotGreaterOrEqualInt: result = ordered(constant, left, orEqual: true).map { !$0 }
    case .jumpEqualInt, .loopEqualInt: result = equal(left, constant)
    default: result = !equal(left, constant)
    }
    if state(vm).pointee.isCut { return raiseCut() }
    if result == true { state(vm).pointee.pc += signedC(word) * 8 }
  }

  /// `left < right` or `<=`; nil after a fault.
  func ordered(_ left: Value, _ right: Value, orEqual: Bool) -> Bool? {
    guard let order = compareValues(left, right) else {
      if left.isNumber, right.isNumber { return false }
      operandFault(orEqual ? "<=" : "<", left, right)
      return nil
    }
    return orEqual ? order <= 0 : order < 0
  }

  /// Negative, zero or positive; nil where there is no order (NaN, or kinds that have none).
  package func compareValues(_ left: Value, _ right: Value) -> Int? {
    if bothInt(left, right) || left.tag == Tag.duration && right.tag == Tag.duration {
      return left.asInt < right.asInt ? -1 : left.asInt == right.asInt ? 0 : 1
    }
    if left.isNumber, right.isNumber { return compareNumbers(left, right) }
    guard left.tag == right.tag, left.tag == Tag.string || left.tag == Tag.bytes else { return nil }
    return compareTexts(left.address, right.address)
  }

  /// Ints and floats by value, without rounding the int.
  private func compareNumbers(_ left: Value, _ right: Value) -> Int? {
    if left.isFloat, right.isFloat {
      let (a, b) = (left.asFloat, right.asFloat)
      return a < b ? -1 : a == b ? 0 : a > b ? 1 : nil
    }
    if left.isInt { return compareNumbers(right, left).map { -$0 } }
    let float = left.asFloat
    let int = right.asInt
    if float.isNaN { return nil }
    if float >= 0x1p63 { return 1 }
    if float < -0x1p63 { return -1 }
    let whole = float.rounded(.towardZero)
    let truncated = Int(whole)
    if truncated != int { return truncated < int ? -1 : 1 }
    return float < whole ? -1 : float > whole ? 1 : 0
  }

  /// UTF-8 bytes order as scalar values do.
  private func compareTexts(_ left: Address, _ right: Address) -> Int {
    let leftCount = textCount(left)
    let rightCount = textCount(right)
    let order = memcmp(textBytes(left), textBytes(right), min(leftCount, rightCount))
    if order != 0 { return order < 0 ? -1 : 1 }
    return leftCount < rightCount ? -1 : leftCount == rightCount ? 0 : 1
  }

  /// Structural equality. It never faults, and ends on cycles: two objects met again while they
  /// are being compared count as equal.
  public func equal(_ left: Value, _ right: Value) -> Bool {
    if let quick = quickEquality(left, right) { return quick }
    if left.isNumber { return compareNumbers(left, right) == 0 }
    switch left.tag {
    case Tag.string, Tag.bytes: return textsEqual(left.address, right.address)
    default: break
    }
    var comparison = StructuralComparison(machine: self)
    return comparison.equal(left, right)
  }

  func contains(_ container: Value, _ element: Value) -> Bool? {
    switch container.tag {
    case Tag.list:
      let list = container.address
      return firstIndex(of: element, in: list) != nil
    case Tag.map:
      return isKey(element) && heap.findEntry(container.address, element) != nil
    case Tag.range:
      return rangeContains(container.address, element)
    case Tag.string where element.isString, Tag.bytes where element.tag == Tag.bytes:
      return findBytes(container.address, element.address, from: 0) != nil
    case Tag.bytes where element.isInt:
      let bytes = textBytes(container.address)
      for index in 0..<textCount(container.address) where Int(bytes[index]) == element.asInt {
        return true
      }
      return false
    default:
      operandFault("in", element, container)
      return nil
    }
  }

  private func rangeContains(_ range: Address, _ element: Value) -> Bool {
    guard element.isNumber else { return false }
    let flags = range.u32(Header.aux)
    // A descending range is met from its other side.
    let direction = range.int(RangeLayout.step) < 0 ? -1 : 1
    if flags & RangeFlags.hasStart != 0,
      (compareValues(element, .int(range.int(RangeLayout.start))) ?? -direction) * direction < 0
    {
      return false
    }
    if flags & RangeFlags.hasEnd != 0 {
      let order = compareValues(element, .int(range.int(RangeLayout.end))) ?? direction
      if order * direction > 0 || order == 0 && flags & RangeFlags.inclusive == 0 { return false }
    }
    guard flags & RangeFlags.hasStep != 0 else { return true }
    return element.isInt
      && (element.asInt &- range.int(RangeLayout.start)) % range.int(RangeLayout.step) == 0
  }
}

/// Compares two graphs with a list of pairs still to compare instead of recursion.
///
/// Containers that are being compared are taken for equal until they prove different (Hopcroft and
/// Karp): each becomes part of a class, so that shared and cyclic parts cost no more than there are
/// containers.
struct StructuralComparison {
  let machine: Machine
  private var pairs: [(Value, Value)] = []
  /// From a container towards the one that stands for its class.
  private var classes: [UInt64: UInt64] = [:]
  private var work = 0

  init(machine: Machine) { self.machine = machine }

  /// False also when a limit is reached meanwhile: whoever asked raises it.
  mutating func equal(_ left: Value, _ right: Value) -> Bool {
    pairs.append((left, right))
    while let (left, right) = pairs.popLast() {
      work += 1
      if work & 4095 == 0, machine.mustStop(steps: 4096 / 16, bytes: byteCount) { return false }
      if let quick = quickEquality(left, right) {
        if quick { continue }
        return false
      }
      if left.isNumber || left.tag == Tag.string || left.tag == Tag.bytes {
        if !machine.equal(left, right) { return false }
        continue
      }
      if left.tag != Tag.range, !unite(left.bits, right.bits) { continue }
      if !pushParts(left.address, right.address, left.tag) { return false }
    }
    machine.charge(elements: work & 4095)
    return true
  }

  /// What the comparison itself holds.
  private var byteCount: Int {
    pairs.capacity * MemoryLayout<(Value, Value)>.stride + classes.capacity * 40
  }

  /// False when both are of one class already.
  private mutating func unite(_ left: UInt64, _ right: UInt64) -> Bool {
    let (left, right) = (representative(left), representative(right))
    guard left != right else { return false }
    classes[right] = left
    return true
  }

  private mutating func representative(_ container: UInt64) -> UInt64 {
    var place = container
    while let next = classes[place] {
      // Half of the way is cut each time it is gone.
      if let farther = classes[next] { classes[place] = farther }
      place = next
    }
    return place
  }

  /// Adds the pairs of parts; false when the objects differ in themselves.
  private mutating func pushParts(_ left: Address, _ right: Address, _ tag: UInt8) -> Bool {
    switch tag {
    case Tag.list:
      guard listCount(left) == listCount(right) else { return false }
      for index in 0..<listCount(left) {
        pairs.append((loadElement(left, index), loadElement(right, index)))
      }
      return true
    case Tag.map:
      guard left.int(MapLayout.count) == right.int(MapLayout.count) else { return false }
      var same = true
      machine.heap.forEachEntry(left) { key, value in
        if let entry = machine.heap.findEntry(right, key) {
          pairs.append((value, entry.value(Value.stride).pointee))
        } else {
          same = false
        }
      }
      return same
    case Tag.structure, Tag.enumeration, Tag.error:
      let shape = left.u32(Header.aux)
      guard shape == right.u32(Header.aux) else { return false }
      for index in 0..<machine.shapes[Int(shape)].fieldCount {
        let offset = FieldsLayout.first + index * Value.stride
        pairs.append((left.value(offset).pointee, right.value(offset).pointee))
      }
      return true
    case Tag.range:
      return left.u32(Header.aux) == right.u32(Header.aux) && left.u64(8) == right.u64(8)
        && left.u64(16) == right.u64(16) && left.u64(24) == right.u64(24)
    case Tag.type:
      return left.u32(Header.aux) == right.u32(Header.aux)
    case Tag.native:
      return left.address(NativeLayout.record) == right.address(NativeLayout.record)
    default:
      return false
    }
  }
}

import JanusBytecode

/// Questions to all elements of a list.
extension Machine {
  /// The place of the first element that equals a value; nil also when a limit is reached.
  package func firstIndex(of value: Value, in list: Address) -> Int? {
    let count = listCount(list)
    for index in 0..<count {
      if equal(loadElement(list, index), value) {
        charge(elements: index & 4095)
        return index
      }
      if index & 4095 == 4095, mustStop(steps: 4096 / 16) { return nil }
    }
    charge(elements: count & 4095)
    return nil
  }

  /// The sum of numbers or of durations, 0 of nothing; nil after a fault.
  package func sum(of list: Address) -> Value? {
    guard listCount(list) > 0 else { return .int(0) }
    charge(elements: listCount(list))
    switch list.u32(Header.aux) {
    case ElementForm.float:
      var sum = 0.0
      for index in 0..<listCount(list) { sum += loadElement(list, index).asFloat }
      return .float(sum)
    default:
      var sum = loadElement(list, 0)
      guard sum.isNumber || sum.tag == Tag.duration else { return sumFault(sum) }
      for index in 1..<max(1, listCount(list)) {
        let value = loadElement(list, index)
        if bothInt(sum, value) {
          let (next, overflow) = sum.asInt.addingReportingOverflow(value.asInt)
          guard !overflow else { return overflowFault() }
          sum = .int(next)
        } else if sum.isNumber, value.isNumber {
          sum = .float(sum.number + value.number)
        } else if sum.tag == Tag.duration, value.tag == Tag.duration {
          let (next, overflow) = sum.asInt.addingReportingOverflow(value.asInt)
          guard !overflow else { return overflowFault() }
          sum = .duration(nanoseconds: next)
        } else {
          return sumFault(value)
        }
      }
      return sum
    }
  }

  private func overflowFault() -> Value? {
    fault(.overflow, "the sum does not fit in 64 bits")
    return nil
  }

  private func sumFault(_ value: Value) -> Value? {
    fault(
      .type, "sum adds numbers or durations, not \(described(value))",
      hint: value.isString ? "xs.join() puts strings together" : nil)
    return nil
  }
}

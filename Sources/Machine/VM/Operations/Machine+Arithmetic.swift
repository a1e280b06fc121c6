import JanusBytecode
import Glibc

extension Machine {
  /// The whole of arithmetic, for an instruction whose fast path did not apply.
  func arithmetic(_ word: UInt64) {
    let s = state(vm)
    let base = s.pointee.base
    guard let opcode = Instruction(word: word).opcode else { return }
    let left = register(base, fieldB(word)).pointee
    let right: Value
    var operation = opcode
    switch opcode {
    case .addInt:
      let amount = signedC(word)
      (operation, right) =
        amount < 0 && !left.isInt
        ? (.subtract, .int(-amount)) : (.add, .int(amount))
    case .multiplyInt: (operation, right) = (.multiply, .int(signedC(word)))
    case .divideInt: (operation, right) = (.divide, .int(signedC(word)))
    case .remainderInt: (operation, right) = (.remainder, .int(signedC(word)))
    case .shiftLeftInt: (operation, right) = (.shiftLeft, .int(fieldC(word)))
    case .shiftRightInt: (operation, right) = (.shiftRight, .int(fieldC(word)))
    case .shiftRightUnsignedInt:
      (operation, right) = (.shiftRightUnsigned, .int(fieldC(word)))
    case .addFloat, .multiplyFloat:
      operation = opcode == .addFloat ? .add : .multiply
      right = Value(bits: s.pointee.pc.u64(0), tag: Tag.float)
      skipWords(vm, 1)
    case .bitAndConstant:
      operation = .bitAnd
      right = Value(bits: s.pointee.pc.u64(0), tag: Tag.int)
      skipWords(vm, 1)
    case .negate: return negate(left, to: fieldA(word))
    case .bitNot:
      return operandFault("~", left, .null, isUnary: true)
    default: right = register(base, fieldC(word)).pointee
    }
    if let result = apply(operation, left, right) {
      register(base, fieldA(word)).pointee = result
    }
  }

  /// The result, or nil after a fault.
  func apply(_ operation: Opcode, _ left: Value, _ right: Value) -> Value? {
    if bothInt(left, right) { return applyInt(operation, left.asInt, right.asInt) }
    if left.isNumber, right.isNumber {
      if let result = applyFloat(operation, left.number, right.number) { return .float(result) }
    } else if left.tag == Tag.duration || right.tag == Tag.duration {
      if let result = applyDuration(operation, left, right) { return result }
      if state(vm).pointee.isFaulting { return nil }
    } else if operation == .add, left.tag == right.tag,
      left.tag == Tag.string || left.tag == Tag.bytes
    {
      if let joined = heap.join(left.address, right.address) { return joined }
      fault(.limit, "the text would be longer than memory allows")
      return nil
    } else if operation == .add, left.tag == Tag.list, right.tag == Tag.list {
      operandFault("+", left, right, hint: "join lists with `[..a, ..b]`")
      return nil
    }
    operandFault(symbol(operation), left, right, hint: joinHint(operation, left, right))
    return nil
  }

  private func joinHint(_ operation: Opcode, _ left: Value, _ right: Value) -> String? {
    guard operation == .add, left.isString || right.isString else { return nil }
    return "put the value into the text, as in $\"{x}\", or convert it with string(x)"
  }

  private func applyInt(_ operation: Opcode, _ left: Int, _ right: Int) -> Value? {
    var result: (partialValue: Int, overflow: Bool)
    switch operation {
    case .add: result = left.addingReportingOverflow(right)
    case .subtract: result = left.subtractingReportingOverflow(right)
    case .multiply: result = left.multipliedReportingOverflow(by: right)
    case .divide, .remainder:
      guard right != 0 else {
        fault(.divisionByZero, "\(left) \(symbol(operation)) 0 has no value")
        return nil
      }
      if operation == .remainder, right == -1 { return .int(0) }
      result =
        operation == .divide
        ? left.dividedReportingOverflow(by: right)
        : left.remainderReportingOverflow(dividingBy: right)
    case .power: return power(left, right)
    case .addWrapping: return .int(left &+ right)
    case .subtractWrapping: return .int(left &- right)
    case .multiplyWrapping: return .int(left &* right)
    case .bitAnd: return .int(left & right)
    case .bitOr: return .int(left | right)
    case .bitXor: return .int(left ^ right)
    default: return shift(operation, left, right)
    }
    guard !result.overflow else {
      fault(
        .overflow, "\(left) \(symbol(operation)) \(right) does not fit in 64 bits",
        hint: wrappingHint(operation))
      return nil
    }
    return .int(result.partialValue)
  }

  private func wrappingHint(_ operation: Opcode) -> String? {
    switch operation {
    case .add, .subtract, .multiply:
      "use `\(symbol(operation))%` to wrap around, or floats"
    default: nil
    }
  }

  private func shift(_ operation: Opcode, _ left: Int, _ right: Int) -> Value? {
    guard right >= 0, right < 64 else {
      fault(.shift, "a shift by \(right) is outside 0…63")
      return nil
    }
    switch operation {
    case .shiftLeft: return .int(left &<< right)
    case .shiftRight: return .int(left &>> right)
    default: return .int(Int(bitPattern: UInt(bitPattern: left) &>> UInt(bitPattern: right)))
    }
  }

  private func power(_ base: Int, _ exponent: Int) -> Value? {
    guard exponent >= 0 else {
      fault(
        .type, "an int cannot be raised to the negative power \(exponent)",
        hint: "use a float: \(base).0 ** \(exponent)")
      return nil
    }
    var result = 1
    var factor = base
    var left = exponent
    var overflow = false
    while left > 0 {
      if left & 1 == 1 {
        let product = result.multipliedReportingOverflow(by: factor)
        if product.overflow {
          overflow = true
          break
        }
        result = product.partialValue
      }
      left >>= 1
      if left > 0 {
        let square = factor.multipliedReportingOverflow(by: factor)
        if square.overflow {
          overflow = true
          break
        }
        factor = square.partialValue
      }
    }
    guard !overflow else {
      fault(.overflow, "\(base) ** \(exponent) does not fit in 64 bits", hint: "use floats")
      return nil
    }
    return .int(result)
  }

  private func applyFloat(_ operation: Opcode, _ left: Double, _ right: Double) -> Double? {
    switch operation {
    case .add: left + right
    case .subtract: left - right
    case .multiply: left * right
    case .divide: left / right
    case .remainder: fmod(left, right)
    case .power: pow(left, right)
    default: nil
    }
  }

  private func applyDuration(_ operation: Opcode, _ left: Value, _ right: Value) -> Value? {
    state(vm).pointee.isFaulting = false
    if left.tag == right.tag {
      switch operation {
      case .add: return duration(left.asInt.addingReportingOverflow(right.asInt))
      case .subtract: return duration(left.asInt.subtractingReportingOverflow(right.asInt))
      case .divide: return .float(Double(left.asInt) / Double(right.asInt))
      default: return nil
      }
    }
    let span = left.tag == Tag.duration ? left : right
    let factor = left.tag == Tag.duration ? right : left
    if factor.isInt, operation == .multiply {
      return duration(span.asInt.multipliedReportingOverflow(by: factor.asInt))
    }
    guard factor.isNumber else { return nil }
    if operation == .multiply { return duration(Double(span.asInt) * factor.number) }
    guard operation == .divide, left.tag == Tag.duration else { return nil }
    if factor.isInt {
      guard factor.asInt != 0 else {
        fault(.divisionByZero, "a duration divided by 0 has no value")
        state(vm).pointee.isFaulting = true
        return nil
      }
      return duration(span.asInt.dividedReportingOverflow(by: factor.asInt))
    }
    return duration(Double(span.asInt) / factor.number)
  }

  private func duration(_ result: (partialValue: Int, overflow: Bool)) -> Value? {
    if result.overflow { return durationOverflow() }
    return .duration(nanoseconds: result.partialValue)
  }

  private func duration(_ nanoseconds: Double) -> Value? {
    guard let whole = Int(exactly: nanoseconds.rounded()) else { return durationOverflow() }
    return .duration(nanoseconds: whole)
  }

  private func durationOverflow() -> Value? {
    fault(.overflow, "the duration is longer than 292 years")
    state(vm).pointee.isFaulting = true
    return nil
  }

  private func negate(_ value: Value, to target: Int) {
    let base = state(vm).pointee.base
    if value.isInt || value.tag == Tag.duration {
      let result = (0).subtractingReportingOverflow(value.asInt)
      guard !result.overflow else {
        return fault(.overflow, "-(\(value.asInt)) does not fit in 64 bits")
      }
      register(base, target).pointee = Value(
        bits: UInt64(bitPattern: Int64(result.partialValue)), tag: value.tag)
    } else {
      operandFault("-", value, .null, isUnary: true)
    }
  }

  func operandFault(
    _ symbol: String, _ left: Value, _ right: Value, hint: String? = nil, isUnary: Bool = false
  ) {
    if isUnary {
      return fault(.type, "`\(symbol)` does not work on \(described(left))", hint: hint)
    }
    fault(
      .type, "`\(symbol)` does not work on \(described(left)) and \(described(right))", hint: hint)
  }

  private func symbol(_ operation: Opcode) -> String {
    switch operation {
    case .add: "+"
    case .subtract: "-"
    case .multiply: "*"
    case .divide: "/"
    case .remainder: "%"
    case .power: "**"
    case .addWrapping: "+%"
    case .subtractWrapping: "-%"
    case .multiplyWrapping: "*%"
    case .bitAnd: "&"
    case .bitOr: "|"
    case .bitXor: "^"
    case .shiftLeft: "<<"
    case .shiftRight: ">>"
    case .shiftRightUnsigned: ">>>"
    default: "?"
    }
  }
}

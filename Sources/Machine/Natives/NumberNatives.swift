import JanusBytecode
import JanusVM

/// Natives of core/int.jan, core/float.jan and core/duration.jan.
enum NumberNatives {
  static let int: [Native] = [
    Native("int.abs") { native($0, $1, $2, absolute) },
    Native("int.text") { native($0, $1, $2, text) },
    Native("int.from_text") { native($0, $1, $2, fromText) },
  ]
  static let float: [Native] = [
    Native("float.abs") { native($0, $1, $2, absolute) },
    Native("float.floor") { native($0, $1, $2, floor) },
    Native("float.ceil") { native($0, $1, $2, ceiling) },
    Native("float.round") { native($0, $1, $2, rounded) },
    Native("float.is_nan") { native($0, $1, $2, isNaN) },
    Native("float.is_finite") { native($0, $1, $2, isFinite) },
  ]
  static let duration: [Native] = [
    Native("duration.abs") { native($0, $1, $2, absolute) },
    Native("duration.nanoseconds") { native($0, $1, $2, nanoseconds) },
  ]
}

extension NativeCall {
  /// A whole float as an int, or an overflow of the value it came from.
  func doneWithInt(_ whole: Double, of value: Value) -> NativeResult {
    guard let int = Int(exactly: whole) else {
      return fault(.overflow, "\(machine.described(value)) does not fit in an int")
    }
    return done(.int(int))
  }

  /// The absolute value of a number or a duration, of the same kind.
  func doneWithAbsolute(_ value: Value) -> NativeResult {
    switch value.tag {
    case Tag.float: return done(.float(Swift.abs(value.asFloat)))
    case Tag.int, Tag.duration:
      guard value.asInt != .min else {
        return fault(.overflow, "the absolute value does not fit in 64 bits")
      }
      return done(Value(bits: UInt64(value.asInt.magnitude), tag: value.tag))
    default: return wrong(0, "a number", in: "abs")
    }
  }

  /// An int as it is, a float rounded by a rule.
  func doneWithRounded(_ rule: FloatingPointRoundingRule, _ name: String) -> NativeResult {
    let value = self[0]
    guard value.isNumber else { return typeFault(0, "a number", in: name) }
    return value.isInt ? done(value) : doneWithInt(value.asFloat.rounded(rule), of: value)
  }
}

private func absolute(_ call: NativeCall) -> NativeResult { call.doneWithAbsolute(call[0]) }

private func text(_ call: NativeCall) -> NativeResult {
  guard call[0].isInt else { return call.wrong(0, "an int", in: "text") }
  let base = call.has(1) ? call[1] : .int(10)
  guard base.isInt, (2...36).contains(base.asInt) else {
    return call.wrong(1, "an int from 2 to 36", in: "text")
  }
  return call.done(call.machine.string(String(call[0].asInt, radix: base.asInt)))
}

/// The int that digits to a base spell, with an optional sign and nothing around them.
private func fromText(_ call: NativeCall) -> NativeResult {
  guard call[0].isString else { return call.typeFault(0, "a string", in: "int.from_text") }
  let base = call.has(1) ? call[1] : .int(10)
  guard base.isInt, (2...36).contains(base.asInt) else {
    return call.typeFault(1, "an int from 2 to 36", in: "int.from_text")
  }
  let text = call.machine.swiftString(call[0])
  if let number = Int(text, radix: base.asInt) { return call.done(.int(number)) }
  let digits = text.first == "-" || text.first == "+" ? text.dropFirst() : text[...]
  let isNumber =
    !digits.isEmpty && digits.allSatisfy { $0.isASCII && Int(String($0), radix: base.asInt) != nil }
  return call.fault(
    .parse,
    isNumber
      ? "\(call.machine.described(call[0])) does not fit in 64 bits"
      : "\(call.machine.described(call[0])) is not the text of an int to base \(base.asInt)"
  )
}

private func floor(_ call: NativeCall) -> NativeResult { call.doneWithRounded(.down, "floor") }
private func ceiling(_ call: NativeCall) -> NativeResult { call.doneWithRounded(.up, "ceil") }
private func rounded(_ call: NativeCall) -> NativeResult {
  call.doneWithRounded(.toNearestOrAwayFromZero, "round")
}

private func isNaN(_ call: NativeCall) -> NativeResult {
  guard call[0].isFloat else { return call.wrong(0, "a float", in: "is_nan") }
  return call.done(.bool(call[0].asFloat.isNaN))
}

private func isFinite(_ call: NativeCall) -> NativeResult {
  guard call[0].isFloat else { return call.wrong(0, "a float", in: "is_finite") }
  return call.done(.bool(call[0].asFloat.isFinite))
}

private func nanoseconds(_ call: NativeCall) -> NativeResult {
  guard call[0].tag == Tag.duration else { return call.wrong(0, "a duration", in: "nanoseconds") }
  return call.done(.int(call[0].asInt))
}

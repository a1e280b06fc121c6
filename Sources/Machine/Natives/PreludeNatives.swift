import JanusBytecode
import JanusVM

/// Natives of prelude.jan.
enum PreludeNatives {
  static let table: [Native] = [
    Native("prelude.print") { native($0, $1, $2, print) },
    Native("prelude.println") { native($0, $1, $2, print) },
    Native("prelude.write") { native($0, $1, $2, write) },
    Native("prelude.eprint") { native($0, $1, $2, printError) },
    Native("prelude.debug") { native($0, $1, $2, debug) },
    Native("prelude.len") { native($0, $1, $2, length) },
    Native("prelude.int") { native($0, $1, $2, int) },
    Native("prelude.float") { native($0, $1, $2, float) },
    Native("prelude.string") { native($0, $1, $2, string) },
    Native("prelude.bytes") { native($0, $1, $2, bytes) },
    Native("prelude.type") { native($0, $1, $2, type) },
    Native("prelude.same") { native($0, $1, $2, same) },
    Native("prelude.exit") { native($0, $1, $2, exit) },
    Native("prelude.sleep") { native($0, $1, $2, sleep) },
    Native("prelude.channel") { native($0, $1, $2, channel) },
    Native("prelude.assert") { native($0, $1, $2, assert) },
    Native("prelude.expect") { native($0, $1, $2, expect) },
  ]
}

// MARK: Output

private func print(_ call: NativeCall) -> NativeResult {
  for index in 0..<call.count { call.machine.write(call[index]) }
  call.machine.endLine()
  return call.done(.null)
}

private func write(_ call: NativeCall) -> NativeResult {
  for index in 0..<call.count { call.machine.write(call[index]) }
  call.machine.flushIfLarge()
  return call.done(.null)
}

private func printError(_ call: NativeCall) -> NativeResult {
  var text: [UInt8] = []
  for index in 0..<call.count { call.machine.appendDisplay(call[index], to: &text) }
  text.append(10)
  call.machine.writeError(text)
  return call.done(.null)
}

/// The compiler gives the text of the expression and its place; called as a value, there is none.
private func debug(_ call: NativeCall) -> NativeResult {
  var text: [UInt8] = []
  if call.has(2) {
    call.machine.appendDisplay(call[2], to: &text)
    text += ": ".utf8
  }
  if call.has(1) {
    call.machine.appendDisplay(call[1], to: &text)
    text += " = ".utf8
  }
  text += call.machine.quotedBytes(call[0])
  text.append(10)
  call.machine.writeError(text)
  return call.done(call[0])
}

// MARK: Values

private func length(_ call: NativeCall) -> NativeResult {
  guard let length = call.machine.length(of: call[0]) else { return call.raised }
  return call.done(.int(length))
}

private func type(_ call: NativeCall) -> NativeResult {
  call.done(call.machine.string(call.machine.typeName(of: call[0])))
}

/// Identity of objects; what cannot be changed is the same when it is equal.
private func same(_ call: NativeCall) -> NativeResult {
  let (left, right) = (call[0], call[1])
  guard left.tag == right.tag else { return call.done(.bool(false)) }
  switch left.tag {
  case Tag.string, Tag.bytes, Tag.range: return call.done(.bool(call.machine.equal(left, right)))
  default: return call.done(.bool(left.bits == right.bits))
  }
}

private func int(_ call: NativeCall) -> NativeResult {
  let value = call[0]
  switch value.tag {
  case Tag.int: return call.done(value)
  case Tag.float: return call.doneWithInt(value.asFloat.rounded(.towardZero), of: value)
  case Tag.string:
    switch NumberText.int(call.bytes(0)) {
    case .int(let number): return call.done(.int(number))
    case .outOfRange:
      return call.fault(
        .parse, "\(call.machine.described(value)) does not fit in 64 bits",
        hint: "float(x) takes it, rounded")
    case .none: return notANumber(call, "an int", hint: "int(float(x)) also takes a fraction")
    }
  default:
    return call.fault(
      .type, "int needs a number or a string, not \(call.machine.described(value))")
  }
}

private func notANumber(_ call: NativeCall, _ wanted: String, hint: String?) -> NativeResult {
  let text = call.machine.swiftString(call[0])
  let isPadded = text.first?.isWhitespace == true || text.last?.isWhitespace == true
  return call.fault(
    .parse, "\(call.machine.described(call[0])) is not the text of \(wanted)",
    hint: isPadded ? "x.trim() removes the space around it" : hint)
}

private func float(_ call: NativeCall) -> NativeResult {
  let value = call[0]
  switch value.tag {
  case Tag.int, Tag.float: return call.done(.float(value.number))
  case Tag.string:
    guard let number = NumberText.float(call.bytes(0)) else {
      return notANumber(call, "a float", hint: nil)
    }
    return call.done(.float(number))
  default:
    return call.fault(
      .type, "float needs a number or a string, not \(call.machine.described(value))")
  }
}

private func string(_ call: NativeCall) -> NativeResult {
  switch call[0].tag {
  case Tag.string: return call.done(call[0])
  case Tag.int:
    return withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 24) { room in
      guard let start = room.baseAddress else { return call.tooLong }
      return call.done(call.heap.makeText(start, writeInt(call[0].asInt, start)))
    }
  default: return call.done(text: call.machine.displayBytes(call[0]))
  }
}

private func bytes(_ call: NativeCall) -> NativeResult {
  let value = call[0]
  switch value.tag {
  case Tag.bytes: return call.done(value)
  case Tag.string: return BytesNatives.encode(call)
  case Tag.list: return BytesNatives.fromList(call)
  default:
    return call.fault(
      .type, "bytes needs a string or a list of ints, not \(call.machine.described(value))")
  }
}

// MARK: The program and its fibers

private func exit(_ call: NativeCall) -> NativeResult {
  guard call.has(0) else { return call.machine.exit(call, status: 0) }
  guard call[0].isInt, (0...255).contains(call[0].asInt) else {
    return call.typeFault(0, "an int from 0 to 255", in: "exit")
  }
  return call.machine.exit(call, status: call[0].asInt)
}

private func sleep(_ call: NativeCall) -> NativeResult {
  guard call[0].tag == Tag.duration else {
    return call.fault(
      .type, "sleep needs a duration, not \(call.machine.described(call[0]))",
      hint: call[0].isNumber ? "a duration has a unit: 5s, 250ms, or n * 1s" : nil)
  }
  return call.machine.sleep(call, nanoseconds: call[0].asInt)
}

private func channel(_ call: NativeCall) -> NativeResult {
  guard call.has(0) else { return call.done(call.machine.makeChannel(capacity: 0)) }
  guard call[0].isInt, call[0].asInt >= 0 else {
    return call.typeFault(0, "an int from 0 on", in: "channel")
  }
  return call.done(call.machine.makeChannel(capacity: call[0].asInt))
}

// MARK: `assert` and `expect` as values; called by name, they report their operands

private func assert(_ call: NativeCall) -> NativeResult {
  guard call[0].isBool else { return call.typeFault(0, "a bool", in: "assert") }
  guard call[0].asBool else {
    return call.fault(
      .contract, "an assertion does not hold",
      hint: "called by name, as `assert a == b`, it shows the operands")
  }
  return call.done(.null)
}

private func expect(_ call: NativeCall) -> NativeResult { call.done(call[0]) }

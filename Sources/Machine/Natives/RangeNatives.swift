import JanusBytecode
import JanusVM

/// Natives of core/range.jan.
enum RangeNatives {
  static let table: [Native] = [
    Native("range.step") { native($0, $1, $2, step) },
    Native("range.reversed") { native($0, $1, $2, reversed) },
    Native("range.list") { native($0, $1, $2, list) },
    Native("range.len") { native($0, $1, $2, length) },
  ]
}

private func step(_ call: NativeCall) -> NativeResult {
  guard call[0].tag == Tag.range else { return call.wrong(0, "a range", in: "step") }
  guard call[1].isInt, call[1].asInt != 0 else {
    return call.wrong(1, "an int other than 0", in: "step")
  }
  guard let range = call.machine.stepped(call[0].address, by: call[1].asInt) else {
    return call.fault(.overflow, "the step does not fit in 64 bits")
  }
  return call.done(range)
}

/// The same values from the last to the first.
private func reversed(_ call: NativeCall) -> NativeResult {
  guard call[0].tag == Tag.range else { return call.wrong(0, "a range", in: "reversed") }
  guard let bounds = call.machine.loopBounds(of: call[0].address) else { return call.raised }
  guard bounds.count > 0 else {
    return call.done(
      call.machine.rangeValue(
        start: bounds.start, end: bounds.start, inclusive: false, step: nil))
  }
  let last = bounds.start &+ (bounds.count &- 1) &* bounds.step
  return call.done(
    call.machine.rangeValue(
      start: last, end: bounds.start, inclusive: true, step: 0 &- bounds.step))
}

private func list(_ call: NativeCall) -> NativeResult {
  guard call[0].tag == Tag.range else { return call.wrong(0, "a range", in: "list") }
  guard let bounds = call.machine.loopBounds(of: call[0].address) else { return call.raised }
  guard call.hasRoom(elements: bounds.count) else { return call.listTooLong }
  guard bounds.count > 0 else { return call.done(list: call.heap.makeList()) }
  let list = call.heap.makeList(capacity: bounds.count, form: ElementForm.int)
  for index in 0..<bounds.count {
    call.heap.append(list, .int(bounds.start &+ index &* bounds.step))
  }
  return call.done(list: list)
}

private func length(_ call: NativeCall) -> NativeResult {
  guard let length = call.machine.length(of: call[0]) else { return call.raised }
  return call.done(.int(length))
}

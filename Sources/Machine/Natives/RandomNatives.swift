import JanusBytecode
import JanusVM

/// Natives of random.jan.
enum RandomNatives {
  static let table: [Native] = [
    Native("random.int") { native($0, $1, $2, int) },
    Native("random.float") { native($0, $1, $2, float) },
    Native("random.pick") { native($0, $1, $2, pick) },
    Native("random.shuffle") { native($0, $1, $2, shuffle) },
    Native("random.bytes") { native($0, $1, $2, bytes) },
  ]
}

extension Machine {
  /// An unbiased number below a positive bound (Lemire's method).
  fileprivate func random(below bound: Int) -> Int {
    let bound = UInt64(bound)
    let threshold = (0 &- bound) % bound
    while true {
      let product = environment.randomWord().multipliedFullWidth(by: bound)
      if product.low >= threshold { return Int(product.high) }
    }
  }
}

private func int(_ call: NativeCall) -> NativeResult {
  guard call[0].tag == Tag.range else { return call.typeFault(0, "a range", in: "random.int") }
  guard let bounds = call.machine.loopBounds(of: call[0].address) else { return call.raised }
  guard bounds.count > 0 else {
    return call.fault(
      .index, "the range \(call.machine.display(call[0])) is empty: nothing can be drawn")
  }
  guard bounds.count < .max else {
    return call.fault(.overflow, "the range has more values than an int can count")
  }
  return call.done(
    .int(bounds.start &+ call.machine.random(below: bounds.count) &* bounds.step))
}

/// 53 random bits: every multiple of 2^-53 from 0 to below 1 is as likely.
private func float(_ call: NativeCall) -> NativeResult {
  call.done(.float(Double(call.machine.environment.randomWord() >> 11) * 0x1p-53))
}

private func pick(_ call: NativeCall) -> NativeResult {
  guard call[0].tag == Tag.list else { return call.typeFault(0, "a list", in: "random.pick") }
  let count = listCount(call[0].address)
  guard count > 0 else { return call.fault(.index, "nothing can be picked from an empty list") }
  return call.done(loadElement(call[0].address, call.machine.random(below: count)))
}

private func shuffle(_ call: NativeCall) -> NativeResult {
  guard call[0].tag == Tag.list else { return call.typeFault(0, "a list", in: "random.shuffle") }
  let list = call[0].address
  for last in stride(from: listCount(list) - 1, to: 0, by: -1) {
    call.heap.swapElements(list, last, call.machine.random(below: last + 1))
  }
  return call.done(.null)
}

private func bytes(_ call: NativeCall) -> NativeResult {
  guard call[0].isInt, call[0].asInt >= 0 else {
    return call.typeFault(0, "an int from 0 on", in: "random.bytes")
  }
  let count = call[0].asInt
  guard count <= textLimit, call.heap.hasRoom(for: count * 2) else { return call.tooLong }
  var bytes: [UInt8] = []
  bytes.reserveCapacity(count + 8)
  while bytes.count < count {
    withUnsafeBytes(of: call.machine.environment.randomWord()) { bytes += $0 }
  }
  bytes.removeLast(bytes.count - count)
  return call.done(text: bytes, Tag.bytes)
}

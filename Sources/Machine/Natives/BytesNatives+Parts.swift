import JanusBytecode
import JanusVM

extension BytesNatives {
  /// Natives that look for parts, and those that read and write ints.
  static let parts: [Native] = [
    Native("bytes.split") { native($0, $1, $2, split) },
    Native("bytes.count") { native($0, $1, $2, count) },
    Native("bytes.replace") { native($0, $1, $2, replace) },
    Native("bytes.repeat") { native($0, $1, $2, repeated) },
    Native("bytes.reversed") { native($0, $1, $2, reversed) },
    Native("bytes.find_last") { native($0, $1, $2) { $0.findLast() } },
    Native("bytes.remove_prefix") { native($0, $1, $2) { $0.withoutPrefix() } },
    Native("bytes.remove_suffix") { native($0, $1, $2) { $0.withoutSuffix() } },
    Native("bytes.from_int") { native($0, $1, $2, fromInt) },
    Native("bytes.int") { native($0, $1, $2, int) },
  ]
}

private func split(_ call: NativeCall) -> NativeResult {
  guard call[0].tag == Tag.bytes else { return call.wrong(0, "bytes", in: "split") }
  guard call[1].tag == Tag.bytes, textCount(call[1].address) > 0 else {
    return call.wrong(1, "bytes that are not empty", in: "split")
  }
  return call.split()
}

private func count(_ call: NativeCall) -> NativeResult {
  guard call[0].tag == Tag.bytes else { return call.wrong(0, "bytes", in: "count") }
  guard call[1].tag == Tag.bytes, textCount(call[1].address) > 0 else {
    return call.wrong(1, "bytes that are not empty", in: "count")
  }
  return call.done(.int(occurrences(call[0].address, call[1].address)))
}

private func replace(_ call: NativeCall) -> NativeResult {
  guard call[0].tag == Tag.bytes else { return call.wrong(0, "bytes", in: "replace") }
  guard call[1].tag == Tag.bytes, textCount(call[1].address) > 0 else {
    return call.wrong(1, "bytes that are not empty", in: "replace")
  }
  guard call[2].tag == Tag.bytes else { return call.wrong(2, "bytes", in: "replace") }
  return call.replaced()
}

private func repeated(_ call: NativeCall) -> NativeResult {
  guard call[0].tag == Tag.bytes else { return call.wrong(0, "bytes", in: "repeat") }
  return call.repeated()
}

private func reversed(_ call: NativeCall) -> NativeResult {
  guard call[0].tag == Tag.bytes else { return call.wrong(0, "bytes", in: "reversed") }
  guard call.heap.hasRoom(for: textCount(call[0].address) * 2) else { return call.tooLong }
  return call.done(text: call.bytes(0).reversed(), Tag.bytes)
}

// MARK: Ints

/// The argument that says how many bytes an int has; 8 where it is not given. Nil after a fault.
private func width(_ call: NativeCall, _ index: Int, _ function: String) -> Int? {
  guard call.has(index) else { return 8 }
  guard call[index].isInt, (1...8).contains(call[index].asInt) else {
    _ = call.typeFault(index, "an int from 1 to 8", in: function)
    return nil
  }
  return call[index].asInt
}

/// Takes what fits in so many bytes with or without a sign.
private func fromInt(_ call: NativeCall) -> NativeResult {
  guard call[0].isInt else { return call.typeFault(0, "an int", in: "bytes.from_int") }
  guard let width = width(call, 1, "bytes.from_int") else { return call.raised }
  guard !call.has(2) || call[2].isBool else {
    return call.typeFault(2, "a bool", in: "bytes.from_int")
  }
  let number = call[0].asInt
  let bits = width * 8
  guard bits == 64 || (-(1 << (bits - 1)))..<(1 << bits) ~= number else {
    return call.fault(
      .overflow,
      "\(number) does not fit in \(width) byte\(width == 1 ? "" : "s")"
    )
  }
  let ascending = (0..<width).map { UInt8(truncatingIfNeeded: number >> ($0 * 8)) }
  let isLittle = call.has(2) && call[2].asBool
  return call.done(text: isLittle ? ascending : ascending.reversed(), Tag.bytes)
}

private func int(_ call: NativeCall) -> NativeResult {
  guard call[0].tag == Tag.bytes else { return call.wrong(0, "bytes", in: "int") }
  guard call[1].isInt || !call.has(1) else { return call.wrong(1, "an int", in: "int") }
  guard let width = width(call, 2, "int") else { return call.raised }
  for index in 3...4 where call.has(index) && !call[index].isBool {
    return call.wrong(index, "a bool", in: "int")
  }
  let bytes = call.bytes(0)
  let given = call.has(1) ? call[1].asInt : 0
  let start = given < 0 ? given &+ bytes.count : given
  guard start >= 0, bytes.count - width >= start else {
    return call.fault(
      .index,
      "an int of \(width) from \(given) on is out of range: there are \(bytes.count) bytes"
    )
  }
  let part = bytes[start..<(start + width)]
  var number: UInt64 = 0
  if call.has(3) && call[3].asBool {
    for byte in part.reversed() { number = number << 8 | UInt64(byte) }
  } else {
    for byte in part { number = number << 8 | UInt64(byte) }
  }
  if call.has(4) && call[4].asBool {
    let shift = 64 - width * 8
    return call.done(.int(Int(Int64(bitPattern: number << shift) >> shift)))
  }
  guard let unsigned = Int(exactly: number) else {
    return call.fault(
      .overflow,
      "the number is larger than an int",
      hint: "signed: true reads 64 bits"
    )
  }
  return call.done(.int(unsigned))
}

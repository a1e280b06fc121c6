import JanusBytecode
import JanusVM

/// Natives of json.jan.
enum JSONNatives {
  static let table: [Native] = [
    Native("json.parse") { native($0, $1, $2, parse) },
    Native("json.text") { native($0, $1, $2, text) },
  ]

  /// Containers inside one another, for reading and for writing.
  static let depthLimit = 512

  /// Offset from a place of the next byte that a string cannot hold as it is: a quote, a backslash,
  /// a control character; `count` when there is none.
  static func plainEnd(_ bytes: UnsafePointer<UInt8>, from start: Int, _ count: Int) -> Int {
    var offset = start
    let raw = UnsafeRawPointer(bytes)
    let ones: UInt64 = 0x0101_0101_0101_0101
    let tops: UInt64 = 0x8080_8080_8080_8080
    while offset &+ 8 <= count {
      let word = raw.loadUnaligned(fromByteOffset: offset, as: UInt64.self)
      let quote = word ^ (ones &* 0x22)
      let backslash = word ^ (ones &* 0x5C)
      let found =
        ((quote &- ones) & ~quote | (backslash &- ones) & ~backslash
          | (word &- ones &* 0x20) & ~word) & tops
      // A borrow can only mark bytes above the first that is truly found.
      if found != 0 { return offset &+ found.trailingZeroBitCount &>> 3 }
      offset &+= 8
    }
    while offset < count {
      let byte = bytes[offset]
      if byte < 0x20 || byte == 0x22 || byte == 0x5C { return offset }
      offset &+= 1
    }
    return count
  }
}

private func parse(_ call: NativeCall) -> NativeResult {
  guard call[0].isString || call[0].tag == Tag.bytes else {
    return call.typeFault(0, "a string", in: "json.parse")
  }
  let bytes = call.bytes(0)
  if call[0].tag == Tag.bytes, let start = bytes.baseAddress,
    let offset = call.heap.invalidOffset(start, bytes.count)
  {
    return call.fault(.parse, "the bytes are no UTF-8: byte \(offset) does not fit")
  }
  call.machine.charge(elements: bytes.count)
  var reader = JSONReader(machine: call.machine, heap: call.heap, bytes: bytes)
  if let value = reader.read() { return call.done(value) }
  guard let problem = reader.problem else { return call.done(.null) }
  return call.fault(problem.kind, problem.message)
}

private func text(_ call: NativeCall) -> NativeResult {
  let indent = call.has(1) ? call[1] : .int(0)
  guard indent.isInt, (0...16).contains(indent.asInt) else {
    return call.typeFault(1, "an int from 0 to 16", in: "json.text")
  }
  var writer = JSONWriter(machine: call.machine, heap: call.heap, indent: indent.asInt)
  guard writer.write(call[0]) else {
    guard let problem = writer.problem else { return call.tooLong }
    return call.fault(.type, problem.message, hint: problem.hint)
  }
  return call.done(text: writer.bytes)
}

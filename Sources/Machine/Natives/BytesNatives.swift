import JanusBytecode
import JanusVM
import Glibc

/// Natives of core/bytes.jan.
enum BytesNatives {
  static let table: [Native] =
    QuickNatives.bytes + [
      Native("bytes.from_hex") { native($0, $1, $2, fromHex) },
      Native("bytes.from_base64") { native($0, $1, $2, fromBase64) },
      Native("bytes.from_list") { native($0, $1, $2, fromList) },
      Native("bytes.filled") { native($0, $1, $2, filled) },
      Native("bytes.text") { native($0, $1, $2, text) },
      Native("bytes.hex") { native($0, $1, $2, hex) },
      Native("bytes.base64") { native($0, $1, $2, base64) },
      Native("bytes.list") { native($0, $1, $2, list) },
    ] + parts

  /// The UTF-8 of a string.
  static func encode(_ call: NativeCall) -> NativeResult {
    let bytes = call.bytes(0)
    guard call.heap.hasRoom(for: bytes.count) else { return call.tooLong }
    return call.done(
      call.heap.makeText(count: bytes.count, Tag.bytes) { target in
        if let source = bytes.baseAddress { memcpy(target, source, bytes.count) }
      })
  }

  static func fromList(_ call: NativeCall) -> NativeResult {
    guard call[0].tag == Tag.list else {
      return call.typeFault(0, "a list of ints", in: "bytes.from_list")
    }
    let list = call[0].address
    var bytes: [UInt8] = []
    guard call.heap.hasRoom(for: listCount(list) * 2) else { return call.tooLong }
    bytes.reserveCapacity(listCount(list))
    for index in 0..<listCount(list) {
      let value = loadElement(list, index)
      guard value.isInt, let byte = UInt8(exactly: value.asInt) else {
        return call.fault(
          .type,
          "a byte is an int from 0 to 255, but element \(index) is "
            + call.machine.described(value))
      }
      bytes.append(byte)
    }
    return call.done(text: bytes, Tag.bytes)
  }
}

private func filled(_ call: NativeCall) -> NativeResult {
  guard call[0].isInt, call[0].asInt >= 0 else {
    return call.typeFault(0, "an int from 0 on", in: "bytes.filled")
  }
  let byte = call.has(1) ? call[1] : .int(0)
  guard byte.isInt, (0...255).contains(byte.asInt) else {
    return call.typeFault(1, "an int from 0 to 255", in: "bytes.filled")
  }
  let count = call[0].asInt
  guard count <= textLimit, call.heap.hasRoom(for: count) else { return call.tooLong }
  return call.done(
    call.heap.makeText(count: count, Tag.bytes) { memset($0, Int32(byte.asInt), count) })
}

// MARK: From text

private func fromHex(_ call: NativeCall) -> NativeResult {
  guard call[0].isString else { return call.typeFault(0, "a string", in: "bytes.from_hex") }
  let text = call.bytes(0)
  guard text.count % 2 == 0 else {
    return call.fault(.parse, "hexadecimal digits come in pairs, but there are \(text.count)")
  }
  var bytes: [UInt8] = []
  bytes.reserveCapacity(text.count / 2)
  for index in stride(from: 0, to: text.count, by: 2) {
    guard let high = digit(text[index]), let low = digit(text[index + 1]) else {
      let place = digit(text[index]) == nil ? index : index + 1
      return call.fault(.parse, "the character at \(place) is no hexadecimal digit")
    }
    bytes.append(high << 4 | low)
  }
  return call.done(text: bytes, Tag.bytes)
}

private func digit(_ byte: UInt8) -> UInt8? {
  switch byte {
  case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - 48
  case UInt8(ascii: "a")...UInt8(ascii: "f"), UInt8(ascii: "A")...UInt8(ascii: "F"):
    (byte | 0x20) - 87
  default: nil
  }
}

/// The standard alphabet with padding (RFC 4648 §4), strictly: no other byte, no stray bits.
private func fromBase64(_ call: NativeCall) -> NativeResult {
  guard call[0].isString else { return call.typeFault(0, "a string", in: "bytes.from_base64") }
  let text = call.bytes(0)
  guard text.count % 4 == 0 else {
    return call.fault(.parse, "base64 comes in groups of 4, but there are \(text.count) characters")
  }
  let padding = text.suffix(2).reduce(0) { $1 == UInt8(ascii: "=") ? $0 + 1 : $0 }
  var bytes: [UInt8] = []
  bytes.reserveCapacity(text.count / 4 * 3)
  var (word, bits): (UInt32, UInt32) = (0, 0)
  for index in 0..<(text.count - padding) {
    guard let value = base64Value(text[index]) else {
      return call.fault(.parse, "the character at \(index) does not belong to base64")
    }
    word = word << 6 | value
    bits += 6
    if bits >= 8 {
      bits -= 8
      bytes.append(UInt8(truncatingIfNeeded: word >> bits))
      word &= (1 << bits) - 1
    }
  }
  guard word == 0 else { return call.fault(.parse, "the base64 does not end cleanly") }
  return call.done(text: bytes, Tag.bytes)
}

private func base64Value(_ byte: UInt8) -> UInt32? {
  switch byte {
  case UInt8(ascii: "A")...UInt8(ascii: "Z"): UInt32(byte - 65)
  case UInt8(ascii: "a")...UInt8(ascii: "z"): UInt32(byte - 71)
  case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt32(byte + 4)
  case UInt8(ascii: "+"): 62
  case UInt8(ascii: "/"): 63
  default: nil
  }
}

// MARK: To text

private func text(_ call: NativeCall) -> NativeResult {
  guard call[0].tag == Tag.bytes else { return call.wrong(0, "bytes", in: "text") }
  let bytes = call.bytes(0)
  guard let start = bytes.baseAddress, bytes.count > 0 else { return call.done(text: []) }
  if let offset = call.heap.invalidOffset(start, bytes.count) {
    return call.fault(
      .parse, "the bytes are no UTF-8: byte \(offset) does not fit",
      hint: "b.hex() or b.base64() spells any bytes")
  }
  guard call.heap.hasRoom(for: bytes.count) else { return call.tooLong }
  return call.done(call.heap.makeText(start, bytes.count))
}

private func hex(_ call: NativeCall) -> NativeResult {
  guard call[0].tag == Tag.bytes else { return call.wrong(0, "bytes", in: "hex") }
  let bytes = call.bytes(0)
  let count = bytes.count * 2
  guard count <= textLimit, call.heap.hasRoom(for: count) else { return call.tooLong }
  let digits: StaticString = "0123456789abcdef"
  return call.done(
    call.heap.makeText(count: count) { target in
      for (index, byte) in bytes.enumerated() {
        target[index * 2] = digits.utf8Start[Int(byte >> 4)]
        target[index * 2 + 1] = digits.utf8Start[Int(byte & 15)]
      }
    })
}

private func base64(_ call: NativeCall) -> NativeResult {
  guard call[0].tag == Tag.bytes else { return call.wrong(0, "bytes", in: "base64") }
  let bytes = call.bytes(0)
  let count = (bytes.count + 2) / 3 * 4
  guard count <= textLimit, call.heap.hasRoom(for: count) else { return call.tooLong }
  let letters: StaticString = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
  return call.done(
    call.heap.makeText(count: count) { target in
      var end = target
      for index in stride(from: 0, to: bytes.count, by: 3) {
        let left = bytes.count - index
        let word =
          UInt32(bytes[index]) << 16 | (left > 1 ? UInt32(bytes[index + 1]) << 8 : 0)
          | (left > 2 ? UInt32(bytes[index + 2]) : 0)
        for place in 0..<4 {
          let letter = letters.utf8Start[Int(word >> (18 - 6 * UInt32(place)) & 63)]
          end[place] = place <= left ? letter : UInt8(ascii: "=")
        }
        end += 4
      }
    })
}

private func list(_ call: NativeCall) -> NativeResult {
  guard call[0].tag == Tag.bytes else { return call.wrong(0, "bytes", in: "list") }
  let bytes = call.bytes(0)
  guard call.hasRoom(elements: bytes.count) else { return call.listTooLong }
  let list = call.heap.makeList()
  for byte in bytes { call.heap.append(list, .int(Int(byte))) }
  return call.done(list: list)
}

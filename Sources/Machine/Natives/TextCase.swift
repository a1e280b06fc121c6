import JanusVM

/// Upper and lower case: ASCII at once, everything else by Unicode's full mappings.
enum TextCase {
  static func upper(_ call: NativeCall) -> NativeResult {
    guard call[0].isString else { return call.wrong(0, "a string", in: "upper") }
    return mapped(call, ascii: UInt8(ascii: "a")...UInt8(ascii: "z")) {
      $0.properties.uppercaseMapping
    }
  }

  static func lower(_ call: NativeCall) -> NativeResult {
    guard call[0].isString else { return call.wrong(0, "a string", in: "lower") }
    return mapped(call, ascii: UInt8(ascii: "A")...UInt8(ascii: "Z")) {
      $0.properties.lowercaseMapping
    }
  }

  private static func mapped(
    _ call: NativeCall, ascii letters: ClosedRange<UInt8>,
    _ mapping: (Unicode.Scalar) -> String
  ) -> NativeResult {
    let bytes = call.bytes(0)
    guard call.heap.hasRoom(for: bytes.count * 3) else { return call.tooLong }
    if call.heap.isASCII(call[0].address) {
      return call.done(
        call.heap.makeText(count: bytes.count) { target in
          for index in 0..<bytes.count {
            let byte = bytes[index]
            target[index] = letters.contains(byte) ? byte ^ 0x20 : byte
          }
        })
    }
    var text: [UInt8] = []
    text.reserveCapacity(bytes.count + bytes.count / 8)
    for scalar in String(decoding: bytes, as: UTF8.self).unicodeScalars {
      if scalar.isASCII {
        let byte = UInt8(scalar.value)
        text.append(letters.contains(byte) ? byte ^ 0x20 : byte)
      } else {
        text += mapping(scalar).utf8
      }
    }
    return call.done(text: text)
  }
}

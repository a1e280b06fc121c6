import JanusBytecode
import Glibc

extension Heap {
  /// Text of a known length whose bytes `fill` writes. The caller has asked `hasRoom`.
  package func makeText(
    count: Int, _ kind: UInt8 = Tag.string, fill: (UnsafeMutablePointer<UInt8>) -> Void
  ) -> Value {
    guard kind == Tag.string, count <= TextLayout.internLimit else {
      let text = makeUninitializedText(count, kind)
      fill(textBytes(text))
      return .object(text, kind)
    }
    return withUnsafeTemporaryAllocation(of: UInt8.self, capacity: TextLayout.internLimit) { room in
      let start = room.baseAddress.unsafelyUnwrapped
      fill(start)
      return makeText(start, count)
    }
  }

  /// Offset of the first byte that is not part of valid UTF-8, or nil.
  package func invalidOffset(_ bytes: UnsafePointer<UInt8>, _ count: Int) -> Int? {
    let raw = UnsafeRawPointer(bytes)
    var offset = 0
    while offset < count {
      if offset &+ 8 <= count,
        raw.loadUnaligned(fromByteOffset: offset, as: UInt64.self) & 0x8080_8080_8080_8080 == 0
      {
        offset &+= 8
      } else if bytes[offset] < 0x80 {
        offset &+= 1
      } else {
        let length = sequenceLength(bytes + offset, count - offset)
        if length == 0 { return offset }
        offset &+= length
      }
    }
    return nil
  }

  /// Length of the well-formed sequence (Unicode table 3-7) that begins here; 0 if there is none.
  private func sequenceLength(_ bytes: UnsafePointer<UInt8>, _ left: Int) -> Int {
    let first = bytes[0]
    let length = scalarLength(first)
    guard first >= 0xC2, first <= 0xF4, left >= length else { return 0 }
    let low: UInt8 = first == 0xE0 ? 0xA0 : first == 0xF0 ? 0x90 : 0x80
    let high: UInt8 = first == 0xED ? 0x9F : first == 0xF4 ? 0x8F : 0xBF
    guard bytes[1] >= low, bytes[1] <= high else { return 0 }
    for index in 2..<max(2, length) where bytes[index] & 0xC0 != 0x80 { return 0 }
    return length
  }
}

extension Machine {
  /// The strings or byte strings of a list with a separator, or null for none, between them; nil
  /// after a fault.
  package func joined(_ list: Address, _ separator: Value) -> Value? {
    let count = listCount(list)
    let sample = separator.isNull && count > 0 ? loadElement(list, 0) : separator
    let kind = sample.tag == Tag.bytes ? Tag.bytes : Tag.string
    var total = max(0, count - 1) * (separator.isNull ? 0 : textCount(separator.address))
    for index in 0..<count {
      let part = loadElement(list, index)
      guard part.tag == kind else {
        fault(
          .type,
          "join needs \(kind == Tag.string ? "strings" : "bytes"), but element \(index) is "
            + described(part),
          hint: kind == Tag.string ? "make strings first: xs.map(string).join()" : nil)
        return nil
      }
      total += textCount(part.address)
    }
    guard total <= textLimit, heap.hasRoom(for: total) else {
      textTooLong()
      return nil
    }
    return heap.makeText(count: total, kind) { target in
      var end = target
      for index in 0..<count {
        if index > 0, !separator.isNull { end += copyBytes(of: separator.address, to: end) }
        end += copyBytes(of: loadElement(list, index).address, to: end)
      }
    }
  }

  @inline(__always)
  private func copyBytes(of text: Address, to target: UnsafeMutablePointer<UInt8>) -> Int {
    let count = textCount(text)
    memcpy(target, textBytes(text), count)
    return count
  }
}

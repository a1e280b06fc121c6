import JanusBytecode
import JanusVM

extension NativeCall {
  /// A method's argument is of the wrong kind; `self` is not counted.
  func wrong(_ index: Int, _ expected: String, in method: String) -> NativeResult {
    let given = machine.described(self[index])
    return fault(
      .type,
      index == 0
        ? "\(method) needs \(expected), not \(given)"
        : "argument \(index) of \(method) must be \(expected), not \(given)")
  }

  /// What would come out is longer than memory allows.
  var tooLong: NativeResult {
    machine.textTooLong()
    return raised
  }

  /// True when so many more elements stay within the limit.
  func hasRoom(elements: Int) -> Bool {
    elements <= 1 << 40 && heap.hasRoom(for: elements * Value.stride)
  }

  var listTooLong: NativeResult {
    fault(.limit, "the list would be longer than memory allows")
  }

  /// The bytes of a string or byte string; an empty one for anything else.
  func bytes(_ index: Int) -> UnsafeBufferPointer<UInt8> {
    let value = self[index]
    guard value.isString || value.tag == Tag.bytes else {
      return UnsafeBufferPointer(start: nil, count: 0)
    }
    return UnsafeBufferPointer(start: textBytes(value.address), count: textCount(value.address))
  }

  /// Returns new text, unless it is too long.
  func done(text: [UInt8], _ kind: UInt8 = Tag.string) -> NativeResult {
    guard text.count <= textLimit, heap.hasRoom(for: text.count) else { return tooLong }
    return done(machine.string(text, kind: kind))
  }

  func done(list: Address) -> NativeResult { done(.object(list, Tag.list)) }
}

import JanusBytecode
import JanusVM

extension StringNatives {
  /// Natives that look for parts, and those that write words.
  static let parts: [Native] = [
    Native("string.find_last") { native($0, $1, $2) { $0.findLast() } },
    Native("string.remove_prefix") { native($0, $1, $2) { $0.withoutPrefix() } },
    Native("string.remove_suffix") { native($0, $1, $2) { $0.withoutSuffix() } },
    Native("string.split_once") { native($0, $1, $2, splitOnce) },
    Native("string.capitalize") { native($0, $1, $2, capitalize) },
    Native("string.title") { native($0, $1, $2, title) },
  ]
}

/// What stands before and behind the first separator, or null.
private func splitOnce(_ call: NativeCall) -> NativeResult {
  guard call[0].isString else { return call.wrong(0, "a string", in: "split_once") }
  guard call[1].isString, textCount(call[1].address) > 0 else {
    return call.wrong(1, "a string that is not empty", in: "split_once")
  }
  let (text, separator) = (call[0].address, call[1].address)
  guard call.hasRoom(elements: 8) else { return call.listTooLong }
  guard let place = findBytes(text, separator, from: 0) else { return call.done(.null) }
  let end = place + textCount(separator)
  let list = call.heap.makeList()
  call.heap.append(list, call.heap.slice(text, from: 0, count: place))
  call.heap.append(list, call.heap.slice(text, from: end, count: textCount(text) - end))
  return call.done(list: list)
}

/// The first letter large, the others small.
private func capitalize(_ call: NativeCall) -> NativeResult {
  guard call[0].isString else { return call.wrong(0, "a string", in: "capitalize") }
  var isFirst = true
  return cased(call) { _ in
    defer { isFirst = false }
    return isFirst
  }
}

/// The first letter of every word large. An apostrophe between letters belongs to the word.
private func title(_ call: NativeCall) -> NativeResult {
  guard call[0].isString else { return call.wrong(0, "a string", in: "title") }
  var isInside = false
  return cased(call) { scalar in
    let isLetter = scalar.properties.isAlphabetic
    defer { isInside = isLetter || isInside && (scalar == "'" || scalar == "\u{2019}") }
    return isLetter && !isInside
  }
}

/// Every scalar by its title or its small mapping.
private func cased(_ call: NativeCall, _ isLarge: (Unicode.Scalar) -> Bool) -> NativeResult {
  guard call.heap.hasRoom(for: textCount(call[0].address) * 3) else { return call.tooLong }
  var text: [UInt8] = []
  for scalar in call.machine.swiftString(call[0]).unicodeScalars {
    let properties = scalar.properties
    let mapped = isLarge(scalar) ? properties.titlecaseMapping : properties.lowercaseMapping
    text += mapped.utf8
  }
  return call.done(text: text)
}

import JanusBytecode
import JanusVM
import Glibc

/// Natives of core/string.jan.
enum StringNatives {
  static let table: [Native] =
    QuickNatives.string + [
      Native("string.from_code") { native($0, $1, $2, fromCode) },
      Native("string.split") { native($0, $1, $2, split) },
      Native("string.words") { native($0, $1, $2, words) },
      Native("string.lines") { native($0, $1, $2, lines) },
      Native("string.chars") { native($0, $1, $2, characters) },
      Native("string.graphemes") { native($0, $1, $2, graphemes) },
      Native("string.bytes") { native($0, $1, $2, bytes) },
      Native("string.count") { native($0, $1, $2, count) },
      Native("string.trim") { native($0, $1, $2, trim) },
      Native("string.trim_start") { native($0, $1, $2, trimStart) },
      Native("string.trim_end") { native($0, $1, $2, trimEnd) },
      Native("string.upper") { native($0, $1, $2, TextCase.upper) },
      Native("string.lower") { native($0, $1, $2, TextCase.lower) },
      Native("string.replace") { native($0, $1, $2, replace) },
      Native("string.repeat") { native($0, $1, $2, repeated) },
      Native("string.pad_start") { native($0, $1, $2, padStart) },
      Native("string.pad_end") { native($0, $1, $2, padEnd) },
      Native("string.center") { native($0, $1, $2, center) },
      Native("string.reversed") { native($0, $1, $2, reversed) },
    ] + kinds + parts
}

private func fromCode(_ call: NativeCall) -> NativeResult {
  guard call[0].isInt, let code = UInt32(exactly: call[0].asInt), let scalar = Unicode.Scalar(code)
  else {
    return call.typeFault(
      0,
      "the number of a Unicode scalar (0 to 0x10ffff without surrogates)",
      in: "string.from_code"
    )
  }
  return call.done(call.machine.string(String(Character(scalar))))
}

// MARK: Parts

private func split(_ call: NativeCall) -> NativeResult {
  guard call[0].isString else { return call.wrong(0, "a string", in: "split") }
  guard call[1].isString else { return call.wrong(1, "a string", in: "split") }
  if textCount(call[1].address) == 0, call[2].isNull { return characters(call) }
  return call.split()
}

/// How often a part that is not empty occurs, without overlaps.
func occurrences(_ text: Address, _ part: Address) -> Int {
  var found = 0
  var start = 0
  while let place = findBytes(text, part, from: start) {
    found += 1
    start = place + textCount(part)
  }
  return found
}

private func count(_ call: NativeCall) -> NativeResult {
  guard call[0].isString else { return call.wrong(0, "a string", in: "count") }
  guard call[1].isString, textCount(call[1].address) > 0 else {
    return call.wrong(1, "a string that is not empty", in: "count")
  }
  return call.done(.int(occurrences(call[0].address, call[1].address)))
}

/// The parts between white space, none of them empty.
private func words(_ call: NativeCall) -> NativeResult {
  guard call[0].isString else { return call.wrong(0, "a string", in: "words") }
  let text = call[0].address
  let bytes = call.bytes(0)
  guard call.hasRoom(elements: bytes.count * 2) else { return call.listTooLong }
  let list = call.heap.makeList()
  var offset = 0
  while offset < bytes.count {
    let start = offset + WhiteSpace.prefix(of: UnsafeBufferPointer(rebasing: bytes[offset...]))
    guard start < bytes.count else { break }
    offset = start
    while offset < bytes.count,
      WhiteSpace.scalarLength(bytes, at: offset) == nil
    {
      offset += scalarLength(bytes[offset])
    }
    call.heap.append(list, call.heap.slice(text, from: start, count: offset - start))
  }
  return call.done(list: list)
}

private func lines(_ call: NativeCall) -> NativeResult {
  guard call[0].isString else { return call.wrong(0, "a string", in: "lines") }
  let text = call[0].address
  let bytes = call.bytes(0)
  let list = call.heap.makeList()
  guard let first = bytes.baseAddress else { return call.done(list: list) }
  var start = 0
  while start < bytes.count {
    let found = memchr(first + start, 10, bytes.count - start)
    let next = found.map { UnsafeRawPointer($0) - UnsafeRawPointer(first) } ?? bytes.count
    let end = next > start && next < bytes.count && bytes[next - 1] == 13 ? next - 1 : next
    guard call.heap.hasRoom(for: end - start + 64) else { return call.listTooLong }
    call.heap.append(list, call.heap.slice(text, from: start, count: end - start))
    start = next + 1
  }
  return call.done(list: list)
}

private func characters(_ call: NativeCall) -> NativeResult {
  guard call[0].isString else { return call.wrong(0, "a string", in: "chars") }
  guard call.hasRoom(elements: textCount(call[0].address) * 2) else { return call.listTooLong }
  let list = call.heap.makeList()
  let bytes = call.bytes(0)
  guard let start = bytes.baseAddress else { return call.done(list: list) }
  var offset = 0
  while offset < bytes.count {
    let length = scalarLength(bytes[offset])
    call.heap.append(list, call.heap.makeText(start + offset, length))
    offset += length
  }
  return call.done(list: list)
}

/// What a reader calls characters: extended grapheme clusters.
private func graphemes(_ call: NativeCall) -> NativeResult {
  guard call[0].isString else { return call.wrong(0, "a string", in: "graphemes") }
  let text = call[0].address
  guard call.hasRoom(elements: textCount(text) * 3) else { return call.listTooLong }
  let list = call.heap.makeList()
  var offset = 0
  for character in call.machine.swiftString(call[0]) {
    let length = character.utf8.count
    call.heap.append(list, call.heap.slice(text, from: offset, count: length))
    offset += length
  }
  return call.done(list: list)
}

private func bytes(_ call: NativeCall) -> NativeResult {
  guard call[0].isString else { return call.wrong(0, "a string", in: "bytes") }
  return BytesNatives.encode(call)
}

// MARK: Ends

private func trim(_ call: NativeCall) -> NativeResult { trimmed(call, "trim", true, true) }

private func trimStart(_ call: NativeCall) -> NativeResult {
  trimmed(call, "trim_start", true, false)
}

private func trimEnd(_ call: NativeCall) -> NativeResult {
  trimmed(call, "trim_end", false, true)
}

private func trimmed(
  _ call: NativeCall,
  _ name: String,
  _ trimsStart: Bool,
  _ trimsEnd: Bool
) -> NativeResult {
  guard call[0].isString else { return call.wrong(0, "a string", in: name) }
  guard call[1].isString || call[1].isNull else { return call.wrong(1, "a string", in: name) }
  let bytes = call.bytes(0)
  let wanted = call[1].isString ? Set(call.machine.swiftString(call[1]).unicodeScalars) : nil
  let start = trimsStart ? WhiteSpace.prefix(of: bytes, wanted) : 0
  let rest = UnsafeBufferPointer(rebasing: bytes[start...])
  let end = trimsEnd ? bytes.count - WhiteSpace.suffix(of: rest, wanted) : bytes.count
  return call.done(call.heap.slice(call[0].address, from: start, count: end - start))
}

private func padStart(_ call: NativeCall) -> NativeResult {
  padded(call, "pad_start") { (start: $0, end: 0) }
}

private func padEnd(_ call: NativeCall) -> NativeResult {
  padded(call, "pad_end") { (start: 0, end: $0) }
}

/// One more character stands at the end where they cannot be as many at both.
private func center(_ call: NativeCall) -> NativeResult {
  padded(call, "center") { (start: $0 / 2, end: $0 - $0 / 2) }
}

/// Fills up to a width in scalars; `share` says how much of what is missing goes where.
private func padded(
  _ call: NativeCall,
  _ name: String,
  _ share: (Int) -> (start: Int, end: Int)
) -> NativeResult {
  guard call[0].isString else { return call.wrong(0, "a string", in: name) }
  guard call[1].isInt else { return call.wrong(1, "an int", in: name) }
  guard !call.has(2) || call[2].isString && textCount(call[2].address) > 0 else {
    return call.wrong(2, "a string that is not empty", in: name)
  }
  let (missing, _) = call[1].asInt.subtractingReportingOverflow(
    call.heap.scalarCount(call[0].address)
  )
  guard missing > 0, call[1].asInt > 0 else { return call.done(call[0]) }
  guard missing <= textLimit / 4, call.heap.hasRoom(for: missing * 4) else { return call.tooLong }
  let counts = share(missing)
  let text = padding(call, counts.start) + call.bytes(0) + padding(call, counts.end)
  return call.done(text: text)
}

/// So many characters of the filling, which is repeated and cut to fit.
private func padding(_ call: NativeCall, _ count: Int) -> [UInt8] {
  guard call.has(2) else { return [UInt8](repeating: UInt8(ascii: " "), count: count) }
  let filling = Array(call.bytes(2))
  let scalars = call.heap.scalarCount(call[2].address)
  var padding: [UInt8] = []
  padding.reserveCapacity(count * filling.count / scalars + filling.count)
  for _ in 0..<count / scalars { padding += filling }
  return padding + filling[..<call.heap.byteOffset(call[2].address, scalar: count % scalars)]
}

// MARK: New text

private func repeated(_ call: NativeCall) -> NativeResult {
  guard call[0].isString else { return call.wrong(0, "a string", in: "repeat") }
  return call.repeated()
}

private func replace(_ call: NativeCall) -> NativeResult {
  guard call[0].isString else { return call.wrong(0, "a string", in: "replace") }
  guard call[1].isString, textCount(call[1].address) > 0 else {
    return call.wrong(1, "a string that is not empty", in: "replace")
  }
  guard call[2].isString else { return call.wrong(2, "a string", in: "replace") }
  return call.replaced()
}

/// Scalar by scalar.
private func reversed(_ call: NativeCall) -> NativeResult {
  guard call[0].isString else { return call.wrong(0, "a string", in: "reversed") }
  let bytes = call.bytes(0)
  guard call.heap.hasRoom(for: bytes.count) else { return call.tooLong }
  guard let start = bytes.baseAddress, bytes.count > 0 else { return call.done(call[0]) }
  return call.done(
    call.heap.makeText(count: bytes.count) { target in
      var offset = 0
      while offset < bytes.count {
        let length = scalarLength(bytes[offset])
        memcpy(target + (bytes.count - offset - length), start + offset, length)
        offset += length
      }
    }
  )
}

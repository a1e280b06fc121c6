import CPCRE2
import JanusBytecode
import JanusVM

/// Natives of regex.jan.
enum RegexNatives {
  static let table: [Native] = [
    Native("regex.program") { native($0, $1, $2, program) },
    Native("regex.group_names") { native($0, $1, $2, groupNames) },
    Native("Regex.test") { native($0, $1, $2, test) },
    Native("Regex.find") { native($0, $1, $2, find) },
    Native("Regex.find_all") { native($0, $1, $2, findAll) },
    Native("Regex.replace_text") { native($0, $1, $2, replaceText) },
    Native("Regex.split") { native($0, $1, $2, split) },
  ]

  /// Fields of `Regex` and `Match`, as regex.jan declares them.
  enum Field {
    static let program = 2
    static let noNames = 3
    static let matchCount = 5
  }
}

// MARK: Compiling

/// Arguments: pattern, flags, a match, whose shape the matches have.
private func program(_ call: NativeCall) -> NativeResult {
  guard call[0].isString else { return call.typeFault(0, "a string", in: "regex.compile") }
  guard call[1].isString else { return call.typeFault(1, "a string", in: "regex.compile") }
  guard let shape = call.machine.shape(of: call[2], fieldCount: RegexNatives.Field.matchCount)
  else { return call.typeFault(2, "a match", in: "regex.program") }
  var options: UInt32 = 0
  for flag in call.machine.swiftString(call[1]) {
    switch flag {
    case "i": options |= PCRE2_CASELESS
    case "m": options |= PCRE2_MULTILINE
    case "s": options |= PCRE2_DOTALL
    case "x": options |= PCRE2_EXTENDED
    default:
      return call.fault(
        .contract, "`\(flag)` is no flag of a pattern",
        hint: "i ignores case, m lets ^ and $ match at lines, s lets . match line ends, "
          + "x ignores white space")
    }
  }
  do throws(RegexProgram.Invalid) {
    let program = try RegexProgram(call.bytes(0), options: options, matchShape: shape)
    return call.done(call.machine.makeHandle(program))
  } catch {
    let text = call.bytes(0)
    let offset = min(error.offset, text.count)
    let place = text.baseAddress.map { countScalars($0, offset) } ?? 0
    return call.fault(
      .parse, "\(call.machine.described(call[0])) is no pattern: \(error.message), at \(place)")
  }
}

/// A map from names of groups to their numbers.
private func groupNames(_ call: NativeCall) -> NativeResult {
  guard let program = call.machine.hostObject(call[0]) as? RegexProgram else {
    return call.typeFault(0, "a compiled pattern", in: "regex.group_names")
  }
  let map = call.heap.makeMap()
  for (name, number) in program.names {
    call.heap.setEntry(map, call.machine.string(name), .int(number))
  }
  return call.done(.object(map, Tag.map))
}

// MARK: Methods

private func test(_ call: NativeCall) -> NativeResult {
  guard var search = RegexSearch(call, "test") else { return call.raised }
  guard let isFound = search.next() else { return call.raised }
  return call.done(.bool(isFound))
}

private func find(_ call: NativeCall) -> NativeResult {
  guard var search = RegexSearch(call, "find") else { return call.raised }
  if call.has(2) {
    guard call[2].isInt else { return call.wrong(2, "an int", in: "find") }
    let count = call.heap.scalarCount(call[1].address)
    let start = call[2].asInt < 0 ? max(0, call[2].asInt &+ count) : call[2].asInt
    guard start <= count else { return call.done(.null) }
    search.start(at: start)
  }
  guard let isFound = search.next() else { return call.raised }
  return call.done(isFound ? search.match() : .null)
}

private func findAll(_ call: NativeCall) -> NativeResult {
  guard var search = RegexSearch(call, "find_all") else { return call.raised }
  let list = call.heap.makeList()
  while true {
    guard let isFound = search.next() else { return call.raised }
    guard isFound else { return call.done(list: list) }
    guard search.hasRoom(in: list) else { return call.listTooLong }
    call.heap.append(list, search.match())
  }
}

/// Parts between matches; with a limit at most so many.
private func split(_ call: NativeCall) -> NativeResult {
  guard var search = RegexSearch(call, "split") else { return call.raised }
  guard call[2].isNull || call[2].isInt && call[2].asInt > 0 else {
    return call.wrong(2, "an int from 1 on", in: "split")
  }
  let limit = call[2].isInt ? call[2].asInt : .max
  let text = call[1].address
  let list = call.heap.makeList()
  var start = 0
  while listCount(list) < limit - 1 {
    guard let isFound = search.next() else { return call.raised }
    guard isFound else { break }
    let found = search.found
    // An empty match at either end parts nothing.
    if found.isEmpty, found.lowerBound == 0 || found.lowerBound == textCount(text) { continue }
    guard search.hasRoom(in: list) else { return call.listTooLong }
    call.heap.append(
      list, call.heap.slice(text, from: start, count: found.lowerBound - start))
    start = found.upperBound
  }
  call.heap.append(list, call.heap.slice(text, from: start, count: textCount(text) - start))
  return call.done(list: list)
}

/// Arguments: self, text, template, limit. In the template `$1`, `${name}` and `$$` are filled in.
private func replaceText(_ call: NativeCall) -> NativeResult {
  guard var search = RegexSearch(call, "replace") else { return call.raised }
  guard call[2].isString else { return call.wrong(2, "a string or a function", in: "replace") }
  guard call[3].isNull || call[3].isInt && call[3].asInt >= 0 else {
    return call.wrong(3, "an int from 0 on", in: "replace")
  }
  var left = call[3].isInt ? call[3].asInt : .max
  guard let pieces = RegexTemplate.pieces(call, search.program) else { return call.raised }
  let text = call.bytes(1)
  var result: [UInt8] = []
  var copied = 0
  while left > 0 {
    guard let isFound = search.next() else { return call.raised }
    guard isFound else { break }
    left -= 1
    result += text[copied..<search.found.lowerBound]
    for piece in pieces {
      switch piece {
      case .text(let bytes): result += bytes
      case .group(let number):
        if let range = search.program.range(number) { result += text[range] }
      }
    }
    copied = search.found.upperBound
    guard result.count <= textLimit, call.heap.hasRoom(for: result.count * 2) else {
      return call.tooLong
    }
  }
  if copied == 0, result.isEmpty { return call.done(call[1]) }
  result += text[copied...]
  return call.done(text: result)
}

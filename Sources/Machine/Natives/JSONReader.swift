import JanusBytecode
import JanusVM
import Glibc

/// Reads JSON (RFC 8259) from valid UTF-8, strictly, in one pass over the bytes.
struct JSONReader {
  let machine: Machine
  let heap: Heap
  let bytes: UnsafeBufferPointer<UInt8>
  private var position = 0
  private var questions = 0
  /// Why `read` gave nothing.
  private(set) var problem: (kind: FaultKind, message: String)?
  /// Names that were met, by their length and ends: objects repeat them.
  private var names = [Value](repeating: .null, count: JSONReader.nameCount)
  private static let nameCount = 64
  private static let longestName = 40
  /// The string with escapes that is being put together.
  private var unescaped: [UInt8] = []

  init(machine: Machine, heap: Heap, bytes: UnsafeBufferPointer<UInt8>) {
    self.machine = machine
    self.heap = heap
    self.bytes = bytes
  }

  /// The one value that the text is; nil with a problem.
  mutating func read() -> Value? {
    guard let value = readValue(depth: 0) else { return nil }
    skipSpace()
    guard position == bytes.count else { return expected("the end") }
    return value
  }

  /// The byte at the position; 0 at the end, where no JSON goes on.
  private var byte: UInt8 {
    @inline(__always) get { position < bytes.count ? bytes[position] : 0 }
  }

  @inline(__always)
  private mutating func skipSpace() {
    while position < bytes.count {
      let byte = bytes[position]
      guard byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 else { return }
      position &+= 1
    }
  }

  private mutating func readValue(depth: Int) -> Value? {
    skipSpace()
    switch byte {
    case UInt8(ascii: "\""): return readString()
    case UInt8(ascii: "{"): return readObject(depth: depth + 1)
    case UInt8(ascii: "["): return readArray(depth: depth + 1)
    case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return readNumber()
    case UInt8(ascii: "t"): return readWord("true", .bool(true))
    case UInt8(ascii: "f"): return readWord("false", .bool(false))
    case UInt8(ascii: "n"): return readWord("null", .null)
    default: return expected("a value")
    }
  }

  private mutating func readWord(_ word: StaticString, _ value: Value) -> Value? {
    let count = word.utf8CodeUnitCount
    guard position + count <= bytes.count else { return expected("a value") }
    for index in 0..<count where bytes[position + index] != word.utf8Start[index] {
      return expected("a value")
    }
    position += count
    return value
  }

  // MARK: Containers

  private mutating func enter(_ depth: Int) -> Bool {
    guard depth <= JSONNatives.depthLimit else {
      fail("the nesting is deeper than \(JSONNatives.depthLimit)")
      return false
    }
    return hasRoom(for: 128)
  }

  private mutating func hasRoom(for count: Int) -> Bool {
    questions &+= 1
    // Without a problem: the limit is raised in place of the result.
    if questions & 1023 == 0, machine.mustStop(steps: 1024 / 16) { return false }
    guard heap.hasRoom(for: count) else {
      problem = (.limit, "the JSON needs more memory than there is")
      return false
    }
    return true
  }

  private mutating func readArray(depth: Int) -> Value? {
    guard enter(depth) else { return nil }
    let list = heap.makeList()
    position &+= 1
    skipSpace()
    if byte == UInt8(ascii: "]") {
      position &+= 1
      return .object(list, Tag.list)
    }
    while true {
      guard let element = readValue(depth: depth) else { return nil }
      heap.append(list, element)
      skipSpace()
      switch byte {
      case UInt8(ascii: ","): position &+= 1
      case UInt8(ascii: "]"):
        position &+= 1
        return .object(list, Tag.list)
      default: return expected("`,` or `]`")
      }
      let count = listCount(list)
      if count & 4095 == 0, !hasRoom(for: count * Value.stride) { return nil }
    }
  }

  private mutating func readObject(depth: Int) -> Value? {
    guard enter(depth) else { return nil }
    let map = heap.makeMap()
    position &+= 1
    skipSpace()
    if byte == UInt8(ascii: "}") {
      position &+= 1
      return .object(map, Tag.map)
    }
    while true {
      guard byte == UInt8(ascii: "\"") else { return expected("a name in double quotes") }
      guard let name = readName() else { return nil }
      skipSpace()
      guard byte == UInt8(ascii: ":") else { return expected("`:`") }
      position &+= 1
      guard let value = readValue(depth: depth) else { return nil }
      heap.setEntry(map, name, value)
      skipSpace()
      switch byte {
      case UInt8(ascii: ","): position &+= 1
      case UInt8(ascii: "}"):
        position &+= 1
        return .object(map, Tag.map)
      default: return expected("`,` or `}`")
      }
      skipSpace()
      let count = mapCount(map)
      if count & 4095 == 0, !hasRoom(for: count * Value.stride * 4) { return nil }
    }
  }

  // MARK: Numbers

  private mutating func readNumber() -> Value? {
    let start = position
    if byte == UInt8(ascii: "-") { position &+= 1 }
    if byte == UInt8(ascii: "0") {
      position &+= 1
    } else if !skipDigits() {
      return expected("a digit")
    }
    var isInt = true
    if byte == UInt8(ascii: ".") {
      isInt = false
      position &+= 1
      guard skipDigits() else { return expected("a digit") }
    }
    if byte | 0x20 == UInt8(ascii: "e") {
      isInt = false
      position &+= 1
      if byte == UInt8(ascii: "+") || byte == UInt8(ascii: "-") { position &+= 1 }
      guard skipDigits() else { return expected("a digit") }
    }
    let text = UnsafeBufferPointer(rebasing: bytes[start..<position])
    if isInt, case .int(let value) = NumberText.int(text) { return .int(value) }
    guard let value = NumberText.float(text), value.isFinite else {
      position = start
      fail("the number is too large for a float")
      return nil
    }
    return .float(value)
  }

  @inline(__always)
  private mutating func skipDigits() -> Bool {
    let start = position
    while position < bytes.count, bytes[position] &- 48 <= 9 { position &+= 1 }
    return position > start
  }

  // MARK: Strings

  /// A name: one that was met before needs no search in the heap.
  private mutating func readName() -> Value? {
    guard let base = bytes.baseAddress else { return nil }
    let start = position &+ 1
    let end = JSONNatives.plainEnd(base, from: start, bytes.count)
    let count = end &- start
    guard count > 0, count <= JSONReader.longestName, end < bytes.count,
      base[end] == UInt8(ascii: "\"")
    else { return readString() }
    let mixed = count &* 7 &+ Int(base[start]) &* 31 &+ Int(base[end &- 1])
    let slot = mixed & (JSONReader.nameCount &- 1)
    let known = names[slot]
    if known.isString, textCount(known.address) == count,
      memcmp(textBytes(known.address), base + start, count) == 0
    {
      position = end &+ 1
      return known
    }
    let name = readString()
    if let name { names[slot] = name }
    return name
  }

  /// The position is at the opening quote.
  private mutating func readString() -> Value? {
    guard let base = bytes.baseAddress else { return expected("a value") }
    let start = position &+ 1
    var end = JSONNatives.plainEnd(base, from: start, bytes.count)
    if end < bytes.count, bytes[end] == UInt8(ascii: "\"") {
      position = end &+ 1
      guard end - start < 1 << 16 || hasRoom(for: end - start) else { return nil }
      return heap.makeText(base + start, end - start)
    }
    unescaped.removeAll(keepingCapacity: true)
    position = start
    while true {
      unescaped.append(contentsOf: bytes[position..<end])
      position = end
      guard end < bytes.count else { return expected("a closing quote") }
      switch bytes[end] {
      case UInt8(ascii: "\""):
        position += 1
        guard hasRoom(for: unescaped.count) else { return nil }
        return unescaped.withUnsafeBufferPointer { buffer in
          heap.makeText(buffer.baseAddress ?? base, buffer.count)
        }
      case UInt8(ascii: "\\"):
        guard readEscape() else { return nil }
      default:
        fail("a control character in a string must be written as an escape")
        return nil
      }
      end = JSONNatives.plainEnd(base, from: position, bytes.count)
    }
  }

  private mutating func readEscape() -> Bool {
    position += 1
    let escape = byte
    position += 1
    switch escape {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): unescaped.append(escape)
    case UInt8(ascii: "b"): unescaped.append(8)
    case UInt8(ascii: "f"): unescaped.append(12)
    case UInt8(ascii: "n"): unescaped.append(10)
    case UInt8(ascii: "r"): unescaped.append(13)
    case UInt8(ascii: "t"): unescaped.append(9)
    case UInt8(ascii: "u"): return readCode()
    default:
      position -= 1
      fail("this is no escape of JSON")
      return false
    }
    return true
  }

  /// `\u` and four digits; two of them for a scalar beyond the basic plane.
  private mutating func readCode() -> Bool {
    let start = position - 2
    guard var code = readUnit() else { return false }
    if code & 0xFC00 == 0xD800, byte == UInt8(ascii: "\\"), position + 1 < bytes.count,
      bytes[position + 1] == UInt8(ascii: "u")
    {
      position += 2
      guard let low = readUnit() else { return false }
      if low & 0xFC00 == 0xDC00 { code = 0x10000 + (code & 0x3FF) << 10 + low & 0x3FF }
    }
    guard let scalar = Unicode.Scalar(code) else {
      position = start
      fail("half of a surrogate pair stands alone")
      return false
    }
    unescaped.append(contentsOf: String(Character(scalar)).utf8)
    return true
  }

  private mutating func readUnit() -> UInt32? {
    var unit: UInt32 = 0
    for _ in 0..<4 {
      let digit: UInt8
      switch byte {
      case UInt8(ascii: "0")...UInt8(ascii: "9"): digit = byte - 48
      case UInt8(ascii: "a")...UInt8(ascii: "f"), UInt8(ascii: "A")...UInt8(ascii: "F"):
        digit = (byte | 0x20) - 87
      default:
        _ = expected("a hexadecimal digit")
        return nil
      }
      unit = unit << 4 | UInt32(digit)
      position += 1
    }
    return unit
  }

  // MARK: Problems

  private mutating func expected(_ what: String) -> Value? {
    guard position < bytes.count else {
      fail("expected \(what), but the text ends")
      return nil
    }
    let rest = bytes[position..<min(position + 4, bytes.count)]
    let found = String(decoding: rest, as: UTF8.self).unicodeScalars.first.map(String.init) ?? ""
    fail("expected \(what), found `\(found)`")
    return nil
  }

  private mutating func fail(_ message: String) {
    var line = 1
    var column = 1
    for byte in bytes[..<position] {
      if byte == 10 {
        line += 1
        column = 1
      } else if byte & 0xC0 != 0x80 {
        column += 1
      }
    }
    problem = (.parse, "no JSON at \(line):\(column) (byte \(position)): \(message)")
  }
}

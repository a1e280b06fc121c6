import Glibc

extension Machine {
  /// A Swift string of a string value.
  public func swiftString(_ value: Value) -> String {
    swiftString(text: value.address)
  }

  func swiftString(text: Address) -> String {
    String(
      decoding: UnsafeBufferPointer(start: textBytes(text), count: textCount(text)), as: UTF8.self)
  }

  public func string(_ text: String) -> Value {
    var text = text
    return text.withUTF8 { bytes in
      guard let start = bytes.baseAddress else { return emptyText(Tag.string) }
      return heap.makeText(start, bytes.count)
    }
  }

  package func string(_ bytes: [UInt8], kind: UInt8 = Tag.string) -> Value {
    bytes.withUnsafeBytes { buffer in
      guard let start = buffer.baseAddress else { return emptyText(kind) }
      return heap.makeText(start, buffer.count, kind)
    }
  }

  func emptyText(_ kind: UInt8) -> Value {
    var nothing: UInt8 = 0
    return heap.makeText(&nothing, 0, kind)
  }

  /// A value as `print` writes it.
  public func display(_ value: Value) -> String {
    String(decoding: displayBytes(value), as: UTF8.self)
  }

  package func displayBytes(_ value: Value) -> [UInt8] {
    var bytes: [UInt8] = []
    appendDisplay(value, to: &bytes)
    return bytes
  }

  /// A value as it prints inside collections: strings are quoted.
  package func quotedBytes(_ value: Value) -> [UInt8] {
    var printer = ValuePrinter(machine: self, bytes: [])
    printer.print(value)
    return printer.bytes
  }

  /// Appends a value as `print` writes it: text as it is, everything else as inside collections.
  package func appendDisplay(_ value: Value, to bytes: inout [UInt8]) {
    switch value.tag {
    case Tag.string:
      bytes.append(
        contentsOf: UnsafeBufferPointer(
          start: textBytes(value.address), count: textCount(value.address)))
    case Tag.int: appendInt(value.asInt, to: &bytes)
    case Tag.float: appendFloat(value.asFloat, to: &bytes)
    case Tag.null: bytes += "null".utf8
    case Tag.true: bytes += "true".utf8
    case Tag.false: bytes += "false".utf8
    default:
      var printer = ValuePrinter(machine: self, bytes: [])
      printer.print(value)
      bytes.append(contentsOf: printer.bytes)
    }
  }

  private func appendFloat(_ value: Double, to bytes: inout [UInt8]) {
    var text = value.description
    let hasForm = text.withUTF8 { digits in
      // Exponents and what is no number are written in another way.
      guard value.isFinite, !digits.contains(UInt8(ascii: "e")) else { return false }
      bytes.append(contentsOf: digits)
      return true
    }
    if !hasForm { bytes += floatText(value).utf8 }
  }

  package func appendInt(_ value: Int, to bytes: inout [UInt8]) {
    if value >= 0, value < 10 {
      bytes.append(UInt8(48 + value))
      return
    }
    withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 24) { digits in
      var position = 24
      var left = value.magnitude
      repeat {
        position -= 1
        digits[position] = UInt8(truncatingIfNeeded: 48 + left % 10)
        left /= 10
      } while left != 0
      if value < 0 {
        position -= 1
        digits[position] = UInt8(ascii: "-")
      }
      bytes.append(contentsOf: digits[position..<24])
    }
  }

  /// A value as source text, shortened: for messages.
  public func described(_ value: Value) -> String {
    switch value.tag {
    case Tag.null: return "null"
    case Tag.undefined: return "nothing"
    default: break
    }
    var printer = ValuePrinter(machine: self, bytes: [], limit: 60)
    printer.print(value)
    let name = typeName(of: value)
    // A word for many takes no article.
    if value.tag == Tag.bytes { return "bytes (\(String(decoding: printer.bytes, as: UTF8.self)))" }
    let article = "aeiouAEIOU".contains(name.first ?? "x") ? "an" : "a"
    return "\(article) \(name) (\(String(decoding: printer.bytes, as: UTF8.self)))"
  }

  /// The name that `type(x)` gives.
  public func typeName(of value: Value) -> String {
    switch value.tag {
    case Tag.int: "int"
    case Tag.float: "float"
    case Tag.false, Tag.true: "bool"
    case Tag.null: "null"
    case Tag.duration: "duration"
    case Tag.string: "string"
    case Tag.bytes: "bytes"
    case Tag.list: "list"
    case Tag.map: "map"
    case Tag.structure, Tag.enumeration:
      types[shapes[Int(value.address.u32(Header.aux))].type].name.name
    case Tag.error:
      types[shapes[Int(value.address.u32(Header.aux))].type].name.name
    case Tag.closure, Tag.native: "function"
    case Tag.range: "range"
    case Tag.task: "task"
    case Tag.channel: "channel"
    case Tag.type: "type"
    case Tag.handle: handles.kindName(value.address)
    default: "internal"
    }
  }
}

/// Shortest text that reads back, always with `.` or an exponent.
func floatText(_ value: Double) -> String {
  // The sign of a NaN means nothing: 0.0 / 0.0 has one on some processors.
  if value.isNaN { return "nan" }
  let text = value.description
  guard let mark = text.firstIndex(of: "e") else { return text }
  // Swift writes 1e-05 and 1e+300.
  let exponent = text[text.index(after: mark)...]
  let digits = exponent.drop { $0 == "+" || $0 == "-" || $0 == "0" }
  return text[...mark] + (exponent.hasPrefix("-") ? "-" : "") + digits
}

/// A duration in the largest unit that leaves at most a short decimal: `1.5h`, `250ms`.
func durationText(_ nanoseconds: Int) -> String {
  let units: [(String, Int)] = [
    ("d", 86_400_000_000_000), ("h", 3_600_000_000_000), ("m", 60_000_000_000),
    ("s", 1_000_000_000), ("ms", 1_000_000), ("us", 1_000),
  ]
  if nanoseconds == 0 { return "0s" }
  for (unit, size) in units where nanoseconds.magnitude >= UInt(size) {
    let whole = nanoseconds.magnitude / UInt(size)
    let rest = nanoseconds.magnitude % UInt(size)
    guard let decimals = decimalFraction(rest, of: UInt(size)) else { continue }
    return (nanoseconds < 0 ? "-" : "") + "\(whole)\(decimals)\(unit)"
  }
  return "\(nanoseconds)ns"
}

/// `.5` for a half, empty for nothing; nil when three decimals do not say it exactly.
private func decimalFraction(_ rest: UInt, of size: UInt) -> String? {
  if rest == 0 { return "" }
  let (thousandths, overflow) = rest.multipliedReportingOverflow(by: 1000)
  guard !overflow, thousandths % size == 0 else { return nil }
  var digits = String(thousandths / size)
  while digits.count < 3 { digits = "0" + digits }
  while digits.last == "0" { digits.removeLast() }
  return "." + digits
}

/// Prints values with their structure, without recursion on the host's stack, and in bounded
/// memory: what is shared prints again at every place, so a small value may have a very long text.
struct ValuePrinter {
  /// Bytes after which any text is cut off.
  static let sizeLimit = 1 << 26

  let machine: Machine
  var bytes: [UInt8]
  /// Bytes after which the rest is cut off.
  var limit = Int.max
  private var work: [Item] = []
  /// Containers being printed, outermost first: met again, they print as `…`.
  private var open: [UInt64] = []
  /// The same, for values so deep that a search would be slow.
  private var isOpen: Set<UInt64> = []
  private static let searchLimit = 32
  private var steps = 0

  private enum Item {
    case value(Value)
    case text(StaticString)
    case name(String)
    /// The elements of a list from an index on, the entries of a map from a number on.
    case elements(Address, Int)
    case entries(Address, Int)
    case close
  }

  init(machine: Machine, bytes: [UInt8], limit: Int = .max) {
    self.machine = machine
    self.bytes = bytes
    self.limit = limit
  }

  mutating func print(_ value: Value) {
    work.append(.value(value))
    while let item = work.popLast() {
      if bytes.count > min(limit, ValuePrinter.sizeLimit) {
        append(" …")
        return
      }
      steps += 1
      // Shared parts print each time: a small graph can be a long text.
      if steps & 4095 == 0 {
        guard bytes.count <= textLimit, !machine.mustStop(steps: 4096 / 16, bytes: byteCount)
        else { return }
      }
      switch item {
      case .value(let value): printOne(value)
      case .text(let text):
        text.withUTF8Buffer { bytes.append(contentsOf: $0) }
      case .name(let name): append(name)
      case .elements(let list, let index): printElement(list, index)
      case .entries(let map, let number): printEntry(map, number)
      case .close: isOpen.remove(open.removeLast())
      }
    }
  }

  private var byteCount: Int { bytes.count + work.capacity * MemoryLayout<Item>.stride }

  private mutating func append(_ text: String) { bytes.append(contentsOf: text.utf8) }

  private mutating func printOne(_ value: Value) {
    switch value.tag {
    case Tag.int: machine.appendInt(value.asInt, to: &bytes)
    case Tag.float: append(floatText(value.asFloat))
    case Tag.false: append("false")
    case Tag.true: append("true")
    case Tag.null, Tag.undefined: append("null")
    case Tag.duration: append(durationText(value.asInt))
    case Tag.string: appendQuoted(value.address)
    case Tag.bytes: appendBytes(value.address)
    case Tag.list: openList(value)
    case Tag.map: openMap(value)
    case Tag.structure, Tag.enumeration, Tag.error: openFields(value)
    case Tag.range: appendRange(value.address)
    case Tag.closure:
      let record = value.address.address(ClosureLayout.prototype)
      append("func \(machine.prototypes[record.int(PrototypeRecord.index)].name)")
    case Tag.native:
      let record = value.address.address(NativeLayout.record)
      let name = machine.natives[record.int(NativeRecord.index)].name
      append("func \(name.hasPrefix("prelude.") ? String(name.dropFirst(8)) : name)")
    case Tag.type: append(machine.types[Int(value.address.u32(Header.aux))].name.name)
    case Tag.task: append("task #\(value.address.u32(FiberLayout.number))")
    case Tag.channel: append("channel #\(value.address.int(ChannelLayout.number))")
    case Tag.handle: append("<\(machine.handles.kindName(value.address))>")
    default: append("<internal>")
    }
  }

  /// True once per container on the way down; a cycle prints as an ellipsis.
  private mutating func begin(_ value: Value) -> Bool {
    let isInside =
      open.count > ValuePrinter.searchLimit
      ? isOpen.contains(value.bits) : open.contains(value.bits)
    guard !isInside else {
      append("…")
      return false
    }
    open.append(value.bits)
    if open.count == ValuePrinter.searchLimit + 1 { isOpen = Set(open) }
    if open.count > ValuePrinter.searchLimit { isOpen.insert(value.bits) }
    return true
  }

  private mutating func openList(_ value: Value) {
    guard begin(value) else { return }
    append("[")
    work.append(.close)
    work.append(.elements(value.address, 0))
  }

  private mutating func printElement(_ list: Address, _ index: Int) {
    guard index < listCount(list) else { return append("]") }
    guard index < limit else { return append(", …]") }
    if index > 0 { append(", ") }
    work.append(.elements(list, index + 1))
    work.append(.value(loadElement(list, index)))
  }

  private mutating func openMap(_ value: Value) {
    guard value.address.int(MapLayout.count) > 0 else { return append("{}") }
    guard begin(value) else { return }
    append("{ ")
    work.append(.close)
    work.append(.entries(value.address, 0))
  }

  private mutating func printEntry(_ map: Address, _ number: Int) {
    guard let entry = machine.heap.entry(of: map, from: number) else { return append(" }") }
    if number > 0 { append(", ") }
    printKey(entry.key)
    append(": ")
    work.append(.entries(map, entry.next))
    work.append(.value(entry.value))
  }

  /// A key as it is written in a map literal.
  private mutating func printKey(_ key: Value) {
    switch key.tag {
    case Tag.string:
      if isName(key.address) {
        append(machine.swiftString(key))
      } else {
        appendQuoted(key.address)
      }
    case Tag.int: machine.appendInt(key.asInt, to: &bytes)
    default:
      append("[")
      printOne(key)
      append("]")
    }
  }

  private func isName(_ text: Address) -> Bool {
    let count = textCount(text)
    guard count > 0 else { return false }
    let start = textBytes(text)
    for index in 0..<count {
      let byte = start[index]
      let isLetter = byte | 0x20 >= 0x61 && byte | 0x20 <= 0x7A || byte == 0x5F
      let isDigit = byte >= 0x30 && byte <= 0x39
      guard isLetter || isDigit && index > 0 else { return false }
    }
    return true
  }

  private mutating func openFields(_ value: Value) {
    let number = Int(value.address.u32(Header.aux))
    let shape = machine.shapes[number]
    if value.tag == Tag.error, number <= Machine.exitShape { return printFault(value) }
    let isStruct = value.tag == Tag.structure
    append(isStruct ? shape.name : "\(machine.types[shape.type].name.name).\(shape.name)")
    guard shape.fieldCount > 0 else {
      if isStruct { append(" {}") }
      return
    }
    guard begin(value) else { return }
    append(isStruct ? " { " : "(")
    work.append(.close)
    work.append(.text(isStruct ? " }" : ")"))
    for index in stride(from: shape.fieldCount - 1, through: 0, by: -1) {
      let offset = FieldsLayout.first + index * Value.stride
      work.append(.value(value.address.value(offset).pointee))
      work.append(.text(": "))
      work.append(.name(shape.fieldTexts[index]))
      if index > 0 { work.append(.text(", ")) }
    }
  }

  private mutating func printFault(_ value: Value) {
    let message = value.address.value(FieldsLayout.first).pointee
    append(machine.code(of: value))
    guard message.isString else { return }
    append("(")
    appendQuoted(message.address)
    append(")")
  }

  private mutating func appendRange(_ range: Address) {
    let flags = range.u32(Header.aux)
    if flags & RangeFlags.hasStart != 0 {
      machine.appendInt(range.int(RangeLayout.start), to: &bytes)
    }
    append(flags & RangeFlags.inclusive != 0 ? ".." : "..<")
    if flags & RangeFlags.hasEnd != 0 {
      machine.appendInt(range.int(RangeLayout.end), to: &bytes)
    }
    if flags & RangeFlags.hasStep != 0 {
      append(".step(\(range.int(RangeLayout.step)))")
    }
  }

  private mutating func appendQuoted(_ text: Address) {
    append("\"")
    let start = textBytes(text)
    let count = limit == .max ? textCount(text) : min(textCount(text), limit)
    for index in 0..<count {
      let byte = start[index]
      switch byte {
      case UInt8(ascii: "\""): append("\\\"")
      case UInt8(ascii: "\\"): append("\\\\")
      case 10: append("\\n")
      case 13: append("\\r")
      case 9: append("\\t")
      case 0..<32, 127: append("\\u{\(String(byte, radix: 16))}")
      default: bytes.append(byte)
      }
    }
    append(count < textCount(text) ? "…\"" : "\"")
  }

  private mutating func appendBytes(_ text: Address) {
    append("b\"")
    let start = textBytes(text)
    let digits = Array("0123456789abcdef".utf8)
    let count = limit == .max ? textCount(text) : min(textCount(text), limit)
    for index in 0..<count {
      let byte = start[index]
      switch byte {
      case UInt8(ascii: "\""): append("\\\"")
      case UInt8(ascii: "\\"): append("\\\\")
      case 10: append("\\n")
      case 32..<127: bytes.append(byte)
      default:
        append("\\x")
        bytes.append(digits[Int(byte >> 4)])
        bytes.append(digits[Int(byte & 15)])
      }
    }
    append(count < textCount(text) ? "…\"" : "\"")
  }
}

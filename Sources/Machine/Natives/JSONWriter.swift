import JanusVM

/// Writes a value as JSON, with a list of open containers instead of recursion.
struct JSONWriter {
  let machine: Machine
  let heap: Heap
  /// Spaces per level; 0 for one line without any.
  let indent: Int
  private(set) var bytes: [UInt8] = []
  /// Why `write` gave up; nil when the text became too long.
  private(set) var problem: (message: String, hint: String?)?
  private var open: [Container] = []

  private struct Container {
    let value: Value
    var next = 0
    var isEmpty = true
  }

  init(machine: Machine, heap: Heap, indent: Int) {
    self.machine = machine
    self.heap = heap
    self.indent = indent
  }

  /// False when the value has no JSON, or too much of it.
  mutating func write(_ value: Value) -> Bool {
    guard begin(value) else { return false }
    var steps = 0
    while let container = open.last {
      guard bytes.count <= textLimit, heap.hasRoom(for: bytes.count) else { return false }
      steps += 1
      if steps & 4095 == 0, machine.mustStop(steps: 4096 / 16) { return false }
      let isWritten: Bool
      switch container.value.tag {
      case Tag.list: isWritten = writeElement(container)
      case Tag.map: isWritten = writeEntry(container)
      default: isWritten = writeField(container)
      }
      guard isWritten else { return false }
    }
    return true
  }

  // MARK: One step of the innermost container

  private mutating func writeElement(_ container: Container) -> Bool {
    let list = container.value.address
    guard container.next < listCount(list) else {
      close(container, UInt8(ascii: "]"))
      return true
    }
    separate(container, next: container.next + 1)
    return begin(loadElement(list, container.next))
  }

  private mutating func writeEntry(_ container: Container) -> Bool {
    guard let entry = heap.entry(of: container.value.address, from: container.next) else {
      close(container, UInt8(ascii: "}"))
      return true
    }
    separate(container, next: entry.next)
    switch entry.key.tag {
    case Tag.string: writeString(entry.key)
    case Tag.int, Tag.true, Tag.false:
      bytes.append(UInt8(ascii: "\""))
      machine.appendDisplay(entry.key, to: &bytes)
      bytes.append(UInt8(ascii: "\""))
    default:
      problem = (
        "\(machine.described(entry.key)) cannot be a name in JSON",
        "names are strings; ints and bools become strings"
      )
      return false
    }
    writeColon()
    return begin(entry.value)
  }

  private mutating func writeField(_ container: Container) -> Bool {
    guard let field = machine.field(container.next, of: container.value) else {
      close(container, UInt8(ascii: "}"))
      return true
    }
    separate(container, next: container.next + 1)
    bytes.append(UInt8(ascii: "\""))
    bytes.append(contentsOf: field.name.utf8)
    bytes.append(UInt8(ascii: "\""))
    writeColon()
    return begin(field.value)
  }

  private mutating func separate(_ container: Container, next: Int) {
    if !container.isEmpty { bytes.append(UInt8(ascii: ",")) }
    open[open.count - 1].next = next
    open[open.count - 1].isEmpty = false
    breakLine(depth: open.count)
  }

  private mutating func close(_ container: Container, _ bracket: UInt8) {
    open.removeLast()
    if !container.isEmpty { breakLine(depth: open.count) }
    bytes.append(bracket)
  }

  private mutating func breakLine(depth: Int) {
    guard indent > 0 else { return }
    bytes.append(10)
    for _ in 0..<indent * depth { bytes.append(UInt8(ascii: " ")) }
  }

  private mutating func writeColon() {
    bytes.append(UInt8(ascii: ":"))
    if indent > 0 { bytes.append(UInt8(ascii: " ")) }
  }

  // MARK: Values

  /// Writes a scalar, or opens a container.
  private mutating func begin(_ value: Value) -> Bool {
    switch value.tag {
    case Tag.null, Tag.true, Tag.false, Tag.int: machine.appendDisplay(value, to: &bytes)
    case Tag.string: writeString(value)
    case Tag.float:
      guard value.asFloat.isFinite else {
        problem = ("\(machine.display(value)) has no JSON", "JSON knows finite numbers only")
        return false
      }
      machine.appendDisplay(value, to: &bytes)
    case Tag.list: return begin(value, UInt8(ascii: "["))
    case Tag.map, Tag.structure: return begin(value, UInt8(ascii: "{"))
    default:
      problem = ("\(machine.described(value)) has no JSON", hint(for: value))
      return false
    }
    return true
  }

  private mutating func begin(_ value: Value, _ bracket: UInt8) -> Bool {
    guard open.count < JSONNatives.depthLimit else {
      let isCycle = open.contains { $0.value.bits == value.bits }
      problem =
        isCycle
        ? ("the \(machine.typeName(of: value)) contains itself: that has no JSON", nil)
        : ("the nesting is deeper than \(JSONNatives.depthLimit)", nil)
      return false
    }
    bytes.append(bracket)
    open.append(Container(value: value))
    return true
  }

  private func hint(for value: Value) -> String? {
    switch value.tag {
    case Tag.bytes: "write b.base64() or b.hex()"
    case Tag.duration: "write a number: d / 1s"
    case Tag.range: "write r.list()"
    default: nil
    }
  }

  private mutating func writeString(_ value: Value) {
    let count = textCount(value.address)
    let text = UnsafeBufferPointer(start: textBytes(value.address), count: count)
    bytes.append(UInt8(ascii: "\""))
    var start = 0
    while let base = text.baseAddress {
      let end = JSONNatives.plainEnd(base, from: start, count)
      bytes.append(contentsOf: text[start..<end])
      guard end < count else { break }
      writeEscape(text[end])
      start = end + 1
    }
    bytes.append(UInt8(ascii: "\""))
  }

  private mutating func writeEscape(_ byte: UInt8) {
    bytes.append(UInt8(ascii: "\\"))
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"): bytes.append(byte)
    case 8: bytes.append(UInt8(ascii: "b"))
    case 9: bytes.append(UInt8(ascii: "t"))
    case 10: bytes.append(UInt8(ascii: "n"))
    case 12: bytes.append(UInt8(ascii: "f"))
    case 13: bytes.append(UInt8(ascii: "r"))
    default:
      let digits = String(byte, radix: 16)
      bytes.append(contentsOf: (digits.utf8.count == 1 ? "u000" : "u00").utf8)
      bytes.append(contentsOf: digits.utf8)
    }
  }
}

import JanusBytecode
import JanusSource
import JanusVM

/// Natives of text.jan.
enum TextNatives {
  static let table: [Native] = [
    Native("text.format") { native($0, $1, $2, format) },
    Native("text.width") { native($0, $1, $2, width) },
  ]
}

/// Columns of a terminal: what a reader sees as one character has the width of its widest part.
private func width(_ call: NativeCall) -> NativeResult {
  guard call[0].isString else { return call.typeFault(0, "a string", in: "text.width") }
  if call.heap.isASCII(call[0].address) { return call.done(.int(textCount(call[0].address))) }
  var columns = 0
  for character in call.machine.swiftString(call[0]) {
    columns += character.unicodeScalars.map(TerminalText.cellCount(of:)).max() ?? 0
  }
  return call.done(.int(columns))
}

private func format(_ call: NativeCall) -> NativeResult {
  guard call[0].isString else { return call.typeFault(0, "a string", in: "text.format") }
  var template = Template(
    call: call,
    scalars: Array(call.machine.swiftString(call[0]).unicodeScalars)
  )
  guard template.fill() else { return call.raised }
  return call.done(text: template.text)
}

/// Text with `{}`, `{0}` or `{name}`, each with a format behind a colon; `{{` and `}}` are braces.
private struct Template {
  let call: NativeCall
  let scalars: [Unicode.Scalar]
  private var position = 0
  private var nextValue = 0
  private(set) var text: [UInt8] = []

  init(call: NativeCall, scalars: [Unicode.Scalar]) {
    self.call = call
    self.scalars = scalars
  }

  /// False after a fault.
  mutating func fill() -> Bool {
    while position < scalars.count {
      let scalar = scalars[position]
      position += 1
      switch scalar {
      case "{" where position < scalars.count && scalars[position] == "{",
        "}" where position < scalars.count && scalars[position] == "}":
        position += 1
        text.append(UInt8(scalar.value))
      case "{":
        guard fillPlace() else { return false }
      case "}":
        call.machine.fault(
          .parse,
          "the `}` at \(position - 1) closes nothing",
          hint: "`}}` stands for a brace"
        )
        return false
      default: text += String(Character(scalar)).utf8
      }
      guard text.count <= textLimit, call.heap.hasRoom(for: text.count) else {
        call.machine.textTooLong()
        return false
      }
    }
    return true
  }

  /// The position is behind `{`.
  private mutating func fillPlace() -> Bool {
    let start = position - 1
    guard let end = scalars[position...].firstIndex(of: "}") else {
      call.machine.fault(
        .parse,
        "the `{` at \(start) is never closed",
        hint: "`{{` stands for a brace"
      )
      return false
    }
    let inner = scalars[position..<end]
    position = end + 1
    let colon = inner.firstIndex(of: ":") ?? inner.endIndex
    let name = String(String.UnicodeScalarView(inner[..<colon]))
    guard let value = value(name) else { return false }
    guard colon < inner.endIndex else {
      call.machine.appendDisplay(value, to: &text)
      return true
    }
    let specification = String(String.UnicodeScalarView(inner[(colon + 1)...]))
    guard let formatted = call.machine.formatted(value, specification) else { return false }
    text += formatted.utf8
    return true
  }

  /// The value of a place; nil after a fault.
  private mutating func value(_ name: String) -> Value? {
    if let number = name.isEmpty ? nextValue : Int(name) {
      if name.isEmpty { nextValue += 1 }
      guard number >= 0, number < call.count - 1 else {
        call.machine.fault(
          .index,
          "the template wants value \(number), but there are \(call.count - 1)"
        )
        return nil
      }
      return call[number + 1]
    }
    let fields = call[call.count - 1]
    if call.count > 1, fields.tag == Tag.map,
      let value = call.heap.value(in: fields.address, for: call.machine.string(name))
    {
      return value
    }
    call.machine.fault(
      .key,
      "the template wants `\(name)`, which is not given",
      hint: "write text.format(template, \(name): value)"
    )
    return nil
  }
}

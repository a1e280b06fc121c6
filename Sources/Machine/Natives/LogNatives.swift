import JanusBytecode
import JanusVM

/// Natives of log.jan.
enum LogNatives {
  static let table: [Native] = [
    Native("log.debug") { native($0, $1, $2) { write($0, .debug) } },
    Native("log.info") { native($0, $1, $2) { write($0, .info) } },
    Native("log.warn") { native($0, $1, $2) { write($0, .warn) } },
    Native("log.error") { native($0, $1, $2) { write($0, .error) } },
    Native("log.level") { native($0, $1, $2, level) },
    Native("log.set_level") { native($0, $1, $2, setLevel) },
  ]
}

private func level(_ call: NativeCall) -> NativeResult {
  call.done(call.machine.string(call.machine.logging.level?.name ?? "off"))
}

private func setLevel(_ call: NativeCall) -> NativeResult {
  guard call[0].isString else { return call.typeFault(0, "a string", in: "log.set_level") }
  guard let settings = LogSettings(call.machine.swiftString(call[0])) else {
    return call.fault(
      .parse, "\(call.machine.described(call[0])) is no level of the log",
      hint: "the levels are debug, info, warn, error and off; \",json\" may stand behind one")
  }
  call.machine.logging = settings
  return call.done(.null)
}

/// A line on standard error: the instant, the level, the message, the fields.
private func write(_ call: NativeCall, _ level: LogSettings.Level) -> NativeResult {
  let settings = call.machine.logging
  guard let least = settings.level, level.rawValue >= least.rawValue else {
    return call.done(.null)
  }
  let last = call[call.count - 1]
  let fields = call.count > 1 && last.tag == Tag.map ? last.address : nil
  var message: [UInt8] = []
  for index in 0..<(fields == nil ? call.count : call.count - 1) {
    call.machine.appendDisplay(call[index], to: &message)
  }
  let time = Timestamp(nanoseconds: call.machine.environment.now()).text
  var line = LogLine(machine: call.machine)
  if settings.isJSON {
    line.appendJSON(time: time, level: level.name, message: message, fields: fields)
  } else {
    line.appendText(time: time, level: level.name, message: message, fields: fields)
  }
  call.machine.writeError(line.bytes)
  return call.done(.null)
}

private struct LogLine {
  let machine: Machine
  private(set) var bytes: [UInt8] = []

  init(machine: Machine) { self.machine = machine }

  mutating func appendText(time: String, level: String, message: [UInt8], fields: Address?) {
    let name = level.uppercased()
    bytes += "\(time) \(name)\(name.utf8.count < 5 ? " " : "") ".utf8
    appendEscaped(message)
    if let fields {
      machine.heap.forEachEntry(fields) { key, value in
        bytes.append(UInt8(ascii: " "))
        appendEscaped(machine.displayBytes(key))
        bytes.append(UInt8(ascii: "="))
        let isWord = value.isString && isWord(machine.displayBytes(value))
        appendEscaped(isWord ? machine.displayBytes(value) : machine.quotedBytes(value))
      }
    }
    bytes.append(10)
  }

  /// Nobody makes two lines of one, or moves the cursor, by what is logged.
  private mutating func appendEscaped(_ text: [UInt8]) {
    for scalar in String(decoding: text, as: UTF8.self).unicodeScalars {
      let isControl = scalar.properties.generalCategory == .control
      let isMark = (0x2028...0x202E).contains(scalar.value) || (0x2066...0x2069) ~= scalar.value
      if isControl || isMark {
        bytes += "\\u{\(String(scalar.value, radix: 16))}".utf8
      } else {
        bytes += String(Character(scalar)).utf8
      }
    }
  }

  /// Text that needs no quotes.
  private func isWord(_ text: [UInt8]) -> Bool {
    !text.isEmpty && text.allSatisfy { $0 > 0x20 && $0 != 0x22 && $0 != 0x3D && $0 != 0x7F }
  }

  mutating func appendJSON(time: String, level: String, message: [UInt8], fields: Address?) {
    bytes += "{\"time\":\"\(time)\",\"level\":\"\(level)\",\"message\":".utf8
    appendValue(machine.string(message))
    if let fields {
      machine.heap.forEachEntry(fields) { key, value in
        bytes.append(UInt8(ascii: ","))
        appendValue(machine.string(machine.displayBytes(key)))
        bytes.append(UInt8(ascii: ":"))
        appendValue(value)
      }
    }
    bytes += "}\n".utf8
  }

  /// A value as JSON; what has none as the text that prints.
  private mutating func appendValue(_ value: Value) {
    var writer = JSONWriter(machine: machine, heap: machine.heap, indent: 0)
    if writer.write(value) {
      bytes += writer.bytes
    } else {
      appendValue(machine.string(machine.displayBytes(value)))
    }
  }
}

/// Diagnostics for programs: one JSON object on one line each.
///
/// Ranges are those of the Language Server Protocol 3.17 §Range: lines and characters count from 0,
/// characters are UTF-16 code units, the end is exclusive.
extension DiagnosticRenderer {
  /// `{"severity", "code", "message", "file", "range", "help"?, "labels"?, "fix"?}`
  public func json(_ diagnostic: Diagnostic, in file: SourceFile) -> String {
    var object = JSONObject()
    object.add("severity", diagnostic.severity == .error ? "error" : "warning")
    object.add("code", diagnostic.code.rawValue)
    object.add("message", diagnostic.message)
    object.add("file", file.name)
    object.add("range", raw: range(diagnostic.span, in: file))
    if let help = diagnostic.help { object.add("help", help) }
    if !diagnostic.labels.isEmpty {
      let labels = diagnostic.labels.map { label in
        var object = JSONObject()
        object.add("message", label.text)
        object.add("range", raw: range(label.span, in: file))
        return object.text
      }
      object.add("labels", raw: "[\(labels.joined(separator: ","))]")
    }
    if let fix = diagnostic.fix {
      var edit = JSONObject()
      edit.add("range", raw: range(fix.span, in: file))
      edit.add("newText", fix.replacement)
      object.add("fix", raw: edit.text)
    }
    return object.text
  }

  /// `{"severity", "code", "message", "file"?, "range"?, "help"?, "trace"}`
  public func json(_ trace: Trace) -> String {
    var object = JSONObject()
    object.add("severity", "error")
    object.add("code", trace.code)
    object.add("message", trace.message)
    if let frame = trace.frames.first {
      object.add("file", frame.file.name)
      object.add("range", raw: range(frame.span, in: frame.file))
    }
    if let hint = trace.hint { object.add("help", hint) }
    let frames = trace.frames.map { frame in
      var object = JSONObject()
      object.add("function", frame.function)
      object.add("file", frame.file.name)
      object.add("range", raw: range(frame.span, in: frame.file))
      if frame.repeatCount > 1 { object.add("repeatCount", raw: "\(frame.repeatCount)") }
      return object.text
    }
    object.add("trace", raw: "[\(frames.joined(separator: ","))]")
    if trace.omittedCount > 0 { object.add("omittedFrames", raw: "\(trace.omittedCount)") }
    return object.text
  }

  private func range(_ span: Span, in file: SourceFile) -> String {
    "{\"start\":\(position(span.start, in: file)),\"end\":\(position(span.end, in: file))}"
  }

  private func position(_ offset: UInt32, in file: SourceFile) -> String {
    let line = file.line(at: offset)
    let start = min(Int(file.lineStarts[line]), file.bytes.count)
    let end = min(max(start, Int(offset)), file.bytes.count)
    var character = 0
    var index = start
    while index < end {
      let (scalar, length) = TerminalText.scalar(at: index, in: file.bytes[start..<end])
      character += scalar.value > 0xFFFF ? 2 : 1
      index += length
    }
    return "{\"line\":\(line),\"character\":\(character)}"
  }
}

/// An object whose members keep the order in which they were added.
private struct JSONObject {
  private var members: [String] = []

  var text: String { "{\(members.joined(separator: ","))}" }

  mutating func add(_ name: String, _ value: String) { add(name, raw: JSONObject.quoted(value)) }

  mutating func add(_ name: String, raw value: String) { members.append("\"\(name)\":\(value)") }

  /// A string with escapes for quotes, controls, and line separators that break lines elsewhere.
  private static func quoted(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case "\n": result += "\\n"
      case "\t": result += "\\t"
      case _ where scalar.value < 0x20 || 0x7F...0x9F ~= scalar.value,
        "\u{2028}", "\u{2029}":
        let digits = String(scalar.value, radix: 16)
        result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result + "\""
  }
}

import JanusSource
import JanusSyntax
import Testing

/// A source text, parsed.
struct Parsing {
  let file: SourceFile
  let tree: Tree
  let diagnostics: [Diagnostic]

  init(_ text: String) { self.init(Array(text.utf8)) }

  init(_ bytes: [UInt8]) {
    file = SourceFile(name: "test.jan", bytes: bytes)
    var diagnostics: [Diagnostic] = []
    tree = Parser.parse(file, diagnostics: &diagnostics)
    self.diagnostics = diagnostics
  }

  /// The dump of the statements, or the codes of what is wrong.
  var result: String {
    guard diagnostics.isEmpty else { return codes }
    return String(TreeDump(tree).text.dropFirst().dropLast())
  }

  /// The codes of all diagnostics, in order.
  var codes: String { diagnostics.map(\.code.rawValue).joined(separator: " ") }

  /// Where each diagnostic begins, as `line:column`, with its code.
  var places: String {
    diagnostics.map { diagnostic in
      let line = file.line(at: diagnostic.span.start)
      let column = Int(diagnostic.span.start) - Int(file.lineStarts[line]) + 1
      return "\(line + 1):\(column) \(diagnostic.code.rawValue)"
    }.joined(separator: ", ")
  }

  /// The text after the first fix; the same text where there is none.
  var fixed: String {
    guard let fix = diagnostics.compactMap(\.fix).first else {
      return String(decoding: file.bytes, as: UTF8.self)
    }
    var bytes = file.bytes
    bytes.replaceSubrange(
      Int(fix.span.start)..<Int(fix.span.end), with: Array(fix.replacement.utf8))
    return String(decoding: bytes, as: UTF8.self)
  }
}

/// One row of a table: a text and what parsing it gives.
struct Row: Sendable, CustomTestStringConvertible {
  let text: String
  let expected: String

  init(_ text: String, _ expected: String) {
    self.text = text
    self.expected = expected
  }

  var testDescription: String { text }
}

import JanusRuntime
package import JanusSource

/// What `janus check` says of a program, in a form that can be compared.
package struct Checking: Sendable {
  /// The diagnostics, file by file.
  package var findings: [Finding]

  package struct Finding: Sendable {
    package var file: SourceFile
    package var diagnostics: [Diagnostic]
  }

  /// Checks a file below the root of the checkout.
  package init(path: String) throws {
    self.init(try Repository.bytes(path), name: Repository.path(path))
  }

  /// Checks a text that may use files beside `name`.
  package init(_ source: [UInt8], name: String = "check.jan") {
    let check = ProgramCheck(SourceFile(name: name, bytes: source), path: name)
    findings = check.findings.map { Finding(file: $0.file, diagnostics: $0.diagnostics) }
  }

  /// Checks a text.
  package init(_ text: String) { self.init(Array(text.utf8)) }

  package var diagnostics: [Diagnostic] { findings.flatMap(\.diagnostics) }

  package var errors: [Diagnostic] { diagnostics.filter { $0.severity == .error } }

  package var warnings: [Diagnostic] { diagnostics.filter { $0.severity == .warning } }

  /// Everything that is reported, one line for each part, without the look of a renderer.
  package var report: String {
    var lines: [String] = []
    for finding in findings {
      if findings.count > 1 || finding.file.name != findings.first?.file.name {
        lines.append("in \(finding.file.name.split(separator: "/").last ?? "")")
      }
      for diagnostic in finding.diagnostics { lines += Checking.lines(diagnostic, finding.file) }
    }
    return lines.map { $0 + "\n" }.joined()
  }

  private static func lines(_ diagnostic: Diagnostic, _ file: SourceFile) -> [String] {
    var lines = [
      "\(place(diagnostic.span, file)) \(diagnostic.severity) \(diagnostic.code.rawValue) "
        + diagnostic.message
    ]
    for label in diagnostic.labels { lines.append("  \(place(label.span, file)) \(label.text)") }
    if let help = diagnostic.help { lines.append("  help: \(help)") }
    if let fix = diagnostic.fix {
      let old = file.bytes[Int(fix.span.start)..<Int(fix.span.end)]
      let word = fix.isExact ? "fix" : "proposal"
      lines.append(
        "  \(word) at \(place(fix.span, file)): `\(String(decoding: old, as: UTF8.self))` becomes "
          + "`\(fix.replacement)`")
    }
    return lines.map { $0.replacing("\n", with: "\\n") }
  }

  /// `line:column-line:column`, 1-based, in bytes; the end is behind the last byte.
  private static func place(_ span: Span, _ file: SourceFile) -> String {
    func position(_ offset: UInt32) -> String {
      let line = file.line(at: offset)
      return "\(line + 1):\(offset - file.lineStarts[line] + 1)"
    }
    return "\(position(span.start))-\(position(span.end))"
  }
}

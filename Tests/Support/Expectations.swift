package import JanusRuntime

/// What the comments of a program say about it (architecture.md, "Tests").
package struct Expectations: Sendable {
  package var output: [String] = []
  package var errors: [ExpectedError] = []
  package var status: Int?
  package var input: [String] = []
  package var arguments: [String] = []
  package var limits = RunLimits()
  package var grants = ScriptGrants(folder: ".")

  package struct ExpectedError: Sendable {
    package var code: String
    package var part: String
  }

  /// A comment that is meant for the test and makes no sense.
  package struct Unknown: Error, CustomStringConvertible {
    package var comment: String
    package var description: String { "the comment `\(comment)` is unknown" }
  }

  /// Reads the comments of a program.
  package init(_ source: [UInt8]) throws {
    for line in String(decoding: source, as: UTF8.self).lineList { try read(line) }
  }

  package var isEmpty: Bool { output.isEmpty && errors.isEmpty && status == nil }

  /// The status that is expected, said or implied.
  package var expectedStatus: Int {
    if let status { return status }
    guard let first = errors.first else { return 0 }
    return first.isSourceError ? 2 : 1
  }

  private mutating func read(_ line: String) throws {
    if let comment = Expectations.comment("// expect", in: line) {
      if let code = value(of: "// expect error:", comment), !code.isEmpty {
        let parts = code.split(separator: " ", maxSplits: 1).map(String.init)
        errors.append(ExpectedError(code: parts[0], part: parts.count > 1 ? parts[1] : ""))
      } else if let text = value(of: "// expect exit:", comment), let number = Int(text) {
        status = number
      } else if let text = value(of: "// expect:", comment) {
        output.append(text)
      } else {
        throw Unknown(comment: comment)
      }
    } else if let comment = Expectations.comment("// stdin:", in: line) {
      input.append(value(of: "// stdin:", comment) ?? "")
    } else if let comment = Expectations.comment("// args:", in: line) {
      arguments = (value(of: "// args:", comment) ?? "").split(separator: " ").map(String.init)
    } else if let comment = Expectations.comment("// flags:", in: line) {
      try readFlags(comment)
    }
  }

  private mutating func readFlags(_ comment: String) throws {
    var words = comment.split(separator: " ").dropFirst(2)
    while let flag = words.popFirst() {
      if flag.hasPrefix("--allow-") {
        let parts = flag.dropFirst("--allow-".count).split(separator: "=", maxSplits: 1)
        try grants.allow(String(parts[0]), parts.count > 1 ? String(parts[1]) : nil)
        continue
      }
      guard RunLimits.options.contains(String(flag)), let text = words.popFirst() else {
        throw Unknown(comment: comment)
      }
      try limits.set(String(flag), to: String(text))
    }
  }

  /// The rest of a line from a marker that is not part of a `///` comment.
  private static func comment(_ marker: String, in line: String) -> String? {
    let bytes = Array(line.utf8)
    let pattern = Array(marker.utf8)
    guard bytes.count >= pattern.count else { return nil }
    for start in 0...(bytes.count - pattern.count)
    where bytes[start...].starts(with: pattern) {
      let isDocumentation = start > 0 && bytes[start - 1] == UInt8(ascii: "/")
      if !isDocumentation { return String(decoding: bytes[start...], as: UTF8.self) }
    }
    return nil
  }

  /// What follows a marker and one space.
  private func value(of marker: String, _ comment: String) -> String? {
    guard comment.hasPrefix(marker) else { return nil }
    let rest = comment.dropFirst(marker.count)
    if rest.isEmpty { return "" }
    return rest.first == " " ? String(rest.dropFirst()) : nil
  }
}

extension Expectations.ExpectedError {
  /// True for the codes of DiagnosticCode: J and a digit.
  package var isSourceError: Bool {
    code.first == "J" && code.dropFirst().first.map { $0.isNumber } == true
  }

  /// True for a report that this describes.
  package func describes(_ report: ScriptResult.Report) -> Bool {
    report.code == code && (part.isEmpty || report.text.contains(part))
  }
}

extension Expectations {
  /// What a result does differently, in a line; nil when it is as expected.
  package func difference(from result: ScriptResult) -> String? {
    let lines = result.lines
    for index in 0..<max(lines.count, output.count)
    where index >= lines.count || index >= output.count || lines[index] != output[index] {
      let got = index < lines.count ? "`\(lines[index])`" : "nothing"
      let expected = index < output.count ? "`\(output[index])`" : "nothing"
      return "line \(index + 1) of the output is \(got), not \(expected)" + trouble(result)
    }
    let differs = zip(errors, result.errors).contains { !$0.describes($1) }
    if differs || errors.count != result.errors.count {
      let expected = errors.map { "\($0.code) \($0.part)" }
      return "the errors are \(result.errors), not \(expected)" + trouble(result)
    }
    if result.status != expectedStatus {
      return "the status is \(result.status), not \(expectedStatus)" + trouble(result)
    }
    return nil
  }

  private func trouble(_ result: ScriptResult) -> String {
    var text = result.errors.isEmpty ? "" : "; errors: \(result.errors)"
    if !result.errorOutput.isEmpty {
      text += "; standard error: \(String(decoding: result.errorOutput, as: UTF8.self))"
    }
    return text
  }
}

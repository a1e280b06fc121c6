/// Shows diagnostics to people: with their source, in colour where that is wanted, or on one line.
public struct DiagnosticRenderer {
  private let hasColor: Bool
  private let width: Int

  /// A renderer for a terminal of `width` cells.
  public init(color: Bool, width: Int = 100) {
    self.hasColor = color
    self.width = max(40, width)
  }

  /// A diagnostic with its source line, its labels, its help and its fix.
  public func human(_ diagnostic: Diagnostic, in file: SourceFile) -> String {
    let position = Position(diagnostic.span.start, in: file)
    let (name, style) = heading(diagnostic.severity)
    var lines = [
      paint("\(name)[\(diagnostic.code.rawValue)]", style)
        + paint(": \(visible(diagnostic.message))", .bold)
    ]
    let gutter = gutterCount(diagnostic, in: file)
    lines.append(
      String(repeating: " ", count: gutter) + paint("--> ", .blue) + "\(place(position, in: file))")
    lines.append(bar(gutter))
    lines += snippets(diagnostic, in: file, gutter: gutter, style: style)
    if let help = diagnostic.help {
      lines.append(indent(gutter) + paint("help", .cyan) + ": \(visible(help))")
    }
    if let fix = diagnostic.fix { lines += diff(fix, in: file, gutter: gutter) }
    return lines.joined(separator: "\n")
  }

  /// A diagnostic on one line: `file:line:col: error[J0301]: message (help: …)`.
  public func short(_ diagnostic: Diagnostic, in file: SourceFile) -> String {
    let (name, _) = heading(diagnostic.severity)
    let position = Position(diagnostic.span.start, in: file)
    let help = diagnostic.help.map { " (help: \(visible($0)))" } ?? ""
    return "\(place(position, in: file)): \(name)[\(diagnostic.code.rawValue)]: "
      + visible(diagnostic.message) + help
  }

  /// An uncaught error: where it arose, as a diagnostic is shown, and every call that led there.
  func human(_ trace: Trace) -> String {
    // A message may have lines of its own: those of a comparison, for example.
    let message = trace.message.split(separator: "\n", omittingEmptySubsequences: false)
      .map { visible(String($0)) }.joined(separator: "\n")
    var lines = [
      paint("error[\(visible(trace.code))]", .red) + paint(": \(message)", .bold)
    ]
    let last = trace.frames.map { $0.file.line(at: $0.span.start) + 1 }.max() ?? 0
    let gutter = String(last).utf8.count
    for (index, frame) in trace.frames.enumerated() {
      let position = Position(frame.span.start, in: frame.file)
      let arrow = String(repeating: " ", count: gutter) + paint("--> ", .blue)
      lines.append(arrow + place(position, in: frame.file) + " in \(visible(frame.function))")
      let hasSource = !frame.file.bytes.isEmpty
      if hasSource {
        if index == 0 { lines.append(bar(gutter)) }
        lines += snippet(
          frame.span, in: frame.file, gutter: gutter, mark: index == 0 ? "^" : "-",
          style: index == 0 ? .red : .blue, text: "")
      }
      if frame.repeatCount > 1 {
        lines.append(indent(gutter) + "… and \(frame.repeatCount - 1) more calls from there")
      }
      if index == 0, let hint = trace.hint {
        lines.append(indent(gutter) + paint("help", .cyan) + ": \(visible(hint))")
      }
    }
    if trace.omittedCount > 0 { lines.append(indent(gutter) + "… and \(trace.omittedCount) more") }
    if trace.frames.isEmpty, let hint = trace.hint {
      lines.append("  " + paint("help", .cyan) + ": \(visible(hint))")
    }
    return lines.joined(separator: "\n")
  }

  /// An uncaught error on one line.
  func short(_ trace: Trace) -> String {
    let help = trace.hint.map { " (help: \(visible($0)))" } ?? ""
    let place = trace.frames.first.map { frame in
      self.place(Position(frame.span.start, in: frame.file), in: frame.file) + ": "
    }
    return "\(place ?? "")error[\(visible(trace.code))]: \(visible(trace.message))\(help)"
  }

  /// The line of a span with carets below it, as traces show it.
  public func excerpt(of span: Span, in file: SourceFile) -> String {
    let gutter = String(file.line(at: span.start) + 1).utf8.count
    return snippet(span, in: file, gutter: gutter, mark: "^", style: .red, text: "")
      .joined(separator: "\n")
  }

  /// The lines of a diagnostic and of its labels, in the order of the text.
  private func snippets(
    _ diagnostic: Diagnostic, in file: SourceFile, gutter: Int, style: Style
  ) -> [String] {
    var places = [(line: file.line(at: diagnostic.span.start), label: Diagnostic.Label?.none)]
    for label in diagnostic.labels { places.append((file.line(at: label.span.start), label)) }
    // On its line the diagnostic itself comes before its labels.
    places.sort { ($0.line, $0.label == nil ? 0 : 1) < ($1.line, $1.label == nil ? 0 : 1) }
    var lines: [String] = []
    var shown: Int?
    for place in places {
      if let shown, place.line > shown + 1 { lines.append(paint("...", .blue)) }
      lines += snippet(
        place.label?.span ?? diagnostic.span, in: file, gutter: gutter,
        mark: place.label == nil ? "^" : "-", style: place.label == nil ? style : .blue,
        text: place.label.map { visible($0.text) } ?? "", showsLine: shown != place.line)
      shown = place.line
    }
    return lines
  }

  private func heading(_ severity: Severity) -> (String, Style) {
    switch severity {
    case .error: ("error", .red)
    case .warning: ("warning", .yellow)
    }
  }

  private func place(_ position: Position, in file: SourceFile) -> String {
    "\(visible(file.name)):\(position.line + 1):\(position.column)"
  }

  private func visible(_ text: String) -> String { TerminalText(text).text }

  private func gutterCount(_ diagnostic: Diagnostic, in file: SourceFile) -> Int {
    let spans = [diagnostic.span] + diagnostic.labels.map(\.span)
    let last = spans.map { file.line(at: $0.start) }.max() ?? 0
    return String(last + 1).utf8.count
  }

  private func indent(_ gutter: Int) -> String { String(repeating: " ", count: gutter + 1) }

  private func bar(_ gutter: Int) -> String { indent(gutter) + paint("|", .blue) }

  /// A source line and the marks below the part of a span that is on it.
  private func snippet(
    _ span: Span, in file: SourceFile, gutter: Int, mark: String, style: Style, text: String,
    showsLine: Bool = true
  ) -> [String] {
    let line = file.line(at: span.start)
    let range = Self.range(ofLine: line, in: file)
    let start = min(Int(span.start), range.upperBound)
    let end = max(start, min(Int(span.end), range.upperBound))
    let part = excerpt(of: range, around: start, in: file)
    let shown = TerminalText(file.bytes[part])
    let cells =
      shown.cells(
        before: start)..<max(
        shown.cells(before: start), shown.cells(before: end))
    let window = shown.window(
      around: cells, cells: width - gutter - 3, isCutBefore: part.lowerBound > range.lowerBound,
      isCutBehind: part.upperBound < range.upperBound)
    let number = String(line + 1)
    let padding = String(repeating: " ", count: max(0, gutter - number.utf8.count))
    let marks =
      String(repeating: " ", count: window.markStart)
      + paint(
        String(repeating: mark, count: window.markCount) + (text.isEmpty ? "" : " " + text), style)
    var lines: [String] = []
    if showsLine {
      lines.append(
        padding + paint("\(number) |", .blue) + (shown.pieces.isEmpty ? "" : " " + window.text))
    }
    lines.append(bar(gutter) + " " + marks)
    return lines
  }

  /// The part of a very long line that could be shown: no more than a screen is read on each side,
  /// four bytes for each cell.
  private func excerpt(of line: Range<Int>, around offset: Int, in file: SourceFile) -> Range<Int> {
    let reach = width * 8
    guard line.count > reach * 3 else { return line }
    var first = max(line.lowerBound, offset - reach)
    var last = min(line.upperBound, offset + reach * 2)
    // Not in the middle of a scalar.
    while first > line.lowerBound, file.bytes[first] & 0xC0 == 0x80 { first -= 1 }
    while last < line.upperBound, file.bytes[last] & 0xC0 == 0x80 { last += 1 }
    return first..<last
  }

  /// The lines a fix changes, before and after.
  private func diff(_ fix: Diagnostic.Fix, in file: SourceFile, gutter: Int) -> [String] {
    let count = file.bytes.count
    let start = min(Int(fix.span.start), count)
    let end = min(max(start, Int(fix.span.end)), count)
    let first = Self.range(ofLine: file.line(at: UInt32(start)), in: file)
    let last = Self.range(ofLine: file.line(at: UInt32(end)), in: file)
    let whole = first.lowerBound..<max(first.upperBound, last.upperBound)
    guard start >= whole.lowerBound, end <= whole.upperBound else { return [] }
    let old = Array(file.bytes[whole])
    let new =
      file.bytes[whole.lowerBound..<start] + Array(fix.replacement.utf8)
      + file.bytes[end..<whole.upperBound]
    let isLong = old.count + new.count > 4_000
    guard !isLong else { return [] }
    return changed(old, "-", .red, gutter: gutter, at: start - whole.lowerBound)
      + changed(Array(new), "+", .green, gutter: gutter, at: start - whole.lowerBound)
  }

  private func changed(
    _ bytes: [UInt8], _ sign: String, _ style: Style, gutter: Int, at offset: Int
  ) -> [String] {
    bytes.split(separator: 10, omittingEmptySubsequences: false).map { line in
      let shown = TerminalText(line.last == 13 ? line.dropLast() : line)
      let cells = shown.cells(before: offset)
      let window = shown.window(around: cells..<cells, cells: width - gutter - 3)
      return indent(gutter) + paint("\(sign) \(window.text)", style)
    }
  }

  /// The bytes of a line without its end.
  static func range(ofLine line: Int, in file: SourceFile) -> Range<Int> {
    let start = min(Int(file.lineStarts[line]), file.bytes.count)
    var end =
      line + 1 < file.lineStarts.count ? Int(file.lineStarts[line + 1]) - 1 : file.bytes.count
    if end > start, file.bytes[end - 1] == 13 { end -= 1 }
    return start..<max(start, end)
  }

  private enum Style: String {
    case red = "1;31"
    case yellow = "1;33"
    case green = "32"
    case blue = "34"
    case cyan = "36"
    case bold = "1"
  }

  private func paint(_ text: String, _ style: Style) -> String {
    hasColor ? "\u{1B}[\(style.rawValue)m\(text)\u{1B}[0m" : text
  }
}

/// A place in a file as people count it.
private struct Position {
  /// 0-based.
  var line: Int
  /// 1-based, in scalars.
  var column: Int

  init(_ offset: UInt32, in file: SourceFile) {
    line = file.line(at: offset)
    let start = Int(file.lineStarts[line])
    let end = min(max(start, Int(offset)), file.bytes.count)
    let slice = file.bytes[min(start, end)..<end]
    column = 1
    var index = slice.startIndex
    while index < slice.endIndex {
      index += TerminalText.scalar(at: index, in: slice).1
      column += 1
    }
  }
}

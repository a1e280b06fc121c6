/// Takes out what is only the consequence of another mistake.
///
/// A text that did not parse declares nothing; that its names are unknown elsewhere is no news, and
/// what else is wrong with its lines will be seen when they parse.
public struct Cascade {
  private let file: SourceFile
  private var lines: Set<Int> = []
  private var words: Set<[UInt8]> = []

  /// `mistakes` are lexical and syntactic, `skipped` the texts that did not parse.
  public init(of mistakes: [Diagnostic], skipped: [Span], in file: SourceFile) {
    self.file = file
    for mistake in mistakes where mistake.severity == .error {
      note(mistake.span)
      for label in mistake.labels { note(label.span) }
    }
    for span in skipped where !mistakes.isEmpty { note(span) }
  }

  /// Whether a diagnostic of a later stage says something new.
  private func isNews(_ diagnostic: Diagnostic) -> Bool {
    guard !lines.isEmpty else { return true }
    if lines.contains(file.line(at: diagnostic.span.start)) { return false }
    switch diagnostic.code {
    case .unknownName, .unknownType, .usedBeforeInitialiser:
      let word = file.bytes[range(diagnostic.span)].prefix { Cascade.isWordByte($0) }
      return !words.contains(Array(word))
    default: return true
    }
  }

  /// The diagnostics of later stages that say something new; behind a misspelt reserved word the
  /// rest of its line was read as something else.
  public func news(in diagnostics: some Sequence<Diagnostic>) -> [Diagnostic] {
    let news = diagnostics.filter { isNews($0) }
    let words = news.filter { $0.code == .misspeltKeyword }
    guard !words.isEmpty else { return news }
    let rest = Cascade(of: words, skipped: [], in: file)
    return news.filter { $0.code == .misspeltKeyword || rest.isNews($0) }
  }

  private mutating func note(_ span: Span) {
    let first = file.line(at: span.start)
    let last = max(first, file.line(at: max(span.start, span.end)))
    for line in first...last where lines.insert(line).inserted {
      let end =
        line + 1 < file.lineStarts.count ? Int(file.lineStarts[line + 1]) : file.bytes.count
      noteWords(in: Int(file.lineStarts[line])..<max(Int(file.lineStarts[line]), end))
    }
  }

  private mutating func noteWords(in range: Range<Int>) {
    for word in file.bytes[range].split(whereSeparator: { !Cascade.isWordByte($0) }) {
      words.insert(Array(word))
    }
  }

  private func range(_ span: Span) -> Range<Int> {
    let start = min(Int(span.start), file.bytes.count)
    return start..<min(max(start, Int(span.end)), file.bytes.count)
  }

  private static func isWordByte(_ byte: UInt8) -> Bool {
    (byte | 0x20) &- 0x61 < 26 || byte &- 0x30 < 10 || byte == 0x5F
  }
}

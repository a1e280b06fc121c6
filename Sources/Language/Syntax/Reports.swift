import JanusSource

/// The diagnostics of one parse, kept free of echoes: one mistake, one report.
struct Reports {
  private(set) var diagnostics: [Diagnostic]
  /// True when all that is wrong is that the text ended too soon.
  private(set) var isIncomplete = false
  /// Set when the end of the text was reported: all that is still open is the same mistake.
  var isEndReported = false
  /// Set while tokens are only looked at: they will be read, and reported, again.
  var isMuted = false

  private let first: Int
  private var lastStart = UInt32.max

  init(_ diagnostics: [Diagnostic]) {
    self.diagnostics = diagnostics
    self.first = diagnostics.count
  }

  var count: Int { diagnostics.count }

  /// Errors of this parse so far.
  var isEmpty: Bool { diagnostics.count == first }

  /// Adds a diagnostic unless one already stands at the same place.
  mutating func add(_ diagnostic: Diagnostic) {
    guard !isMuted, diagnostic.span.start != lastStart else { return }
    lastStart = diagnostic.span.start
    guard diagnostics.count - first < Limits.diagnosticCount else { return }
    diagnostics.append(diagnostic)
  }

  /// Adds a diagnostic that more text would cure.
  mutating func incomplete(
    _ code: DiagnosticCode, _ span: Span, _ message: String, labels: [Diagnostic.Label] = [],
    help: String? = nil
  ) {
    guard !isMuted, !isEndReported else { return }
    isEndReported = true
    isIncomplete = isEmpty
    add(Diagnostic(code, span, message, labels: labels, help: help))
  }

  /// Reports come in the order of discovery; readers want them in the order of the text.
  mutating func sorted() -> [Diagnostic] {
    let head = diagnostics[..<first]
    let tail = diagnostics[first...].enumerated().sorted {
      ($0.element.span.start, $0.offset) < ($1.element.span.start, $1.offset)
    }
    return head + tail.map(\.element)
  }
}

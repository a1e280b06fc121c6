/// How much a diagnostic matters: errors refuse the program, warnings do not.
public enum Severity: Sendable { case error, warning }

/// One finding about a source text, with everything needed to show it.
public struct Diagnostic: Sendable {
  public var code: DiagnosticCode
  public var severity: Severity
  public var span: Span
  /// One sentence that names the problem.
  public var message: String
  /// Further places, each with a short text.
  public var labels: [Label]
  /// One sentence that says what to do.
  public var help: String?
  /// A replacement that makes the program right.
  public var fix: Fix?

  public struct Label: Sendable {
    public var span: Span
    public var text: String
    public init(span: Span, text: String) {
      self.span = span
      self.text = text
    }
  }

  public struct Fix: Sendable {
    public var span: Span
    public var replacement: String
    /// It keeps what the program does, or there is no other way to make it right: `janus check
    /// --fix` may apply it. Others are shown as proposals.
    public var isExact: Bool
    public init(span: Span, replacement: String, isExact: Bool = true) {
      self.span = span
      self.replacement = replacement
      self.isExact = isExact
    }
  }

  public init(
    _ code: DiagnosticCode, _ span: Span, _ message: String, labels: [Label] = [],
    help: String? = nil, fix: Fix? = nil, severity: Severity = .error
  ) {
    self.code = code
    self.severity = severity
    self.span = span
    self.message = message
    self.labels = labels
    self.help = help
    self.fix = fix
  }
}

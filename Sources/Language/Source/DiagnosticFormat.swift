/// How diagnostics are written; the value of `--diagnostics`.
public enum DiagnosticFormat: String, CaseIterable, Sendable {
  /// With source lines, labels, help and the fix as a diff.
  case human
  /// `file:line:col: error[CODE]: message (help: …)`, one line each.
  case short
  /// One JSON object on one line each (docs/diagnostics.md).
  case json
}

/// An error that ended a program, with the places it passed.
public struct Trace: Sendable {
  /// `Fault.Index`, `NetError.Refused`, `fail`.
  public var code: String
  public var message: String
  public var hint: String?
  /// Innermost first.
  public var frames: [Frame]
  /// Further functions that are not shown.
  public var omittedCount: Int

  /// A function that was running, and where in it.
  public struct Frame: Sendable {
    public var function: String
    public var file: SourceFile
    public var span: Span
    /// How often the function was called from the same place in a row.
    public var repeatCount = 1

    public init(function: String, file: SourceFile, span: Span) {
      self.function = function
      self.file = file
      self.span = span
    }
  }

  public init(
    code: String, message: String, hint: String?, frames: [Frame], omittedCount: Int
  ) {
    self.code = code
    self.message = message
    self.hint = hint
    self.frames = frames
    self.omittedCount = omittedCount
  }
}

extension DiagnosticRenderer {
  /// A diagnostic in a format.
  public func text(
    _ diagnostic: Diagnostic, in file: SourceFile, as format: DiagnosticFormat
  ) -> String {
    switch format {
    case .human: human(diagnostic, in: file)
    case .short: short(diagnostic, in: file)
    case .json: json(diagnostic, in: file)
    }
  }

  /// An uncaught error in a format.
  public func text(_ trace: Trace, as format: DiagnosticFormat) -> String {
    switch format {
    case .human: human(trace)
    case .short: short(trace)
    case .json: json(trace)
    }
  }
}

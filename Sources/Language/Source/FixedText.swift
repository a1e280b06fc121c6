/// A text with the exact fixes of its diagnostics applied.
public struct FixedText: Sendable {
  public let bytes: [UInt8]
  /// The diagnostics whose fixes were applied, in the order of the text.
  public let applied: [Diagnostic]

  /// Applies what can be applied at once: of fixes that touch each other the first wins, the
  /// others have to wait for the diagnostics of the new text.
  public init(_ file: SourceFile, diagnostics: [Diagnostic]) {
    let candidates = diagnostics.filter { diagnostic in
      guard let fix = diagnostic.fix, fix.isExact else { return false }
      return fix.span.start <= fix.span.end && Int(fix.span.end) <= file.bytes.count
    }.sorted { left, right in
      guard let one = left.fix, let other = right.fix else { return false }
      return (one.span.start, one.span.end) < (other.span.start, other.span.end)
    }
    var bytes: [UInt8] = []
    var applied: [Diagnostic] = []
    var position = 0
    var lastStart = -1
    for diagnostic in candidates {
      guard let fix = diagnostic.fix, Int(fix.span.start) >= position,
        Int(fix.span.start) != lastStart
      else { continue }
      bytes += file.bytes[position..<Int(fix.span.start)]
      bytes += Array(fix.replacement.utf8)
      position = Int(fix.span.end)
      lastStart = Int(fix.span.start)
      applied.append(diagnostic)
    }
    bytes += file.bytes[position...]
    self.bytes = bytes
    self.applied = applied
  }
}

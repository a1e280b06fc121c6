import JanusBytecode
import JanusRuntime
import JanusSource
import JanusVM
import Glibc

/// Shows diagnostics and uncaught errors on standard error.
struct Reporter {
  let renderer: DiagnosticRenderer

  /// Colours on a terminal, unless NO_COLOR is set (no-color.org).
  static var standard: Reporter {
    let plain = getenv("NO_COLOR").map { $0.pointee != 0 } ?? false
    return Reporter(renderer: DiagnosticRenderer(color: isatty(2) == 1 && !plain))
  }

  func show(_ findings: [ProgramLoader.Finding]) {
    for finding in findings {
      for diagnostic in finding.diagnostics {
        printError(renderer.human(diagnostic, in: finding.file))
      }
    }
  }

  /// An uncaught error with its trace; `images` hold the sources.
  func show(_ error: UncaughtError, images: [ModuleImage]) {
    var text = "error[\(error.code)]: \(error.message)"
    var shown = 0
    for frame in error.frames {
      guard let image = images.first(where: { $0.name == frame.module }), let span = frame.span
      else { continue }
      let isLibrary = image.sourceName.hasPrefix("stdlib/")
      if isLibrary, shown == 0, error.frames.count > 1 { continue }
      let file = SourceFile(name: image.sourceName, bytes: image.source)
      text += "\n  in \(frame.function)"
      text +=
        image.source.isEmpty
        ? " (\(image.sourceName))" : "\n" + renderer.excerpt(of: span, in: file)
      shown += 1
      if shown == 10 { break }
    }
    if error.frameCount > max(shown, error.frames.count) || error.frames.count > shown + 1,
      shown == 10
    {
      text += "\n  … and \(error.frameCount - shown) more"
    }
    if let hint = error.hint { text += "\nhelp: \(hint)" }
    printError(text)
  }
}

import JanusBytecode
import JanusRuntime
import JanusSource
import JanusVM
import Glibc

/// Shows diagnostics and uncaught errors on standard error.
struct Reporter {
  let renderer: DiagnosticRenderer
  let format: DiagnosticFormat

  init(_ format: DiagnosticFormat) {
    self.format = format
    renderer = DiagnosticRenderer(color: Reporter.hasColor, width: Reporter.width)
  }

  /// Colours on a terminal that has them, unless NO_COLOR is set (no-color.org).
  private static var hasColor: Bool {
    let isPlain = getenv("NO_COLOR").map { $0.pointee != 0 } ?? false
    let isDumb = getenv("TERM").map { strcmp($0, "dumb") == 0 } ?? false
    return isatty(2) == 1 && !isPlain && !isDumb
  }

  /// The cells of the terminal; 100 where there is none.
  private static var width: Int {
    var size = winsize()
    guard ioctl(2, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return 100 }
    return Int(size.ws_col)
  }

  func show(_ findings: [ProgramLoader.Finding]) {
    for finding in findings {
      for diagnostic in finding.diagnostics {
        printError(renderer.text(diagnostic, in: finding.file, as: format))
      }
    }
  }

  /// An uncaught error with its trace; `images` hold the sources.
  func show(_ error: UncaughtError, images: [ModuleImage]) {
    printError(renderer.text(trace(error, images: images), as: format))
  }

  private static let frameLimit = 10

  /// What led to an error; what the library did inside is left out where a script called it.
  private func trace(_ error: UncaughtError, images: [ModuleImage]) -> Trace {
    var frames: [Trace.Frame] = []
    var skippedCount = 0
    for frame in error.frames {
      guard let image = images.first(where: { $0.name == frame.module }), let span = frame.span
      else {
        skippedCount += 1
        continue
      }
      let isLibrary = image.sourceName.hasPrefix("stdlib/")
      if isLibrary, frames.isEmpty, error.frames.count > 1 {
        skippedCount += 1
        continue
      }
      if frames.last?.function == frame.function, frames.last?.span == span {
        frames[frames.count - 1].repeatCount += 1
        continue
      }
      guard frames.count < Reporter.frameLimit else { continue }
      let file = SourceFile(name: image.sourceName, bytes: image.source)
      frames.append(Trace.Frame(function: frame.function, file: file, span: span))
    }
    let shownCount = frames.reduce(0) { $0 + $1.repeatCount }
    let omittedCount = error.frameCount - shownCount - skippedCount
    return Trace(
      code: error.code, message: error.message, hint: error.hint, frames: frames,
      omittedCount: max(0, omittedCount))
  }
}

extension DiagnosticFormat {
  /// The format that the value of `--diagnostics` names.
  init(option text: String) throws(UsageError) {
    guard let format = DiagnosticFormat(rawValue: text) else {
      throw UsageError(
        message: "`--diagnostics` takes "
          + DiagnosticFormat.allCases.map(\.rawValue).joined(separator: ", ") + ", not `\(text)`")
    }
    self = format
  }
}

import JanusBytecode
import JanusRuntime
import JanusSource
import JanusSyntax

enum ParserTarget {
  static func run(_ input: [UInt8]) {
    let file = SourceFile(name: "fuzz.jan", bytes: input)
    var diagnostics: [Diagnostic] = []
    let tree = Parser.parse(file, diagnostics: &diagnostics)
    let end = UInt32(input.count)
    for node in tree.nodes {
      precondition(node.start <= node.end && node.end <= end, "a node leaves the text")
    }
    precondition(!TreeDump(tree).text.isEmpty, "the tree has no text")

    var loader = FuzzLibrary.loader()
    loader.load(file, path: "fuzz.jan")
    for finding in loader.findings {
      for diagnostic in finding.diagnostics { show(diagnostic, in: finding.file) }
    }
    if loader.isValid { FuzzLibrary.requireSoundImages(loader.order) }
  }

  /// Spans lie in the text; every way to show a diagnostic gives text.
  static func show(_ diagnostic: Diagnostic, in file: SourceFile) {
    let end = UInt32(file.bytes.count)
    var spans = [diagnostic.span] + diagnostic.labels.map(\.span)
    if let fix = diagnostic.fix { spans.append(fix.span) }
    for span in spans {
      precondition(span.start <= span.end && span.end <= end, "a diagnostic leaves the text")
    }
    for renderer in [
      DiagnosticRenderer(color: false), DiagnosticRenderer(color: true, width: 40),
    ] {
      precondition(!renderer.human(diagnostic, in: file).isEmpty, "nothing to show")
      let line = renderer.short(diagnostic, in: file)
      precondition(!line.isEmpty && !line.contains("\n"), "the short form is no line")
    }
  }
}

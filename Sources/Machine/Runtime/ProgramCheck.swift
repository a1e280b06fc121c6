public import JanusSource
import JanusChecker
import StandardLibrary

/// What is wrong with a program and all that it uses, without running it (`janus check`).
public struct ProgramCheck {
  /// File by file, those used first; in each file in the order of the text.
  public let findings: [ProgramLoader.Finding]

  /// Reads, resolves, compiles and checks a program's main file and the files it uses.
  public init(
    _ file: SourceFile, path: String,
    readModule: @escaping (String) throws(FileError) -> [UInt8] = readFile
  ) {
    var loader = ProgramLoader(keepsModules: true, readModule: readModule)
    loader.load(file, path: path)
    self.init(loader)
  }

  /// The findings of a loader that has read a program.
  private init(_ loader: ProgramLoader) {
    var loader = loader
    // Calls of methods are held to the signatures of the core types.
    for name in StandardLibrary.moduleNames where name.hasPrefix("core/") {
      _ = loader.loadLibrary(name)
    }
    let checked = Check.run(loader.modules)
    var found = loader.findings
    for module in loader.modules {
      guard let diagnostics = checked[module.name], !diagnostics.isEmpty else { continue }
      if let index = found.firstIndex(where: { $0.file.name == module.file.name }) {
        // The checker names the enum that a bare case is not of; the compiler only misses it.
        let named = Set(diagnostics.filter { $0.code == .unknownCase }.map(\.span))
        found[index].diagnostics.removeAll { $0.code == .untypedCase && named.contains($0.span) }
        found[index].diagnostics += diagnostics
        found[index].diagnostics.sort { $0.span.start < $1.span.start }
      } else {
        found.append(ProgramLoader.Finding(file: module.file, diagnostics: diagnostics))
      }
    }
    findings = found
  }
}

import JanusBytecode
import JanusRuntime
import JanusSource
import JanusTestSupport

/// A program and the modules it uses, compiled.
struct CompiledProgram {
  var modules: [ModuleImage]

  /// Nil when the program is refused.
  init?(_ source: [UInt8], name: String, folder: String) {
    var loader = ProgramLoader { (path) throws(FileError) in try readFile("\(folder)/\(path)") }
    loader.load(SourceFile(name: name, bytes: source), path: name)
    guard loader.isValid else { return nil }
    modules = loader.order
  }

  /// The modules without source texts: what is left decides what a program does.
  var stripped: [ModuleImage] {
    modules.map { module in
      var module = module
      module.source = []
      return module
    }
  }
}

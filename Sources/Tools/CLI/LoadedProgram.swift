import JanusBytecode
import JanusRuntime
import JanusSource
import JanusVM
import Glibc

/// A program from a file, from text, or from an image, ready to link.
struct LoadedProgram {
  var images: [ModuleImage]
  var name: String
  /// Where it lies, as a path.
  var folder: String
  /// What it may touch.
  var sandbox: Sandbox
  /// True when it was compiled before.
  var isImage = false

  /// Loads what the options name; reports what is wrong, and gives the exit status instead.
  static func load(_ options: RunOptions) throws(UsageError) -> LoadOutcome {
    if let code = options.code {
      return compile(
        SourceFile(name: "<-e>", bytes: Array(code.utf8)),
        path: "<-e>",
        folder: ".",
        options
      )
    }
    guard let path = options.operands.first else {
      throw UsageError(message: "no file is given")
    }
    let bytes: [UInt8]
    do {
      bytes = try readFile(path)
    } catch {
      printError("janus: cannot read \(path): \(error.reason)")
      return .failed(ExitStatus.failure)
    }
    let name = path == "-" ? "<stdin>" : path
    let folder = folder(of: path)
    if ImageReader.isImage(bytes) {
      return readImage(bytes, name: name, folder: folder, options)
    }
    return compile(SourceFile(name: name, bytes: bytes), path: name, folder: folder, options)
  }

  private static func sandbox(_ options: RunOptions, _ folder: String) -> Sandbox {
    var grants = options.grants
    grants.folder = folder
    return Sandbox(grants, ask: options.asks ? TerminalPrompt.question : nil)
  }

  enum LoadOutcome {
    case loaded(LoadedProgram)
    case failed(Int32)
  }

  private static func folder(of path: String) -> String {
    guard let slash = path.lastIndex(of: "/") else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }

  private static func readImage(
    _ bytes: [UInt8],
    name: String,
    folder: String,
    _ options: RunOptions
  ) -> LoadOutcome {
    do {
      return .loaded(
        LoadedProgram(
          images: try ImageReader.read(bytes),
          name: name,
          folder: folder,
          sandbox: sandbox(options, folder),
          isImage: true
        )
      )
    } catch {
      printError("janus: \(name) is not a usable image: \(error.message)")
      return .failed(ExitStatus.sourceError)
    }
  }

  private static func compile(
    _ file: SourceFile,
    path: String,
    folder: String,
    _ options: RunOptions
  ) -> LoadOutcome {
    let sandbox = sandbox(options, folder)
    var loader = ProgramLoader(readModule: sandbox.readModule)
    loader.load(file, path: path)
    Reporter(options.diagnostics).show(loader.findings)
    guard loader.isValid else { return .failed(ExitStatus.sourceError) }
    return .loaded(
      LoadedProgram(images: loader.order, name: path, folder: folder, sandbox: sandbox)
    )
  }
}

import JanusBytecode
import JanusRuntime

/// Modules of the library that inputs may use, compiled once.
enum FuzzLibrary {
  /// Inputs can name these and the prelude; nothing is read from files.
  static let moduleNames = ["prelude", "std.math", "std.json"]

  private static let base: [ModuleImage] = {
    var loader = ProgramLoader { (path) throws(FileError) in throw absent(path) }
    for name in moduleNames { _ = loader.loadLibrary(name) }
    precondition(loader.isValid, "the library does not compile")
    return loader.order
  }()

  /// The library's modules without their sources.
  static let modules: [ModuleImage] = base.map { module in
    var module = module
    module.source = []
    return module
  }

  /// A loader that finds no files.
  static func loader() -> ProgramLoader {
    ProgramLoader { (path) throws(FileError) in throw absent(path) }
  }

  private static func absent(_ path: String) -> FileError {
    FileError(path: path, reason: "there are no files")
  }

  /// What the compiler makes is what the verifier accepts, and is read as it was written.
  @discardableResult
  static func requireSoundImages(_ images: [ModuleImage]) -> [ModuleImage] {
    let written = ImageWriter.write(images)
    do {
      let read = try ImageReader.read(written)
      precondition(ImageWriter.write(read) == written, "an image changes when it is read")
      return read
    } catch {
      preconditionFailure("the compiler's image is refused: \(error.message)")
    }
  }
}

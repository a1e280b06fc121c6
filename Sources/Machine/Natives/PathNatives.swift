import JanusBytecode
import JanusVM
import Glibc

/// Natives of path.jan.
enum PathNatives {
  static let table: [Native] = [
    Native("path.working_folder") { native($0, $1, $2, workingFolder) }
  ]
}

/// Names of files are relative to it.
private func workingFolder(_ call: NativeCall) -> NativeResult {
  guard let path = getcwd(nil, 0) else {
    return call.fault(.io, "the working folder is not known: \(String(cString: strerror(errno)))")
  }
  defer { free(path) }
  return call.done(call.machine.string(String(cString: path)))
}

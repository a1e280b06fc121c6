import CSandbox
import Glibc

/// An open file or folder, closed with its last owner.
final class FileHandle {
  let descriptor: CInt

  init(_ descriptor: CInt) { self.descriptor = descriptor }

  deinit { close(descriptor) }

  /// Opens a folder as a place; a link at the end of the name is not followed.
  convenience init?(folder name: String, in parent: CInt) {
    let flags = janus_place_flags() | O_DIRECTORY | O_NOFOLLOW
    let descriptor = openat(parent, name, flags)
    guard descriptor >= 0 else { return nil }
    self.init(descriptor)
  }

  /// What a link in a folder says, or nil with `errno` when the name is no link.
  static func link(_ name: String, in folder: CInt) -> String? {
    var buffer = [CChar](repeating: 0, count: Int(PATH_MAX))
    let count = readlinkat(folder, name, &buffer, buffer.count)
    guard count >= 0 else { return nil }
    return String(decoding: buffer[..<count].map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }
}

import JanusVM
import Glibc

/// Why a file could not be read, in the words of the system.
public struct FileError: Error {
  public var path: String
  public var reason: String
  /// What to do about it, where that is known.
  public var help: String?

  public init(path: String, reason: String, help: String? = nil) {
    self.path = path
    self.reason = reason
    self.help = help
  }
}

/// The bytes of a file, or of standard input for `-`.
public func readFile(_ path: String) throws(FileError) -> [UInt8] {
  let descriptor = path == "-" ? 0 : open(path, O_RDONLY | O_CLOEXEC)
  guard descriptor >= 0 else { throw FileError(path: path, reason: systemError()) }
  defer { if descriptor != 0 { close(descriptor) } }
  return try readAll(descriptor, path)
}

/// What is left to read from a descriptor.
func readAll(_ descriptor: CInt, _ path: String) throws(FileError) -> [UInt8] {
  var status = stat()
  if fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFDIR {
    throw FileError(path: path, reason: "it is a folder")
  }
  var bytes: [UInt8] = []
  let chunk = 1 << 16
  while true {
    let count = bytes.count
    bytes.append(contentsOf: repeatElement(0, count: chunk))
    let got = bytes.withUnsafeMutableBytes {
      read(descriptor, $0.baseAddress.map { $0 + count }, chunk)
    }
    guard got >= 0 else {
      if errno == EINTR {
        bytes.removeLast(chunk)
        continue
      }
      throw FileError(path: path, reason: systemError())
    }
    bytes.removeLast(chunk - got)
    if got == 0 { return bytes }
    guard bytes.count <= 1 << 30 else { throw FileError(path: path, reason: "it is too large") }
  }
}

/// Replaces a file's contents.
public func writeFile(_ path: String, _ bytes: [UInt8]) throws(FileError) {
  let descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
  guard descriptor >= 0 else { throw FileError(path: path, reason: systemError()) }
  defer { close(descriptor) }
  var written = 0
  while written < bytes.count {
    let count = bytes.withUnsafeBytes { buffer in
      write(descriptor, buffer.baseAddress.map { $0 + written }, buffer.count - written)
    }
    if count < 0, errno == EINTR { continue }
    guard count > 0 else { throw FileError(path: path, reason: systemError()) }
    written += count
  }
}

/// Replaces a file's contents in one step: whoever reads it sees the old text or the new one.
/// The new file keeps the mode of the old one.
public func replaceFile(_ path: String, _ bytes: [UInt8]) throws(FileError) {
  var status = stat()
  guard stat(path, &status) == 0 else { throw FileError(path: path, reason: systemError()) }
  let temporary = "\(path).\(getpid()).new"
  do {
    try writeFile(temporary, bytes)
  } catch {
    unlink(temporary)
    throw error
  }
  guard chmod(temporary, status.st_mode & 0o7777) == 0, rename(temporary, path) == 0 else {
    let reason = systemError()
    unlink(temporary)
    throw FileError(path: path, reason: reason)
  }
}

func systemError() -> String { String(cString: strerror(errno)) }

extension Sandbox {
  /// The source of a module that a script uses: from its own folder, or from where it may read.
  public func readModule(_ path: String) throws(FileError) -> [UInt8] {
    let file: CInt
    do {
      file = try open(path, for: .reading)
    } catch {
      switch error {
      case .denied(let flag, let reason):
        throw FileError(
          path: path,
          reason: reason ?? "it lies outside of the program's folder",
          help: "allow it with \(flag)"
        )
      case .system(let code):
        throw FileError(path: path, reason: String(cString: strerror(code)))
      case .notRegular: throw FileError(path: path, reason: "it is no regular file")
      }
    }
    defer { close(file) }
    return try readAll(file, path)
  }
}

import JanusVM
import Glibc

/// Gives a file new contents at once: they are written under another name in the same folder, which
/// then takes the place of the old one. A reader sees all of the old or all of the new; a link put
/// in the place meanwhile is replaced, not followed; other names of the old file keep what it held.
struct FileReplacement {
  let place: FilePlace

  /// Writes all bytes; 0, or what `errno` says.
  func write(_ bytes: UnsafeBufferPointer<UInt8>) throws(AccessError) {
    var mode: mode_t = 0o666
    var status = stat()
    if fstatat(place.folder, place.name, &status, AT_SYMLINK_NOFOLLOW) == 0 {
      switch status.st_mode & S_IFMT {
      case S_IFREG: mode = status.st_mode & 0o777
      case S_IFDIR: throw .system(EISDIR)
      default: throw .notRegular
      }
      // Replacing needs the folder's leave only; what is protected stays as it is.
      guard faccessat(place.folder, place.name, W_OK, AT_EACCESS) == 0 else { throw .system(errno) }
    } else if errno != ENOENT {
      throw .system(errno)
    }
    let isNew = status.st_nlink == 0
    let name = ".\(place.name.utf8.count < 200 ? place.name : "janus").\(temporaryWord())~"
    let flags = O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC
    let file = openat(place.folder, name, flags, isNew ? mode : 0o600)
    guard file >= 0 else {
      let code = errno
      guard !isNew, code == EACCES || code == EPERM || code == EROFS else { throw .system(code) }
      return try writeInPlace(bytes)
    }
    var code = FileReplacement.writeAll(bytes, to: file)
    // A mode that differs from the umask's was somebody's wish.
    if code == 0, !isNew, fchmod(file, mode) != 0 { code = errno }
    // Some file systems report a full disk only now.
    if Glibc.close(file) != 0, code == 0 { code = errno }
    if code == 0, renameat(place.folder, name, place.folder, place.name) != 0 { code = errno }
    guard code == 0 else {
      unlinkat(place.folder, name, 0)
      throw .system(code)
    }
  }

  /// For a file that may be written in a folder that may not.
  private func writeInPlace(_ bytes: UnsafeBufferPointer<UInt8>) throws(AccessError) {
    let flags = O_WRONLY | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC
    let file = openat(place.folder, place.name, flags)
    guard file >= 0 else { throw .system(errno) }
    defer { Glibc.close(file) }
    var status = stat()
    guard fstat(file, &status) == 0 else { throw .system(errno) }
    guard status.st_mode & S_IFMT == S_IFREG else { throw .notRegular }
    guard status.st_nlink <= 1 || place.isUnrestricted else {
      throw .denied(
        flag: "--allow-write",
        reason: "the file has other names, which may lie elsewhere"
      )
    }
    guard ftruncate(file, 0) == 0 else { throw .system(errno) }
    let code = FileReplacement.writeAll(bytes, to: file)
    guard code == 0 else { throw .system(code) }
  }

  /// 0, or what `errno` says.
  static func writeAll(_ bytes: UnsafeBufferPointer<UInt8>, to file: CInt) -> CInt {
    var done = 0
    while let start = bytes.baseAddress, done < bytes.count {
      let count = Glibc.write(file, start + done, bytes.count - done)
      if count < 0, errno != EINTR { return errno }
      done += max(0, count)
    }
    return 0
  }

  private func temporaryWord() -> String {
    var generator = SystemRandomNumberGenerator()
    return String(generator.next() as UInt64, radix: 36)
  }
}

import CSandbox
import Glibc

/// Goes to a path one name at a time. No step follows a link: links are read and their text walked
/// in turn, so that whatever changes meanwhile, each folder entered lies in the grant.
///
/// This is what `openat2` does in the kernel; it is used where that is missing, and for links that
/// lead from one grant to another.
struct PathWalk {
  /// Folders entered, the innermost last. The first is that of the grant.
  private var folders: [FileHandle]
  private var position: AbsolutePath
  /// Names to go, the next one last.
  private var names: [Substring]
  private var fixed: Int
  private var isInProcessFiles: Bool
  private var linkCount = 0
  /// The way into the grant that covers a path, if any does.
  private let grant: (AbsolutePath) -> PathWay?

  /// As the kernel allows.
  private static let linkLimit = 40

  init(_ way: PathWay, grant: @escaping (AbsolutePath) -> PathWay?) {
    folders = [way.folder]
    position = way.position
    names = way.names.reversed()
    fixed = way.fixed
    isInProcessFiles = way.isInProcessFiles
    self.grant = grant
  }

  /// A way that no grant covers.
  enum Failure: Error {
    case leadsOut
    case system(CInt)
  }

  /// What the last step found.
  struct End {
    var folder: FileHandle
    var name: String
    /// What `last` gave: a descriptor, or 0.
    var descriptor: CInt
    var isInProcessFiles: Bool
  }

  /// Goes to the folder of the last name, then calls `last` with it and the name: a descriptor, or
  /// -1 with `errno`, ELOOP when the name is a link that must be followed.
  mutating func run(last: (CInt, String) -> CInt) throws(Failure) -> End {
    while true {
      guard let name = names.popLast() else { return try end(".", last) }
      if name == "." || name.isEmpty { continue }
      if name == ".." {
        try leaveFolder()
        continue
      }
      if names.isEmpty {
        do {
          return try end(String(name), last)
        } catch {
          guard case .system(ELOOP) = error else { throw error }
          try follow(name)
        }
      } else {
        try enter(name)
      }
    }
  }

  private func end(_ name: String, _ last: (CInt, String) -> CInt) throws(Failure) -> End {
    let folder = folders[folders.count - 1]
    let descriptor = last(folder.descriptor, name)
    guard descriptor >= 0 else { throw .system(errno) }
    return End(
      folder: folder,
      name: name,
      descriptor: descriptor,
      isInProcessFiles: isInProcessFiles
    )
  }

  private mutating func enter(_ name: Substring) throws(Failure) {
    let top = folders[folders.count - 1].descriptor
    if let folder = FileHandle(folder: String(name), in: top) {
      folders.append(folder)
      position = AbsolutePath(name, from: position)
      fixed = max(0, fixed - 1)
      return
    }
    let code = errno
    guard code == ENOTDIR || code == ELOOP else { throw .system(code) }
    try follow(name)
  }

  /// Puts what a link says in the place of its name.
  private mutating func follow(_ name: Substring) throws(Failure) {
    let top = folders[folders.count - 1].descriptor
    guard let text = FileHandle.link(String(name), in: top) else {
      guard errno == EINVAL else { throw .system(errno) }
      return try retry(name)
    }
    // The grant was given to this name, not to what somebody has made of it since.
    guard fixed == 0 else { throw .leadsOut }
    linkCount += 1
    guard linkCount <= PathWalk.linkLimit else { throw .system(ELOOP) }
    let parts = text.split(separator: "/")
    if text.hasPrefix("/") {
      try restart(AbsolutePath(text + "/" + names.reversed().joined(separator: "/"), from: .root))
    } else {
      names += parts.reversed()
    }
  }

  /// The name is no link: a file in the place of a folder, or a link no more since it was tried.
  private mutating func retry(_ name: Substring) throws(Failure) {
    var status = stat()
    let top = folders[folders.count - 1].descriptor
    guard fstatat(top, String(name), &status, AT_SYMLINK_NOFOLLOW) == 0 else {
      throw .system(errno)
    }
    let isFolder = status.st_mode & S_IFMT == S_IFDIR
    guard isFolder || names.isEmpty, linkCount < PathWalk.linkLimit else { throw .system(ENOTDIR) }
    linkCount += 1
    names.append(name)
  }

  private mutating func leaveFolder() throws(Failure) {
    if folders.count > 1 {
      folders.removeLast()
      position = position.parent
    } else {
      let rest = names.reversed().joined(separator: "/")
      try restart(AbsolutePath(rest, from: position.parent))
    }
  }

  /// Goes on in the grant that covers a path.
  private mutating func restart(_ path: AbsolutePath) throws(Failure) {
    guard let way = grant(path) else { throw .leadsOut }
    folders = [way.folder]
    position = way.position
    names = way.names.reversed()
    fixed = way.fixed
    isInProcessFiles = way.isInProcessFiles
  }
}

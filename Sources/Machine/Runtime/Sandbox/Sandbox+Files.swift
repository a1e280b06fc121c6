import CSandbox
public import JanusVM
import Glibc

extension Sandbox {
  public func open(_ path: String, for purpose: FilePurpose) throws(AccessError) -> CInt {
    let kind: PathKind = purpose == .appending ? .write : .read
    let scope = kind == .read ? reading : writing
    let opened: (descriptor: CInt, isInProcessFiles: Bool)
    if scope.isUnrestricted {
      let descriptor = Glibc.open(path, purpose.flags, Sandbox.newFileMode)
      guard descriptor >= 0 else { throw .system(errno) }
      let way = try scope.way(to: absolutePath(path))
      opened = (descriptor, allowsAll || way?.isInProcessFiles == true)
    } else {
      opened = try inGrants(path, kind, isToPlace: false) { way, scope throws(PathWalk.Failure) in
        try descriptor(way, scope, purpose)
      }
    }
    if let error = objection(
      to: opened.descriptor,
      purpose,
      path,
      isInProcessFiles: opened.isInProcessFiles
    ) {
      close(opened.descriptor)
      throw error
    }
    return opened.descriptor
  }

  public func place(of path: String, followsLink: Bool) throws(AccessError) -> FilePlace {
    let end = try inGrants(path, .write, isToPlace: true) { way, scope throws(PathWalk.Failure) in
      var walk = PathWalk(way) { scope.way(to: $0, isToPlace: true) }
      return try walk.run { folder, name in
        guard followsLink, FileHandle.link(name, in: folder) != nil else { return 0 }
        errno = ELOOP
        return -1
      }
    }
    if janus_is_process_file(end.folder.descriptor), !end.isInProcessFiles, !allowsAll {
      throw processFileError(.write, path)
    }
    return FilePlace(
      folder: end.folder.descriptor,
      name: end.name,
      isUnrestricted: writing.isUnrestricted,
      owner: end.folder
    )
  }

  /// What new files may be, less the umask.
  static let newFileMode: mode_t = 0o666

  private func absolutePath(_ path: String) throws(AccessError) -> AbsolutePath {
    guard let base = path.hasPrefix("/") ? .root : workingFolder else { throw .system(ENOENT) }
    return AbsolutePath(path, from: base)
  }

  /// Goes the way to a path, after asking for it where somebody can be asked.
  private func inGrants<Found>(
    _ path: String,
    _ kind: PathKind,
    isToPlace: Bool,
    _ go: (PathWay, PathScope) throws(PathWalk.Failure) -> Found
  ) throws(AccessError) -> Found {
    let absolute = try absolutePath(path)
    var scope = kind == .read ? reading : writing
    var wasAsked = false
    while true {
      var reason: String?
      if let way = scope.way(to: absolute, isToPlace: isToPlace) {
        do {
          return try go(way, scope)
        } catch {
          guard case .leadsOut = error else { throw error.accessError }
          reason = "a link on the path leads out of what is granted"
        }
      }
      guard !wasAsked, let granted = askForPath(path, kind) else {
        throw .denied(flag: ScriptGrants.flag(kind.rawValue, path), reason: reason)
      }
      wasAsked = true
      scope.add(granted)
    }
  }

  private func descriptor(
    _ way: PathWay,
    _ scope: PathScope,
    _ purpose: FilePurpose
  ) throws(PathWalk.Failure) -> (CInt, Bool) {
    if resolution == .system, way.fixed == 0 {
      let path = way.names.isEmpty ? "." : way.names.joined(separator: "/")
      let descriptor = janus_open_beneath(
        way.folder.descriptor,
        path,
        purpose.flags,
        Sandbox.newFileMode
      )
      if descriptor >= 0 { return (descriptor, way.isInProcessFiles) }
      switch errno {
      // No such call, forbidden by the container, a race, or a link that may lead to another
      // grant: step by step.
      case ENOSYS, EPERM, EINVAL, EAGAIN, EXDEV, ELOOP: break
      default: throw .system(errno)
      }
    }
    var walk = PathWalk(way) { scope.way(to: $0) }
    let end = try walk.run { folder, name in Sandbox.openLast(folder, name, purpose) }
    return (end.descriptor, end.isInProcessFiles)
  }

  /// Opens a name that is no link; for a link -1 with ELOOP.
  private static func openLast(_ folder: CInt, _ name: String, _ purpose: FilePurpose) -> CInt {
    let descriptor = openat(folder, name, purpose.flags | O_NOFOLLOW, newFileMode)
    if descriptor < 0 {
      let code = errno
      let isLink = code == ENOTDIR && FileHandle.link(name, in: folder) != nil
      errno = isLink ? ELOOP : code
      return -1
    }
    var status = stat()
    guard purpose == .looking, fstat(descriptor, &status) == 0,
      status.st_mode & S_IFMT == S_IFLNK
    else { return descriptor }
    close(descriptor)
    errno = ELOOP
    return -1
  }

  /// Why an open file must not be used after all.
  private func objection(
    to descriptor: CInt,
    _ purpose: FilePurpose,
    _ path: String,
    isInProcessFiles: Bool
  ) -> AccessError? {
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { return .system(errno) }
    if !isInProcessFiles, janus_is_process_file(descriptor) {
      return processFileError(purpose == .appending ? .write : .read, path)
    }
    let kind = status.st_mode & S_IFMT
    switch purpose {
    case .looking, .listing: return nil
    case .reading, .appending:
      if kind == S_IFDIR { return .system(EISDIR) }
      guard kind == S_IFREG else { return .notRegular }
      if purpose == .appending, status.st_nlink > 1, !writing.isUnrestricted {
        return .denied(
          flag: "--allow-write",
          reason: "the file has other names, which may lie elsewhere"
        )
      }
      return nil
    }
  }

  /// `/proc/self/environ` would give away what `--allow-env` protects, `/proc/self/mem` everything.
  private func processFileError(_ kind: PathKind, _ path: String) -> AccessError {
    .denied(
      flag: ScriptGrants.flag(kind.rawValue, path),
      reason: "what the system tells of processes must be granted by name"
    )
  }
}

extension FilePurpose {
  /// Opening must never wait: neither for the other end of a pipe nor for a device.
  fileprivate var flags: CInt {
    let plain = O_NONBLOCK | O_NOCTTY | O_CLOEXEC
    return switch self {
    case .reading: O_RDONLY | plain
    case .listing: O_RDONLY | O_DIRECTORY | plain
    case .looking: janus_place_flags()
    case .appending: O_WRONLY | O_APPEND | O_CREAT | plain
    }
  }
}

extension PathWalk.Failure {
  fileprivate var accessError: AccessError {
    switch self {
    case .leadsOut: .system(EXDEV)
    case .system(let code): .system(code)
    }
  }
}

import CSandbox
import Glibc

/// A path of a grant, opened when the run begins: what is reached through it cannot be moved away
/// under it. A path that does not exist yet is kept as the folder above it and the names below.
struct GrantedPath {
  /// As the grant spells it, and without links; scripts may use either.
  private let spelled: AbsolutePath
  private let resolved: AbsolutePath
  /// A folder that exists: the granted one, or the innermost above it.
  private let folder: FileHandle
  /// Names that lead from `folder` to what is granted; empty for a folder.
  private let names: [Substring]
  /// The folder above and the granted name; nil for `/`.
  private let parent: FileHandle?
  /// True when the grant names a part of /proc, which no other grant reaches.
  private let isProcessFiles: Bool

  /// Nil when nothing on the path can be opened.
  init?(_ path: AbsolutePath) {
    spelled = path
    // The innermost part that exists, without links; the rest of the names stays as it is.
    var existing = path
    var found = path.resolved()
    while found == nil, !existing.parts.isEmpty {
      existing = existing.parent
      found = existing.resolved()
    }
    guard let found else { return nil }
    let missing = path.parts[existing.parts.count...]
    resolved = AbsolutePath(
      (found.parts + missing).joined(separator: "/"),
      from: .root
    )
    let last = GrantedPath.open(found)
    let above = found.parts.isEmpty ? nil : GrantedPath.open(found.parent)
    parent = missing.isEmpty ? above : nil
    if let last {
      folder = last
      names = Array(missing)
    } else if let above {
      folder = above
      names = [Substring(found.name)] + missing
    } else {
      return nil
    }
    isProcessFiles = janus_is_process_file(folder.descriptor)
  }

  private static func open(_ path: AbsolutePath) -> FileHandle? {
    let flags = janus_place_flags() | O_DIRECTORY | O_NOFOLLOW
    let descriptor = Glibc.open(path.text, flags)
    return descriptor >= 0 ? FileHandle(descriptor) : nil
  }

  /// Where the way to a path begins that lies in this grant; nil when it does not. A way to the
  /// place of a granted folder begins in the folder above it.
  func way(to path: AbsolutePath, isToPlace: Bool) -> PathWay? {
    guard let rest = path.rest(below: spelled) ?? path.rest(below: resolved) else { return nil }
    if isToPlace, rest.isEmpty, names.isEmpty, let parent {
      return PathWay(
        folder: parent,
        position: resolved.parent,
        names: [Substring(resolved.name)],
        fixed: 1,
        distance: 0,
        isInProcessFiles: isProcessFiles
      )
    }
    let depth = resolved.parts.count - names.count
    return PathWay(
      folder: folder,
      position: AbsolutePath("/" + resolved.parts[..<depth].joined(separator: "/"), from: .root),
      names: names + rest,
      fixed: names.count,
      distance: rest.count,
      isInProcessFiles: isProcessFiles
    )
  }
}

/// An open folder inside a grant, and the names to go from there.
struct PathWay {
  var folder: FileHandle
  /// Where the folder lies.
  var position: AbsolutePath
  var names: [Substring]
  /// So many of the names are part of the grant: they must not be links.
  var fixed: Int
  /// So many of the names are not part of the grant.
  var distance: Int
  /// True when the grant names a part of /proc.
  var isInProcessFiles: Bool
}

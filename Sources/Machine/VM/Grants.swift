/// What a script may touch. Natives reach files only through it: what is checked is what is opened,
/// so that nobody can put another file in its place between the two.
public protocol Grants {
  /// Nil when allowed, else the flag that would allow it, such as `--allow-env=HOME`.
  func refusal(of access: Access) -> String?

  /// A descriptor of the file or folder that a path names.
  func open(_ path: String, for purpose: FilePurpose) throws(AccessError) -> CInt

  /// The folder that holds what a path names, and its name there: for making, replacing, removing.
  /// With `followsLink`, a link at the end is followed: the place is that of what it names.
  func place(of path: String, followsLink: Bool) throws(AccessError) -> FilePlace

  /// The absolute path of a program that may be run.
  func program(_ name: String) throws(AccessError) -> String
}

/// One thing a script wants to do to the world, apart from files.
public enum Access: Sendable {
  case environment(name: String)
  case network(host: String, port: Int)
  case run(program: String)
}

/// What a path is opened for.
public enum FilePurpose: Sendable {
  /// The contents of a regular file.
  case reading
  /// The names in a folder.
  case listing
  /// What is known of a file without its contents.
  case looking
  /// The end of a regular file, which is made where there is none.
  case appending
}

/// Why a path was not opened.
public enum AccessError: Error {
  /// The script may not; `flag` is what would allow it, `reason` says more where that helps.
  case denied(flag: String, reason: String? = nil)
  /// The system could not, as `errno` says.
  case system(CInt)
  /// A pipe, device or socket, which could stop the program for ever.
  case notRegular
}

/// A name in an open folder.
public struct FilePlace {
  public let folder: CInt
  /// One name, never a path; `.` for what has no name of its own, such as `/`.
  public let name: String
  /// True where every path may be written: then a file with several names may be changed in place.
  public let isUnrestricted: Bool
  /// Keeps `folder` open.
  private let owner: AnyObject

  public init(folder: CInt, name: String, isUnrestricted: Bool, owner: AnyObject) {
    self.folder = folder
    self.name = name
    self.isUnrestricted = isUnrestricted
    self.owner = owner
  }
}

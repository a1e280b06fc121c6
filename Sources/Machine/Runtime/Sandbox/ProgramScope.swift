import JanusVM
import Glibc

/// The programs that may be run. Names are looked up in PATH when the run begins: what PATH holds
/// later, or what a script makes, changes nothing.
struct ProgramScope {
  private let isUnrestricted: Bool
  private let folder: AbsolutePath?
  /// Folders of PATH; relative ones would depend on where a script stands, and are left out.
  private let search: [String]
  /// Absolute paths, each without links up to its last name.
  private var granted: Set<String> = []
  /// Where granted names were found.
  private var named: [String: String] = [:]

  init(_ scope: ScriptGrants.Scope, from folder: AbsolutePath?) {
    isUnrestricted = scope.isUnrestricted
    self.folder = folder
    let path = getenv("PATH").map { String(cString: $0) } ?? "/usr/local/bin:/usr/bin:/bin"
    search = path.split(separator: ":").map(String.init).filter { $0.hasPrefix("/") }
    for name in scope.places { add(name) }
  }

  /// A name that is not found grants nothing.
  mutating func add(_ name: String) {
    guard let path = absolutePath(name) else { return }
    granted.insert(path)
    if !name.contains("/") { named[name] = path }
  }

  /// The absolute path of a program that may be run; nil when it may not.
  ///
  /// - Throws: ENOENT for what may be run and is not there.
  func path(of name: String) throws(AccessError) -> String? {
    if let path = named[name] { return path }
    if isUnrestricted { return try found(name) }
    guard let path = absolutePath(name), granted.contains(path) else { return nil }
    return path
  }

  /// The absolute path of a program, whether granted or not.
  func found(_ name: String) throws(AccessError) -> String {
    guard let path = absolutePath(name) else { throw .system(ENOENT) }
    return path
  }

  /// The folder without links, the last name as it is: programs that go by many names, such as
  /// busybox, do as many things, and a grant is for one.
  private func absolutePath(_ name: String) -> String? {
    guard !name.isEmpty, !name.utf8.contains(0), !name.hasSuffix("/") else { return nil }
    if name.contains("/") {
      guard let base = name.hasPrefix("/") ? .root : folder else { return nil }
      return canonical(AbsolutePath(name, from: base))
    }
    for folder in search {
      let path = AbsolutePath("\(folder)/\(name)", from: .root)
      var status = stat()
      if access(path.text, X_OK) == 0, stat(path.text, &status) == 0,
        status.st_mode & S_IFMT == S_IFREG
      {
        return canonical(path)
      }
    }
    return nil
  }

  private func canonical(_ path: AbsolutePath) -> String? {
    guard !path.parts.isEmpty, let parent = path.parent.resolved() else { return nil }
    return AbsolutePath(path.name, from: parent).text
  }
}

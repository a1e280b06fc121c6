import Glibc

/// An absolute path in parts, without `.` and without `..`.
///
/// `a/../b` is taken for `b` before anything is opened. What is opened then may be another file
/// than the system would find if `a` is a link, but never one outside of a grant.
struct AbsolutePath: Equatable {
  var parts: [Substring]

  /// - Parameters:
  ///   - text: an absolute path, or one relative to `folder`.
  init(_ text: some StringProtocol, from folder: AbsolutePath) {
    parts = text.hasPrefix("/") ? [] : folder.parts
    for part in text.split(separator: "/") where part != "." {
      if part != ".." {
        parts.append(Substring(part))
      } else if !parts.isEmpty {
        parts.removeLast()
      }
    }
  }

  private init(parts: [Substring]) { self.parts = parts }

  /// `/`
  static let root = AbsolutePath(parts: [])

  /// The working directory, or nil when it is gone.
  static func workingFolder() -> AbsolutePath? {
    guard let text = getcwd(nil, 0) else { return nil }
    defer { free(text) }
    return AbsolutePath(String(cString: text), from: .root)
  }

  /// The same place without links, or nil when the system does not find it.
  func resolved() -> AbsolutePath? {
    guard let text = realpath(text, nil) else { return nil }
    defer { free(text) }
    return AbsolutePath(String(cString: text), from: .root)
  }

  var text: String { "/" + parts.joined(separator: "/") }
  var name: String { parts.last.map(String.init) ?? "." }
  var parent: AbsolutePath { AbsolutePath(parts: Array(parts.dropLast())) }

  /// What leads from a folder to this; nil when this does not lie in it. Empty for the folder.
  func rest(below folder: AbsolutePath) -> [Substring]? {
    parts.starts(with: folder.parts) ? Array(parts[folder.parts.count...]) : nil
  }
}

public import JanusVM
import Glibc

/// What the command line allows a script (language.md §13).
public struct ScriptGrants: Grants {
  /// A kind of access: not at all, everywhere, or in these places.
  public enum Scope: Sendable {
    case none
    case all
    case some([String])
  }

  public var read: Scope
  public var write: Scope = .none
  public var environment: Scope = .none
  public var network: Scope = .none
  public var run: Scope = .none
  /// The script's folder, which it may always read.
  public var folder: String

  public init(folder: String) {
    self.folder = folder
    read = .none
  }

  public func refusal(of access: Access) -> String? {
    switch access {
    case .read(let path):
      if isBelow(path, folder) { return nil }
      return allows(read) { isBelow(path, $0) } ? nil : "--allow-read=\(path)"
    case .write(let path):
      return allows(write) { isBelow(path, $0) } ? nil : "--allow-write=\(path)"
    case .environment(let name):
      return allows(environment) { $0 == name } ? nil : "--allow-env=\(name)"
    case .network(let host, let port):
      if host == "localhost" || host == "::1" || host.hasPrefix("127.") { return nil }
      let place = "\(host):\(port)"
      return allows(network) { $0 == host || $0 == place } ? nil : "--allow-net=\(place)"
    case .run(let program):
      return allows(run) { $0 == program } ? nil : "--allow-run=\(program)"
    }
  }

  private func allows(_ scope: Scope, _ fits: (String) -> Bool) -> Bool {
    switch scope {
    case .none: false
    case .all: true
    case .some(let places): places.contains(where: fits)
    }
  }

  /// Compares real paths, so that links and `..` do not lead out.
  private func isBelow(_ path: String, _ folder: String) -> Bool {
    guard let path = realPath(path), let folder = realPath(folder) else { return false }
    return path == folder || path.hasPrefix(folder == "/" ? "/" : folder + "/")
  }

  /// The path without links; for a file that does not exist yet, that of its folder.
  private func realPath(_ path: String) -> String? {
    if let resolved = realpath(path, nil) {
      defer { free(resolved) }
      return String(cString: resolved)
    }
    guard errno == ENOENT else { return nil }
    let slash = path.lastIndex(of: "/")
    let parent = slash.map { String(path[..<$0]) } ?? "."
    let name = slash.map { String(path[path.index(after: $0)...]) } ?? path
    guard !name.isEmpty, name != "..", name != ".",
      let resolved = realpath(parent.isEmpty ? "/" : parent, nil)
    else { return nil }
    defer { free(resolved) }
    let base = String(cString: resolved)
    return base == "/" ? "/\(name)" : "\(base)/\(name)"
  }
}

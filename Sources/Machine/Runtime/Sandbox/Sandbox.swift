public import JanusVM
import Glibc

/// The grants of one run, with the granted folders open (docs/sandbox.md).
public final class Sandbox: Grants {
  /// How paths are followed.
  public enum Resolution: Sendable {
    /// By the kernel where it can (`openat2`), else step by step.
    case system
    /// Step by step.
    case walking
  }

  var reading: PathScope
  var writing: PathScope
  private var environment: ScriptGrants.Scope
  private var network: NetworkScope
  private var programs: ProgramScope
  let workingFolder: AbsolutePath?
  /// Every kind is granted without bounds: then /proc is a folder like others.
  let allowsAll: Bool
  let resolution: Resolution
  private let ask: Question?

  /// Asks a person whether a script may do something: the access in words, and its flag.
  public typealias Question = (_ access: String, _ flag: String) -> Answer

  /// What the person said.
  public enum Answer: Sendable {
    case no
    case once
    /// For the rest of this run.
    case always
  }

  /// Opens what is granted, and finds the granted programs.
  ///
  /// - Parameters:
  ///   - grants: what the command line says.
  ///   - resolution: how paths are followed.
  ///   - ask: asked before something is refused; nil to refuse.
  public init(
    _ grants: ScriptGrants,
    resolution: Resolution = .system,
    ask: Question? = nil
  ) {
    let folder = AbsolutePath.workingFolder()
    workingFolder = folder
    self.resolution = resolution
    self.ask = ask
    reading = PathScope(grants.read, from: folder)
    if let path = folder.map({ AbsolutePath(grants.folder, from: $0) }) { reading.add(path) }
    writing = PathScope(grants.write, from: folder)
    environment = grants.environment
    network = NetworkScope(grants.network)
    programs = ProgramScope(grants.run, from: folder)
    allowsAll = grants.allowsAll
  }

  public func refusal(of access: Access) -> String? {
    switch access {
    case .environment(let name):
      if environment.isUnrestricted || environment.places.contains(name) { return nil }
      let flag = ScriptGrants.flag("env", name)
      return answer("read the environment variable \(name)", flag) {
        environment.add(.some([name]))
      }
    case .network(let host, let port):
      if network.allows(host, port) { return nil }
      let place = NetworkPlace.text(host, port)
      let flag = ScriptGrants.flag("net", place)
      return answer("connect to \(place)", flag) { network.add(place) }
    case .run(let name):
      do {
        _ = try program(name)
        return nil
      } catch {
        // Whether it exists is another question: this one is whether it may run.
        guard case .denied(let flag, _) = error else { return nil }
        return flag
      }
    }
  }

  public func program(_ name: String) throws(AccessError) -> String {
    if let path = try programs.path(of: name) { return path }
    let flag = ScriptGrants.flag("run", name)
    let refusal = answer("run \(name)", flag) { programs.add(name) }
    guard refusal == nil else { throw .denied(flag: flag) }
    return try programs.found(name)
  }

  /// Nil when a person allows it.
  private func answer(_ access: String, _ flag: String, always: () -> Void) -> String? {
    guard let ask else { return flag }
    switch ask(access, flag) {
    case .no: return flag
    case .once: return nil
    case .always:
      always()
      return nil
    }
  }

  /// The path as a grant, if a person gives it.
  func askForPath(_ path: String, _ kind: PathKind) -> GrantedPath? {
    guard let ask, let folder = workingFolder,
      let granted = GrantedPath(AbsolutePath(path, from: folder))
    else { return nil }
    switch ask("\(kind.rawValue) \(path)", ScriptGrants.flag(kind.rawValue, path)) {
    case .no: return nil
    case .once: return granted
    case .always:
      if kind == .read { reading.add(granted) } else { writing.add(granted) }
      return granted
    }
  }
}

/// Which grant a path needs.
enum PathKind: String {
  case read, write
}

/// Where files may be read or written.
struct PathScope {
  let isUnrestricted: Bool
  private var paths: [GrantedPath] = []

  init(_ scope: ScriptGrants.Scope, from folder: AbsolutePath?) {
    isUnrestricted = scope.isUnrestricted
    if isUnrestricted { add(.root) }
    for place in scope.places {
      // Where the working directory is gone only absolute paths mean something.
      guard let base = place.hasPrefix("/") ? .root : folder else { continue }
      add(AbsolutePath(place, from: base))
    }
  }

  /// A path of which nothing can be opened grants nothing.
  mutating func add(_ path: AbsolutePath) {
    if let granted = GrantedPath(path) { add(granted) }
  }

  mutating func add(_ path: GrantedPath) { paths.append(path) }

  /// The way to a path in the grant that describes it most exactly.
  func way(to path: AbsolutePath, isToPlace: Bool = false) -> PathWay? {
    paths.compactMap { $0.way(to: path, isToPlace: isToPlace) }
      .min { $0.distance < $1.distance }
  }
}

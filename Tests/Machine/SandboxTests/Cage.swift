import Glibc
import JanusRuntime
import JanusTestSupport
import JanusVM

/// A folder `inside` that may be read, and a folder `outside` that may not.
struct Cage {
  let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
    try folder.write(Array("fine".utf8), to: "inside/fine.txt")
    try folder.write(Array("deep".utf8), to: "inside/sub/deep.txt")
    try folder.write(Array("secret".utf8), to: "outside/secret.txt")
    try link("../outside/secret.txt", "inside/out")
    try link("\(folder.root)/outside", "inside/absolute-out")
    try link("\(folder.root)/inside/sub", "inside/absolute-in")
    try link("sub/../fine.txt", "inside/in")
    try link("loop", "inside/loop")
    try link("../../outside/secret.txt", "inside/sub/up")
    try link("/proc/self/environ", "inside/environ")
    try link("/proc/self/root", "inside/root")
    try link("../inside", "inside/self")
    try check(mkfifo(path("inside/pipe"), 0o600))
  }

  func path(_ name: String) -> String { folder.path(name) }

  func link(_ text: String, _ name: String) throws { try check(symlink(text, path(name))) }

  private func check(_ status: CInt) throws {
    guard status == 0 else { throw SystemError(code: errno) }
  }

  struct SystemError: Error {
    var code: CInt
  }

  /// A sandbox whose script lies in `inside`, with more grants of paths below the cage.
  func sandbox(
    _ resolution: Sandbox.Resolution = .system,
    read: [String] = [],
    write: [String] = [],
    ask: Sandbox.Question? = nil
  ) -> Sandbox {
    var grants = ScriptGrants(folder: path("inside"))
    grants.read = .some(read.map(path))
    grants.write = .some(write.map(path))
    return Sandbox(grants, resolution: resolution, ask: ask)
  }

  /// What a script reads there, or why it does not.
  func read(_ name: String, _ sandbox: Sandbox) -> String {
    let path = name.hasPrefix("/") ? name : path(name)
    do {
      let file = try sandbox.open(path, for: .reading)
      defer { close(file) }
      var buffer = [UInt8](repeating: 0, count: 100)
      let count = Glibc.read(file, &buffer, buffer.count)
      return String(decoding: buffer[..<max(0, count)], as: UTF8.self)
    } catch {
      return describe(error)
    }
  }

  /// Where a script would write, as a path from the cage, or why not.
  func place(_ name: String, _ sandbox: Sandbox, followsLink: Bool = true) -> String {
    do {
      let place = try sandbox.place(of: path(name), followsLink: followsLink)
      return "\(folderName(place.folder))/\(place.name)"
    } catch {
      return describe(error)
    }
  }

  private func folderName(_ descriptor: CInt) -> String {
    var buffer = [CChar](repeating: 0, count: 4096)
    let count = readlink("/proc/self/fd/\(descriptor)", &buffer, buffer.count)
    let text = String(
      decoding: buffer[..<max(0, count)].map(UInt8.init(bitPattern:)),
      as: UTF8.self
    )
    return text.hasPrefix(folder.root) ? String(text.dropFirst(folder.root.count + 1)) : text
  }

  func describe(_ error: AccessError) -> String {
    switch error {
    case .denied(let flag, _): flag.replacing(folder.root + "/", with: "")
    case .system(let code): String(cString: strerror(code))
    case .notRegular: "not regular"
    }
  }
}

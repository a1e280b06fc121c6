import Glibc
import JanusRuntime
import JanusTestSupport
import JanusVM
import Testing

/// Paths cannot lead out of a grant, whether the kernel follows them or we do.
@Suite struct PathTests {
  struct Row: Sendable, CustomTestStringConvertible {
    var path: String
    var result: String
    var read: [String] = []
    var testDescription: String { "\(path) \(read)" }
  }

  static let denied = "--allow-read="

  static let rows: [Row] = [
    Row(path: "inside/fine.txt", result: "fine"),
    Row(path: "inside/./sub//deep.txt", result: "deep"),
    Row(path: "inside/in", result: "fine"),
    Row(path: "inside/absolute-in/deep.txt", result: "deep"),
    Row(path: "inside/self/fine.txt", result: "fine"),
    Row(path: "inside/self/self/self/fine.txt", result: "fine"),
    Row(path: "inside/none", result: "No such file or directory"),
    Row(path: "inside/fine.txt/x", result: "Not a directory"),
    Row(path: "inside/sub", result: "Is a directory"),
    Row(path: "inside/pipe", result: "not regular"),
    Row(path: "inside/loop", result: "Too many levels of symbolic links"),
    Row(path: "inside/out", result: "--allow-read=inside/out"),
    Row(path: "inside/sub/up", result: "--allow-read=inside/sub/up"),
    Row(
      path: "inside/absolute-out/secret.txt",
      result: "--allow-read=inside/absolute-out/secret.txt"
    ),
    Row(path: "inside/absolute-out/none", result: "--allow-read=inside/absolute-out/none"),
    Row(path: "inside/environ", result: "--allow-read=inside/environ"),
    Row(path: "inside/root/etc/passwd", result: "--allow-read=inside/root/etc/passwd"),
    Row(path: "inside/../outside/secret.txt", result: "--allow-read=inside/../outside/secret.txt"),
    Row(
      path: "inside/none/../../outside/none",
      result: "--allow-read=inside/none/../../outside/none"
    ),
    Row(path: "outside/secret.txt", result: "--allow-read=outside/secret.txt"),
    Row(path: "outside/none", result: "--allow-read=outside/none"),
    Row(path: "insidex", result: "--allow-read=insidex"),
    Row(path: "/proc/self/environ", result: "--allow-read=/proc/self/environ"),
    // Grants of other places.
    Row(path: "outside/secret.txt", result: "secret", read: ["outside"]),
    Row(path: "outside/secret.txt", result: "secret", read: ["outside/secret.txt"]),
    Row(path: "outside/secret.txt", result: "--allow-read=outside/secret.txt", read: ["outside/s"]),
    Row(path: "inside/out", result: "secret", read: ["outside"]),
    Row(path: "inside/absolute-out/secret.txt", result: "secret", read: ["outside"]),
    Row(path: "inside/sub/up", result: "secret", read: ["outside/secret.txt"]),
    Row(path: "inside/out", result: "secret", read: ["inside/out"]),
    Row(
      path: "inside/root/etc/passwd",
      result: "--allow-read=inside/root/etc/passwd",
      read: ["outside"]
    ),
    Row(
      path: "outside/none/deep",
      result: "No such file or directory",
      read: ["outside/none/deep"]
    ),
  ]

  @Test(arguments: rows, [Sandbox.Resolution.system, .walking])
  func aPathIsFollowedOnlyInsideOfGrants(_ row: Row, _ resolution: Sandbox.Resolution) throws {
    let cage = try Cage()
    #expect(cage.read(row.path, cage.sandbox(resolution, read: row.read)) == row.result)
  }

  @Test(arguments: [
    ("inside/new.txt", "--allow-write=inside/new.txt", []),
    ("inside/new.txt", "inside/new.txt", ["inside"]),
    ("inside/sub/new.txt", "inside/sub/new.txt", ["inside/sub"]),
    ("inside/in", "inside/fine.txt", ["inside"]),
    ("inside/out", "--allow-write=inside/out", ["inside"]),
    ("inside/out", "outside/secret.txt", ["inside", "outside"]),
    ("inside/absolute-out/new", "--allow-write=inside/absolute-out/new", ["inside"]),
    ("inside/absolute-out/new", "outside/new", ["inside", "outside"]),
    ("outside/secret.txt", "outside/secret.txt", ["outside/secret.txt"]),
    ("outside/secret.txt", "--allow-write=outside/secret.txt", ["outside/other.txt"]),
    ("inside/none/new.txt", "No such file or directory", ["inside"]),
    ("inside/fine.txt/x", "Not a directory", ["inside"]),
  ])
  func aPlaceLiesInsideOfGrants(_ path: String, _ result: String, _ write: [String]) throws {
    let cage = try Cage()
    #expect(cage.place(path, cage.sandbox(write: write)) == result)
  }

  @Test func aLinkItselfHasAPlaceWhereItStands() throws {
    let cage = try Cage()
    #expect(
      cage.place("inside/out", cage.sandbox(write: ["inside"]), followsLink: false) == "inside/out"
    )
  }

  /// The granted name was not there when the run began; then somebody makes it a link.
  @Test(arguments: [Sandbox.Resolution.system, .walking])
  func aGrantedNameThatBecomesALinkLeadsNowhere(_ resolution: Sandbox.Resolution) throws {
    let cage = try Cage()
    let sandbox = cage.sandbox(resolution, read: ["later", "later2"], write: ["later", "later2"])
    try cage.link("outside/secret.txt", "later")
    try cage.link("outside", "later2")
    #expect(cage.read("later", sandbox) == "--allow-read=later")
    #expect(cage.read("later2/secret.txt", sandbox) == "--allow-read=later2/secret.txt")
    #expect(cage.place("later", sandbox) == "--allow-write=later")
    #expect(cage.place("later2/secret.txt", sandbox) == "--allow-write=later2/secret.txt")
  }

  /// A granted folder is held open: moving another to its name changes nothing.
  @Test func aGrantStaysWithItsFolder() throws {
    let cage = try Cage()
    let sandbox = cage.sandbox()
    #expect(rename(cage.path("inside"), cage.path("moved")) == 0)
    try cage.link("outside", "inside")
    #expect(cage.read("inside/fine.txt", sandbox) == "fine")
    #expect(cage.read("inside/secret.txt", sandbox) == "No such file or directory")
  }

  /// Another process puts a link in the place of a folder and takes it away, as fast as it can.
  @Test(arguments: [Sandbox.Resolution.system, .walking])
  func aRaceIsNotWon(_ resolution: Sandbox.Resolution) throws {
    let cage = try Cage()
    try cage.folder.write(Array("fine".utf8), to: "inside/turn/secret.txt")
    try cage.link("../outside", "inside/trap")
    let swapper = Swapper(cage.path("inside"), "turn", "trap")
    defer { swapper.stop() }
    let sandbox = cage.sandbox(resolution)
    var seen: [String: Int] = [:]
    for _ in 0..<20_000 { seen[cage.read("inside/turn/secret.txt", sandbox), default: 0] += 1 }
    #expect(seen["secret"] == nil)
    #expect(seen["fine", default: 0] > 0)
    // The race was on: the link was met too.
    #expect(seen["--allow-read=inside/turn/secret.txt", default: 0] > 0)
  }

  @Test func theRaceCanBeLostByWhoChecksAndThenOpens() throws {
    let cage = try Cage()
    try cage.folder.write(Array("fine".utf8), to: "inside/turn/secret.txt")
    try cage.link("../outside", "inside/trap")
    let swapper = Swapper(cage.path("inside"), "turn", "trap")
    defer { swapper.stop() }
    var sandbox = ScriptGrants(folder: cage.path("inside"))
    sandbox.read = .all
    let open = Sandbox(sandbox)
    var seen: Set<String> = []
    for _ in 0..<1_000_000 where seen.count < 2 {
      seen.insert(cage.read("inside/turn/secret.txt", open))
    }
    #expect(seen.contains("secret"), "without grants to keep, the link is followed")
  }

  // MARK: Asking

  @Test func aPersonAllowsOnceOrAlwaysOrNot() throws {
    let cage = try Cage()
    let asked = Box<[String]>([])
    for (answer, questions) in [(Sandbox.Answer.no, 2), (.once, 2), (.always, 1)] {
      asked.value = []
      let sandbox = cage.sandbox { access, _ in
        asked.value.append(access)
        return answer
      }
      let expected = answer == .no ? "--allow-read=outside/secret.txt" : "secret"
      #expect(cage.read("outside/secret.txt", sandbox) == expected)
      #expect(cage.read("outside/secret.txt", sandbox) == expected)
      #expect(asked.value.count == questions)
      #expect(asked.value.first == "read \(cage.path("outside/secret.txt"))")
    }
  }
}

import Glibc
import JanusRuntime
import JanusTestSupport
import JanusVM
import Testing

/// What the command line says, and what follows from it apart from files.
@Suite struct GrantTests {
  private func sandbox(_ kind: String, _ list: String?) throws -> Sandbox {
    var grants = ScriptGrants(folder: "/")
    try grants.allow(kind, list)
    return Sandbox(grants)
  }

  @Test(arguments: [
    ("127.0.0.1", 80, "[]", true), ("127.8.9.1", 80, "[]", true), ("localhost", 80, "[]", true),
    ("LocalHost.", 80, "[]", true), ("::1", 80, "[]", true), ("0:0:0:0:0:0:0:1", 80, "[]", true),
    ("::ffff:127.0.0.1", 80, "[]", true),
    // What only looks like loopback.
    ("127.evil.example", 80, "[]", false), ("127.0.0.1.example.org", 80, "[]", false),
    ("localhost.example.org", 80, "[]", false), ("127.1", 80, "[]", false),
    ("2130706433", 80, "[]", false), ("0x7f000001", 80, "[]", false),
    ("0177.0.0.1", 80, "[]", false),
    ("0.0.0.0", 80, "[]", false), ("::", 80, "[]", false), ("::1%lo", 80, "[]", false),
    ("::ffff:10.0.0.1", 80, "[]", false), ("", 80, "[]", false), ("localhost\0x", 80, "[]", false),
    // Grants.
    ("example.org", 443, "example.org", true), ("EXAMPLE.org.", 443, "example.org", true),
    ("example.org", 443, "example.org:443", true), ("example.org", 80, "example.org:443", false),
    ("www.example.org", 443, "example.org", false), ("example.org.evil", 443, "example.org", false),
    ("10.0.0.1", 5, "10.0.0.1", true), ("10.0.0.1", 5, "10.0.0.1:5", true),
    ("10.0.0.1", 6, "10.0.0.1:5", false), ("::ffff:10.0.0.1", 5, "10.0.0.1:5", true),
    ("2001:db8::1", 5, "[2001:db8::1]:5", true), ("2001:DB8:0::1", 5, "2001:db8::1", true),
    ("2001:db8::1", 6, "[2001:db8::1]:5", false), ("anything.example", 8080, ":8080", true),
    ("anything.example", 8081, ":8080", false), ("a.example", 1, "b.example,a.example:1", true),
  ])
  func aSocketIsGrantedByHostAndPort(_ host: String, _ port: Int, _ list: String, _ isAllowed: Bool)
    throws
  {
    let sandbox = list == "[]" ? Sandbox(ScriptGrants(folder: "/")) : try sandbox("net", list)
    let refusal = sandbox.refusal(of: .network(host: host, port: port))
    #expect((refusal == nil) == isAllowed)
    if let refusal { #expect(refusal.hasPrefix("--allow-net=")) }
  }

  @Test func theFlagOfARefusalAllowsIt() throws {
    for host in ["example.org", "10.1.2.3", "2001:db8::7"] {
      let refusal = Sandbox(ScriptGrants(folder: "/")).refusal(of: .network(host: host, port: 99))
      let list = try #require(refusal).dropFirst("--allow-net=".count)
      let granted = try sandbox("net", String(list))
      #expect(granted.refusal(of: .network(host: host, port: 99)) == nil)
      #expect(granted.refusal(of: .network(host: host, port: 98)) != nil)
    }
  }

  @Test(arguments: [
    ("net", "example.org:0"), ("net", "example.org:65536"), ("net", "example.org:x"),
    ("net", "a b"), ("net", "[::1"), ("net", "[::1]x"), ("net", "127.1"), ("net", ":"),
    ("read", ""), ("write", "a,"), ("env", ",A"), ("fly", "x"),
  ])
  func aGrantThatMakesNoSenseIsAnError(_ kind: String, _ list: String) {
    var grants = ScriptGrants(folder: "/")
    #expect(throws: ScriptGrants.Invalid.self) { try grants.allow(kind, list) }
  }

  @Test func aCommaInAPlaceIsWrittenTwice() throws {
    #expect(ScriptGrants.flag("read", "a,b") == "--allow-read=a,,b")
    let sandbox = try sandbox("env", "A,,B,C")
    #expect(sandbox.refusal(of: .environment(name: "A,B")) == nil)
    #expect(sandbox.refusal(of: .environment(name: "C")) == nil)
    #expect(sandbox.refusal(of: .environment(name: "A")) == "--allow-env=A")
  }

  @Test(arguments: [
    ("plain/path-1.txt", "--allow-read=plain/path-1.txt"),
    ("two words", "--allow-read='two words'"),
    ("it's", "--allow-read='it'\\''s'"), ("$(rm)", "--allow-read='$(rm)'"), ("ü", "--allow-read=ü"),
    ("a;b", "--allow-read='a;b'"), ("", "--allow-read=''"),
  ])
  func aFlagCanBeTypedInAShell(_ place: String, _ flag: String) {
    #expect(ScriptGrants.flag("read", place) == flag)
  }

  @Test func grantsOfOneKindAddUp() throws {
    var grants = ScriptGrants(folder: "/")
    try grants.allow("env", "A")
    try grants.allow("env", "B")
    let sandbox = Sandbox(grants)
    #expect(sandbox.refusal(of: .environment(name: "A")) == nil)
    #expect(sandbox.refusal(of: .environment(name: "B")) == nil)
    #expect(sandbox.refusal(of: .environment(name: "C")) != nil)
  }

  // MARK: Programs

  @Test func aProgramIsGrantedByWhereItIsFound() throws {
    let sandbox = try sandbox("run", "sh")
    let path = try sandbox.program("sh")
    #expect(path.hasPrefix("/") && path.hasSuffix("/sh"))
    #expect(try sandbox.program(path) == path)
    #expect(sandbox.refusal(of: .run(program: "/bin/../bin/sh")) == nil)
    #expect(sandbox.refusal(of: .run(program: "env")) == "--allow-run=env")
    #expect(sandbox.refusal(of: .run(program: "./sh")) == "--allow-run=./sh")
    #expect(sandbox.refusal(of: .run(program: "/tmp/sh")) == "--allow-run=/tmp/sh")
    #expect(sandbox.refusal(of: .run(program: "")) == "--allow-run=''")
  }

  @Test func aGrantedPathIsNotItsNameElsewhere() throws {
    let folder = try TemporaryFolder()
    try folder.write(Array("#!/bin/sh\n".utf8), to: "sh", isExecutable: true)
    let sandbox = try sandbox("run", folder.path("sh"))
    #expect(try sandbox.program(folder.path("sh")) == folder.path("sh"))
    #expect(sandbox.refusal(of: .run(program: "sh")) == "--allow-run=sh")
  }

  /// One file, many names: each does something else.
  @Test func anotherNameOfAGrantedProgramIsNotGranted() throws {
    let folder = try TemporaryFolder()
    try folder.write(Array("#!/bin/sh\n".utf8), to: "one", isExecutable: true)
    #expect(symlink("one", folder.path("two")) == 0)
    let sandbox = try sandbox("run", folder.path("one"))
    #expect(sandbox.refusal(of: .run(program: folder.path("one"))) == nil)
    #expect(sandbox.refusal(of: .run(program: folder.path("two"))) != nil)
  }

  @Test func whatIsGrantedAndMissingIsNotThere() throws {
    let all = try sandbox("run", nil)
    #expect(throws: AccessError.self) { try all.program("no-such-program-at-all") }
    #expect(all.refusal(of: .run(program: "no-such-program-at-all")) == nil)
  }
}

import Foundation
import JanusCrypto
import JanusTestSupport
import Testing

enum CoreDump {
  /// The pattern is a name in the working folder, and the hard limit allows a file.
  static let isPossible: Bool = {
    do {
      let pattern = try String(contentsOfFile: "/proc/sys/kernel/core_pattern", encoding: .utf8)
      var limit = rlimit()
      getrlimit(__rlimit_resource_t(RLIMIT_CORE.rawValue), &limit)
      return !pattern.hasPrefix("|") && !pattern.contains("/") && limit.rlim_max > 1 << 26
    } catch {
      return false
    }
  }()
}

/// What the kernel writes of a process that dies: no key may be in it, wherever it was used.
@Suite(.enabled(if: CoreDump.isPossible, "core dumps do not go to files here"))
struct CoreDumpTests {
  static let secrets = [
    "guarded", "slot", "released", "signing seed", "agreement key", "chain key", "message key",
    "cipher key", "key material",
  ]

  private func coreDump(_ arguments: [String]) throws -> Data {
    let folder = try TemporaryFolder()
    let program =
      URL(fileURLWithPath: ChildProcess.janus).deletingLastPathComponent().path
      + "/CoreDumpSubject"
    let child = try ChildProcess.run(program, arguments, folder: folder.root)
    #expect(child.end.isCrash)
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.root)
    let name = try #require(names.first { $0.hasPrefix("core") }, "no core among \(names)")
    return try Data(contentsOf: URL(fileURLWithPath: folder.path(name)))
  }

  private func contains(_ name: String, _ dump: Data) -> Bool {
    // Half of it is enough to be a leak.
    let planted = SHA256.hash(Array(name.utf8))
    return dump.range(of: Data(planted[..<16])) != nil
      || dump.range(of: Data(planted[16...])) != nil
  }

  @Test func noSecretIsInACoreDump() throws {
    let dump = try coreDump([])
    #expect(contains("control", dump))
    for secret in Self.secrets { #expect(!contains(secret, dump), "\(secret)") }
  }

  /// The search finds a secret that was copied to plain memory.
  @Test func aLeakedSecretIsFound() throws {
    let dump = try coreDump(["leak"])
    #expect(contains("control", dump) && contains("slot", dump))
    #expect(!contains("guarded", dump))
  }
}

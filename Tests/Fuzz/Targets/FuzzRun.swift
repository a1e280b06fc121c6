import JanusBytecode
import JanusRuntime
import JanusVM
import Glibc

/// Runs a program in a world where nothing is there: output vanishes, time passes only while the
/// program waits or asks for it, nothing is granted.
enum FuzzRun {
  private static func limits(collectsAlways: Bool) -> RunLimits {
    var limits = RunLimits()
    limits.steps = collectsAlways ? 1_000 : 20_000
    limits.memory = collectsAlways ? 2 << 20 : 8 << 20
    return limits
  }

  /// One input in sixteen is run with the collector at every safe point.
  static func run(
    _ images: [ModuleImage], _ input: [UInt8], arguments: [String] = ["a", "7"],
    assertionsHold: Bool = false
  ) {
    let world = World(arguments: arguments)
    let runtime = Runtime(environment: world.environment)
    let collectsAlways = input.reduce(0, &+) & 15 == 0
    runtime.limit(limits(collectsAlways: collectsAlways))
    if collectsAlways { runtime.machine.collectAlways() }
    do {
      try runtime.link(images)
    } catch {
      // An image may name what is not there: a link error is an answer.
      return
    }
    switch runtime.run(images) {
    case .finished, .exited: break
    case .failed(let error):
      precondition(!error.code.isEmpty, "an error has no code")
      let isAssertion = error.message.hasPrefix("this does not hold")
      precondition(!assertionsHold || !isAssertion, error.message)
    }
    runtime.machine.flush()
  }

  private static let emptyInput = open("/dev/null", O_RDONLY)

  private final class World {
    private let arguments: [String]
    var instant = 0
    var word: UInt64 = 1

    init(arguments: [String]) { self.arguments = arguments }

    var environment: Environment {
      Environment(
        write: { _, _ in },
        monotonic: { [self] in
          instant += 1_000
          return instant
        },
        now: { 1_800_000_000_000_000_000 },
        wait: { [self] until in
          guard let until else { return false }
          instant = max(instant, until)
          return true
        },
        poll: { watches, _ in watches.map { _ in true } },
        input: emptyInput,
        randomWord: { [self] in
          word = word &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
          return word
        },
        hashSeed: 1,
        arguments: arguments,
        isInteractive: false,
        grants: NoGrants()
      )
    }
  }

  private struct NoGrants: Grants {
    private static let denial = AccessError.denied(flag: "--allow-all")
    func refusal(of access: Access) -> String? { "--allow-all" }
    func open(_ path: String, for purpose: FilePurpose) throws(AccessError) -> CInt {
      throw Self.denial
    }
    func place(of path: String, followsLink: Bool) throws(AccessError) -> FilePlace {
      throw Self.denial
    }
    func program(_ name: String) throws(AccessError) -> String { throw Self.denial }
  }
}

import DMP
import JanusCrypto
import Testing

/// Two implementations of the same text agree: on what bytes say, on which bytes say nothing, and
/// on the bytes that say something.
@Suite(.enabled(if: Oracle.isThere, "\(Oracle.absence)")) struct OracleObjectTests {
  private let arena = SecretArena()

  @Test func objectsOfTheOtherSideAreOurs() throws {
    var accepted: [String: Int] = [:]
    var refused = 0
    for line in try Oracle.lines(Oracle.run("generate.py", ["objects", "40", "1"])) {
      try line.check(arena: arena)
      if line.has("value") {
        accepted[try line.text("kind"), default: 0] += 1
      } else {
        refused += 1
      }
    }
    for kind in OracleObject.allCases { #expect(accepted[kind.rawValue] ?? 0 >= 40, "\(kind)") }
    #expect(refused > 300)
  }

  @Test func objectsOfOursAreTheOtherSides() throws {
    var random = SplitMix(state: 200)
    var lines: [JSON] = []
    for index in 0..<80 {
      let agents = try (0..<3).map { _ in try TestAgent(from: &random) }
      for kind in OracleObject.allCases {
        let (bytes, seed) = try make(kind, index, agents, &random)
        lines.append(try line(kind, bytes, seed: seed))
        lines.append(try line(kind, random.mutated(bytes), seed: nil))
      }
    }
    let counts = try Oracle.check(lines)
    for kind in OracleObject.allCases { #expect(counts[kind.rawValue] == 160, "\(kind)") }
  }

  /// The bytes with our verdict.
  private func line(_ kind: OracleObject, _ bytes: [UInt8], seed: [UInt8]?) throws -> JSON {
    .fields([
      "kind": .text(kind.rawValue), "bytes": .bytes(bytes), "seed": seed.map { .bytes($0) },
      "value": try kind.opened(bytes, seed: seed, arena: arena)?.0,
    ])
  }

  private func make(
    _ kind: OracleObject,
    _ index: Int,
    _ agents: [TestAgent],
    _ random: inout SplitMix
  ) throws -> ([UInt8], seed: [UInt8]?) {
    let agent = agents[0]
    let key = try agent.signingKey()
    let seed = agent.signingSeed
    switch kind {
    case .certificate: return (agent.certificate.bytes, agent.rootSeed)
    case .card: return (agent.card.bytes, seed)
    case .revocation:
      let revocation = Revocation(
        did: agent.did,
        device: random.maybe { $0.octets16() },
        sequence: random.number(),
        reason: random.number()
      )
      return (try Verified(signing: revocation, with: agent.rootKey()).bytes, agent.rootSeed)
    case .knock: return (try Verified(signing: random.knock(to: agents[1]), with: key).bytes, seed)
    case .accept: return (try Verified(signing: random.accept(), with: key).bytes, seed)
    case .groupRecord:
      let record = try random.groupRecord(of: agents, epoch: UInt32(index % 3))
      return (try Verified(signing: record, with: key).bytes, seed)
    case .audit:
      let point = AuditPoint(
        count: random.number(),
        head: try random.octets32(),
        time: random.number()
      )
      return (try Verified(signing: point, with: key).bytes, seed)
    case .content:
      let kinds = Content.Kind.allCases
      let kind = kinds[index % kinds.count]
      return (try random.content(kind, agents: agents, arena: arena).encoded, nil)
    case .body: return (Array(try random.body().bytes), nil)
    case .groupContent:
      var writer = CBORWriter()
      GroupContent(
        sequence: random.sequence(),
        body: try random.body(),
        schema: try random.maybe { try $0.octets32() }
      ).write(to: &writer)
      return (writer.bytes, nil)
    case .reject:
      let reason = RejectFrame.Reason.allCases.randomElement(using: &random) ?? .busy
      let frame = RejectFrame(
        knock: try random.octets32(),
        reason: reason,
        retryMilliseconds: random.number()
      )
      return (frame.encoded, nil)
    case .close:
      return (
        CloseFrame(CloseFrame.Reason.allCases.randomElement(using: &random) ?? .busy).encoded, nil
      )
    case .resume: return (random.resume().encoded, nil)
    case .initial: return (try random.initial().encoded, nil)
    }
  }
}

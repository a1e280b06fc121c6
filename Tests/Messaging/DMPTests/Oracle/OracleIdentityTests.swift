import DMP
import JanusCrypto
import Testing

/// Texts and numbers that people see are the same on both sides.
@Suite(.enabled(if: Oracle.isThere, "\(Oracle.absence)")) struct OracleIdentityTests {
  @Test func namesOfTheOtherSideAreOurs() throws {
    let lines = try Oracle.lines(Oracle.run("generate.py", ["names", "25", "2"]))
    #expect(lines.count == 100)
    for line in lines { try line.check(arena: SecretArena()) }
  }

  @Test func namesOfOursAreTheOtherSides() throws {
    var random = SplitMix(state: 210)
    var lines: [JSON] = []
    for _ in 0..<25 {
      let agents = try (0..<2).map { _ in try TestAgent(from: &random) }
      let keys = agents.map { JSON.bytes($0.did.rootKey.bytes.array) }
      let salt: GroupSalt = random.octets16()
      lines += [
        ["kind": "did", "rootKey": keys[0], "text": .text(agents[0].did.text)],
        [
          "kind": "cardText", "card": .bytes(agents[0].card.bytes),
          "text": .text(agents[0].card.text),
        ],
        [
          "kind": "safetyNumber", "first": keys[0], "second": keys[1],
          "number": .text(SafetyNumber(agents[0].did, agents[1].did).description),
        ],
        [
          "kind": "groupID", "admin": keys[0], "salt": .bytes(salt.array),
          "group": .bytes(GroupRecord.identifier(admin: agents[0].did, salt: salt).array),
        ],
      ]
    }
    #expect(
      try Oracle.check(lines) == ["did": 25, "cardText": 25, "safetyNumber": 25, "groupID": 25])
  }
}

import DMP
import JanusCrypto
import Testing

/// Texts and numbers that people see are the same on both sides.
@Suite(.enabled(if: Oracle.isThere, "\(Oracle.absence)")) struct OracleIdentityTests {
  @Test func namesOfTheOtherSideAreOurs() throws {
    for line in try Oracle.lines(Oracle.run("generate.py", ["names", "25", "2"])) {
      let (field, ours) = try answer(line)
      #expect(line.json[field] == ours, "\(line.json)")
    }
  }

  @Test func namesOfOursAreTheOtherSides() throws {
    var random = SplitMix(state: 210)
    var lines: [JSON] = []
    for _ in 0..<25 {
      let agents = try (0..<2).map { _ in try TestAgent(from: &random) }
      let keys = agents.map { JSON.bytes($0.did.rootKey.bytes.array) }
      let questions: [[String: JSON]] = [
        ["kind": "did", "rootKey": keys[0]],
        ["kind": "cardText", "card": .bytes(agents[0].card.bytes)],
        ["kind": "safetyNumber", "first": keys[0], "second": keys[1]],
        ["kind": "groupID", "admin": keys[0], "salt": .bytes(random.bytes(16))],
      ]
      for question in questions {
        let (field, ours) = try answer(OracleLine(json: .object(question)))
        lines.append(.object(question.merging([field: ours]) { first, _ in first }))
      }
    }
    #expect(try Oracle.check(lines).values.allSatisfy { $0 == 25 })
  }

  /// The field that answers a line, and what we say there.
  private func answer(_ line: OracleLine) throws -> (String, JSON) {
    switch try line.text("kind") {
    case "did": return ("text", .text(try did(line, "rootKey").text))
    case "cardText":
      let card = try Signed<Card>(decoding: line.bytes("card")[...]).verified()
      return ("text", .text(card.text))
    case "safetyNumber":
      let number = SafetyNumber(try did(line, "first"), try did(line, "second"))
      return ("number", .text(number.description))
    default:
      let salt = try #require(GroupSalt(line.bytes("salt")))
      let group = GroupRecord.identifier(admin: try did(line, "admin"), salt: salt)
      return ("group", .bytes(group.array))
    }
  }

  private func did(_ line: OracleLine, _ name: String) throws -> DID {
    DID(rootKey: try SigningPublicKey(bytes: line.bytes(name)))
  }
}

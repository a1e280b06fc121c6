import DMP
import JanusCrypto
import Testing

/// Both implementations derive the same keys of an agreement.
@Suite(.enabled(if: Oracle.isThere, "\(Oracle.absence)")) struct OracleAgreementTests {
  private let arena = SecretArena()

  @Test(arguments: [("agreements", 40), ("links", 40), ("groups", 40)])
  func keysOfTheOtherSideAreOurs(_ part: String, _ count: Int) throws {
    let lines = try Oracle.lines(Oracle.run("generate.py", [part, "\(count)", "3"]))
    #expect(lines.count == count)
    for line in lines { try line.check(arena: arena) }
  }

  @Test func agreementsOfOursAreTheOtherSides() throws {
    var random = SplitMix(state: 220)
    let lines: [JSON] = try (0..<40).map { _ in
      let agreement = try OracleAgreement(from: &random, arena: arena)
      let shown = OracleAgreement.shown(try agreement.responded())
      guard case .object(let fields) = agreement.line.json else { return .null }
      return .object(fields.merging(shown) { first, _ in first })
    }
    #expect(try Oracle.check(lines) == ["agreement": 40])
  }
}

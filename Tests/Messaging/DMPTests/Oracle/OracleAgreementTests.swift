import DMP
import JanusCrypto
import Testing

/// Both implementations derive the same keys of an agreement.
@Suite(.enabled(if: Oracle.isThere, "\(Oracle.absence)")) struct OracleAgreementTests {
  private let arena = SecretArena()

  @Test func agreementsOfTheOtherSideAreOurs() throws {
    let lines = try Oracle.lines(Oracle.run("generate.py", ["agreements", "40", "3"]))
    #expect(lines.count == 40)
    for line in lines {
      let agreement = OracleAgreement(line, arena: arena)
      for shown in try [
        OracleAgreement.shown(agreement.initiated()), OracleAgreement.shown(agreement.responded()),
      ] {
        for (name, value) in shown { #expect(line.json[name] == value, "\(name)") }
      }
    }
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

  @Test func chainsAreTheSame() throws {
    let lines = try Oracle.lines(Oracle.run("generate.py", ["ratchets", "5", "4"]))
      .filter { try $0.text("kind") == "chain" }
    #expect(lines.count == 5)
    for line in lines {
      var chain = try line.bytes("chainKey")
      var messageKey = [UInt8](repeating: 0, count: 32)
      for expected in try line.list("messageKeys") {
        chain.withUnsafeMutableBytes { chain in
          messageKey.withUnsafeMutableBytes { key in
            guard let chain = chain.baseAddress, let key = key.baseAddress else { return }
            ChainKey.advance(chain, messageKey: key)
          }
        }
        #expect(JSON.bytes(messageKey) == expected)
      }
    }
  }
}

import DMP
import JanusCrypto
import Testing

@Suite struct IdentityTests {
  /// From the did:key specification (Ed25519), and the key of its multibase text.
  @Test(arguments: [
    (
      "did:key:z6MkiTBz1ymuepAQ4HEHYSF1H8quG5GLVVQR3djdX3mDooWp",
      "3b6a27bcceb6a42d62a3a8d02a6f0d73653215771de243a63ac048a18b59da29"
    ),
    (
      "did:key:z6MkpTHR8VNsBxYAAWHut2Geadd9jSwuBV8xRoAnwWsdvktH",
      "94966b7c08e405775f8de6cc1c4508f6eb227403e1025b2c8ad2d7477398c5b2"
    ),
  ])
  func aDIDIsItsKey(_ text: String, _ key: String) throws {
    let did = try DID(text: text)
    #expect(did.rootKey.bytes.array == hex(key))
    #expect(DID(rootKey: try SigningPublicKey(bytes: hex(key))).text == text)
  }

  @Test(arguments: [
    "", "did:key:", "did:key:z", "did:web:example.com",
    // Another letter, cut, longer, an alphabet's stranger, upper case, a fragment, a blank.
    "did:key:y6MkiTBz1ymuepAQ4HEHYSF1H8quG5GLVVQR3djdX3mDooWp",
    "did:key:z6MkiTBz1ymuepAQ4HEHYSF1H8quG5GLVVQR3djdX3mDooW",
    "did:key:z6MkiTBz1ymuepAQ4HEHYSF1H8quG5GLVVQR3djdX3mDooWpp",
    "did:key:z6MkiTBz1ymuepAQ4HEHYSF1H8quG5GLVVQR3djdX3mDooW0",
    "did:key:z16MkiTBz1ymuepAQ4HEHYSF1H8quG5GLVVQR3djdX3mDooWp",
    "DID:KEY:z6MkiTBz1ymuepAQ4HEHYSF1H8quG5GLVVQR3djdX3mDooWp",
    "did:key:z6MkiTBz1ymuepAQ4HEHYSF1H8quG5GLVVQR3djdX3mDooWp#key",
    "did:key:z6MkiTBz1ymuepAQ4HEHYSF1H8quG5GLVVQR3djdX3mDooWp ",
    // X25519 and P-256 keys.
    "did:key:z6LSbysY2xFMRpGMhb7tFTLMpeuPRaqaWM1yECx2AtzE3KCc",
    "did:key:zDnaerDaTF5BXEavCrfRZEk316dpbLsfPDZ3WJ5hRTPFU2169",
  ])
  func otherTextsAreNoDIDs(_ text: String) {
    #expect(throws: IdentityTextError.notDID) { try DID(text: text) }
  }

  @Test func everyKeyHasOneText() throws {
    var random = SplitMix(state: 120)
    for _ in 0..<2_000 {
      let did = DID(rootKey: SigningPublicKey(bytes: try random.octets32()))
      #expect(try DID(text: did.text) == did)
      #expect(did.text.hasPrefix("did:key:z6Mk"))
    }
  }

  @Test func aLongTextCostsLittle() {
    let text = "did:key:z" + String(repeating: "z", count: 1_000_000)
    #expect(throws: IdentityTextError.notDID) { try DID(text: text) }
  }

  // MARK: Safety numbers

  @Test func aSafetyNumberHasSixtyDigitsAndNoDirection() throws {
    var random = SplitMix(state: 121)
    var seen: Set<String> = []
    for _ in 0..<8 {
      let first = DID(rootKey: SigningPublicKey(bytes: try random.octets32()))
      let second = DID(rootKey: SigningPublicKey(bytes: try random.octets32()))
      let number = SafetyNumber(first, second)
      #expect(number == SafetyNumber(second, first))
      let groups = number.description.split(separator: " ")
      #expect(
        groups.count == 12 && groups.allSatisfy { $0.count == 5 && $0.allSatisfy(\.isNumber) }
      )
      #expect(seen.insert(number.description).inserted)
    }
  }

  // MARK: Cards as text

  @Test func aCardIsOneLine() throws {
    var random = SplitMix(state: 122)
    for _ in 0..<50 {
      let agent = try TestAgent(from: &random)
      let text = agent.card.text
      #expect(text.hasPrefix("dmpcard1:") && !text.contains { $0.isWhitespace || $0 == "=" })
      #expect(try Verified<Card>(text: text).bytes == agent.card.bytes)
      #expect(try Verified<Card>(text: "\n \t\(text)\r\n").bytes == agent.card.bytes)
    }
  }

  @Test func otherTextsAreNoCards() throws {
    var random = SplitMix(state: 123)
    let text = try TestAgent(from: &random).card.text
    let (head, tail) = (text.prefix(60), text.dropFirst(60))
    let broken: [String] = [
      "", "dmpcard1", "dmpcard2:\(text.dropFirst(9))", "DMPCARD1:\(text.dropFirst(9))",
      "\(text)=", "dmpcard1: \(text.dropFirst(9))", "\(head)\n\(tail)", "\(text)é",
      "\(head)+\(tail.dropFirst())",
    ]
    for text in broken {
      #expect(throws: CardTextError.text(.notCard)) { try Verified<Card>(text: text) }
    }
    #expect(throws: CardTextError.object(.encoding(CBORError(.truncated, at: 0)))) {
      try Verified<Card>(text: "dmpcard1:")
    }
  }

  /// Bits that no byte holds, and a character too many (RFC 4648 §3.5).
  @Test(arguments: ["dmpcard1:hB", "dmpcard1:hEN", "dmpcard1:hEMoB", "dmpcard1:h"])
  func base64HasOneForm(_ text: String) {
    #expect(throws: CardTextError.text(.notCard)) { try Verified<Card>(text: text) }
  }

  // MARK: Names

  @Test func octetsKeepTheirBytes() throws {
    let bytes = hex("00112233445566778899aabbccddeeff")
    let device = try #require(DeviceID(bytes))
    #expect(device.array == bytes && device.description == hex(bytes))
    let session = try #require(SessionID(bytes.prefix(8)))
    #expect(session.array == Array(bytes.prefix(8)) && session.description == hex(bytes.prefix(8)))
    for count in [0, 7, 9, 15, 17] {
      #expect(SessionID(bytes.prefix(count)) == nil || count == 8)
      #expect(DeviceID((bytes + [0]).prefix(count)) == nil)
    }
    let seed = RandomSource.seeded(Bytes32())
    #expect(DeviceID(from: seed) != DeviceID(from: seed))
    #expect(SessionID(from: seed) != SessionID(from: seed))
  }
}

import DMP
import JanusCrypto
import Testing

@Suite struct SignedObjectTests {
  private let alice: TestAgent
  private let bob: TestAgent
  private let carol: TestAgent

  init() throws {
    var random = SplitMix(state: 100)
    alice = try TestAgent(from: &random)
    bob = try TestAgent(from: &random)
    carol = try TestAgent(from: &random)
  }

  /// Reads back the same object and the same bytes; checks its signature.
  private func check<Object: SignedObject>(_ object: Object, by key: borrowing SigningSecretKey)
    throws
  {
    let publicKey = key.publicKey
    let made = try Verified(signing: object, with: key)
    let read = try Signed<Object>(decoding: made.bytes[...])
    #expect(read.claim == object && read.bytes == made.bytes)
    let verified = try read.verified(by: publicKey)
    #expect(verified.value == object && verified.signer == publicKey)
    #expect(verified.digest == SHA256.digest32(made.bytes))
  }

  @Test func everyObjectReadsBackTheSame() throws {
    var random = SplitMix(state: 101)
    for _ in 0..<200 {
      let agent = try TestAgent(from: &random)
      try check(agent.certificate.value, by: agent.rootKey())
      try check(agent.card.value, by: agent.signingKey())
      let device: DeviceID? = random.maybe { $0.octets16() }
      try check(
        Revocation(did: agent.did, device: device, sequence: random.number(), reason: 99),
        by: agent.rootKey()
      )
      try check(random.knock(to: bob), by: agent.signingKey())
      try check(random.accept(), by: agent.signingKey())
      try check(
        random.groupRecord(of: [agent, alice, bob], epoch: UInt32(random.next() % 2)),
        by: agent.signingKey()
      )
      try check(
        AuditPoint(count: random.number(), head: random.octets32(), time: random.number()),
        by: agent.signingKey()
      )
    }
  }

  // MARK: Envelope

  @Test func theEnvelopeIsThatOfRFC9052() throws {
    let bytes = alice.certificate.bytes
    var reader = CBORReader(bytes)
    #expect(try reader.array() == 4)
    #expect(try reader.bytes() == hex("a10127")[...])
    #expect(try reader.map() == 0)
    let payload = try reader.bytes()
    let signature = try Signature(bytes: Array(try reader.bytes(exactly: 64)))
    try reader.end()
    var structure = CBORWriter()
    structure.array(4)
    structure.text("Signature1")
    structure.bytes(hex("a10127"))
    structure.bytes("dmp1 certificate".utf8)
    structure.bytes(payload)
    #expect(alice.did.rootKey.isValid(signature, for: structure.bytes))
  }

  @Test(arguments: [
    // Tagged, three parts, other algorithm, empty and text headers, unprotected ones, detached.
    ("d2 84 43a10127 a0 40", CBORError.Reason.expected(.array)), ("83 43a10127 a0 40", .notSigned),
    ("85 43a10127 a0 40 40 40", .notSigned), ("84 43a10126 a0 40 40", .notSigned),
    ("84 40 a0 40 40", .notSigned), ("84 a10127 a0 40 40", .expected(.bytes)),
    ("84 43a10127 a10126 40 40", .notSigned), ("84 43a10127 a0 f6 40", .expected(.bytes)),
    ("84 43a10127 a0 40 40", .wrongLength), ("", .truncated), ("84", .truncated),
  ])
  func otherEnvelopesAreRefused(_ text: String, _ reason: CBORError.Reason) {
    let error = #expect(throws: ObjectError.self) {
      try Signed<AuditPoint>(decoding: hex(text)[...])
    }
    guard case .encoding(let inner) = error else {
      Issue.record("\(String(describing: error))")
      return
    }
    #expect(inner.reason == reason)
  }

  @Test func aChangedByteIsRefused() throws {
    let bytes = alice.certificate.bytes
    for index in bytes.indices {
      var changed = bytes
      changed[index] ^= 1
      let error = #expect(throws: ObjectError.self) {
        try Signed<Certificate>(decoding: changed[...]).verified()
      }
      #expect(error != nil, "byte \(index)")
    }
    #expect(throws: ObjectError.encoding(CBORError(.trailingBytes, at: bytes.count))) {
      try Signed<Certificate>(decoding: (bytes + [0])[...])
    }
  }

  // MARK: Contexts

  @Test func everyContextIsDistinctAndNoneBeginsAnother() {
    let contexts = SignatureContext.allCases.map(\.rawValue)
    for (index, context) in contexts.enumerated() {
      #expect(context.hasPrefix("dmp1 "))
      for other in contexts[(index + 1)...] {
        #expect(!context.hasPrefix(other) && !other.hasPrefix(context))
      }
    }
    #expect(SignatureContext.allCases.count == 7)
  }

  /// An object of one type with the payload of another: the signature is for its context only.
  private struct Impostor: SignedObject {
    static let context = SignatureContext.certificate
    static let byteLimit = 512
    var point: AuditPoint

    init(point: AuditPoint) { self.point = point }

    init(payload reader: inout CBORReader) throws(CBORError) {
      point = try AuditPoint(payload: &reader)
    }

    func write(to writer: inout CBORWriter) { point.write(to: &writer) }
  }

  @Test func contextConfusionIsRefused() throws {
    let point = AuditPoint(count: 1, head: Bytes32(), time: 2)
    let key = try alice.signingKey()
    let other = try Verified(signing: Impostor(point: point), with: key)
    let publicKey = key.publicKey
    let signed = try Signed<AuditPoint>(decoding: other.bytes[...])
    #expect(signed.claim == point)
    #expect(throws: ObjectError.notAuthentic) { try signed.verified(by: publicKey) }
    _ = try Signed<Impostor>(decoding: other.bytes[...]).verified(by: publicKey)
  }

  // MARK: Keys

  @Test func onlyTheRootKeySignsCertificatesAndRevocations() throws {
    let forged = try Verified(signing: alice.certificate.value, with: bob.rootKey())
    #expect(throws: ObjectError.notAuthentic) { try forged.signed.verified() }
    let own = try Verified(signing: alice.certificate.value, with: alice.signingKey())
    #expect(throws: ObjectError.notAuthentic) { try own.signed.verified() }
    let revocation = Revocation(did: alice.did, device: nil, sequence: 1, reason: 0)
    _ = try Verified(signing: revocation, with: alice.rootKey()).signed.verified()
    let device = try Verified(signing: revocation, with: alice.signingKey())
    #expect(throws: ObjectError.notAuthentic) { try device.signed.verified() }
  }

  @Test func aCardIsSignedByItsCertificatesDevice() throws {
    #expect(try alice.card.signed.verified().value == alice.card.value)
    #expect(alice.card.did == alice.did)
    let byRoot = try Verified(signing: alice.card.value, with: alice.rootKey())
    #expect(throws: ObjectError.notAuthentic) { try byRoot.signed.verified() }
    var stolen = alice.card.value
    stolen.certificate = try Verified(
      signing: alice.certificate.value,
      with: bob.rootKey()
    ).signed
    let card = try Verified(signing: stolen, with: alice.signingKey())
    #expect(throws: ObjectError.notAuthentic) { try card.signed.verified() }
  }

  /// The identity point, and a point of order 8: they verify nothing.
  @Test(arguments: [
    "0100000000000000000000000000000000000000000000000000000000000000",
    "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
    "0000000000000000000000000000000000000000000000000000000000000000",
  ])
  func aSmallOrderRootKeySignsNothing(_ key: String) throws {
    var certificate = alice.certificate.value
    certificate.did = DID(rootKey: try SigningPublicKey(bytes: hex(key)))
    let signed = try Verified(signing: certificate, with: alice.rootKey()).signed
    #expect(throws: ObjectError.notAuthentic) { try signed.verified() }
    // R the same point, S zero: valid for any message where small order is let through.
    let unsigned: [UInt8] = signed.bytes.dropLast(64)
    let forged: [UInt8] = unsigned + hex(key) + [UInt8](repeating: 0, count: 32)
    #expect(throws: ObjectError.notAuthentic) {
      try Signed<Certificate>(decoding: forged[...]).verified()
    }
  }

  @Test func aKeyWithTwoEncodingsIsRefused() throws {
    let bytes = alice.certificate.bytes
    let key = alice.certificate.value.linkKey.bytes.array
    let start = try #require(bytes.indices.first { bytes[$0...].starts(with: key) })
    var changed = bytes
    // 2^255 - 19, which is zero once more.
    changed.replaceSubrange(start..<start + 32, with: [0xed] + [UInt8](repeating: 0xff, count: 31))
    changed[start + 31] = 0x7f
    #expect(throws: ObjectError.encoding(CBORError(.outOfRange, at: start - 2))) {
      try Signed<Certificate>(decoding: changed[...])
    }
  }

  // MARK: Group records

  @Test func aGroupRecordHoldsTogether() throws {
    var random = SplitMix(state: 102)
    let record = try random.groupRecord(of: [alice, bob, carol], epoch: 1)
    let signed = try Verified(signing: record, with: alice.signingKey()).signed
    let verified = try VerifiedGroupRecord(signed)
    #expect(verified.members.map(\.did) == [alice, bob, carol].map(\.did).sorted())
    #expect(verified.record.value == record)

    let byMember = try Verified(signing: record, with: bob.signingKey()).signed
    #expect(throws: ObjectError.notAuthentic) { try VerifiedGroupRecord(byMember) }

    var otherGroup = record
    otherGroup.salt = random.octets16()
    let moved = try Verified(signing: otherGroup, with: alice.signingKey()).signed
    #expect(throws: ObjectError.inconsistent) { try VerifiedGroupRecord(moved) }

    let outside = GroupRecord(
      epoch: 0,
      previous: nil,
      cards: [bob.card.signed, carol.card.signed],
      name: "x",
      admin: alice.did,
      time: 0,
      salt: random.octets16()
    )
    let stranger = try Verified(signing: outside, with: alice.signingKey()).signed
    #expect(throws: ObjectError.inconsistent) { try VerifiedGroupRecord(stranger) }
  }

  @Test func aGroupRecordsMembersAreDistinctAndOrdered() throws {
    var random = SplitMix(state: 103)
    var record = try random.groupRecord(of: [alice, bob], epoch: 0)
    let key = try alice.signingKey()
    record.cards = [alice.card.signed, alice.card.signed]
    #expect(throws: ObjectError.self) { try Verified(signing: record, with: key) }
    record.cards = [alice, bob].map(\.card.signed).sorted {
      $0.claim.certificate.claim.did > $1.claim.certificate.claim.did
    }
    #expect(throws: ObjectError.self) { try Verified(signing: record, with: key) }
    record.cards.reverse()
    _ = try Verified(signing: record, with: key)
    record.previous = Bytes32()
    #expect(throws: ObjectError.self) { try Verified(signing: record, with: key) }
  }

  // MARK: Time

  @Test(
    arguments: [
      (699, Certificate.Validity.notYet), (700, .current), (1_000, .current), (2_300, .current),
      (2_301, .expired), (0, .notYet), (.max, .expired),
    ] as [(UInt64, Certificate.Validity)]
  )
  func aCertificateHoldsBetweenItsTimesAndTheSkew(_ now: UInt64, _ validity: Certificate.Validity) {
    var certificate = alice.certificate.value
    certificate.notBefore = 1_000
    certificate.expiry = 2_000
    #expect(certificate.validity(at: now) == validity)
  }

  @Test func aCertificateEndsAfterItBegins() throws {
    var certificate = alice.certificate.value
    certificate.expiry = certificate.notBefore
    let key = try alice.rootKey()
    #expect(throws: ObjectError.self) { try Verified(signing: certificate, with: key) }
  }
}

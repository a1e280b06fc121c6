import DMP
import JanusCrypto

/// An agent with its keys' seeds, as a test needs it.
struct TestAgent {
  var rootSeed: [UInt8]
  var signingSeed: [UInt8]
  var certificate: Verified<Certificate>
  var card: Verified<Card>

  var did: DID { certificate.value.did }

  func rootKey() throws -> SigningSecretKey { try SigningSecretKey(seed: rootSeed.span.bytes) }

  func signingKey() throws -> SigningSecretKey {
    try SigningSecretKey(seed: signingSeed.span.bytes)
  }

  init(from random: inout SplitMix) throws {
    let rootSeed = random.bytes(32)
    let signingSeed = random.bytes(32)
    let root = try SigningSecretKey(seed: rootSeed.span.bytes)
    let signing = try SigningSecretKey(seed: signingSeed.span.bytes)
    let claim = Certificate(
      did: DID(rootKey: root.publicKey),
      device: random.octets16(),
      signingKey: signing.publicKey,
      agreementKey: try random.x25519Key(),
      linkKey: try random.x25519Key(),
      sequence: random.number(),
      notBefore: 1_790_000_000,
      expiry: 1_790_000_000 + 365 * 86_400
    )
    let certificate = try Verified(signing: claim, with: root)
    let card = Card(
      certificate: certificate.signed,
      addresses: (0..<random.next() % 3).map { _ in "127.0.0.1:\(random.next() % 65_536)" },
      capabilities: (0..<random.next() % 3).map { _ in random.name() },
      name: random.name(),
      sequence: random.number(),
      expiry: 1_790_000_000 + 30 * 86_400
    )
    self.rootSeed = rootSeed
    self.signingSeed = signingSeed
    self.certificate = certificate
    self.card = try Verified(signing: card, with: signing)
  }
}

extension SplitMix {
  mutating func octets32() throws -> Bytes32 { try Bytes32(bytes(32)) }

  mutating func octets16<Use>(_: Use.Type = Use.self) -> Octets16<Use> {
    guard let octets = Octets16<Use>(bytes(16)) else { preconditionFailure("sixteen") }
    return octets
  }

  mutating func octets8<Use>(_: Use.Type = Use.self) -> Octets8<Use> {
    guard let octets = Octets8<Use>(bytes(8)) else { preconditionFailure("eight") }
    return octets
  }

  mutating func x25519Key<Use>(_: Use.Type = Use.self) throws -> X25519PublicKey<Use> {
    var key = bytes(32)
    key[31] &= 0x7f
    return try X25519PublicKey(bytes: key)
  }

  /// All magnitudes are equally likely.
  mutating func number() -> UInt64 { next() >> (next() % 64) }

  /// 1 to 2^63 - 1.
  mutating func sequence() -> UInt64 { max(1, number() >> 1) }

  mutating func name() -> String { "n" + text() }

  mutating func maybe<Value>(_ value: (inout SplitMix) throws -> Value) rethrows -> Value? {
    next() % 2 == 0 ? try value(&self) : nil
  }

  mutating func body() throws -> Body { try Body(bodyValue(depth: 3)) }

  mutating func received() -> ReceivedNumbers {
    var end = next() % 1_000
    let upTo = end
    let above = (0..<next() % 4).map { _ in
      let from = end + 2 + next() % 100
      end = from + next() % 5
      return from...end
    }
    guard let received = ReceivedNumbers(upTo: upTo, above: above) else {
      preconditionFailure("gaps of one at least")
    }
    return received
  }

  mutating func boot() -> ResumeFrame.Boot {
    ResumeFrame.Boot(count: number(), nonce: octets16())
  }

  // MARK: Signed objects

  mutating func knock(to agent: TestAgent) throws -> Knock {
    Knock(
      to: agent.did,
      nonce: octets16(),
      linkHash: try octets32(),
      versions: bytes(1 + Int(next() % 3)),
      suites: bytes(1 + Int(next() % 3)),
      features: (0..<next() % 3).map { _ in name() },
      criticalFeatures: (0..<next() % 2).map { _ in name() },
      intent: name(),
      action: text(),
      urgency: Knock.Urgency.allCases.randomElement(using: &self) ?? .low,
      ttlMilliseconds: number(),
      replaces: maybe { $0.octets8() },
      why: Knock.Why.allCases.randomElement(using: &self) ?? .new
    )
  }

  mutating func accept() throws -> Accept {
    Accept(
      knock: try octets32(),
      version: UInt8(truncatingIfNeeded: next()),
      suite: UInt8(truncatingIfNeeded: next()),
      features: (0..<next() % 3).map { _ in name() },
      signedPrekey: try x25519Key(),
      oneTimePrekey: try maybe { try $0.x25519Key() },
      kemKey: bytes(1_184),
      expiryMilliseconds: number(),
      limits: Set((0..<next() % 5).map { _ in number() }).sorted().map {
        Accept.Limit($0, number())
      }
    )
  }

  mutating func groupRecord(of agents: [TestAgent], epoch: UInt32) throws -> GroupRecord {
    GroupRecord(
      epoch: epoch,
      previous: epoch == 0 ? nil : try octets32(),
      cards: agents.map(\.card.signed),
      name: name(),
      admin: agents[0].did,
      time: number(),
      salt: octets16()
    )
  }

  // MARK: Frames

  mutating func resume() -> ResumeFrame {
    ResumeFrame(
      session: maybe { $0.octets8() },
      incarnation: octets8(),
      boot: boot(),
      base: sequence(),
      peerIncarnation: maybe { $0.octets8() },
      received: received(),
      cardSequence: number(),
      peerBoot: maybe { $0.boot() }
    )
  }

  mutating func initial() throws -> InitialFrame {
    InitialFrame(
      accept: try octets32(),
      ephemeralKey: try x25519Key(),
      kemCiphertext: bytes(1_088),
      ratchet: bytes(90 + Int(next() % 100))
    )
  }

  // MARK: Contents

  mutating func content(_ kind: Content.Kind, agents: [TestAgent], arena: SecretArena) throws
    -> Content
  {
    switch kind {
    case .open:
      return .open(
        OpenContent(intent: name(), windowMessages: number(), windowBytes: number())
      )
    case .message:
      return .message(
        MessageContent(
          sequence: sequence(),
          body: try body(),
          intent: maybe { $0.name() },
          ttlMilliseconds: maybe { $0.number() },
          schema: try maybe { try $0.octets32() }
        )
      )
    case .ask:
      return .ask(
        AskContent(
          id: number(),
          body: try body(),
          intent: maybe { $0.name() },
          millisecondsLeft: number(),
          schema: try maybe { try $0.octets32() }
        )
      )
    case .reply:
      let failure = ReplyContent.Failure.allCases.randomElement(using: &self) ?? .handler
      let outcome: ReplyContent.Outcome =
        next() % 2 == 0
        ? .answer(try body()) : .failure(failure, path: maybe { $0.text() })
      return .reply(ReplyContent(id: number(), outcome: outcome))
    case .cancel: return .cancel(id: number())
    case .receipt: return .receipt(receipt())
    case .beat, .beatAnswer:
      let beat = BeatContent(
        timeMilliseconds: number(),
        auditHead: try maybe { try $0.octets32() }
      )
      return kind == .beat ? .beat(beat) : .beatAnswer(beat)
    case .senderKey: return .senderKey(try senderKey(arena: arena))
    case .groupRecord:
      let record = try groupRecord(of: agents, epoch: UInt32(next() % 3))
      return .groupRecord(try Verified(signing: record, with: agents[0].signingKey()).signed)
    case .groupWant: return .groupWant(group: try octets32(), chain: octets16())
    case .groupAnswer: return .groupAnswer(group: try octets32(), joins: next() % 2 == 0)
    case .bye: return .bye(next() % 2 == 0 ? .closed : .untrusted)
    case .skip: return .skip(base: sequence())
    }
  }

  private mutating func receipt() -> ReceiptContent {
    ReceiptContent(
      incarnation: octets8(),
      delivered: received(),
      read: received(),
      windowMessages: number(),
      windowBytes: number(),
      chains: (0..<next() % 3).map { _ in
        ReceiptContent.Chain(octets16(), UInt32(truncatingIfNeeded: next()))
      },
      refused: (0..<next() % 3).map { index in
        ReceiptContent.Refused(
          1 + index * 7,
          ReceiptContent.Refusal.allCases.randomElement(using: &self) ?? .schema
        )
      }
    )
  }

  private mutating func senderKey(arena: SecretArena) throws -> SenderKeyContent {
    let key = bytes(32)
    return SenderKeyContent(
      group: try octets32(),
      epoch: UInt32(truncatingIfNeeded: next()),
      chain: octets16(),
      iteration: UInt32(next() >> 33),
      chainKey: SharedSecret(try Secret32(copying: key.span.bytes, in: arena)),
      signingKey: SigningPublicKey(bytes: try octets32()),
      record: try octets32()
    )
  }
}

extension Content {
  var encoded: [UInt8] {
    var writer = CBORWriter()
    write(to: &writer)
    return writer.bytes
  }
}

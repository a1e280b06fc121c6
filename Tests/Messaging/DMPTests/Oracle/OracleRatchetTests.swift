import DMP
import JanusCrypto
import Testing

/// Both implementations write the same frames of a conversation, and open the same ones.
@Suite(.enabled(if: Oracle.isThere, "\(Oracle.absence)")) struct OracleRatchetTests {
  private let arena = SecretArena()

  @Test func conversationsOfTheOtherSideAreOurs() throws {
    var done: [String: Int] = [:]
    for line in try Oracle.lines(Oracle.run("generate.py", ["ratchets", "25", "5"])) {
      try line.check(arena: arena)
      guard line.has("steps") else { continue }
      for step in try line.list("steps").map(OracleLine.init) {
        done[try step.text("do"), default: 0] += 1
      }
    }
    for what in ["send", "open", "old"] { #expect(done[what] ?? 0 > 25, "\(what)") }
  }

  @Test func conversationsOfOursAreTheOtherSides() throws {
    var random = SplitMix(state: 230)
    var lines: [JSON] = []
    for index in 0..<25 {
      let agreement = try OracleAgreement(from: &random, arena: arena)
      let shown = OracleAgreement.shown(try agreement.responded())
      let conversation = try OracleConversation(agreement, firstKey: nil, seed: UInt64(index))
      let steps = try talk(conversation, &random)
      guard case .object(var fields) = agreement.line.json else { continue }
      fields["kind"] = "ratchet"
      fields["steps"] = .list(steps)
      lines.append(.object(fields.merging(shown) { first, _ in first }))
    }
    #expect(try Oracle.check(lines) == ["ratchet": 25])
  }

  /// Who speaks when, what comes late and what comes twice, is drawn.
  private func talk(
    _ conversation: OracleConversation,
    _ random: inout SplitMix
  ) throws -> [JSON] {
    var steps: [JSON] = []
    var sent: [(to: OracleConversation.Side, type: FrameType, frame: [UInt8])] = []
    var waiting: [Int] = []

    func send(_ side: OracleConversation.Side, _ type: FrameType) throws {
      let content = random.bytes(1 + Int(random.next() % 60))
      let block = random.next() % 2 == 0 ? 1 : 256
      let frame = try conversation.send(
        content,
        from: side,
        type: type,
        block: block,
        nonce: random.bytes(24),
        key: nil
      )
      let secret = conversation.ownKeys[side] ?? []
      steps.append([
        "do": "send", "side": .text(side.rawValue), "secret": .bytes(secret),
        "type": .number(type.rawValue), "content": .bytes(content), "block": .number(block),
        "frame": .bytes(frame),
      ])
      waiting.append(sent.count)
      sent.append((side == .initiator ? .responder : .initiator, type, frame))
    }

    func receive(_ number: Int) throws {
      let (side, type, frame) = sent[number]
      let content = try conversation.open(frame, at: side, type: type)
      steps.append([
        "do": content == nil ? "old" : "open", "side": .text(side.rawValue),
        "frame": .number(number),
      ])
    }

    try send(.initiator, .initial)
    try receive(waiting.removeLast())
    try send(.responder, .ratchet)
    try receive(waiting.removeLast())
    for _ in 0..<40 {
      switch random.next() % 20 {
      case 0..<9 where !waiting.isEmpty:
        try receive(waiting.remove(at: Int(random.next() % UInt64(waiting.count))))
      case 9...10:
        try receive(
          sent.indices.filter { !waiting.contains($0) }.randomElement(using: &random) ?? 0)
      default:
        try send(random.next() % 2 == 0 ? .initiator : .responder, .ratchet)
      }
    }
    return steps
  }
}

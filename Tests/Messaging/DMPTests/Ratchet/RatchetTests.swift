import DMP
import JanusCrypto
import JanusTestSupport
import Testing

@Suite struct RatchetTests {
  // MARK: What must work

  /// The bytes were computed by a separate program (Python, PyNaCl): root key and AD of the
  /// agreement's known answer, the ratchet key 08…, the nonce 00 01 02….
  @Test func theFirstFrameIsThatOfTheWireFormat() throws {
    let arena = SecretArena()
    func key(_ byte: UInt8) throws -> AgreementSecretKey {
      let bytes = [UInt8](repeating: byte, count: 32)
      return AgreementSecretKey(secret: try Secret32(copying: bytes.span.bytes, in: arena))
    }
    let secrets = try KnownAgreement.secrets(arena)
    let random = RandomSource { memory in
      memory.initializeMemory(as: UInt8.self, repeating: 8)
    }
    var ratchet = try Ratchet.initiator(
      secrets,
      signedPrekey: key(4).publicKey,
      random: random,
      now: 0,
      arena: arena
    )
    let content = Array("hello".utf8)
    let nonce = [UInt8](0..<24)
    var frame = [UInt8](repeating: 0, count: Ratchet.sealedByteCount(5))
    var span = frame.mutableSpan
    try span.withUnsafeMutableBytes { output throws(RatchetError) in
      try content.span.bytes.withUnsafeBytes { content throws(RatchetError) in
        try nonce.span.bytes.withUnsafeBytes { nonce throws(RatchetError) in
          guard let nonce = nonce.baseAddress else { return }
          try ratchet.seal(
            content,
            frameType: .initial,
            nonce: nonce,
            random: random,
            now: 0,
            into: output
          )
        }
      }
    }
    let expected = """
      e3e93ebe2a1c2054
      31d4ab6aceec961137917037936e60716fac573afe94d9da84a8020448dfc112
      00000000 00000000 000102030405060708090a0b0c0d0e0f1011121314151617
      8a26705dd02ccf6e008d81bdaecd166f7892aad94f2e
      """
    #expect(try frame == [UInt8](hexadecimal: expected))
  }

  @Test func messagesGoBothWaysThroughManyKeys() throws {
    let pair = try RatchetPair()
    var keys: Set<[UInt8]> = []
    for round in 0..<50 {
      let side: RatchetPair.Side = round % 2 == 0 ? .initiator : .responder
      pair.now += 100
      for part in 0..<3 {
        let frame = try pair.seal("\(round).\(part)", from: side)
        keys.insert(Array(frame[8..<40]))
        #expect(try pair.open(frame, at: side.other) == "\(round).\(part)")
      }
    }
    #expect(keys.count == 50)
  }

  @Test func contentsOfAllSizesComeBack() throws {
    let pair = try RatchetPair.talking()
    for count in [0, 1, 255, 256, 257, 65_536] {
      for padding in [1, 256] {
        let text = String(repeating: "x", count: count)
        let frame = try pair.seal(text, from: .responder, padding: padding)
        #expect((frame.count - 72 - 16) % padding == 0)
        #expect(try pair.open(frame, at: .initiator) == text)
      }
    }
  }

  @Test func messagesOfOneChainComeInAnyOrder() throws {
    let pair = try RatchetPair.talking()
    let frames = try (0..<20).map { try pair.seal("\($0)", from: .initiator) }
    for index in [7, 0, 19, 3, 18, 1, 2, 6, 5, 4, 8, 17, 9, 16, 10, 15, 11, 14, 12, 13] {
      #expect(try pair.open(frames[index], at: .responder) == "\(index)")
    }
    for frame in frames { #expect(try pair.open(frame, at: .responder) == nil) }
  }

  @Test func messagesOfEarlierChainsComeLate() throws {
    let pair = try RatchetPair.talking()
    let late = try (0..<3).map { try pair.seal("late \($0)", from: .initiator) }
    #expect(try pair.open(late[1], at: .responder) == "late 1")
    for _ in 0..<2 {
      for side in [RatchetPair.Side.responder, .initiator] {
        pair.now += 1_000
        #expect(try pair.open(pair.seal("turn", from: side), at: side.other) == "turn")
      }
    }
    #expect(try pair.open(late[2], at: .responder) == "late 2")
    #expect(try pair.open(late[0], at: .responder) == "late 0")
    #expect(try pair.open(late[0], at: .responder) == nil)
  }

  @Test func theResponderCannotSendFirst() throws {
    let pair = try RatchetPair()
    let before = try pair.state(of: .responder)
    #expect(throws: RatchetError.nothingReceived) { try pair.seal("no", from: .responder) }
    #expect(try pair.state(of: .responder) == before)
  }

  @Test func storedStateGoesOn() throws {
    let pair = try RatchetPair.talking()
    let late = try pair.seal("late", from: .initiator)
    #expect(try pair.open(pair.seal("next", from: .initiator), at: .responder) == "next")
    for side in RatchetPair.Side.allCases {
      let state = try pair.state(of: side)
      try pair.restore(side, from: state)
      #expect(try pair.state(of: side) == state)
    }
    #expect(try pair.open(late, at: .responder) == "late")
    #expect(try pair.open(pair.seal("back", from: .responder), at: .initiator) == "back")
  }

  @Test func storedStateThatWasCutIsRefused() throws {
    let pair = try RatchetPair.talking()
    let state = try pair.state(of: .initiator)
    for count in 0..<state.count {
      #expect(throws: RatchetError.malformed) {
        try pair.restore(.initiator, from: Array(state[..<count]))
      }
    }
    #expect(throws: RatchetError.malformed) { try pair.restore(.initiator, from: state + [0]) }
  }

  /// A clone of a session repeats a message key at worst, never a key with its nonce.
  @Test func aRestoredCopyDoesNotRepeatKeyAndNonce() throws {
    let pair = try RatchetPair.talking()
    let state = try pair.state(of: .initiator)
    let first = try pair.seal("one", from: .initiator)
    try pair.restore(.initiator, from: state)
    let second = try pair.seal("two", from: .initiator)
    #expect(first[..<48] == second[..<48])
    #expect(first[48..<72] != second[48..<72])
  }

  // MARK: Turns

  @Test func aSideTurnsAfterTheMinimumOnly() throws {
    let pair = try RatchetPair.talking()
    let start = pair.now
    // The responder turns now, and its next key may come 100 ms later.
    #expect(try pair.open(pair.seal("a", from: .responder), at: .initiator) == "a")
    #expect(try pair.open(pair.seal("b", from: .initiator), at: .responder) == "b")
    var keys: [[UInt8]] = []
    for elapsed: UInt64 in [0, 99, 100, 101] {
      pair.now = start + elapsed
      let frame = try pair.seal("c", from: .responder)
      keys.append(Array(frame[8..<40]))
      #expect(try pair.open(frame, at: .initiator) == "c")
    }
    #expect(keys[0] == keys[1] && keys[1] != keys[2] && keys[2] == keys[3])
  }

  @Test func noSideTurnsTwiceWithoutAnAnswer() throws {
    let pair = try RatchetPair.talking()
    let first = try pair.seal("a", from: .responder)
    pair.now += 10_000
    let second = try pair.seal("b", from: .responder)
    #expect(first[8..<40] == second[8..<40])
  }

  /// A model of two sides and a channel that loses, doubles and reorders: each message arrives at
  /// most once, with its own text, and nothing else happens.
  @Test(arguments: [1, 2, 3, 4] as [UInt8])
  func anyOrderLossAndRepetitionIsSurvived(_ seed: UInt8) throws {
    let random = RandomSource.seeded(try Bytes32([UInt8](repeating: seed, count: 32)))
    func below(_ bound: Int) -> Int {
      random.bytes(4).reduce(0) { $0 << 8 | Int($1) } % bound
    }
    let pair = try RatchetPair.talking(random: random)
    var flying: [(to: RatchetPair.Side, frame: [UInt8], text: String)] = []
    var arrived: Set<String> = []
    var opened = 0
    for step in 0..<3_000 {
      pair.now += UInt64(below(60))
      if below(2) == 0 || flying.isEmpty {
        let side = RatchetPair.Side.allCases[below(2)]
        let text = "\(side) \(step)"
        flying.append((side.other, try pair.seal(text, from: side), text))
        if flying.count > 30 { flying.remove(at: below(flying.count)) }
        continue
      }
      // Mostly near the front, so that few are older than the chains that are kept.
      let index = below(min(flying.count, 4))
      let (side, frame, text) = flying[index]
      if below(10) > 0 { flying.remove(at: index) }
      do throws(RatchetError) {
        let result = try pair.open(frame, at: side)
        #expect(result == nil ? arrived.contains(text) : arrived.insert(text).inserted)
        if let result {
          #expect(result == text)
          opened += 1
        }
      } catch {
        // Only a chain that was left long ago may fail, and then without a trace.
        #expect(error == .unexpectedKey || error == .notAuthentic || error == .malformed)
      }
    }
    #expect(opened > 800, "\(opened)")
  }
}

import DMP
import JanusCrypto
import Testing

@Suite struct ContentTests {
  private let arena = SecretArena()
  private let agents: [TestAgent]

  init() throws {
    var random = SplitMix(state: 130)
    agents = try (0..<3).map { _ in try TestAgent(from: &random) }
  }

  private func decode(_ bytes: [UInt8]) throws(CBORError) -> Content {
    try Content(decoding: bytes[...], secretsIn: arena)
  }

  @Test(arguments: Content.Kind.allCases)
  func everyKindReadsBackTheSame(_ kind: Content.Kind) throws {
    var random = SplitMix(state: 131 + kind.rawValue)
    for _ in 0..<300 {
      let content = try random.content(kind, agents: agents, arena: arena)
      let bytes = content.encoded
      #expect(Array(bytes[1...2]) == [0, UInt8(kind.rawValue)])
      let read = try decode(bytes)
      #expect(read == content && read.encoded == bytes)
    }
  }

  @Test func kindsOfLaterVersionsAreIgnored() throws {
    #expect(try decode(hex("a1 00 1880")) == .unknown(kind: 128))
    #expect(try decode(hex("a2 00 1bffffffffffffffff 61 ff")) == .unknown(kind: .max))
    #expect(throws: CBORError(.outOfRange, at: 2)) { try decode(hex("a1 00 187f")) }
    #expect(throws: CBORError(.outOfRange, at: 2)) { try decode(hex("a1 00 0e")) }
    #expect(throws: CBORError(.missingField(0), at: 2)) { try decode(hex("a1 0100")) }
  }

  @Test(arguments: [
    // A message without a body, with number 0 or 2^63, with an empty intent, with a field too many.
    ("a2 0001 0101", CBORError.Reason.missingField(2)), ("a3 0001 0100 02f6", .outOfRange),
    ("a3 0001 01 1b8000000000000000 02f6", .outOfRange),
    ("a4 0001 0101 02f6 0360", .wrongLength), ("a4 0001 0101 02f6 06f6", .unknownField(6)),
    ("a4 0001 0101 02f6 05 41ff", .wrongLength), ("a3 0001 0101 02f7", .simpleValue),
    // Replies: with answer and failure, with neither, with an unknown failure.
    ("a4 0003 0101 02f6 0301", .unknownField(3)), ("a2 0003 0101", .missingField(3)),
    ("a3 0003 0101 0300", .outOfRange), ("a3 0003 0101 0309", .outOfRange),
    ("a3 0003 0101 0460", .missingField(3)),
    // Cancel, bye, skip.
    ("a1 0004", .missingField(1)), ("a2 000c 0100", .outOfRange), ("a2 000c 0103", .outOfRange),
    ("a2 000d 0100", .outOfRange),
    // Group answers are 0 or 1; a bool is none.
    (
      "a3 000b 01 5820 0000000000000000000000000000000000000000000000000000000000000000 02 02",
      .outOfRange
    ),
    (
      "a3 000b 01 5820 0000000000000000000000000000000000000000000000000000000000000000 02 f5",
      .expected(.unsigned)
    ),
  ])
  func whatIsOutOfPlaceIsRefused(_ text: String, _ reason: CBORError.Reason) {
    let error = #expect(throws: CBORError.self) { try decode(hex(text)) }
    #expect(error?.reason == reason)
  }

  // MARK: Receipts

  private func receipt(
    delivered: String = "02 05 03 80",
    read: String = "04 05 05 80",
    chains: String = "a0",
    refused: String = "80"
  ) -> String {
    "aa 0005 01 480000000000000000 \(delivered) \(read) 0600 0700 08 \(chains) 09 \(refused)"
  }

  @Test func aReceiptsRangesHaveGaps() throws {
    _ = try decode(hex(receipt(delivered: "02 05 03 81 82 07 07")))
    _ = try decode(hex(receipt(delivered: "02 05 03 82 82 07 08 82 0a 0b")))
    let refused: [String] = [
      "02 05 03 81 82 06 07",  // touches what it follows
      "02 05 03 81 82 05 07", "02 05 03 81 82 08 07",
      "02 05 03 82 82 07 08 82 09 0b",  // touch each other
      "02 05 03 82 82 0a 0b 82 07 08",
      "02 1b8000000000000000 03 80",
      "02 05 03 81 82 07 1b8000000000000000",
    ]
    for text in refused {
      let error = #expect(throws: CBORError.self) { try decode(hex(receipt(delivered: text))) }
      #expect(error?.reason == .outOfRange, "\(text)")
    }
    let error = #expect(throws: CBORError.self) {
      try decode(hex(receipt(delivered: "02 05 03 81 81 07")))
    }
    #expect(error?.reason == .wrongLength)
  }

  @Test(arguments: [(63, true), (64, true), (65, false)])
  func aReceiptHas64Ranges(_ count: Int, _ isAllowed: Bool) {
    let above: [ClosedRange<UInt64>] = (1...UInt64(count)).map { 2 * $0...2 * $0 }
    #expect((ReceivedNumbers(upTo: 0, above: above) != nil) == isAllowed)
    var writer = CBORWriter()
    writer.array(count)
    for range in above {
      writer.array(2)
      writer.unsigned(range.lowerBound)
      writer.unsigned(range.upperBound)
    }
    let text = receipt(delivered: "02 00 03 " + hex(writer.bytes))
    if isAllowed {
      #expect(throws: Never.self) { try decode(hex(text)) }
    } else {
      #expect(throws: CBORError.self) { try decode(hex(text)) }
    }
  }

  @Test func aReceiptsListsAreOrdered() throws {
    let one = "50 00000000000000000000000000000001"
    let two = "50 00000000000000000000000000000002"
    _ = try decode(hex(receipt(chains: "a2 \(one) 00 \(two) 00", refused: "82 820101 820202")))
    let refusals: [String] = [
      receipt(chains: "a2 \(two) 00 \(one) 00"), receipt(chains: "a2 \(one) 00 \(one) 00"),
      receipt(refused: "82 820201 820101"), receipt(refused: "82 820101 820101"),
      receipt(refused: "81 820100"), receipt(refused: "81 820105"), receipt(refused: "81 820001"),
      receipt(refused: "81 8101"), receipt(refused: "81 83010101"),
    ]
    for text in refusals {
      #expect(throws: CBORError.self) { try decode(hex(text)) }
    }
  }

  @Test(arguments: [(63, true), (64, true), (65, false)])
  func aReceiptHas64ChainsAndRefusals(_ count: Int, _ isAllowed: Bool) {
    var random = SplitMix(state: 140)
    let empty = ReceivedNumbers.none
    let chains = ReceiptContent(
      incarnation: random.octets8(),
      delivered: empty,
      read: empty,
      windowMessages: 0,
      windowBytes: 0,
      chains: (0..<count).map { _ in ReceiptContent.Chain(random.octets16(), 0) }
    )
    let refused = ReceiptContent(
      incarnation: random.octets8(),
      delivered: empty,
      read: empty,
      windowMessages: 0,
      windowBytes: 0,
      refused: (1...UInt64(count)).map { ReceiptContent.Refused($0, .full) }
    )
    for content in [Content.receipt(chains), .receipt(refused)] {
      if isAllowed {
        #expect(throws: Never.self) { try decode(content.encoded) }
      } else {
        #expect(throws: CBORError.self) { try decode(content.encoded) }
      }
    }
  }

  @Test func whatWasReceivedIsContained() throws {
    let received = try #require(ReceivedNumbers(upTo: 3, above: [5...6, 9...9]))
    let numbers = (0...10).filter { received.contains(UInt64($0)) }
    #expect(numbers == [0, 1, 2, 3, 5, 6, 9])
  }

  // MARK: Sender keys

  @Test func aSenderKeysIterationEndsBefore2To31() throws {
    var random = SplitMix(state: 141)
    guard
      case .senderKey(var content) = try random.content(.senderKey, agents: agents, arena: arena)
    else { return }
    for (iteration, isAllowed) in [(0x7fff_fffe, true), (0x7fff_ffff, true), (0x8000_0000, false)] {
      content.iteration = UInt32(iteration)
      if isAllowed {
        #expect(try decode(Content.senderKey(content).encoded) == .senderKey(content))
      } else {
        let error = #expect(throws: CBORError.self) {
          try decode(Content.senderKey(content).encoded)
        }
        #expect(error?.reason == .outOfRange)
      }
    }
  }

  @Test func aSenderKeyIsNotPrinted() throws {
    var random = SplitMix(state: 142)
    let content = try random.content(.senderKey, agents: agents, arena: arena)
    guard case .senderKey(let key) = content else { return }
    let secret = key.chainKey.secret.withUnsafeBytes { Array($0) }
    #expect(!"\(content)".contains(hex(secret)) && !"\(content)".contains("\(secret)"))
  }

  // MARK: Groups

  @Test func groupContentsReadBackTheSame() throws {
    var random = SplitMix(state: 143)
    for _ in 0..<300 {
      let content = GroupContent(
        sequence: random.sequence(),
        body: try random.body(),
        schema: try random.maybe { try $0.octets32() }
      )
      var writer = CBORWriter()
      content.write(to: &writer)
      #expect(try GroupContent(decoding: writer.bytes[...]) == content)
    }
    #expect(throws: CBORError(.outOfRange, at: 2)) {
      try GroupContent(decoding: hex("a2 0000 01f6")[...])
    }
  }
}

import DMP
import JanusCrypto
import Testing

/// Records and frames of an open link.
@Suite struct RecordTests {
  @Test func framesThatWaitShareARecord() throws {
    let pair = try LinkPair.open()
    for index in 0..<10 { pair.dialler.send(.ratchet, [UInt8(index)]) }
    try pair.dialler.flush()
    let bytes = pair.takeFromDialler()
    #expect(bytes.count == 2 + 10 * 9 + 16)
    try pair.give(bytes, toListener: true)
    let frames = try pair.framesOfListener()
    #expect(frames.map(\.1) == (0..<10).map { [UInt8($0)] })
  }

  /// At the limit of a record and beside it; and the greatest frame, which takes two.
  @Test(arguments: [65_518, 65_519, 65_520, 69_632 + 8])
  func framesSpanRecords(_ byteCount: Int) throws {
    let pair = try LinkPair.open()
    let body = [UInt8](repeating: 0x5A, count: byteCount - 8)
    pair.dialler.send(.ratchet, body)
    try pair.dialler.flush()
    let bytes = pair.takeFromDialler()
    let recordCount = byteCount <= 65_519 ? 1 : 2
    #expect(bytes.count == byteCount + recordCount * 18)
    #expect(Int(bytes[0]) << 8 | Int(bytes[1]) == min(byteCount + 16, 65_535))
    try pair.give(bytes, toListener: true)
    let frames = try pair.framesOfListener()
    #expect(frames.count == 1 && frames[0].1 == body)
  }

  /// Any cut of the socket's bytes gives the same frames.
  @Test(arguments: 1...8)
  func framesComeInAnyPieces(_ seed: UInt8) throws {
    let random = RandomSource.seeded(try Bytes32([UInt8](repeating: seed, count: 32)))
    func below(_ bound: Int) -> Int { random.bytes(3).reduce(0) { $0 << 8 | Int($1) } % bound }
    let pair = try LinkPair.open()
    var bodies: [[UInt8]] = []
    var bytes: [UInt8] = []
    for _ in 0..<60 {
      for _ in 0..<below(5) {
        bodies.append(random.bytes(below(10) == 0 ? below(69_633) : below(300)))
        pair.dialler.send(.ratchet, bodies[bodies.count - 1])
      }
      try pair.dialler.flush()
      bytes += pair.takeFromDialler()
    }
    var frames: [[UInt8]] = []
    while !bytes.isEmpty {
      let count = min(bytes.count, 1 + below(below(2) == 0 ? 3 : 5_000))
      try pair.give(Array(bytes[..<count]), toListener: true)
      bytes.removeFirst(count)
      frames += try pair.framesOfListener().map(\.1)
    }
    #expect(frames == bodies)
  }

  /// Lengths 0 to 16 hold no byte of content; 17 is the shortest record.
  @Test(arguments: 0...17)
  func aRecordHasContent(_ count: Int) throws {
    let pair = try LinkPair.open()
    let record = [0, UInt8(count)] + [UInt8](repeating: 0, count: count)
    let error: LinkError = count <= 16 ? .malformed : .notAuthentic
    #expect(throws: error) { try pair.give(record, toListener: true) }
    #expect(!pair.listenerIsOpen)
  }

  /// Frames before a bad record still count; nothing after it does.
  @Test func aBadRecordEndsTheLink() throws {
    let pair = try LinkPair.open()
    pair.dialler.send(.card, [1])
    try pair.dialler.flush()
    let good = pair.takeFromDialler()
    pair.dialler.send(.card, [2])
    try pair.dialler.flush()
    var bad = pair.takeFromDialler()
    bad[bad.count - 1] ^= 1
    #expect(throws: LinkError.notAuthentic) { try pair.give(good + bad, toListener: true) }
    #expect(try pair.framesOfListener().map(\.1) == [[1]])
    #expect(throws: LinkError.closed) { try pair.give(good, toListener: true) }
  }

  @Test func recordsCannotBeLeftOutRepeatedOrSwapped() throws {
    for order in [[1], [0, 0], [1, 0]] {
      let pair = try LinkPair.open()
      let records = try (0..<2).map { index in
        pair.dialler.send(.card, [UInt8(index)])
        try pair.dialler.flush()
        return pair.takeFromDialler()
      }
      #expect(throws: LinkError.notAuthentic) {
        try pair.give(order.flatMap { records[$0] }, toListener: true)
      }
    }
  }

  @Test func ownRecordsSentBackAreRefused() throws {
    let pair = try LinkPair.open()
    pair.dialler.send(.card, [1])
    try pair.dialler.flush()
    let record = pair.takeFromDialler()
    #expect(throws: LinkError.notAuthentic) { try pair.give(record, toListener: false) }
  }

  @Test func unknownFramesAreSteppedOverAndCounted() throws {
    let pair = try LinkPair.open()
    for type in FrameType.grease + [0x0AB7, 0x0AB4, 0xFFFF] {
      pair.dialler.sendGrease(type: type, [1, 2, 3])
    }
    pair.dialler.send(.card, [7])
    try pair.dialler.flush()
    try pair.give(pair.takeFromDialler(), toListener: true)
    #expect(try pair.framesOfListener().map(\.1) == [[7]])
    #expect(pair.listenerSkippedFrameCount == 5)
  }

  @Test func handshakeFramesDoNotComeTwice() throws {
    for type in [FrameType.link1, .link2, .link3] {
      let pair = try LinkPair.open()
      pair.dialler.send(type, [1])
      try pair.dialler.flush()
      try pair.give(pair.takeFromDialler(), toListener: true)
      #expect(throws: LinkError.malformed) { try pair.framesOfListener() }
      #expect(!pair.listenerIsOpen)
    }
  }

  /// FRAME_MAX: the header alone decides.
  @Test(arguments: [-1, 0, 1])
  func aFrameHasALimit(_ more: Int) throws {
    let pair = try LinkPair.open()
    let body = [UInt8](repeating: 0, count: 69_632 + more)
    if more <= 0 {
      pair.dialler.send(.ratchet, body)
    } else {
      // A type of its own does not lift the limit.
      pair.dialler.sendGrease(type: 0x0A8F, body)
    }
    try pair.dialler.flush()
    try pair.give(pair.takeFromDialler(), toListener: true)
    if more <= 0 {
      #expect(try pair.framesOfListener().count == 1)
    } else {
      #expect(throws: LinkError.malformed) { try pair.framesOfListener() }
    }
  }

  @Test func aPingOfAnotherSizeEndsTheLink() throws {
    let pair = try LinkPair.open()
    pair.dialler.send(.ping, [1, 2, 3])
    try pair.dialler.flush()
    try pair.give(pair.takeFromDialler(), toListener: true)
    #expect(throws: LinkError.malformed) { try pair.framesOfListener() }
  }

  /// Any bytes at all, before and after the handshake: an error or silence, never a crash.
  @Test(arguments: 1...4)
  func anyBytesAreSurvived(_ seed: UInt8) throws {
    let random = RandomSource.seeded(try Bytes32([UInt8](repeating: seed, count: 32)))
    for round in 0..<300 {
      let pair = round % 2 == 0 ? try LinkPair() : try LinkPair.open()
      for _ in 0..<4 {
        var bytes = random.bytes(Int(random.bytes(1)[0]))
        if bytes.count > 1 { bytes[0] = 0 }
        do throws(LinkError) {
          try pair.give(bytes, toListener: true)
          _ = try pair.framesOfListener()
        } catch {
          #expect(!pair.listenerIsOpen)
          break
        }
      }
      #expect(pair.takeFromListener().isEmpty)
    }
  }

  /// Keys are replaced after 65,536 records: on both sides at the same record, and not before.
  @Test func keysAreReplacedAfter65536Records() throws {
    let pair = try LinkPair.open()
    for index in 0..<65_540 {
      let body = [UInt8(truncatingIfNeeded: index)]
      pair.dialler.send(.card, body)
      try pair.dialler.flush()
      try pair.give(pair.takeFromDialler(), toListener: true)
      let frame = try pair.listener.nextFrame()
      guard frame?.body.first == body[0] else {
        Issue.record("record \(index)")
        return
      }
    }
  }
}

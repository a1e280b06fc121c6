import DMP
import JanusCrypto
import Testing

@Suite struct LinkTests {
  // MARK: Handshake

  @Test func bothSidesProveThemselves() throws {
    let pair = try LinkPair.open()
    #expect(pair.diallerIsOpen && pair.listenerIsOpen)
    let theirs = try #require(pair.diallerPeer)
    let mine = try #require(pair.listenerPeer)
    #expect(theirs.certificate == LinkPair.listenerCertificate)
    #expect(mine.certificate == LinkPair.diallerCertificate)
    let keys = (pair.listenerKey.publicKey, pair.diallerKey.publicKey)
    #expect(theirs.key == keys.0 && mine.key == keys.1)
    #expect(theirs.linkHash == mine.linkHash)
    #expect(theirs.pattern == .xx && mine.pattern == .xx)
  }

  @Test func aKeyOfAnAgreementIsProvenToo() throws {
    let psk = [UInt8](repeating: 9, count: 32)
    let pair = try LinkPair(psk: psk, listenerPSK: psk)
    try pair.shakeHands()
    #expect(pair.listenerPeer?.pattern == .xxpsk3 && pair.diallerIsOpen)
  }

  @Test func aWrongOrUnknownKeyOfAnAgreementEndsTheLink() throws {
    let psk = [UInt8](repeating: 9, count: 32)
    for (known, expected) in [
      ([UInt8](repeating: 8, count: 32), LinkError.notAuthentic), (nil, .unknownPSK),
    ] {
      let pair = try LinkPair(psk: psk, listenerPSK: known)
      try pair.give(pair.takeFromDialler(), toListener: true)
      try pair.give(pair.takeFromListener(), toListener: false)
      let proof = pair.takeFromDialler()
      #expect(throws: expected) { try pair.give(proof, toListener: true) }
      #expect(pair.takeFromListener().isEmpty && !pair.listenerIsOpen)
    }
  }

  @Test func everyHandshakeHasAnotherHash() throws {
    let hashes = try (0..<4).map { _ in try LinkPair.open().diallerPeer?.linkHash }
    #expect(Set(hashes).count == 4)
  }

  /// The handshake arrives byte by byte.
  @Test func bytesMayComeOneByOne() throws {
    let pair = try LinkPair()
    for _ in 0..<2 {
      for byte in pair.takeFromDialler() { try pair.give([byte], toListener: true) }
      for byte in pair.takeFromListener() { try pair.give([byte], toListener: false) }
    }
    #expect(pair.diallerIsOpen && pair.listenerIsOpen)
  }

  /// Who does not have the card gets no byte, whatever it sends.
  @Test func aScannerWithoutTheCardGetsNoByte() throws {
    let stranger = try LinkPair()
    let random = RandomSource.seeded(Bytes32())
    let good = try LinkPair().takeFromDialler()
    var probes: [[UInt8]] = [
      good,  // made for another listener's card
      Array("GET / HTTP/1.1\r\n\r\n".utf8), [0, 0], [0, 1, 0], [0xFF, 0xFF] + random.bytes(65_535),
      [0, UInt8(good.count - 2)] + random.bytes(good.count - 2),
      good.dropLast(16) + [UInt8](repeating: 0, count: 16),
    ]
    probes += (0..<50).map { _ in random.bytes(100) }
    for probe in probes {
      let pair = try LinkPair()
      var error: LinkError?
      do throws(LinkError) {
        try pair.give(probe, toListener: true)
      } catch let thrown {
        error = thrown
      }
      // It ends, or waits in silence for the rest of a record.
      #expect(pair.takeFromListener().isEmpty, "\(String(describing: error))")
      #expect(throws: (any Error).self) { try pair.listener.advance(to: pair.now + 5_000) }
      #expect(pair.takeFromListener().isEmpty)
    }
    _ = stranger
  }

  /// Every byte of LINK_1 is under the code.
  @Test func aBitOfLink1IsNoticed() throws {
    for index in 2..<(2 + 8 + 1 + 32 + 16) {
      let pair = try LinkPair()
      var record = pair.takeFromDialler()
      record[index] ^= 1
      #expect(throws: LinkError.wrongMAC) { try pair.give(record, toListener: true) }
      #expect(pair.takeFromListener().isEmpty)
    }
  }

  @Test func aBitOfLink2OrLink3EndsTheLinkInSilence() throws {
    let sizes = try { () -> (Int, Int) in
      let pair = try LinkPair()
      try pair.give(pair.takeFromDialler(), toListener: true)
      let second = pair.takeFromListener()
      try pair.give(second, toListener: false)
      return (second.count, pair.takeFromDialler().count)
    }()
    for index in 2..<sizes.0 {
      let pair = try LinkPair()
      try pair.give(pair.takeFromDialler(), toListener: true)
      var record = pair.takeFromListener()
      record[index] ^= 1
      #expect(throws: LinkError.self) { try pair.give(record, toListener: false) }
      #expect(pair.takeFromDialler().isEmpty && !pair.diallerIsOpen)
    }
    for index in 2..<sizes.1 {
      let pair = try LinkPair()
      try pair.give(pair.takeFromDialler(), toListener: true)
      try pair.give(pair.takeFromListener(), toListener: false)
      var record = pair.takeFromDialler()
      record[index] ^= 1
      #expect(throws: LinkError.self) { try pair.give(record, toListener: true) }
      #expect(pair.takeFromListener().isEmpty && !pair.listenerIsOpen)
    }
  }

  /// The dialler shows its certificate to nobody whom it does not want.
  @Test func aRefusedListenerLearnsNothing() throws {
    let refusing = LinkJudge(accepts: { _, _ in false })
    let pair = try LinkPair(diallerJudge: refusing)
    try pair.give(pair.takeFromDialler(), toListener: true)
    let answer = pair.takeFromListener()
    #expect(throws: LinkError.refused) { try pair.give(answer, toListener: false) }
    #expect(pair.takeFromDialler().isEmpty)
  }

  @Test func aRefusedDiallerIsToldNothing() throws {
    let pair = try LinkPair(listenerJudge: LinkJudge(accepts: { _, _ in false }))
    #expect(throws: LinkError.refused) { try pair.shakeHands() }
    #expect(pair.takeFromListener().isEmpty)
    #expect(throws: LinkError.closed) { try pair.give([0], toListener: true) }
  }

  /// The judge sees the certificate and the key that was proven, to compare them.
  @Test func theJudgeIsGivenTheProvenKey() throws {
    final class Seen { var certificates: [[UInt8]] = [] }
    let seen = Seen()
    let judge = LinkJudge(accepts: { certificate, _ in
      seen.certificates.append(certificate)
      return true
    })
    let pair = try LinkPair(diallerJudge: judge, listenerJudge: judge)
    try pair.shakeHands()
    #expect(
      seen.certificates == [LinkPair.listenerCertificate, LinkPair.diallerCertificate])
  }

  /// 5 s: at the last millisecond before it goes on, at the deadline it ends.
  @Test func aHandshakeHasFiveSeconds() throws {
    let pair = try LinkPair()
    #expect(pair.listenerDeadline == pair.now + 5_000)
    try pair.listener.advance(to: pair.now + 4_999)
    #expect(throws: LinkError.handshakeTimedOut) { try pair.listener.advance(to: pair.now + 5_000) }
    #expect(pair.listenerDeadline == nil)
    #expect(throws: LinkError.handshakeTimedOut) { try pair.dialler.advance(to: pair.now + 5_001) }
  }

  // MARK: Times

  @Test func silenceIsAskedAboutAndThenEnds() throws {
    let pair = try LinkPair.open()
    try pair.dialler.advance(to: pair.now + 24_999)
    #expect(pair.takeFromDialler().isEmpty)
    try pair.dialler.advance(to: pair.now + 25_000)
    let ping = pair.takeFromDialler()
    #expect(!ping.isEmpty)
    try pair.dialler.advance(to: pair.now + 59_999)
    #expect(pair.takeFromDialler().isEmpty)
    #expect(throws: LinkError.silent) { try pair.dialler.advance(to: pair.now + 60_000) }
    #expect(!pair.diallerIsOpen)
  }

  @Test func aPingIsAnsweredOnceAndKeepsTheLink() throws {
    let pair = try LinkPair.open()
    pair.now += 25_000
    try pair.dialler.advance(to: pair.now)
    try pair.give(pair.takeFromDialler(), toListener: true)
    #expect(try pair.framesOfListener().isEmpty)
    try pair.listener.flush()
    let answer = pair.takeFromListener()
    #expect(answer.count == 2 + 8 + 8 + 16)
    try pair.give(answer, toListener: false)
    let frame = try pair.dialler.nextFrame()
    #expect(frame == nil)
    try pair.dialler.flush()
    #expect(pair.takeFromDialler().isEmpty)
    #expect(pair.diallerDeadline == pair.now + 25_000)
  }

  @Test func aLinkEndsAfterADay() throws {
    let pair = try LinkPair.open()
    let day: UInt64 = 24 * 3600 * 1000
    let start = pair.now
    pair.now = start + day - 1
    // Something comes all the time.
    pair.dialler.send(.card, [1])
    try pair.dialler.flush()
    try pair.give(pair.takeFromDialler(), toListener: true)
    try pair.listener.advance(to: pair.now)
    #expect(throws: LinkError.tooOld) { try pair.listener.advance(to: start + day) }
  }
}

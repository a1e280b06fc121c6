import DMP
import JanusCrypto
import Testing

@Suite struct FrameTests {
  // MARK: Headers

  @Test func aHeaderHasEightBytes() throws {
    let header = FrameHeader(.ratchet, length: 0x0001_0203)
    var bytes: [UInt8] = [0xff]
    header.append(to: &bytes)
    #expect(bytes == hex("ff 0a84 01 01 00010203"))
    #expect(FrameHeader(bytes[1...]) == header)
    for count in 0..<8 { #expect(FrameHeader(bytes[1..<1 + count]) == nil) }
  }

  @Test func whatIsUnknownIsSkipped() {
    for type in FrameType.grease + [0, 0x0ab4, 0x0ab7, 0x0ab8, 0x0a86, 0xffff] {
      let header = FrameHeader(type: type, version: 77, suite: 99, length: 69_632)
      #expect(header.verdict == .skip)
      #expect(FrameHeader(type: type, length: 69_633).verdict == .tooLong)
      #expect(FrameHeader(type: type, length: .max).verdict == .tooLong)
    }
  }

  @Test(arguments: FrameType.allCases)
  func aKnownFrameHasItsVersionAndLimit(_ type: FrameType) {
    for (surplus, verdict) in [
      (-1, FrameHeader.Verdict.read(type)), (0, .read(type)), (1, .tooLong),
    ] {
      let header = FrameHeader(type: type.rawValue, length: UInt32(type.bodyLimit + surplus))
      #expect(header.verdict == verdict)
    }
    #expect(FrameHeader(type: type.rawValue, version: 2, length: 1).verdict == .wrongVersion)
    #expect(FrameHeader(type: type.rawValue, suite: 0, length: 1).verdict == .wrongVersion)
    #expect(!FrameType.grease.contains(type.rawValue))
  }

  // MARK: Bodies

  private func check<Frame: FrameBody>(_ frame: Frame) throws {
    let bytes = frame.encoded
    #expect(bytes.count <= Frame.frameType.bodyLimit)
    #expect(try Frame(decoding: bytes[...]) == frame)
    #expect(throws: CBORError.self) { try Frame(decoding: bytes.dropLast()) }
    #expect(throws: CBORError.self) { try Frame(decoding: (bytes + [0])[...]) }
  }

  @Test func framesReadBackTheSame() throws {
    var random = SplitMix(state: 150)
    for _ in 0..<300 {
      try check(random.resume())
      try check(random.initial())
      for reason in RejectFrame.Reason.allCases {
        try check(
          RejectFrame(
            knock: random.octets32(),
            reason: reason,
            retryMilliseconds: random.number()
          )
        )
      }
      for reason in CloseFrame.Reason.allCases { try check(CloseFrame(reason)) }
    }
    #expect(CloseFrame(.leaving).encoded == hex("a1 00 05"))
  }

  @Test(arguments: ["a1 00 00", "a1 00 07", "a0", "a2 0001 0101", "a1 00 f5"])
  func otherCloseFramesAreRefused(_ text: String) {
    #expect(throws: CBORError.self) { try CloseFrame(decoding: hex(text)[...]) }
  }

  @Test func anEmptyBodyIsRefused() {
    #expect(throws: CBORError(.truncated, at: 0)) { try CloseFrame(decoding: []) }
    #expect(throws: CBORError(.truncated, at: 0)) { try RejectFrame(decoding: []) }
    #expect(throws: CBORError(.truncated, at: 0)) { try ResumeFrame(decoding: []) }
    #expect(throws: CBORError(.truncated, at: 0)) { try InitialFrame(decoding: []) }
    #expect(throws: ObjectError.encoding(CBORError(.truncated, at: 0))) {
      try Signed<Knock>(decoding: [])
    }
    #expect(PingFrame([]) == nil && GroupFrame([]) == nil && FrameHeader([]) == nil)
  }

  @Test func anInitialHasKeysOfTheirSize() throws {
    var random = SplitMix(state: 151)
    let frame = try random.initial()
    for (count, isAllowed) in [(1_087, false), (1_088, true), (1_089, false)] {
      var other = frame
      other.kemCiphertext = random.bytes(count)
      #expect((try? InitialFrame(decoding: other.encoded[...])) == (isAllowed ? other : nil))
    }
    for (count, isAllowed) in [(88, false), (89, true), (90, true)] {
      var other = frame
      other.ratchet = random.bytes(count)
      #expect((try? InitialFrame(decoding: other.encoded[...])) == (isAllowed ? other : nil))
    }
  }

  @Test func aPingsTopBitSaysThatItIsAnAnswer() {
    let ping = PingFrame(number: 5)
    #expect(ping.bytes == hex("0000000000000005"))
    #expect(PingFrame(number: 5, isAnswer: true).bytes == hex("8000000000000005"))
    for frame in [ping, PingFrame(number: .max), PingFrame(number: 7, isAnswer: true)] {
      #expect(PingFrame(frame.bytes[...]) == frame)
    }
    #expect(PingFrame(hex("00")[...]) == nil && PingFrame(hex("000000000000000000")[...]) == nil)
  }

  // MARK: Fixed layouts

  @Test func aGroupFrameHasItsLayout() throws {
    var random = SplitMix(state: 153)
    let group = try random.octets32()
    let chain: ChainID = random.octets16()
    let nonce = random.bytes(24)
    var bytes: [UInt8] = []
    GroupFrame.appendHeader(
      group: group,
      epoch: 7,
      chain: chain,
      iteration: 0x7fff_ffff,
      nonce: nonce,
      to: &bytes
    )
    #expect(bytes.count == GroupFrame.headerByteCount)
    let header = bytes
    let sealed = random.bytes(21)
    let signature = random.bytes(64)
    bytes += sealed + signature
    let frame = try #require(GroupFrame(bytes[...]))
    #expect(frame.group == group && frame.epoch == 7 && frame.chain == chain)
    #expect(frame.iteration == 0x7fff_ffff && frame.nonce == nonce[...])
    #expect(frame.header == header[...] && frame.sealed == sealed[...])
    #expect(frame.signature.array == signature)
    #expect(GroupFrame(bytes.dropLast()) == nil)
    bytes[52] |= 0x80
    #expect(GroupFrame(bytes[...]) == nil)
  }
}

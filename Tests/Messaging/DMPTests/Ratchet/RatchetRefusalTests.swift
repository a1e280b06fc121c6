import DMP
import JanusCrypto
import JanusTestSupport
import Testing

/// What a ratchet must refuse, and that it is then what it was.
@Suite struct RatchetRefusalTests {
  /// Expects a refusal that leaves the state bit for bit.
  private func refuse(
    _ frame: [UInt8],
    _ pair: RatchetPair,
    type: FrameType = .ratchet,
    at side: RatchetPair.Side = .responder
  ) throws -> RatchetError? {
    let before = try pair.state(of: side)
    var refusal: RatchetError?
    do throws(RatchetError) {
      // An index behind the chain is old, which is no failure and no change.
      let text = try pair.open(frame, at: side, type: type)
      if let text { Issue.record("opened: \(text)") }
    } catch {
      refusal = error
    }
    #expect(try pair.state(of: side) == before)
    return refusal
  }

  /// sid, dh, pn, n, nonce, ciphertext, tag: one bit of each byte.
  @Test func aBitOfAnyByteIsNoticed() throws {
    let pair = try RatchetPair.talking()
    _ = try pair.open(pair.seal("answer", from: .responder), at: .initiator)
    pair.now += 1_000
    // In the first frame under a new key, and in one that follows.
    for _ in 0..<2 {
      let frame = try pair.seal("content", from: .initiator)
      for index in frame.indices {
        var changed = frame
        changed[index] ^= 1 << UInt8(index % 8)
        _ = try refuse(changed, pair)
      }
      #expect(try pair.open(frame, at: .responder) == "content")
    }
  }

  /// AD, which is not in the frame: another session's ratchet with the same chain would be needed,
  /// so the enclosing frame's type stands for it here; `AgreementTests` has the parts of AD.
  @Test func anotherFrameTypeIsNoticed() throws {
    let pair = try RatchetPair.talking()
    let frame = try pair.seal("content", from: .initiator)
    #expect(try refuse(frame, pair, type: .initial) == .notAuthentic)
    #expect(try refuse(frame, pair, type: .group) == .notAuthentic)
    #expect(try pair.open(frame, at: .responder) == "content")
  }

  @Test func aFrameOfAnotherSessionIsNamed() throws {
    let pair = try RatchetPair.talking()
    let other = try RatchetPair.talking()
    #expect(try refuse(other.seal("content", from: .initiator), pair) == .otherSession)
  }

  @Test func ownFramesSentBackAreRefused() throws {
    let pair = try RatchetPair.talking()
    let frame = try pair.seal("content", from: .initiator)
    #expect(try refuse(frame, pair, at: .initiator) != nil)
  }

  @Test func anyBytesAreRefusedWithoutHarm() throws {
    let pair = try RatchetPair.talking()
    let random = RandomSource.seeded(Bytes32())
    let frame = try pair.seal("content", from: .initiator)
    for count in 0...frame.count {
      _ = try refuse(random.bytes(count), pair)
      if count < frame.count { _ = try refuse(Array(frame[..<count]), pair) }
      // Right up to a point, random from there.
      if count < frame.count {
        _ = try refuse(frame[..<count] + random.bytes(frame.count - count), pair)
      }
    }
    #expect(try pair.open(frame, at: .responder) == "content")
  }

  @Test(arguments: [0, 1, 72, 87, 88])
  func aFrameTooShortForAContentIsMalformed(_ count: Int) throws {
    let pair = try RatchetPair.talking()
    let frame = try pair.seal("", from: .initiator)
    #expect(frame.count == 89)
    #expect(try refuse(Array(frame[..<count]), pair) == .malformed)
  }

  private func store(_ value: UInt32, at offset: Int, in frame: inout [UInt8]) {
    for index in 0..<4 {
      frame[offset + index] = UInt8(truncatingIfNeeded: value >> UInt32(24 - 8 * index))
    }
  }

  /// Counts of 2^31 and more do not exist; the greatest costs nothing.
  @Test(arguments: [40, 44])
  func countsEndBefore2To31(_ offset: Int) throws {
    let pair = try RatchetPair.talking()
    var frame = try pair.seal("content", from: .initiator)
    store(1 << 31, at: offset, in: &frame)
    #expect(try refuse(frame, pair) == .malformed)
    store(.max, at: offset, in: &frame)
    #expect(try refuse(frame, pair) == .malformed)
    store((1 << 31) - 1, at: offset, in: &frame)
    #expect(try refuse(frame, pair) == (offset == 44 ? .tooFarAhead : .notAuthentic))
  }

  /// SKIP_STEP in the chain that goes on: 999 and 1,000 are skipped, 1,001 are not.
  @Test func oneFrameSkipsAThousandAtMost() throws {
    for count in [999, 1_000, 1_001] {
      let pair = try RatchetPair.talking()
      let frames = try (0...count).map { try pair.seal("\($0)", from: .initiator) }
      if count <= 1_000 {
        #expect(try pair.open(frames[count], at: .responder) == "\(count)")
        #expect(try pair.open(frames[0], at: .responder) == "0")
      } else {
        #expect(try refuse(frames[count], pair) == .tooFarAhead)
        #expect(try pair.open(frames[1_000], at: .responder) == "1000")
        #expect(try pair.open(frames[count], at: .responder) == "1001")
      }
    }
  }

  /// The same where the frame has a new key: in its own chain, and in the one that was left.
  @Test(arguments: [false, true])
  func aFrameWithANewKeySkipsAThousandAtMost(_ isInOldChain: Bool) throws {
    for count in [999, 1_000, 1_001] {
      let pair = try RatchetPair.talking()
      var lost = 0
      if isInOldChain {
        while lost < count {
          _ = try pair.seal("lost", from: .initiator)
          lost += 1
        }
      }
      _ = try pair.open(pair.seal("answer", from: .responder), at: .initiator)
      pair.now += 1_000
      if !isInOldChain {
        while lost < count {
          _ = try pair.seal("lost", from: .initiator)
          lost += 1
        }
      }
      let frame = try pair.seal("content", from: .initiator)
      if count <= 1_000 {
        #expect(try pair.open(frame, at: .responder) == "content")
      } else {
        #expect(try refuse(frame, pair) == .tooFarAhead)
      }
    }
  }

  /// SKIP_STORED: after 2,000 the oldest key goes for each new one, and its message is old.
  @Test func twoThousandSkippedKeysAreKept() throws {
    for count in [1_999, 2_000, 2_001] {
      let pair = try RatchetPair.talking()
      // 1,000 skipped before the first that arrives, 999 before the second, the rest before the
      // third.
      let arriving = [1_000, 2_000, 2_001 + count - 1_999]
      let frames = try (0...arriving[2]).map { try pair.seal("\($0)", from: .initiator) }
      for index in arriving {
        #expect(try pair.open(frames[index], at: .responder) == "\(index)")
      }
      #expect(try pair.open(frames[0], at: .responder) == (count <= 2_000 ? "0" : nil))
      #expect(try pair.open(frames[1], at: .responder) == "1")
    }
  }

  /// CHAINS: the newest and four before it are known; a message of the fifth before is not.
  @Test(arguments: [3, 4, 5])
  func fiveChainsAreKnown(_ turns: Int) throws {
    let pair = try RatchetPair.talking()
    let late = try pair.seal("late", from: .initiator)
    _ = try pair.open(pair.seal("next", from: .initiator), at: .responder)
    for _ in 0..<turns {
      for side in [RatchetPair.Side.responder, .initiator] {
        pair.now += 1_000
        _ = try pair.open(pair.seal("turn", from: side), at: side.other)
      }
    }
    if turns <= 4 {
      #expect(try pair.open(late, at: .responder) == "late")
    } else {
      #expect(try refuse(late, pair) == .unexpectedKey)
    }
  }

  /// The keys of a chain that was left are kept for seven days.
  @Test(arguments: [-1, 0, 1])
  func oldChainsAreForgottenAfterAWeek(_ milliseconds: Int) throws {
    let pair = try RatchetPair.talking()
    let late = try pair.seal("late", from: .initiator)
    _ = try pair.open(pair.seal("next", from: .initiator), at: .responder)
    _ = try pair.open(pair.seal("turn", from: .responder), at: .initiator)
    pair.now += 1_000
    _ = try pair.open(pair.seal("turn", from: .initiator), at: .responder)
    pair.now = UInt64(Int(pair.now) + 7 * 24 * 3600 * 1000 + milliseconds)
    pair.responder.forgetOldChains(now: pair.now)
    if milliseconds <= 0 {
      #expect(try pair.open(late, at: .responder) == "late")
    } else {
      #expect(try refuse(late, pair) != nil)
    }
  }

  /// A peer that has not seen my key cannot have made another one: refused before any agreement.
  @Test func aSecondKeyWithoutAnAnswerIsRefused() throws {
    let pair = try RatchetPair.talking()
    var frame = try pair.seal("content", from: .initiator)
    let key = try AgreementSecretKey(from: .kernel, in: pair.arena).publicKey.bytes
    frame.replaceSubrange(8..<40, with: key.array)
    #expect(try refuse(frame, pair) == .unexpectedKey)
  }

  @Test(arguments: AgreementTests.smallPoints)
  func aRatchetKeyOfSmallOrderIsRefused(_ point: String) throws {
    let pair = try RatchetPair.talking()
    _ = try pair.open(pair.seal("answer", from: .responder), at: .initiator)
    pair.now += 1_000
    var frame = try pair.seal("content", from: .initiator)
    frame.replaceSubrange(8..<40, with: try [UInt8](hexadecimal: point))
    #expect(try refuse(frame, pair) == .badKey)
  }

  /// 2^255 - 19 and the top bit: other names of points.
  @Test(arguments: ["ed" + String(repeating: "ff", count: 30) + "7f"])
  func aRatchetKeyThatIsNotCanonicalIsRefused(_ point: String) throws {
    let pair = try RatchetPair.talking()
    _ = try pair.open(pair.seal("answer", from: .responder), at: .initiator)
    pair.now += 1_000
    var frame = try pair.seal("content", from: .initiator)
    frame[39] |= 0x80
    #expect(try refuse(frame, pair) == .badKey)
    frame.replaceSubrange(8..<40, with: try [UInt8](hexadecimal: point))
    #expect(try refuse(frame, pair) == .badKey)
  }

  /// Keys that are not used are given back.
  @Test func noSlotLeaks() throws {
    let pair = try RatchetPair.talking()
    let before = pair.arena.usedSlotCount
    let frames = try (0..<100).map { try pair.seal("\($0)", from: .initiator) }
    #expect(pair.arena.usedSlotCount == before)
    _ = try pair.open(frames[99], at: .responder)
    #expect(pair.arena.usedSlotCount == before + 99)
    for frame in frames { _ = try pair.open(frame, at: .responder) }
    #expect(pair.arena.usedSlotCount == before)
  }
}

package import JanusCrypto

extension Ratchet {
  /// The size of the frame body for a content, which is filled up to a multiple of `padding`.
  package static func sealedByteCount(_ contentByteCount: Int, padding: Int = 1) -> Int {
    let marked = contentByteCount + 1
    let padded = (marked + padding - 1) / padding * padding
    return RatchetLayout.headerByteCount + padded + RatchetLayout.tagByteCount
  }

  /// Whether the next `seal` makes a new key, which takes two agreements' time.
  package func turnsNext(now: UInt64) -> Bool {
    !sending.isOpen || isTurnDue && now >= turnedAt && now - turnedAt >= Limits.ratchetMinimum
  }

  /// Writes the body of a RATCHET frame: `sealedByteCount` bytes.
  ///
  /// `nonce` has 24 fresh random bytes; `now` is in milliseconds of a clock that does not go back;
  /// `frameType` is that of the frame that will hold the body. The message's key is used up
  /// when this returns. Throws `exhausted`, `badKey` or `outOfMemory`; then nothing was used.
  package mutating func seal(
    _ content: UnsafeRawBufferPointer,
    frameType: FrameType,
    padding: Int = 1,
    nonce: UnsafeRawPointer,
    random: RandomSource,
    now: UInt64,
    into output: UnsafeMutableRawBufferPointer
  ) throws(RatchetError) {
    let byteCount = Self.sealedByteCount(content.count, padding: padding)
    precondition(output.count >= byteCount, "the output holds what sealedByteCount says")
    guard let body = output.baseAddress else { return }
    if turnsNext(now: now) { try turn(random: random, now: now) }
    guard sending.next < RatchetLayout.countLimit else { throw .exhausted }
    writeHeader(to: body, nonce: nonce)
    let text = body + RatchetLayout.headerByteCount
    if let start = content.baseAddress { text.copyMemory(from: start, byteCount: content.count) }
    text.storeBytes(of: RatchetLayout.endMark, toByteOffset: content.count, as: UInt8.self)
    let textCount = byteCount - RatchetLayout.headerByteCount - RatchetLayout.tagByteCount
    (text + content.count + 1)
      .initializeMemory(as: UInt8.self, repeating: 0, count: textCount - content.count - 1)
    encrypt(text, count: textCount, body: body, frameType: frameType)
  }

  private func writeHeader(to body: UnsafeMutableRawPointer, nonce: UnsafeRawPointer) {
    body.storeBytes(of: session.word.bigEndian, as: UInt64.self)
    ownKey.publicKey.bytes.withUnsafeBytes { key in
      guard let key = key.baseAddress else { return }
      (body + RatchetLayout.keyOffset).copyMemory(from: key, byteCount: Bytes32.byteCount)
    }
    body.storeBytes(
      of: previousSendingCount.bigEndian,
      toByteOffset: RatchetLayout.previousCountOffset,
      as: UInt32.self
    )
    body.storeBytes(
      of: sending.next.bigEndian,
      toByteOffset: RatchetLayout.indexOffset,
      as: UInt32.self
    )
    (body + RatchetLayout.nonceOffset).copyMemory(
      from: nonce,
      byteCount: XChaCha20Poly1305.nonceByteCount
    )
  }

  private mutating func encrypt(
    _ text: UnsafeMutableRawPointer,
    count: Int,
    body: UnsafeMutableRawPointer,
    frameType: FrameType
  ) {
    let byteCount = 32 + RatchetLayout.associatedByteCount
    withUnsafeTemporaryAllocation(byteCount: byteCount, alignment: 16) { memory in
      guard let key = memory.baseAddress else { return }
      let associated = key + 32
      RatchetLayout.writeAssociatedData(
        associatedData,
        frameType: frameType,
        frame: body,
        to: associated
      )
      // The chain moves before the key is used: a fault in between loses a key, it never uses one
      // twice.
      sending.key.withUnsafeMutableBytes { chain in
        if let chain = chain.baseAddress { ChainKey.advance(chain, messageKey: key) }
      }
      sending.next += 1
      XChaCha20Poly1305.seal(
        UnsafeRawBufferPointer(start: text, count: count),
        associatedData: UnsafeRawBufferPointer(
          start: associated,
          count: RatchetLayout.associatedByteCount
        ),
        key: key,
        nonce: body + RatchetLayout.nonceOffset,
        into: text
      )
      UnsafeMutableRawBufferPointer(start: key, count: 32).resetSecretBytes()
    }
  }

  /// A new key of this side, and with it a new sending chain.
  private mutating func turn(random: RandomSource, now: UInt64) throws(RatchetError) {
    guard isTurnDue else { throw .nothingReceived }
    do throws(CryptoError) {
      let peer = try AgreementPublicKey(bytes: peerKey)
      let new = try AgreementSecretKey(from: random, in: arena)
      try openSendingChain(from: new, to: peer)
      ownKey = new
    } catch {
      throw RatchetError(error)
    }
    previousSendingCount = sending.next
    sending.next = 0
    isTurnDue = false
    turnedAt = now
  }

  /// Replaces root key and sending chain by those of my key and the peer's.
  mutating func openSendingChain(
    from own: borrowing AgreementSecretKey,
    to peer: AgreementPublicKey
  ) throws(CryptoError) {
    try withUnsafeTemporaryAllocation(byteCount: RootKey.scratchByteCount, alignment: 16) {
      (memory) throws(CryptoError) in
      guard let keys = memory.baseAddress else { preconditionFailure("no stack") }
      defer { memory.resetSecretBytes() }
      try RootKey.step(rootKey, own: own, peer: peer, into: keys)
      rootKey.replace(by: keys)
      sending.key.replace(by: keys + 32)
      sending.isOpen = true
    }
  }
}

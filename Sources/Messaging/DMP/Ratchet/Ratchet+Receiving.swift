import JanusCrypto

extension Ratchet {
  /// Opens the body of a RATCHET frame into `output`, which has room for the ciphertext, and may
  /// be where it lies.
  ///
  /// At most one agreement and `Limits.skipStep + 1` steps of a chain are done before the tag is
  /// tried. Throws what `RatchetError` has; the state is then what it was, bit for bit.
  package mutating func open(
    _ frame: UnsafeRawBufferPointer,
    frameType: FrameType,
    now: UInt64,
    into output: UnsafeMutableRawPointer
  ) throws(RatchetError) -> Opening {
    let header = try RatchetHeader(frame)
    guard header.session == session.word else { throw .otherSession }
    if receiving.isOpen, header.key == peerKey {
      return header.index >= receiving.next
        ? try openNext(frame, header, frameType: frameType, into: output)
        : try openSkipped(
          frame,
          chain: chainNumber,
          header.index,
          frameType: frameType,
          into: output
        )
    }
    if let chain = retired.first(where: { $0.key == header.key }) {
      guard header.index < chain.count else { throw .malformed }
      return try openSkipped(
        frame,
        chain: chain.number,
        header.index,
        frameType: frameType,
        into: output
      )
    }
    return try openTurn(frame, header, frameType: frameType, now: now, into: output)
  }

  /// Wipes the keys of chains that the peer left more than `Limits.chainAge` ago.
  package mutating func forgetOldChains(now: UInt64) {
    while let oldest = retired.first, now >= oldest.at, now - oldest.at > Limits.chainAge {
      forgetOldestChain()
    }
  }

  private mutating func forgetOldestChain() {
    let number = retired.removeFirst().number
    skipped.removeAll { $0 >> 32 == UInt64(number) }
  }

  private func place(_ chain: UInt32, _ index: UInt32) -> UInt64 {
    UInt64(chain) << 32 | UInt64(index)
  }

  // MARK: In the chain of the peer's newest key

  private mutating func openNext(
    _ frame: UnsafeRawBufferPointer,
    _ header: RatchetHeader,
    frameType: FrameType,
    into output: UnsafeMutableRawPointer
  ) throws(RatchetError) -> Opening {
    let steps = header.index - receiving.next
    guard steps <= Limits.skipStep else { throw .tooFarAhead }
    return try withUnsafeTemporaryAllocation(byteCount: 64, alignment: 16) {
      (keys) throws(RatchetError) -> Opening in
      guard let chain = keys.baseAddress else { preconditionFailure("no stack") }
      defer { keys.resetSecretBytes() }
      receiving.key.withUnsafeBytes { keys.copyMemory(from: $0) }
      for _ in 0...steps { ChainKey.advance(chain, messageKey: chain + 32) }
      let count = try decrypt(frame, frameType: frameType, key: chain + 32, into: output)
      if steps > 0 { try keepSkipped(before: header.index) }
      receiving.key.replace(by: chain)
      receiving.next = header.index + 1
      return .opened(count)
    }
  }

  /// Stores the keys of the receiving chain's messages up to an index; the chain moves there.
  ///
  /// Derives them a second time, so that nothing had to be kept before the tag was right.
  private mutating func keepSkipped(before index: UInt32) throws(RatchetError) {
    let count = Int(index - receiving.next)
    do throws(CryptoError) {
      try skipped.reserve(count)
    } catch {
      skipped.releaseReserve()
      throw RatchetError(error)
    }
    let excess = skipped.count + count - Limits.skipStored
    if excess > 0 { skipped.removeFirst(excess) }
    withUnsafeTemporaryAllocation(byteCount: 32, alignment: 16) { key in
      guard let start = key.baseAddress else { return }
      defer { key.resetSecretBytes() }
      while receiving.next < index {
        receiving.key.withUnsafeMutableBytes { chain in
          if let chain = chain.baseAddress { ChainKey.advance(chain, messageKey: start) }
        }
        skipped.append(place(chainNumber, receiving.next), copying: start)
        receiving.next += 1
      }
    }
  }

  // MARK: Behind

  private mutating func openSkipped(
    _ frame: UnsafeRawBufferPointer,
    chain: UInt32,
    _ index: UInt32,
    frameType: FrameType,
    into output: UnsafeMutableRawPointer
  ) throws(RatchetError) -> Opening {
    guard let found = skipped.place(of: place(chain, index)) else { return .old }
    return try withUnsafeTemporaryAllocation(byteCount: 32, alignment: 16) {
      (key) throws(RatchetError) -> Opening in
      guard let start = key.baseAddress else { preconditionFailure("no stack") }
      defer { key.resetSecretBytes() }
      skipped.copy(at: found, to: start)
      let count = try decrypt(frame, frameType: frameType, key: start, into: output)
      skipped.remove(at: found)
      return .opened(count)
    }
  }

  // MARK: With a new key

  private mutating func openTurn(
    _ frame: UnsafeRawBufferPointer,
    _ header: RatchetHeader,
    frameType: FrameType,
    now: UInt64,
    into output: UnsafeMutableRawPointer
  ) throws(RatchetError) -> Opening {
    // The peer makes a key only after it has seen mine.
    guard !isTurnDue else { throw .unexpectedKey }
    guard header.index <= Limits.skipStep else { throw .tooFarAhead }
    if receiving.isOpen {
      guard header.previousCount >= receiving.next else { throw .malformed }
      guard header.previousCount - receiving.next <= Limits.skipStep else { throw .tooFarAhead }
    } else {
      guard header.previousCount == 0 else { throw .malformed }
    }
    return try withUnsafeTemporaryAllocation(
      byteCount: RootKey.scratchByteCount,
      alignment: 16
    ) { (memory) throws(RatchetError) -> Opening in
      guard let keys = memory.baseAddress else { preconditionFailure("no stack") }
      defer { memory.resetSecretBytes() }
      do throws(CryptoError) {
        let peer = try AgreementPublicKey(bytes: header.key)
        try RootKey.step(rootKey, own: ownKey, peer: peer, into: keys)
      } catch {
        throw RatchetError(error)
      }
      return try openFirst(
        frame,
        header,
        frameType: frameType,
        now: now,
        keys: keys,
        into: output
      )
    }
  }

  /// Opens a message of a chain whose key stands behind the next root key in `keys`.
  private mutating func openFirst(
    _ frame: UnsafeRawBufferPointer,
    _ header: RatchetHeader,
    frameType: FrameType,
    now: UInt64,
    keys: UnsafeMutableRawPointer,
    into output: UnsafeMutableRawPointer
  ) throws(RatchetError) -> Opening {
    try withUnsafeTemporaryAllocation(byteCount: 64, alignment: 16) {
      (memory) throws(RatchetError) -> Opening in
      guard let chain = memory.baseAddress else { preconditionFailure("no stack") }
      defer { memory.resetSecretBytes() }
      chain.copyMemory(from: keys + 32, byteCount: 32)
      for _ in 0...header.index { ChainKey.advance(chain, messageKey: chain + 32) }
      let count = try decrypt(frame, frameType: frameType, key: chain + 32, into: output)
      try retireChain(at: header.previousCount, forSkips: Int(header.index), now: now)
      rootKey.replace(by: keys)
      receiving.key.replace(by: keys + 32)
      receiving.next = 0
      receiving.isOpen = true
      chainNumber += 1
      peerKey = header.key
      isTurnDue = true
      try keepSkipped(before: header.index)
      receiving.key.replace(by: chain)
      receiving.next = header.index + 1
      return .opened(count)
    }
  }

  /// Stores what is missing of the chain that the peer has left, after making sure that there is
  /// memory for this and `forSkips` more.
  private mutating func retireChain(
    at count: UInt32,
    forSkips: Int,
    now: UInt64
  ) throws(RatchetError) {
    do throws(CryptoError) {
      let missing = receiving.isOpen ? Int(count - receiving.next) : 0
      try skipped.reserve(missing + forSkips)
    } catch {
      skipped.releaseReserve()
      throw RatchetError(error)
    }
    guard receiving.isOpen else { return }
    try keepSkipped(before: count)
    retired.append(RetiredChain(number: chainNumber, key: peerKey, count: count, at: now))
    // The newest chain counts, too.
    if retired.count >= Limits.chains { forgetOldestChain() }
    forgetOldChains(now: now)
  }

  // MARK: The tag

  /// The byte count of the content.
  private func decrypt(
    _ frame: UnsafeRawBufferPointer,
    frameType: FrameType,
    key: UnsafeRawPointer,
    into output: UnsafeMutableRawPointer
  ) throws(RatchetError) -> Int {
    let sealed = UnsafeRawBufferPointer(rebasing: frame[RatchetLayout.headerByteCount...])
    let byteCount = RatchetLayout.associatedByteCount
    do throws(CryptoError) {
      try withUnsafeTemporaryAllocation(byteCount: byteCount, alignment: 16) {
        (associated) throws(CryptoError) in
        guard let start = associated.baseAddress, let body = frame.baseAddress else { return }
        RatchetLayout.writeAssociatedData(
          associatedData,
          frameType: frameType,
          frame: body,
          to: start
        )
        try XChaCha20Poly1305.open(
          sealed,
          associatedData: UnsafeRawBufferPointer(associated),
          key: key,
          nonce: body + RatchetLayout.nonceOffset,
          into: output
        )
      }
    } catch {
      throw RatchetError(error)
    }
    var count = sealed.count - RatchetLayout.tagByteCount - 1
    while count > 0, output.load(fromByteOffset: count, as: UInt8.self) == 0 { count -= 1 }
    guard output.load(fromByteOffset: count, as: UInt8.self) == RatchetLayout.endMark else {
      throw .malformed
    }
    return count
  }
}

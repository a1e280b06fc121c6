package import JanusCrypto

/// One connection to a peer: bytes of a socket in, frames out, and the reverse. It knows no socket
/// and no clock (DMP wire format, "Frame").
///
/// After an error the link has ended: its keys are wiped, nothing more is read or written. What it
/// did not say is then not said either: whoever fails to prove itself gets no byte.
package struct Link: ~Copyable {
  /// A frame of the peer.
  package struct Frame {
    package let type: FrameType
    package let body: ArraySlice<UInt8>
  }

  /// Who holds the other end; nil until the handshake is done.
  package private(set) var peer: LinkPeer?
  /// Frames of types unknown here, which were stepped over.
  package private(set) var skippedFrameCount = 0
  /// Bytes for the socket; empty it with `takeOutput`.
  private var output: [UInt8] = []
  private var handshake: LinkHandshake?
  private var judge: LinkJudge?
  private var channel: RecordChannel
  private(set) var isClosed = false

  /// What came from the socket and is no whole record yet.
  private var input: [UInt8] = []
  /// Decrypted bytes from `streamStart` on, of which no frame was made yet.
  private var stream: [UInt8] = []
  private var streamStart = 0
  /// Frames that wait for `flush`.
  private var queue: [UInt8] = []
  var times: LinkTimes

  private init(
    _ handshake: consuming LinkHandshake, judge: LinkJudge, channel: consuming RecordChannel,
    output: [UInt8], now: UInt64
  ) {
    self.handshake = consume handshake
    self.judge = judge
    self.channel = channel
    self.output = output
    times = LinkTimes(startedAt: now)
  }

  /// Dials the owner of a link key; LINK_1 is in the output.
  ///
  /// With a psk, of the agreement with that peer, the pattern is XXpsk3. Times are milliseconds of
  /// a clock that does not go back. Throws `outOfMemory`.
  package static func dialling(
    _ peer: LinkPublicKey, as identity: consuming LinkIdentity, psk: consuming Secret32?,
    judge: LinkJudge, random: RandomSource, arena: SecretArena, now: UInt64
  ) throws(LinkError) -> Link {
    var output: [UInt8] = []
    let handshake = try LinkHandshake.dial(
      identity, peer: peer, psk: psk, random: random, arena: arena, to: &output)
    return Link(
      handshake, judge: judge, channel: try placeholder(arena), output: output, now: now)
  }

  /// Waits for LINK_1 of whoever connected.
  ///
  /// Throws `outOfMemory`.
  package static func accepting(
    as identity: consuming LinkIdentity, judge: LinkJudge, random: RandomSource,
    arena: SecretArena, now: UInt64
  ) throws(LinkError) -> Link {
    let handshake = try LinkHandshake.listen(identity, random: random, arena: arena)
    return Link(handshake, judge: judge, channel: try placeholder(arena), output: [], now: now)
  }

  private static func placeholder(_ arena: SecretArena) throws(LinkError) -> RecordChannel {
    do throws(CryptoError) {
      return try RecordChannel(placeholderIn: arena)
    } catch {
      throw .outOfMemory
    }
  }

  /// Whether the handshake is done and the link has not ended.
  package var isOpen: Bool { peer != nil && !isClosed }

  /// Ends it; keys and what was not taken are wiped.
  package mutating func close() {
    isClosed = true
    handshake = nil
    judge = nil
    input = []
    stream = []
    queue = []
  }

  // MARK: From the socket

  /// Takes bytes of the socket; then ask for frames and for output.
  ///
  /// Throws why the link has ended. Frames that came before in the same bytes can still be taken.
  package mutating func receive(_ bytes: RawSpan, now: UInt64) throws(LinkError) {
    guard !isClosed else { throw .closed }
    bytes.withUnsafeBytes { input.append(contentsOf: $0) }
    do throws(LinkError) {
      try readRecords(now: now)
    } catch {
      end()
      throw error
    }
  }

  /// Ends without forgetting what was decrypted.
  private mutating func end() {
    isClosed = true
    handshake = nil
    judge = nil
    input = []
    queue = []
  }

  private mutating func readRecords(now: UInt64) throws(LinkError) {
    var offset = 0
    while input.count - offset >= RecordChannel.lengthByteCount {
      let count = Int(input[offset]) << 8 | Int(input[offset + 1])
      let limit = peer == nil ? Self.handshakeRecordLimit : Limits.recordByteCount
      guard count > 0, count <= limit else { throw .malformed }
      let start = offset + RecordChannel.lengthByteCount
      guard input.count - start >= count else { break }
      try read(start..<start + count, now: now)
      times.heard(at: now)
      offset = start + count
    }
    input.removeFirst(offset)
  }

  /// A frame of the handshake and its header.
  private static let handshakeRecordLimit =
    FrameHeader.byteCount + Limits.handshakeFrameByteCount

  private mutating func read(_ range: Range<Int>, now: UInt64) throws(LinkError) {
    guard let handshake = handshake.take() else {
      if streamStart > 0 {
        stream.removeFirst(streamStart)
        streamStart = 0
      }
      let input = self.input
      try input.span.extracting(range).bytes.withUnsafeBytes { record throws(LinkError) in
        try channel.open(record, to: &stream)
      }
      return
    }
    guard let judge else { throw .closed }
    let input = self.input
    let step = try handshake.receive(
      input.span.extracting(range).bytes, judge: judge, to: &output)
    switch consume step {
    case .goesOn(let next): self.handshake = consume next
    case .done(let transport, let peer):
      channel = RecordChannel(transport)
      self.peer = peer
      self.judge = nil
      times.opened(at: now)
    }
  }

  /// The next frame that the peer sent, or nil. PING is answered here; unknown types are stepped
  /// over. A frame's body stands in the link's memory: let it go before the next `receive`.
  ///
  /// Throws `malformed` or `wrongVersion`; the link has then ended.
  package mutating func nextFrame() throws(LinkError) -> Frame? {
    while let header = FrameHeader(stream[streamStart...]) {
      let type: FrameType?
      switch header.verdict {
      case .read(let known): type = known
      case .skip: type = nil
      case .wrongVersion: throw fail(.wrongVersion)
      case .tooLong: throw fail(.malformed)
      }
      let start = streamStart + FrameHeader.byteCount
      let end = start + Int(header.length)
      guard end <= stream.count else { return nil }
      streamStart = end
      switch type {
      case nil: skippedFrameCount += 1
      case .link1, .link2, .link3: throw fail(.malformed)
      case .ping: try answer(PingFrame(stream[start..<end]))
      case .knock, .accept, .reject, .initial, .ratchet, .group, .resume, .close, .card:
        guard let type else { continue }
        return Frame(type: type, body: stream[start..<end])
      }
    }
    return nil
  }

  private mutating func answer(_ ping: PingFrame?) throws(LinkError) {
    guard let ping else { throw fail(.malformed) }
    guard !ping.isAnswer, !isClosed else { return }
    send(.ping, PingFrame(number: ping.number, isAnswer: true).bytes)
  }

  private mutating func fail(_ error: LinkError) -> LinkError {
    close()
    return error
  }

  // MARK: To the socket

  /// Queues a frame; `flush` encrypts all that wait, as few records as may be.
  package mutating func send(_ type: FrameType, _ body: [UInt8]) {
    precondition(isOpen, "frames are sent in an open link")
    FrameHeader(type, length: body.count).append(to: &queue)
    queue += body
  }

  /// Queues a frame whose body the closure writes in place.
  package mutating func send<Failure: Error>(
    _ type: FrameType, byteCount: Int,
    _ write: (UnsafeMutableRawBufferPointer) throws(Failure) -> Void
  ) throws(Failure) {
    precondition(isOpen, "frames are sent in an open link")
    let start = queue.count
    FrameHeader(type, length: byteCount).append(to: &queue)
    let body = queue.count
    queue.append(contentsOf: repeatElement(0, count: byteCount))
    var span = queue.mutableSpan
    do throws(Failure) {
      try span.withUnsafeMutableBytes { bytes throws(Failure) in
        try write(UnsafeMutableRawBufferPointer(rebasing: bytes[body...]))
      }
    } catch {
      queue.removeLast(queue.count - start)
      throw error
    }
  }

  /// Queues a frame of a type that this side does not know, which the peer steps over.
  package mutating func sendGrease(type: UInt16, _ body: [UInt8]) {
    precondition(isOpen, "frames are sent in an open link")
    FrameHeader(type: type, length: UInt32(body.count)).append(to: &queue)
    queue += body
  }

  /// Encrypts what waits.
  ///
  /// Throws `tooOld` when the keys' nonces are used up; the link has then ended.
  package mutating func flush() throws(LinkError) {
    guard !queue.isEmpty, isOpen else { return }
    do throws(LinkError) {
      try channel.seal(queue, to: &output)
    } catch {
      throw fail(error)
    }
    queue.removeAll(keepingCapacity: true)
  }

  /// Gives the bytes for the socket to the closure and forgets them.
  package mutating func takeOutput<Result>(_ body: (RawSpan) -> Result) -> Result {
    defer { output.removeAll(keepingCapacity: true) }
    return body(output.span.bytes)
  }
}

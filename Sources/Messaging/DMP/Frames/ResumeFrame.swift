/// The first frame each way on a link: what this side holds of the conversation (DMP §5.5).
package struct ResumeFrame: FrameBody {
  package static let frameType = FrameType.resume

  /// One opening of a store.
  package struct Boot: Hashable, Sendable {
    package var count: UInt64
    package var nonce: BootNonce

    package init(count: UInt64, nonce: BootNonce) {
      self.count = count
      self.nonce = nonce
    }
  }

  /// Nil without a session.
  package var session: SessionID?
  /// Of what this side sends.
  package var incarnation: Incarnation
  package var boot: Boot
  /// Numbers below will never come from this side; 1 or more.
  package var base: UInt64
  /// Of what the other side sends, as far as this one has seen it.
  package var peerIncarnation: Incarnation?
  package var received: ReceivedNumbers
  /// The sequence of this side's card.
  package var cardSequence: UInt64
  /// The last boot of the other side that this one has seen.
  package var peerBoot: Boot?

  package init(
    session: SessionID?,
    incarnation: Incarnation,
    boot: Boot,
    base: UInt64,
    peerIncarnation: Incarnation?,
    received: ReceivedNumbers,
    cardSequence: UInt64,
    peerBoot: Boot?
  ) {
    self.session = session
    self.incarnation = incarnation
    self.boot = boot
    self.base = base
    self.peerIncarnation = peerIncarnation
    self.received = received
    self.cardSequence = cardSequence
    self.peerBoot = peerBoot
  }

  package init(reading reader: inout CBORReader) throws(CBORError) {
    var fields = try reader.openFields()
    try reader.require(0, in: &fields)
    session = try reader.takesNull() ? nil : try reader.octets8()
    try reader.require(1, in: &fields)
    incarnation = try reader.octets8()
    try reader.require(2, in: &fields)
    let count = try reader.unsigned()
    try reader.require(3, in: &fields)
    boot = Boot(count: count, nonce: try reader.octets16())
    try reader.require(4, in: &fields)
    base = try reader.sequence(from: 1)
    try reader.require(5, in: &fields)
    peerIncarnation = try reader.takesNull() ? nil : try reader.octets8()
    try reader.require(6, in: &fields)
    let upTo = try reader.sequence()
    try reader.require(7, in: &fields)
    received = try reader.ranges(after: upTo)
    try reader.require(8, in: &fields)
    cardSequence = try reader.unsigned()
    peerBoot = try reader.has(9, in: &fields) ? try reader.boot() : nil
    try reader.close(&fields)
  }

  package func write(to writer: inout CBORWriter) {
    var fields = writer.openFields()
    writer.key(0, in: &fields)
    if let session { writer.octets(session) } else { writer.null() }
    writer.key(1, in: &fields)
    writer.octets(incarnation)
    writer.key(2, in: &fields)
    writer.unsigned(boot.count)
    writer.key(3, in: &fields)
    writer.octets(boot.nonce)
    writer.key(4, in: &fields)
    writer.unsigned(base)
    writer.key(5, in: &fields)
    if let peerIncarnation { writer.octets(peerIncarnation) } else { writer.null() }
    writer.key(6, in: &fields)
    writer.unsigned(received.upTo)
    writer.key(7, in: &fields)
    writer.ranges(received.above)
    writer.key(8, in: &fields)
    writer.unsigned(cardSequence)
    if let peerBoot {
      writer.key(9, in: &fields)
      writer.array(2)
      writer.unsigned(peerBoot.count)
      writer.octets(peerBoot.nonce)
    }
  }
}

extension CBORReader {
  fileprivate mutating func boot() throws(CBORError) -> ResumeFrame.Boot {
    let start = offset
    guard try array() == 2 else { throw error(.wrongLength, at: start) }
    return ResumeFrame.Boot(count: try unsigned(), nonce: try octets16())
  }
}

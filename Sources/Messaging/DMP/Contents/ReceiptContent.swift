/// What has come and been read, and how much more may be sent (kind 5).
package struct ReceiptContent: Equatable, Sendable {
  package enum Refusal: UInt8, CaseIterable, Sendable {
    /// The body does not fit the schema.
    case schema = 1
    /// The sender is not trusted with the intent.
    case notTrusted
    case expired
    /// The inbox is full.
    case full
  }

  /// A message that came and was not taken.
  package struct Refused: Hashable, Sendable {
    package var sequence: UInt64
    package var reason: Refusal

    package init(_ sequence: UInt64, _ reason: Refusal) {
      self.sequence = sequence
      self.reason = reason
    }
  }

  /// How far a sender's chain of a group was delivered.
  package struct Chain: Hashable, Sendable {
    package var id: ChainID
    package var iteration: UInt32

    package init(_ id: ChainID, _ iteration: UInt32) {
      self.id = id
      self.iteration = iteration
    }
  }

  /// Of the numbers below.
  package var incarnation: Incarnation
  package var delivered: ReceivedNumbers
  package var read: ReceivedNumbers
  package var windowMessages: UInt64
  package var windowBytes: UInt64
  /// Ordered by name.
  package var chains: [Chain]
  /// Ordered by number.
  package var refused: [Refused]

  package init(
    incarnation: Incarnation,
    delivered: ReceivedNumbers,
    read: ReceivedNumbers,
    windowMessages: UInt64,
    windowBytes: UInt64,
    chains: [Chain] = [],
    refused: [Refused] = []
  ) {
    self.incarnation = incarnation
    self.delivered = delivered
    self.read = read
    self.windowMessages = windowMessages
    self.windowBytes = windowBytes
    self.chains = chains.sorted { $0.id < $1.id }
    self.refused = refused.sorted { $0.sequence < $1.sequence }
  }

  init(
    reading reader: inout CBORReader,
    in fields: inout CBORReader.Fields
  ) throws(CBORError) {
    try reader.require(1, in: &fields)
    incarnation = try reader.octets8()
    delivered = try reader.received(2, 3, in: &fields)
    read = try reader.received(4, 5, in: &fields)
    try reader.require(6, in: &fields)
    windowMessages = try reader.unsigned()
    try reader.require(7, in: &fields)
    windowBytes = try reader.unsigned()
    try reader.require(8, in: &fields)
    chains = try reader.chains()
    try reader.require(9, in: &fields)
    refused = try reader.refused()
  }

  package func write(to writer: inout CBORWriter) {
    var fields = writer.openContent(.receipt)
    writer.key(1, in: &fields)
    writer.octets(incarnation)
    writer.key(2, in: &fields)
    writer.unsigned(delivered.upTo)
    writer.key(3, in: &fields)
    writer.ranges(delivered.above)
    writer.key(4, in: &fields)
    writer.unsigned(read.upTo)
    writer.key(5, in: &fields)
    writer.ranges(read.above)
    writer.key(6, in: &fields)
    writer.unsigned(windowMessages)
    writer.key(7, in: &fields)
    writer.unsigned(windowBytes)
    writer.key(8, in: &fields)
    writer.map(chains.count)
    for chain in chains {
      writer.octets(chain.id)
      writer.unsigned(chain.iteration)
    }
    writer.key(9, in: &fields)
    writer.array(refused.count)
    for refused in refused {
      writer.array(2)
      writer.unsigned(refused.sequence)
      writer.unsigned(refused.reason.rawValue)
    }
  }
}

extension CBORReader {
  fileprivate mutating func received(
    _ upTo: UInt64,
    _ above: UInt64,
    in fields: inout Fields
  ) throws(CBORError) -> ReceivedNumbers {
    try require(upTo, in: &fields)
    let end = try sequence()
    try require(above, in: &fields)
    return try ranges(after: end)
  }

  fileprivate mutating func chains() throws(CBORError) -> [ReceiptContent.Chain] {
    var chains: [ReceiptContent.Chain] = []
    for _ in 0..<(try map(atMost: Limits.receiptEntries)) {
      let start = offset
      let id = try octets16(ChainUse.self)
      if let last = chains.last, id <= last.id {
        throw error(id == last.id ? .duplicateKey : .unsortedKeys, at: start)
      }
      chains.append(ReceiptContent.Chain(id, try unsigned(as: UInt32.self)))
    }
    return chains
  }

  fileprivate mutating func refused() throws(CBORError) -> [ReceiptContent.Refused] {
    var refused: [ReceiptContent.Refused] = []
    for _ in 0..<(try array(atMost: Limits.receiptEntries)) {
      let start = offset
      guard try array() == 2 else { throw error(.wrongLength, at: start) }
      let number = try sequence(from: 1)
      if let last = refused.last, number <= last.sequence {
        throw error(.unsortedKeys, at: start)
      }
      refused.append(ReceiptContent.Refused(number, try choice()))
    }
    return refused
  }
}

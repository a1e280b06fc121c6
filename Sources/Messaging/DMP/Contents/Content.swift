package import JanusCrypto

/// What travels inside RATCHET and INITIAL: one map whose field 0 is the kind (DMP §7.2).
package enum Content: Equatable, Sendable {
  case open(OpenContent)
  case message(MessageContent)
  case ask(AskContent)
  case reply(ReplyContent)
  case cancel(id: UInt64)
  case receipt(ReceiptContent)
  case beat(BeatContent)
  case beatAnswer(BeatContent)
  case senderKey(SenderKeyContent)
  /// Also the invitation.
  case groupRecord(Signed<GroupRecord>)
  case groupWant(group: Digest, chain: ChainID)
  case groupAnswer(group: Digest, joins: Bool)
  case bye(ByeReason)
  /// Numbers below `base` will never come.
  case skip(base: UInt64)
  /// A kind of a later version: ignore.
  case unknown(kind: UInt64)

  /// The number in field 0.
  package enum Kind: UInt64, CaseIterable, Sendable {
    case open, message, ask, reply, cancel, receipt, beat, beatAnswer, senderKey, groupRecord
    case groupWant, groupAnswer, bye, skip
  }

  /// Kinds from here on are ignored by those who do not know them.
  package static let firstExtension: UInt64 = 128

  package enum ByeReason: UInt8, CaseIterable, Sendable {
    /// The script closed the session.
    case closed = 1
    /// The peer is no longer trusted.
    case untrusted
  }

  /// Reads one content; bodies keep the bytes they lie in.
  ///
  /// A sender key gets a slot of its own in the arena; wiping `bytes` is the caller's duty.
  ///
  /// - Throws: `CBORError`; `noMemory` when the arena is full.
  package init(
    decoding bytes: ArraySlice<UInt8>,
    secretsIn arena: SecretArena
  ) throws(CBORError) {
    var reader = CBORReader(bytes)
    var fields = try reader.openFields()
    let number = try reader.kind(in: &fields)
    guard let kind = Kind(rawValue: number) else {
      self = .unknown(kind: number)
      return
    }
    switch kind {
    case .open: self = .open(try OpenContent(reading: &reader, in: &fields))
    case .message: self = .message(try MessageContent(reading: &reader, in: &fields))
    case .ask: self = .ask(try AskContent(reading: &reader, in: &fields))
    case .reply: self = .reply(try ReplyContent(reading: &reader, in: &fields))
    case .cancel:
      try reader.require(1, in: &fields)
      self = .cancel(id: try reader.unsigned())
    case .receipt: self = .receipt(try ReceiptContent(reading: &reader, in: &fields))
    case .beat: self = .beat(try BeatContent(reading: &reader, in: &fields))
    case .beatAnswer: self = .beatAnswer(try BeatContent(reading: &reader, in: &fields))
    case .senderKey:
      self = .senderKey(try SenderKeyContent(reading: &reader, in: &fields, secretsIn: arena))
    case .groupRecord, .groupWant, .groupAnswer:
      self = try reader.groupContent(kind, in: &fields)
    case .bye:
      try reader.require(1, in: &fields)
      self = .bye(try reader.choice())
    case .skip:
      try reader.require(1, in: &fields)
      self = .skip(base: try reader.sequence(from: 1))
    }
    try reader.close(&fields)
    try reader.end()
  }

  /// Appends the content; one of a later version cannot be written.
  package func write(to writer: inout CBORWriter) {
    switch self {
    case .open(let content): content.write(to: &writer)
    case .message(let content): content.write(to: &writer)
    case .ask(let content): content.write(to: &writer)
    case .reply(let content): content.write(to: &writer)
    case .cancel(let id): writer.content(.cancel, id)
    case .receipt(let content): content.write(to: &writer)
    case .beat(let content): content.write(.beat, to: &writer)
    case .beatAnswer(let content): content.write(.beatAnswer, to: &writer)
    case .senderKey(let content): content.write(to: &writer)
    case .groupRecord(let record):
      var fields = writer.openContent(.groupRecord)
      writer.key(1, in: &fields)
      writer.bytes(record.bytes)
    case .groupWant(let group, let chain):
      var fields = writer.openContent(.groupWant)
      writer.key(1, in: &fields)
      writer.octets(group)
      writer.key(2, in: &fields)
      writer.octets(chain)
    case .groupAnswer(let group, let joins):
      var fields = writer.openContent(.groupAnswer)
      writer.key(1, in: &fields)
      writer.octets(group)
      writer.key(2, in: &fields)
      writer.unsigned(joins ? 1 as UInt8 : 0)
    case .bye(let reason): writer.content(.bye, UInt64(reason.rawValue))
    case .skip(let base): writer.content(.skip, base)
    case .unknown(let kind): preconditionFailure("kind \(kind) is of a later version")
    }
  }
}

extension CBORReader {
  /// Field 0: a known kind, or one to be ignored.
  fileprivate mutating func kind(in fields: inout Fields) throws(CBORError) -> UInt64 {
    try require(0, in: &fields)
    let start = offset
    let number = try unsigned()
    guard number >= Content.firstExtension || Content.Kind(rawValue: number) != nil else {
      throw error(.outOfRange, at: start)
    }
    return number
  }

  fileprivate mutating func groupContent(
    _ kind: Content.Kind,
    in fields: inout Fields
  ) throws(CBORError) -> Content {
    try require(1, in: &fields)
    if kind == .groupRecord { return .groupRecord(try signed(GroupRecord.self)) }
    let group = try octets32()
    try require(2, in: &fields)
    if kind == .groupWant { return .groupWant(group: group, chain: try octets16()) }
    let start = offset
    let answer = try unsigned()
    guard answer <= 1 else { throw error(.outOfRange, at: start) }
    return .groupAnswer(group: group, joins: answer == 1)
  }
}

extension CBORWriter {
  /// A content with one number.
  fileprivate mutating func content(_ kind: Content.Kind, _ number: UInt64) {
    var fields = openContent(kind)
    key(1, in: &fields)
    unsigned(number)
  }
}

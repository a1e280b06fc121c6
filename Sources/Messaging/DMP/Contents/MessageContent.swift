/// A durable message (kind 1).
package struct MessageContent: Equatable, Sendable {
  /// 1 or more, ascending in an incarnation.
  package var sequence: UInt64
  package var body: Body
  /// The session's if nil.
  package var intent: String?
  /// `Limits`' default if nil.
  package var ttlMilliseconds: UInt64?
  package var schema: Digest?

  package init(
    sequence: UInt64,
    body: Body,
    intent: String? = nil,
    ttlMilliseconds: UInt64? = nil,
    schema: Digest? = nil
  ) {
    self.sequence = sequence
    self.body = body
    self.intent = intent
    self.ttlMilliseconds = ttlMilliseconds
    self.schema = schema
  }

  init(
    reading reader: inout CBORReader,
    in fields: inout CBORReader.Fields
  ) throws(CBORError) {
    try reader.require(1, in: &fields)
    sequence = try reader.sequence(from: 1)
    try reader.require(2, in: &fields)
    body = try reader.body()
    intent = try reader.intent(3, in: &fields)
    ttlMilliseconds = try reader.has(4, in: &fields) ? try reader.unsigned() : nil
    schema = try reader.has(5, in: &fields) ? try reader.octets32() : nil
  }

  package func write(to writer: inout CBORWriter) {
    var fields = writer.openContent(.message)
    writer.key(1, in: &fields)
    writer.unsigned(sequence)
    writer.key(2, in: &fields)
    writer.encoded(body.bytes)
    if let intent {
      writer.key(3, in: &fields)
      writer.text(intent)
    }
    if let ttlMilliseconds {
      writer.key(4, in: &fields)
      writer.unsigned(ttlMilliseconds)
    }
    if let schema {
      writer.key(5, in: &fields)
      writer.octets(schema)
    }
  }
}

extension CBORReader {
  /// An intent that may be absent.
  mutating func intent(_ key: UInt64, in fields: inout Fields) throws(CBORError) -> String? {
    try has(key, in: &fields) ? try name(atMost: Limits.intentByteCount) : nil
  }
}

extension CBORWriter {
  /// A content's map with its kind.
  mutating func openContent(_ kind: Content.Kind) -> Fields {
    var fields = openFields()
    key(0, in: &fields)
    unsigned(kind.rawValue)
    return fields
  }
}

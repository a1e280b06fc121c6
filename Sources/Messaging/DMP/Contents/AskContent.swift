/// A question that waits for its reply (kind 2).
package struct AskContent: Equatable, Sendable {
  /// The same when it is asked again on another link.
  package var id: UInt64
  package var body: Body
  /// The session's if nil.
  package var intent: String?
  package var millisecondsLeft: UInt64
  package var schema: Digest?

  package init(
    id: UInt64,
    body: Body,
    intent: String? = nil,
    millisecondsLeft: UInt64,
    schema: Digest? = nil
  ) {
    self.id = id
    self.body = body
    self.intent = intent
    self.millisecondsLeft = millisecondsLeft
    self.schema = schema
  }

  init(
    reading reader: inout CBORReader,
    in fields: inout CBORReader.Fields
  ) throws(CBORError) {
    try reader.require(1, in: &fields)
    id = try reader.unsigned()
    try reader.require(2, in: &fields)
    body = try reader.body()
    intent = try reader.intent(3, in: &fields)
    try reader.require(4, in: &fields)
    millisecondsLeft = try reader.unsigned()
    schema = try reader.has(5, in: &fields) ? try reader.octets32() : nil
  }

  package func write(to writer: inout CBORWriter) {
    var fields = writer.openContent(.ask)
    writer.key(1, in: &fields)
    writer.unsigned(id)
    writer.key(2, in: &fields)
    writer.encoded(body.bytes)
    if let intent {
      writer.key(3, in: &fields)
      writer.text(intent)
    }
    writer.key(4, in: &fields)
    writer.unsigned(millisecondsLeft)
    if let schema {
      writer.key(5, in: &fields)
      writer.octets(schema)
    }
  }
}

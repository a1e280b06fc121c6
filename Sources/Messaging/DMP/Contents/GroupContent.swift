/// The plaintext of a GROUP frame (DMP §9.3).
package struct GroupContent: Equatable, Sendable {
  /// 1 or more, ascending for each sender and group.
  package var sequence: UInt64
  package var body: Body
  package var schema: Digest?

  package init(sequence: UInt64, body: Body, schema: Digest? = nil) {
    self.sequence = sequence
    self.body = body
    self.schema = schema
  }

  package init(decoding bytes: ArraySlice<UInt8>) throws(CBORError) {
    var reader = CBORReader(bytes)
    var fields = try reader.openFields()
    try reader.require(0, in: &fields)
    sequence = try reader.sequence(from: 1)
    try reader.require(1, in: &fields)
    body = try reader.body()
    schema = try reader.has(2, in: &fields) ? try reader.octets32() : nil
    try reader.close(&fields)
    try reader.end()
  }

  package func write(to writer: inout CBORWriter) {
    var fields = writer.openFields()
    writer.key(0, in: &fields)
    writer.unsigned(sequence)
    writer.key(1, in: &fields)
    writer.encoded(body.bytes)
    if let schema {
      writer.key(2, in: &fields)
      writer.octets(schema)
    }
  }
}

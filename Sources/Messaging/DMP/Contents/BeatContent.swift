/// A sign of life that wants an answer, or is one (kinds 6 and 7).
package struct BeatContent: Equatable, Sendable {
  /// Milliseconds since 1970 of the asking side, the same in the answer.
  package var timeMilliseconds: UInt64
  /// The head of the sender's audit chain, if it keeps one.
  package var auditHead: Digest?

  package init(timeMilliseconds: UInt64, auditHead: Digest? = nil) {
    self.timeMilliseconds = timeMilliseconds
    self.auditHead = auditHead
  }

  init(
    reading reader: inout CBORReader,
    in fields: inout CBORReader.Fields
  ) throws(CBORError) {
    try reader.require(1, in: &fields)
    timeMilliseconds = try reader.unsigned()
    auditHead = try reader.has(2, in: &fields) ? try reader.octets32() : nil
  }

  func write(_ kind: Content.Kind, to writer: inout CBORWriter) {
    var fields = writer.openContent(kind)
    writer.key(1, in: &fields)
    writer.unsigned(timeMilliseconds)
    if let auditHead {
      writer.key(2, in: &fields)
      writer.octets(auditHead)
    }
  }
}

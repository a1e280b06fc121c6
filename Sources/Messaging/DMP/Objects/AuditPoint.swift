import JanusCrypto

/// A device's word on how far its audit chain goes.
package struct AuditPoint: SignedObject {
  package static let context = SignatureContext.audit
  package static let byteLimit = Limits.certificateByteCount

  /// Entries so far.
  package var count: UInt64
  package var head: Digest
  /// Seconds since 1970.
  package var time: UInt64

  package init(count: UInt64, head: Digest, time: UInt64) {
    self.count = count
    self.head = head
    self.time = time
  }

  package init(payload reader: inout CBORReader) throws(CBORError) {
    var fields = try reader.openFields()
    try reader.require(0, in: &fields)
    count = try reader.unsigned()
    try reader.require(1, in: &fields)
    head = try reader.octets32()
    try reader.require(2, in: &fields)
    time = try reader.unsigned()
    try reader.close(&fields)
  }

  package func write(to writer: inout CBORWriter) {
    var fields = writer.openFields()
    writer.key(0, in: &fields)
    writer.unsigned(count)
    writer.key(1, in: &fields)
    writer.octets(head)
    writer.key(2, in: &fields)
    writer.unsigned(time)
  }
}

/// No to a KNOCK (DMP §6.3).
package struct RejectFrame: FrameBody {
  package static let frameType = FrameType.reject

  package enum Reason: UInt8, CaseIterable, Sendable {
    case policy = 1
    case rate, busy, version, glare, frozen
  }

  /// H(KNOCK).
  package var knock: Digest
  package var reason: Reason
  /// When another try may succeed; 0 for "do not".
  package var retryMilliseconds: UInt64

  package init(knock: Digest, reason: Reason, retryMilliseconds: UInt64) {
    self.knock = knock
    self.reason = reason
    self.retryMilliseconds = retryMilliseconds
  }

  package init(reading reader: inout CBORReader) throws(CBORError) {
    var fields = try reader.openFields()
    try reader.require(0, in: &fields)
    knock = try reader.octets32()
    try reader.require(1, in: &fields)
    reason = try reader.choice()
    try reader.require(2, in: &fields)
    retryMilliseconds = try reader.unsigned()
    try reader.close(&fields)
  }

  package func write(to writer: inout CBORWriter) {
    var fields = writer.openFields()
    writer.key(0, in: &fields)
    writer.octets(knock)
    writer.key(1, in: &fields)
    writer.unsigned(reason.rawValue)
    writer.key(2, in: &fields)
    writer.unsigned(retryMilliseconds)
  }
}

/// The last frame of a link, and why (DMP §5.6).
package struct CloseFrame: FrameBody {
  package static let frameType = FrameType.close

  package enum Reason: UInt8, CaseIterable, Sendable {
    /// The pair has another link.
    case duplicate = 1
    case version, busy, handshake, leaving, revoked
  }

  package var reason: Reason

  package init(_ reason: Reason) { self.reason = reason }

  package init(reading reader: inout CBORReader) throws(CBORError) {
    var fields = try reader.openFields()
    try reader.require(0, in: &fields)
    reason = try reader.choice()
    try reader.close(&fields)
  }

  package func write(to writer: inout CBORWriter) {
    var fields = writer.openFields()
    writer.key(0, in: &fields)
    writer.unsigned(reason.rawValue)
  }
}

/// The body of a frame that is one CBOR map.
package protocol FrameBody: Equatable, Sendable {
  static var frameType: FrameType { get }

  init(reading reader: inout CBORReader) throws(CBORError)
  func write(to writer: inout CBORWriter)
}

extension FrameBody {
  /// Reads a body, which the map fills.
  package init(decoding body: ArraySlice<UInt8>) throws(CBORError) {
    guard body.count <= Self.frameType.bodyLimit else { throw CBORError(.wrongLength, at: 0) }
    var reader = CBORReader(body)
    try self.init(reading: &reader)
    try reader.end()
  }

  /// The body alone.
  package var encoded: [UInt8] {
    var writer = CBORWriter()
    write(to: &writer)
    return writer.bytes
  }
}

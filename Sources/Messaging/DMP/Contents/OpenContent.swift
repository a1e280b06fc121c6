/// What the session is for, and the first window: the first content each way (kind 0).
package struct OpenContent: Equatable, Sendable {
  package var intent: String
  package var windowMessages: UInt64
  package var windowBytes: UInt64

  package init(intent: String, windowMessages: UInt64, windowBytes: UInt64) {
    self.intent = intent
    self.windowMessages = windowMessages
    self.windowBytes = windowBytes
  }

  init(
    reading reader: inout CBORReader,
    in fields: inout CBORReader.Fields
  ) throws(CBORError) {
    try reader.require(1, in: &fields)
    intent = try reader.name(atMost: Limits.intentByteCount)
    try reader.require(2, in: &fields)
    windowMessages = try reader.unsigned()
    try reader.require(3, in: &fields)
    windowBytes = try reader.unsigned()
  }

  package func write(to writer: inout CBORWriter) {
    var fields = writer.openContent(.open)
    writer.key(1, in: &fields)
    writer.text(intent)
    writer.key(2, in: &fields)
    writer.unsigned(windowMessages)
    writer.key(3, in: &fields)
    writer.unsigned(windowBytes)
  }
}

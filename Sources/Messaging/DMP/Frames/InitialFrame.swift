package import JanusCrypto

/// The initiator's half of the agreement, with its first message (DMP §6.4).
package struct InitialFrame: FrameBody {
  package static let frameType = FrameType.initial

  /// H(ACCEPT).
  package var accept: Digest
  /// EK.
  package var ephemeralKey: AgreementPublicKey
  package var kemCiphertext: [UInt8]
  /// The body of a RATCHET frame.
  package var ratchet: [UInt8]

  package init(
    accept: Digest,
    ephemeralKey: AgreementPublicKey,
    kemCiphertext: [UInt8],
    ratchet: [UInt8]
  ) {
    self.accept = accept
    self.ephemeralKey = ephemeralKey
    self.kemCiphertext = kemCiphertext
    self.ratchet = ratchet
  }

  package init(reading reader: inout CBORReader) throws(CBORError) {
    var fields = try reader.openFields()
    try reader.require(0, in: &fields)
    accept = try reader.octets32()
    try reader.require(1, in: &fields)
    ephemeralKey = try reader.x25519Key()
    try reader.require(2, in: &fields)
    kemCiphertext = Array(try reader.bytes(exactly: Limits.kemCiphertextByteCount))
    try reader.require(3, in: &fields)
    let start = reader.offset
    ratchet = Array(try reader.bytes())
    guard ratchet.count >= RatchetFrame.leastByteCount else {
      throw reader.error(.wrongLength, at: start)
    }
    try reader.close(&fields)
  }

  package func write(to writer: inout CBORWriter) {
    var fields = writer.openFields()
    writer.key(0, in: &fields)
    writer.octets(accept)
    writer.key(1, in: &fields)
    writer.octets(ephemeralKey.bytes)
    writer.key(2, in: &fields)
    writer.bytes(kemCiphertext)
    writer.key(3, in: &fields)
    writer.bytes(ratchet)
  }
}

package import JanusCrypto

/// What both sides saw of an agreement, each part whole (DMP wire format, "Agreement").
///
/// Whoever changes, swaps or leaves out any part of it gets other keys.
package struct AgreementTranscript: Equatable, Sendable {
  /// The initiator's certificate, as bytes of COSE.
  package var initiatorCertificate: [UInt8]
  /// The responder's.
  package var responderCertificate: [UInt8]
  package var knock: [UInt8]
  package var accept: [UInt8]
  /// EK.
  package var ephemeralKey: AgreementPublicKey
  package var kemCiphertext: [UInt8]

  package init(
    initiatorCertificate: [UInt8],
    responderCertificate: [UInt8],
    knock: [UInt8],
    accept: [UInt8],
    ephemeralKey: AgreementPublicKey,
    kemCiphertext: [UInt8]
  ) {
    self.initiatorCertificate = initiatorCertificate
    self.responderCertificate = responderCertificate
    self.knock = knock
    self.accept = accept
    self.ephemeralKey = ephemeralKey
    self.kemCiphertext = kemCiphertext
  }

  /// `AD`: the salt of the derivation, and part of every message's associated data.
  package var associatedData: Bytes32 {
    var stream = HashStream<SHA256>()
    stream.absorb(Array("dmp1 ad".utf8))
    for part in [initiatorCertificate, responderCertificate, knock, accept] {
      Self.absorb(part, into: &stream)
    }
    ephemeralKey.bytes.withUnsafeBytes { stream.absorb($0.bytes) }
    Self.absorb(kemCiphertext, into: &stream)
    return stream.digest32()
  }

  private static func absorb(_ part: [UInt8], into stream: inout HashStream<SHA256>) {
    let count = UInt32(part.count)
    withUnsafeBytes(of: count.bigEndian) { stream.absorb($0.bytes) }
    stream.absorb(part)
  }
}

import DMP
import JanusCrypto
import JanusKEM

/// The agreement whose keys `AgreementTests` compares with another program's.
enum KnownAgreement {
  static func secrets(_ arena: SecretArena) throws -> AgreedSecrets {
    func key(_ byte: UInt8) throws -> AgreementSecretKey {
      let bytes = [UInt8](repeating: byte, count: 32)
      return AgreementSecretKey(secret: try Secret32(copying: bytes.span.bytes, in: arena))
    }
    let ephemeralKey = try key(2)
    let ciphertext = [UInt8](repeating: 7, count: 1088)
    let sharedSecret = [UInt8](repeating: 6, count: 32)
    return try Agreement.initiate(
      identity: key(1),
      ephemeralKey: ephemeralKey,
      offer: Agreement.Offer(
        identity: key(3).publicKey,
        signedPrekey: key(4).publicKey,
        oneTimePrekey: key(5).publicKey
      ),
      encapsulation: Encapsulation(
        ciphertext: ciphertext,
        sharedSecret: Secret32(copying: sharedSecret.span.bytes, in: arena)
      ),
      transcript: AgreementTranscript(
        initiatorCertificate: Array("certificate of I".utf8),
        responderCertificate: Array("certificate of R".utf8),
        knock: Array("knock".utf8),
        accept: Array("accept".utf8),
        ephemeralKey: ephemeralKey.publicKey,
        kemCiphertext: ciphertext
      ),
      arena: arena
    )
  }
}

package import JanusCrypto
package import JanusKEM

/// PQXDH: three agreements of X25519, a fourth with a one-time prekey, and ML-KEM-768 always (DMP
/// wire format, "Agreement").
///
/// Signatures over certificates, knock and accept are verified before; here they are bytes that
/// the keys depend on.
package enum Agreement {
  /// What the responder's ACCEPT and certificate offer.
  package struct Offer: Sendable {
    /// IKr, from the certificate.
    package var identity: AgreementPublicKey
    /// SPK.
    package var signedPrekey: AgreementPublicKey
    /// OPK.
    package var oneTimePrekey: AgreementPublicKey?

    package init(
      identity: AgreementPublicKey,
      signedPrekey: AgreementPublicKey,
      oneTimePrekey: AgreementPublicKey?
    ) {
      self.identity = identity
      self.signedPrekey = signedPrekey
      self.oneTimePrekey = oneTimePrekey
    }
  }

  /// The initiator's side; `ephemeralKey` and `encapsulation` are made for this one agreement and
  /// their public parts stand in the transcript.
  ///
  /// Throws `sharedSecretIsZero` or `outOfMemory`.
  package static func initiate(
    identity: borrowing AgreementSecretKey,
    ephemeralKey: borrowing AgreementSecretKey,
    offer: Offer,
    encapsulation: borrowing Encapsulation,
    transcript: AgreementTranscript,
    arena: SecretArena
  ) throws(CryptoError) -> AgreedSecrets {
    try derive(transcript, offer.oneTimePrekey != nil, encapsulation.sharedSecret, arena) {
      part throws(CryptoError) in
      try identity.agree(with: offer.signedPrekey, into: part(1))
      try ephemeralKey.agree(with: offer.identity, into: part(2))
      try ephemeralKey.agree(with: offer.signedPrekey, into: part(3))
      if let oneTimePrekey = offer.oneTimePrekey {
        try ephemeralKey.agree(with: oneTimePrekey, into: part(4))
      }
    }
  }

  /// The responder's secret halves of an offer.
  package struct Keys: ~Copyable {
    package let signedPrekey: AgreementSecretKey
    package let oneTimePrekey: AgreementSecretKey?
    package let kem: KEMSecretKey

    package init(
      signedPrekey: consuming AgreementSecretKey,
      oneTimePrekey: consuming AgreementSecretKey?,
      kem: consuming KEMSecretKey
    ) {
      self.signedPrekey = signedPrekey
      self.oneTimePrekey = oneTimePrekey
      self.kem = kem
    }
  }

  /// The responder's side; the peer's ephemeral key and ciphertext stand in the transcript.
  ///
  /// Throws `sharedSecretIsZero`, `wrongLength` or `outOfMemory`.
  package static func respond(
    identity: borrowing AgreementSecretKey,
    keys: borrowing Keys,
    peer: AgreementPublicKey,
    transcript: AgreementTranscript,
    arena: SecretArena
  ) throws(CryptoError) -> AgreedSecrets {
    let ephemeralKey = transcript.ephemeralKey
    let secret = try keys.kem.decapsulate(transcript.kemCiphertext, in: arena)
    let hasOneTimePrekey = keys.hasOneTimePrekey
    return try derive(transcript, hasOneTimePrekey, secret, arena) { part throws(CryptoError) in
      try keys.signedPrekey.agree(with: peer, into: part(1))
      try identity.agree(with: ephemeralKey, into: part(2))
      try keys.signedPrekey.agree(with: ephemeralKey, into: part(3))
      if hasOneTimePrekey { try keys.oneTimePrekey?.agree(with: ephemeralKey, into: part(4)) }
    }
  }

  /// `ikm = FF×32 ‖ DH1 ‖ DH2 ‖ DH3 [‖ DH4] ‖ SS`, each of 32 bytes.
  private static func derive(
    _ transcript: AgreementTranscript,
    _ hasOneTimePrekey: Bool,
    _ kemSecret: borrowing Secret32,
    _ arena: SecretArena,
    _ agree: ((Int) -> UnsafeMutableRawPointer) throws(CryptoError) -> Void
  ) throws(CryptoError) -> AgreedSecrets {
    let kemPart = hasOneTimePrekey ? 5 : 4
    let byteCount = 32 * (kemPart + 1)
    return try AgreedSecrets(transcript: transcript, arena: arena, ikmByteCount: byteCount) {
      ikm throws(CryptoError) in
      guard let start = ikm.baseAddress else { return }
      start.initializeMemory(as: UInt8.self, repeating: 0xFF, count: 32)
      try agree { start + 32 * $0 }
      kemSecret.withUnsafeBytes { secret in
        UnsafeMutableRawBufferPointer(rebasing: ikm[(32 * kemPart)...]).copyMemory(from: secret)
      }
    }
  }
}

extension Agreement.Keys {
  /// Whether the offer has OPK.
  package var hasOneTimePrekey: Bool { oneTimePrekey != nil }
}

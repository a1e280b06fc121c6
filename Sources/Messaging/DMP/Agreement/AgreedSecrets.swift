package import JanusCrypto

/// What an agreement leaves to both sides.
package struct AgreedSecrets: ~Copyable {
  /// `AD`.
  package let associatedData: Bytes32
  /// The first root key of the ratchet.
  package let rootKey: Secret32
  /// The psk of later links.
  package let linkKey: Secret32
  /// What exported keys are derived from.
  package let exporter: Secret32

  /// `ikm`'s parts are in the order of the wire format; the closure writes them.
  init(
    transcript: AgreementTranscript,
    arena: SecretArena,
    ikmByteCount: Int,
    _ writeIKM: (UnsafeMutableRawBufferPointer) throws(CryptoError) -> Void
  ) throws(CryptoError) {
    let purpose = Array("dmp1 pqxdh x25519 mlkem768 sha256".utf8)
    let associatedData = transcript.associatedData
    self = try withUnsafeTemporaryAllocation(byteCount: ikmByteCount + 96, alignment: 16) {
      (memory) throws(CryptoError) -> AgreedSecrets in
      defer { memory.resetSecretBytes() }
      let ikm = UnsafeMutableRawBufferPointer(rebasing: memory[..<ikmByteCount])
      let output = UnsafeMutableRawBufferPointer(rebasing: memory[ikmByteCount...])
      try writeIKM(ikm)
      try associatedData.withUnsafeBytes { salt throws(CryptoError) in
        try HKDF<SHA256>.derive(
          salt: salt,
          secret: UnsafeRawBufferPointer(ikm),
          purpose: purpose.span.bytes,
          output: output
        )
      }
      return try AgreedSecrets(associatedData, UnsafeRawBufferPointer(output), arena)
    }
  }

  private init(
    _ associatedData: Bytes32,
    _ output: UnsafeRawBufferPointer,
    _ arena: SecretArena
  ) throws(CryptoError) {
    let rootKey = try Secret32(copying: output.bytes.extracting(0..<32), in: arena)
    let linkKey = try Secret32(copying: output.bytes.extracting(32..<64), in: arena)
    let exporter = try Secret32(copying: output.bytes.extracting(64..<96), in: arena)
    self.associatedData = associatedData
    self.rootKey = rootKey
    self.linkKey = linkKey
    self.exporter = exporter
  }

  /// `sid`: the first eight bytes of a hash of `AD`.
  package var session: SessionID {
    var stream = HashStream<SHA256>()
    stream.absorb(Array("dmp1 sid".utf8))
    associatedData.withUnsafeBytes { stream.absorb($0.bytes) }
    return SessionID(word: stream.digest32().prefix64)
  }
}

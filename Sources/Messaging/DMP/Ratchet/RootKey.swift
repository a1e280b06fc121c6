import JanusCrypto

/// The step of the root key: `RK, CK = HKDF(salt RK, DH, "dmp1 root", 64)`.
enum RootKey {
  private static let purpose: StaticString = "dmp1 root"

  /// What `step` writes: the keys, and what it needs itself.
  static let scratchByteCount = 96

  /// Writes the next root key and the new chain's key, 32 bytes each, into scratch memory that the
  /// caller wipes.
  ///
  /// Throws `sharedSecretIsZero`.
  static func step(
    _ rootKey: borrowing Secret32,
    own: borrowing AgreementSecretKey,
    peer: AgreementPublicKey,
    into scratch: UnsafeMutableRawPointer
  ) throws(CryptoError) {
    try own.agree(with: peer, into: scratch + 64)
    let purpose = UnsafeRawBufferPointer(
      start: Self.purpose.utf8Start,
      count: Self.purpose.utf8CodeUnitCount
    )
    try rootKey.withUnsafeBytes { salt throws(CryptoError) in
      try HKDF<SHA256>.derive(
        salt: salt,
        secret: UnsafeRawBufferPointer(start: scratch + 64, count: 32),
        purpose: purpose.bytes,
        output: UnsafeMutableRawBufferPointer(start: scratch, count: 64)
      )
    }
  }
}

extension Secret32 {
  /// Replaces the secret by 32 bytes.
  mutating func replace(by bytes: UnsafeRawPointer) {
    withUnsafeMutableBytes {
      $0.copyMemory(from: UnsafeRawBufferPointer(start: bytes, count: $0.count))
    }
  }
}

extension RatchetError {
  /// What a failure of the primitives means to a ratchet.
  init(_ error: CryptoError) {
    switch error {
    case .outOfMemory: self = .outOfMemory
    case .sharedSecretIsZero, .keyNotCanonical: self = .badKey
    case .notAuthentic: self = .notAuthentic
    case .wrongLength, .outputTooLong, .limitsOutOfRange, .invalidKey: self = .malformed
    }
  }
}

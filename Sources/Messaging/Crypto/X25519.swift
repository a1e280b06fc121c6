import CSodium

/// Elliptic-curve Diffie-Hellman over Curve25519 (RFC 7748).
public enum X25519 {
  /// Writes the 32 bytes that the secret number and the point of another share.
  ///
  /// Throws `sharedSecretIsZero` for points of small order (RFC 7748 §6.1). Takes any encoding of
  /// a point; `X25519PublicKey` is stricter.
  public static func agree(
    secret: UnsafeRawPointer,
    point: UnsafeRawPointer,
    into output: UnsafeMutableRawPointer
  ) throws(CryptoError) {
    Sodium.start()
    // SAFETY: 32 bytes each; the caller answers for it.
    let code = crypto_scalarmult(
      output.assumingMemoryBound(to: UInt8.self),
      secret.assumingMemoryBound(to: UInt8.self),
      point.assumingMemoryBound(to: UInt8.self)
    )
    guard code == 0 else {
      sodium_memzero(output, 32)
      throw .sharedSecretIsZero
    }
  }

  /// Writes the point of a secret number, 32 bytes.
  static func makePoint(secret: UnsafeRawPointer, into output: UnsafeMutableRawPointer) {
    Sodium.start()
    crypto_scalarmult_base(
      output.assumingMemoryBound(to: UInt8.self),
      secret.assumingMemoryBound(to: UInt8.self)
    )
  }
}

/// A secret key of X25519 and the public key that belongs to it.
public struct X25519SecretKey<Use: KeyUse>: ~Copyable, Sendable {
  /// What others may know.
  public let publicKey: X25519PublicKey<Use>
  private let secret: Secret32

  /// A key from 32 secret bytes, all of which are allowed.
  public init(secret: consuming Secret32) {
    publicKey = X25519PublicKey(
      computed: Bytes32 { output in
        guard let output = output.baseAddress else { return }
        secret.withUnsafeBytes { secret in
          if let secret = secret.baseAddress { X25519.makePoint(secret: secret, into: output) }
        }
      }
    )
    self.secret = secret
  }

  private init(secret: consuming Secret32, publicKey: X25519PublicKey<Use>) {
    self.secret = secret
    self.publicKey = publicKey
  }

  /// A new key.
  ///
  /// Throws `outOfMemory`.
  public init(from random: RandomSource, in arena: SecretArena) throws(CryptoError) {
    self.init(secret: try Secret32(from: random, in: arena))
  }

  /// The same key in a second slot.
  ///
  /// Throws `outOfMemory`.
  public borrowing func copy() throws(CryptoError) -> Self {
    Self(secret: try secret.copy(), publicKey: publicKey)
  }

  /// Writes the 32 bytes shared with the owner of that key.
  ///
  /// Throws `sharedSecretIsZero`.
  public borrowing func agree<Other: KeyUse>(
    with other: X25519PublicKey<Other>,
    into output: UnsafeMutableRawPointer
  ) throws(CryptoError) {
    try secret.withUnsafeBytes { secret throws(CryptoError) in
      try other.bytes.withUnsafeBytes { point throws(CryptoError) in
        guard let secret = secret.baseAddress, let point = point.baseAddress else { return }
        try X25519.agree(secret: secret, point: point, into: output)
      }
    }
  }

  /// The shared bytes as a secret of their own.
  ///
  /// Throws `sharedSecretIsZero` or `outOfMemory`.
  public borrowing func sharedSecret(
    with other: X25519PublicKey<Use>,
    in arena: SecretArena
  ) throws(CryptoError) -> Secret32 {
    try Secret32(in: arena) { output throws(CryptoError) in
      guard let output = output.baseAddress else { return }
      try agree(with: other, into: output)
    }
  }

  /// Gives the 32 secret bytes to the closure, for the store to seal.
  public borrowing func withUnsafeBytes<Result: ~Copyable, Failure: Error>(
    _ body: (UnsafeRawBufferPointer) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    try secret.withUnsafeBytes(body)
  }
}

/// A secret key of agreement, or of the ratchet.
public typealias AgreementSecretKey = X25519SecretKey<AgreementUse>
/// A secret key of a link.
public typealias LinkSecretKey = X25519SecretKey<LinkUse>

import CSodium

/// A signature of Ed25519.
public struct Signature: Hashable, Sendable {
  /// 64.
  public static let byteCount = 64

  private let point: Bytes32
  private let scalar: Bytes32

  /// Reads a signature.
  ///
  /// Throws `wrongLength`.
  public init(bytes: RawSpan) throws(CryptoError) {
    guard bytes.byteCount == Self.byteCount else {
      throw .wrongLength(expected: Self.byteCount, found: bytes.byteCount)
    }
    point = try Bytes32(bytes.extracting(first: 32))
    scalar = try Bytes32(bytes.extracting(last: 32))
  }

  /// Reads a signature.
  ///
  /// Throws `wrongLength`.
  public init(bytes: [UInt8]) throws(CryptoError) { try self.init(bytes: bytes.span.bytes) }

  /// Its 64 bytes.
  public var array: [UInt8] { point.array + scalar.array }

  /// Gives the 64 bytes to the closure.
  public func withUnsafeBytes<Result, Failure: Error>(
    _ body: (UnsafeRawBufferPointer) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    try Swift.withUnsafeBytes(of: self, body)
  }
}

/// A secret key of Ed25519 in guarded memory.
public struct SigningSecretKey: ~Copyable, Sendable {
  /// Size of the seed.
  public static let seedByteCount = 32

  /// What others may know.
  public let publicKey: SigningPublicKey
  /// Seed and public key, as libsodium wants them.
  private let secret: SecretBytes

  /// The key of a seed, which the caller wipes.
  ///
  /// Throws `wrongLength` or `outOfMemory`.
  public init(seed: RawSpan) throws(CryptoError) {
    guard seed.byteCount == Self.seedByteCount else {
      throw .wrongLength(expected: Self.seedByteCount, found: seed.byteCount)
    }
    var point = Bytes32()
    secret = try SecretBytes(byteCount: 64) { memory throws(CryptoError) in
      point = Bytes32 { point in
        seed.withUnsafeBytes { seed in
          _ = crypto_sign_seed_keypair(
            point.unsignedBytes,
            memory.unsignedBytes,
            seed.unsignedBytes
          )
        }
      }
    }
    publicKey = SigningPublicKey(bytes: point)
  }

  /// A new key.
  ///
  /// Throws `outOfMemory`.
  public init(from random: RandomSource) throws(CryptoError) {
    self = try withUnsafeTemporaryAllocation(byteCount: Self.seedByteCount, alignment: 16) {
      (seed) throws(CryptoError) -> SigningSecretKey in
      defer { seed.baseAddress.map { sodium_memzero($0, Self.seedByteCount) } }
      random.fill(seed)
      return try SigningSecretKey(seed: seed.bytes)
    }
  }

  /// Signs.
  public borrowing func sign(_ message: RawSpan) -> Signature {
    withUnsafeTemporaryAllocation(byteCount: Signature.byteCount, alignment: 16) { signature in
      secret.withUnsafeBytes { secret in
        message.withUnsafeBytes { message in
          _ = crypto_sign_detached(
            signature.unsignedBytes,
            nil,
            message.unsignedBytes,
            UInt64(message.count),
            secret.unsignedBytes
          )
        }
      }
      do {
        return try Signature(bytes: signature.bytes)
      } catch {
        preconditionFailure("64 bytes are a signature")
      }
    }
  }

  /// Signs.
  public borrowing func sign(_ message: [UInt8]) -> Signature { sign(message.span.bytes) }

  /// Gives the seed of 32 bytes to the closure, for the store to seal.
  public borrowing func withUnsafeSeed<Result: ~Copyable, Failure: Error>(
    _ body: (UnsafeRawBufferPointer) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    try secret.withUnsafeBytes { secret throws(Failure) in
      try body(UnsafeRawBufferPointer(rebasing: secret[..<Self.seedByteCount]))
    }
  }
}

extension SigningPublicKey {
  /// Verifies as libsodium does: no key or R of small order, no S of the group's order or more, no
  /// other encoding of a key than the shortest.
  public func isValid(_ signature: Signature, for message: RawSpan) -> Bool {
    Sodium.start()
    return bytes.withUnsafeBytes { key in
      signature.withUnsafeBytes { signature in
        message.withUnsafeBytes { message in
          crypto_sign_verify_detached(
            signature.unsignedBytes,
            message.unsignedBytes,
            UInt64(message.count),
            key.unsignedBytes
          ) == 0
        }
      }
    }
  }

  /// Verifies as libsodium does.
  public func isValid(_ signature: Signature, for message: [UInt8]) -> Bool {
    isValid(signature, for: message.span.bytes)
  }
}

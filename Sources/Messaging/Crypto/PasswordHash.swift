import CSodium

/// Argon2id (RFC 9106, version 1.3), one lane.
public enum PasswordHash {
  /// Size of the salt.
  public static let saltByteCount = 16

  /// What a hash costs.
  public struct Cost: Equatable, Sendable {
    /// Passes over the memory, at least 1.
    public var passes: Int
    /// Memory in bytes, at least 8 KiB.
    public var memoryByteCount: Int

    /// A cost.
    public init(passes: Int, memoryByteCount: Int) {
      self.passes = passes
      self.memoryByteCount = memoryByteCount
    }

    /// Two passes over 64 MiB, 54 ms on the machine of the measurements.
    public static let interactive = Cost(passes: 2, memoryByteCount: 64 << 20)
    /// Three passes over 256 MiB, 371 ms there.
    public static let moderate = Cost(passes: 3, memoryByteCount: 256 << 20)
  }

  /// A secret from a password.
  ///
  /// Throws `wrongLength` (salt), `limitsOutOfRange`, `outOfMemory`.
  public static func derive(
    password: RawSpan,
    salt: RawSpan,
    cost: Cost,
    byteCount: Int
  ) throws(CryptoError) -> SecretBytes {
    guard salt.byteCount == saltByteCount else {
      throw .wrongLength(expected: saltByteCount, found: salt.byteCount)
    }
    guard cost.passes >= 1, cost.passes <= Int(UInt32.max), cost.memoryByteCount >= 8192,
      cost.memoryByteCount <= 4_398_046_510_080, byteCount >= 16, byteCount <= 1 << 20
    else { throw .limitsOutOfRange }
    return try SecretBytes(byteCount: byteCount) { output throws(CryptoError) in
      let code = password.withUnsafeBytes { password in
        salt.withUnsafeBytes { salt in
          crypto_pwhash(
            output.unsignedBytes,
            UInt64(output.count),
            UnsafeRawPointer(password.unsignedBytes).assumingMemoryBound(to: CChar.self),
            UInt64(password.count),
            salt.unsignedBytes,
            UInt64(cost.passes),
            cost.memoryByteCount,
            crypto_pwhash_alg_argon2id13()
          )
        }
      }
      guard code == 0 else { throw .outOfMemory }
    }
  }
}

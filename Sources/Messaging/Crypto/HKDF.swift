import CSodium

/// Key derivation of RFC 5869.
public enum HKDF<Hash: HashFunction> {
  /// The most that one call gives, in bytes.
  public static var outputLimit: Int { 255 * Hash.byteCount }

  /// Writes the pseudo-random key, of `Hash.byteCount` (§2.2).
  public static func extract(
    salt: UnsafeRawBufferPointer,
    secret: UnsafeRawBufferPointer,
    key: UnsafeMutableRawPointer
  ) {
    HMAC<Hash>.withKey(salt) { salt in
      salt.begin()
      salt.absorb(secret)
      salt.finish(key)
    }
  }

  /// Fills the output from a pseudo-random key (§2.3).
  ///
  /// Throws `outputTooLong`.
  public static func expand(
    key: UnsafeRawBufferPointer,
    purpose: RawSpan,
    output: UnsafeMutableRawBufferPointer
  ) throws(CryptoError) {
    guard output.count <= outputLimit else { throw .outputTooLong }
    HMAC<Hash>.withKey(key) { key in
      withUnsafeTemporaryAllocation(byteCount: Hash.byteCount, alignment: 64) { block in
        guard let start = block.baseAddress else { return }
        defer { sodium_memzero(start, Hash.byteCount) }
        var counter: UInt8 = 0
        var written = 0
        while written < output.count {
          key.begin()
          if counter > 0 { key.absorb(UnsafeRawBufferPointer(block)) }
          purpose.withUnsafeBytes { key.absorb($0) }
          counter += 1
          key.absorb(counter)
          key.finish(start)
          let count = min(Hash.byteCount, output.count - written)
          let part = UnsafeMutableRawBufferPointer(rebasing: output[written..<written + count])
          part.copyMemory(from: UnsafeRawBufferPointer(rebasing: block[..<count]))
          written += count
        }
      }
    }
  }

  /// Fills the output: extract, then expand.
  ///
  /// Throws `outputTooLong`.
  public static func derive(
    salt: UnsafeRawBufferPointer,
    secret: UnsafeRawBufferPointer,
    purpose: RawSpan,
    output: UnsafeMutableRawBufferPointer
  ) throws(CryptoError) {
    try withUnsafeTemporaryAllocation(byteCount: Hash.byteCount, alignment: 64) {
      (key) throws(CryptoError) in
      guard let start = key.baseAddress else { return }
      defer { sodium_memzero(start, Hash.byteCount) }
      extract(salt: salt, secret: secret, key: start)
      try expand(key: UnsafeRawBufferPointer(key), purpose: purpose, output: output)
    }
  }
}

import CSodium

/// Authenticated encryption with a key of 32 bytes and a tag of 16.
public protocol AEAD: Sendable {
  /// 24 for XChaCha20, 12 for the IETF's ChaCha20.
  static var nonceByteCount: Int { get }

  /// Writes ciphertext and tag: `plaintext.count + 16` bytes, which may start where the plaintext
  /// does.
  ///
  /// Key and nonce are of the sizes above; a nonce is used once per key.
  static func seal(
    _ plaintext: UnsafeRawBufferPointer,
    associatedData: UnsafeRawBufferPointer,
    key: UnsafeRawPointer,
    nonce: UnsafeRawPointer,
    into output: UnsafeMutableRawPointer
  )

  /// Writes the plaintext, `sealed.count - 16` bytes, which may start where the sealed bytes do.
  ///
  /// Throws `notAuthentic`; then the output may be zeros, but never plaintext.
  static func open(
    _ sealed: UnsafeRawBufferPointer,
    associatedData: UnsafeRawBufferPointer,
    key: UnsafeRawPointer,
    nonce: UnsafeRawPointer,
    into output: UnsafeMutableRawPointer
  ) throws(CryptoError)
}

extension AEAD {
  /// 32.
  public static var keyByteCount: Int { 32 }
  /// 16.
  public static var tagByteCount: Int { 16 }

  /// Ciphertext and tag.
  ///
  /// Throws `wrongLength` when key or nonce have another size than the cipher's.
  public static func seal(
    _ plaintext: RawSpan,
    associatedData: RawSpan,
    key: borrowing some SecretMemory & ~Copyable,
    nonce: RawSpan
  ) throws(CryptoError) -> [UInt8] {
    try check(key.byteCount, nonce)
    let count = plaintext.byteCount + tagByteCount
    return [UInt8](unsafeUninitializedCapacity: count) { output, initialized in
      withPointers(key, nonce, plaintext, associatedData) { key, nonce, plaintext, associated in
        guard let output = output.baseAddress else { return }
        seal(plaintext, associatedData: associated, key: key, nonce: nonce, into: output)
        initialized = count
      }
    }
  }

  /// The plaintext.
  ///
  /// Throws `notAuthentic`; `wrongLength` when key or nonce have another size than the cipher's.
  public static func open(
    _ sealed: RawSpan,
    associatedData: RawSpan,
    key: borrowing some SecretMemory & ~Copyable,
    nonce: RawSpan
  ) throws(CryptoError) -> [UInt8] {
    try check(key.byteCount, nonce)
    guard sealed.byteCount >= tagByteCount else { throw .notAuthentic }
    let count = sealed.byteCount - tagByteCount
    var failure: CryptoError?
    // One byte more, so that an empty plaintext has an address, too.
    let plaintext = [UInt8](unsafeUninitializedCapacity: count + 1) { output, initialized in
      withPointers(key, nonce, sealed, associatedData) { key, nonce, sealed, associated in
        guard let output = output.baseAddress else { return }
        do throws(CryptoError) {
          try open(sealed, associatedData: associated, key: key, nonce: nonce, into: output)
          initialized = count
        } catch {
          failure = error
        }
      }
    }
    if let failure { throw failure }
    return plaintext
  }

  private static func check(_ keyByteCount: Int, _ nonce: RawSpan) throws(CryptoError) {
    guard keyByteCount == Self.keyByteCount else {
      throw .wrongLength(expected: Self.keyByteCount, found: keyByteCount)
    }
    guard nonce.byteCount == nonceByteCount else {
      throw .wrongLength(expected: nonceByteCount, found: nonce.byteCount)
    }
  }

  private static func withPointers(
    _ key: borrowing some SecretMemory & ~Copyable,
    _ nonce: RawSpan,
    _ text: RawSpan,
    _ associatedData: RawSpan,
    _ body: (
      UnsafeRawPointer, UnsafeRawPointer, UnsafeRawBufferPointer, UnsafeRawBufferPointer
    ) -> Void
  ) {
    key.withUnsafeBytes { key in
      nonce.withUnsafeBytes { nonce in
        text.withUnsafeBytes { text in
          associatedData.withUnsafeBytes { associated in
            guard let key = key.baseAddress, let nonce = nonce.baseAddress else { return }
            body(key, nonce, text, associated)
          }
        }
      }
    }
  }
}

/// XChaCha20-Poly1305: nonces of 24 bytes may be random.
public enum XChaCha20Poly1305: AEAD {
  public static let nonceByteCount = 24

  public static func seal(
    _ plaintext: UnsafeRawBufferPointer,
    associatedData: UnsafeRawBufferPointer,
    key: UnsafeRawPointer,
    nonce: UnsafeRawPointer,
    into output: UnsafeMutableRawPointer
  ) {
    Sodium.start()
    // SAFETY: the caller answers for sizes (see the protocol); no length limit can be reached.
    crypto_aead_xchacha20poly1305_ietf_encrypt(
      output.assumingMemoryBound(to: UInt8.self),
      nil,
      plaintext.unsignedBytes,
      UInt64(plaintext.count),
      associatedData.unsignedBytes,
      UInt64(associatedData.count),
      nil,
      nonce.assumingMemoryBound(to: UInt8.self),
      key.assumingMemoryBound(to: UInt8.self)
    )
  }

  public static func open(
    _ sealed: UnsafeRawBufferPointer,
    associatedData: UnsafeRawBufferPointer,
    key: UnsafeRawPointer,
    nonce: UnsafeRawPointer,
    into output: UnsafeMutableRawPointer
  ) throws(CryptoError) {
    Sodium.start()
    // SAFETY: as above; libsodium refuses what is shorter than a tag.
    let code = crypto_aead_xchacha20poly1305_ietf_decrypt(
      output.assumingMemoryBound(to: UInt8.self),
      nil,
      nil,
      sealed.unsignedBytes,
      UInt64(sealed.count),
      associatedData.unsignedBytes,
      UInt64(associatedData.count),
      nonce.assumingMemoryBound(to: UInt8.self),
      key.assumingMemoryBound(to: UInt8.self)
    )
    guard code == 0 else { throw .notAuthentic }
  }
}

/// ChaCha20-Poly1305 (RFC 8439), which Noise counts nonces for.
public enum ChaCha20Poly1305: AEAD {
  public static let nonceByteCount = 12

  public static func seal(
    _ plaintext: UnsafeRawBufferPointer,
    associatedData: UnsafeRawBufferPointer,
    key: UnsafeRawPointer,
    nonce: UnsafeRawPointer,
    into output: UnsafeMutableRawPointer
  ) {
    Sodium.start()
    // SAFETY: as for XChaCha20.
    crypto_aead_chacha20poly1305_ietf_encrypt(
      output.assumingMemoryBound(to: UInt8.self),
      nil,
      plaintext.unsignedBytes,
      UInt64(plaintext.count),
      associatedData.unsignedBytes,
      UInt64(associatedData.count),
      nil,
      nonce.assumingMemoryBound(to: UInt8.self),
      key.assumingMemoryBound(to: UInt8.self)
    )
  }

  public static func open(
    _ sealed: UnsafeRawBufferPointer,
    associatedData: UnsafeRawBufferPointer,
    key: UnsafeRawPointer,
    nonce: UnsafeRawPointer,
    into output: UnsafeMutableRawPointer
  ) throws(CryptoError) {
    Sodium.start()
    // SAFETY: as for XChaCha20.
    let code = crypto_aead_chacha20poly1305_ietf_decrypt(
      output.assumingMemoryBound(to: UInt8.self),
      nil,
      nil,
      sealed.unsignedBytes,
      UInt64(sealed.count),
      associatedData.unsignedBytes,
      UInt64(associatedData.count),
      nonce.assumingMemoryBound(to: UInt8.self),
      key.assumingMemoryBound(to: UInt8.self)
    )
    guard code == 0 else { throw .notAuthentic }
  }
}

package import JanusCrypto

/// A key of Noise with the count of its uses (Noise revision 34, §5.1).
///
/// The cipher is ChaChaPoly, the only one of suite 1.
package struct CipherState: ~Copyable {
  private var key: Secret32
  /// The nonce of the next message.
  package private(set) var count: UInt64

  /// A key not yet used.
  package init(key: consuming Secret32, count: UInt64 = 0) {
    self.key = key
    self.count = count
  }

  /// Writes ciphertext and tag, `plaintext.count + 16` bytes.
  ///
  /// Throws `exhausted` at nonce 2^64 - 1, which is kept for the rekey.
  package mutating func seal(
    _ plaintext: UnsafeRawBufferPointer,
    associatedData: UnsafeRawBufferPointer,
    into output: UnsafeMutableRawPointer
  ) throws(NoiseError) {
    guard count < .max else { throw .exhausted }
    withNonce(count) { key, nonce in
      ChaCha20Poly1305.seal(
        plaintext,
        associatedData: associatedData,
        key: key,
        nonce: nonce,
        into: output
      )
    }
    count += 1
  }

  /// Writes the plaintext, `sealed.count - 16` bytes.
  ///
  /// Throws `notAuthentic` and stays where it was, or `exhausted`.
  package mutating func open(
    _ sealed: UnsafeRawBufferPointer,
    associatedData: UnsafeRawBufferPointer,
    into output: UnsafeMutableRawPointer
  ) throws(NoiseError) {
    guard count < .max else { throw .exhausted }
    do {
      try withNonce(count) { key, nonce throws(CryptoError) in
        try ChaCha20Poly1305.open(
          sealed,
          associatedData: associatedData,
          key: key,
          nonce: nonce,
          into: output
        )
      }
    } catch {
      throw .notAuthentic
    }
    count += 1
  }

  /// Replaces the key by the first 32 bytes of the encryption of zeros under it (§4.2); the count
  /// goes on.
  package mutating func rekey() {
    withUnsafeTemporaryAllocation(byteCount: 32 + ChaCha20Poly1305.tagByteCount, alignment: 16) {
      output in
      guard let start = output.baseAddress else { return }
      defer { output.resetSecretBytes() }
      withUnsafeTemporaryAllocation(byteCount: 32, alignment: 16) { zeros in
        zeros.initializeMemory(as: UInt8.self, repeating: 0)
        withNonce(.max) { key, nonce in
          ChaCha20Poly1305.seal(
            UnsafeRawBufferPointer(zeros),
            associatedData: UnsafeRawBufferPointer(start: nil, count: 0),
            key: key,
            nonce: nonce,
            into: start
          )
        }
      }
      key.withUnsafeMutableBytes { key in
        key.copyMemory(from: UnsafeRawBufferPointer(rebasing: output[..<32]))
      }
    }
  }

  /// Four zeros, then the count, little-endian (§12.3).
  private borrowing func withNonce<Failure: Error>(
    _ count: UInt64,
    _ body: (UnsafeRawPointer, UnsafeRawPointer) throws(Failure) -> Void
  ) throws(Failure) {
    let nonce = (
      UInt32(0), UInt32(truncatingIfNeeded: count).littleEndian,
      UInt32(truncatingIfNeeded: count >> 32).littleEndian
    )
    try withUnsafeBytes(of: nonce) { nonce throws(Failure) in
      try key.withUnsafeBytes { key throws(Failure) in
        guard let key = key.baseAddress, let nonce = nonce.baseAddress else { return }
        try body(key, nonce)
      }
    }
  }
}

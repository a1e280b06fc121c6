import Crypto
public import JanusCrypto

/// AES-256-GCM (NIST SP 800-38D) with nonces of 12 bytes and tags of 16.
///
/// For scripts that meet other people's data; DMP does not use it.
public enum AES256GCM {
  /// 12.
  public static let nonceByteCount = 12
  /// 16.
  public static let tagByteCount = 16
  /// 32.
  public static let keyByteCount = 32

  /// Ciphertext and tag.
  ///
  /// Throws `wrongLength` of key or nonce.
  public static func seal(
    _ plaintext: [UInt8],
    associatedData: [UInt8],
    key: borrowing some SecretMemory & ~Copyable,
    nonce: [UInt8]
  ) throws(JanusCrypto.CryptoError) -> [UInt8] {
    let key = try symmetricKey(key)
    do {
      let box = try AES.GCM.seal(
        plaintext,
        using: key,
        nonce: try checked(nonce),
        authenticating: associatedData
      )
      return Array(box.ciphertext) + Array(box.tag)
    } catch let error as JanusCrypto.CryptoError {
      throw error
    } catch {
      throw .invalidKey
    }
  }

  /// The plaintext.
  ///
  /// Throws `notAuthentic`; `wrongLength` of key or nonce.
  public static func open(
    _ sealed: [UInt8],
    associatedData: [UInt8],
    key: borrowing some SecretMemory & ~Copyable,
    nonce: [UInt8]
  ) throws(JanusCrypto.CryptoError) -> [UInt8] {
    let key = try symmetricKey(key)
    guard sealed.count >= tagByteCount else { throw .notAuthentic }
    do {
      let box = try AES.GCM.SealedBox(
        nonce: try checked(nonce),
        ciphertext: sealed.dropLast(tagByteCount),
        tag: sealed.suffix(tagByteCount)
      )
      return Array(try AES.GCM.open(box, using: key, authenticating: associatedData))
    } catch let error as JanusCrypto.CryptoError {
      throw error
    } catch {
      throw .notAuthentic
    }
  }

  private static func checked(_ nonce: [UInt8]) throws -> AES.GCM.Nonce {
    guard nonce.count == nonceByteCount else {
      throw JanusCrypto.CryptoError.wrongLength(expected: nonceByteCount, found: nonce.count)
    }
    return try AES.GCM.Nonce(data: nonce)
  }

  private static func symmetricKey(
    _ key: borrowing some SecretMemory & ~Copyable
  ) throws(JanusCrypto.CryptoError) -> SymmetricKey {
    guard key.byteCount == keyByteCount else {
      throw .wrongLength(expected: keyByteCount, found: key.byteCount)
    }
    return key.withUnsafeBytes { SymmetricKey(data: $0) }
  }
}

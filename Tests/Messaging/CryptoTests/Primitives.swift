import JanusCrypto

/// The primitives on plain arrays, as test data has them.
enum Primitives {
  static func x25519(secret: [UInt8], point: [UInt8]) throws -> [UInt8] {
    var output = [UInt8](repeating: 0xFF, count: 32)
    var failure: CryptoError?
    secret.withUnsafeBytes { secret in
      point.withUnsafeBytes { point in
        output.withUnsafeMutableBytes { output in
          guard let first = secret.baseAddress, let second = point.baseAddress,
            let third = output.baseAddress
          else { return }
          do throws(CryptoError) {
            try X25519.agree(secret: first, point: second, into: third)
          } catch {
            failure = error
          }
        }
      }
    }
    if let failure { throw failure }
    return output
  }

  static func hkdf<Hash: HashFunction>(
    _ hash: Hash.Type,
    secret: [UInt8],
    salt: [UInt8],
    purpose: [UInt8],
    count: Int
  ) throws -> [UInt8] {
    var output = [UInt8](repeating: 0, count: count)
    var failure: CryptoError?
    secret.withUnsafeBytes { secret in
      salt.withUnsafeBytes { salt in
        output.withUnsafeMutableBytes { output in
          do throws(CryptoError) {
            try HKDF<Hash>.derive(
              salt: salt,
              secret: secret,
              purpose: purpose.span.bytes,
              output: output
            )
          } catch {
            failure = error
          }
        }
      }
    }
    if let failure { throw failure }
    return output
  }

  static func seal<Cipher: AEAD>(
    _ cipher: Cipher.Type,
    _ plaintext: [UInt8],
    _ associatedData: [UInt8],
    key: [UInt8],
    nonce: [UInt8]
  ) throws -> [UInt8] {
    try Cipher.seal(
      plaintext.span.bytes,
      associatedData: associatedData.span.bytes,
      key: SecretBytes(copying: key.span.bytes),
      nonce: nonce.span.bytes
    )
  }

  static func open<Cipher: AEAD>(
    _ cipher: Cipher.Type,
    _ sealed: [UInt8],
    _ associatedData: [UInt8],
    key: [UInt8],
    nonce: [UInt8]
  ) throws -> [UInt8] {
    try Cipher.open(
      sealed.span.bytes,
      associatedData: associatedData.span.bytes,
      key: SecretBytes(copying: key.span.bytes),
      nonce: nonce.span.bytes
    )
  }

  /// The chain's next message key; the chain key is replaced.
  static func advance(_ chainKey: inout [UInt8]) -> [UInt8] {
    var messageKey = [UInt8](repeating: 0, count: 32)
    chainKey.withUnsafeMutableBytes { chain in
      messageKey.withUnsafeMutableBytes { message in
        guard let chain = chain.baseAddress, let message = message.baseAddress else { return }
        ChainKey.advance(chain, messageKey: message)
      }
    }
    return messageKey
  }
}

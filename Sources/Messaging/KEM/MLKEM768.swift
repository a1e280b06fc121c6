import Crypto
public import JanusCrypto

/// The sizes of ML-KEM-768 (FIPS 203, table 3), in bytes.
public enum KEMSize {
  /// An encapsulation key.
  public static let publicKey = 1184
  /// A ciphertext.
  public static let ciphertext = 1088
  /// The seed that a decapsulation key is stored as.
  public static let seed = 64
}

/// An encapsulation key of ML-KEM-768.
public struct KEMPublicKey: Sendable {
  /// Its encoding.
  public let bytes: [UInt8]
  private let key: MLKEM768.PublicKey

  /// Reads a key and checks its modulus (FIPS 203 §7.2).
  ///
  /// Throws `wrongLength` or `invalidKey`.
  public init(bytes: [UInt8]) throws(JanusCrypto.CryptoError) {
    guard bytes.count == KEMSize.publicKey else {
      throw .wrongLength(expected: KEMSize.publicKey, found: bytes.count)
    }
    do {
      key = try MLKEM768.PublicKey(rawRepresentation: bytes)
    } catch {
      throw .invalidKey
    }
    self.bytes = bytes
  }

  fileprivate init(_ key: MLKEM768.PublicKey) {
    self.key = key
    bytes = Array(key.rawRepresentation)
  }

  /// A new shared secret, and the ciphertext that gives it to the key's owner.
  ///
  /// The randomness is drawn by the implementation. Throws `invalidKey` or `outOfMemory`.
  public func encapsulate(in arena: SecretArena) throws(JanusCrypto.CryptoError) -> Encapsulation {
    let result: KEM.EncapsulationResult
    do {
      result = try key.encapsulate()
    } catch {
      throw .invalidKey
    }
    let secret = try Secret32(copying: result.sharedSecret, in: arena)
    return Encapsulation(ciphertext: Array(result.encapsulated), sharedSecret: secret)
  }
}

/// What an encapsulation gives: an input of the agreement, so that a run can be replayed.
public struct Encapsulation: ~Copyable, Sendable {
  /// 1,088 bytes for the key's owner.
  public let ciphertext: [UInt8]
  /// What only both know.
  public let sharedSecret: Secret32

  /// A given encapsulation.
  public init(ciphertext: [UInt8], sharedSecret: consuming Secret32) {
    self.ciphertext = ciphertext
    self.sharedSecret = sharedSecret
  }
}

/// A decapsulation key of ML-KEM-768.
public struct KEMSecretKey: ~Copyable, Sendable {
  /// What others may know.
  public let publicKey: KEMPublicKey
  private let key: MLKEM768.PrivateKey

  /// The key of a seed of 64 bytes, which the caller wipes.
  ///
  /// Throws `wrongLength` or `invalidKey`.
  public init(seed: borrowing some SecretMemory & ~Copyable) throws(JanusCrypto.CryptoError) {
    guard seed.byteCount == KEMSize.seed else {
      throw .wrongLength(expected: KEMSize.seed, found: seed.byteCount)
    }
    do {
      key = try seed.withUnsafeBytes { seed in
        try MLKEM768.PrivateKey(seedRepresentation: seed, publicKey: nil)
      }
    } catch {
      throw .invalidKey
    }
    publicKey = KEMPublicKey(key.publicKey)
  }

  /// A new key.
  ///
  /// Throws `outOfMemory`.
  public init(from random: RandomSource) throws(JanusCrypto.CryptoError) {
    try self.init(seed: SecretBytes(byteCount: KEMSize.seed, from: random))
  }

  /// The secret of a ciphertext; another one, which nobody knows, if the ciphertext was not made
  /// with this key (implicit rejection, FIPS 203 §6.3).
  ///
  /// Throws `wrongLength` or `outOfMemory`.
  public borrowing func decapsulate(
    _ ciphertext: [UInt8],
    in arena: SecretArena
  ) throws(JanusCrypto.CryptoError) -> Secret32 {
    guard ciphertext.count == KEMSize.ciphertext else {
      throw .wrongLength(expected: KEMSize.ciphertext, found: ciphertext.count)
    }
    let secret: SymmetricKey
    do {
      secret = try key.decapsulate(ciphertext)
    } catch {
      throw .invalidKey
    }
    return try Secret32(copying: secret, in: arena)
  }
}

extension Secret32 {
  /// A copy of a key of swift-crypto, which wipes its own.
  fileprivate init(copying key: SymmetricKey, in arena: SecretArena) throws(JanusCrypto.CryptoError)
  {
    self = try Secret32(in: arena) { slot throws(JanusCrypto.CryptoError) in
      let count = key.withUnsafeBytes { (key) -> Int in
        if key.count == slot.count { slot.copyMemory(from: key) }
        return key.count
      }
      guard count == slot.count else { throw .wrongLength(expected: slot.count, found: count) }
    }
  }
}

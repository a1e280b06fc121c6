/// What a key is for; keys of different uses are different types.
public protocol KeyUse: Sendable {}

/// Identity, prekeys and ratchet keys: X25519 in agreement and Double Ratchet.
public enum AgreementUse: KeyUse {}

/// Static and ephemeral keys of a link: X25519 in Noise.
public enum LinkUse: KeyUse {}

/// A public key of X25519 (RFC 7748).
public struct X25519PublicKey<Use: KeyUse>: Hashable, Sendable {
  /// 32.
  public static var byteCount: Int { Bytes32.byteCount }

  /// Its encoding.
  public let bytes: Bytes32

  /// Reads a key.
  ///
  /// Throws `keyNotCanonical`: a point has one name here, though RFC 7748 lets others pass.
  public init(bytes: Bytes32) throws(CryptoError) {
    guard Self.isCanonical(bytes) else { throw .keyNotCanonical }
    self.bytes = bytes
  }

  /// Reads a key.
  ///
  /// Throws `wrongLength` or `keyNotCanonical`.
  public init(bytes: RawSpan) throws(CryptoError) { try self.init(bytes: Bytes32(bytes)) }

  /// Reads a key.
  ///
  /// Throws `wrongLength` or `keyNotCanonical`.
  public init(bytes: [UInt8]) throws(CryptoError) { try self.init(bytes: Bytes32(bytes)) }

  /// A key that the library computed.
  init(computed bytes: Bytes32) { self.bytes = bytes }

  /// True below 2^255 - 19; bytes are little-endian.
  private static func isCanonical(_ bytes: Bytes32) -> Bool {
    bytes.withUnsafeBytes { bytes in
      guard bytes[31] <= 0x7F else { return false }
      guard bytes[31] == 0x7F, bytes[1..<31].allSatisfy({ $0 == 0xFF }) else { return true }
      return bytes[0] < 0xED
    }
  }
}

/// A key of agreement, or of the ratchet.
public typealias AgreementPublicKey = X25519PublicKey<AgreementUse>
/// A key of a link.
public typealias LinkPublicKey = X25519PublicKey<LinkUse>

extension X25519PublicKey: CustomStringConvertible {
  /// 64 hexadecimal digits.
  public var description: String { bytes.description }
}

/// A public key of Ed25519 (RFC 8032).
public struct SigningPublicKey: Hashable, Sendable {
  /// 32.
  public static let byteCount = 32

  /// Its encoding.
  public let bytes: Bytes32

  /// Any 32 bytes; a key that is no point, or one of small order, verifies nothing.
  public init(bytes: Bytes32) { self.bytes = bytes }

  /// Reads a key.
  ///
  /// Throws `wrongLength`.
  public init(bytes: RawSpan) throws(CryptoError) { self.init(bytes: try Bytes32(bytes)) }

  /// Reads a key.
  ///
  /// Throws `wrongLength`.
  public init(bytes: [UInt8]) throws(CryptoError) { self.init(bytes: try Bytes32(bytes)) }
}

extension SigningPublicKey: Comparable {
  /// As the bytes stand, the first being the most significant.
  public static func < (left: Self, right: Self) -> Bool { left.bytes < right.bytes }
}

extension SigningPublicKey: CustomStringConvertible {
  /// 64 hexadecimal digits.
  public var description: String { bytes.description }
}

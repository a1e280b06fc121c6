import CSodium

/// A hash over bytes that come in parts.
///
/// The state lies in memory of the caller, who wipes it: a Swift value that moves would leave
/// copies of what is hashed.
public protocol HashFunction: Sendable {
  /// Size of the digest.
  static var byteCount: Int { get }
  /// Size of the block, which HMAC pads keys to.
  static var blockByteCount: Int { get }
  /// Size of the state, whose alignment is 64.
  static var stateByteCount: Int { get }
  /// Starts a state.
  static func begin(_ state: UnsafeMutableRawPointer)
  /// Adds bytes to a state.
  static func absorb(_ bytes: UnsafeRawBufferPointer, into state: UnsafeMutableRawPointer)
  /// Writes the digest, of `byteCount`; the state is spent.
  static func finish(_ state: UnsafeMutableRawPointer, digest: UnsafeMutableRawPointer)
}

extension HashFunction {
  /// Writes the digest, of `byteCount`.
  public static func hash(_ bytes: RawSpan, digest: UnsafeMutableRawPointer) {
    withUnsafeTemporaryAllocation(byteCount: stateByteCount, alignment: 64) { state in
      guard let state = state.baseAddress else { return }
      begin(state)
      bytes.withUnsafeBytes { absorb($0, into: state) }
      finish(state, digest: digest)
    }
  }

  /// The digest.
  public static func hash(_ bytes: RawSpan) -> [UInt8] {
    [UInt8](unsafeUninitializedCapacity: byteCount) { digest, initialized in
      if let digest = digest.baseAddress { hash(bytes, digest: digest) }
      initialized = byteCount
    }
  }

  /// The digest.
  public static func hash(_ bytes: [UInt8]) -> [UInt8] { hash(bytes.span.bytes) }
}

/// A digest of bytes that come in parts.
public struct HashStream<Hash: HashFunction>: ~Copyable {
  // SAFETY: `stateByteCount` bytes owned by this value alone.
  private let state: UnsafeMutableRawPointer

  /// A digest of nothing so far.
  public init() {
    state = .allocate(byteCount: Hash.stateByteCount, alignment: 64)
    Hash.begin(state)
  }

  deinit {
    sodium_memzero(state, Hash.stateByteCount)
    state.deallocate()
  }

  /// Adds bytes.
  public mutating func absorb(_ bytes: RawSpan) {
    bytes.withUnsafeBytes { Hash.absorb($0, into: state) }
  }

  /// Adds bytes.
  public mutating func absorb(_ bytes: [UInt8]) { absorb(bytes.span.bytes) }

  /// The digest of all of them.
  public consuming func digest() -> [UInt8] {
    [UInt8](unsafeUninitializedCapacity: Hash.byteCount) { digest, initialized in
      if let digest = digest.baseAddress { Hash.finish(state, digest: digest) }
      initialized = Hash.byteCount
    }
  }
}

extension HashStream where Hash == SHA256 {
  /// The digest of all of them.
  public consuming func digest32() -> Bytes32 {
    Bytes32 { memory in
      if let digest = memory.baseAddress { Hash.finish(state, digest: digest) }
    }
  }
}

extension SHA256 {
  /// The digest.
  public static func digest32(_ bytes: RawSpan) -> Bytes32 {
    Bytes32 { memory in
      if let digest = memory.baseAddress { hash(bytes, digest: digest) }
    }
  }

  /// The digest.
  public static func digest32(_ bytes: [UInt8]) -> Bytes32 { digest32(bytes.span.bytes) }
}

/// SHA-256 (FIPS 180-4).
public enum SHA256: HashFunction {
  public static let byteCount = 32
  public static let blockByteCount = 64
  public static let stateByteCount = MemoryLayout<crypto_hash_sha256_state>.size

  @inline(__always)
  public static func begin(_ state: UnsafeMutableRawPointer) {
    crypto_hash_sha256_init(state.assumingMemoryBound(to: crypto_hash_sha256_state.self))
  }

  @inline(__always)
  public static func absorb(_ bytes: UnsafeRawBufferPointer, into state: UnsafeMutableRawPointer) {
    crypto_hash_sha256_update(
      state.assumingMemoryBound(to: crypto_hash_sha256_state.self),
      bytes.unsignedBytes,
      UInt64(bytes.count)
    )
  }

  @inline(__always)
  public static func finish(
    _ state: UnsafeMutableRawPointer,
    digest: UnsafeMutableRawPointer
  ) {
    crypto_hash_sha256_final(
      state.assumingMemoryBound(to: crypto_hash_sha256_state.self),
      digest.assumingMemoryBound(to: UInt8.self)
    )
  }
}

/// SHA-512 (FIPS 180-4).
public enum SHA512: HashFunction {
  public static let byteCount = 64
  public static let blockByteCount = 128
  public static let stateByteCount = MemoryLayout<crypto_hash_sha512_state>.size

  public static func begin(_ state: UnsafeMutableRawPointer) {
    crypto_hash_sha512_init(state.assumingMemoryBound(to: crypto_hash_sha512_state.self))
  }

  public static func absorb(_ bytes: UnsafeRawBufferPointer, into state: UnsafeMutableRawPointer) {
    crypto_hash_sha512_update(
      state.assumingMemoryBound(to: crypto_hash_sha512_state.self),
      bytes.unsignedBytes,
      UInt64(bytes.count)
    )
  }

  public static func finish(
    _ state: UnsafeMutableRawPointer,
    digest: UnsafeMutableRawPointer
  ) {
    crypto_hash_sha512_final(
      state.assumingMemoryBound(to: crypto_hash_sha512_state.self),
      digest.assumingMemoryBound(to: UInt8.self)
    )
  }
}

/// BLAKE2b with 64 bytes of digest (RFC 7693).
public enum BLAKE2b: HashFunction {
  public static let byteCount = 64
  public static let blockByteCount = 128
  public static let stateByteCount = 384

  public static func begin(_ state: UnsafeMutableRawPointer) {
    let code = crypto_generichash_init(OpaquePointer(state), nil, 0, byteCount)
    precondition(code == 0, "BLAKE2b takes 64 bytes of digest and no key")
  }

  public static func absorb(_ bytes: UnsafeRawBufferPointer, into state: UnsafeMutableRawPointer) {
    crypto_generichash_update(
      OpaquePointer(state),
      bytes.unsignedBytes,
      UInt64(bytes.count)
    )
  }

  public static func finish(
    _ state: UnsafeMutableRawPointer,
    digest: UnsafeMutableRawPointer
  ) {
    crypto_generichash_final(
      OpaquePointer(state),
      digest.assumingMemoryBound(to: UInt8.self),
      byteCount
    )
    sodium_memzero(state, stateByteCount)
  }
}

import CSodium

/// The keyed hash of RFC 2104.
public enum HMAC<Hash: HashFunction> {
  /// A key whose two pads are absorbed, so that several codes under it cost two blocks less each.
  ///
  /// Lives as long as the closure of `withKey`.
  public struct Key {
    // SAFETY: three states beside each other in the memory of `withKey`: inner pad, outer pad, and
    // the one that works.
    fileprivate let states: UnsafeMutableRawPointer

    fileprivate var stride: Int { (Hash.stateByteCount + 63) & ~63 }
    private var working: UnsafeMutableRawPointer { states + 2 * stride }

    /// Starts a code.
    public func begin() {
      working.copyMemory(from: states, byteCount: Hash.stateByteCount)
    }

    /// Adds bytes to it.
    public func absorb(_ bytes: UnsafeRawBufferPointer) { Hash.absorb(bytes, into: working) }

    /// Adds a byte to it.
    public func absorb(_ byte: UInt8) {
      Swift.withUnsafeBytes(of: byte) { Hash.absorb($0, into: working) }
    }

    /// Writes the code, of `Hash.byteCount`.
    public func finish(_ code: UnsafeMutableRawPointer) {
      Hash.finish(working, digest: code)
      working.copyMemory(from: states + stride, byteCount: Hash.stateByteCount)
      Hash.absorb(UnsafeRawBufferPointer(start: code, count: Hash.byteCount), into: working)
      Hash.finish(working, digest: code)
    }
  }

  /// Absorbs the key's pads, runs the closure, wipes everything.
  public static func withKey<Result: ~Copyable, Failure: Error>(
    _ key: UnsafeRawBufferPointer,
    _ body: (Key) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    let stride = (Hash.stateByteCount + 63) & ~63
    let byteCount = 3 * stride + Hash.blockByteCount
    return try withUnsafeTemporaryAllocation(byteCount: byteCount, alignment: 64) {
      (memory) throws(Failure) -> Result in
      guard let states = memory.baseAddress else { preconditionFailure("no stack") }
      defer { sodium_memzero(states, byteCount) }
      let block = states + 3 * stride
      absorbPads(of: key, states: states, outer: states + stride, block: block)
      return try body(Key(states: states))
    }
  }

  private static func absorbPads(
    of key: UnsafeRawBufferPointer,
    states inner: UnsafeMutableRawPointer,
    outer: UnsafeMutableRawPointer,
    block: UnsafeMutableRawPointer
  ) {
    let block = UnsafeMutableRawBufferPointer(start: block, count: Hash.blockByteCount)
    block.initializeMemory(as: UInt8.self, repeating: 0)
    if key.count > Hash.blockByteCount, let digest = block.baseAddress {
      Hash.hash(key.bytes, digest: digest)
    } else {
      block.copyMemory(from: key)
    }
    for index in block.indices { block[index] ^= 0x36 }
    Hash.begin(inner)
    Hash.absorb(UnsafeRawBufferPointer(block), into: inner)
    for index in block.indices { block[index] ^= 0x36 ^ 0x5C }
    Hash.begin(outer)
    Hash.absorb(UnsafeRawBufferPointer(block), into: outer)
  }

  /// Writes the code of the bytes, of `Hash.byteCount`.
  public static func authenticate(
    _ bytes: RawSpan,
    key: UnsafeRawBufferPointer,
    code: UnsafeMutableRawPointer
  ) {
    withKey(key) { key in
      key.begin()
      bytes.withUnsafeBytes { key.absorb($0) }
      key.finish(code)
    }
  }

  /// The code of the bytes, where it is no secret.
  public static func code(for bytes: RawSpan, key: RawSpan) -> [UInt8] {
    [UInt8](unsafeUninitializedCapacity: Hash.byteCount) { code, initialized in
      if let code = code.baseAddress {
        key.withUnsafeBytes { authenticate(bytes, key: $0, code: code) }
      }
      initialized = Hash.byteCount
    }
  }

  /// Compares the bytes' code, or as many bytes of it as are given, in constant time.
  ///
  /// An empty code, or one longer than the hash, is never right.
  public static func isValid(_ code: RawSpan, for bytes: RawSpan, key: RawSpan) -> Bool {
    guard code.byteCount > 0, code.byteCount <= Hash.byteCount else { return false }
    let expected = Self.code(for: bytes, key: key)
    return ConstantTime.areEqual(expected.span.extracting(first: code.byteCount).bytes, code)
  }
}

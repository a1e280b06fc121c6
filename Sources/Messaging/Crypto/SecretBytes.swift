import CSodium
import Synchronization

/// A secret of any size between guard pages, unreadable but while it is used.
///
/// For root keys, signing keys and store keys: an allocation takes four mappings and 25 µs, an
/// access two calls to the kernel. Keys that change with every message lie in a `SecretArena`.
public struct SecretBytes: ~Copyable, SecretMemory, @unchecked Sendable {
  // SAFETY: owned by this value alone, `byteCount` bytes, freed in `deinit` only.
  private let base: UnsafeMutableRawPointer
  /// Its size.
  public let byteCount: Int
  /// Whether the kernel keeps it out of swap; past the limit of locked memory it does not.
  public let isLocked: Bool
  /// How many accesses are open: the page is unreadable at zero.
  private let readers = Mutex(0)

  /// Memory that the closure fills; throws `outOfMemory` or what the closure throws.
  private init(
    allocating byteCount: Int,
    _ fill: (UnsafeMutableRawBufferPointer) throws(CryptoError) -> Void
  ) throws(CryptoError) {
    Sodium.start()
    guard let base = sodium_malloc(byteCount) else { throw .outOfMemory }
    do {
      try fill(UnsafeMutableRawBufferPointer(start: base, count: byteCount))
    } catch {
      sodium_free(base)
      throw error
    }
    self.base = base
    self.byteCount = byteCount
    // sodium_malloc does not say whether its lock succeeded; a second lock of the page does.
    isLocked = byteCount == 0 || sodium_mlock(base, byteCount) == 0
    sodium_mprotect_noaccess(base)
  }

  /// Memory of this many bytes that the closure fills.
  ///
  /// Throws `outOfMemory`, or what the closure throws.
  public init(
    byteCount: Int,
    filledBy fill: (UnsafeMutableRawBufferPointer) throws(CryptoError) -> Void
  ) throws(CryptoError) {
    try self.init(allocating: byteCount, fill)
  }

  /// A copy of bytes that the caller wipes.
  ///
  /// Throws `outOfMemory`.
  public init(copying bytes: RawSpan) throws(CryptoError) {
    try self.init(allocating: bytes.byteCount) { memory throws(CryptoError) in
      bytes.withUnsafeBytes { memory.copyMemory(from: $0) }
    }
  }

  /// So many bytes of randomness.
  ///
  /// Throws `outOfMemory`.
  public init(byteCount: Int, from random: RandomSource) throws(CryptoError) {
    try self.init(allocating: byteCount) { memory throws(CryptoError) in random.fill(memory) }
  }

  deinit { sodium_free(base) }

  /// Gives the secret to the closure, which must not let the pointer out.
  public borrowing func withUnsafeBytes<Result: ~Copyable, Failure: Error>(
    _ body: (UnsafeRawBufferPointer) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    readers.withLock { readers in
      if readers == 0 { protect(sodium_mprotect_readonly(base)) }
      readers += 1
    }
    defer {
      readers.withLock { readers in
        readers -= 1
        if readers == 0 { protect(sodium_mprotect_noaccess(base)) }
      }
    }
    return try body(UnsafeRawBufferPointer(start: base, count: byteCount))
  }

  private borrowing func protect(_ code: Int32) {
    // The guard pages already split the mapping, so this needs no memory of the kernel.
    precondition(code == 0, "the protection of secret memory cannot be changed")
  }
}

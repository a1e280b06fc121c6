/// A secret of 32 bytes in a slot of an arena: the keys of agreement, chain and message.
///
/// The slot is zeroed and given back when the value ends.
public struct Secret32: ~Copyable, SecretMemory, @unchecked Sendable {
  // SAFETY: 32 bytes of `arena` that no other value knows, given back in `deinit` only.
  private let slot: UnsafeMutableRawPointer
  private let arena: SecretArena

  /// Zeros, to be filled by the closure.
  ///
  /// Throws `outOfMemory`, or what the closure throws.
  public init(
    in arena: SecretArena,
    filledBy fill: (UnsafeMutableRawBufferPointer) throws(CryptoError) -> Void
  ) throws(CryptoError) {
    let slot = try arena.take()
    do {
      try fill(UnsafeMutableRawBufferPointer(start: slot, count: SecretArena.slotByteCount))
    } catch {
      arena.release(slot)
      throw error
    }
    self.slot = slot
    self.arena = arena
  }

  /// A copy of 32 bytes that the caller wipes.
  ///
  /// Throws `outOfMemory` or `wrongLength`.
  public init(copying bytes: RawSpan, in arena: SecretArena) throws(CryptoError) {
    try self.init(in: arena) { slot throws(CryptoError) in
      guard bytes.byteCount == slot.count else {
        throw .wrongLength(expected: slot.count, found: bytes.byteCount)
      }
      bytes.withUnsafeBytes { slot.copyMemory(from: $0) }
    }
  }

  /// Randomness.
  ///
  /// Throws `outOfMemory`.
  public init(from random: RandomSource, in arena: SecretArena) throws(CryptoError) {
    try self.init(in: arena) { slot throws(CryptoError) in random.fill(slot) }
  }

  deinit { arena.release(slot) }

  /// 32.
  public var byteCount: Int { SecretArena.slotByteCount }

  /// Gives the secret to the closure, which must not let the pointer out.
  @inline(__always)
  public borrowing func withUnsafeBytes<Result: ~Copyable, Failure: Error>(
    _ body: (UnsafeRawBufferPointer) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    try body(UnsafeRawBufferPointer(start: slot, count: SecretArena.slotByteCount))
  }

  /// Gives the secret to the closure for change.
  @inline(__always)
  public mutating func withUnsafeMutableBytes<Result: ~Copyable, Failure: Error>(
    _ body: (UnsafeMutableRawBufferPointer) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    try body(UnsafeMutableRawBufferPointer(start: slot, count: SecretArena.slotByteCount))
  }

  /// A second slot with the same bytes.
  ///
  /// Throws `outOfMemory`.
  public borrowing func copy() throws(CryptoError) -> Secret32 {
    try withUnsafeBytes { bytes throws(CryptoError) in
      try Secret32(copying: bytes.bytes, in: arena)
    }
  }
}

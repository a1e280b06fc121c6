import CSodium
import Glibc
import Synchronization

/// Locked memory in slots of 32 bytes, for keys that live briefly or come in thousands.
///
/// Chunks are locked against swapping, left out of core dumps, and absent from forked children (a
/// child that went on with a session would use its keys twice). No protection is switched per
/// access: two calls to the kernel would cost more than a message.
public final class SecretArena: Sendable {
  /// The size of a slot.
  public static let slotByteCount = 32
  /// The size of a chunk: four pages, 512 slots.
  public static let chunkByteCount = 16_384

  /// How much of the arena the kernel keeps out of swap; both counts in bytes.
  public struct Locking: Equatable, Sendable {
    /// Locked bytes.
    public var locked: Int
    /// All bytes taken from the system.
    public var total: Int
  }

  private struct Slots {
    // SAFETY: chunks are mapped in `grow` and unmapped in `deinit`; a slot is in `free` exactly
    // while no `Secret32` owns it.
    var chunks: [UnsafeMutableRawPointer] = []
    var free: [UnsafeMutableRawPointer] = []
    var lockedChunkCount = 0
  }

  private let slots = Mutex(UncheckedBox(Slots()))

  /// An arena without a chunk; the first slot takes one.
  public init() { Sodium.start() }

  deinit {
    slots.withLock { box in
      for chunk in box.value.chunks {
        // Wipes, too.
        sodium_munlock(chunk, Self.chunkByteCount)
        munmap(chunk, Self.chunkByteCount)
      }
    }
  }

  /// How much of the memory taken so far is locked.
  public var locking: Locking {
    slots.withLock { box in
      Locking(
        locked: box.value.lockedChunkCount * Self.chunkByteCount,
        total: box.value.chunks.count * Self.chunkByteCount
      )
    }
  }

  /// How many slots are in use.
  public var usedSlotCount: Int {
    slots.withLock { box in
      let perChunk = Self.chunkByteCount / Self.slotByteCount
      return box.value.chunks.count * perChunk - box.value.free.count
    }
  }

  /// Whether this process may lock a chunk more at this moment.
  public static func canLock() -> Bool {
    Sodium.start()
    guard let chunk = mapChunk() else { return false }
    defer { munmap(chunk, chunkByteCount) }
    guard mlock(chunk, chunkByteCount) == 0 else { return false }
    munlock(chunk, chunkByteCount)
    return true
  }

  /// A slot of zeros.
  func take() throws(CryptoError) -> UnsafeMutableRawPointer {
    let slot = slots.withLock { box -> UnsafeMutableRawPointer? in
      if box.value.free.isEmpty { Self.grow(&box.value) }
      return box.value.free.popLast()
    }
    guard let slot else { throw .outOfMemory }
    return slot
  }

  /// Zeroes a slot and takes it back.
  func release(_ slot: UnsafeMutableRawPointer) {
    sodium_memzero(slot, Self.slotByteCount)
    slots.withLock { box in box.value.free.append(slot) }
  }

  private static func grow(_ slots: inout Slots) {
    guard let chunk = mapChunk() else { return }
    madvise(chunk, chunkByteCount, MADV_DONTFORK)
    // Leaves it out of core dumps even where the lock fails.
    if sodium_mlock(chunk, chunkByteCount) == 0 { slots.lockedChunkCount += 1 }
    slots.chunks.append(chunk)
    for offset in stride(from: chunkByteCount, to: 0, by: -slotByteCount) {
      slots.free.append(chunk + offset - slotByteCount)
    }
  }

  private static func mapChunk() -> UnsafeMutableRawPointer? {
    let chunk = mmap(
      nil,
      chunkByteCount,
      PROT_READ | PROT_WRITE,
      MAP_PRIVATE | MAP_ANONYMOUS,
      -1,
      0
    )
    return chunk == MAP_FAILED ? nil : chunk
  }
}

/// Lets raw pointers into a `Mutex`, which then guards them.
private struct UncheckedBox<Value>: @unchecked Sendable {
  var value: Value
  init(_ value: Value) { self.value = value }
}

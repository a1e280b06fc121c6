import CSodium
import Synchronization

/// Where random bytes come from: the kernel, or a seed when a run is replayed.
public struct RandomSource: Sendable {
  private let draw: @Sendable (UnsafeMutableRawBufferPointer) -> Void

  /// A source that fills the memory it is given.
  public init(_ draw: @escaping @Sendable (UnsafeMutableRawBufferPointer) -> Void) {
    self.draw = draw
  }

  /// The kernel's; asked anew each time, as a copy of a buffer would give the same bytes twice.
  public static let kernel = RandomSource { memory in
    Sodium.start()
    guard let base = memory.baseAddress else { return }
    randombytes_buf(base, memory.count)
  }

  /// The bytes that this seed determines: for simulation and replay, never for keys that protect.
  public static func seeded(_ seed: Bytes32) -> RandomSource {
    let stream = SeededStream(seed: seed)
    return RandomSource { memory in stream.fill(memory) }
  }

  /// Fills the memory.
  public func fill(_ memory: UnsafeMutableRawBufferPointer) { draw(memory) }

  /// So many bytes that are no secret: a nonce, an identifier.
  public func bytes(_ count: Int) -> [UInt8] {
    [UInt8](unsafeUninitializedCapacity: count) { buffer, initialized in
      fill(UnsafeMutableRawBufferPointer(rebasing: UnsafeMutableRawBufferPointer(buffer)[..<count]))
      initialized = count
    }
  }
}

/// ChaCha20 under the seed, one nonce per draw.
private final class SeededStream: Sendable {
  private let seed: Bytes32
  private let drawCount = Mutex<UInt64>(0)

  init(seed: Bytes32) {
    Sodium.start()
    self.seed = seed
  }

  func fill(_ memory: UnsafeMutableRawBufferPointer) {
    guard let base = memory.baseAddress else { return }
    let nonce = drawCount.withLock { count in
      count += 1
      return count.littleEndian
    }
    seed.withUnsafeBytes { seed in
      Swift.withUnsafeBytes(of: nonce) { nonce in
        let code = crypto_stream_chacha20(
          base.assumingMemoryBound(to: UInt8.self),
          UInt64(memory.count),
          nonce.unsignedBytes,
          seed.unsignedBytes
        )
        precondition(code == 0, "ChaCha20 takes any length of memory")
      }
    }
  }
}

import CSodium

/// What a part of a stream is.
public enum SecretStreamTag: UInt8, Sendable {
  /// One of several.
  case message = 0
  /// The last: a stream without it was cut.
  case final = 3
}

/// Encrypts a long text in parts that can be neither cut, nor swapped, nor left out (libsodium's
/// secretstream with XChaCha20-Poly1305).
public struct SecretStreamWriter: ~Copyable {
  /// How much longer than its plaintext a part is.
  public static let overhead = 17
  /// Size of the header.
  public static let headerByteCount = 24

  /// What the reader needs besides the key.
  public let header: [UInt8]
  private var state: SecretState

  /// Starts a stream under a key of 32 bytes.
  ///
  /// Throws `wrongLength` or `outOfMemory`.
  public init(key: borrowing some SecretMemory & ~Copyable) throws(CryptoError) {
    guard key.byteCount == 32 else { throw .wrongLength(expected: 32, found: key.byteCount) }
    Sodium.start()
    var header = [UInt8](repeating: 0, count: Self.headerByteCount)
    state = SecretState()
    state.withPointer { state in
      _ = key.withUnsafeBytes { key in
        crypto_secretstream_xchacha20poly1305_init_push(state, &header, key.unsignedBytes)
      }
    }
    self.header = header
  }

  /// The next part, encrypted; `associatedData` is authenticated with it.
  public mutating func seal(
    _ plaintext: RawSpan,
    associatedData: RawSpan,
    tag: SecretStreamTag
  ) -> [UInt8] {
    var sealed = [UInt8](repeating: 0, count: plaintext.byteCount + Self.overhead)
    plaintext.withUnsafeBytes { plaintext in
      associatedData.withUnsafeBytes { associated in
        state.withPointer { state in
          _ = crypto_secretstream_xchacha20poly1305_push(
            state,
            &sealed,
            nil,
            plaintext.unsignedBytes,
            UInt64(plaintext.count),
            associated.unsignedBytes,
            UInt64(associated.count),
            tag.rawValue
          )
        }
      }
    }
    return sealed
  }
}

/// Decrypts what a `SecretStreamWriter` wrote.
public struct SecretStreamReader: ~Copyable {
  private var state: SecretState

  /// Starts reading.
  ///
  /// Throws `wrongLength` of key or header.
  public init(key: borrowing some SecretMemory & ~Copyable, header: RawSpan) throws(CryptoError) {
    guard key.byteCount == 32 else { throw .wrongLength(expected: 32, found: key.byteCount) }
    guard header.byteCount == SecretStreamWriter.headerByteCount else {
      throw .wrongLength(expected: SecretStreamWriter.headerByteCount, found: header.byteCount)
    }
    Sodium.start()
    state = SecretState()
    state.withPointer { state in
      _ = key.withUnsafeBytes { key in
        header.withUnsafeBytes { header in
          crypto_secretstream_xchacha20poly1305_init_pull(
            state,
            header.unsignedBytes,
            key.unsignedBytes
          )
        }
      }
    }
  }

  /// The next part.
  ///
  /// Throws `notAuthentic`; the stream then stays where it was.
  public mutating func open(
    _ sealed: RawSpan,
    associatedData: RawSpan
  ) throws(CryptoError) -> (plaintext: [UInt8], tag: SecretStreamTag) {
    guard sealed.byteCount >= SecretStreamWriter.overhead else { throw .notAuthentic }
    let count = sealed.byteCount - SecretStreamWriter.overhead
    var plaintext = [UInt8](repeating: 0, count: max(count, 1))
    var tag: UInt8 = 0
    let code = sealed.withUnsafeBytes { sealed in
      associatedData.withUnsafeBytes { associated in
        state.withPointer { state in
          crypto_secretstream_xchacha20poly1305_pull(
            state,
            &plaintext,
            nil,
            &tag,
            sealed.unsignedBytes,
            UInt64(sealed.count),
            associated.unsignedBytes,
            UInt64(associated.count)
          )
        }
      }
    }
    guard code == 0, let tag = SecretStreamTag(rawValue: tag) else { throw .notAuthentic }
    plaintext.removeLast(plaintext.count - count)
    return (plaintext, tag)
  }
}

/// The state of a stream in memory that does not move and is wiped.
struct SecretState: ~Copyable {
  // SAFETY: one state owned by this value alone.
  private let pointer: UnsafeMutablePointer<crypto_secretstream_xchacha20poly1305_state>

  init() {
    pointer = .allocate(capacity: 1)
    pointer.initialize(to: crypto_secretstream_xchacha20poly1305_state())
    let size = MemoryLayout<crypto_secretstream_xchacha20poly1305_state>.size
    sodium_mlock(pointer, size)
  }

  deinit {
    let size = MemoryLayout<crypto_secretstream_xchacha20poly1305_state>.size
    sodium_munlock(pointer, size)
    pointer.deallocate()
  }

  mutating func withPointer<Result>(
    _ body: (UnsafeMutablePointer<crypto_secretstream_xchacha20poly1305_state>) -> Result
  ) -> Result {
    body(pointer)
  }
}

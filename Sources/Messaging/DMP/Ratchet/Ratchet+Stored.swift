package import JanusCrypto

/// A ratchet as bytes, for the store to seal: all of it is secret.
///
/// `1 · AD 32 · sid 8 · root key 32 · own key 32 · sending chain 37 · previous count 4 · turned at
/// 8 · turn due 1 · peer key 32 · receiving chain 37 · chain number 4 · retired chains (1, each 48)
/// · skipped keys (4, each 40)`; a chain is `key 32 · next 4 · open 1`. Integers are big-endian.
extension Ratchet {
  private static let formatVersion: UInt8 = 1
  private static let fixedByteCount = 1 + 32 + 8 + 32 + 32 + 37 + 4 + 8 + 1 + 32 + 37 + 4 + 1 + 4

  /// All of the state.
  ///
  /// Throws `outOfMemory`.
  package borrowing func stored() throws(CryptoError) -> SecretBytes {
    let byteCount = Self.fixedByteCount + 48 * retired.count + 40 * skipped.count
    return try SecretBytes(byteCount: byteCount) { memory throws(CryptoError) in
      var cursor = StoredWriter(memory)
      cursor.write(Self.formatVersion)
      associatedData.withUnsafeBytes { cursor.write($0) }
      cursor.write(session.word)
      rootKey.withUnsafeBytes { cursor.write($0) }
      ownKey.withUnsafeBytes { cursor.write($0) }
      Self.write(sending, to: &cursor)
      cursor.write(previousSendingCount)
      cursor.write(turnedAt)
      cursor.write(isTurnDue ? 1 : 0 as UInt8)
      peerKey.withUnsafeBytes { cursor.write($0) }
      Self.write(receiving, to: &cursor)
      cursor.write(chainNumber)
      cursor.write(UInt8(retired.count))
      for chain in retired {
        cursor.write(chain.number)
        chain.key.withUnsafeBytes { cursor.write($0) }
        cursor.write(chain.count)
        cursor.write(chain.at)
      }
      cursor.write(UInt32(skipped.count))
      for place in 0..<skipped.count {
        cursor.write(skipped.number(at: place))
        skipped.copy(at: place, to: cursor.skip(32))
      }
    }
  }

  private static func write(_ chain: borrowing Chain, to cursor: inout StoredWriter) {
    chain.key.withUnsafeBytes { cursor.write($0) }
    cursor.write(chain.next)
    cursor.write(chain.isOpen ? 1 : 0 as UInt8)
  }

  /// The ratchet that `stored` gave; the store has authenticated the bytes.
  ///
  /// Throws `malformed` or `outOfMemory`.
  package init(stored bytes: UnsafeRawBufferPointer, arena: SecretArena) throws(RatchetError) {
    var cursor = StoredReader(bytes)
    guard try cursor.integer(UInt8.self) == Self.formatVersion else { throw .malformed }
    let associatedData = try cursor.bytes32()
    let session = SessionID(word: try cursor.integer())
    let rootKey = try cursor.secret(in: arena)
    let ownKey = AgreementSecretKey(secret: try cursor.secret(in: arena))
    let sending = try Chain(from: &cursor, arena)
    let previousSendingCount = try cursor.integer(UInt32.self)
    let turnedAt = try cursor.integer(UInt64.self)
    let isTurnDue = try cursor.integer(UInt8.self) == 1
    let peerKey = try cursor.bytes32()
    let receiving = try Chain(from: &cursor, arena)
    let chainNumber = try cursor.integer(UInt32.self)
    var retired: [RetiredChain] = []
    for _ in 0..<(try cursor.integer(UInt8.self)) {
      retired.append(
        RetiredChain(
          number: try cursor.integer(),
          key: try cursor.bytes32(),
          count: try cursor.integer(),
          at: try cursor.integer()
        )
      )
    }
    let skipped = try cursor.table(in: arena)
    guard cursor.isAtEnd, retired.count < Limits.chains, skipped.count <= Limits.skipStored else {
      throw .malformed
    }
    self.init(
      associatedData: associatedData,
      session: session,
      arena: arena,
      rootKey: rootKey,
      ownKey: ownKey,
      sending: sending,
      previousSendingCount: previousSendingCount,
      turnedAt: turnedAt,
      isTurnDue: isTurnDue,
      peerKey: peerKey,
      receiving: receiving,
      chainNumber: chainNumber,
      retired: retired,
      skipped: skipped
    )
  }
}

extension Ratchet.Chain {
  fileprivate init(from cursor: inout StoredReader, _ arena: SecretArena) throws(RatchetError) {
    let key = try cursor.secret(in: arena)
    let next = try cursor.integer(UInt32.self)
    let isOpen = try cursor.integer(UInt8.self) == 1
    self.init(key: key, next: next, isOpen: isOpen)
  }
}

/// Writes one after the other into memory that is large enough.
private struct StoredWriter {
  // SAFETY: `stored` counts the bytes that it writes; the precondition holds it to that.
  private let memory: UnsafeMutableRawBufferPointer
  private var offset = 0

  init(_ memory: UnsafeMutableRawBufferPointer) { self.memory = memory }

  mutating func skip(_ count: Int) -> UnsafeMutableRawPointer {
    guard let start = memory.baseAddress, offset + count <= memory.count else {
      preconditionFailure("the count of a stored ratchet is wrong")
    }
    defer { offset += count }
    return start + offset
  }

  mutating func write(_ bytes: UnsafeRawBufferPointer) {
    let place = skip(bytes.count)
    if let start = bytes.baseAddress { place.copyMemory(from: start, byteCount: bytes.count) }
  }

  mutating func write(_ value: some FixedWidthInteger) {
    withUnsafeBytes(of: value.bigEndian) { write($0) }
  }
}

/// Reads one after the other, never past the end.
private struct StoredReader {
  private let bytes: UnsafeRawBufferPointer
  private var offset = 0

  init(_ bytes: UnsafeRawBufferPointer) { self.bytes = bytes }

  var isAtEnd: Bool { offset == bytes.count }

  private mutating func take(_ count: Int) throws(RatchetError) -> UnsafeRawBufferPointer {
    guard count <= bytes.count - offset else { throw .malformed }
    defer { offset += count }
    return UnsafeRawBufferPointer(rebasing: bytes[offset..<offset + count])
  }

  mutating func integer<Value: FixedWidthInteger & BitwiseCopyable>(
    _ type: Value.Type = Value.self
  ) throws(RatchetError) -> Value {
    Value(bigEndian: try take(MemoryLayout<Value>.size).loadUnaligned(as: Value.self))
  }

  mutating func bytes32() throws(RatchetError) -> Bytes32 {
    let part = try take(Bytes32.byteCount)
    return Bytes32 { $0.copyMemory(from: part) }
  }

  mutating func secret(in arena: SecretArena) throws(RatchetError) -> Secret32 {
    let part = try take(SecretArena.slotByteCount)
    do throws(CryptoError) {
      return try Secret32(copying: part.bytes, in: arena)
    } catch {
      throw RatchetError(error)
    }
  }

  mutating func table(in arena: SecretArena) throws(RatchetError) -> SecretTable {
    let count = Int(try integer(UInt32.self))
    guard count <= Limits.skipStored else { throw .malformed }
    var table = SecretTable(in: arena)
    do throws(CryptoError) {
      try table.reserve(count)
    } catch {
      throw RatchetError(error)
    }
    for _ in 0..<count {
      let number = try integer(UInt64.self)
      let key = try take(SecretArena.slotByteCount)
      if let start = key.baseAddress { table.append(number, copying: start) }
    }
    return table
  }
}

import JanusCrypto
import Testing

@Suite struct SecretBytesTests {
  @Test func readingNests() throws {
    let secret = try SecretBytes(copying: ([1, 2, 3] as [UInt8]).span.bytes)
    let sum = secret.withUnsafeBytes { outer in
      let inner = secret.withUnsafeBytes { Array($0) }
      // Readable still, after the inner access has ended.
      return outer.reduce(0) { $0 + Int($1) } + inner.count
    }
    #expect(sum == 9)
  }

  @Test func equalityIsOfBytes() throws {
    let one = try SecretBytes(copying: ([1, 2, 3] as [UInt8]).span.bytes)
    let same = try SecretBytes(copying: ([1, 2, 3] as [UInt8]).span.bytes)
    let other = try SecretBytes(copying: ([1, 2, 4] as [UInt8]).span.bytes)
    let longer = try SecretBytes(copying: ([1, 2, 3, 0] as [UInt8]).span.bytes)
    let equal = [one.isEqual(to: same), one.isEqual(to: other), one.isEqual(to: longer)]
    #expect(equal == [true, false, false])
  }

  @Test func aFailureToFillIsThrown() {
    #expect(throws: CryptoError.invalidKey) {
      _ = try SecretBytes(byteCount: 8) { _ throws(CryptoError) in throw .invalidKey }
    }
    let arena = SecretArena()
    #expect(throws: CryptoError.invalidKey) {
      _ = try Secret32(in: arena) { _ throws(CryptoError) in throw .invalidKey }
    }
    #expect(arena.usedSlotCount == 0)
  }

  @Test func memoryIsLockedWhereItMayBe() throws {
    let arena = SecretArena()
    #expect(arena.locking.locked == 0 && arena.locking.total == 0)
    let canLock = SecretArena.canLock()
    let secret = try Secret32(from: .kernel, in: arena)
    let guarded = try SecretBytes(byteCount: 32, from: .kernel)
    let isLocked = guarded.isLocked
    #expect(isLocked == canLock)
    #expect(arena.locking.total == SecretArena.chunkByteCount)
    #expect(arena.locking.locked == (canLock ? SecretArena.chunkByteCount : 0))
    _ = consume secret
  }

  @Test func tablesGiveTheirSlotsBack() throws {
    let arena = SecretArena()
    do {
      var table = SecretTable(in: arena)
      try table.reserve(600)
      let secret = [UInt8](repeating: 9, count: 32)
      secret.withUnsafeBytes { bytes in
        guard let start = bytes.baseAddress else { return }
        for number in 0..<500 { table.append(UInt64(number), copying: start) }
      }
      #expect(arena.usedSlotCount == 600)
      #expect(arena.locking.total == 2 * SecretArena.chunkByteCount)
      table.releaseReserve()
      table.removeFirst(100)
      table.removeAll { $0 % 2 == 0 }
      let places = [table.place(of: 99), table.place(of: 101), table.place(of: 102)]
      #expect(places == [nil, 0, nil])
      #expect(arena.usedSlotCount == 200)
    }
    #expect(arena.usedSlotCount == 0)
  }
}

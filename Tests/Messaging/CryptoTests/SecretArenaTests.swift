import JanusCrypto
import Testing

@Suite struct SecretArenaTests {
  @Test func aSlotIsZeroedAndUsedAgain() throws {
    let arena = SecretArena()
    do {
      let secret = try Secret32(copying: [UInt8](repeating: 0xA5, count: 32).span.bytes, in: arena)
      #expect(arena.usedSlotCount == 1)
      secret.withUnsafeBytes { bytes in #expect(bytes.allSatisfy { $0 == 0xA5 }) }
    }
    #expect(arena.usedSlotCount == 0)
    var wasZero = false
    let next = try Secret32(in: arena) { slot in wasZero = slot.allSatisfy { $0 == 0 } }
    #expect(wasZero && next.byteCount == 32)
  }
}

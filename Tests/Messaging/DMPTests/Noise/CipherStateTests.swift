import DMP
import JanusCrypto
import Testing

@Suite struct CipherStateTests {
  private func state(_ count: UInt64 = 0) throws -> CipherState {
    let key = try Secret32(copying: [UInt8](repeating: 7, count: 32).span.bytes, in: SecretArena())
    return CipherState(key: key, count: count)
  }

  @Test func theLastNonceIsNeverUsed() throws {
    var state = try state(.max - 1)
    var output = [UInt8](repeating: 0, count: 16)
    let nothing = UnsafeRawBufferPointer(start: nil, count: 0)
    try output.withUnsafeMutableBytes { output in
      let start = try #require(output.baseAddress)
      try state.seal(nothing, associatedData: nothing, into: start)
      #expect(throws: NoiseError.exhausted) {
        try state.seal(nothing, associatedData: nothing, into: start)
      }
    }
    #expect(state.count == .max)
  }
}

import DMP
import JanusCrypto
import JanusTestSupport
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

  /// The values were computed by a separate program (Python, PyNaCl) from §4.2 and §12.3.
  @Test func aKeyIsReplacedByItsEncryptionOfZeros() throws {
    var state = try state(5)
    state.rekey()
    var output = [UInt8](repeating: 0, count: 16)
    let nothing = UnsafeRawBufferPointer(start: nil, count: 0)
    var span = output.mutableSpan
    try span.withUnsafeMutableBytes { output throws(NoiseError) in
      guard let start = output.baseAddress else { return }
      try state.seal(nothing, associatedData: nothing, into: start)
    }
    #expect(try output == [UInt8](hexadecimal: "03f36c724505cb617ae0511ada9ced7d"))
  }
}

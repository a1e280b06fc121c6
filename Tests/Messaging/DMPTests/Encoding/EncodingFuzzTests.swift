import DMP
import Testing

/// Reading is total: whatever the bytes, it ends with a value or an error that lies in the input.
///
/// `Scripts/fuzz-encoding` runs it with more inputs.
@Suite struct EncodingFuzzTests {
  @Test func randomBytes() {
    var random = SplitMix(state: 11)
    for _ in 0..<Fuzzing.inputs {
      check(random.bytes(Int(random.next() % 64)))
    }
  }

  /// Bytes that begin like arrays, maps and tags go deeper than random ones.
  @Test func randomItems() {
    var random = SplitMix(state: 12)
    let heads = hex("00 20 40 60 61 62 80 81 82 a0 a1 a2 d9 31 32 33 f4 f5 f6 f9 fa fb 18 19 1a 78")
    for _ in 0..<Fuzzing.inputs {
      check((0..<random.next() % 40).map { _ in heads[Int(random.next() % UInt64(heads.count))] })
    }
  }

  private func check(_ bytes: [UInt8]) {
    do throws(CBORError) {
      let body = try Body(decoding: bytes[...])
      let again = try Body(body.value)
      if again != body { Issue.record("written differently: \(hex(bytes))") }
    } catch {
      if !(0...bytes.count).contains(error.offset) {
        Issue.record("offset \(error.offset) outside of \(hex(bytes))")
      }
    }
  }
}

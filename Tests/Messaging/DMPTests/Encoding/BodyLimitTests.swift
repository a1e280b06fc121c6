import DMP
import Testing

/// Each limit of the encoding one below, at, and one above.
@Suite struct BodyLimitTests {
  private func nested(_ depth: Int) -> [UInt8] {
    [UInt8](repeating: 0x81, count: depth) + [0x01]
  }

  @Test func depth() throws {
    _ = try Body(decoding: nested(Limits.cborDepth - 1)[...])
    _ = try Body(decoding: nested(Limits.cborDepth)[...])
    #expect(throws: CBORError(.tooDeep, at: Limits.cborDepth)) {
      try Body(decoding: nested(Limits.cborDepth + 1)[...])
    }
    #expect(throws: CBORError(.tooDeep, at: Limits.cborDepth)) {
      try Body(decoding: [UInt8](repeating: 0x81, count: 60_000)[...])
    }
  }

  @Test(arguments: [
    ("81", "01"), ("a16161", "01"), ("d9d933 83 6145 6141", "01"),
    ("d9d932 82 6150 a1 6178", "01"), ("d9d932 82 6150 a1 6178", "d9d931 8101"),
  ])
  func everyContainerIsALevel(_ opening: String, _ inner: String) throws {
    // A struct is two levels, its array and its map.
    let levels = opening.hasPrefix("d9d932") ? 2 : 1
    let innerLevels = inner == "01" ? 0 : 1
    let fits = (Limits.cborDepth - innerLevels) / levels
    let ok = String(repeating: opening, count: fits) + inner
    _ = try Body(decoding: hex(ok)[...])
    let error = #expect(throws: CBORError.self) { try Body(decoding: hex(opening + ok)[...]) }
    #expect(error?.reason == .tooDeep)
  }

  /// An array of `count - 1` items, and itself.
  private func items(_ count: Int) -> [UInt8] {
    var writer = CBORWriter()
    writer.array(count - 1)
    for _ in 1..<count { writer.null() }
    return writer.bytes
  }

  @Test func itemsAndBytes() throws {
    // Items end bodies before bytes do only if each is one byte: the header makes the body longer.
    let head = items(1_000).count - 999
    let most = Limits.bodyByteCount - head
    _ = try Body(decoding: items(most)[...])
    _ = try Body(decoding: items(most + 1)[...])
    #expect(throws: CBORError(.wrongLength, at: 0)) { try Body(decoding: items(most + 2)[...]) }
    let tooMany = #expect(throws: CBORError.self) {
      try Body(decoding: items(Limits.cborItems + 1)[...])
    }
    #expect(tooMany?.reason == .tooManyItems)
    let enough = #expect(throws: CBORError.self) {
      try Body(decoding: items(Limits.cborItems)[...])
    }
    #expect(enough?.reason == .wrongLength)
  }

  @Test func bytes() throws {
    let overhead = 3
    for (count, isAllowed) in [(-1, true), (0, true), (1, false)] {
      let byteCount = Limits.bodyByteCount - overhead + count
      // 65,536 bytes and more have a header of five.
      let value = BodyValue.bytes([UInt8](repeating: 7, count: byteCount))
      if isAllowed {
        #expect(try Body(value).bytes.count == Limits.bodyByteCount + count)
      } else {
        #expect(throws: CBORError(.wrongLength, at: 0)) { try Body(value) }
      }
    }
  }

  @Test func aTreeTooDeepIsAnErrorToo() {
    var value = BodyValue.null
    for _ in 0..<Limits.cborDepth { value = .array([value]) }
    #expect(throws: Never.self) { try Body(value) }
    #expect(throws: CBORError(.tooDeep, at: Limits.cborDepth)) { try Body(.array([value])) }
    #expect(throws: CBORError(.duplicateKey, at: 4)) {
      try Body(.map([BodyEntry("a", .null), BodyEntry("a", .null)]))
    }
  }
}

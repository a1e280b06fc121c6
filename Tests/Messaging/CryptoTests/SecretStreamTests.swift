import JanusCrypto
import Testing

@Suite struct SecretStreamTests {
  private let key = [UInt8](repeating: 3, count: 32)
  private let parts = [[UInt8]("one".utf8), [], [UInt8](repeating: 7, count: 10_000)]

  private func write() throws -> (header: [UInt8], sealed: [[UInt8]]) {
    var writer = try SecretStreamWriter(key: SecretBytes(copying: key.span.bytes))
    var sealed: [[UInt8]] = []
    for (index, part) in parts.enumerated() {
      let tag: SecretStreamTag = index == parts.count - 1 ? .final : .message
      sealed.append(
        writer.seal(part.span.bytes, associatedData: [UInt8(index)].span.bytes, tag: tag))
    }
    return (writer.header, sealed)
  }

  /// The parts as they open, and whether the last one is the stream's last.
  private func read(
    _ sealed: [[UInt8]], header: [UInt8], key: [UInt8], places: [UInt8]? = nil
  ) throws -> (parts: [[UInt8]], isWhole: Bool) {
    var reader = try SecretStreamReader(
      key: SecretBytes(copying: key.span.bytes), header: header.span.bytes)
    var parts: [[UInt8]] = []
    var isWhole = false
    for (index, part) in sealed.enumerated() {
      let place = [places?[index] ?? UInt8(index)]
      let opened = try reader.open(part.span.bytes, associatedData: place.span.bytes)
      parts.append(opened.plaintext)
      isWhole = opened.tag == .final
    }
    return (parts, isWhole)
  }

  @Test func partsComeBack() throws {
    let (header, sealed) = try write()
    #expect(sealed.map(\.count) == parts.map { $0.count + 17 })
    let read = try read(sealed, header: header, key: key)
    #expect(read.parts == parts && read.isWhole)
  }

  @Test func aStreamThatWasCutIsNotWhole() throws {
    let (header, sealed) = try write()
    #expect(try !read(sealed.dropLast(), header: header, key: key).isWhole)
  }

  @Test func partsCannotBeSwappedLeftOutOrChanged() throws {
    let (header, sealed) = try write()
    let broken: [([[UInt8]], [UInt8])] = [
      ([sealed[1], sealed[0]], [1, 0]), ([sealed[1]], [1]), ([sealed[0], sealed[0]], [0, 0]),
      ([sealed[0]], [9]), ([Array(sealed[0].dropLast())], [0]), ([[]], [0]),
      ([[UInt8](repeating: 0, count: 16)], [0]),
    ]
    for (parts, places) in broken {
      #expect(throws: CryptoError.notAuthentic) {
        try read(parts, header: header, key: key, places: places)
      }
    }
    var changed = sealed
    changed[2][500] ^= 1
    #expect(throws: CryptoError.notAuthentic) { try read(changed, header: header, key: key) }
    let otherKey = [UInt8](repeating: 4, count: 32)
    #expect(throws: CryptoError.notAuthentic) { try read(sealed, header: header, key: otherKey) }
    #expect(throws: CryptoError.wrongLength(expected: 24, found: 23)) {
      try read(sealed, header: Array(header.dropLast()), key: key)
    }
  }
}

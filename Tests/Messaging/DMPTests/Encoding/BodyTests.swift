import DMP
import Testing

@Suite struct BodyTests {
  @Test func whatIsWrittenReadsTheSameAndIsWrittenTheSame() throws {
    var random = SplitMix(state: 1)
    for _ in 0..<20_000 {
      let body = try Body(random.bodyValue())
      let again = try Body(decoding: body.bytes)
      #expect(try Body(again.value) == body)
    }
  }

  /// Whatever is accepted has one encoding, the one that was accepted.
  @Test func whatIsAcceptedIsWrittenBackTheSame() throws {
    var random = SplitMix(state: 2)
    var accepted = 0
    for _ in 0..<20_000 {
      let bytes = random.mutated(Array(try Body(random.bodyValue(depth: 3)).bytes))
      do throws(CBORError) {
        let body = try Body(decoding: bytes[...])
        accepted += 1
        let written = try Body(body.value)
        #expect(Array(written.bytes) == bytes)
      } catch {
        #expect((0...bytes.count).contains(error.offset))
      }
    }
    #expect(accepted > 1_000)
  }

  @Test func aBodyKnowsItsPlaceInALongerBuffer() throws {
    let buffer = hex("ffff 83010203 ffff")
    let body = try Body(decoding: buffer[2..<6])
    #expect(body.bytes.startIndex == 2)
    #expect(try Body(.array([.integer(1), .integer(2), .integer(3)])) == body)
    #expect(throws: CBORError(.truncated, at: 3)) { try Body(decoding: buffer[2..<5]) }
    #expect(throws: CBORError(.trailingBytes, at: 4)) { try Body(decoding: buffer[2..<7]) }
  }

  @Test(arguments: tagged) func tagsHaveTheirShape(_ text: String, _ value: BodyValue) throws {
    #expect(try Body(value) == Body(decoding: hex(text)[...]))
    #expect(try Body(Body(decoding: hex(text)[...]).value).bytes == hex(text)[...])
  }

  static let tagged: [(String, BodyValue)] = [
    ("d9d931 81 1a3b9aca00", .duration(nanoseconds: 1_000_000_000)),
    ("d9d931 81 20", .duration(nanoseconds: -1)),
    (
      "d9d932 82 6150 a2 6178 01 6179 02",
      .structure(
        name: "P",
        fields: [BodyEntry("y", .integer(2)), BodyEntry("x", .integer(1))]
      )
    ),
    ("d9d932 82 60 a0", .structure(name: "", fields: [])),
    ("d9d933 82 6145 6141", .enumeration(name: "E", case: "A", values: [])),
    (
      "d9d933 84 6145 6141 01 f6",
      .enumeration(
        name: "E",
        case: "A",
        values: [.integer(1), .null]
      )
    ),
  ]

  @Test(arguments: refused)
  func whatIsNotDeterministicIsRefused(_ text: String, _ reason: CBORError.Reason, at offset: Int) {
    #expect(throws: CBORError(reason, at: offset)) { try Body(decoding: hex(text)[...]) }
  }

  static let refused: [(String, CBORError.Reason, Int)] = [
    ("", .truncated, 0), ("18", .truncated, 1), ("19ff", .truncated, 2), ("61", .truncated, 1),
    ("81", .truncated, 1), ("a161 61", .truncated, 3), ("82f6", .truncated, 2),
    // Shortest forms, at each border.
    ("1817", .notShortest, 0), ("1900ff", .notShortest, 0), ("1a0000ffff", .notShortest, 0),
    ("1b00000000ffffffff", .notShortest, 0), ("3817", .notShortest, 0), ("5800", .notShortest, 0),
    ("780161", .notShortest, 0), ("9800", .notShortest, 0), ("b800", .notShortest, 0),
    ("f97e01", .notShortest, 0), ("f9fe00", .notShortest, 0), ("fa3f800000", .notShortest, 0),
    ("fb3ff0000000000000", .notShortest, 0), ("fb40f86a0000000000", .notShortest, 0),
    ("fa33800000", .notShortest, 0), ("fb7ff8000000000001", .notShortest, 0),
    ("da0000d9318101", .notShortest, 0),
    // Reserved and unassigned.
    ("1c", .reserved, 0), ("3d", .reserved, 0), ("5e", .reserved, 0), ("fc", .reserved, 0),
    ("ff", .indefiniteLength, 0), ("1f", .indefiniteLength, 0), ("df", .indefiniteLength, 0),
    ("e0", .simpleValue, 0), ("f3", .simpleValue, 0), ("f814", .simpleValue, 0),
    // Keys.
    ("a2 6162 01 6161 02", .unsortedKeys, 4), ("a2 626161 01 6162 02", .unsortedKeys, 5),
    ("a2 6161 01 6161 02", .duplicateKey, 4), ("a1 01 02", .expected(.text), 1),
    ("a1 f6 02", .expected(.text), 1),
    // UTF-8: overlong, surrogate, too large, cut, stray.
    ("62c080", .notUTF8, 0), ("63e08080", .notUTF8, 0), ("63eda080", .notUTF8, 0),
    ("64f4908080", .notUTF8, 0), ("61c3", .notUTF8, 0), ("6180", .notUTF8, 0),
    ("62c328", .notUTF8, 0), ("64f0808080", .notUTF8, 0), ("61ff", .notUTF8, 0),
    ("a1 61ff 01", .notUTF8, 1),
    // Tags.
    ("d9d930 81 01", .unknownTag(55_600), 0), ("d9d934 81 01", .unknownTag(55_604), 0),
    ("c0 60", .unknownTag(0), 0), ("d9d931 01", .expected(.array), 3),
    ("d9d931 80", .wrongLength, 3), ("d9d931 820102", .wrongLength, 3),
    ("d9d931 8160", .expected(.unsigned), 4), ("d9d932 8160", .wrongLength, 3),
    ("d9d932 826001", .expected(.map), 5), ("d9d932 8201a0", .expected(.text), 4),
    ("d9d933 8160", .wrongLength, 3), ("d9d933 826001", .expected(.text), 5),
    ("81 d9d931 d9d931 8101", .expected(.array), 4),
    // Announced lengths cost nothing.
    ("9b7fffffffffffffff", .truncated, 9), ("bb7fffffffffffffff", .truncated, 9),
    ("5bffffffffffffffff", .truncated, 9), ("7b7fffffffffffffff", .truncated, 9),
    ("9bffffffffffffffff 00", .truncated, 10), ("b9ffff 6161 01", .truncated, 6),
    ("d9d933 9bffffffffffffffff 60 60", .truncated, 14),
    // More than one item.
    ("0000", .trailingBytes, 1), ("f6 f6", .trailingBytes, 1),
  ]

  /// The standard library knows UTF-8 too.
  @Test func utf8IsThatOfTheStandardLibrary() throws {
    var random = SplitMix(state: 3)
    var valid = 0
    for _ in 0..<50_000 {
      let bytes = random.mutated(Array(random.text().utf8))
      var writer = CBORWriter()
      writer.text(String(repeating: "x", count: bytes.count))
      let encoded = writer.bytes.dropLast(bytes.count) + bytes
      let isValid = String(validating: bytes, as: UTF8.self) != nil
      valid += isValid ? 1 : 0
      var reader = CBORReader(encoded)
      if isValid {
        #expect(try Array(reader.utf8()) == bytes)
      } else {
        #expect(throws: CBORError(.notUTF8, at: 0)) { try reader.utf8() }
      }
    }
    #expect(valid > 1_000 && valid < 49_000)
  }

  @Test func everyHalfFloatIsReadAndWrittenBack() throws {
    for bits in UInt16.min...UInt16.max {
      let encoded = [0xf9, UInt8(bits >> 8), UInt8(bits & 0xff)]
      let isOtherNaN = bits & 0x7c00 == 0x7c00 && bits & 0x3ff != 0 && bits != 0x7e00
      if isOtherNaN {
        #expect(throws: CBORError(.notShortest, at: 0)) { try Body(decoding: encoded[...]) }
      } else {
        #expect(try Body(Body(decoding: encoded[...]).value).bytes == encoded[...])
      }
    }
  }
}

import DMP
import Testing

/// The examples of RFC 8949 appendix A: what DMP reads, it writes back the same; the rest it refuses
/// with the reason given here.
@Suite struct AppendixATests {
  @Test(arguments: accepted)
  func anAcceptedExampleIsWrittenBackTheSame(_ text: String) throws {
    let body = try Body(decoding: hex(text)[...])
    #expect(try Body(body.value) == body)
    #expect(Array(body.bytes) == hex(text))
  }

  @Test(arguments: refused)
  func anExampleOutsideOfDMPIsRefused(_ text: String, _ error: CBORError) {
    #expect(throws: error) { try Body(decoding: hex(text)[...]) }
  }

  @Test func theTableIsComplete() {
    #expect(Self.accepted.count + Self.refused.count == 81)
  }

  @Test func unsignedIntegersOf64BitsAreForFieldsOnly() throws {
    var reader = CBORReader(hex("1bffffffffffffffff"))
    #expect(try reader.unsigned() == .max)
  }

  @Test(arguments: floats) func floatsHaveTheValueOfTheTable(_ text: String, _ value: Double) throws
  {
    guard case .float(let float) = try Body(decoding: hex(text)[...]).value else {
      Issue.record("not a float")
      return
    }
    #expect(float == value && float.sign == value.sign)
  }

  static let floats: [(String, Double)] = [
    ("f90000", 0), ("f98000", -0.0), ("f93c00", 1), ("fb3ff199999999999a", 1.1), ("f93e00", 1.5),
    ("f97bff", 65504), ("fa47c35000", 100_000), ("fa7f7fffff", 3.4028234663852886e+38),
    ("fb7e37e43c8800759c", 1.0e+300), ("f90001", 5.960464477539063e-8),
    ("f90400", 0.00006103515625), ("f9c400", -4), ("fbc010666666666666", -4.1),
    ("f97c00", .infinity), ("f9fc00", -.infinity),
  ]

  static let accepted =
    floats.map(\.0) + [
      "00", "01", "0a", "17", "1818", "1819", "1864", "1903e8", "1a000f4240",
      "1b000000e8d4a51000", "20", "29", "3863", "3903e7", "f97e00", "f4", "f5", "f6", "40",
      "4401020304", "60", "6161", "6449455446", "62225c", "62c3bc", "63e6b0b4", "64f0908591", "80",
      "83010203", "8301820203820405",
      "98190102030405060708090a0b0c0d0e0f101112131415161718181819", "a0", "a26161016162820203",
      "826161a161626163", "a56161614161626142616361436164614461656145",
    ]

  static let refused: [(String, CBORError)] = [
    // Beyond 64 signed bits.
    ("1bffffffffffffffff", CBORError(.outOfRange, at: 0)),
    ("3bffffffffffffffff", CBORError(.outOfRange, at: 0)),
    // Bignums, dates, addresses, encoded items: tags without a meaning here.
    ("c249010000000000000000", CBORError(.unknownTag(2), at: 0)),
    ("c349010000000000000000", CBORError(.unknownTag(3), at: 0)),
    ("c074323031332d30332d32315432303a30343a30305a", CBORError(.unknownTag(0), at: 0)),
    ("c11a514b67b0", CBORError(.unknownTag(1), at: 0)),
    ("c1fb41d452d9e8200000", CBORError(.unknownTag(1), at: 0)),
    ("d74401020304", CBORError(.unknownTag(23), at: 0)),
    ("d818456449455446", CBORError(.unknownTag(24), at: 0)),
    (
      "d82076687474703a2f2f7777772e6578616d706c652e636f6d", CBORError(.unknownTag(32), at: 0)
    ),
    // Longer floats than the value needs.
    ("fa7f800000", CBORError(.notShortest, at: 0)),
    ("fa7fc00000", CBORError(.notShortest, at: 0)),
    ("faff800000", CBORError(.notShortest, at: 0)),
    ("fb7ff0000000000000", CBORError(.notShortest, at: 0)),
    ("fb7ff8000000000000", CBORError(.notShortest, at: 0)),
    ("fbfff0000000000000", CBORError(.notShortest, at: 0)),
    // Undefined and other simple values.
    ("f7", CBORError(.simpleValue, at: 0)),
    ("f0", CBORError(.simpleValue, at: 0)),
    ("f8ff", CBORError(.simpleValue, at: 0)),
    // Keys that are not text.
    ("a201020304", CBORError(.expected(.text), at: 1)),
    // Indefinite lengths.
    ("5f42010243030405ff", CBORError(.indefiniteLength, at: 0)),
    ("7f657374726561646d696e67ff", CBORError(.indefiniteLength, at: 0)),
    ("9fff", CBORError(.indefiniteLength, at: 0)),
    ("9f018202039f0405ffff", CBORError(.indefiniteLength, at: 0)),
    ("9f01820203820405ff", CBORError(.indefiniteLength, at: 0)),
    ("83018202039f0405ff", CBORError(.indefiniteLength, at: 5)),
    ("83019f0203ff820405", CBORError(.indefiniteLength, at: 2)),
    (
      "9f0102030405060708090a0b0c0d0e0f101112131415161718181819ff",
      CBORError(.indefiniteLength, at: 0)
    ),
    ("bf61610161629f0203ffff", CBORError(.indefiniteLength, at: 0)),
    ("826161bf61626163ff", CBORError(.indefiniteLength, at: 3)),
    ("bf6346756ef563416d7421ff", CBORError(.indefiniteLength, at: 0)),
  ]
}

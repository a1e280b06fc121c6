import DMP
import Testing

@Suite struct FieldsTests {
  /// Reads {0: unsigned, 2: text, 5?: null}.
  private func read(_ text: String) throws(CBORError) -> Bool {
    var reader = CBORReader(hex(text))
    var fields = try reader.openFields()
    try reader.require(0, in: &fields)
    _ = try reader.unsigned()
    try reader.require(2, in: &fields)
    _ = try reader.text(atMost: 3)
    let hasFive = try reader.has(5, in: &fields)
    if hasFive { try reader.null() }
    try reader.close(&fields)
    try reader.end()
    return hasFive
  }

  @Test func fieldsAreReadInOrder() throws {
    #expect(try read("a2 0001 0260") == false)
    #expect(try read("a3 0001 0260 05f6") == true)
  }

  @Test(arguments: [
    ("a1 0001", CBORError.Reason.missingField(2), 3),
    ("a1 0260", .missingField(0), 2),
    ("a3 0001 0101 0260", .unknownField(1), 4),
    ("a3 0001 0260 0660", .unknownField(6), 6),
    ("a3 0001 0260 1bffffffffffffffff f6", .unknownField(.max), 14),
    ("a3 0001 0002 0260", .duplicateKey, 3),
    ("a3 0001 0260 0260", .duplicateKey, 5),
    ("a3 0001 0260 0160", .unsortedKeys, 5),
    ("a2 0260 0001", .missingField(0), 2),
    ("a2 0001 6161 01", .expected(.unsigned), 3),
    ("a2 0001 02 6461616161", .wrongLength, 4),
    ("a2 0001 02 1801", .expected(.text), 4),
    ("82 0001", .expected(.map), 0),
    ("a2 0001 0260 00", .trailingBytes, 5),
    ("a2 0001 180260", .notShortest, 3),
  ])
  func whatIsOutOfPlaceIsRefused(_ text: String, _ reason: CBORError.Reason, _ offset: Int) {
    #expect(throws: CBORError(reason, at: offset)) { try read(text) }
  }

  @Test func fieldsAreWrittenInOrder() throws {
    var writer = CBORWriter()
    var fields = writer.openFields()
    writer.key(0, in: &fields)
    writer.unsigned(UInt64.max)
    writer.key(2, in: &fields)
    writer.text("ab")
    #expect(writer.bytes == hex("a2 00 1bffffffffffffffff 02 626162"))
  }

  @Test func smallIntegersHaveTheirWidth() throws {
    var reader = CBORReader(hex("18ff 190100 19ffff 1a00010000"))
    #expect(try reader.unsigned(as: UInt8.self) == 255)
    #expect(throws: CBORError(.outOfRange, at: 2)) { try reader.unsigned(as: UInt8.self) }
    #expect(try reader.unsigned(as: UInt16.self) == 65_535)
    #expect(throws: CBORError(.outOfRange, at: 8)) { try reader.unsigned(as: UInt16.self) }
  }

  @Test func bytesHaveTheirLength() throws {
    let start = CBORReader(hex("420102"))
    var reader = start
    #expect(try reader.bytes(exactly: 2) == [1, 2])
    reader = start
    #expect(throws: CBORError(.wrongLength, at: 0)) { try reader.bytes(exactly: 3) }
    reader = start
    #expect(throws: CBORError(.wrongLength, at: 0)) { try reader.bytes(exactly: 1) }
    reader = start
    #expect(throws: CBORError(.wrongLength, at: 0)) { try reader.bytes(atMost: 1) }
  }
}

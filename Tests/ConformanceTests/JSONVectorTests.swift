import Foundation
import JanusTestSupport
import Testing

/// Texts of the canonical form's authors (RFC 8785), which hold every awkward escape and number.
@Suite(.enabled(if: Vectors.areThere, "\(Vectors.absence)"))
struct JSONVectorTests {
  static let names = ["arrays", "french", "structures", "unicode", "values", "weird"]

  private func bytes(_ path: String) throws -> [UInt8] {
    Array(try Data(contentsOf: URL(fileURLWithPath: "\(Vectors.folder)/jcs/\(path)")))
  }

  private func run(_ program: String, input: [UInt8]) throws -> ScriptResult {
    var script = Script("use std.io\nuse std.json\n\(program)\n")
    script.input = input
    return try script.run()
  }

  @Test(arguments: names)
  func aTextIsTheSameValueAfterWritingAndReading(_ name: String) throws {
    let program = """
      let value = json.parse(io.read_bytes())
      assert json.parse(json.text(value)) == value
      assert json.parse(json.text(value, indent: 2)) == value
      print(json.text(value))
      """
    let first = try run(program, input: try bytes("input/\(name).json"))
    #expect(first.errors.isEmpty && !first.output.isEmpty)
    let second = try run(program, input: first.output)
    #expect(second.output == first.output)
  }

  /// The canonical form differs in order and in how numbers are written, never in value.
  @Test(arguments: names)
  func aTextHasTheValueOfItsCanonicalForm(_ name: String) throws {
    let both =
      Array("[".utf8) + (try bytes("input/\(name).json")) + Array(",".utf8)
      + (try bytes("output/\(name).json")) + Array("]".utf8)
    let result = try run(
      "let [given, canonical] = json.parse(io.read_bytes())\nprint(given == canonical)",
      input: both)
    #expect(result.lines == ["true"], "\(result.errors)")
  }
}

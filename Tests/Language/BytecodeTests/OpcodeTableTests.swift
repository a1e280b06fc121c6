import JanusBytecode
import JanusTestSupport
import Testing

/// docs/bytecode.md lists the instruction set as it is.
@Suite struct OpcodeTableTests {
  static let page = "docs/bytecode.md"

  @Test func thePageListsEveryOpcode() throws {
    let rows = try Repository.text(Self.page).lineList.filter { $0.hasPrefix("| ") }
      .filter { row in
        // Rows of the opcode table begin with a number.
        row.dropFirst(2).first?.isNumber == true
      }
    let expected = Opcode.allCases.map(row)
    #expect(rows == expected, "write what Scripts/opcode-table prints into \(Self.page)")
  }

  private func row(_ opcode: Opcode) -> String {
    let layout = opcode.layout
    let extras = layout.extras.map { "\($0)" }.joined(separator: ", ")
    let cells = [
      "\(opcode.rawValue)", "`\(opcode)`", text(layout.a), text(layout.b), text(layout.c),
      extras.isEmpty ? "–" : extras,
    ]
    return "| " + cells.joined(separator: " | ") + " |"
  }

  private func text(_ field: Field) -> String {
    switch field {
    case .unused: "–"
    case .registers(let count): "registers(\(count))"
    default: "\(field)"
    }
  }
}

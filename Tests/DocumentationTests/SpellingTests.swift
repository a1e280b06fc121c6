import JanusTestSupport
import Testing

/// A row of docs/language/coming-from.md: what another language calls it, and an example in Janus.
struct Spelling: Sendable, CustomTestStringConvertible {
  var line: Int
  var section: String
  var foreign: String
  var example: String
  var value: String

  var testDescription: String { "\(section): \(foreign)" }

  static let file = "docs/language/coming-from.md"

  static func rows(in text: String) -> [Spelling] {
    var section = ""
    var rows: [Spelling] = []
    for (index, line) in text.lineList.enumerated() {
      if line.hasPrefix("## ") { section = String(line.dropFirst(3)) }
      guard line.hasPrefix("| `") else { continue }
      let cells = cells(of: line)
      rows.append(
        Spelling(
          line: index + 1,
          section: section,
          foreign: cells.first ?? "",
          example: cells.count == 4 ? code(cells[2]) : "",
          value: cells.count == 4 ? code(cells[3]) : ""
        )
      )
    }
    return rows
  }

  /// What stands between bars; `\|` is a bar in a cell.
  private static func cells(of line: String) -> [String] {
    var cells: [String] = []
    var cell = ""
    var isEscaped = false
    for character in line.dropFirst() {
      if character == "|", !isEscaped {
        cells.append(String(cell.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed()))
        cell = ""
      } else {
        if isEscaped, character != "|" { cell.append("\\") }
        if character != "\\" || isEscaped { cell.append(character) }
      }
      isEscaped = character == "\\" && !isEscaped
      if isEscaped { continue }
    }
    return cells
  }

  private static func code(_ cell: String) -> String {
    cell.hasPrefix("`") && cell.hasSuffix("`") ? String(cell.dropFirst().dropLast()) : ""
  }

  var program: String {
    let modules = ["math", "regex", "text"].filter { example.contains($0 + ".") }
    let uses = modules.map { "use std.\($0)\n" }.joined()
    return uses + "func example() do\n  \(example)\nend\nprint([example()])\n"
  }
}

/// Whoever comes from Lua or Python finds every name they know.
@Suite struct SpellingTests {
  static let rows: [Spelling] = {
    do {
      return Spelling.rows(in: try Repository.text(Spelling.file))
    } catch {
      preconditionFailure("cannot read \(Spelling.file): \(error)")
    }
  }()

  @Test(arguments: rows)
  func aRowGivesWhatItSays(_ row: Spelling) throws {
    #expect(!row.example.isEmpty && !row.value.isEmpty, "the row has no four cells")
    let result = try Script(row.program).run()
    #expect(result.lines == ["[\(row.value)]"], "\(result.errors)")
  }

  /// The names of Lua 5.4's `string` and `table` (manual §6.4, §6.6) and of Python 3.12's types.
  static let names: [(section: String, names: String)] = [
    (
      "Lua's string",
      "byte char dump find format gmatch gsub len lower match pack packsize rep reverse sub unpack "
        + "upper"
    ),
    ("Lua's table", "concat insert move pack remove sort unpack"),
    (
      "Python's str",
      "capitalize casefold center count encode endswith expandtabs find format format_map index "
        + "isalnum isalpha isascii isdecimal isdigit isidentifier islower isnumeric isprintable "
        + "isspace istitle isupper join ljust lower lstrip maketrans partition removeprefix "
        + "removesuffix replace rfind rindex rjust rpartition rsplit rstrip split splitlines "
        + "startswith strip swapcase title translate upper zfill"
    ),
    (
      "Python's bytes",
      "capitalize center count decode endswith expandtabs find fromhex hex index isalnum isalpha "
        + "isascii isdigit islower isspace istitle isupper join ljust lower lstrip maketrans "
        + "partition removeprefix removesuffix replace rfind rindex rjust rpartition rsplit rstrip "
        + "split splitlines startswith strip swapcase title translate upper zfill"
    ),
    ("Python's list", "append clear copy count extend index insert pop remove reverse sort"),
    (
      "Python's dict",
      "clear copy fromkeys get items keys pop popitem setdefault update values"
    ),
  ]

  @Test(arguments: names.map(\.section))
  func everyNameHasARow(_ section: String) {
    let words = Self.names.first { $0.section == section }?.names ?? ""
    let cells = Self.rows.filter { $0.section == section }.map(\.foreign)
    #expect(!words.isEmpty && !cells.isEmpty)
    for name in words.split(separator: " ") {
      let hasRow = cells.contains { $0.contains(".\(name)(") || $0.contains(":\(name)(") }
      #expect(hasRow, "\(name)")
    }
  }

  @Test func cellsMayHoldBarsAndBackslashes() throws {
    let rows = Spelling.rows(in: "## S\n| `a\\|b` | x | `\"\\\\w\\n\" \\|\\| 1` | `2` |\n")
    let row = try #require(rows.first)
    #expect(row.foreign == "`a|b`")
    #expect(row.example == "\"\\\\w\\n\" || 1")
    #expect(row.value == "2")
  }
}

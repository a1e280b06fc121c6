import JanusSource
import JanusTestSupport
import Testing

/// What the checker calls proven is held against the machine.
@Suite struct ProvenFaultTests {
  /// What the programs of some seeds showed.
  private struct Tally {
    var executed = 0
    var comparisons = 0
    var wrong: [String] = []
  }

  @Test(arguments: 0..<12)
  func whatIsReportedFailsWhenItIsExecuted(_ group: Int) throws {
    var tally = Tally()
    for seed in group * 50..<group * 50 + 50 {
      try examine(ProgramGenerator.program(seed: seed), seed, &tally)
    }
    #expect(tally.wrong == [])
    // Otherwise nothing was tried.
    #expect(tally.executed > 10)
  }

  private func examine(_ text: String, _ seed: Int, _ tally: inout Tally) throws {
    let checking = Checking(text)
    guard let file = checking.findings.first?.file else { return }
    let own = checking.diagnostics.filter { $0.code.rawValue >= "J05" }
    // A program that does not compile proves nothing.
    guard !checking.errors.contains(where: { $0.code.rawValue < "J05" }) else { return }
    let result = try Script(text).run()
    let lines = result.lines
    let marks = lines.compactMap { $0.hasPrefix("@") ? Int($0.dropFirst()) : nil }
    for diagnostic in own {
      let line = file.line(at: diagnostic.span.start) + 1
      guard let statement = marks.last(where: { $0 == line }) else { continue }
      let place = "seed \(seed), line \(line): \(diagnostic.message)"
      if diagnostic.severity == .error {
        tally.executed += 1
        if result.status != 1 || marks.last != statement {
          tally.wrong.append("\(place), but it went on")
        } else if let code = result.errors.first?.code, !isFault(code) {
          tally.wrong.append("\(place), but it failed with \(code)")
        }
      } else if diagnostic.code == .unreachableCode {
        tally.wrong.append("\(place), but it was reached")
      } else if diagnostic.code == .constantComparison {
        tally.comparisons += 1
        check(diagnostic, line, lines, place, &tally)
      }
    }
  }

  /// Failures that a wrong type, name or value leads to; an error of the program's own is none.
  private func isFault(_ code: String) -> Bool {
    ["Type", "Name", "Arity", "Index", "Key", "Null", "DivisionByZero", "Shift", "Parse"]
      .contains { code == "Fault.\($0)" }
  }

  /// `print("=", a == b)` shows what the comparison gave.
  private func check(
    _ diagnostic: Diagnostic, _ line: Int, _ lines: [String], _ place: String, _ tally: inout Tally
  ) {
    let other = diagnostic.message.hasPrefix("this is always true") ? "=false" : "=true"
    for (index, text) in lines.enumerated() where text == "@\(line)" && index + 1 < lines.count {
      if lines[index + 1] == other { tally.wrong.append("\(place), but it gave \(other)") }
    }
  }
}

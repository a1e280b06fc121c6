import JanusTestSupport
import Testing

/// Programs that try to leave the sandbox (docs/sandbox.md): none may succeed.
@Suite struct EscapeTests {
  static let files = Repository.files(below: "Tests/Escape", endingIn: ".escape")

  /// Attempts of files that can be read; `everyFileCanBeRead` names the others.
  static let attempts: [Attempt] = files.flatMap { path in
    do {
      let name = path.split(separator: "/").last.map(String.init) ?? path
      return try Attempt.attempts(in: try Repository.text(path), file: name)
    } catch {
      return []
    }
  }

  @Test(arguments: files)
  func everyFileCanBeRead(_ path: String) throws {
    let attempts = try Attempt.attempts(in: try Repository.text(path), file: path)
    #expect(Set(attempts.map(\.name)).count == attempts.count)
    #expect(attempts.allSatisfy { !$0.refusals.isEmpty }, "what must it say?")
    #expect(attempts.contains { $0.control != nil }, "a class needs a control")
  }

  @Test func thereAreMoreThanAHundred() {
    #expect(Self.attempts.count > 100)
  }

  @Test(arguments: attempts)
  func anAttemptIsRefused(_ attempt: Attempt) throws {
    let report = try attempt.run(flags: attempt.flags)
    #expect(!report.tellsSecret, "\(report.output)")
    #expect(!report.changesOutside, "\(report.output)")
    #expect(report.end == .exited(attempt.status), "\(report.output.prefix(2000))")
    for refusal in attempt.refusals {
      #expect(report.output.contains(refusal), "\(report.output.prefix(2000))")
    }
  }

  /// With the grant the same program does what it tries: the check above can fail.
  @Test(arguments: attempts.filter { $0.control != nil })
  func theGrantAllowsIt(_ attempt: Attempt) throws {
    let flags = try #require(attempt.control)
    let report = try attempt.run(flags: flags)
    #expect(report.end == .exited(0), "\(report.output.prefix(2000))")
    if let shown = attempt.shown {
      #expect(report.output.contains(shown), "\(report.output.prefix(2000))")
    } else {
      #expect(report.tellsSecret, "\(report.output.prefix(2000))")
    }
  }

  // MARK: The reader

  @Test func attemptsAreReadFromText() throws {
    let text = """
      # comment
      == one
      flags --max-steps 10
      swaps a b
        print 1
      refused Fault.Limit
      == two
      control -A
      status 3
      """
    let attempts = try Attempt.attempts(in: text, file: "x")
    #expect(attempts.map(\.name) == ["one", "two"])
    #expect(attempts[0].program == "print 1\n")
    #expect(attempts[0].flags == "--max-steps 10" && attempts[0].swaps?.second == "b")
    #expect(attempts[1].control == "-A" && attempts[1].status == 3)
  }

  @Test func aLineWithoutMeaningIsRefused() {
    for text in ["flags x", "== a\nnonsense\n", "== a\nstatus x\n", "== a\nswaps a\n"] {
      #expect(throws: Attempt.Damage.self) { try Attempt.attempts(in: text, file: "x") }
    }
  }
}

import JanusTestSupport
import Testing

/// Limits count what natives do, and hold whatever a program makes of them.
@Suite struct LimitTests {
  private func run(_ source: String, _ option: String, _ text: String) throws -> ScriptResult {
    var script = Script(source)
    try script.limit(option, text)
    return try script.run()
  }

  @Test(arguments: [
    ("for i in 0..<1000 do\nend", "999", false), ("for i in 0..<1000 do\nend", "1010", true),
    // 16 elements are a step.
    ("list.filled(16_000, 1).contains(2)", "500", false),
    ("list.filled(16_000, 1).contains(2)", "3000", true),
    // So are 256 bytes.
    ("'x'.repeat(2_560_000)", "5000", false), ("'x'.repeat(2_560_000)", "20000", true),
  ])
  func stepsAreTurnsAndWork(_ source: String, _ steps: String, _ isEnough: Bool) throws {
    // The last turn is where the count is looked at.
    let result = try run(source + "\nfor i in 0..<2 do\nend\nprint 'ended'", "--max-steps", steps)
    #expect((result.lines == ["ended"]) == isEnough, "\(result.errors)")
    #expect(result.errors.map(\.code) == (isEnough ? [] : ["Fault.Limit"]))
  }

  @Test func theFirstLimitIsTheOutcomeWhateverFollows() throws {
    let source = """
      func work() do
          defer exit(0)
          while true do
          end
      end
      work()
      """
    let result = try run(source, "--max-steps", "1000")
    #expect(result.status == 1)
    #expect(result.errors.map(\.code) == ["Fault.Limit"])
  }

  @Test func defersRunAndAreBounded() throws {
    let source = """
      func work() do
          defer print("outer")
          defer do
              print("inner")
              while true do
              end
          end
          while true do
          end
      end
      work()
      """
    let result = try run(source, "--max-steps", "1000")
    #expect(result.lines == ["inner"])
    #expect(result.status == 1)
  }

  @Test func manyTasksAreCancelledTogether() throws {
    let source = """
      nursery do
          for i in 0..<50_000 do
              spawn sleep(1h)
          end
          sleep(1ms)
          fail "enough"
      end catch |e| print(e.message)
      """
    #expect(try Script(source).run().lines == ["enough"])
  }

  @Test func timersOfSelectsThatWereWokenOtherwiseAreDropped() throws {
    let source = """
      let ch = channel()
      nursery do
          spawn do
              for i in 0..<20_000 do
                  ch.send(i)
              end
          end
          for i in 0..<20_000 do
              select do
                  case m = ch.recv() do
                  end
                  timeout(10h) do
                  end
              end
          end
      end
      print "ended"
      """
    #expect(try run(source, "--max-memory", "6m").lines == ["ended"])
  }

  /// Each pair of places would be 10^8.
  @Test func ringsWithoutACommonFactorAreComparedInTimeThatGrowsWithTheirLength() throws {
    let source = """
      func ring(n) do
          let first = [0, null]
          var last = first
          for i in 1..<n do
              last = [0, last]
          end
          first[1] = last
          first
      end
      print ring(10007) == ring(10009)
      """
    #expect(try run(source, "--max-steps", "100000").lines == ["true"])
  }
}

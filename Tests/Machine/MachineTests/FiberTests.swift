import JanusTestSupport
import Testing

@Suite struct FiberTests {
  @Test func aHundredThousandFibersParkAndAreResumed() throws {
    var script = Script(
      """
      let gate = channel()
      let results = channel(100_000)
      nursery do
          for i in 0..<100_000 do
              spawn do
                  let received = gate.recv()
                  results.send(received * 2 + i)
              end
          end
          sleep(1ms)
          for i in 0..<100_000 do
              gate.send(i)
          end
      end
      results.close()
      var count = 0
      var sum = 0
      for result in results do
          count += 1
          sum += result
      end
      print(count, " ", sum)
      """
    )
    try script.limit("--max-memory", "128m")
    let result = try script.run()
    #expect(result.lines == ["100000 14999850000"])
    #expect(result.errors.isEmpty)
  }

  @Test func aFailingNurseryCancelsTheRestAndCleansUp() throws {
    let script = Script(
      """
      error Trouble { Late(after: int) }
      var alive = 0
      func worker(ch) do
          alive += 1
          defer alive -= 1
          ch.recv()
          print "never"
      end
      let never = channel()
      let outcome = nursery do
          for i in 0..<1000 do
              spawn worker(never)
          end
          spawn do
              sleep(1ms)
              print("alive ", alive)
              fail Trouble.Late(after: 7)
          end
          sleep(1h)
          "never"
      end catch |e| e.code
      print(outcome, " ", alive)
      """
    )
    let result = try script.run()
    #expect(result.lines == ["alive 1000", "Trouble.Late 0"])
    #expect(result.errors.isEmpty)
  }

  @Test func deepRecursionIsAnErrorWithATrace() throws {
    let script = Script(
      """
      func deep(n) do
          1 + deep(n + 1)
      end
      for turn in 1..3 do
          print((deep(0) catch |e| e.code))
      end
      deep(0)
      """
    )
    let result = try script.run()
    #expect(result.lines == Array(repeating: "Fault.Recursion", count: 3))
    #expect(result.errors.map(\.code) == ["Fault.Recursion"])
  }

  @Test func deepRecursionInAFiberIsAnErrorOfThatFiber() throws {
    let script = Script(
      """
      func deep(n) do
          1 + deep(n + 1)
      end
      nursery do
          let task = spawn do
              deep(0) catch |e| e.code
          end
          print await task
      end
      """
    )
    let result = try script.run()
    #expect(result.lines == ["Fault.Recursion"])
    #expect(result.errors.isEmpty)
  }

  @Test func aCallInTailPositionRunsInConstantStack() throws {
    let script = Script(
      """
      func count(n, sum) do
          if n == 0 do sum else count(n - 1, sum + n) end
      end
      print count(3_000_000, 0)
      """
    )
    let result = try script.run()
    #expect(result.lines == ["4500001500000"])
    #expect(result.errors.isEmpty)
  }

  @Test func aBusyLoopDoesNotStarveOthers() throws {
    let script = Script(
      """
      var done = false
      nursery do
          spawn do
              while not done do
              end
          end
          spawn do
              done = true
          end
      end
      print done
      """
    )
    let result = try script.run()
    #expect(result.lines == ["true"])
  }
}

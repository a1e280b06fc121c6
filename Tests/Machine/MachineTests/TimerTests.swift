import JanusTestSupport
import Testing

/// Time is what the environment says: here it passes only while everybody waits.
@Suite struct TimerTests {
  private func run(_ text: String) throws -> (result: ScriptResult, clock: VirtualClock) {
    let clock = VirtualClock()
    return (try Script(text).run(clock: clock), clock)
  }

  @Test func sleepersWakeInTheOrderOfTheirInstants() throws {
    let (result, clock) = try run(
      """
      nursery do
          for wait in [3h, 1h, 2h] do
              spawn do
                  sleep(wait)
                  print wait
              end
          end
      end
      """
    )
    #expect(result.lines == ["1h", "2h", "3h"])
    let hour = 3_600_000_000_000
    #expect(clock.waits == [hour, 2 * hour, 3 * hour])
  }

  @Test func aDayPassesInNoTime() throws {
    let (result, clock) = try run(
      """
      use std.time
      let start = time.monotonic()
      var ticks = 0
      while time.monotonic() - start < 1d do
          sleep(1m)
          ticks += 1
      end
      print(ticks, " ", time.monotonic() - start)
      """
    )
    #expect(result.lines == ["1440 1d"])
    #expect(clock.instant == 86_400_000_000_000)
  }

  @Test func timersOfOneInstantFireInTheOrderOfTheirStart() throws {
    let (result, clock) = try run(
      """
      nursery do
          for i in 0..<5 do
              spawn do
                  sleep(1s)
                  print i
              end
          end
      end
      """
    )
    #expect(result.lines == ["0", "1", "2", "3", "4"])
    #expect(clock.waits == [1_000_000_000])
  }

  @Test func aDeadlineEndsWhatItHolds() throws {
    let (result, clock) = try run(
      """
      let outcome = within 2s do
          defer print "cleaned up"
          sleep(1h)
          "slept"
      end catch |e| e.code
      print outcome
      let quick = within 2s do
          sleep(1s)
          "in time"
      end
      print quick
      """
    )
    #expect(result.lines == ["cleaned up", "Fault.Timeout", "in time"])
    #expect(clock.instant == 3_000_000_000)
  }

  @Test func aTimeoutOfSelectIsCancelledByAMessage() throws {
    let (result, clock) = try run(
      """
      let ch = channel(1)
      nursery do
          spawn do
              sleep(1s)
              ch.send("message")
          end
          for turn in 1..2 do
              select do
                  case m = ch.recv() do print m end
                  timeout(5s) do print "timeout" end
              end
          end
      end
      """
    )
    #expect(result.lines == ["message", "timeout"])
    #expect(clock.instant == 6_000_000_000)
  }

  @Test func aTimeLimitCountsTheSameTime() throws {
    var script = Script("sleep(1h)")
    try script.limit("--timeout", "10m")
    let clock = VirtualClock()
    let result = try script.run(clock: clock)
    #expect(result.errors.map(\.code) == ["Fault.Limit"])
    #expect(clock.instant == 600_000_000_000)
  }
}

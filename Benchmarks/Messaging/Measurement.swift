import Glibc

/// CPU time of this process, of all threads, user and system.
enum Measurement {
  /// Microseconds per repetition: the median of five runs.
  static func microseconds(_ repetitions: Int, _ body: () throws -> Void) rethrows -> Double {
    var runs: [Double] = []
    for _ in 0..<5 {
      let start = now()
      for _ in 0..<repetitions { try body() }
      runs.append(Double(now() - start) / 1_000 / Double(repetitions))
    }
    return runs.sorted()[2]
  }

  private static func now() -> UInt64 {
    var time = timespec()
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
    return UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec)
  }

  static func report(_ name: String, _ value: Double, goal: Double? = nil) {
    let columns = name + String(repeating: " ", count: max(1, 58 - name.count))
    var line = columns + fixed(value) + " µs"
    if let goal { line += "   goal \(fixed(goal))\(value <= goal ? "" : "   MISSED")" }
    print(line)
  }

  private static func fixed(_ value: Double) -> String {
    let hundredths = Int((value * 100).rounded())
    let fraction = hundredths % 100
    let text = "\(hundredths / 100).\(fraction < 10 ? "0" : "")\(fraction)"
    return String(repeating: " ", count: max(0, 8 - text.count)) + text
  }
}

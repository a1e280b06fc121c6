import JanusVM

/// Natives of time.jan.
enum TimeNatives {
  static let table: [Native] = [
    Native("time.now") { native($0, $1, $2) { $0.done(duration($0.machine.environment.now())) } },
    Native("time.monotonic") {
      native($0, $1, $2) { $0.done(duration($0.machine.environment.monotonic())) }
    },
  ]
}

private func duration(_ nanoseconds: Int) -> Value { .duration(nanoseconds: nanoseconds) }

public import JanusVM
import Glibc

/// The environment of a real process: its standard streams, clocks and entropy.
public enum SystemEnvironment {
  public static func make(arguments: [String], grants: ScriptGrants) -> Environment {
    make(arguments: arguments, sandbox: Sandbox(grants))
  }

  public static func make(arguments: [String], sandbox: Sandbox) -> Environment {
    var environment = Environment(
      write: { bytes, toError in writeAll(bytes, to: toError ? 2 : 1) },
      monotonic: { clock(CLOCK_MONOTONIC) },
      now: { clock(CLOCK_REALTIME) },
      wait: { until in
        guard let until else { return false }
        sleep(until: until)
        return true
      },
      poll: poll,
      input: 0,
      randomWord: { randomWord() },
      hashSeed: randomWord(),
      arguments: arguments,
      isInteractive: isatty(1) == 1,
      grants: sandbox
    )
    if let text = getenv("JANUS_LOG"), let settings = LogSettings(String(cString: text)) {
      environment.logging = settings
    }
    return environment
  }

  private static func clock(_ clock: clockid_t) -> Int {
    var time = timespec()
    clock_gettime(clock, &time)
    return time.tv_sec * 1_000_000_000 + time.tv_nsec
  }

  /// Sleeps until an instant of the monotonic clock, or until a signal comes, or for a while.
  private static func sleep(until instant: Int) {
    let left = min(instant - clock(CLOCK_MONOTONIC), longestWait * 1_000_000)
    guard left > 0 else { return }
    var time = timespec(tv_sec: left / 1_000_000_000, tv_nsec: left % 1_000_000_000)
    nanosleep(&time, nil)
  }

  /// Longest wait in milliseconds: a signal that comes just before the system begins to wait is
  /// noticed then.
  private static let longestWait = 500

  private static func poll(_ watches: [Watch], until instant: Int?) -> [Bool] {
    var records = watches.map { watch in
      pollfd(
        fd: watch.descriptor,
        events: Int16(watch.direction == .reading ? POLLIN : POLLOUT),
        revents: 0
      )
    }
    // The system counts in milliseconds; what is shorter is slept instead.
    let left = instant.map { max(0, $0 - clock(CLOCK_MONOTONIC)) } ?? .max
    let milliseconds = min(left / 1_000_000, longestWait)
    if milliseconds == 0, left > 0, let instant, watches.isEmpty { sleep(until: instant) }
    let isShort = milliseconds == 0 && left > 0
    let count = Glibc.poll(&records, nfds_t(records.count), isShort ? 1 : Int32(milliseconds))
    guard count > 0 else { return Array(repeating: false, count: watches.count) }
    return records.map { $0.revents != 0 }
  }

  private static func randomWord() -> UInt64 {
    var generator = SystemRandomNumberGenerator()
    return generator.next()
  }

  private static func writeAll(_ bytes: UnsafeRawBufferPointer, to descriptor: Int32) {
    var rest = bytes[...]
    while let start = UnsafeRawBufferPointer(rebasing: rest).baseAddress, !rest.isEmpty {
      let count = write(descriptor, start, rest.count)
      if count < 0, errno == EINTR { continue }
      // A closed pipe ends the program as it ends others: by SIGPIPE. Anything else is given up.
      guard count > 0 else { return }
      rest = rest.dropFirst(count)
    }
  }
}

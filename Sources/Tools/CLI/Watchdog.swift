import JanusRuntime
import Glibc

/// Ends the process when a program that is out of time does not stop by itself: it may stand in a
/// system call, such as writing into a pipe that nobody empties, or in a native.
enum Watchdog {
  /// What the program has after its time: a second for its defers, and one more.
  private static let grace = 2_000_000_000

  /// Starts a thread that ends the process so long after `limits`' time.
  static func start(_ limits: RunLimits) {
    guard let timeout = limits.timeoutNanoseconds else { return }
    let (length, overflow) = timeout.addingReportingOverflow(grace)
    guard !overflow else { return }
    var thread = pthread_t()
    let argument = UnsafeMutableRawPointer(bitPattern: length)
    let status = pthread_create(
      &thread,
      nil,
      { argument in
        Watchdog.wait(nanoseconds: Int(bitPattern: argument))
        let message: StaticString = """
          error[Fault.Limit]: the program ran longer than it may, and did not stop when told
          help: the limit was set with --timeout

          """
        write(2, message.utf8Start, message.utf8CodeUnitCount)
        _exit(ExitStatus.failure)
      },
      argument
    )
    // Without it the machine still looks at the clock itself.
    guard status == 0 else { return printError("janus: no thread for --timeout: \(status)") }
    pthread_detach(thread)
  }

  private static func wait(nanoseconds: Int) {
    var left = timespec(tv_sec: nanoseconds / 1_000_000_000, tv_nsec: nanoseconds % 1_000_000_000)
    // A signal cuts it short: then the rest is slept.
    withUnsafeMutablePointer(to: &left) { left in
      while nanosleep(left, left) != 0, errno == EINTR {}
    }
  }
}

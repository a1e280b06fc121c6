import JanusRuntime
import JanusVM
import Glibc

/// Tells the machine when a program is out of time, so that no turn has to look at the clock. Ends
/// the process when that does not help: the program may stand in a native or in a system call, such
/// as writing into a pipe that nobody empties.
enum Watchdog {
  /// What the program has after its time: a second for its defers, and one more.
  private static let grace = 2_000_000_000
  private static let interval = 20_000_000

  /// What the thread is given.
  private final class Watch {
    let machine: Machine
    let timeout: Int

    init(_ machine: Machine, _ timeout: Int) {
      self.machine = machine
      self.timeout = timeout
    }
  }

  /// Starts a thread that waits for the end of the limits' time. A machine that is watched lives as
  /// long as the process.
  static func start(_ limits: RunLimits, for machine: Machine) {
    guard let timeout = limits.timeoutNanoseconds else { return }
    let watch = Unmanaged.passRetained(Watch(machine, timeout))
    var thread = pthread_t()
    let status = pthread_create(
      &thread, nil,
      { argument in
        if let argument {
          Watchdog.run(Unmanaged<Watch>.fromOpaque(argument).takeUnretainedValue())
        }
        return nil
      }, watch.toOpaque())
    guard status == 0 else {
      watch.release()
      // Nobody would tell the machine: it has to look itself.
      printError("janus: no thread for --timeout (error \(status)): it is looked at less exactly")
      return machine.lookAtLimitsAlways()
    }
    pthread_detach(thread)
  }

  private static func run(_ watch: Watch) {
    wait(nanoseconds: watch.timeout)
    for _ in 0..<grace / interval {
      watch.machine.lookAtLimits()
      wait(nanoseconds: interval)
    }
    let message: StaticString = """
      error[Fault.Limit]: the program ran longer than it may, and did not stop when told
      help: the limit was set with --timeout

      """
    write(2, message.utf8Start, message.utf8CodeUnitCount)
    _exit(ExitStatus.failure)
  }

  private static func wait(nanoseconds: Int) {
    var left = timespec(tv_sec: nanoseconds / 1_000_000_000, tv_nsec: nanoseconds % 1_000_000_000)
    // A signal cuts it short: then the rest is slept.
    withUnsafeMutablePointer(to: &left) { left in
      while nanosleep(left, left) != 0, errno == EINTR {}
    }
  }
}

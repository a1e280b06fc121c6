/// States of a fiber.
enum FiberState {
  static let ready: UInt32 = 0
  static let running: UInt32 = 1
  static let parked: UInt32 = 2
  static let finished: UInt32 = 3
  static let failed: UInt32 = 4
  static let cancelled: UInt32 = 5
}

/// Why a fiber is parked.
enum WaitReason: UInt32 {
  case none, sleep, receive, iterate, send, select, task, nursery, external
  /// It was ready to go on with an instruction that has not run.
  case preempted
}

/// Timers and counters; the queue of ready fibers is in the state.
struct Scheduler {
  var timers: [Timer] = []
  var nextTimer = 1
  var nextFiber: UInt32 = 1
  var nextChannel = 1
  var mainFiber: Address?
  /// Fibers that were started inside a `within`, by the deadline's address.
  var startedInside: [UInt: [Address]] = [:]
  /// Timers that were dropped and still stand in the heap.
  var staleTimers = 0
  /// So many timers are looked through for stale ones before another is added.
  var timersBeforePurge = 256
  var hasReportedDeadlock = false
  var externals: [ExternalWait] = []
  /// When work outside the machine was last asked, an instant of the monotonic clock.
  var lastPoll = 0

  /// Nanoseconds between two such questions while fibers run.
  static let pollInterval = 1_000_000
  /// A next fiber is being chosen; and it is not found yet.
  var isChoosing = false
  var choosesAgain = false

  /// Turns of loops and calls that a fiber has before others run.
  static let quantum = 1000

  struct Timer {
    var instant: Int
    var number: Int
    /// A fiber with the ticket it slept under, or a deadline.
    var target: Address
    var ticket: UInt32
  }

  func forEachRoot(_ body: (Address) -> Void) {
    if let mainFiber { body(mainFiber) }
    for timer in timers { body(timer.target) }
    for wait in externals { body(wait.fiber) }
    for fibers in startedInside.values { fibers.forEach(body) }
  }

  // A binary heap by instant, then by number: timers of one instant fire in order.

  private func precedes(_ left: Timer, _ right: Timer) -> Bool {
    left.instant != right.instant ? left.instant < right.instant : left.number < right.number
  }

  mutating func add(_ instant: Int, _ target: Address, ticket: UInt32) -> Int {
    let number = nextTimer
    nextTimer += 1
    timers.append(Timer(instant: instant, number: number, target: target, ticket: ticket))
    var index = timers.count - 1
    while index > 0, precedes(timers[index], timers[(index - 1) / 2]) {
      timers.swapAt(index, (index - 1) / 2)
      index = (index - 1) / 2
    }
    return number
  }

  mutating func removeFirst() -> Timer? {
    guard let first = timers.first else { return nil }
    let last = timers.removeLast()
    guard !timers.isEmpty else { return first }
    timers[0] = last
    var index = 0
    while true {
      var smallest = index
      for child in [2 * index + 1, 2 * index + 2] where child < timers.count {
        if precedes(timers[child], timers[smallest]) { smallest = child }
      }
      if smallest == index { return first }
      timers.swapAt(index, smallest)
      index = smallest
    }
  }
}

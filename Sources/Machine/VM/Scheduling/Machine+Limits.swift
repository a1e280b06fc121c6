import JanusBytecode

/// Limits on a run; `Int.max` where there is none.
struct LimitState {
  var steps = Int.max
  var usedSteps = 0
  /// Turns handed out with the running budget, counted when it is used up.
  var budget = 0
  /// Instant of the monotonic clock.
  var deadline = Int.max
  var memory = Int.max
  /// Somebody calls `lookAtLimits` when time is up: until then no turn needs to look at the clock.
  var hasAlarm = false
  /// Why the running native gave up, until that is raised.
  var cut: LimitReport?
  /// The first limit that was reached. Defers get a little more, once; whatever the program makes
  /// of it, this is how the run ends.
  var exceeded: UncaughtError?

  /// True when turns must be counted even with one fiber.
  var isActive: Bool { steps != .max || (deadline != .max && !hasAlarm) || cut != nil }
}

/// Which limit was reached, for people.
struct LimitReport {
  var message: String
  var flag: String
}

/// Steps, time and memory. A step is a turn of a loop, a call, or what costs about as much: 256
/// bytes of memory handed out, 16 elements looked at.
extension Machine {
  /// Limits on what follows; nil for none.
  ///
  /// - Parameter hasAlarm: `lookAtLimits` will be called when the time is up, again and again until
  ///   the run ends. Otherwise turns are counted to look at the clock.
  public func limit(
    steps: Int?, timeoutNanoseconds: Int?, memory: Int?, hasAlarm: Bool = false
  ) {
    limits = LimitState()
    state(vm).pointee.isCut = false
    limits.steps = steps ?? .max
    limits.deadline = timeoutNanoseconds.map { instant(after: $0) } ?? .max
    limits.memory = memory ?? .max
    limits.hasAlarm = hasAlarm
    heap.memoryLimit = limits.memory
    let s = state(vm)
    // The collector looks at the limit no later than when it could be reached.
    s.pointee.debt = max(s.pointee.debt, -heap.roomBeforeLimit)
  }

  /// Turns look at the clock after all: no alarm will come.
  public func lookAtLimitsAlways() { limits.hasAlarm = false }

  // MARK: Counting

  /// Hands out turns until the next tick, after counting those used.
  func takeBudget() {
    let s = state(vm)
    limits.usedSteps &+= limits.budget &- (s.pointee.budget &+ 1)
    let left = limits.steps &- limits.usedSteps
    limits.budget = max(1, min(Scheduler.quantum, left < Int.max ? left &+ 1 : left))
    s.pointee.budget = limits.budget &- 1
  }

  /// Makes the next turn a tick.
  private func tickSoon() {
    let s = state(vm)
    limits.budget = s.pointee.isTicking ? limits.budget &- s.pointee.budget : 1
    s.pointee.budget = 0
    setTicking(true)
  }

  func stopTicking() {
    limits.usedSteps &+= limits.budget &- (state(vm).pointee.budget &+ 1)
    limits.budget = 0
    state(vm).pointee.budget = -1
    setTicking(false)
  }

  /// Counts work of a native that goes through so many elements.
  @inline(__always)
  package func charge(elements: Int) { heap.charge(elements &>> 4) }

  /// Counts the work since the last question, in steps, and tells a native to give up: then a limit
  /// is raised in place of what the native returns.
  ///
  /// - Parameters:
  ///   - steps: work since the last question; ask every few thousand.
  ///   - bytes: memory that the native holds outside of the heap.
  package func mustStop(steps: Int, bytes: Int = 0) -> Bool {
    if isCut { return true }
    heap.charge(steps)
    if state(vm).pointee.isTicking {
      let used = limits.usedSteps &+ limits.budget &- (state(vm).pointee.budget &+ 1)
      if used > limits.steps { return cut(stepReport) }
    }
    if limits.deadline != .max, environment.monotonic() >= limits.deadline {
      return cut(timeReport)
    }
    guard bytes == 0 || heap.hasRoom(for: bytes) else { return cut(memoryReport) }
    return false
  }

  /// True when a native was told to give up.
  var isCut: Bool { limits.cut != nil || state(vm).pointee.interruptRequested }

  private func cut(_ report: LimitReport) -> Bool {
    limits.cut = report
    state(vm).pointee.isCut = true
    tickSoon()
    return true
  }

  /// Bytes of timers and queues, which grow with what scripts do.
  var bytesOutsideHeap: Int {
    scheduler.timers.capacity * MemoryLayout<Scheduler.Timer>.stride
      + (state(vm).pointee.readyMask + 1) * MemoryLayout<UInt>.stride
      + heap.collector.pending.capacity * MemoryLayout<UInt>.stride + output.capacity
  }

  // MARK: Reaching a limit

  private var stepReport: LimitReport {
    LimitReport(
      message: "the program took more than \(limits.steps) steps",
      flag: "--max-steps"
    )
  }

  private var timeReport: LimitReport {
    LimitReport(message: "the program ran longer than it may", flag: "--timeout")
  }

  private var memoryReport: LimitReport {
    LimitReport(
      message: "the program needs more than \(limits.memory) bytes",
      flag: "--max-memory"
    )
  }

  /// False after a limit was reached and raised.
  func checkLimits() -> Bool {
    var report = limits.cut
    if report == nil, limits.usedSteps > limits.steps { report = stepReport }
    if report == nil, limits.deadline != .max, environment.monotonic() >= limits.deadline {
      report = timeReport
    }
    guard let report else { return true }
    uncut()
    limitReached(report)
    return false
  }

  /// Raises what made a native or a comparison give up.
  package func raiseCut() {
    guard let cut = limits.cut else { return }
    uncut()
    limitReached(cut)
  }

  private func uncut() {
    limits.cut = nil
    state(vm).pointee.isCut = false
  }

  func memoryLimitReached() {
    if state(vm).pointee.fiber.u32(FiberLayout.shield) != 0, limits.exceeded == nil {
      // An error that nothing catches is already on its way: its defers run first.
      limits.exceeded = uncaught(limitError(memoryReport))
      return bound()
    }
    limitReached(memoryReport)
  }

  /// Raises `Fault.Limit`, and lets defers have a little more; the second time ends at once.
  private func limitReached(_ report: LimitReport) {
    raise(limitError(report))
  }

  private func limitError(_ report: LimitReport) -> Value {
    makeFault(.limit, report.message, hint: "the limit was set with \(report.flag)")
  }

  /// Called for each new `Fault.Limit`, with its trace: false when the run ended.
  func noteLimit(_ error: Value) -> Bool {
    if limits.exceeded != nil {
      stop()
      return false
    }
    limits.exceeded = uncaught(error)
    bound()
    return true
  }

  /// What defers may use beyond the limit, whichever it was: a tenth of a second's steps, a second,
  /// an eighth of the memory.
  private func bound() {
    uncut()
    limits.hasAlarm = false
    limits.deadline = environment.monotonic() + LimitState.timeOfDefers
    startTicking()
    takeBudget()
    limits.steps = limits.usedSteps &+ LimitState.stepsOfDefers
    guard limits.memory != .max else { return }
    heap.memoryLimit = max(heap.allocated, limits.memory) + limits.memory / 8 + (4 << 20)
  }

  /// The main fiber waits, and its time is up.
  func timeLimitReachedWhileWaiting(_ main: Address) {
    if limits.exceeded != nil { return stop() }
    interrupt(main, limitError(timeReport))
  }

  /// How the run ended; a limit that was reached is never the program's to hide.
  func outcomeWithinLimits() -> Outcome {
    if let cut = limits.cut, limits.exceeded == nil {
      limits.exceeded = uncaught(limitError(cut))
    }
    guard let exceeded = limits.exceeded else { return outcome }
    return .failed(exceeded)
  }
}

extension LimitState {
  static let stepsOfDefers = 100_000
  static let timeOfDefers = 1_000_000_000
}

extension Heap {
  /// Counts steps of work towards the limit and the turns of the running fiber.
  @inline(__always)
  func charge(_ steps: Int) {
    // Far from overflow, whatever is charged until the next tick.
    if state(vm).pointee.budget > -(1 << 60) { state(vm).pointee.budget &-= min(steps, 1 << 58) }
  }

  /// Bytes until the memory limit, at least enough for one step of the collector.
  var roomBeforeLimit: Int {
    memoryLimit == .max ? .max : max(1 << 16, memoryLimit - allocated)
  }
}

import JanusBytecode
import Glibc

extension Machine {
  /// Runs a linked module's top-level statements, then its `main`, on the main fiber.
  /// A module runs once. `isNested`: a module of the library that is wanted in the middle of a
  /// run has no statements to run.
  public func run(module name: String, callsMain: Bool, isNested: Bool) -> Outcome {
    guard let module = modules[name], !module.hasRun else { return .finished }
    modules[name]?.hasRun = true
    if isNested { return .finished }
    let entry = prototypes[module.firstPrototype + module.image.entry]
    let outcome = run(closure(of: entry.record), [])
    guard case .finished = outcome, callsMain, module.image.main >= 0, !module.image.mainIsCalled
    else { return outcome }
    return runMain(prototypes[module.firstPrototype + module.image.main])
  }

  private func runMain(_ main: LoadedPrototype) -> Outcome {
    let takesArguments = !main.parameterNames.isEmpty
    let list = heap.makeList()
    for argument in environment.arguments { heap.append(list, string(argument)) }
    return run(closure(of: main.record), takesArguments ? [.object(list, Tag.list)] : [])
  }

  /// Runs one test of a module.
  public func run(test index: Int, of name: String) -> Outcome {
    guard let module = modules[name] else { return .finished }
    let test = module.image.tests[index]
    return run(closure(of: prototypes[module.firstPrototype + test.prototype].record), [])
  }

  private func closure(of record: Address) -> Value {
    if let closure = record.optionalAddress(PrototypeRecord.closure) {
      return .object(closure, Tag.closure)
    }
    let closure = heap.allocate(ClosureLayout.captures, Tag.closure, 0)
    closure.put(ClosureLayout.prototype, record)
    let value = Value.object(closure, Tag.closure)
    pinned.append(value)
    return value
  }

  /// Calls a closure on a new main fiber and runs until it ends.
  private func run(_ closure: Value, _ arguments: [Value]) -> Outcome {
    let s = state(vm)
    var arguments = arguments
    let fiber = arguments.withUnsafeMutableBytes { buffer in
      makeFiber(closure, buffer.baseAddress ?? vm, buffer.count / Value.stride)
    }
    guard let fiber else { return .finished }
    let prototype = closure.address.address(ClosureLayout.prototype)
    if prototype.u32(PrototypeRecord.exactCount) != UInt32(arguments.count) {
      completeMainArguments(fiber, prototype, arguments)
    }
    scheduler.mainFiber = fiber
    scheduler.hasReportedDeadlock = false
    outcome = .finished
    s.pointee.isHalted = false
    s.pointee.fiber = fiber
    if limits.isActive { startTicking() }
    resume(fiber)
    interpret()
    abandonExternals()
    flush()
    scheduler.mainFiber = nil
    return outcomeWithinLimits()
  }

  /// `main` with defaults or a rest parameter.
  private func completeMainArguments(
    _ fiber: Address, _ prototype: Address, _ arguments: [Value]
  ) {
    let base = fiber.address(FiberLayout.base)
    let parameters = Int(prototype.u32(PrototypeRecord.parameterCount))
    let hasRest = prototype.u32(PrototypeRecord.flags) & PrototypeRecord.hasRest != 0
    for index in arguments.count..<max(arguments.count, parameters) {
      register(base, index * Value.stride).pointee = .undefined
    }
    if hasRest {
      let rest = heap.makeList()
      for argument in arguments.dropFirst(parameters - 1) { heap.append(rest, argument) }
      register(base, (parameters - 1) * Value.stride).pointee = .object(rest, Tag.list)
    }
    fiber.put(FiberLayout.pc, prototype.address(PrototypeRecord.defaultsEntry))
  }

  /// The dispatch loop: one jump after another in an optimised build, a loop in a debug build.
  private func interpret() {
    let s = state(vm)
    guard !s.pointee.isHalted else { return }
    #if DEBUG
      while !s.pointee.isHalted {
        let pc = s.pointee.pc
        let word = pc.u64(0)
        unsafeBitCast(
          vm.load(fromByteOffset: Int(word & 0xff) << 3, as: UInt.self), to: Handler.self
        )(pc + 8, s.pointee.base, vm, word)
      }
    #else
      next(s.pointee.pc, s.pointee.base, vm)
    #endif
  }

  // MARK: Turns, timers, limits

  func startTicking() {
    let s = state(vm)
    guard !s.pointee.isTicking else { return }
    limits.budget = 0
    s.pointee.budget = -1
    takeBudget()
    setTicking(true)
  }

  /// The running fiber has used its turns.
  func tick() {
    let s = state(vm)
    takeBudget()
    // What is raised here belongs to the instruction that is about to run.
    s.pointee.pc += 8
    let resumed = s.pointee.pc
    if s.pointee.interruptRequested {
      s.pointee.interruptRequested = false
      return raise(makeError(shape: Machine.exitShape, [.int(130)]))
    }
    if !checkLimits() { return }
    fireTimers()
    if !scheduler.externals.isEmpty,
      environment.monotonic() - scheduler.lastPoll >= Scheduler.pollInterval
    {
      pollExternals(until: 0)
    }
    if s.pointee.isHalted || s.pointee.pc != resumed { return }
    s.pointee.pc -= 8
    if s.pointee.readyCount == 0 {
      if scheduler.timers.isEmpty, scheduler.externals.isEmpty, !limits.isActive {
        stopTicking()
      }
      return
    }
    guard s.pointee.fiber.u32(FiberLayout.state) == FiberState.running else { return }
    s.pointee.fiber.put(FiberLayout.base, s.pointee.base)
    s.pointee.fiber.put(FiberLayout.pc, s.pointee.pc)
    s.pointee.fiber.put(FiberLayout.reason, WaitReason.preempted.rawValue)
    makeReady(s.pointee.fiber)
    runNext()
  }

  /// Collects at every safe point: whatever the collector cannot see is found.
  public func collectAlways() {
    heap.collectsAlways = true
    state(vm).pointee.debt = 1
  }

  /// Measures how long the collector stops the program.
  public func measurePauses() { heap.collector.measuresPauses = true }

  /// What the collector did, in a line.
  public var collectorStatistics: String {
    "collector: \(heap.collector.cycles) cycles, longest pause "
      + "\(heap.collector.longestPause / 1000) us, \(heap.allocated >> 10) KB in use"
  }

  /// Fires what is due.
  func fireTimers() {
    guard let first = scheduler.timers.first else { return }
    let now = environment.monotonic()
    guard first.instant <= now else { return }
    while let timer = scheduler.timers.first, timer.instant <= now {
      _ = scheduler.removeFirst()
      fire(timer)
    }
  }

  private func fire(_ timer: Scheduler.Timer) {
    let target = timer.target
    if target.u8(Header.kind) == Tag.deadline {
      guard target.int(DeadlineLayout.timer) == timer.number else {
        scheduler.staleTimers -= 1
        return
      }
      return deadlineCame(target)
    }
    guard target.u32(FiberLayout.state) == FiberState.parked,
      target.u32(FiberLayout.ticket) == timer.ticket
    else { return }
    if target.u32(FiberLayout.reason) == WaitReason.select.rawValue {
      let destination = target.int(FiberLayout.destination)
      let arm = target.address(FiberLayout.stack).value(destination).pointee
      wake(target, with: arm)
    } else {
      wake(target, with: .null)
    }
  }

  /// A timer is no longer wanted: when many are, the heap is rebuilt without them.
  func dropTimer() {
    scheduler.staleTimers += 1
    guard scheduler.staleTimers > 64, scheduler.staleTimers * 2 > scheduler.timers.count else {
      return
    }
    purgeTimers()
  }

  private func purgeTimers() {
    let kept = scheduler.timers.filter { !isStale($0) }
    scheduler.timers = kept.sorted {
      $0.instant != $1.instant ? $0.instant < $1.instant : $0.number < $1.number
    }
    scheduler.staleTimers = 0
  }

  /// A timer for a fiber or a deadline; its number. Those of selects that were woken otherwise stay
  /// until their time, unless there are many.
  func addTimer(_ instant: Int, _ target: Address, ticket: UInt32) -> Int {
    if scheduler.timers.count >= scheduler.timersBeforePurge {
      purgeTimers()
      scheduler.timersBeforePurge = max(256, scheduler.timers.count * 2)
    }
    return scheduler.add(instant, target, ticket: ticket)
  }

  /// With no fiber ready: waits for the first timer. False when there is none, or nothing from
  /// outside can come.
  func waitForTimers() -> Bool {
    flush()
    let s = state(vm)
    while let timer = scheduler.timers.first, isStale(timer) { _ = scheduler.removeFirst() }
    guard !scheduler.timers.isEmpty || !scheduler.externals.isEmpty else {
      return environment.wait(nil)
    }
    let instant = min(scheduler.timers.first?.instant ?? .max, limits.deadline)
    if scheduler.externals.isEmpty {
      _ = environment.wait(instant)
    } else {
      pollExternals(until: instant == .max ? nil : instant)
    }
    if s.pointee.interruptRequested, let main = scheduler.mainFiber {
      s.pointee.interruptRequested = false
      interrupt(main, makeError(shape: Machine.exitShape, [.int(130)]))
      return true
    }
    if limits.deadline != .max, environment.monotonic() >= limits.deadline,
      let main = scheduler.mainFiber
    {
      timeLimitReachedWhileWaiting(main)
      return true
    }
    fireTimers()
    return true
  }

  func isStale(_ timer: Scheduler.Timer) -> Bool {
    if timer.target.u8(Header.kind) == Tag.deadline {
      return timer.target.int(DeadlineLayout.timer) != timer.number
    }
    return timer.target.u32(FiberLayout.state) != FiberState.parked
      || timer.target.u32(FiberLayout.ticket) != timer.ticket
  }

  /// Sends an error to a fiber that does not run.
  func interrupt(_ fiber: Address, _ error: Value) {
    if fiber.u32(FiberLayout.state) == FiberState.parked {
      wake(fiber, raising: error)
    } else {
      fiber.value(FiberLayout.pending).pointee = error
    }
  }

  /// Asks the machine to stop with status 130; safe in a signal handler.
  public func requestInterrupt() {
    state(vm).pointee.interruptRequested = true
    lookAtLimits()
  }

  /// Makes the next turn look at the limits. Safe in a signal handler and on another thread: words
  /// are written that the machine writes too, each whole. Should the machine undo it in the same
  /// instant, the next call does it again.
  public func lookAtLimits() {
    state(vm).pointee.budget = 0
    setTicking(true)
  }

  // MARK: Deadlock

  /// Nothing can run any more: the main fiber is told who waits for what.
  func reportDeadlock() {
    guard let main = scheduler.mainFiber else { return stop() }
    let error = makeFault(.deadlock, "nothing can run any more: \(waits(main))")
    guard !scheduler.hasReportedDeadlock, main.u32(FiberLayout.state) == FiberState.parked else {
      outcome = .failed(uncaught(error))
      return stop()
    }
    scheduler.hasReportedDeadlock = true
    wake(main, raising: error)
  }

  private func waits(_ main: Address) -> String {
    var lines: [String] = []
    var queue: [Address] = [main]
    var seen: Set<UInt> = []
    while let fiber = queue.popLast(), lines.count < 8 {
      guard seen.insert(UInt(bitPattern: fiber)).inserted,
        fiber.u32(FiberLayout.state) == FiberState.parked
      else { continue }
      let name = fiber == main ? "the main fiber" : "task #\(fiber.u32(FiberLayout.number))"
      lines.append("\(name) waits \(reasonText(fiber))")
      guard let object = fiber.optionalAddress(FiberLayout.waitsFor) else { continue }
      if object.u8(Header.kind) == Tag.nursery {
        var child = object.optionalAddress(NurseryLayout.firstChild)
        while let current = child {
          queue.append(current)
          child = current.optionalAddress(FiberLayout.nextSibling)
        }
      } else if object.u8(Header.kind) == Tag.task {
        queue.append(object)
      }
    }
    return lines.joined(separator: ", ")
  }

  private func reasonText(_ fiber: Address) -> String {
    let object = fiber.optionalAddress(FiberLayout.waitsFor)
    // Asked only for fibers that wait for one: nurseries are shorter.
    var channel: String {
      object.map { "channel #\($0.int(ChannelLayout.number))" } ?? "a channel"
    }
    switch WaitReason(rawValue: fiber.u32(FiberLayout.reason)) ?? .none {
    case .receive, .iterate: return "to receive from \(channel)"
    case .send: return "to send to \(channel)"
    case .select: return "in a select"
    case .task: return "for task #\(object?.u32(FiberLayout.number) ?? 0)"
    case .nursery: return "for the tasks of its nursery"
    case .external: return "for something outside"
    case .sleep, .none, .preempted: return "for nothing"
    }
  }
}

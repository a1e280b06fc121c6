import JanusBytecode

extension Machine {
  /// Lets a native's fiber wait for work outside the machine while others run; work that is done at
  /// once waits for nothing.
  package func wait(_ call: NativeCall, for work: any ExternalWork) -> NativeResult {
    if let result = work.proceed(now: environment.monotonic()) {
      switch result {
      case .value(let make): return call.done(make(self))
      case .fault(let kind, let message, let hint): return call.fault(kind, message, hint: hint)
      }
    }
    let fiber = state(vm).pointee.fiber
    fiber.put(FiberLayout.reason, WaitReason.external.rawValue)
    fiber.put(FiberLayout.waitsFor, nil as Address?)
    scheduler.externals.append(
      ExternalWait(fiber: fiber, ticket: fiber.u32(FiberLayout.ticket), work: work))
    startTicking()
    return call.parked
  }

  /// Gives all work outside the machine a chance, after waiting for it until an instant: 0 for not
  /// at all, nil for as long as it takes or a signal comes.
  func pollExternals(until: Int?) {
    let waits = scheduler.externals
    let groups = waits.map(\.work.watches)
    let until = waits.compactMap(\.work.wakesAt).min().map { min($0, until ?? .max) } ?? until
    let isReady = environment.poll(groups.flatMap { $0 }, until)
    let now = environment.monotonic()
    scheduler.lastPoll = now
    var next = 0
    for (wait, watches) in zip(waits, groups) {
      let isDue = wait.work.wakesAt.map { $0 <= now } ?? false
      let hasNews = isReady[next..<(next + watches.count)].contains(true)
      next += watches.count
      guard hasNews || isDue, let result = wait.work.proceed(now: now) else { continue }
      scheduler.externals.removeAll { $0.work === wait.work }
      finish(wait, result)
    }
  }

  private func finish(_ wait: ExternalWait, _ result: ExternalResult) {
    guard wait.fiber.u32(FiberLayout.state) == FiberState.parked,
      wait.fiber.u32(FiberLayout.ticket) == wait.ticket
    else { return wait.work.abandon() }
    switch result {
    case .value(let make): wake(wait.fiber, with: make(self))
    case .fault(let kind, let message, let hint):
      wake(wait.fiber, raising: makeFault(kind, message, hint: hint))
    }
  }

  /// A fiber that waited is wanted elsewhere.
  func abandonExternal(of fiber: Address) {
    guard let index = scheduler.externals.firstIndex(where: { $0.fiber == fiber }) else { return }
    scheduler.externals.remove(at: index).work.abandon()
  }

  /// The program has ended: nothing of it goes on outside.
  func abandonExternals() {
    for wait in scheduler.externals { wait.work.abandon() }
    scheduler.externals = []
  }
}

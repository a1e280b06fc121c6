import JanusBytecode
import Glibc

extension Machine {
  /// A fiber that will call a closure with copies of the arguments.
  func makeFiber(_ closure: Value, _ arguments: Address, _ count: Int) -> Address? {
    let prototype = closure.address.address(ClosureLayout.prototype)
    let frameSize = prototype.int(PrototypeRecord.frameSize)
    let size = max(32 + frameSize, 32 + (count + 1) * Value.stride) + 64
    let fiber = heap.allocate(FiberLayout.size, Tag.task, 0)
    let stack = heap.allocateMemory(size)
    memset(fiber + 8, 0, FiberLayout.size - 8)
    var slot = stack
    let end = stack + size
    while slot < end {
      slot.value(0).pointee = .null
      slot += Value.stride
    }
    let base = stack + 32
    register(base, -32).pointee = closure
    (base - 16).put(0, state(vm).pointee.haltCode)
    (base - 16).put(8, Tag.int)
    for index in 0..<count {
      register(base, index * Value.stride).pointee = arguments.value(index * Value.stride).pointee
    }
    fiber.put(FiberLayout.number, scheduler.nextFiber)
    scheduler.nextFiber &+= 1
    fiber.put(FiberLayout.stack, stack)
    fiber.put(FiberLayout.base, base)
    fiber.put(FiberLayout.stackSize, size)
    fiber.put(FiberLayout.pc, prototype.address(PrototypeRecord.entry))
    fiber.put(FiberLayout.destination, -1)
    fiber.value(FiberLayout.result).pointee = .undefined
    fiber.value(FiberLayout.pending).pointee = .undefined
    return fiber
  }

  // MARK: Switching

  /// Saves the running fiber.
  private func saveFiber() {
    let s = state(vm)
    s.pointee.fiber.put(FiberLayout.base, s.pointee.base)
    s.pointee.fiber.put(FiberLayout.pc, s.pointee.pc)
  }

  /// Makes a fiber the running one; raises what was sent to it meanwhile.
  func resume(_ fiber: Address) {
    let s = state(vm)
    if s.pointee.isMarking {
      fiber.put(Header.color, s.pointee.color)
      heap.searchFiber(fiber, base: fiber.address(FiberLayout.base))
    }
    s.pointee.fiber = fiber
    fiber.put(FiberLayout.state, FiberState.running)
    s.pointee.base = fiber.address(FiberLayout.base)
    s.pointee.pc = fiber.address(FiberLayout.pc)
    s.pointee.stackLimit = fiber.address(FiberLayout.stack) + fiber.int(FiberLayout.stackSize)
    let pending = fiber.value(FiberLayout.pending).pointee
    if !pending.isUndefined {
      fiber.value(FiberLayout.pending).pointee = .undefined
      // Handlers are found by the instruction before the pc.
      if fiber.u32(FiberLayout.reason) == WaitReason.preempted.rawValue { s.pointee.pc += 8 }
      raise(pending)
    }
    fiber.put(FiberLayout.reason, WaitReason.none.rawValue)
  }

  /// Puts a fiber at the end of the ready queue.
  func makeReady(_ fiber: Address) {
    let s = state(vm)
    fiber.put(FiberLayout.state, FiberState.ready)
    if s.pointee.readyCount > s.pointee.readyMask { growReady() }
    let slot = (s.pointee.readyHead &+ s.pointee.readyCount) & s.pointee.readyMask
    s.pointee.ready[slot] = UInt(bitPattern: fiber)
    s.pointee.readyCount &+= 1
    if !s.pointee.isTicking { startTicking() }
  }

  private func growReady() {
    let s = state(vm)
    let capacity = (s.pointee.readyMask + 1) * 2
    let ready = UnsafeMutablePointer<UInt>.allocate(capacity: capacity)
    for index in 0..<s.pointee.readyCount {
      ready[index] = s.pointee.ready[(s.pointee.readyHead + index) & s.pointee.readyMask]
    }
    s.pointee.ready.deallocate()
    s.pointee.ready = ready
    s.pointee.readyHead = 0
    s.pointee.readyMask = capacity - 1
  }

  /// Parks the running fiber; what it waits for comes to a register of the frame, -1 for nothing.
  func park(_ reason: WaitReason, for object: Address?, destination: Int) {
    let s = state(vm)
    let fiber = s.pointee.fiber
    saveFiber()
    fiber.put(FiberLayout.state, FiberState.parked)
    fiber.put(FiberLayout.reason, reason.rawValue)
    fiber.put(FiberLayout.waitsFor, object)
    let stack = fiber.address(FiberLayout.stack)
    fiber.put(
      FiberLayout.destination,
      destination < 0 ? -1 : s.pointee.base + destination - stack
    )
    runNext()
  }

  /// After a native has parked the fiber: says where its result goes, and switches.
  func parkForResult(in destination: Int) {
    let fiber = state(vm).pointee.fiber
    let reason = WaitReason(rawValue: fiber.u32(FiberLayout.reason)) ?? .none
    park(reason, for: fiber.optionalAddress(FiberLayout.waitsFor), destination: destination)
  }

  /// Goes on with the next ready fiber, waiting for timers if there is none.
  ///
  /// A fiber that is resumed with an error may end at once and ask for the next: that is left to
  /// the loop that resumed it. Thousands may be cancelled together, and the host's stack is short.
  func runNext() {
    let s = state(vm)
    scheduler.choosesAgain = true
    guard !scheduler.isChoosing else { return }
    scheduler.isChoosing = true
    defer { scheduler.isChoosing = false }
    while scheduler.choosesAgain, !s.pointee.isHalted {
      if s.pointee.readyCount > 0 {
        let fiber = Address(bitPattern: s.pointee.ready[s.pointee.readyHead]).unsafelyUnwrapped
        s.pointee.readyHead = (s.pointee.readyHead &+ 1) & s.pointee.readyMask
        s.pointee.readyCount &-= 1
        scheduler.choosesAgain = false
        resume(fiber)
      } else if !waitForTimers() {
        reportDeadlock()
      }
    }
  }

  /// Wakes a parked fiber with the value it waited for.
  func wake(_ fiber: Address, with value: Value) {
    let destination = fiber.int(FiberLayout.destination)
    if destination >= 0 {
      fiber.address(FiberLayout.stack).value(destination).pointee = value
    }
    finishWait(fiber)
    makeReady(fiber)
  }

  private func finishWait(_ fiber: Address) {
    fiber.put(FiberLayout.ticket, fiber.u32(FiberLayout.ticket) &+ 1)
    fiber.put(FiberLayout.reason, WaitReason.none.rawValue)
    fiber.put(FiberLayout.waitsFor, nil as Address?)
    fiber.put(FiberLayout.next, nil as Address?)
  }

  /// Wakes a parked fiber with an error.
  func wake(_ fiber: Address, raising error: Value) {
    leaveQueue(fiber)
    finishWait(fiber)
    fiber.value(FiberLayout.pending).pointee = error
    makeReady(fiber)
  }

  /// Takes a parked fiber out of the queue it stands in; select's waiters become stale by ticket.
  private func leaveQueue(_ fiber: Address) {
    if fiber.u32(FiberLayout.reason) == WaitReason.external.rawValue {
      return abandonExternal(of: fiber)
    }
    guard let object = fiber.optionalAddress(FiberLayout.waitsFor) else { return }
    switch WaitReason(rawValue: fiber.u32(FiberLayout.reason)) {
    case .receive, .iterate:
      removeWaiter(fiber, from: object, ChannelLayout.receivers, ChannelLayout.lastReceiver)
    case .send: removeWaiter(fiber, from: object, ChannelLayout.senders, ChannelLayout.lastSender)
    case .task: removeAwaiter(fiber, of: object)
    default: break
    }
  }

  private func removeAwaiter(_ fiber: Address, of task: Address) {
    var link = task + FiberLayout.awaiters
    while let current = link.optionalAddress(0) {
      if current == fiber {
        link.put(0, fiber.optionalAddress(FiberLayout.next))
        return
      }
      link = current + FiberLayout.next
    }
  }

  // MARK: Ends

  /// Ends the run: the next instruction is the one whose handler returns.
  func stop() {
    let s = state(vm)
    s.pointee.isHalted = true
    s.pointee.pc = s.pointee.haltCode + 8
    if let main = scheduler.mainFiber { s.pointee.fiber = main }
    // The outermost frame: where the collector, which may still run, finds a callee.
    s.pointee.base = s.pointee.fiber.address(FiberLayout.stack) + 32
  }

  /// The main fiber or another has returned from its first function.
  func fiberReturned(_ value: Value) {
    let s = state(vm)
    let fiber = s.pointee.fiber
    if fiber == scheduler.mainFiber {
      fiber.put(FiberLayout.state, FiberState.finished)
      s.pointee.result = value
      stop()
      return
    }
    fiber.value(FiberLayout.result).pointee = value
    fiber.put(FiberLayout.state, FiberState.finished)
    fiberEnded(fiber)
  }

  /// No frame of the running fiber handles the error.
  func fiberFailed(_ error: Value) {
    let s = state(vm)
    let fiber = s.pointee.fiber
    if fiber == scheduler.mainFiber {
      fiber.put(FiberLayout.state, FiberState.failed)
      outcome = outcome(of: error)
      stop()
      return
    }
    let isCancellation = Int(error.address.u32(Header.aux)) == Machine.cancellationShape
    fiber.value(FiberLayout.result).pointee = error
    fiber.put(FiberLayout.state, isCancellation ? FiberState.cancelled : FiberState.failed)
    fiberEnded(fiber)
  }

  private func outcome(of error: Value) -> Outcome {
    if Int(error.address.u32(Header.aux)) == Machine.exitShape {
      return .exited(error.address.value(FieldsLayout.first).pointee.asInt)
    }
    return .failed(uncaught(error))
  }

  private func fiberEnded(_ fiber: Address) {
    if let stack = fiber.optionalAddress(FiberLayout.stack) {
      heap.freeMemory(stack, fiber.int(FiberLayout.stackSize))
      fiber.put(FiberLayout.stack, nil as Address?)
      fiber.put(FiberLayout.stackSize, 0)
    }
    var awaiter = fiber.optionalAddress(FiberLayout.awaiters)
    fiber.put(FiberLayout.awaiters, nil as Address?)
    while let waiting = awaiter {
      awaiter = waiting.optionalAddress(FiberLayout.next)
      deliverResult(of: fiber, to: waiting)
    }
    if let nursery = fiber.optionalAddress(FiberLayout.nursery) { childEnded(fiber, nursery) }
    runNext()
  }

  private func deliverResult(of task: Address, to waiting: Address) {
    let result = task.value(FiberLayout.result).pointee
    switch task.u32(FiberLayout.state) {
    case FiberState.finished: wake(waiting, with: result)
    case FiberState.failed:
      finishWait(waiting)
      waiting.value(FiberLayout.pending).pointee = result
      makeReady(waiting)
    default:
      finishWait(waiting)
      waiting.value(FiberLayout.pending).pointee = makeFault(
        .closed,
        "the awaited task was cancelled"
      )
      makeReady(waiting)
    }
  }

  /// `await task` into a register.
  func await(_ word: UInt64) {
    let s = state(vm)
    let value = register(s.pointee.base, fieldB(word)).pointee
    guard value.tag == Tag.task else {
      return fault(
        .type,
        "await needs a task, not \(described(value))",
        hint: "start one with spawn"
      )
    }
    let task = value.address
    switch task.u32(FiberLayout.state) {
    case FiberState.finished:
      register(s.pointee.base, fieldA(word)).pointee = task.value(FiberLayout.result).pointee
    case FiberState.failed: raise(task.value(FiberLayout.result).pointee)
    case FiberState.cancelled: fault(.closed, "the awaited task was cancelled")
    default:
      // Awaiters are served in the order in which they came.
      var link = task + FiberLayout.awaiters
      while let waiting = link.optionalAddress(0) { link = waiting + FiberLayout.next }
      link.put(0, s.pointee.fiber)
      s.pointee.fiber.put(FiberLayout.next, nil as Address?)
      park(.task, for: task, destination: fieldA(word))
    }
  }

  /// Cancels a fiber: its defers run, no `catch` sees it.
  func cancel(_ fiber: Address, target: Value) {
    guard fiber.u32(FiberLayout.shield) == 0 else { return }
    let error = makeError(shape: Machine.cancellationShape, [target])
    switch fiber.u32(FiberLayout.state) {
    case FiberState.parked: wake(fiber, raising: error)
    case FiberState.ready: fiber.value(FiberLayout.pending).pointee = error
    case FiberState.running: raise(error)
    default: break
    }
  }
}

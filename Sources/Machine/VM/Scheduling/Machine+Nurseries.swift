import JanusBytecode

extension Machine {
  /// Errors and structured concurrency, off the hot paths.
  func control(_ word: UInt64) {
    let s = state(vm)
    let base = s.pointee.base
    guard let opcode = Instruction(word: word).opcode else { return }
    let operand = register(base, fieldA(word)).pointee
    switch opcode {
    case .fail: fail(operand)
    case .rethrow:
      guard operand.tag == Tag.error else { return fault(.type, "only an error can be raised") }
      s.pointee.fiber.put(FiberLayout.shield, UInt32(0))
      raise(operand)
    case .noMatch: fault(.noMatch, "no arm of the match takes \(described(operand))")
    case .spawn: spawn(word)
    case .await: self.await(word)
    case .nurseryOpen: openNursery(word)
    case .nurseryJoin: joinNursery(operand)
    case .nurseryAbort: abortNursery(operand, errorRegister: fieldB(word))
    case .withinOpen: openDeadline(word)
    case .withinClose: closeDeadline(operand)
    case .withinAbort: abortDeadline(operand, errorRegister: fieldB(word))
    case .select: select(word)
    default: break
    }
  }

  private func fail(_ value: Value) {
    switch value.tag {
    case Tag.error: raise(value.address.u32(Header.aux) < 64 ? value : freshError(value))
    case Tag.string: raise(makeError(shape: Machine.failureShape, [value]))
    default:
      fault(
        .type, "fail needs an error or a text, not \(described(value))",
        hint: "declare one: error MyError { … }")
    }
  }

  /// A case without payload is one shared object: what is raised gets its own trace.
  private func freshError(_ value: Value) -> Value {
    let shape = Int(value.address.u32(Header.aux))
    guard shapes[shape].fieldCount == 0 else { return value }
    return makeError(shape: shape, [])
  }

  // MARK: Nurseries

  private func openNursery(_ word: UInt64) {
    let s = state(vm)
    let nursery = heap.allocate(NurseryLayout.size, Tag.nursery, 0)
    nursery.put(NurseryLayout.count, 0)
    nursery.put(NurseryLayout.firstChild, nil as Address?)
    nursery.put(NurseryLayout.owner, s.pointee.fiber)
    nursery.value(NurseryLayout.failure).pointee = .undefined
    nursery.put(NurseryLayout.isCancelled, UInt64(0))
    register(s.pointee.base, fieldA(word)).pointee = .object(nursery, Tag.nursery)
  }

  /// `spawn f(x)`: the window as for a call, the nursery in B, the task to C.
  private func spawn(_ word: UInt64) {
    let s = state(vm)
    let base = s.pointee.base
    let owner = register(base, fieldB(word)).pointee
    var callee = register(base, fieldA(word)).pointee
    guard owner.tag == Tag.nursery else {
      return fault(.type, "spawn needs an open nursery")
    }
    let arguments = base + fieldA(word) + 32
    var count = fieldX(word)
    var start: Address? = nil
    if callee.tag == Tag.native {
      // A native has no frame of its own: a script function calls it.
      guard let adapter = nativeAdapter else { return fault(.type, "natives cannot be spawned") }
      let list = heap.makeList()
      for index in 0..<count { heap.append(list, arguments.value(index * 16).pointee) }
      arguments.value(0).pointee = callee
      arguments.value(16).pointee = .object(list, Tag.list)
      callee = adapter
      count = 2
    }
    guard callee.tag == Tag.closure else {
      return fault(.type, "\(described(callee)) cannot be called")
    }
    let prototype = callee.address.address(ClosureLayout.prototype)
    if prototype.u32(PrototypeRecord.exactCount) != UInt32(count) {
      guard let entry = completeArguments(callee, arguments, &count) else { return }
      start = entry
    }
    let moved = state(vm).pointee.base + fieldA(word) + 32
    guard let fiber = makeFiber(callee, moved, count) else { return }
    if let start { fiber.put(FiberLayout.pc, start) }
    adopt(fiber, owner.address)
    register(state(vm).pointee.base, fieldC(word)).pointee = .object(fiber, Tag.task)
    makeReady(fiber)
  }

  /// Fills in absent and rest arguments of a spawned call; where to begin, or nil after a fault.
  private func completeArguments(
    _ callee: Value, _ arguments: Address, _ count: inout Int
  ) -> Address? {
    let prototype = callee.address.address(ClosureLayout.prototype)
    let window = arguments - state(vm).pointee.base
    guard prepareFrame(prototype, window: window, count: count) != nil else { return nil }
    count = Int(prototype.u32(PrototypeRecord.parameterCount))
    return prototype.address(PrototypeRecord.defaultsEntry)
  }

  private func adopt(_ fiber: Address, _ nursery: Address) {
    let first = nursery.optionalAddress(NurseryLayout.firstChild)
    fiber.put(FiberLayout.nursery, nursery)
    fiber.put(FiberLayout.nextSibling, first)
    fiber.put(FiberLayout.previousSibling, nil as Address?)
    first?.put(FiberLayout.previousSibling, fiber)
    nursery.put(NurseryLayout.firstChild, fiber)
    nursery.put(NurseryLayout.count, nursery.int(NurseryLayout.count) + 1)
    if let deadline = state(vm).pointee.fiber.optionalAddress(FiberLayout.deadline) {
      // Whoever is started inside a `within` ends with it.
      scheduler.startedInside[UInt(bitPattern: deadline), default: []].append(fiber)
    }
    if nursery.u64(NurseryLayout.isCancelled) != 0 {
      fiber.value(FiberLayout.pending).pointee = makeError(
        shape: Machine.cancellationShape, [.null])
    }
  }

  /// A child has ended: the last one lets the owner go on, the first failure cancels the others.
  func childEnded(_ fiber: Address, _ nursery: Address) {
    let next = fiber.optionalAddress(FiberLayout.nextSibling)
    if let previous = fiber.optionalAddress(FiberLayout.previousSibling) {
      previous.put(FiberLayout.nextSibling, next)
    } else {
      nursery.put(NurseryLayout.firstChild, next)
    }
    next?.put(FiberLayout.previousSibling, fiber.optionalAddress(FiberLayout.previousSibling))
    // The fiber object may outlive the nursery in a variable: it keeps no siblings alive.
    fiber.put(FiberLayout.nextSibling, nil as Address?)
    fiber.put(FiberLayout.previousSibling, nil as Address?)
    fiber.put(FiberLayout.nursery, nil as Address?)
    nursery.put(NurseryLayout.count, nursery.int(NurseryLayout.count) - 1)
    if fiber.u32(FiberLayout.state) == FiberState.failed,
      nursery.value(NurseryLayout.failure).pointee.isUndefined
    {
      nursery.value(NurseryLayout.failure).pointee = fiber.value(FiberLayout.result).pointee
      cancelChildren(nursery)
      interruptOwner(nursery)
    }
    wakeOwner(nursery)
  }

  private func cancelChildren(_ nursery: Address) {
    guard nursery.u64(NurseryLayout.isCancelled) == 0 else { return }
    nursery.put(NurseryLayout.isCancelled, UInt64(1))
    var children: [Address] = []
    var child = nursery.optionalAddress(NurseryLayout.firstChild)
    while let current = child {
      children.append(current)
      child = current.optionalAddress(FiberLayout.nextSibling)
    }
    // They end in the order in which they began.
    for current in children.reversed() { cancel(current, target: .null) }
  }

  /// The body of the nursery ends too, unless it already waits for the children.
  private func interruptOwner(_ nursery: Address) {
    let owner = nursery.address(NurseryLayout.owner)
    if owner.u32(FiberLayout.reason) == WaitReason.nursery.rawValue,
      owner.optionalAddress(FiberLayout.waitsFor) == nursery
    {
      return
    }
    cancel(owner, target: .object(nursery, Tag.nursery))
  }

  private func wakeOwner(_ nursery: Address) {
    let owner = nursery.address(NurseryLayout.owner)
    guard nursery.int(NurseryLayout.count) == 0,
      owner.u32(FiberLayout.state) == FiberState.parked,
      owner.u32(FiberLayout.reason) == WaitReason.nursery.rawValue,
      owner.optionalAddress(FiberLayout.waitsFor) == nursery
    else { return }
    wake(owner, with: .null)
  }

  /// The end of the body: waits for the children, then raises what failed.
  private func joinNursery(_ value: Value) {
    guard value.tag == Tag.nursery else { return fault(.type, "no nursery is open") }
    let nursery = value.address
    if nursery.int(NurseryLayout.count) > 0 {
      // Woken, the fiber runs this instruction again.
      state(vm).pointee.pc -= 8
      return park(.nursery, for: nursery, destination: -1)
    }
    let failure = nursery.value(NurseryLayout.failure).pointee
    if !failure.isUndefined { raise(failure) }
  }

  /// The body has failed or was cancelled: the children are cancelled and waited for.
  private func abortNursery(_ value: Value, errorRegister: Int) {
    guard value.tag == Tag.nursery else { return fault(.type, "no nursery is open") }
    let s = state(vm)
    let nursery = value.address
    cancelChildren(nursery)
    if nursery.int(NurseryLayout.count) > 0 {
      s.pointee.pc -= 8
      s.pointee.fiber.put(FiberLayout.shield, UInt32(1))
      return park(.nursery, for: nursery, destination: -1)
    }
    let failure = nursery.value(NurseryLayout.failure).pointee
    let slot = register(s.pointee.base, errorRegister)
    if !failure.isUndefined, isCancellation(slot.pointee, of: value) || !isUncatchable(slot.pointee)
    {
      slot.pointee = isCancellation(slot.pointee, of: value) ? failure : slot.pointee
    }
    s.pointee.fiber.put(FiberLayout.shield, UInt32(0))
  }

  private func isUncatchable(_ error: Value) -> Bool {
    error.tag == Tag.error && shapes[Int(error.address.u32(Header.aux))].isUncatchable
  }

  private func isCancellation(_ error: Value, of target: Value) -> Bool {
    guard error.tag == Tag.error,
      Int(error.address.u32(Header.aux)) == Machine.cancellationShape
    else { return false }
    return error.address.value(FieldsLayout.first).pointee.isIdentical(to: target)
  }

  // MARK: Deadlines

  private func openDeadline(_ word: UInt64) {
    let s = state(vm)
    let length = register(s.pointee.base, fieldB(word)).pointee
    guard length.tag == Tag.duration else {
      return fault(.type, "within needs a duration, not \(described(length))", hint: "as in 2s")
    }
    let deadline = heap.allocate(DeadlineLayout.size, Tag.deadline, 0)
    deadline.put(DeadlineLayout.fiber, s.pointee.fiber)
    deadline.put(DeadlineLayout.outer, s.pointee.fiber.optionalAddress(FiberLayout.deadline))
    let instant = environment.monotonic().addingReportingOverflow(max(0, length.asInt))
    deadline.put(DeadlineLayout.instant, instant.overflow ? Int.max : instant.partialValue)
    let timer = addTimer(deadline.int(DeadlineLayout.instant), deadline, ticket: 0)
    deadline.put(DeadlineLayout.timer, timer)
    s.pointee.fiber.put(FiberLayout.deadline, deadline)
    register(s.pointee.base, fieldA(word)).pointee = .object(deadline, Tag.deadline)
    startTicking()
  }

  private func closeDeadline(_ value: Value) {
    guard value.tag == Tag.deadline else { return }
    let deadline = value.address
    if deadline.int(DeadlineLayout.timer) != 0 { dropTimer() }
    deadline.put(DeadlineLayout.timer, 0)
    state(vm).pointee.fiber.put(
      FiberLayout.deadline, deadline.optionalAddress(DeadlineLayout.outer))
    scheduler.startedInside[UInt(bitPattern: deadline)] = nil
  }

  private func abortDeadline(_ value: Value, errorRegister: Int) {
    closeDeadline(value)
    let slot = register(state(vm).pointee.base, errorRegister)
    if isCancellation(slot.pointee, of: value) {
      let trace = slot.pointee.address.optionalAddress(FieldsLayout.trace)
      slot.pointee = makeFault(.timeout, "the time of `within` is over")
      slot.pointee.address.put(FieldsLayout.trace, trace)
    }
  }

  /// A deadline has come: its body and all that was started inside are cancelled.
  func deadlineCame(_ deadline: Address) {
    deadline.put(DeadlineLayout.timer, 0)
    for fiber in scheduler.startedInside.removeValue(forKey: UInt(bitPattern: deadline)) ?? []
    where fiber.u32(FiberLayout.state) <= FiberState.parked {
      cancel(fiber, target: .null)
    }
    cancel(deadline.address(DeadlineLayout.fiber), target: .object(deadline, Tag.deadline))
  }
}

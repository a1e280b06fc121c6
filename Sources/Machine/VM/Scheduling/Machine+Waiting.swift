import JanusBytecode

extension Machine {
  /// Parks the running fiber for a time; for none, it lets the others run first.
  package func sleep(_ call: NativeCall, nanoseconds: Int) -> NativeResult {
    let fiber = state(vm).pointee.fiber
    fiber.put(FiberLayout.reason, WaitReason.sleep.rawValue)
    fiber.put(FiberLayout.waitsFor, nil as Address?)
    _ = addTimer(
      instant(after: nanoseconds), fiber, ticket: fiber.u32(FiberLayout.ticket))
    startTicking()
    return call.parked
  }

  /// Ends the program: every defer runs, no `catch` sees it.
  package func exit(_ call: NativeCall, status: Int) -> NativeResult {
    raise(makeError(shape: Machine.exitShape, [.int(status)]))
    return call.raised
  }

  /// Cancels a task. The caller itself unwinds when it is the task.
  package func cancelTask(_ call: NativeCall, _ task: Address) -> NativeResult {
    let unwindsCaller =
      task == state(vm).pointee.fiber && task.u32(FiberLayout.shield) == 0
    cancel(task, target: .null)
    return unwindsCaller ? call.raised : call.done(.null)
  }

  package func isDone(_ task: Address) -> Bool {
    task.u32(FiberLayout.state) >= FiberState.finished
  }

  /// Messages that wait in a channel.
  package func messageCount(_ channel: Address) -> Int {
    Int(channel.u32(ChannelLayout.count))
  }
}

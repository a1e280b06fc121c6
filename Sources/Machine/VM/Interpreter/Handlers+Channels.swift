// Messages that need no waiting, and waits that another ready fiber fills: without a slow path.

/// Hands a message to a fiber that waits for one.
@c func invokeSend(_ pc: Address, _ base: Address, _ vm: Address, _ word: UInt64) {
  let channel = register(base, fieldA(word) &+ 32).pointee.address
  let s = state(vm)
  if let receiver = channel.optionalAddress(ChannelLayout.receivers),
    receiver.u8(Header.kind) == Tag.task, s.pointee.isTicking, !s.pointee.isMarking,
    s.pointee.readyCount <= s.pointee.readyMask
  {
    let following = receiver.optionalAddress(FiberLayout.next)
    channel.put(ChannelLayout.receivers, following)
    if following == nil { channel.put(ChannelLayout.lastReceiver, nil as Address?) }
    let destination = receiver.int(FiberLayout.destination)
    receiver.address(FiberLayout.stack).value(destination).pointee =
      register(base, fieldA(word) &+ 48).pointee
    wakeFiber(receiver, s)
    register(base, fieldC(word)).pointee = .null
    return next(pc + 32, base, vm)
  }
  slow_invoke(pc, base, vm, word)
}

/// Ends a wait and puts the fiber at the end of the ready queue, which has room.
@inline(__always)
private func wakeFiber(_ fiber: Address, _ s: State) {
  fiber.put(FiberLayout.ticket, fiber.u32(FiberLayout.ticket) &+ 1)
  fiber.put(FiberLayout.reason, UInt32(0))
  fiber.put(FiberLayout.waitsFor, nil as Address?)
  fiber.put(FiberLayout.next, nil as Address?)
  fiber.put(FiberLayout.state, FiberState.ready)
  let slot = (s.pointee.readyHead &+ s.pointee.readyCount) & s.pointee.readyMask
  s.pointee.ready[slot] = UInt(bitPattern: fiber)
  s.pointee.readyCount &+= 1
}

/// The message of the first sender, who goes on; nil where it needs more than that.
@inline(__always)
private func takeFromSender(_ channel: Address, _ s: State) -> Value? {
  let sender = channel.address(ChannelLayout.senders)
  guard sender.u8(Header.kind) == Tag.task, s.pointee.isTicking,
    s.pointee.readyCount <= s.pointee.readyMask
  else { return nil }
  let following = sender.optionalAddress(FiberLayout.next)
  channel.put(ChannelLayout.senders, following)
  if following == nil { channel.put(ChannelLayout.lastSender, nil as Address?) }
  let message = sender.value(FiberLayout.result).pointee
  sender.value(FiberLayout.result).pointee = .undefined
  if sender.int(FiberLayout.destination) >= 0 {
    sender.address(FiberLayout.stack).value(sender.int(FiberLayout.destination)).pointee = .null
  }
  wakeFiber(sender, s)
  return message
}

/// Takes the message of a waiting sender, or parks and goes on with the next ready fiber.
@c func invokeReceive(_ pc: Address, _ base: Address, _ vm: Address, _ word: UInt64) {
  let channel = register(base, fieldA(word) &+ 32).pointee.address
  let s = state(vm)
  guard channel.u32(ChannelLayout.count) == 0, channel.u32(Header.aux) == 0,
    !s.pointee.isMarking, s.pointee.readyCount > 0
  else { return slow_invoke(pc, base, vm, word) }
  if channel.optionalAddress(ChannelLayout.senders) != nil {
    guard let message = takeFromSender(channel, s) else { return slow_invoke(pc, base, vm, word) }
    register(base, fieldC(word)).pointee = message
    return next(pc + 32, base, vm)
  }
  let following = Address(bitPattern: s.pointee.ready[s.pointee.readyHead]).unsafelyUnwrapped
  guard following.value(FiberLayout.pending).pointee.isUndefined else {
    return slow_invoke(pc, base, vm, word)
  }
  let fiber = s.pointee.fiber
  let stack = fiber.address(FiberLayout.stack)
  parkFiber(fiber, WaitReason.receive.rawValue, on: channel)
  fiber.put(FiberLayout.base, base)
  fiber.put(FiberLayout.pc, pc + 32)
  fiber.put(FiberLayout.destination, base + fieldC(word) - stack)
  switchTo(following, s, vm)
}

/// Puts a fiber at the end of a channel's receivers.
@inline(__always)
private func parkFiber(_ fiber: Address, _ reason: UInt32, on channel: Address) {
  fiber.put(FiberLayout.state, FiberState.parked)
  fiber.put(FiberLayout.reason, reason)
  fiber.put(FiberLayout.waitsFor, channel)
  fiber.put(FiberLayout.next, nil as Address?)
  if let last = channel.optionalAddress(ChannelLayout.lastReceiver) {
    let link = last.u8(Header.kind) == Tag.task ? FiberLayout.next : WaiterLayout.next
    last.put(link, fiber)
  } else {
    channel.put(ChannelLayout.receivers, fiber)
  }
  channel.put(ChannelLayout.lastReceiver, fiber)
}

/// Goes on with the first ready fiber, to which nothing was sent.
@inline(__always)
private func switchTo(_ fiber: Address, _ s: State, _ vm: Address) {
  s.pointee.readyHead = (s.pointee.readyHead &+ 1) & s.pointee.readyMask
  s.pointee.readyCount &-= 1
  s.pointee.fiber = fiber
  fiber.put(FiberLayout.state, FiberState.running)
  fiber.put(FiberLayout.reason, UInt32(0))
  s.pointee.stackLimit = fiber.address(FiberLayout.stack) + fiber.int(FiberLayout.stackSize)
  next(fiber.address(FiberLayout.pc), fiber.address(FiberLayout.base), vm)
}

/// `for m in channel` with one variable: the same, with the message in A+2 and the way out of the
/// loop in A+1.
@c func iterateChannel(_ pc: Address, _ base: Address, _ vm: Address, _ word: UInt64) {
  let channel = register(base, fieldA(word)).pointee.address
  let s = state(vm)
  let body = pc + signedC(word) &* 8
  guard fieldX(word) == 1, channel.u32(ChannelLayout.count) == 0,
    channel.u32(Header.aux) == 0, !s.pointee.isMarking, s.pointee.readyCount > 0
  else { return slow_instruction(pc, base, vm, word) }
  if channel.optionalAddress(ChannelLayout.senders) != nil {
    guard let message = takeFromSender(channel, s) else {
      return slow_instruction(pc, base, vm, word)
    }
    register(base, fieldA(word) &+ 32).pointee = message
    return next(body, base, vm)
  }
  let following = Address(bitPattern: s.pointee.ready[s.pointee.readyHead]).unsafelyUnwrapped
  guard following.value(FiberLayout.pending).pointee.isUndefined else {
    return slow_instruction(pc, base, vm, word)
  }
  let fiber = s.pointee.fiber
  let stack = fiber.address(FiberLayout.stack)
  register(base, fieldA(word) &+ 16).pointee = .int(Int(bitPattern: pc))
  parkFiber(fiber, WaitReason.iterate.rawValue, on: channel)
  fiber.put(FiberLayout.base, base)
  fiber.put(FiberLayout.pc, body)
  fiber.put(FiberLayout.destination, base + (fieldA(word) &+ 32) - stack)
  switchTo(following, s, vm)
}

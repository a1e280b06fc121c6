// A call's window begins at A: the callee, the return address (tagged as an int, so that the
// collector passes it by), then the arguments, which become the callee's first registers.
// `returnValue` finds A and the destination C in the word before the return address.

@inline(__always)
private func saveReturn(_ frame: Address, _ pc: Address) {
  (frame - 16).put(0, UInt64(UInt(bitPattern: pc)))
  (frame - 16).put(8, Tag.int)
}

@c func op_call(_ pc: Address, _ base: Address, _ vm: Address, _ word: UInt64) {
  let callee = register(base, fieldA(word)).pointee
  if _fastPath(callee.tag == Tag.closure) {
    let prototype = callee.address.address(ClosureLayout.prototype)
    let frame = base + (fieldA(word) &+ 32)
    if _fastPath(
      prototype.u32(PrototypeRecord.exactCount) == UInt32(fieldX(word))
        && frame + prototype.int(PrototypeRecord.frameSize) <= state(vm).pointee.stackLimit)
    {
      saveReturn(frame, pc)
      return next(prototype.address(PrototypeRecord.entry), frame, vm)
    }
  }
  slow_call(pc, base, vm, word)
}

@c func op_callKnown(_ pc: Address, _ base: Address, _ vm: Address, _ word: UInt64) {
  let closure = pc.address(0)
  let prototype = closure.address(ClosureLayout.prototype)
  let frame = base + (fieldA(word) &+ 32)
  register(frame, -32).pointee = .object(closure, Tag.closure)
  if _fastPath(
    prototype.u32(PrototypeRecord.exactCount) == UInt32(fieldX(word))
      && frame + prototype.int(PrototypeRecord.frameSize) <= state(vm).pointee.stackLimit)
  {
    saveReturn(frame, pc + 16)
    return next(prototype.address(PrototypeRecord.entry), frame, vm)
  }
  slow_call(pc + 16, base, vm, word)
}

@c func op_callNative(_ pc: Address, _ base: Address, _ vm: Address, _ word: UInt64) {
  slow_callNative(pc, base, vm, word)
}

@c func op_callNamed(_ pc: Address, _ base: Address, _ vm: Address, _ word: UInt64) {
  slow_namedCall(pc, base, vm, word)
}

@c func op_callSpread(_ pc: Address, _ base: Address, _ vm: Address, _ word: UInt64) {
  slow_namedCall(pc, base, vm, word)
}

/// Key words of an invoke's cache: a shape, or a tag with the kind of its target.
enum InvokeCache {
  static let native: UInt64 = 1 << 32
  // Natives that have a handler of their own.
  static let push: UInt64 = 1 << 33 | UInt64(Tag.list)
  static let send: UInt64 = 1 << 34 | UInt64(Tag.channel)
  static let receive: UInt64 = 1 << 35 | UInt64(Tag.channel)

  /// The key for a native of that name.
  static func key(_ name: String, _ tag: UInt8) -> UInt64 {
    switch name {
    case "list.push": push
    case "channel.send": send
    case "channel.recv": receive
    default: UInt64(tag) | native
    }
  }
}

@c func op_invoke(_ pc: Address, _ base: Address, _ vm: Address, _ word: UInt64) {
  let frame = base + (fieldA(word) &+ 32)
  let receiver = register(frame, 0).pointee
  if _fastPath(receiver.tag == Tag.structure) {
    if _fastPath(UInt64(receiver.address.u32(Header.aux)) == pc.u64(0)) {
      let closure = pc.address(8)
      let prototype = closure.address(ClosureLayout.prototype)
      if _fastPath(
        prototype.u32(PrototypeRecord.exactCount) == UInt32(fieldX(word))
          && frame + prototype.int(PrototypeRecord.frameSize) <= state(vm).pointee.stackLimit)
      {
        register(frame, -32).pointee = .object(closure, Tag.closure)
        saveReturn(frame, pc + 32)
        return next(prototype.address(PrototypeRecord.entry), frame, vm)
      }
    }
    return invokeThroughCache(pc, base, vm, word)
  }
  if pc.u64(0) == UInt64(receiver.tag) | InvokeCache.native {
    return invokeNative(pc, base, vm, word)
  }
  invokeIntrinsic(pc, base, vm, word)
}

/// `push`, `send` and `recv`, where nothing stands in their way.
@c func invokeIntrinsic(_ pc: Address, _ base: Address, _ vm: Address, _ word: UInt64) {
  let frame = base + (fieldA(word) &+ 32)
  let receiver = register(frame, 0).pointee
  let key = pc.u64(0)
  if key == InvokeCache.push, receiver.tag == Tag.list, fieldX(word) == 2 {
    if appendInPlace(receiver.address, register(frame, 16).pointee) {
      register(base, fieldC(word)).pointee = .null
      return next(pc + 32, base, vm)
    }
  } else if receiver.tag == Tag.channel {
    if key == InvokeCache.send, fieldX(word) == 2 { return invokeSend(pc, base, vm, word) }
    if key == InvokeCache.receive, fieldX(word) == 1 {
      return invokeReceive(pc, base, vm, word)
    }
  }
  slow_invoke(pc, base, vm, word)
}

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

/// Takes the message of a waiting sender, or parks and goes on with the next ready fiber.
@c func invokeReceive(_ pc: Address, _ base: Address, _ vm: Address, _ word: UInt64) {
  let channel = register(base, fieldA(word) &+ 32).pointee.address
  let s = state(vm)
  guard channel.u32(ChannelLayout.count) == 0, channel.u32(Header.aux) == 0,
    !s.pointee.isMarking, s.pointee.readyCount > 0
  else { return slow_invoke(pc, base, vm, word) }
  if let sender = channel.optionalAddress(ChannelLayout.senders) {
    guard sender.u8(Header.kind) == Tag.task, s.pointee.isTicking,
      s.pointee.readyCount <= s.pointee.readyMask
    else { return slow_invoke(pc, base, vm, word) }
    let following = sender.optionalAddress(FiberLayout.next)
    channel.put(ChannelLayout.senders, following)
    if following == nil { channel.put(ChannelLayout.lastSender, nil as Address?) }
    register(base, fieldC(word)).pointee = sender.value(FiberLayout.result).pointee
    sender.value(FiberLayout.result).pointee = .undefined
    if sender.int(FiberLayout.destination) >= 0 {
      sender.address(FiberLayout.stack).value(sender.int(FiberLayout.destination)).pointee = .null
    }
    wakeFiber(sender, s)
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
  s.pointee.stackLimit = fiber.address(FiberLayout.stack) + fiber.int(FiberLayout.stackSize)
  next(fiber.address(FiberLayout.pc), fiber.address(FiberLayout.base), vm)
}

/// A site that sees several shapes looks in the machine-wide cache of methods.
@c func invokeThroughCache(_ pc: Address, _ base: Address, _ vm: Address, _ word: UInt64) {
  let frame = base + (fieldA(word) &+ 32)
  let shape = UInt64(register(frame, 0).pointee.address.u32(Header.aux))
  let name = pc.u64(16)
  let entry = state(vm).pointee.methodCache + methodCacheSlot(shape, name)
  if _fastPath(entry.u64(0) == shape && entry.u64(8) == name) {
    let closure = entry.address(16)
    let prototype = closure.address(ClosureLayout.prototype)
    if _fastPath(
      prototype.u32(PrototypeRecord.exactCount) == UInt32(fieldX(word))
        && frame + prototype.int(PrototypeRecord.frameSize) <= state(vm).pointee.stackLimit)
    {
      register(frame, -32).pointee = .object(closure, Tag.closure)
      saveReturn(frame, pc + 32)
      return next(prototype.address(PrototypeRecord.entry), frame, vm)
    }
  }
  slow_invoke(pc, base, vm, word)
}

/// Byte offset of a shape and name in the method cache of 1,024 entries of 32 bytes.
@inline(__always)
func methodCacheSlot(_ shape: UInt64, _ name: UInt64) -> Int {
  Int((name &>> 4 ^ shape &* 0x9E37_79B9) & 1023) &<< 5
}

/// A cached native of a core type: the call, and its result to C.
@c func invokeNative(_ pc: Address, _ base: Address, _ vm: Address, _ word: UInt64) {
  enter(pc + 32, base, vm)
  runNative(vm, pc.address(8), word)
  leave(vm)
}

@c func op_invokeNamed(_ pc: Address, _ base: Address, _ vm: Address, _ word: UInt64) {
  slow_namedInvoke(pc, base, vm, word)
}

@c func op_invokeSpread(_ pc: Address, _ base: Address, _ vm: Address, _ word: UInt64) {
  slow_namedInvoke(pc, base, vm, word)
}

/// Moves callee and arguments down to this frame's place and enters without a new frame.
@c func op_tailCall(_ pc: Address, _ base: Address, _ vm: Address, _ word: UInt64) {
  let callee = register(base, fieldA(word)).pointee
  if _fastPath(callee.tag == Tag.closure) {
    let prototype = callee.address.address(ClosureLayout.prototype)
    if _fastPath(
      prototype.u32(PrototypeRecord.exactCount) == UInt32(fieldX(word))
        && base + prototype.int(PrototypeRecord.frameSize) <= state(vm).pointee.stackLimit)
    {
      register(base, -32).pointee = callee
      var source = base + (fieldA(word) &+ 32)
      var target = base
      let end = base + fieldX(word) &* 16
      while target != end {
        target.value(0).pointee = source.value(0).pointee
        source += 16
        target += 16
      }
      return next(prototype.address(PrototypeRecord.entry), base, vm)
    }
  }
  slow_instruction(pc, base, vm, word)
}

@c func op_returnValue(_ pc: Address, _ base: Address, _ vm: Address, _ word: UInt64) {
  let value = register(base, fieldA(word)).pointee
  let returnPC = (base - 16).address(0)
  let callWord = returnPC.u64(-8)
  let caller = base - (fieldA(callWord) &+ 32)
  register(caller, fieldC(callWord)).pointee = value
  next(returnPC, caller, vm)
}

@c func op_returnNull(_ pc: Address, _ base: Address, _ vm: Address, _ word: UInt64) {
  let returnPC = (base - 16).address(0)
  let callWord = returnPC.u64(-8)
  let caller = base - (fieldA(callWord) &+ 32)
  register(caller, fieldC(callWord)).pointee = .null
  next(returnPC, caller, vm)
}

/// The end of a fiber, its result in register 0.
@c func op_halt(_ pc: Address, _ base: Address, _ vm: Address, _ word: UInt64) {
  enter(pc, base, vm)
  vm.withMachine { $0.fiberReturned(register(base, 0).pointee) }
  leave(vm)
}

/// The end of the run: the only handler that returns.
@c func op_stop(_ pc: Address, _ base: Address, _ vm: Address, _ word: UInt64) {}

// MARK: Slow paths; pc is past the extra words

@c func slow_call(_ pc: Address, _ base: Address, _ vm: Address, _ word: UInt64) {
  enter(pc, base, vm)
  vm.withMachine { $0.call(window: fieldA(word), count: fieldX(word), word) }
  leave(vm)
}

@c func slow_callNative(_ pc: Address, _ base: Address, _ vm: Address, _ word: UInt64) {
  enter(pc + 8, base, vm)
  runNative(vm, pc.address(0), word)
  leave(vm)
}

/// Out of line, so that the handlers around it keep nothing to clean up and end in a jump.
@inline(never)
private func runNative(_ vm: Address, _ record: Address, _ word: UInt64) {
  let s = state(vm)
  let count = fieldX(word)
  guard _fastPath(count >= Int(record.u32(NativeRecord.required))),
    _fastPath(count <= Int(record.u32(NativeRecord.maximum)))
  else { return vm.machine.nativeArityFault(record, count) }
  let function = unsafeBitCast(
    record.load(fromByteOffset: NativeRecord.function, as: UInt.self), to: NativeFunction.self)
  let status = function(vm, s.pointee.base + (fieldA(word) &+ 32), count)
  if _fastPath(status == NativeStatus.done) {
    register(s.pointee.base, fieldC(word)).pointee = s.pointee.result
  } else if status == NativeStatus.parked {
    vm.machine.parkForResult(in: fieldC(word))
  }
}

@c func slow_invoke(_ pc: Address, _ base: Address, _ vm: Address, _ word: UInt64) {
  enter(pc + 32, base, vm)
  vm.withMachine { $0.invoke(word, pc) }
  leave(vm)
}


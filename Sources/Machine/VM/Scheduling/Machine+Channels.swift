import JanusBytecode
import Glibc

extension Machine {
  package func makeChannel(capacity: Int) -> Value {
    let channel = heap.allocate(ChannelLayout.size, Tag.channel, 0)
    memset(channel + 8, 0, ChannelLayout.size - 8)
    channel.put(ChannelLayout.capacity, capacity)
    channel.put(ChannelLayout.number, scheduler.nextChannel)
    scheduler.nextChannel += 1
    return .object(channel, Tag.channel)
  }

  package func isClosed(_ channel: Address) -> Bool {
    channel.u32(Header.aux) & ChannelLayout.closed != 0
  }

  // MARK: Messages in the ring

  private func push(_ channel: Address, _ message: Value) {
    let count = Int(channel.u32(ChannelLayout.count))
    let room = channel.int(ChannelLayout.ringCapacity)
    if count == room { growRing(channel, count) }
    let capacity = channel.int(ChannelLayout.ringCapacity)
    var position = Int(channel.u32(ChannelLayout.head)) + count
    if position >= capacity { position -= capacity }
    channel.address(ChannelLayout.ring).value(position * Value.stride).pointee = message
    channel.put(ChannelLayout.count, UInt32(count + 1))
  }

  private func growRing(_ channel: Address, _ count: Int) {
    let capacity = max(4, count * 2)
    let ring = heap.allocateMemory(capacity * Value.stride)
    if let old = channel.optionalAddress(ChannelLayout.ring) {
      let oldCapacity = channel.int(ChannelLayout.ringCapacity)
      let head = Int(channel.u32(ChannelLayout.head))
      for index in 0..<count {
        let source = (head + index) % oldCapacity
        ring.value(index * Value.stride).pointee = old.value(source * Value.stride).pointee
      }
      heap.freeMemory(old, oldCapacity * Value.stride)
    }
    channel.put(ChannelLayout.ring, ring)
    channel.put(ChannelLayout.ringCapacity, capacity)
    channel.put(ChannelLayout.head, UInt32(0))
  }

  private func pop(_ channel: Address) -> Value {
    let head = Int(channel.u32(ChannelLayout.head))
    let slot = channel.address(ChannelLayout.ring).value(head * Value.stride)
    let message = slot.pointee
    if state(vm).pointee.isMarking { heap.shade(message) }
    slot.pointee = .null
    let next = head + 1 == channel.int(ChannelLayout.ringCapacity) ? 0 : head + 1
    channel.put(ChannelLayout.head, UInt32(next))
    channel.put(ChannelLayout.count, channel.u32(ChannelLayout.count) - 1)
    return message
  }

  // MARK: Queues of fibers and waiters

  private func enqueue(_ waiter: Address, _ channel: Address, _ first: Int, _ last: Int) {
    waiter.put(linkOffset(waiter), nil as Address?)
    if let tail = channel.optionalAddress(last) {
      tail.put(linkOffset(tail), waiter)
    } else {
      channel.put(first, waiter)
    }
    channel.put(last, waiter)
  }

  private func linkOffset(_ waiter: Address) -> Int {
    waiter.u8(Header.kind) == Tag.task ? FiberLayout.next : WaiterLayout.next
  }

  /// The first that still waits; stale waiters of a select are dropped on the way.
  private func dequeue(_ channel: Address, _ first: Int, _ last: Int) -> Address? {
    while let waiter = channel.optionalAddress(first) {
      let next = waiter.optionalAddress(linkOffset(waiter))
      if state(vm).pointee.isMarking { heap.shade(waiter) }
      channel.put(first, next)
      if next == nil { channel.put(last, nil as Address?) }
      if waiter.u8(Header.kind) == Tag.task { return waiter }
      let fiber = waiter.address(WaiterLayout.fiber)
      if fiber.u32(FiberLayout.ticket) == waiter.u32(WaiterLayout.ticket),
        fiber.u32(FiberLayout.state) == FiberState.parked
      {
        return waiter
      }
    }
    return nil
  }

  func removeWaiter(_ fiber: Address, from channel: Address, _ first: Int, _ last: Int) {
    var previous: Address?
    var current = channel.optionalAddress(first)
    while let waiter = current {
      let next = waiter.optionalAddress(linkOffset(waiter))
      if waiter == fiber {
        if let previous {
          previous.put(linkOffset(previous), next)
        } else {
          channel.put(first, next)
        }
        if next == nil { channel.put(last, previous) }
        return
      }
      previous = waiter
      current = next
    }
  }

  // MARK: Sending and receiving

  /// Delivers without waiting; false when nobody receives and there is no room.
  func trySend(_ channel: Address, _ message: Value) -> Bool {
    if let receiver = dequeue(channel, ChannelLayout.receivers, ChannelLayout.lastReceiver) {
      give(message, to: receiver)
      return true
    }
    guard Int(channel.u32(ChannelLayout.count)) < channel.int(ChannelLayout.capacity) else {
      return false
    }
    push(channel, message)
    return true
  }

  private func give(_ message: Value, to receiver: Address) {
    if receiver.u8(Header.kind) == Tag.task {
      wake(receiver, with: message)
    } else {
      wakeSelect(receiver, received: message)
    }
  }

  /// Takes a message without waiting, from the ring or from a waiting sender.
  func tryReceive(_ channel: Address) -> Value? {
    if channel.u32(ChannelLayout.count) > 0 {
      let message = pop(channel)
      if let sender = dequeue(channel, ChannelLayout.senders, ChannelLayout.lastSender) {
        push(channel, take(from: sender))
      }
      return message
    }
    guard let sender = dequeue(channel, ChannelLayout.senders, ChannelLayout.lastSender) else {
      return nil
    }
    return take(from: sender)
  }

  /// The message of a waiting sender, who goes on.
  private func take(from sender: Address) -> Value {
    if sender.u8(Header.kind) == Tag.task {
      let slot = sender.value(FiberLayout.result)
      let message = slot.pointee
      if state(vm).pointee.isMarking { heap.shade(message) }
      slot.pointee = .undefined
      wake(sender, with: .null)
      return message
    }
    let message = sender.value(WaiterLayout.message).pointee
    wakeSelect(sender, received: .null)
    return message
  }

  package func send(_ call: NativeCall, _ channel: Address, _ message: Value) -> NativeResult {
    if isClosed(channel) {
      return call.fault(.closed, "the channel is closed: nothing can be sent")
    }
    if trySend(channel, message) { return call.done(.null) }
    let fiber = state(vm).pointee.fiber
    fiber.value(FiberLayout.result).pointee = message
    fiber.put(FiberLayout.reason, WaitReason.send.rawValue)
    fiber.put(FiberLayout.waitsFor, channel)
    enqueue(fiber, channel, ChannelLayout.senders, ChannelLayout.lastSender)
    return call.parked
  }

  package func receive(_ call: NativeCall, _ channel: Address) -> NativeResult {
    if let message = tryReceive(channel) { return call.done(message) }
    if isClosed(channel) {
      return call.fault(.closed, "the channel is closed and empty")
    }
    let fiber = state(vm).pointee.fiber
    fiber.put(FiberLayout.reason, WaitReason.receive.rawValue)
    fiber.put(FiberLayout.waitsFor, channel)
    enqueue(fiber, channel, ChannelLayout.receivers, ChannelLayout.lastReceiver)
    return call.parked
  }

  /// `for m in channel`: the next message to A+2 and on at the body, or past the loop at the end.
  func iterateChannel(_ channel: Address, _ word: UInt64, _ body: Address) {
    let s = state(vm)
    let place = fieldA(word) + (fieldX(word) == 2 ? 48 : 32)
    if fieldX(word) == 2 {
      let number = register(s.pointee.base, fieldA(word) + 32)
      number.pointee = .int(number.pointee.isInt ? number.pointee.asInt + 1 : 0)
    }
    if let message = tryReceive(channel) {
      register(s.pointee.base, place).pointee = message
      s.pointee.pc = body
      return
    }
    if isClosed(channel) { return }
    // Where to go on when the channel closes meanwhile.
    register(s.pointee.base, fieldA(word) + 16).pointee = .int(
      Int(bitPattern: s.pointee.pc))
    s.pointee.pc = body
    enqueue(s.pointee.fiber, channel, ChannelLayout.receivers, ChannelLayout.lastReceiver)
    park(.iterate, for: channel, destination: place)
  }

  /// Closes: waiting receivers and senders are told, loops over it end.
  package func close(_ channel: Address) {
    guard !isClosed(channel) else { return }
    channel.put(Header.aux, channel.u32(Header.aux) | ChannelLayout.closed)
    while let receiver = dequeue(channel, ChannelLayout.receivers, ChannelLayout.lastReceiver) {
      closeReceiver(receiver)
    }
    while let sender = dequeue(channel, ChannelLayout.senders, ChannelLayout.lastSender) {
      raiseClosed(sender, "the channel was closed before the message was taken")
    }
  }

  private func closeReceiver(_ receiver: Address) {
    guard receiver.u8(Header.kind) == Tag.task,
      receiver.u32(FiberLayout.reason) == WaitReason.iterate.rawValue
    else { return raiseClosed(receiver, "the channel is closed and empty") }
    // The way out lies in A+1, below the destination at A+2 or A+3.
    let stack = receiver.address(FiberLayout.stack)
    let destination = receiver.int(FiberLayout.destination)
    for distance in [16, 32] {
      let slot = stack.value(destination - distance).pointee
      let holder = stack.value(destination - distance - 16).pointee
      if holder.tag == Tag.channel, slot.isInt,
        let exit = Address(bitPattern: UInt(bitPattern: slot.asInt))
      {
        receiver.put(FiberLayout.pc, exit)
        receiver.put(FiberLayout.destination, -1)
        break
      }
    }
    wake(receiver, with: .null)
  }

  private func raiseClosed(_ waiter: Address, _ message: String) {
    let fiber =
      waiter.u8(Header.kind) == Tag.task ? waiter : waiter.address(WaiterLayout.fiber)
    wake(fiber, raising: makeFault(.closed, message))
  }

  // MARK: Select

  /// Wakes a fiber in `select`: the arm's number and what it received.
  private func wakeSelect(_ waiter: Address, received: Value) {
    let fiber = waiter.address(WaiterLayout.fiber)
    let destination = fiber.int(FiberLayout.destination)
    let stack = fiber.address(FiberLayout.stack)
    stack.value(destination + Value.stride).pointee = received
    wake(fiber, with: .int(Int(waiter.u32(WaiterLayout.arm))))
  }

  /// Arms in threes from B: kind (0 receive, 1 send, 2 timeout, 3 default), channel or duration,
  /// message. The arm's number to A, what was received to A+1.
  func select(_ word: UInt64) {
    let s = state(vm)
    let base = s.pointee.base
    var timeout: (arm: Int, length: Int)?
    var fallback: Int?
    for arm in 0..<fieldX(word) / 3 {
      let first = fieldB(word) + arm * 48
      let kind = register(base, first).pointee
      let operand = register(base, first + 16).pointee
      switch kind.asInt {
      case 0, 1:
        guard operand.tag == Tag.channel else {
          return fault(.type, "select needs a channel, not \(described(operand))")
        }
        if kind.asInt == 0 {
          if let message = tryReceive(operand.address) {
            return selected(word, arm, message)
          }
          if isClosed(operand.address) {
            return fault(.closed, "the channel is closed and empty")
          }
        } else {
          if isClosed(operand.address) {
            return fault(.closed, "the channel is closed: nothing can be sent")
          }
          if trySend(operand.address, register(base, first + 32).pointee) {
            return selected(word, arm, .null)
          }
        }
      case 2:
        guard operand.tag == Tag.duration else {
          return fault(.type, "timeout needs a duration, not \(described(operand))")
        }
        if timeout == nil || operand.asInt < timeout?.length ?? 0 {
          timeout = (arm, operand.asInt)
        }
      default: fallback = arm
      }
    }
    if let fallback { return selected(word, fallback, .null) }
    waitForArm(word, timeout)
  }

  private func selected(_ word: UInt64, _ arm: Int, _ received: Value) {
    let base = state(vm).pointee.base
    register(base, fieldA(word)).pointee = .int(arm)
    register(base, fieldA(word) + 16).pointee = received
  }

  private func waitForArm(_ word: UInt64, _ timeout: (arm: Int, length: Int)?) {
    let s = state(vm)
    let base = s.pointee.base
    let fiber = s.pointee.fiber
    for arm in 0..<fieldX(word) / 3 {
      let first = fieldB(word) + arm * 48
      let kind = register(base, first).pointee.asInt
      guard kind < 2 else { continue }
      let channel = register(base, first + 16).pointee.address
      let waiter = heap.allocate(WaiterLayout.size, Tag.waiter, 0)
      waiter.put(WaiterLayout.fiber, fiber)
      waiter.put(WaiterLayout.ticket, fiber.u32(FiberLayout.ticket))
      waiter.put(WaiterLayout.arm, UInt32(arm))
      waiter.value(WaiterLayout.message).pointee = register(base, first + 32).pointee
      if kind == 0 {
        enqueue(waiter, channel, ChannelLayout.receivers, ChannelLayout.lastReceiver)
      } else {
        enqueue(waiter, channel, ChannelLayout.senders, ChannelLayout.lastSender)
      }
    }
    if let timeout {
      // The timer wakes with what stands in A: the arm of the timeout.
      _ = addTimer(
        instant(after: timeout.length), fiber, ticket: fiber.u32(FiberLayout.ticket))
      register(base, fieldA(word)).pointee = .int(timeout.arm)
      startTicking()
    }
    park(.select, for: nil, destination: fieldA(word))
  }

  func instant(after length: Int) -> Int {
    let (instant, overflow) = environment.monotonic().addingReportingOverflow(max(0, length))
    return overflow ? .max : instant
  }
}

import Glibc

/// The progress of marking and sweeping.
struct Collector {
  enum Phase { case idle, marking, sweeping }
  var phase = Phase.idle
  /// Objects reached and not yet searched.
  var pending: [Address] = []
  /// A list being searched in parts, and the next element.
  var partialList: Address?
  var partialIndex = 0
  /// The size class being swept in the background.
  var sweepClass = 1
  /// Bytes of free cells found since the last marking.
  var freed = 0
  /// Bytes after a cycle, for the next threshold.
  var live = 0
  var cycles = 0
  /// The longest stop so far, in nanoseconds.
  var longestPause = 0
  var measuresPauses = false
  static let firstThreshold = 4 << 20
  /// How much is allocated between two steps of a cycle, in bytes.
  static let stepInterval = 128 << 10
  /// What a store counts for while marking goes on, in bytes.
  static let storeDebt = 64
  /// Fields and elements looked at in one step.
  static let stepWork = 40_000
}

/// Marking is incremental and keeps the snapshot of its beginning: whoever overwrites a reference
/// meanwhile shades the old one, new objects are born marked, a fiber is searched before it runs.
extension Heap {
  /// Called at safe points when `debt` is positive.
  @inline(never)
  func collectStep() {
    let begin = collector.measuresPauses ? nanoseconds() : 0
    if collectsAlways {
      stressCount += 1
      // Every safe point at first, then one in 64: long programs must end too.
      if stressCount < 3000 || stressCount % 64 == 0 { collectFully() }
      state(vm).pointee.debt = 1
    } else {
      step()
    }
    if collector.measuresPauses {
      collector.longestPause = max(collector.longestPause, nanoseconds() - begin)
    }
    if allocated + vm.machine.bytesOutsideHeap > memoryLimit { vm.machine.memoryLimitReached() }
  }

  private func step() {
    switch collector.phase {
    case .idle:
      startMarking()
      state(vm).pointee.debt = -Collector.stepInterval
    case .marking:
      mark(Collector.stepWork)
      state(vm).pointee.debt = -Collector.stepInterval
    case .sweeping:
      sweepSome(16)
      if collector.phase == .sweeping { state(vm).pointee.debt = -Collector.stepInterval }
    }
    if allocated + vm.machine.bytesOutsideHeap > memoryLimit { collectFully() }
  }

  /// A step of marking where nothing may be raised.
  func markStep() {
    guard collector.phase == .marking else { return }
    mark(Collector.stepWork)
    state(vm).pointee.debt = -Collector.stepInterval
  }

  /// Marks and sweeps everything now.
  func collectFully() {
    while collector.phase == .sweeping { sweepSome(.max) }
    if collector.phase == .idle { startMarking() }
    while collector.phase == .marking { mark(.max) }
    while collector.phase == .sweeping { sweepSome(.max) }
  }

  private func startMarking() {
    let s = state(vm)
    s.pointee.color = s.pointee.color == 1 ? 2 : 1
    // Free lists hold no colour; cells taken from them are born marked from now on.
    collector.phase = .marking
    collector.cycles += 1
    s.pointee.isMarking = true
    vm.machine.setBarriers(true)
    // The running fiber first: what is saved in it is not where it is.
    s.pointee.fiber.put(Header.color, s.pointee.color)
    searchFiber(s.pointee.fiber, base: s.pointee.base)
    vm.machine.markRoots()
  }

  private func finishMarking() {
    let s = state(vm)
    s.pointee.isMarking = false
    vm.machine.setBarriers(false)
    collector.phase = .sweeping
    collector.sweepClass = 1
    collector.freed = 0
    for sizeClass in 1..<Heap.classCount {
      s.pointee.free[sizeClass] = 0
      blocks[sizeClass].swept = 0
    }
    sweepLarge()
  }

  private func sweepLarge() {
    let color = state(vm).pointee.color
    large.removeAll { cell in
      guard cell.u8(Header.color) != color else { return false }
      release(cell)
      freeMemory(cell, cell.int(8))
      return true
    }
  }

  /// Sweeps so many blocks of whatever class has some left.
  private func sweepSome(_ count: Int) {
    var left = count
    while left > 0 {
      guard collector.sweepClass < Heap.classCount else { return finishSweeping() }
      let sizeClass = collector.sweepClass
      if blocks[sizeClass].swept < blocks[sizeClass].blocks.count {
        let block = blocks[sizeClass].blocks[blocks[sizeClass].swept]
        blocks[sizeClass].swept += 1
        _ = sweep(block, sizeClass)
        left -= 1
      } else {
        collector.sweepClass += 1
      }
    }
  }

  private func finishSweeping() {
    collector.phase = .idle
    collector.live = max(0, allocated - collector.freed)
    // The next cycle begins when half as much again as is live has been handed out.
    let threshold = max(Collector.firstThreshold, collector.live / 2)
    state(vm).pointee.debt = -min(threshold, roomBeforeLimit)
  }

  // MARK: Marking

  @inline(__always)
  func shade(_ value: Value) {
    if value.isHeap { shade(value.address) }
  }

  @inline(__always)
  func shade(_ cell: Address) {
    let color = state(vm).pointee.color
    guard cell.u8(Header.color) != color else { return }
    cell.put(Header.color, color)
    let kind = cell.u8(Header.kind)
    if kind == Tag.string || kind == Tag.bytes {
      shadeBuffer(of: cell)
    } else if kind != Tag.range && kind != Tag.native && kind != Tag.trace {
      collector.pending.append(cell)
    }
  }

  /// External text keeps its buffer alive.
  @inline(__always)
  private func shadeBuffer(of text: Address) {
    if Int(text.u32(Header.aux)) > TextLayout.inlineLimit {
      text.address(TextLayout.buffer).put(Header.color, state(vm).pointee.color)
    }
  }

  /// Searches reached objects until so much work is done or none is left.
  private func mark(_ work: Int) {
    var left = work
    while left > 0 {
      if let list = collector.partialList {
        left -= scanPart(of: list, left)
        continue
      }
      guard let cell = collector.pending.popLast() else { return finishMarking() }
      left -= scan(cell)
    }
  }

  /// Shades what an object refers to; the amount of work it was.
  func scan(_ cell: Address) -> Int {
    switch cell.u8(Header.kind) {
    case Tag.list: return scanList(cell)
    case Tag.map: return scanMap(cell)
    case Tag.structure, Tag.enumeration, Tag.error: return scanFields(cell)
    case Tag.closure:
      return scanValues(cell + ClosureLayout.captures, Int(cell.u32(Header.aux)))
    case Tag.cell:
      shade(cell.value(CellLayout.value).pointee)
      return 1
    case Tag.task:
      return searchFiber(cell, base: cell.address(FiberLayout.base))
    case Tag.nursery:
      shadeOptional(cell.optionalAddress(NurseryLayout.firstChild))
      shadeOptional(cell.optionalAddress(NurseryLayout.owner))
      shade(cell.value(NurseryLayout.failure).pointee)
      return 3
    case Tag.channel: return scanChannel(cell)
    case Tag.waiter:
      shade(cell.address(WaiterLayout.fiber))
      shadeOptional(cell.optionalAddress(WaiterLayout.next))
      shade(cell.value(WaiterLayout.message).pointee)
      return 3
    case Tag.deadline:
      shadeOptional(cell.optionalAddress(DeadlineLayout.fiber))
      shadeOptional(cell.optionalAddress(DeadlineLayout.outer))
      return 2
    default: return 1
    }
  }

  @inline(__always)
  func shadeOptional(_ cell: Address?) {
    if let cell { shade(cell) }
  }

  private func scanValues(_ first: Address, _ count: Int) -> Int {
    for index in 0..<count { shade(first.value(index &* Value.stride).pointee) }
    return count &+ 1
  }

  private func scanFields(_ cell: Address) -> Int {
    if cell.u8(Header.kind) == Tag.error {
      shadeOptional(cell.optionalAddress(FieldsLayout.trace))
    }
    let count = vm.machine.shapes[Int(cell.u32(Header.aux))].fieldCount
    return scanValues(cell + FieldsLayout.first, count)
  }

  /// Lists of references are searched in parts: a long one must not stop the program.
  private func scanList(_ cell: Address) -> Int {
    guard cell.u32(Header.aux) == ElementForm.any, cell.int(ListLayout.count) > 0 else { return 1 }
    collector.partialList = cell
    collector.partialIndex = 0
    return 1
  }

  private func scanPart(of list: Address, _ work: Int) -> Int {
    let begin = collector.partialIndex
    let count = list.int(ListLayout.count)
    guard list.u32(Header.aux) == ElementForm.any, begin < count else {
      collector.partialList = nil
      return 1
    }
    let end = work < count - begin ? begin + max(work, 1) : count
    let data = list.address(ListLayout.data)
    for index in begin..<end { shade(data.value(index &* Value.stride).pointee) }
    collector.partialIndex = end
    if end == count { collector.partialList = nil }
    return end - begin
  }

  private func scanMap(_ cell: Address) -> Int {
    let used = Int(cell.u32(MapLayout.used))
    guard used > 0 else { return 1 }
    let entries = cell.address(MapLayout.entries)
    guard let index = cell.optionalAddress(MapLayout.index) else {
      return scanValues(entries, used * 2)
    }
    let positions = Int(cell.u32(MapLayout.positions))
    for position in 0..<positions where MapIndex.isTaken(index, position) {
      let entry = entries + position &* MapLayout.entrySize
      shade(entry.value(0).pointee)
      shade(entry.value(Value.stride).pointee)
    }
    return positions
  }

  private func scanChannel(_ cell: Address) -> Int {
    let count = Int(cell.u32(ChannelLayout.count))
    if count > 0 {
      let ring = cell.address(ChannelLayout.ring)
      let capacity = cell.int(ChannelLayout.ringCapacity)
      var position = Int(cell.u32(ChannelLayout.head))
      for _ in 0..<count {
        shade(ring.value(position * Value.stride).pointee)
        position = position + 1 == capacity ? 0 : position + 1
      }
    }
    shadeOptional(cell.optionalAddress(ChannelLayout.receivers))
    shadeOptional(cell.optionalAddress(ChannelLayout.senders))
    return count + 2
  }

  /// Searches a fiber once in a cycle: before it runs, or when its turn comes.
  @discardableResult
  func searchFiber(_ fiber: Address, base: Address) -> Int {
    let cycle = UInt32(truncatingIfNeeded: collector.cycles)
    guard fiber.u32(FiberLayout.searchedCycle) != cycle else { return 1 }
    fiber.put(FiberLayout.searchedCycle, cycle)
    return scanFiber(fiber, base: base)
  }

  /// Shades a fiber's registers up to the top of its innermost frame and clears what lies above,
  /// so that no stale value is ever looked at.
  private func scanFiber(_ fiber: Address, base: Address) -> Int {
    shade(fiber.value(FiberLayout.result).pointee)
    shade(fiber.value(FiberLayout.pending).pointee)
    shadeOptional(fiber.optionalAddress(FiberLayout.next))
    shadeOptional(fiber.optionalAddress(FiberLayout.nursery))
    shadeOptional(fiber.optionalAddress(FiberLayout.nextSibling))
    shadeOptional(fiber.optionalAddress(FiberLayout.awaiters))
    shadeOptional(fiber.optionalAddress(FiberLayout.deadline))
    shadeOptional(fiber.optionalAddress(FiberLayout.waitsFor))
    guard let stack = fiber.optionalAddress(FiberLayout.stack) else { return 8 }
    let end = stack + fiber.int(FiberLayout.stackSize)
    var top = base
    let callee = register(base, -2 * Value.stride).pointee
    if callee.tag == Tag.closure {
      top = base + callee.address.address(ClosureLayout.prototype).int(PrototypeRecord.frameSize)
    }
    let count = (min(top, end) - stack) / Value.stride
    let work = scanValues(stack, count)
    var slot = stack + count * Value.stride
    while slot < end {
      slot.value(0).pointee = .null
      slot += Value.stride
    }
    return work
  }
}

/// The monotonic clock, for measuring pauses.
func nanoseconds() -> Int {
  var time = timespec()
  clock_gettime(CLOCK_MONOTONIC, &time)
  return time.tv_sec * 1_000_000_000 + time.tv_nsec
}

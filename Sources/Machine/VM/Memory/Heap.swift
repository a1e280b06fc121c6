import Glibc

/// The cells that scripts' objects live in: size classes of 16 bytes in blocks of 64 KB, larger
/// ones apart. Objects never move.
///
/// Collection happens only at safe points, when every live value is in a register, a global or an
/// object: natives may allocate freely and hold what they made in Swift variables.
///
/// A value of two addresses, not a class: counting references would cost more than most of what
/// is done with it.
package struct Heap {
  static let blockSize = 1 << 16
  static let classCount = 65
  static let largestCell = (classCount - 1) * 16
  static let largeClass: UInt16 = 0xffff

  let vm: Address
  /// Owned by the machine.
  let records: UnsafeMutablePointer<HeapRecords>

  struct BlockList {
    var blocks: [Address] = []
    /// Blocks from here on are not swept since the last marking.
    var swept = 0
  }

  var blocks: [BlockList] {
    @inline(__always) get { records.pointee.blocks }
    @inline(__always) nonmutating _modify { yield &records.pointee.blocks }
  }
  var large: [Address] {
    @inline(__always) get { records.pointee.large }
    @inline(__always) nonmutating _modify { yield &records.pointee.large }
  }
  /// Bytes of blocks, large cells and memory that objects own.
  var allocated: Int {
    @inline(__always) get { records.pointee.allocated }
    @inline(__always) nonmutating _modify { yield &records.pointee.allocated }
  }
  /// Bytes that scripts may use; `Int.max` without a limit.
  var memoryLimit: Int {
    @inline(__always) get { records.pointee.memoryLimit }
    @inline(__always) nonmutating _modify { yield &records.pointee.memoryLimit }
  }
  var collector: Collector {
    @inline(__always) get { records.pointee.collector }
    @inline(__always) nonmutating _modify { yield &records.pointee.collector }
  }
  /// Full collection at every safe point: finds values the collector cannot see.
  var collectsAlways: Bool {
    @inline(__always) get { records.pointee.collectsAlways }
    @inline(__always) nonmutating _modify { yield &records.pointee.collectsAlways }
  }
  var stressCount: Int {
    @inline(__always) get { records.pointee.stressCount }
    @inline(__always) nonmutating _modify { yield &records.pointee.stressCount }
  }

  /// A cell with its header written; the rest is as it was.
  @inline(__always)
  func allocate(_ size: Int, _ kind: UInt8, _ aux: UInt32) -> Address {
    let state = state(vm)
    let sizeClass = (size &+ 15) &>> 4
    if sizeClass < Heap.classCount {
      let head = state.pointee.free + sizeClass
      if let cell = Address(bitPattern: head.pointee) {
        Heap.unpoison(cell, sizeClass &* 16)
        head.pointee = cell.load(fromByteOffset: 8, as: UInt.self)
        Heap.writeHeader(cell, kind, state.pointee.color, sizeClass, aux)
        return cell
      }
    }
    return allocateSlowly(size, kind, aux)
  }

  @inline(__always)
  static func writeHeader(
    _ cell: Address, _ kind: UInt8, _ color: UInt8, _ sizeClass: Int, _ aux: UInt32
  ) {
    cell.put(
      0,
      UInt64(kind) | UInt64(color) &<< 8 | UInt64(UInt16(truncatingIfNeeded: sizeClass)) &<< 16
        | UInt64(aux) &<< 32)
  }

  @inline(never)
  func allocateSlowly(_ size: Int, _ kind: UInt8, _ aux: UInt32) -> Address {
    guard size <= Heap.largestCell else { return allocateLarge(size, kind, aux) }
    let sizeClass = (size + 15) >> 4
    refill(sizeClass)
    return allocate(size, kind, aux)
  }

  private func allocateLarge(_ size: Int, _ kind: UInt8, _ aux: UInt32) -> Address {
    let cell = allocateMemory(size)
    Heap.writeHeader(cell, kind, state(vm).pointee.color, Int(Heap.largeClass), aux)
    cell.put(8, size)
    large.append(cell)
    return cell
  }

  /// Fills an empty free list: sweeps blocks until one gives a cell, or takes a new block.
  private func refill(_ sizeClass: Int) {
    while blocks[sizeClass].swept < blocks[sizeClass].blocks.count {
      let block = blocks[sizeClass].blocks[blocks[sizeClass].swept]
      blocks[sizeClass].swept += 1
      let freed = sweep(block, sizeClass)
      if freed > 0 {
        state(vm).pointee.debt &+= freed * sizeClass * 16
        charge(freed * sizeClass >> 4)
        return
      }
    }
    addBlock(sizeClass)
  }

  private func addBlock(_ sizeClass: Int) {
    guard let block = aligned_alloc(Heap.blockSize, Heap.blockSize) else { Heap.exhausted() }
    allocated += Heap.blockSize
    state(vm).pointee.debt &+= Heap.blockSize
    charge(Heap.blockSize >> 8)
    let size = sizeClass * 16
    var offset = (Heap.blockSize / size - 1) * size
    var previous = state(vm).pointee.free[sizeClass]
    while offset >= 0 {
      block.put(offset, UInt64(0))
      block.storeBytes(of: previous, toByteOffset: offset + 8, as: UInt.self)
      previous = UInt(bitPattern: block + offset)
      Heap.poison(block + offset, size)
      offset -= size
    }
    state(vm).pointee.free[sizeClass] = previous
    blocks[sizeClass].blocks.append(block)
    // A new block has nothing to sweep; it must not stand behind blocks that do.
    let last = blocks[sizeClass].blocks.count - 1
    blocks[sizeClass].blocks.swapAt(last, blocks[sizeClass].swept)
    blocks[sizeClass].swept += 1
  }

  /// Puts the dead cells of a block on the free list; their number.
  func sweep(_ block: Address, _ sizeClass: Int) -> Int {
    let color = state(vm).pointee.color
    let size = sizeClass * 16
    var offset = (Heap.blockSize / size - 1) * size
    var previous = state(vm).pointee.free[sizeClass]
    var freed = 0
    while offset >= 0 {
      let cell = block + offset
      Heap.unpoison(cell, Header.size)
      if cell.u8(Header.kind) == 0 || cell.u8(Header.color) != color {
        release(cell)
        cell.put(0, UInt64(0))
        cell.storeBytes(of: previous, toByteOffset: 8, as: UInt.self)
        previous = UInt(bitPattern: cell)
        Heap.poison(cell, size)
        freed += 1
      }
      offset -= size
    }
    state(vm).pointee.free[sizeClass] = previous
    collector.freed += freed * size
    return freed
  }

  /// Frees what a dead object owns outside its cell.
  func release(_ cell: Address) {
    if cell.u8(Header.kind) == Tag.string {
      if cell.u32(Header.aux) <= UInt32(TextLayout.internLimit) { forgetInterned(cell) }
    } else {
      releaseMemory(cell)
    }
  }

  private func releaseMemory(_ cell: Address) {
    switch cell.u8(Header.kind) {
    case Tag.buffer:
      freeMemory(cell.address(BufferLayout.data), cell.int(BufferLayout.capacity))
    case Tag.list:
      if let data = cell.optionalAddress(ListLayout.data) {
        freeMemory(data, listByteCapacity(cell))
      }
    case Tag.map:
      releaseMap(cell)
    case Tag.task:
      if let stack = cell.optionalAddress(FiberLayout.stack) {
        freeMemory(stack, cell.int(FiberLayout.stackSize))
      }
    case Tag.channel:
      if let ring = cell.optionalAddress(ChannelLayout.ring) {
        freeMemory(ring, cell.int(ChannelLayout.ringCapacity) * Value.stride)
      }
    case Tag.handle:
      vm.machine.releaseHandle(cell)
    default:
      break
    }
  }

  // MARK: Memory that objects own

  /// True when so many more bytes stay within the limit, and large amounts within what the system
  /// has: it would promise more than it can keep.
  package func hasRoom(for bytes: Int) -> Bool {
    guard bytes <= 1 << 46, allocated <= memoryLimit, bytes <= memoryLimit - allocated else {
      return false
    }
    return bytes < 1 << 28 || bytes <= Heap.systemMemory() - allocated
  }

  private static func systemMemory() -> Int {
    sysconf(Int32(_SC_PHYS_PAGES)) * sysconf(Int32(_SC_PAGESIZE))
  }

  /// Memory for data outside cells, counted; the caller has asked `hasRoom` for large amounts.
  func allocateMemory(_ bytes: Int) -> Address {
    guard let memory = malloc(bytes) else { Heap.exhausted() }
    if bytes >= Heap.largeBlock { adviseLargePages(memory, bytes) }
    allocated += bytes
    state(vm).pointee.debt &+= bytes
    charge(bytes >> 8)
    return memory
  }

  /// All its bytes are 0.
  func allocateZeroedMemory(_ bytes: Int) -> Address {
    guard let memory = calloc(1, bytes) else { Heap.exhausted() }
    if bytes >= Heap.largeBlock { adviseLargePages(memory, bytes) }
    allocated += bytes
    state(vm).pointee.debt &+= bytes
    return memory
  }

  /// Blocks from this size on ask for large pages.
  private static let largeBlock = 4 << 20

  /// Random access to a large table, a map's above all, waits for address translation as long as
  /// for the memory itself; large pages halve that. The system is free not to give them.
  private func adviseLargePages(_ memory: Address, _ bytes: Int) {
    #if os(Linux)
      let page = 4096
      let first = (UInt(bitPattern: memory) &+ UInt(page &- 1)) & ~UInt(page &- 1)
      let end = (UInt(bitPattern: memory) &+ UInt(bytes)) & ~UInt(page &- 1)
      // A failure only means that the pages stay small.
      _ = madvise(Address(bitPattern: first), Int(end &- first), MADV_HUGEPAGE)
    #endif
  }

  func growMemory(_ memory: Address?, from old: Int, to new: Int) -> Address {
    guard let grown = realloc(memory, new) else { Heap.exhausted() }
    allocated += new - old
    state(vm).pointee.debt &+= new - old
    charge(new >> 8)
    return grown
  }

  func freeMemory(_ memory: Address, _ bytes: Int) {
    free(memory)
    allocated -= bytes
  }

  /// Memory outside the heap that its objects keep, or that was freed when it is negative.
  func count(outside bytes: Int) {
    allocated += bytes
    if bytes > 0 { state(vm).pointee.debt &+= bytes }
  }

  /// The system gave no memory: nothing sensible can go on.
  static func exhausted() -> Never {
    let message: StaticString = "janus: the system has no more memory\n"
    write(2, message.utf8Start, message.utf8CodeUnitCount)
    exit(70)
  }

  /// Frees all objects with what they own, and the records; nothing of the heap may be used any
  /// more.
  func freeBlocks() {
    for (sizeClass, list) in blocks.enumerated() {
      for block in list.blocks {
        let size = sizeClass * 16
        for offset in stride(from: 0, through: Heap.blockSize - size, by: size) {
          Heap.unpoison(block + offset, Header.size)
          releaseMemory(block + offset)
        }
        free(block)
      }
    }
    for cell in large {
      releaseMemory(cell)
      free(cell)
    }
    records.deinitialize(count: 1)
    records.deallocate()
  }
}

/// What a heap keeps outside its cells.
struct HeapRecords {
  var blocks: [Heap.BlockList] = Array(repeating: Heap.BlockList(), count: Heap.classCount)
  var large: [Address] = []
  var allocated = 0
  var memoryLimit = Int.max
  var collector = Collector()
  var collectsAlways = false
  var stressCount = 0
}

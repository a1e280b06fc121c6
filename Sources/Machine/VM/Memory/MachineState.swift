/// Everything the handlers touch, at one address. The dispatch table comes first: a handler finds
/// the next one at `8 × opcode`.
struct MachineState {
  /// The table in use; entries are swapped for preemption, barriers and tracing.
  var handlers: InlineArray<256, UInt> = InlineArray(repeating: 0)
  /// The handlers proper.
  var plainHandlers: InlineArray<256, UInt> = InlineArray(repeating: 0)
  /// Saved by slow paths, and where they go on.
  var pc: Address
  var base: Address
  var stackLimit: Address
  var fiber: Address
  /// The colour of live objects: 1 or 2.
  var color: UInt8
  var isMarking: Bool
  var isHalted: Bool
  var isTicking: Bool
  /// The next call must evaluate defaults although it has all arguments: some are holes.
  var forcesDefaults: Bool
  /// A helper of a slow path has raised: its caller must not report again.
  var isFaulting: Bool
  /// A limit made a native give up: what it returns is no result.
  var isCut: Bool
  /// Heads of the free lists by size class.
  var free: UnsafeMutablePointer<UInt>
  /// Bytes handed out since the collector last ran, less what it lets pass: positive asks for it.
  var debt: Int
  var result: Value
  /// Turns of loops and calls left before the next one is a tick; below 0 after it.
  var budget: Int
  var readyHead: Int
  var readyCount: Int
  var readyMask: Int
  var ready: UnsafeMutablePointer<UInt>
  var interned: UnsafeMutablePointer<UInt>
  var internedCapacity: Int
  var internedCount: Int
  var hashSeed: UInt64
  /// The global method cache: pairs of key and target.
  var methodCache: Address
  /// Interned one-byte strings.
  var oneByteText: UnsafeMutablePointer<UInt>
  var haltCode: Address
  var machine: Unmanaged<Machine>
  var heap: UnsafeMutablePointer<HeapRecords>
  /// Set by a signal handler; seen at the next tick.
  var interruptRequested: Bool
}

typealias State = UnsafeMutablePointer<MachineState>

@inline(__always) func state(_ vm: Address) -> State {
  vm.assumingMemoryBound(to: MachineState.self)
}

/// The register at a byte offset from a frame's base.
@inline(__always) func register(_ base: Address, _ offset: Int) -> UnsafeMutablePointer<Value> {
  (base + offset).assumingMemoryBound(to: Value.self)
}

extension Address {
  /// The machine that owns a state.
  @inline(__always) var machine: Machine {
    assumingMemoryBound(to: MachineState.self).pointee.machine.takeUnretainedValue()
  }
  /// Calls into the machine without counting references: whoever runs it keeps it alive.
  @inline(__always) func withMachine(_ body: (Machine) -> Void) {
    assumingMemoryBound(to: MachineState.self).pointee.machine._withUnsafeGuaranteedRef(body)
  }
  @inline(__always) var heap: Heap {
    Heap(vm: self, records: assumingMemoryBound(to: MachineState.self).pointee.heap)
  }
}

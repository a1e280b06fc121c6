import JanusBytecode
import Glibc

/// A virtual machine: loaded modules, heap, fibers. It belongs to one thread.
public final class Machine {
  let vm: Address
  package let heap: Heap
  public var environment: Environment
  var shapes: [Shape] = []
  var types: [RuntimeType] = []
  var typeNumbers: [TypeName: Int] = [:]
  /// Types of core values, by tag.
  var coreTypes: [Int] = []
  var contracts: [RuntimeContract] = []
  var prototypes: [LoadedPrototype] = []
  var natives: [LoadedNative] = []
  var modules: [String: LoadedModule] = [:]
  var moduleOrder: [String] = []
  /// Texts that code refers to by number, in messages.
  var texts: [String] = []
  var textNumbers: [String: Int] = [:]
  /// Values that code holds: constants and closures.
  var pinned: [Value] = []
  /// Memory of code and records, freed with the machine.
  var arena: [Address] = []
  var globals: [(start: Address, count: Int)] = []
  var scheduler = Scheduler()
  var handles = HandleTable()
  /// Bytes printed and not yet written.
  var output: [UInt8] = []
  /// Finds natives by registered name; grows as modules are linked.
  var nativeFunctions: [String: NativeFunction] = [:]
  /// Gives the module that holds the methods of a core type, on the first use of one.
  public var loadCoreType: ((_ name: String) -> Void)?
  var outcome = Outcome.finished
  var limits = LimitState()
  package var logging: LogSettings
  /// What was read from standard input and not yet taken.
  package let input: InputBuffer
  /// A script function that calls a native for `spawn`.
  var nativeAdapter: Value?

  public init(environment: Environment) {
    self.environment = environment
    logging = environment.logging
    input = InputBuffer(descriptor: environment.input)
    let size = MemoryLayout<MachineState>.size
    vm = Address.allocate(byteCount: size, alignment: 64)
    memset(vm, 0, size)
    let records = UnsafeMutablePointer<HeapRecords>.allocate(capacity: 1)
    records.initialize(to: HeapRecords())
    heap = Heap(vm: vm, records: records)
    setUpState()
    setUpCoreTypes()
    setUpFaults()
    setUpOneByteText()
    setUpNativeAdapter()
  }

  /// The entry of the dispatch table whose handler returns.
  private static let stopIndex = 255

  private func setUpState() {
    let s = state(vm)
    s.pointee.machine = Unmanaged.passUnretained(self)
    s.pointee.heap = heap.records
    s.pointee.color = 1
    s.pointee.debt = -Collector.firstThreshold
    s.pointee.free = zeroed(Heap.classCount)
    s.pointee.interned = zeroed(1024)
    s.pointee.internedCapacity = 1024
    s.pointee.readyMask = 63
    s.pointee.ready = zeroed(64)
    s.pointee.oneByteText = zeroed(256)
    s.pointee.hashSeed = environment.hashSeed
    s.pointee.methodCache = Address.allocate(byteCount: 1024 * 32, alignment: 64)
    memset(s.pointee.methodCache, 0, 1024 * 32)
    for opcode in Opcode.allCases {
      let handler = UInt(bitPattern: unsafeBitCast(opcode.handler, to: Int.self))
      s.pointee.handlers[Int(opcode.rawValue)] = handler
      s.pointee.plainHandlers[Int(opcode.rawValue)] = handler
    }
    for opcode in QuickOpcode.allCases {
      s.pointee.handlers[Int(opcode.rawValue)] = UInt(
        bitPattern: unsafeBitCast(opcode.handler, to: Int.self))
    }
    assert(Opcode.backwardJumps.isSubset(of: Set(Opcode.counted.map(\.opcode))))
    // The word before the return address of a fiber's first frame, and what runs after it.
    let code = Address.allocate(byteCount: 24, alignment: 16)
    code.put(0, Instruction(.call, a: 0, c: 0).word)
    code.put(8, Instruction(.halt, a: 0).word)
    code.put(16, UInt64(Machine.stopIndex))
    let stop = UInt(bitPattern: unsafeBitCast(op_stop as Handler, to: Int.self))
    s.pointee.handlers[Machine.stopIndex] = stop
    s.pointee.haltCode = code + 8
    arena.append(code)
  }

  /// `(function, list) → function(..list)`, for natives that are spawned.
  private func setUpNativeAdapter() {
    var image = ModuleImage(name: "machine", sourceName: "machine")
    image.constants = [.text([])]
    var prototype = Prototype(name: "spawned native")
    prototype.parameterNames = ["function", "arguments"]
    prototype.requiredCount = 2
    prototype.registerCount = 8
    let call = Instruction(.callSpread, x: 1, a: 32, c: 0).word
    prototype.code = [
      Instruction(.move, a: 32, b: 0).word, Instruction(.move, a: 64, b: 16).word, call, 0, call,
      Instruction(.returnValue, a: 0).word,
    ]
    image.prototypes = [prototype]
    image.functions = [0]
    do {
      try link(image)
    } catch {
      preconditionFailure(error.message)
    }
    let record = prototypes[prototypes.count - 1].record
    nativeAdapter = .object(record.address(PrototypeRecord.closure), Tag.closure)
  }

  private func zeroed(_ count: Int) -> UnsafeMutablePointer<UInt> {
    let memory = UnsafeMutablePointer<UInt>.allocate(capacity: count)
    memory.initialize(repeating: 0, count: count)
    return memory
  }

  private func setUpOneByteText() {
    for byte in 0..<128 {
      var character = UInt8(byte)
      state(vm).pointee.oneByteText[byte] = UInt(bitPattern: heap.intern(&character, 1))
    }
  }

  deinit {
    let s = state(vm)
    s.pointee.free.deallocate()
    s.pointee.interned.deallocate()
    s.pointee.ready.deallocate()
    s.pointee.oneByteText.deallocate()
    s.pointee.methodCache.deallocate()
    for memory in arena { memory.deallocate() }
    for block in globals { block.start.deallocate() }
    heap.freeBlocks()
    vm.deallocate()
  }

  /// A text that messages use, by number.
  func text(_ number: Int) -> String { texts[number] }

  /// An interned string that lives as long as the machine.
  func pinnedName(_ name: String) -> Address {
    var name = name
    let text = name.withUTF8 { bytes in
      heap.makeText(
        bytes.baseAddress ?? UnsafePointer(bitPattern: 1).unsafelyUnwrapped,
        bytes.count
      )
    }
    pinned.append(text)
    return text.address
  }

  /// Swaps the entries of stores while the collector marks.
  func setBarriers(_ on: Bool) {
    let s = state(vm)
    let barrier = UInt(bitPattern: unsafeBitCast(op_barrier as Handler, to: Int.self))
    for opcode in Opcode.stores {
      let index = Int(opcode.rawValue)
      s.pointee.handlers[index] = on ? barrier : s.pointee.plainHandlers[index]
    }
  }

  /// Swaps the entries of loops and calls while turns are counted.
  func setTicking(_ on: Bool) {
    let s = state(vm)
    s.pointee.isTicking = on
    for (opcode, handler) in Opcode.counted {
      let index = Int(opcode.rawValue)
      let counted = UInt(bitPattern: unsafeBitCast(handler, to: Int.self))
      s.pointee.handlers[index] = on ? counted : s.pointee.plainHandlers[index]
    }
  }

  /// Shades everything that is reachable without going through another object.
  func markRoots() {
    for value in pinned { heap.shade(value) }
    for byte in 0..<128 {
      heap.shadeOptional(Address(bitPattern: state(vm).pointee.oneByteText[byte]))
    }
    for block in globals {
      for index in 0..<block.count { heap.shade(block.start.value(index * Value.stride).pointee) }
    }
    for shape in shapes { heap.shade(shape.singleton) }
    let s = state(vm)
    heap.shade(s.pointee.result)
    for position in 0..<s.pointee.readyCount {
      let slot = (s.pointee.readyHead + position) & s.pointee.readyMask
      heap.shadeOptional(Address(bitPattern: s.pointee.ready[slot]))
    }
    scheduler.forEachRoot { heap.shade($0) }
  }
}

/// How a run ended.
public enum Outcome {
  case finished
  case exited(Int)
  /// An error that nobody caught; its text and places.
  case failed(UncaughtError)
}

/// What the log shows, and how.
public struct LogSettings: Sendable {
  public enum Level: Int, Sendable, CaseIterable {
    case debug, info, warn, error

    /// As it is written in scripts and options.
    public var name: String { "\(self)" }
  }

  /// The least level that is shown; nil for none.
  public var level: Level? = .info
  /// One JSON object a line, for programs that read the log.
  public var isJSON = false

  public init() {}

  /// Reads a level, `off`, or either with `,json` behind it; nil for anything else.
  public init?(_ text: String) {
    var words = text.lowercased().split(separator: ",", omittingEmptySubsequences: false)
    if words.last == "json" {
      isJSON = true
      words.removeLast()
      if words.isEmpty { return }
    }
    guard words.count == 1 else { return nil }
    guard words[0] != "off" else {
      level = nil
      return
    }
    guard let level = Level.allCases.first(where: { $0.name == words[0] }) else { return nil }
    self.level = level
  }
}

/// What the machine asks of its surroundings.
public struct Environment {
  /// Writes bytes to standard output or standard error.
  public var write: (_ bytes: UnsafeRawBufferPointer, _ toError: Bool) -> Void
  /// Nanoseconds that never go back.
  public var monotonic: () -> Int
  /// Nanoseconds since 1970-01-01 UTC.
  public var now: () -> Int
  /// Waits until the given instant of `monotonic`, or for something from outside; false when
  /// nothing can come any more.
  public var wait: (_ until: Int?) -> Bool
  /// Waits for descriptors until an instant of `monotonic`: 0 for not at all, nil for as long as it
  /// takes; a signal ends it. Which of them are ready.
  public var poll: (_ watches: [Watch], _ until: Int?) -> [Bool]
  /// Where the program reads its standard input.
  public var input: CInt
  /// What the log shows at first.
  public var logging = LogSettings()
  /// Random bytes.
  public var randomWord: () -> UInt64
  public var hashSeed: UInt64
  public var arguments: [String]
  /// True when every print is shown at once.
  public var isInteractive: Bool
  /// Asked before a native touches the world.
  public var grants: any Grants

  public init(
    write: @escaping (UnsafeRawBufferPointer, Bool) -> Void,
    monotonic: @escaping () -> Int,
    now: @escaping () -> Int,
    wait: @escaping (Int?) -> Bool,
    poll: @escaping ([Watch], Int?) -> [Bool],
    input: CInt,
    randomWord: @escaping () -> UInt64,
    hashSeed: UInt64,
    arguments: [String],
    isInteractive: Bool,
    grants: any Grants
  ) {
    self.write = write
    self.monotonic = monotonic
    self.now = now
    self.wait = wait
    self.poll = poll
    self.input = input
    self.randomWord = randomWord
    self.hashSeed = hashSeed
    self.arguments = arguments
    self.isInteractive = isInteractive
    self.grants = grants
  }
}

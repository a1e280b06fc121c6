public import JanusBytecode

/// A native: the machine, the arguments, their count. Returns a `NativeStatus`.
public typealias NativeFunction =
  @Sendable @convention(c) (
    UnsafeMutableRawPointer, UnsafeMutableRawPointer, Int
  ) -> Int32

/// How a native came back.
enum NativeStatus {
  static let done: Int32 = 0
  /// It raised an error: the state already says where to go on.
  static let raised: Int32 = 1
  /// The fiber waits; the result comes when it is woken.
  static let parked: Int32 = 2
}

/// What a native gives back: made by the methods of `NativeCall`.
public struct NativeResult {
  let status: Int32
}

/// A native's arguments and its means: values are made, and errors raised, through it.
public struct NativeCall {
  let vm: Address
  let arguments: UnsafeMutablePointer<Value>
  public let count: Int

  @inline(__always)
  init(_ vm: Address, _ arguments: Address, _ count: Int) {
    self.vm = vm
    self.arguments = arguments.assumingMemoryBound(to: Value.self)
    self.count = count
  }

  public var machine: Machine { vm.machine }
  package var heap: Heap { vm.heap }

  /// An argument; null when it was not given.
  public subscript(_ index: Int) -> Value {
    guard index < count else { return .null }
    let value = arguments[index]
    return value.isUndefined ? .null : value
  }

  /// True when an argument was given.
  public func has(_ index: Int) -> Bool { index < count && !arguments[index].isUndefined }

  public func done(_ value: Value) -> NativeResult {
    if _slowPath(state(vm).pointee.isCut) { return cut }
    state(vm).pointee.result = value
    return NativeResult(status: NativeStatus.done)
  }

  public func fault(_ kind: FaultKind, _ message: String, hint: String? = nil) -> NativeResult {
    vm.machine.fault(kind, message, hint: hint)
    return NativeResult(status: NativeStatus.raised)
  }

  /// The limit that was met on the way is raised in place of the result.
  private var cut: NativeResult {
    vm.machine.raiseCut()
    return NativeResult(status: NativeStatus.raised)
  }

  /// After a helper of the machine has raised.
  package var raised: NativeResult { NativeResult(status: NativeStatus.raised) }
  package var parked: NativeResult { NativeResult(status: NativeStatus.parked) }

  public func typeFault(_ index: Int, _ expected: String, in function: String) -> NativeResult {
    fault(
      .type,
      "argument \(index + 1) of \(function) must be \(expected), "
        + "not \(machine.described(self[index]))"
    )
  }
}

/// A row of a native table.
public struct Native: Sendable {
  public let name: String
  let function: NativeFunction

  /// - Parameter name: such as `json.parse`; a method is named after its type: `list.push`.
  public init(_ name: String, _ function: @escaping NativeFunction) {
    self.name = name
    self.function = function
  }
}

/// Turns a body over a `NativeCall` into the call the machine makes.
@inline(__always)
public func native(
  _ vm: UnsafeMutableRawPointer,
  _ arguments: UnsafeMutableRawPointer,
  _ count: Int,
  _ body: (NativeCall) -> NativeResult
) -> Int32 {
  body(NativeCall(vm, arguments, count)).status
}

extension Machine {
  /// Makes natives known by name, for modules linked later.
  public func provide(_ natives: [Native]) {
    for native in natives { nativeFunctions[native.name] = native.function }
  }
}

/// Something of the host that scripts hold. It holds no values of the machine.
open class HostObject {
  /// The name that `type(x)` gives.
  package let kindName: String
  /// Memory that it needs outside the heap: it counts there.
  package let byteCount: Int

  package init(kindName: String, byteCount: Int) {
    self.kindName = kindName
    self.byteCount = byteCount
  }
}

/// Host objects that scripts hold, by the token in their handles.
struct HandleTable {
  private var objects: [HostObject?] = []
  private var free: [Int] = []

  mutating func add(_ object: HostObject) -> Int {
    if let token = free.popLast() {
      objects[token] = object
      return token
    }
    objects.append(object)
    return objects.count - 1
  }

  mutating func remove(_ token: Int) -> HostObject? {
    free.append(token)
    defer { objects[token] = nil }
    return objects[token]
  }

  func object(_ handle: Address) -> HostObject? { objects[handle.int(HandleLayout.token)] }
  func kindName(_ handle: Address) -> String { object(handle)?.kindName ?? "handle" }
}

extension Machine {
  /// A value that keeps a host object until the collector finds that nobody holds it.
  package func makeHandle(_ object: HostObject) -> Value {
    let handle = heap.allocate(HandleLayout.size, Tag.handle, 0)
    handle.put(HandleLayout.token, handles.add(object))
    heap.count(outside: object.byteCount)
    return .object(handle, Tag.handle)
  }

  /// The host object of a value; nil for a value that is none.
  package func hostObject(_ value: Value) -> HostObject? {
    value.tag == Tag.handle ? handles.object(value.address) : nil
  }

  func releaseHandle(_ handle: Address) {
    guard let object = handles.remove(handle.int(HandleLayout.token)) else { return }
    heap.count(outside: -object.byteCount)
  }
}

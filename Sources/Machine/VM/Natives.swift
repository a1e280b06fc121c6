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
    state(vm).pointee.result = value
    return NativeResult(status: NativeStatus.done)
  }

  public func fault(_ kind: FaultKind, _ message: String, hint: String? = nil) -> NativeResult {
    vm.machine.fault(kind, message, hint: hint)
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

/// Host values that scripts hold.
struct HandleTable {
  func kindName(_ handle: Address) -> String { "handle" }
  func forEachValue(_ body: (Value) -> Void) {}
}

extension Machine {
  func releaseHandle(_ handle: Address) {}
}

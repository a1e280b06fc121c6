package import JanusBytecode

/// A descriptor of the system and what is waited for; an error or a closed end counts as well.
public struct Watch: Sendable {
  public enum Direction: Sendable {
    /// There are bytes to read, or an end.
    case reading
    /// Bytes can be written without waiting.
    case writing
  }

  public var descriptor: CInt
  public var direction: Direction

  public init(_ descriptor: CInt, _ direction: Direction) {
    self.descriptor = descriptor
    self.direction = direction
  }
}

/// How work outside the machine ended.
package enum ExternalResult {
  /// Makes the value that the fiber waited for.
  case value((Machine) -> Value)
  case fault(FaultKind, String, hint: String? = nil)
}

/// Work outside the machine that a fiber waits for. It never blocks: it says what it waits for, and
/// is asked to go on when that may have come.
package protocol ExternalWork: AnyObject {
  var watches: [Watch] { get }
  /// An instant of the monotonic clock at which it wants to go on in any case.
  var wakesAt: Int? { get }
  /// Does what can be done now; nil when there is more to wait for.
  func proceed(now: Int) -> ExternalResult?
  /// The fiber waits no longer: it was cancelled, or the program ends.
  func abandon()
}

/// A fiber and the work it waits for.
struct ExternalWait {
  let fiber: Address
  let ticket: UInt32
  let work: any ExternalWork
}

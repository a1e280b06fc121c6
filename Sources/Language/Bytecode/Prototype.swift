public import JanusSource

/// The compiled form of one function.
public struct Prototype: Sendable {
  public var name: String
  public var parameterNames: [String] = []
  /// Parameters without a default, before the rest parameter.
  public var requiredCount = 0
  public var hasRest = false
  public var registerCount = 0
  /// Captured variables, in the order of their indices.
  public var captures: [Capture] = []
  public var code: [UInt64] = []
  /// Offset in words of the entry that evaluates defaults of absent arguments; 0 is the entry for
  /// a call that supplies all.
  public var defaultsEntry = 0
  /// Innermost first: the first range that holds an offset is the one that counts.
  public var handlers: [Handler] = []
  /// Sorted by offset: the source of every instruction that can fail.
  public var places: [Place] = []

  public init(name: String) { self.name = name }

  /// Where a closure finds a captured value when it is made.
  public struct Capture: Sendable, Equatable {
    /// True: a register of the function that makes the closure; false: one of its own captures.
    public var isRegister: Bool
    public var index: Int
    public init(isRegister: Bool, index: Int) {
      self.isRegister = isRegister
      self.index = index
    }
  }

  /// A range of code whose errors go to `target` with the error in `register`.
  public struct Handler: Sendable, Equatable {
    public var start: Int
    public var end: Int
    public var target: Int
    public var register: Int
    /// Cleanups also see cancellation and limits, which no `catch` does.
    public var isCleanup: Bool
    public init(start: Int, end: Int, target: Int, register: Int, isCleanup: Bool) {
      self.start = start
      self.end = end
      self.target = target
      self.register = register
      self.isCleanup = isCleanup
    }
  }

  public struct Place: Sendable, Equatable {
    public var offset: UInt32
    public var span: Span
    public init(offset: UInt32, span: Span) {
      self.offset = offset
      self.span = span
    }
  }
}

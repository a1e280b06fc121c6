public import JanusBytecode
public import JanusSource

extension Machine {
  static let firstShape = 64
  static let failureShape = firstShape + FaultKind.allCases.count
  static let cancellationShape = failureShape + 1
  static let exitShape = failureShape + 2

  /// Shapes of the prelude's faults, of `fail "text"`, and of what unwinds fibers silently.
  func setUpFaults() {
    let placeholder = Shape(
      type: 0, name: "", tag: Tag.structure, fieldNames: [], fieldTexts: [], contracts: [],
      constructor: .undefined, singleton: .null)
    shapes = Array(repeating: placeholder, count: Machine.firstShape)
    let fault = addType(
      RuntimeType(name: TypeName(module: "prelude", name: "Fault"), kind: .error))
    let fields = ["message", "hint"]
    for kind in FaultKind.allCases {
      addErrorShape(fault, kind.caseName, fields, isUncatchable: kind == .limit)
    }
    let failure = addType(
      RuntimeType(name: TypeName(module: "prelude", name: "error"), kind: .error))
    addErrorShape(failure, "fail", ["message"], isUncatchable: false)
    addErrorShape(failure, "cancelled", ["target"], isUncatchable: true)
    addErrorShape(failure, "exit", ["status"], isUncatchable: true)
  }

  private func addErrorShape(
    _ type: Int, _ name: String, _ fields: [String], isUncatchable: Bool
  ) {
    types[type].shapes.append(shapes.count)
    shapes.append(
      Shape(
        type: type, name: name, tag: Tag.error, fieldNames: fields.map(pinnedName),
        fieldTexts: fields, contracts: fields.map { _ in -1 }, constructor: .undefined,
        singleton: .null, isUncatchable: isUncatchable))
  }

  func makeError(shape: Int, _ fields: [Value]) -> Value {
    let error = heap.allocate(
      FieldsLayout.first + fields.count * Value.stride, Tag.error, UInt32(shape))
    error.put(FieldsLayout.trace, nil as Address?)
    for (index, field) in fields.enumerated() {
      error.value(FieldsLayout.first + index * Value.stride).pointee = field
    }
    return .object(error, Tag.error)
  }

  func makeFault(_ kind: FaultKind, _ message: String, hint: String? = nil) -> Value {
    makeError(
      shape: Machine.firstShape + kind.rawValue,
      [string(message), hint.map { string($0) } ?? .null])
  }

  /// Raises a fault at the saved pc.
  public func fault(_ kind: FaultKind, _ message: String, hint: String? = nil) {
    raise(makeFault(kind, message, hint: hint))
  }

  /// Raises an error: gives it a trace if it has none, and unwinds the fiber to the innermost
  /// handler. Afterwards the state says where to go on.
  func raise(_ error: Value) {
    if error.address.optionalAddress(FieldsLayout.trace) == nil {
      error.address.put(FieldsLayout.trace, captureTrace())
      let isLimit =
        Int(error.address.u32(Header.aux)) == Machine.firstShape + FaultKind.limit.rawValue
      if isLimit, !noteLimit(error) { return }
    }
    unwind(error)
  }

  func unwind(_ error: Value) {
    let s = state(vm)
    var base = s.pointee.base
    var pc = s.pointee.pc
    let isUncatchable = shapes[Int(error.address.u32(Header.aux))].isUncatchable
    while true {
      let prototype = register(base, -32).pointee.address.address(ClosureLayout.prototype)
      let code = prototype.address(PrototypeRecord.entry)
      if let handler = findHandler(prototype, pc - code, isUncatchable) {
        register(base, Int(handler.u32(12))).pointee = error
        if isUncatchable { s.pointee.fiber.put(FiberLayout.shield, UInt32(1)) }
        s.pointee.base = base
        s.pointee.pc = code + Int(handler.u32(8)) * 8
        return
      }
      let returnPC = (base - 16).address(0)
      if returnPC == s.pointee.haltCode { return fiberFailed(error) }
      base -= fieldA(returnPC.u64(-8)) + 32
      pc = returnPC
    }
  }

  /// The record (start, end, target in words, register offset, kind) of the innermost handler.
  private func findHandler(
    _ prototype: Address, _ offset: Int, _ isUncatchable: Bool
  ) -> Address? {
    let count = Int(prototype.u32(PrototypeRecord.handlerCount))
    guard count > 0 else { return nil }
    let word = offset / 8 - 1
    var handler = prototype.address(PrototypeRecord.handlers)
    for _ in 0..<count {
      if word >= Int(handler.u32(0)), word < Int(handler.u32(4)),
        !isUncatchable || handler.u32(16) != 0
      {
        return handler
      }
      handler += 20
    }
    return nil
  }

  /// As many frames as a trace walks over for what one step costs elsewhere.
  private static let framesPerStep = 8

  /// The places of the frames, innermost first, up to a limit.
  private func captureTrace() -> Address {
    let limit = 48
    let s = state(vm)
    var base = s.pointee.base
    var pc = s.pointee.pc
    return withUnsafeTemporaryAllocation(of: (Address, Address).self, capacity: limit) { frames in
      var count = 0
      var total = 0
      while true {
        let prototype = register(base, -32).pointee.address.address(ClosureLayout.prototype)
        if count < limit {
          frames.initializeElement(at: count, to: (prototype, pc))
          count += 1
        }
        total += 1
        let returnPC = (base - 16).address(0)
        if returnPC == s.pointee.haltCode || total > 1_000_000 { break }
        base -= fieldA(returnPC.u64(-8)) + 32
        pc = returnPC
      }
      // Faults in a deep recursion are dear: limits must see it.
      limits.usedSteps += total / Machine.framesPerStep
      let trace = heap.allocate(
        TraceLayout.first + count * TraceLayout.entrySize, Tag.trace, UInt32(count))
      trace.put(TraceLayout.total, total)
      for index in 0..<count {
        trace.put(TraceLayout.first + index * 16, frames[index].0)
        trace.put(TraceLayout.first + index * 16 + 8, frames[index].1)
      }
      return trace
    }
  }

  /// The frames of an error, for people.
  func frames(of error: Value) -> (frames: [TraceFrame], total: Int) {
    guard let trace = error.address.optionalAddress(FieldsLayout.trace) else { return ([], 0) }
    var frames: [TraceFrame] = []
    for index in 0..<Int(trace.u32(Header.aux)) {
      let record = trace.address(TraceLayout.first + index * 16)
      let pc = trace.address(TraceLayout.first + index * 16 + 8)
      let prototype = prototypes[record.int(PrototypeRecord.index)]
      let word = (pc - record.address(PrototypeRecord.entry)) / 8 - 1
      frames.append(
        TraceFrame(
          function: prototype.name, module: prototype.module,
          span: span(at: word, in: prototype.places)))
    }
    return (frames, trace.int(TraceLayout.total))
  }

  /// The last place that does not lie behind a word.
  private func span(at word: Int, in places: [Prototype.Place]) -> Span? {
    var low = 0
    var high = places.count
    while low < high {
      let middle = (low + high) / 2
      if Int(places[middle].offset) <= word { low = middle + 1 } else { high = middle }
    }
    return low > 0 ? places[low - 1].span : nil
  }

  // MARK: What scripts see of an error

  /// `Fault.Index`, `NetError.Refused`, `fail`.
  func code(of error: Value) -> String {
    let number = Int(error.address.u32(Header.aux))
    let shape = shapes[number]
    if number >= Machine.failureShape, number <= Machine.exitShape { return shape.name }
    return "\(types[shape.type].name.name).\(shape.name)"
  }

  /// The text of an error: a `message` field, else the value as it prints.
  func message(of error: Value) -> String {
    let shape = shapes[Int(error.address.u32(Header.aux))]
    if let index = shape.fieldTexts.firstIndex(of: "message") {
      let field = error.address.value(FieldsLayout.first + index * Value.stride).pointee
      if field.isString { return swiftString(field) }
      if field.isNull { return code(of: error) }
      return display(field)
    }
    return display(error)
  }

  func hint(of error: Value) -> Value {
    let shape = shapes[Int(error.address.u32(Header.aux))]
    guard let index = shape.fieldTexts.firstIndex(of: "hint") else { return .null }
    return error.address.value(FieldsLayout.first + index * Value.stride).pointee
  }

  func uncaught(_ error: Value) -> UncaughtError {
    let (frames, total) = frames(of: error)
    let hint = hint(of: error)
    return UncaughtError(
      code: code(of: error), message: message(of: error),
      hint: hint.isString ? swiftString(hint) : nil, frames: frames, frameCount: total)
  }
}

/// One function in a trace.
public struct TraceFrame: Sendable {
  public var function: String
  public var module: String
  public var span: Span?
}

/// An error that ended a program, ready to be shown.
public struct UncaughtError: Sendable {
  public var code: String
  public var message: String
  public var hint: String?
  /// Innermost first; at most 48 of `frameCount`.
  public var frames: [TraceFrame]
  public var frameCount: Int
}

import JanusSemantics
import JanusSource
import JanusSyntax

extension Checker {
  /// What calls of a function give. Its body is walked when this is first asked.
  func result(of id: FunctionID) -> ValueType {
    let function = program.functions[Int(id)]
    guard function.module == module else { return program.checkers[function.module].result(of: id) }
    let annotated = function.result.map { program.type(of: $0) }
    if function.isNative || program.modules[module].isLibrary { return annotated ?? .any }
    if let closure = function.closureResult { return annotated ?? closure }
    if let known = results[id] { return known ?? annotated ?? .any }
    guard tree[function.node].kind == .function else { return annotated ?? .any }
    guard program.checkers[module].callDepth < Limits.callDepth else { return annotated ?? .any }
    results[id] = .some(nil)
    callDepth += 1
    let outerDepth = depth
    depth = 0
    var found = ValueType.any
    walkApart { found = walkFunction(id) }
    depth = outerDepth
    callDepth -= 1
    results[id] = found
    return found
  }

  /// Walks a function's parameters and body in a frame of its own; the result.
  private func walkFunction(_ id: FunctionID) -> ValueType {
    let function = program.functions[Int(id)]
    let node = tree[function.node]
    frame.function = id
    let parts = Array(tree.items(node.c))
    declareParameters(function)
    guard parts.count > 2, parts[2] >= 0 else {
      return function.result.map { program.type(of: $0) } ?? .any
    }
    return walkFunctionBody(parts[2], function)
  }

  private func walkFunctionBody(_ body: NodeID, _ function: Function) -> ValueType {
    var value = walkTail(body, function)
    if !frame.isReachable { value = .never }
    let returned = frame.returned.joined(value)
    program.functions[Int(frame.function)].requirements = Array(frame.requirements.values)
    // A promised result that is only ever another way to leave stays as promised.
    return function.result.map { program.admitted(returned, $0) } ?? returned
  }

  /// The last expression of a body is its value, and is held to the result type.
  private func walkTail(_ body: NodeID, _ function: Function) -> ValueType {
    guard tree[body].kind == .block else {
      return isStatement(body) ? walkStatement(body, wants: .value) : bindResult(body)
    }
    let items = tree.items(tree[body].a)
    guard let last = items.last else {
      checkEmptyBody(body, function)
      return .null
    }
    guard !isStatement(last), function.result != nil else {
      let value = walkBlock(tree[body].a, wants: .value)
      if frame.isReachable { checkFallsOff(last, value, function) }
      return value
    }
    for (index, item) in items.dropLast().enumerated() {
      guard frame.isReachable else { break }
      walkStatement(item, wants: .nothing)
      if !frame.isReachable {
        // Walked again as a block only to report the rest.
        let rest = items.dropFirst(index + 1)
        reportRest(rest)
        return .never
      }
    }
    return bindResult(last)
  }

  private func reportRest(_ rest: ArraySlice<NodeID>) {
    guard let first = rest.first, let last = rest.last else { return }
    warning(
      .unreachableCode, Span(tree[first].start, tree[last].end), "this code is never reached",
      help: "what stands before it always leaves")
  }

  /// Statements have no value: a body that ends in one gives null.
  private func isStatement(_ id: NodeID) -> Bool {
    switch tree[id].kind {
    case .let, .var, .const, .assign, .while, .for, .defer, .conditional, .return, .fail, .break,
      .continue, .function, .struct, .enum, .errorType, .trait, .impl, .use, .useZig, .test,
      .feature, .scenario, .stepMarker, .error:
      true
    default: false
    }
  }

  private func checkEmptyBody(_ body: NodeID, _ function: Function) {
    checkFallsOff(body, .null, function)
  }

  /// The body ends in a statement although a result is promised.
  private func checkFallsOff(_ last: NodeID, _ value: ValueType, _ function: Function) {
    guard let contract = function.result, !program.canFulfil(.null, contract) else { return }
    guard isStatement(last) || tree[last].kind == .block else { return }
    let span = tree[last].span
    error(
      .resultType, Span(span.start, min(span.end, span.start + 60)),
      "the result of \(function.name) must be \(program.spelling(of: contract)), but its body ends "
        + "without a value",
      labels: [.init(span: tree[resultNode(frame.function)].span, text: "promised here")])
  }

  private func declareParameters(_ function: Function) {
    frame.isCertain = true
    for (index, parameter) in function.parameters.enumerated() {
      let node = tree[parameter.node]
      if node.a >= 0, node.c >= 0 {
        if !isLiteral(node.c) { frame.isCertain = false }
        bind(node.c, to: parameter.contract, declaredAt: node.b) {
          "the parameter `\(parameter.name)`"
        }
      }
      guard let id = symbol(of: parameter.node) else {
        if node.a < 0 { bindPattern(node.c, to: .any) }
        continue
      }
      var type = program.type(of: parameter.contract)
      if parameter.isRest { type = ValueType(.list) }
      if parameter.name == "self", index == 0 { type = selfType(function) }
      declare(id, type, contract: parameter.contract)
      // A parameter that is assigned may be made what the body needs.
      if !parameter.isOptional, !parameter.isRest, !resolution.symbols[Int(id)].isReassigned {
        frame.parameterSymbols[id] = index
      }
    }
  }

  /// What `self` is in a method.
  private func selfType(_ function: Function) -> ValueType {
    names.selfContracts[function.node].map { program.type(of: $0) } ?? .any
  }

  // MARK: Closures

  func walkClosure(_ id: NodeID) -> ValueType {
    let function = program.addClosure(id, in: module)
    let node = tree[id]
    var result = ValueType.any
    walkClosureBody(function) {
      declareParameters(program.functions[Int(function)])
      frame.isCertain = false
      result =
        node.b >= 0 ? walkFunctionBody(node.b, program.functions[Int(function)]) : .null
    }
    program.functions[Int(function)].closureResult = result
    return ValueType(.function, .function(function))
  }

  /// Walks a body that runs at another time, with what is known here.
  func walkClosureBody(_ function: FunctionID = -1, _ body: () -> Void) {
    let outer = frame
    let start = mark
    frame = Frame()
    frame.function = function
    // What surrounds the closure will most likely surround its calls.
    frame.guards = outer.guards
    frame.catches = outer.catches
    body()
    _ = takeBranch(since: start)
    frame = outer
  }
}

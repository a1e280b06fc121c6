import JanusSemantics
import JanusSource
import JanusSyntax

extension Checker {
  func walkCall(_ id: NodeID, _ node: Node) -> ValueType {
    call(node.a, Array(tree.items(node.b)), at: id)
  }

  /// `x |> f(y)` is `f(x, y)`.
  func walkPipe(_ node: Node) -> ValueType {
    let right = tree[node.b]
    guard right.kind == .call else { return call(node.b, [node.a], at: node.b) }
    return call(right.a, [node.a] + tree.items(right.b), at: node.b)
  }

  private func call(_ callee: NodeID, _ arguments: [NodeID], at id: NodeID) -> ValueType {
    let node = tree[callee]
    if node.kind == .member { return callMember(callee, node, arguments, at: id) }
    if coreKind(callee) != nil, let symbol = symbol(of: callee),
      resolution.symbols[Int(symbol)].kind == .coreType
    {
      reportNotCallable(callee, "`\(text(callee))` is a type and cannot be called", help: nil)
      walkArguments(arguments)
      return .any
    }
    let value = walk(callee)
    guard !value.isNever else { return .never }
    return call(value, callee, arguments, at: id)
  }

  /// Calls what an expression gives.
  private func call(
    _ value: ValueType, _ callee: NodeID, _ arguments: [NodeID], at id: NodeID
  ) -> ValueType {
    if case .function(let function) = value.detail, value.kinds == .function {
      return call(function, arguments, dropsSelf: false, at: id)
    }
    guard value.kinds.contains(.function) else {
      var help: String?
      if case .typeObject(let type) = value.detail {
        help = "make a value with \(program.types[Int(type)].name) { … }"
      }
      let what =
        value.kinds == .type ? "`\(text(callee))` is a type and" : "\(describe(value))"
      reportNotCallable(callee, "\(what) cannot be called", help: help)
      walkArguments(arguments)
      return .any
    }
    note(value, .function, callee)
    walkArguments(arguments)
    frame.isCertain = false
    return .any
  }

  private func reportNotCallable(_ callee: NodeID, _ message: String, help: String?) {
    error(.calledNonFunction, tree[callee].span, message, help: help)
  }

  func walkArguments(_ arguments: [NodeID]) { for argument in arguments { walkArgument(argument) } }

  func walkArgument(_ argument: NodeID) {
    let node = tree[argument]
    switch node.kind {
    case .namedArgument: walk(node.b)
    case .spread: checkSpread(walk(node.a), node.a, Kinds.iterable.union([.map, .structure]))
    default: walk(argument)
    }
  }

  // MARK: Known functions

  /// Calls a function whose declaration is known; `dropsSelf` when the receiver is its first.
  func call(
    _ id: FunctionID, _ arguments: [NodeID], dropsSelf: Bool, at node: NodeID
  ) -> ValueType {
    let function = program.functions[Int(id)]
    let parameters = Array(function.parameters.dropFirst(dropsSelf ? 1 : 0))
    let bound = match(arguments, to: parameters, of: function, at: node)
    for (argument, parameter) in bound {
      let expression = tree[argument].kind == .namedArgument ? tree[argument].b : argument
      guard let parameter, tree[argument].kind != .spread, !parameter.isRest else {
        walkArgument(argument)
        continue
      }
      bindArgument(expression, to: parameter, of: function, id)
    }
    guard frame.isReachable else { return .never }
    checkMarked(function, node)
    let value = result(of: id)
    if !function.isNative { frame.isCertain = false }
    lastCall = (node, id)
    return isExit(function) ? .never : value
  }

  private func isExit(_ function: Function) -> Bool {
    function.name == "exit" && function.isNative
      && program.modules[function.module].name == "prelude"
  }

  private func bindArgument(
    _ node: NodeID, to parameter: Function.Parameter, of function: Function, _ id: FunctionID
  ) {
    let value = bind(
      node, to: parameter.contract,
      declaredAt: function.module == module && parameter.node >= 0 ? tree[parameter.node].b : -1,
      code: .argumentType
    ) { "the parameter `\(parameter.name)` of \(function.name)" }
    // What the body demands is known once it has been walked.
    guard parameter.contract == .any, !function.isNative, !value.isNever else { return }
    _ = result(of: id)
    let known = program.functions[Int(id)]
    guard let index = known.parameters.firstIndex(where: { $0.node == parameter.node }),
      let needed = known.requirements.first(where: { $0.parameter == index }),
      !value.kinds.meets(needed.kinds)
    else { return }
    var labels: [Diagnostic.Label] = []
    if function.module == module {
      labels = [.init(span: tree[needed.node].span, text: "used here")]
    }
    error(
      .argumentType, tree[node].span,
      "\(function.name) cannot work with \(describe(value)) as `\(parameter.name)`", labels: labels)
  }

  /// Which parameter each argument fills; reports too many, too few and wrong names.
  private func match(
    _ arguments: [NodeID], to parameters: [Function.Parameter], of function: Function,
    at node: NodeID
  ) -> [(NodeID, Function.Parameter?)] {
    var bound: [(NodeID, Function.Parameter?)] = []
    var filled = Array(repeating: false, count: parameters.count)
    var hasSpread = false
    var isBroken = false
    let positional = arguments.filter { tree[$0].kind != .namedArgument }
    let hasNamed = positional.count < arguments.count
    for (index, argument) in positional.enumerated() {
      hasSpread = hasSpread || tree[argument].kind == .spread
      // A trailing closure behind named arguments fills the next free parameter.
      let isTrailing = hasNamed && argument == arguments.last
      if hasSpread || isTrailing {
        bound.append((argument, nil))
        if isTrailing { hasSpread = true }
      } else if index < parameters.count {
        filled[index] = true
        bound.append((argument, parameters[index]))
      } else {
        bound.append((argument, parameters.last.flatMap { $0.isRest ? $0 : nil }))
      }
    }
    let isOpen = function.hasRest
    if !isOpen, positional.count > parameters.count, !hasSpread {
      reportTooMany(positional, parameters, function)
      isBroken = true
    }
    for argument in arguments where tree[argument].kind == .namedArgument {
      let name = tree.name(tree[argument].a)
      // A reserved word cannot name a parameter: `within_` is called `within`.
      guard let index = parameters.firstIndex(where: { $0.name == name || $0.name == name + "_" }),
        !parameters[index].isRest
      else {
        bound.append((argument, nil))
        guard !function.takesFields, !parameters.contains(where: { $0.name == name }) else {
          continue
        }
        reportUnknownArgument(argument, name, parameters, function)
        isBroken = true
        continue
      }
      if filled[index] {
        isBroken = true
        error(
          .duplicateArgument, tree[argument].span,
          "the argument `\(name)` of \(function.name) is given twice")
      }
      filled[index] = true
      bound.append((argument, parameters[index]))
    }
    if !hasSpread, !isBroken {
      reportMissing(filled, parameters, function, at: node, hasNamed: hasNamed)
    }
    return bound
  }

  private func reportTooMany(
    _ positional: [NodeID], _ parameters: [Function.Parameter], _ function: Function
  ) {
    guard let first = positional.dropFirst(parameters.count).first, let last = positional.last
    else { return }
    error(
      .tooManyArguments, Span(tree[first].start, tree[last].end),
      "\(function.name) takes \(count(parameters)), but \(positional.count) "
        + (positional.count == 1 ? "is given" : "are given"),
      labels: declarationLabel(function))
  }

  private func count(_ parameters: [Function.Parameter]) -> String {
    let required = parameters.filter { !$0.isOptional && !$0.isRest }.count
    let noun = parameters.count == 1 ? "argument" : "arguments"
    if required == parameters.count { return "\(required) \(noun)" }
    if parameters.last?.isRest == true {
      return "at least \(required) \(required == 1 ? "argument" : "arguments")"
    }
    return "\(required) to \(parameters.count) \(noun)"
  }

  private func reportUnknownArgument(
    _ argument: NodeID, _ name: String, _ parameters: [Function.Parameter], _ function: Function
  ) {
    let names = parameters.map(\.name)
    let near = nearestName(to: name, in: names)
    error(
      .unknownArgument, tree[argument].span, "\(function.name) has no parameter `\(name)`",
      help: near.map { "did you mean `\($0)`?" }
        ?? (names.isEmpty ? nil : "it has \(names.map { "`\($0)`" }.joined(separator: ", "))"),
      labels: declarationLabel(function))
  }

  private func reportMissing(
    _ filled: [Bool], _ parameters: [Function.Parameter], _ function: Function, at node: NodeID,
    hasNamed: Bool
  ) {
    let missing = zip(parameters, filled).filter { parameter, isFilled in
      !isFilled && !parameter.isOptional && !parameter.isRest
    }.map { "`\($0.0.name)`" }
    guard !missing.isEmpty else { return }
    let filledCount = filled.filter { $0 }.count
    let listed = missing.joined(separator: ", ")
    let given = "\(filledCount) \(filledCount == 1 ? "is" : "are") given"
    let message =
      hasNamed
      ? "\(function.name) is not given \(listed)"
      : "\(function.name) takes \(count(parameters)), but \(given)"
    error(
      .missingArgument, tree[node].span, message, help: hasNamed ? nil : "missing: \(listed)",
      labels: declarationLabel(function))
  }

  private func declarationLabel(_ function: Function) -> [Diagnostic.Label] {
    guard function.module == module, function.node >= 0 else { return [] }
    return [.init(span: headSpan(function.node), text: "declared here")]
  }

  /// A function from its name to its parameters, without its body.
  func headSpan(_ id: NodeID) -> Span {
    let node = tree[id]
    let parameters = tree.items(node.kind == .closure ? node.a : node.b)
    var end = parameters.last.map { tree[$0].end } ?? node.start
    let bytes = file.bytes
    while Int(end) < bytes.count, end < node.end, bytes[Int(end)] != UInt8(ascii: ")"),
      bytes[Int(end)] != UInt8(ascii: "|"), bytes[Int(end)] != UInt8(ascii: "\n")
    {
      end += 1
    }
    if Int(end) < bytes.count, bytes[Int(end)] != UInt8(ascii: "\n") { end += 1 }
    return Span(node.start, max(end, node.start + 1))
  }

  /// A failure that a function declares has to be marked with `try` or caught.
  private func checkMarked(_ function: Function, _ node: NodeID) {
    guard case .declared(let error) = function.failure, frame.guards == 0 else { return }
    let span = tree[node].span
    let isPlain = tree[node].kind == .call && !tree[node].flags.contains(.isShort)
    warning(
      .unmarkedFailure, span, "\(function.name) may fail with \(error), and nothing says so here",
      help: "mark the call with `try`, or handle the error with `catch`",
      labels: declarationLabel(function),
      fix: isPlain ? .init(span: Span(span.start, span.start), replacement: "try ") : nil)
  }
}

import JanusBytecode
import JanusSemantics
import JanusSource
import JanusSyntax

extension Compiler {
  /// A named function, method, or anonymous `func`.
  mutating func compileFunction(_ node: NodeID, name: String) {
    let function = Int(resolution.functionOfNode[Int(node)])
    guard function >= 0, image.prototypes[function].code.isEmpty else { return }
    let declaration = tree[node]
    let parts = Array(tree.items(declaration.c))
    compileBody(
      function, name: name, parameters: declaration.b, result: parts.first ?? -1,
      body: parts.count > 2 ? parts[2] : -1)
  }

  mutating func compileClosure(_ node: NodeID, to target: Int) {
    let function = Int(resolution.functionOfNode[Int(node)])
    let closure = tree[node]
    compileBody(
      function, name: "closure", parameters: closure.a, result: closure.c, body: closure.b)
    makeClosure(function, to: target)
  }

  /// A block that runs as a function: `spawn do`, a test.
  mutating func compileThunk(_ node: NodeID, name: String, body: NodeID) {
    compileBody(
      Int(resolution.functionOfNode[Int(node)]), name: name, parameters: -1, result: -1,
      body: body)
  }

  private mutating func compileBody(
    _ function: Int, name: String, parameters: ListID, result: NodeID, body: NodeID
  ) {
    begin(function, name: name)
    builder.span = body >= 0 ? tree[body].span : builder.span
    let items = Array(tree.items(parameters))
    declareParameters(items)
    if result >= 0 {
      builder.resultType = result
      builder.resultContract = contract(contractOf(result))
      builder.resultText = text("the result of \(name)")
    }
    compileParameterChecks(items, owner: name)
    if items.contains(where: { tree[$0].b >= 0 }) {
      image.parameterContracts[function] = items.map {
        tree[$0].b >= 0 ? contractOf(tree[$0].b) : nil
      }
    }
    compileResult(of: body)
    let defaults = items.enumerated().map { index, item in
      (register: index, value: tree[item].a >= 0 ? tree[item].c : -1, type: tree[item].b)
    }
    if builder.prototype.hasRest || defaults.contains(where: { $0.value >= 0 }) {
      compileDefaults(defaults)
    }
    end()
  }

  private mutating func declareParameters(_ parameters: [NodeID]) {
    var required = 0
    for (index, parameter) in parameters.enumerated() {
      let register = builder.take()
      let node = tree[parameter]
      builder.prototype.parameterNames.append(parameterName(parameter))
      let isRest = node.flags.contains(.isRest)
      if isRest { builder.prototype.hasRest = true }
      if !isRest, node.a < 0 || node.c < 0 { required = index + 1 }
      let id = resolution.symbolOfNode[Int(parameter)]
      if id >= 0 { builder.registers[id] = register }
    }
    builder.prototype.requiredCount = required
  }

  private mutating func compileParameterChecks(_ parameters: [NodeID], owner: String) {
    for (index, parameter) in parameters.enumerated() {
      let node = tree[parameter]
      builder.span = node.span
      if node.b >= 0 {
        check(index, node.b, "the parameter `\(parameterName(parameter))` of \(owner)")
      }
    }
    for (index, parameter) in parameters.enumerated() {
      let node = tree[parameter]
      if node.a < 0, node.c >= 0 {
        destructure(node.c, from: index)
        continue
      }
      let id = resolution.symbolOfNode[Int(parameter)]
      if id >= 0, needsCell(resolution.symbols[Int(id)]) {
        builder.emitRegisters(.newCell, index, index)
      }
    }
  }

  /// A body whose value is the function's result.
  private mutating func compileResult(of body: NodeID) {
    guard body >= 0 else {
      builder.emit(.returnNull)
      return
    }
    guard tree[body].kind == .block else {
      returnExpression(body)
      return
    }
    let statements = tree.items(tree[body].a)
    beginBlock(statements)
    let mark = builder.cleanups.count
    guard let last = statements.last, isValue(last) else {
      compileStatements(statements, isPrepared: true)
      leaveBlock(cleanupsFrom: mark, result: nil)
      returnNull()
      return
    }
    compileStatements(statements.dropLast(), isPrepared: true)
    if builder.cleanups.count > mark {
      let result = builder.take()
      compile(last, to: result, expecting: builder.resultType)
      leaveBlock(cleanupsFrom: mark, result: result)
      emitReturn(result)
    } else {
      returnExpression(last)
    }
  }

  private mutating func returnNull() {
    guard builder.resultContract >= 0 else {
      builder.emit(.returnNull)
      return
    }
    let register = builder.take()
    loadConstant(.null, to: register)
    emitReturn(register)
  }

  /// Checks the result and returns it.
  mutating func emitReturn(_ register: Int) {
    if builder.resultContract >= 0 {
      var checked = register
      if register < builder.prototype.parameterNames.count {
        // A float contract changes its register: not a variable's.
        checked = builder.take()
        builder.emitRegisters(.move, checked, register)
      }
      emitCheck(checked, image.contracts[builder.resultContract], builder.resultText)
      builder.emitRegisters(.returnValue, checked)
      return
    }
    builder.emitRegisters(.returnValue, register)
  }

  /// Returns the value of an expression; a call in tail position takes this frame's place.
  mutating func returnExpression(_ node: NodeID) {
    let mark = builder.nextRegister
    defer { builder.nextRegister = mark }
    switch tree[node].kind {
    case .call where canTailCall(node): compileTailCall(node)
    case .if where builder.cleanups.isEmpty: returnIf(node)
    case .match where builder.cleanups.isEmpty: compileMatch(node, to: -1, returns: true)
    case .parentheses: returnExpression(tree[node].a)
    case .block where builder.cleanups.isEmpty: returnBlock(node)
    default:
      if isStatementOnly(node) {
        compileStatement(node)
        returnNull()
      } else if let register = plainRegister(node) {
        emitReturn(register)
      } else {
        let register = builder.take()
        compile(node, to: register, expecting: builder.resultType)
        emitReturn(register)
      }
    }
  }

  private mutating func returnBlock(_ block: NodeID) {
    let statements = tree.items(tree[block].a)
    let registers = builder.nextRegister
    beginBlock(statements)
    let mark = builder.cleanups.count
    if let last = statements.last, isValue(last) {
      compileStatements(statements.dropLast(), isPrepared: true)
      if builder.cleanups.count > mark {
        let result = builder.take()
        compile(last, to: result, expecting: builder.resultType)
        leaveBlock(cleanupsFrom: mark, result: result)
        emitReturn(result)
      } else {
        returnExpression(last)
      }
    } else {
      compileStatements(statements, isPrepared: true)
      leaveBlock(cleanupsFrom: mark, result: nil)
      returnNull()
    }
    builder.nextRegister = registers
  }

  private mutating func returnIf(_ node: NodeID) {
    var current = node
    while true {
      let parts = tree[current]
      builder.span = parts.span
      let skips = branch(parts.a, ifTrue: false)
      returnBlock(parts.b)
      builder.patch(skips)
      guard parts.c >= 0 else { return returnNull() }
      if tree[parts.c].kind != .if { return returnBlock(parts.c) }
      current = parts.c
    }
  }

  /// Only where nothing is left to do in this frame afterwards.
  private mutating func canTailCall(_ node: NodeID) -> Bool {
    guard builder.cleanups.isEmpty, builder.catchDepth == 0, builder.function > 0,
      builder.nurseries.isEmpty
    else { return false }
    for argument in tree.items(tree[node].b) {
      switch tree[argument].kind {
      case .spread, .namedArgument: return false
      default: break
      }
    }
    let callee = tree[node].a
    if tree[callee].kind == .member {
      return tailMethod(tree[callee]).map { keepsResult(of: $0) } ?? false
    }
    guard tree[callee].kind == .name else { return false }
    let id = resolution.symbolOfNode[Int(callee)]
    guard id >= 0 else { return false }
    let symbol = resolution.symbols[Int(id)]
    switch symbol.kind {
    case .variable: return builder.resultContract < 0
    case .function:
      return !tree[symbol.node].flags.contains(.isNative) && keepsResult(of: symbol.node)
    default: return false
    }
  }

  /// Whether the result of a function needs no check here: there is none, or its own is the same.
  private mutating func keepsResult(of function: NodeID) -> Bool {
    guard builder.resultContract >= 0 else { return true }
    guard let result = tree.items(tree[function].c).first, result >= 0 else { return false }
    return contractOf(result) == image.contracts[builder.resultContract]
  }

  /// The method that `self.f(…)` calls in a method of the same type.
  ///
  /// A trait's default does not know the type of its `self`.
  private func tailMethod(_ callee: Node) -> NodeID? {
    guard tree[callee.a].kind == .name, tree.name(tree[callee.a].a) == "self",
      !callee.flags.contains(.isOptional), resolution.functions[builder.function].isMethod
    else { return nil }
    let method = resolution.functions[builder.function].node
    for node in tree.nodes
    where node.kind == .impl && node.start <= tree[method].start
      && tree[method].end <= node.end
    {
      return tree.items(node.c).first { item in
        tree[item].a == callee.b && !tree[item].flags.contains(.isNative)
          && tree.items(tree[item].b).first.map { parameterName($0) == "self" } ?? false
      }
    }
    return nil
  }

  private mutating func compileTailCall(_ node: NodeID) {
    var arguments = Array(tree.items(tree[node].b))
    let window = builder.take(2)
    let callee = tree[node].a
    var types: [(name: String, type: NodeID)] = []
    if tree[callee].kind == .member, let method = tailMethod(tree[callee]) {
      let function = Int(resolution.functionOfNode[Int(method)])
      loadConstant(.function(function), to: window)
      arguments.insert(tree[callee].a, at: 0)
      types = tree.items(tree[method].b).map { (parameterName($0), tree[$0].b) }
    } else {
      compile(callee, to: window)
      let id = resolution.symbolOfNode[Int(callee)]
      if id >= 0 { types = parameterTypes(of: locate(id)) }
    }
    for (index, argument) in arguments.enumerated() {
      compile(
        argument,
        to: builder.take(),
        expecting: index < types.count ? types[index].type : -1
      )
    }
    builder.span = tree[node].span
    builder.emit(.tailCall, x: arguments.count, a: window * 16)
    // Reached when the callee is a native: its result is in register 0.
    builder.emitRegisters(.returnValue, 0)
  }

  // MARK: What has a value

  /// True for a statement that is an expression.
  func isValue(_ node: NodeID) -> Bool { !isStatementOnly(node) }

  func isStatementOnly(_ node: NodeID) -> Bool {
    switch tree[node].kind {
    case .let, .var, .const, .assign, .while, .for, .defer, .conditional, .test, .feature,
      .scenario, .stepMarker, .function, .struct, .enum, .errorType, .trait, .impl, .use, .useZig,
      .error:
      true
    default: false
    }
  }
}

import JanusBytecode
import JanusSemantics
import JanusSource
import JanusSyntax

extension Compiler {
  /// Expressions that are blocks, handlers and jumps.
  mutating func compileControl(_ id: NodeID, _ node: Node, to target: Int, expecting type: NodeID) {
    switch node.kind {
    case .if: compileIf(id, to: target, expecting: type)
    case .match: compileMatch(id, to: target, returns: false, expecting: type)
    case .block: compileBlock(id, to: target, expecting: type)
    case .catchFallback, .catchBinding, .catchArms: compileCatch(node, to: target, expecting: type)
    case .return, .fail, .break, .continue: compileJump(node)
    case .await:
      let task = operand(node.a)
      builder.span = node.span
      builder.emitRegisters(.await, target, task)
    case .spawn: compileSpawn(node, to: target)
    case .nursery: compileNursery(node, to: target)
    case .within: compileWithin(node, to: target)
    case .using: compileUsing(node, to: target)
    case .select: compileSelect(node, to: target)
    default:
      compileStatement(id)
      loadConstant(.null, to: target)
    }
  }

  /// For its value, or for its effects without a target.
  mutating func compileIf(_ id: NodeID, to target: Int?, expecting type: NodeID = -1) {
    var ends: [Int] = []
    var current = id
    // The value may be that of a variable which a branch still reads.
    while true {
      let node = tree[current]
      builder.span = node.span
      let skips = branch(node.a, ifTrue: false)
      compileBranch(node.b, to: target, expecting: type)
      guard node.c >= 0 || target != nil else {
        builder.patch(skips)
        break
      }
      ends.append(builder.jump())
      builder.patch(skips)
      guard node.c >= 0 else {
        if let target { loadConstant(.null, to: target) }
        break
      }
      if tree[node.c].kind == .if {
        current = node.c
        continue
      }
      compileBranch(node.c, to: target, expecting: type)
      break
    }
    builder.patch(ends)
  }

  private mutating func compileBranch(_ block: NodeID, to target: Int?, expecting type: NodeID) {
    if let target {
      compileBlock(block, to: target, expecting: type)
    } else {
      compileBlock(block)
    }
  }

  // MARK: Leaving blocks

  /// Runs what a block has deferred, at its end; errors inside go through the same cleanups.
  mutating func leaveBlock(cleanupsFrom mark: Int, result: Int?) {
    while builder.cleanups.count > mark {
      var cleanup = builder.cleanups.removeLast()
      cleanup.ranges.append((cleanup.start, builder.here))
      emitCleanup(cleanup.action)
      emitLandingPad(cleanup)
    }
  }

  /// Where an error inside the ranges goes: the cleanup, then on.
  private mutating func emitLandingPad(_ cleanup: FunctionBuilder.Cleanup) {
    let ranges = cleanup.ranges.filter { $0.0 < $0.1 }
    guard !ranges.isEmpty else { return }
    let over = builder.jump()
    let error = builder.take()
    let target = builder.here
    switch cleanup.action {
    case .nursery(let register): builder.emitRegisters(.nurseryAbort, register, error)
    case .deadline(let register): builder.emitRegisters(.withinAbort, register, error)
    default: emitCleanup(cleanup.action)
    }
    builder.emitRegisters(.rethrow, error)
    builder.patch(over)
    for (start, end) in ranges {
      builder.addHandler(start, end, target: target, register: error, isCleanup: true)
    }
  }

  private mutating func emitCleanup(_ action: FunctionBuilder.Cleanup.Action) {
    let mark = builder.nextRegister
    switch action {
    case .deferred(let statement, let flag):
      let skip = flag.map { builder.emitRegisters(.jumpFalse, $0) }
      let loops = builder.loops
      builder.loops = []
      if tree[statement].kind == .block {
        compileBlock(statement)
      } else {
        compileStatement(statement)
      }
      builder.loops = loops
      if let skip { builder.patch(skip) }
    case .close(let register):
      let window = builder.take(3)
      builder.emitRegisters(.move, window + 2, register)
      let ignored = builder.take()
      builder.emit(.invoke, x: 1, a: window * 16, c: ignored * 16)
      builder.extra(0)
      builder.extra(0)
      builder.extra(text("close"))
      builder.extra(Instruction(.invoke, x: 1, a: window * 16, c: ignored * 16).word)
    case .nursery(let register): builder.emitRegisters(.nurseryJoin, register)
    case .deadline(let register): builder.emitRegisters(.withinClose, register)
    }
    builder.nextRegister = mark
  }

  /// Code that leaves through several blocks: their cleanups, innermost first, then `leave`.
  private mutating func unwind(to count: Int, leave: (inout Compiler) -> Void) {
    let open = Array(builder.cleanups[count...])
    for index in stride(from: builder.cleanups.count - 1, through: count, by: -1) {
      builder.cleanups[index].ranges.append((builder.cleanups[index].start, builder.here))
      let action = builder.cleanups[index].action
      let inner = Array(builder.cleanups[index...])
      builder.cleanups.removeLast(inner.count)
      emitCleanup(action)
      builder.cleanups += inner
    }
    leave(&self)
    for index in count..<(count + open.count) { builder.cleanups[index].start = builder.here }
  }

  private mutating func compileJump(_ node: Node) {
    let mark = builder.nextRegister
    defer { builder.nextRegister = mark }
    switch node.kind {
    case .return: compileReturn(node)
    case .fail:
      let error = operand(node.a)
      builder.span = node.span
      builder.emitRegisters(.fail, error)
    default:
      guard
        let index = builder.loops.lastIndex(where: { node.a < 0 || $0.label == node.a })
      else {
        return report(
          .outsideLoop, node.span,
          "`\(node.kind == .break ? "break" : "continue")` cannot leave a defer")
      }
      unwind(to: builder.loops[index].cleanupCount) { compiler in
        let jump = compiler.builder.jump()
        if node.kind == .break {
          compiler.builder.loops[index].breaks.append(jump)
        } else {
          compiler.builder.loops[index].continues.append(jump)
        }
      }
    }
  }

  private mutating func compileReturn(_ node: Node) {
    if builder.cleanups.isEmpty {
      if node.a >= 0 { return returnExpression(node.a) }
      return emitNullReturn()
    }
    let result = builder.take()
    if node.a >= 0 {
      compile(node.a, to: result, expecting: builder.resultType)
    } else {
      loadConstant(.null, to: result)
    }
    if builder.resultContract >= 0 {
      emitCheck(result, image.contracts[builder.resultContract], builder.resultText)
    }
    unwind(to: 0) { $0.builder.emitRegisters(.returnValue, result) }
  }

  private mutating func emitNullReturn() {
    guard builder.resultContract >= 0 else {
      builder.emit(.returnNull)
      return
    }
    let register = builder.take()
    loadConstant(.null, to: register)
    emitReturn(register)
  }

  // MARK: Catching

  private mutating func compileCatch(_ node: Node, to target: Int, expecting type: NodeID) {
    let result = builder.take()
    let error = builder.take()
    let start = builder.here
    builder.catchDepth += 1
    compileValue(node.a, to: result, expecting: type)
    builder.catchDepth -= 1
    let end = builder.here
    let over = builder.jump()
    let handler = builder.here
    builder.span = node.span
    // Cleanups that are open here do not cover the handler's own entry.
    switch node.kind {
    case .catchFallback: compileFallback(node.b, to: result, expecting: type)
    case .catchBinding:
      if node.b >= 0 { bindError(node, error) }
      compileValue(node.c, to: result, expecting: type)
    default:
      compileArms(tree.items(node.b), subject: error, to: result, expecting: type) { compiler in
        compiler.builder.emitRegisters(.rethrow, error)
      }
    }
    builder.patch(over)
    builder.emitRegisters(.move, target, result)
    builder.addHandler(start, end, target: handler, register: error, isCleanup: false)
  }

  private mutating func bindError(_ node: Node, _ error: Int) {
    // The binding's symbol is that of the catch node itself.
    let id = resolution.symbols.lastIndex {
      $0.name == node.b && $0.node >= 0 && tree[$0.node].kind == .catchBinding
        && tree[$0.node].start == node.start && tree[$0.node].end == node.end
    }
    if let id { declareVariable(SymbolID(id), holding: error) }
  }

  // MARK: Concurrency

  private mutating func compileSpawn(_ node: Node, to target: Int) {
    guard let nursery = builder.nurseries.last else { return }
    let window = builder.take(2)
    var arguments: [NodeID] = []
    if tree[node.a].kind == .block {
      compileThunk(node.a, name: "spawned block", body: node.a)
      makeClosure(Int(resolution.functionOfNode[Int(node.a)]), to: window)
    } else {
      let call = tree[node.a]
      arguments = Array(tree.items(call.b))
      guard call.kind == .call, isPlain(arguments),
        tree[call.a].kind != .member
          || moduleMember(tree[call.a]) != nil
      else { return compileSpawnedExpression(node, window, nursery, to: target) }
      compile(call.a, to: window)
      for argument in arguments { compile(argument, to: builder.take()) }
    }
    builder.span = node.span
    builder.emit(
      .spawn, x: arguments.count, a: window * 16, b: nursery * 16, c: target * 16)
  }

  /// `spawn x.f(y)` and other calls: receiver and arguments are evaluated here, the call is made
  /// in the fiber.
  private mutating func compileSpawnedExpression(
    _ node: Node, _ window: Int, _ nursery: Int, to target: Int
  ) {
    let call = tree[node.a]
    guard call.kind == .call, tree[call.a].kind == .member else {
      return report(
        .expected, node.span, "spawn takes a call or `do … end`")
    }
    let arguments = Array(tree.items(call.b))
    guard isPlain(arguments) else {
      return report(
        .expected, node.span, "spawn takes a plain call",
        help: "wrap it: spawn do … end")
    }
    let number = methodThunk(tree[call.a].b, count: arguments.count)
    loadConstant(.function(number), to: window)
    compile(tree[call.a].a, to: builder.take())
    for argument in arguments { compile(argument, to: builder.take()) }
    builder.span = node.span
    builder.emit(
      .spawn, x: arguments.count + 1, a: window * 16, b: nursery * 16, c: target * 16)
  }

  /// A function that calls a method on its first argument.
  private mutating func methodThunk(_ name: NameID, count: Int) -> Int {
    let number = image.prototypes.count
    var prototype = Prototype(name: tree.name(name))
    prototype.parameterNames = (0...count).map { "a\($0)" }
    prototype.requiredCount = count + 1
    let window = count + 1
    prototype.registerCount = window + 2 + count + 2
    prototype.places = [.init(offset: 0, span: builder.span)]
    for index in 0...count {
      prototype.code.append(
        Instruction(.move, a: (window + 2 + index) * 16, b: index * 16).word)
    }
    let word = Instruction(.invoke, x: count + 1, a: window * 16, c: 0).word
    prototype.code += [word, 0, 0, UInt64(text(tree.name(name))), word]
    prototype.code.append(Instruction(.returnValue, a: 0).word)
    image.prototypes.append(prototype)
    image.functions.append(number)
    return number
  }

  private mutating func compileNursery(_ node: Node, to target: Int) {
    let register = builder.take()
    builder.emitRegisters(.nurseryOpen, register)
    builder.nurseries.append(register)
    let mark = builder.cleanups.count
    builder.cleanups.append(.init(action: .nursery(register: register), start: builder.here))
    let result = builder.take()
    compileBlock(node.a, to: result)
    builder.nurseries.removeLast()
    closeScope(mark)
    builder.emitRegisters(.move, target, result)
  }

  private mutating func compileWithin(_ node: Node, to target: Int) {
    let register = builder.take()
    let length = operand(node.a)
    builder.span = node.span
    builder.emitRegisters(.withinOpen, register, length)
    let mark = builder.cleanups.count
    builder.cleanups.append(.init(action: .deadline(register: register), start: builder.here))
    let result = builder.take()
    compileBlock(node.b, to: result)
    closeScope(mark)
    builder.emitRegisters(.move, target, result)
  }

  /// The ordinary end of a nursery or deadline. Waiting for children is still inside: a
  /// cancellation that comes meanwhile reaches them.
  private mutating func closeScope(_ mark: Int) {
    var cleanup = builder.cleanups.removeLast()
    if case .nursery = cleanup.action {
      emitCleanup(cleanup.action)
      cleanup.ranges.append((cleanup.start, builder.here))
    } else {
      cleanup.ranges.append((cleanup.start, builder.here))
      emitCleanup(cleanup.action)
    }
    emitLandingPad(cleanup)
  }

  private mutating func compileUsing(_ node: Node, to target: Int) {
    let mark = builder.cleanups.count
    for binding in tree.items(node.a) {
      let register = builder.take()
      compile(tree[binding].b, to: register)
      let id = resolution.symbolOfNode[Int(binding)]
      let kept = builder.take()
      builder.emitRegisters(.move, kept, register)
      if id >= 0 { declareVariable(id, holding: register) }
      builder.cleanups.append(.init(action: .close(register: kept), start: builder.here))
    }
    let result = builder.take()
    compileBlock(node.b, to: result)
    leaveBlock(cleanupsFrom: mark, result: result)
    builder.emitRegisters(.move, target, result)
  }

  private mutating func compileSelect(_ node: Node, to target: Int) {
    let items = Array(tree.items(node.a))
    let result = builder.take(2)
    let arms = builder.take(items.count * 3)
    for (index, item) in items.enumerated() {
      let first = arms + index * 3
      let arm = tree[item]
      switch arm.kind {
      case .selectReceive:
        loadConstant(.int(0), to: first)
        compile(arm.b, to: first + 1)
      case .selectSend:
        loadConstant(.int(1), to: first)
        compile(arm.a, to: first + 1)
        compile(arm.b, to: first + 2)
      case .selectTimeout:
        loadConstant(.int(2), to: first)
        compile(arm.a, to: first + 1)
      default: loadConstant(.int(3), to: first)
      }
      if arm.kind != .selectSend { loadConstant(.null, to: first + 2) }
    }
    builder.span = node.span
    builder.emit(.select, x: items.count * 3, a: result * 16, b: arms * 16)
    var ends: [Int] = []
    for (index, item) in items.enumerated() {
      let skip = builder.emit(.jumpNotEqualInt, a: result * 16, b: index)
      let registers = builder.nextRegister
      if tree[item].kind == .selectReceive, tree[item].a >= 0 {
        let received = builder.take()
        builder.emitRegisters(.move, received, result + 1)
        destructure(tree[item].a, from: received)
      }
      compileBlock(tree[item].c, to: target)
      builder.nextRegister = registers
      ends.append(builder.jump())
      builder.patch(skip)
    }
    builder.patch(ends)
  }
}

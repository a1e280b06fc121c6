import JanusBytecode
import JanusSemantics
import JanusSource
import JanusSyntax

extension Compiler {
  /// Cells and functions that must exist when a block begins.
  mutating func beginBlock(_ statements: ArraySlice<NodeID>) {
    for statement in statements {
      switch tree[statement].kind {
      case .let, .var, .const: declareEarly(tree[statement].a)
      case .function:
        let id = resolution.symbolOfNode[Int(statement)]
        if id >= 0 { declareEarlyCell(id) }
      default: break
      }
    }
    for statement in statements where tree[statement].kind == .function {
      let id = resolution.symbolOfNode[Int(statement)]
      if id >= 0, resolution.symbols[Int(id)].isEarly { declareFunction(statement) }
    }
  }

  private mutating func declareEarly(_ pattern: NodeID) {
    guard pattern >= 0 else { return }
    let node = tree[pattern]
    switch node.kind {
    case .patternBinding, .patternRest:
      let id = resolution.symbolOfNode[Int(pattern)]
      if id >= 0 { declareEarlyCell(id) }
    case .patternList, .patternMap: for item in tree.items(node.a) { declareEarly(item) }
    case .patternField: declareEarly(node.b)
    default: break
    }
  }

  private mutating func declareEarlyCell(_ id: SymbolID) {
    let symbol = resolution.symbols[Int(id)]
    guard symbol.isEarly, needsCell(symbol), builder.registers[id] == nil,
      !isLifted(symbol)
    else { return }
    let register = builder.take()
    builder.emit(.loadSingleton, a: register * 16, b: 6)
    builder.emitRegisters(.newCell, register, register)
    builder.registers[id] = register
  }

  private func isLifted(_ symbol: Symbol) -> Bool {
    guard symbol.kind == .function else { return false }
    return resolution.functions[Int(resolution.functionOfNode[Int(symbol.node)])].isLifted
  }

  /// Compiles a function's code, and makes its closure where it needs one.
  private mutating func declareFunction(_ node: NodeID) {
    let id = resolution.symbolOfNode[Int(node)]
    guard id >= 0 else { return }
    let symbol = resolution.symbols[Int(id)]
    let name = tree.name(symbol.name)
    if tree[node].flags.contains(.isNative) { return declareNative(nativeName(name), tree[node]) }
    compileFunction(node, name: name)
    guard !isLifted(symbol) else { return }
    let function = Int(resolution.functionOfNode[Int(node)])
    if symbol.isEarly, let cell = builder.registers[id] {
      let register = builder.take()
      makeClosure(function, to: register)
      builder.emitRegisters(.setCell, cell, register)
    } else {
      let register = builder.take()
      builder.registers[id] = register
      makeClosure(function, to: register)
      if needsCell(symbol) { builder.emitRegisters(.newCell, register, register) }
    }
  }

  mutating func compileStatements(
    _ statements: ArraySlice<NodeID>, isModuleLevel: Bool = false, isPrepared: Bool = false
  ) {
    if !isPrepared { beginBlock(statements) }
    for statement in statements { compileStatement(statement) }
    if isModuleLevel { leaveBlock(cleanupsFrom: 0, result: nil) }
  }

  /// A block for its effects.
  mutating func compileBlock(_ block: NodeID) {
    guard block >= 0 else { return }
    guard tree[block].kind == .block else { return compileStatement(block) }
    let registers = builder.nextRegister
    let mark = builder.cleanups.count
    compileStatements(tree.items(tree[block].a))
    leaveBlock(cleanupsFrom: mark, result: nil)
    builder.nextRegister = registers
  }

  /// A block whose last expression is its value.
  mutating func compileBlock(_ block: NodeID, to target: Int, expecting type: NodeID = -1) {
    guard block >= 0 else { return loadConstant(.null, to: target) }
    guard tree[block].kind == .block else {
      return compileValue(block, to: target, expecting: type)
    }
    let registers = builder.nextRegister
    let mark = builder.cleanups.count
    let statements = tree.items(tree[block].a)
    beginBlock(statements)
    if let last = statements.last, isValue(last) {
      compileStatements(statements.dropLast(), isPrepared: true)
      compile(last, to: target, expecting: type)
    } else {
      compileStatements(statements, isPrepared: true)
      loadConstant(.null, to: target)
    }
    leaveBlock(cleanupsFrom: mark, result: target)
    builder.nextRegister = registers
  }

  /// Anything for its value; statements give null.
  mutating func compileValue(_ node: NodeID, to target: Int, expecting type: NodeID = -1) {
    if isStatementOnly(node) {
      compileStatement(node)
      loadConstant(.null, to: target)
    } else if tree[node].kind == .block {
      compileBlock(node, to: target, expecting: type)
    } else {
      compile(node, to: target, expecting: type)
    }
  }

  mutating func compileStatement(_ id: NodeID) {
    let node = tree[id]
    builder.span = node.span
    switch node.kind {
    case .let, .var, .const: compileBinding(node)
    case .assign: compileAssignment(node)
    case .while: compileWhile(node)
    case .for: compileFor(node)
    case .defer:
      builder.cleanups.append(
        .init(action: .deferred(node.a, flag: nil), start: builder.here))
    case .conditional: compileConditional(node)
    case .function:
      let symbol = resolution.symbolOfNode[Int(id)]
      if symbol < 0 || !resolution.symbols[Int(symbol)].isEarly { declareFunction(id) }
    case .test:
      if builder.function == 0, builders.isEmpty { compileTest(id, node) }
    case .struct, .enum, .errorType, .trait, .impl, .use, .useZig, .feature, .scenario,
      .stepMarker, .error:
      break
    case .block: compileBlock(id)
    case .if: compileIf(id, to: nil)
    case .match: compileMatch(id, to: -1, returns: false)
    default:
      let mark = builder.nextRegister
      compile(id, to: builder.take())
      builder.nextRegister = mark
    }
  }

  private mutating func compileTest(_ id: NodeID, _ node: Node) {
    let name = String(decoding: tree.strings[Int(tree[node.a].a)], as: UTF8.self)
    compileThunk(id, name: "test \"\(name)\"", body: node.b)
    image.tests.append(
      .init(name: name, prototype: Int(resolution.functionOfNode[Int(id)])))
  }

  private mutating func compileConditional(_ node: Node) {
    if tree[node.a].kind == .defer {
      let flag = builder.take()
      compile(node.b, to: flag)
      if node.flags.contains(.isNegated) { builder.emitRegisters(.not, flag, flag) }
      // The flag must be a bool before the block is left.
      let check = builder.emitRegisters(.jumpTrue, flag)
      builder.patch(check)
      builder.cleanups.append(
        .init(action: .deferred(tree[node.a].a, flag: flag), start: builder.here))
      return
    }
    let skips = branch(node.b, ifTrue: node.flags.contains(.isNegated))
    compileStatement(node.a)
    builder.patch(skips)
  }

  // MARK: Bindings

  private mutating func compileBinding(_ node: Node) {
    let pattern = tree[node.a]
    if pattern.kind == .patternBinding {
      let id = resolution.symbolOfNode[Int(node.a)]
      let type = node.b >= 0 ? node.b : pattern.b
      let register = builder.take()
      if node.c >= 0 {
        compile(node.c, to: register, expecting: type)
      } else {
        loadConstant(.null, to: register)
      }
      if type >= 0 { check(register, type, "the variable `\(tree.name(pattern.a))`") }
      if id >= 0 { declareVariable(id, holding: register) }
      return
    }
    let value = builder.take()
    compile(node.c, to: value)
    if node.b >= 0 { check(value, node.b, "the value") }
    destructure(node.a, from: value)
  }

  /// Binds the names of a list or map pattern; what does not fit faults.
  mutating func destructure(_ pattern: NodeID, from source: Int) {
    let node = tree[pattern]
    builder.span = node.span
    switch node.kind {
    case .patternBinding:
      let register = builder.take()
      builder.emitRegisters(.move, register, source)
      bind(pattern, holding: register)
    case .patternList: destructureList(node, from: source)
    case .patternMap:
      for item in tree.items(node.a) where tree[item].kind == .patternField {
        let register = builder.take()
        let field = tree[item]
        if field.a >= 0 {
          builder.emitRegisters(.getField, register, source)
          builder.extra(text(tree.name(field.a)))
          builder.extra(0)
        } else {
          let key = builder.take()
          compile(field.c, to: key)
          builder.emitRegisters(.getIndex, register, source, key)
        }
        bindOrDestructure(field.b, holding: register)
      }
      bindMapRest(tree.items(node.a), from: source)
    case .patternWildcard: break
    default:
      // Any other pattern must match.
      let fails = compilePattern(pattern, subject: source)
      guard !fails.isEmpty else { return }
      let done = builder.jump()
      builder.patch(fails)
      builder.emitRegisters(.noMatch, source)
      builder.patch(done)
    }
  }

  private mutating func destructureList(_ node: Node, from source: Int) {
    let items = Array(tree.items(node.a))
    for (index, item) in items.enumerated() {
      if tree[item].kind == .patternRest {
        bindRest(item, from: source, start: index, after: items.count - index - 1)
        continue
      }
      let hasRestBefore = items[..<index].contains { tree[$0].kind == .patternRest }
      let register = builder.take()
      builder.emit(
        .getIndexInt, a: register * 16, b: source * 16,
        c: hasRestBefore ? index - items.count : index)
      bindOrDestructure(item, holding: register)
    }
  }

  /// `..rest` in a list pattern: all but so many at the start and at the end.
  mutating func bindRest(_ item: NodeID, from source: Int, start: Int, after: Int) {
    guard tree[item].a >= 0 else { return }
    let register = builder.take(3)
    loadConstant(.int(Int64(start)), to: register + 1)
    if after > 0 {
      loadConstant(.int(Int64(-after)), to: register + 2)
    } else {
      loadConstant(.null, to: register + 2)
    }
    builder.emitRegisters(.range, x: 0, register + 1, register + 1, register + 2)
    builder.emitRegisters(.getIndex, register, source, register + 1)
    bind(item, holding: register)
  }

  /// `..rest` in a map pattern: a copy without the keys that the pattern names.
  mutating func bindMapRest(_ items: ArraySlice<NodeID>, from source: Int) {
    guard let rest = items.first(where: { tree[$0].kind == .patternRest }), tree[rest].a >= 0
    else { return }
    let register = builder.take()
    let mark = builder.nextRegister
    builder.emitRegisters(.newMap, register)
    builder.emitRegisters(.copySpread, register, source)
    for item in items where tree[item].kind == .patternField {
      let window = builder.take(4)
      builder.emitRegisters(.move, window + 2, register)
      if tree[item].a >= 0 {
        loadConstant(.text(Array(tree.name(tree[item].a).utf8)), to: window + 3)
      } else {
        compile(tree[item].c, to: window + 3)
      }
      let call = builder.emit(.invoke, x: 2, a: window * 16, c: window * 16)
      builder.extra(0)
      builder.extra(0)
      builder.extra(text("remove"))
      builder.extra(builder.prototype.code[call])
      builder.nextRegister = mark
    }
    bind(rest, holding: register)
  }

  mutating func bind(_ pattern: NodeID, holding register: Int) {
    let id = resolution.symbolOfNode[Int(pattern)]
    guard id >= 0 else { return }
    let type = tree[pattern].kind == .patternBinding ? tree[pattern].b : -1
    if type >= 0 { check(register, type, "the variable `\(tree.name(tree[pattern].a))`") }
    declareVariable(id, holding: register)
  }

  private mutating func bindOrDestructure(_ pattern: NodeID, holding register: Int) {
    if tree[pattern].kind == .patternBinding {
      bind(pattern, holding: register)
    } else {
      destructure(pattern, from: register)
    }
  }

  // MARK: Loops

  private mutating func compileWhile(_ node: Node) {
    let isEndless = tree[node.a].kind == .true
    let exits = isEndless ? [] : branch(node.a, ifTrue: false)
    let body = builder.here
    builder.loops.append(.init(label: node.c, cleanupCount: builder.cleanups.count))
    compileBlock(node.b)
    builder.span = tree[node.a].span
    let loop = builder.loops.removeLast()
    builder.patch(loop.continues)
    var lateExits: [Int] = []
    if isEndless {
      builder.loopBack(to: body)
    } else {
      lateExits = branchBack(node.a, to: body)
    }
    builder.patch(exits + lateExits + loop.breaks)
  }

  private mutating func compileFor(_ node: Node) {
    let parts = Array(tree.items(node.c))
    let patterns = Array(tree.items(node.a))
    let block = parts.first ?? -1
    let label = parts.count > 1 ? parts[1] : -1
    let registers = builder.nextRegister
    if patterns.count == 1, let range = rangeOfLoop(node.b) {
      compileCountedLoop(patterns[0], range, block, label)
    } else {
      compileIteration(patterns, node.b, block, label)
    }
    builder.nextRegister = registers
  }

  /// `a..b`, or `(a..b).step(n)`, written in the head.
  private func rangeOfLoop(_ node: NodeID) -> (range: Node, step: NodeID)? {
    switch tree[node].kind {
    case .parentheses: return rangeOfLoop(tree[node].a)
    case .range:
      return tree[node].a >= 0 && tree[node].b >= 0 ? (tree[node], -1) : nil
    case .call:
      let callee = tree[tree[node].a]
      let arguments = tree.items(tree[node].b)
      guard callee.kind == .member, tree.name(callee.b) == "step", arguments.count == 1,
        let argument = arguments.first, tree[argument].kind != .namedArgument,
        tree[argument].kind != .spread, let inner = rangeOfLoop(callee.a), inner.step < 0
      else { return nil }
      return (inner.range, argument)
    default: return nil
    }
  }

  private mutating func compileCountedLoop(
    _ pattern: NodeID, _ range: (range: Node, step: NodeID), _ block: NodeID, _ label: NameID
  ) {
    let hasStep = range.step >= 0
    let counter = builder.take(hasStep ? 3 : 2)
    compile(range.range.a, to: counter)
    compile(range.range.b, to: counter + 1)
    if hasStep { compile(range.step, to: counter + 2) }
    builder.span = range.range.span
    let inclusive = range.range.flags.contains(.isInclusive) ? 1 : 0
    let prepare = builder.emitRegisters(
      hasStep ? .forStepPrepare : .forPrepare, x: inclusive, counter)
    let body = builder.here
    bindCounter(pattern, counter)
    builder.loops.append(.init(label: label, cleanupCount: builder.cleanups.count))
    compileBlock(block)
    builder.span = range.range.span
    let loop = builder.loops.removeLast()
    builder.patch(loop.continues)
    let back = builder.emitRegisters(hasStep ? .forStepLoop : .forLoop, counter)
    builder.patch(back, to: body)
    builder.patch(prepare)
    builder.patch(loop.breaks)
  }

  /// The loop's variable is the counter itself, unless the body may change or keep it.
  private mutating func bindCounter(_ pattern: NodeID, _ counter: Int) {
    guard tree[pattern].kind == .patternBinding else {
      if tree[pattern].kind != .patternWildcard { destructure(pattern, from: counter) }
      return
    }
    let id = resolution.symbolOfNode[Int(pattern)]
    guard id >= 0 else { return }
    let symbol = resolution.symbols[Int(id)]
    if !symbol.isReassigned, !needsCell(symbol), globalSlots[id] == nil, tree[pattern].b < 0 {
      builder.registers[id] = counter
      return
    }
    let register = builder.take()
    builder.emitRegisters(.move, register, counter)
    bind(pattern, holding: register)
  }

  private mutating func compileIteration(
    _ patterns: [NodeID], _ collection: NodeID, _ block: NodeID, _ label: NameID
  ) {
    let state = builder.take(4)
    let source = operand(collection)
    builder.span = tree[collection].span
    builder.emitRegisters(.iteratePrepare, state, source)
    let enter = builder.jump()
    let body = builder.here
    for (index, pattern) in patterns.enumerated() {
      bindElement(pattern, state + 2 + index)
    }
    builder.loops.append(.init(label: label, cleanupCount: builder.cleanups.count))
    compileBlock(block)
    builder.span = tree[collection].span
    let loop = builder.loops.removeLast()
    builder.patch(loop.continues)
    builder.patch(enter)
    let back = builder.emitRegisters(.iterateNext, x: patterns.count == 2 ? 2 : 1, state)
    builder.patch(back, to: body)
    builder.patch(loop.breaks)
  }

  private mutating func bindElement(_ pattern: NodeID, _ element: Int) {
    guard tree[pattern].kind == .patternBinding else {
      if tree[pattern].kind != .patternWildcard { destructure(pattern, from: element) }
      return
    }
    let id = resolution.symbolOfNode[Int(pattern)]
    guard id >= 0 else { return }
    if needsCell(resolution.symbols[Int(id)]) || globalSlots[id] != nil || tree[pattern].b >= 0 {
      let register = builder.take()
      builder.emitRegisters(.move, register, element)
      bind(pattern, holding: register)
    } else {
      builder.registers[id] = element
    }
  }
}

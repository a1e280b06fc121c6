import JanusBytecode
import JanusSemantics
import JanusSource
import JanusSyntax

extension Compiler {
  mutating func compileCall(_ id: NodeID, to target: Int) {
    let node = tree[id]
    let arguments = Array(tree.items(node.b))
    let callee = tree[node.a]
    if compileSpecial(node, arguments, to: target) { return }
    switch callee.kind {
    case .member: compileMemberCall(callee, arguments, span: node.span, to: target)
    case .name: compileNameCall(node.a, arguments, span: node.span, to: target)
    default:
      let window = builder.take(2)
      compile(node.a, to: window)
      emitCall(window: window, arguments: arguments, span: node.span, to: target)
    }
  }

  /// The annotations of a known function's parameters, for `.Case` arguments.
  mutating func parameterTypes(of location: Location) -> [(name: String, type: NodeID)] {
    if case .importedFunction(let module, let name) = location {
      return importedParameterTypes(module, name)
    }
    guard case .known(let function) = location, function < resolution.functions.count else {
      return []
    }
    let declaration = tree[resolution.functions[function].node]
    guard declaration.kind == .function else { return [] }
    return tree.items(declaration.b).map { (parameterName($0), tree[$0].b) }
  }

  private mutating func compileNameCall(
    _ callee: NodeID,
    _ arguments: [NodeID],
    span: Span,
    to target: Int
  ) {
    let id = resolution.symbolOfNode[Int(callee)]
    let location = id >= 0 ? locate(id) : .none
    emitCall(to: location, symbol: id, arguments, span: span, target: target)
  }

  /// A call of something whose place is known.
  private mutating func emitCall(
    to location: Location,
    symbol: SymbolID,
    _ arguments: [NodeID],
    span: Span,
    target: Int
  ) {
    let window = builder.take(2)
    let isPlain = isPlain(arguments)
    switch location {
    case .native(let name) where isPlain:
      for argument in arguments { compile(argument, to: builder.take()) }
      builder.span = span
      builder.emit(.callNative, x: arguments.count, a: window * 16, c: target * 16)
      builder.extra(constant(.native(name)))
    case .known(let function) where isPlain:
      let types = parameterTypes(of: location)
      for (index, argument) in arguments.enumerated() {
        compile(
          argument,
          to: builder.take(),
          expecting: index < types.count ? types[index].type : -1
        )
      }
      emitKnownCall(.function(function), window, arguments.count, span, target)
    case .importedFunction(let module, let name) where isPlain:
      let types = parameterTypes(of: location)
      for (index, argument) in arguments.enumerated() {
        compile(
          argument,
          to: builder.take(),
          expecting: index < types.count ? types[index].type : -1
        )
      }
      emitKnownCall(
        .importedFunction(module: module, name: name),
        window,
        arguments.count,
        span,
        target
      )
    default:
      load(location, symbol, to: window)
      emitCall(
        window: window,
        arguments: arguments,
        span: span,
        to: target,
        types: parameterTypes(of: location)
      )
    }
  }

  private mutating func emitKnownCall(
    _ function: Constant,
    _ window: Int,
    _ count: Int,
    _ span: Span,
    _ target: Int
  ) {
    guard count < 256 else { return tooManyArguments(span) }
    builder.span = span
    builder.emit(.callKnown, x: count, a: window * 16, c: target * 16)
    builder.extra(constant(function))
    builder.extra(Instruction(.callKnown, x: count, a: window * 16, c: target * 16).word)
  }

  private mutating func tooManyArguments(_ span: Span) {
    report(.tooManyRegisters, span, "a call takes at most 250 arguments", help: "pass a list")
  }

  func isPlain(_ arguments: [NodeID]) -> Bool {
    arguments.count <= 250
      && !arguments.contains {
        tree[$0].kind == .spread || tree[$0].kind == .namedArgument
      }
  }

  /// The callee is in the window: evaluates the arguments behind it and calls.
  mutating func emitCall(
    window: Int,
    arguments: [NodeID],
    span: Span,
    to target: Int,
    types: [(name: String, type: NodeID)] = []
  ) {
    guard arguments.count <= 250 else { return tooManyArguments(span) }
    let (count, names, hasSpread) = compileArgumentList(arguments, types: types)
    builder.span = span
    if hasSpread {
      emitNamed(.callSpread, window, count, names, target)
    } else if !names.isEmpty {
      emitNamed(.callNamed, window, count, names, target)
    } else {
      builder.emit(.call, x: count, a: window * 16, c: target * 16)
    }
  }

  private mutating func emitNamed(
    _ opcode: Opcode,
    _ window: Int,
    _ count: Int,
    _ names: [String],
    _ target: Int
  ) {
    builder.emit(opcode, x: count, a: window * 16, c: target * 16)
    builder.extra(text(names.joined(separator: ",")))
    builder.extra(Instruction(opcode, x: count, a: window * 16, c: target * 16).word)
  }

  /// Positional arguments, then named ones. With a spread, the positional ones become one list.
  private mutating func compileArgumentList(
    _ arguments: [NodeID],
    types: [(name: String, type: NodeID)] = []
  ) -> (count: Int, names: [String], hasSpread: Bool) {
    var names: [String] = []
    let hasSpread = arguments.contains { tree[$0].kind == .spread }
    var count = 0
    if hasSpread {
      let list = builder.take()
      count = 1
      builder.emit(.newList, a: list * 16, b: 0)
      for argument in arguments where tree[argument].kind != .namedArgument {
        let mark = builder.nextRegister
        let isSpread = tree[argument].kind == .spread
        let value = operand(isSpread ? tree[argument].a : argument)
        builder.span = tree[argument].span
        builder.emitRegisters(isSpread ? .appendAll : .append, list, value)
        builder.nextRegister = mark
      }
    } else {
      for (index, argument) in arguments.enumerated() where tree[argument].kind != .namedArgument {
        if !names.isEmpty
          || arguments[..<index].contains(where: { tree[$0].kind == .namedArgument })
        {
          // A trailing closure may follow named arguments: it fills the next free parameter.
          if index != arguments.count - 1 || tree[argument].kind != .closure {
            report(
              .positionalAfterNamed,
              tree[argument].span,
              "a positional argument stands behind a named one",
              help: "put it before the named ones, or name it too"
            )
          }
        }
        compile(
          argument,
          to: builder.take(),
          expecting: index < types.count ? types[index].type : -1
        )
        count += 1
      }
    }
    for argument in arguments where tree[argument].kind == .namedArgument {
      let name = tree.name(tree[argument].a)
      names.append(name)
      compile(
        tree[argument].b,
        to: builder.take(),
        expecting: types.first { $0.name == name }?.type ?? -1
      )
      count += 1
    }
    return (count, names, hasSpread)
  }

  // MARK: Methods

  private mutating func compileMemberCall(
    _ callee: Node,
    _ arguments: [NodeID],
    span: Span,
    to target: Int
  ) {
    if let known = knownCase(callee.a, callee.b) {
      return compileCase(known, arguments: arguments, span: span, to: target)
    }
    if let location = moduleMember(callee) {
      if case .type = location { return }
      return emitCall(to: location, symbol: -1, arguments, span: span, target: target)
    }
    if let core = coreType(callee.a) {
      let window = builder.take(2)
      let receiver = builder.take()
      loadConstant(typeConstant(core), to: receiver)
      return emitInvoke(
        callee,
        arguments,
        window: window,
        span: span,
        to: target,
        isStatic: true
      )
    }
    if let function = knownStatic(callee) {
      return emitCall(to: .known(function), symbol: -1, arguments, span: span, target: target)
    }
    let window = builder.take(2)
    let receiver = builder.take()
    compile(callee.a, to: receiver)
    var skip: Int?
    if callee.flags.contains(.isOptional) {
      builder.emitRegisters(.move, target, receiver)
      skip = builder.emitRegisters(.jumpNull, receiver)
    }
    emitInvoke(callee, arguments, window: window, span: span, to: target, isStatic: false)
    if let skip { builder.patch(skip) }
  }

  /// `list` in `list.filled(…)`.
  private func coreType(_ node: NodeID) -> SymbolID? {
    guard tree[node].kind == .name else { return nil }
    let id = resolution.symbolOfNode[Int(node)]
    guard id >= 0 else { return nil }
    let symbol = resolution.symbols[Int(id)]
    let name = tree.name(symbol.name)
    switch symbol.kind {
    case .coreType: return id
    case .prelude where Resolver.isCoreType(name): return id
    default: return nil
    }
  }

  /// A function of an impl of this module without self, called on its type.
  private func knownStatic(_ callee: Node) -> Int? {
    guard tree[callee.a].kind == .name else { return nil }
    let id = resolution.symbolOfNode[Int(callee.a)]
    guard id >= 0 else { return nil }
    switch resolution.symbols[Int(id)].kind {
    case .structure, .enumeration, .error: break
    default: return nil
    }
    let type = tree.name(resolution.symbols[Int(id)].name)
    let name = tree.name(callee.b)
    return image.methods.first {
      $0.target == .named(module: "", name: type) && $0.name == name && !$0.takesSelf
        && $0.prototype >= 0
    }?.prototype
  }

  private mutating func emitInvoke(
    _ callee: Node,
    _ arguments: [NodeID],
    window: Int,
    span: Span,
    to target: Int,
    isStatic: Bool
  ) {
    guard arguments.count <= 250 else { return tooManyArguments(span) }
    let (count, names, hasSpread) = compileArgumentList(arguments)
    builder.span = span
    let hasFallback = !isStatic && loadFallback(callee.b, to: window)
    let opcode: Opcode =
      hasSpread ? .invokeSpread : names.isEmpty ? .invoke : .invokeNamed
    let word = Instruction(
      opcode,
      x: count + 1,
      a: window * 16,
      b: hasFallback ? 1 : 0,
      c: target * 16
    )
    builder.emit(
      opcode,
      x: count + 1,
      a: window * 16,
      b: hasFallback ? 1 : 0,
      c: target * 16
    )
    if opcode == .invoke {
      builder.extra(0)
      builder.extra(0)
      builder.extra(text(tree.name(callee.b)))
    } else {
      builder.extra(text(tree.name(callee.b)))
      builder.extra(text(names.joined(separator: ",")))
    }
    builder.extra(word.word)
  }

  /// `x.f(y)` is `f(x, y)` when x has no f: the function in scope goes along.
  private mutating func loadFallback(_ name: NameID, to window: Int) -> Bool {
    guard let id = functionInScope(name) else { return false }
    load(locate(id), id, to: window)
    return true
  }

  /// A function or closure variable that the name means here.
  private func functionInScope(_ name: NameID) -> SymbolID? {
    for (index, symbol) in resolution.symbols.enumerated().reversed() where symbol.name == name {
      let id = SymbolID(index)
      switch symbol.kind {
      case .function, .variable:
        if symbol.kind == .function, symbol.isModuleLevel { return id }
        if globalSlots[id] != nil { return id }
        if symbol.function == builder.function, builder.registers[id] != nil { return id }
        if resolution.functions[builder.function].captures.contains(id) { return id }
        if symbol.kind == .function {
          let function = Int(resolution.functionOfNode[Int(symbol.node)])
          if function >= 0, resolution.functions[function].isLifted { return id }
        }
      case .imported: return id
      default: continue
      }
    }
    return nil
  }

  /// `x |> f(y)` is `f(x, y)`; `x |> f` is `f(x)`.
  mutating func compilePipe(_ node: Node, to target: Int) {
    let right = tree[node.b]
    guard right.kind == .call else {
      let window = builder.take(2)
      compile(node.b, to: window)
      return emitCall(window: window, arguments: [node.a], span: node.span, to: target)
    }
    let arguments = [node.a] + tree.items(right.b)
    let callee = tree[right.a]
    if callee.kind == .name {
      return compileNameCall(right.a, arguments, span: node.span, to: target)
    }
    if callee.kind == .member, let location = moduleMember(callee) {
      return emitCall(to: location, symbol: -1, arguments, span: node.span, target: target)
    }
    let window = builder.take(2)
    compile(right.a, to: window)
    emitCall(window: window, arguments: arguments, span: node.span, to: target)
  }

  // MARK: Functions the compiler knows

  /// `len`, `debug`, `assert` and `expect` of the prelude.
  private mutating func compileSpecial(
    _ node: Node,
    _ arguments: [NodeID],
    to target: Int
  ) -> Bool {
    guard let name = preludeName(node.a), arguments.count == 1, let argument = arguments.first,
      isPlain(arguments)
    else { return false }
    switch name {
    case "len":
      let value = operand(argument)
      builder.span = node.span
      builder.emitRegisters(.length, target, value)
    case "debug":
      let window = builder.take(2)
      compile(argument, to: builder.take())
      loadConstant(.text(Array(sourceText(argument).utf8)), to: builder.take())
      let line = file.line(at: node.start) + 1
      loadConstant(.text(Array("\(file.name):\(line)".utf8)), to: builder.take())
      builder.span = node.span
      builder.emit(.callNative, x: 3, a: window * 16, c: target * 16)
      builder.extra(constant(.native("prelude.debug")))
    case "assert", "expect":
      compileAssertion(argument, span: node.span)
      loadConstant(.null, to: target)
    default: return false
    }
    return true
  }

  private func preludeName(_ callee: NodeID) -> String? {
    guard tree[callee].kind == .name else { return nil }
    let id = resolution.symbolOfNode[Int(callee)]
    guard id >= 0, resolution.symbols[Int(id)].kind == .prelude else { return nil }
    return tree.name(tree[callee].a)
  }

  /// `expect(a) == b` as a statement: compares, and reports both operands.
  mutating func compileExpectation(_ node: Node) -> Bool {
    let call = tree[node.a]
    guard call.kind == .call, preludeName(call.a) == "expect" else { return false }
    let arguments = Array(tree.items(call.b))
    guard arguments.count == 1, let subject = arguments.first else { return false }
    var comparison = node
    comparison.a = subject
    compileAssertion(comparison, text: sourceText(node.span))
    return true
  }

  private mutating func compileAssertion(_ condition: NodeID, span: Span) {
    if tree[condition].kind == .parentheses {
      return compileAssertion(tree[condition].a, span: span)
    }
    compileAssertion(tree[condition], text: sourceText(condition), node: condition)
  }

  private mutating func compileAssertion(_ condition: Node, text source: String, node: NodeID = -1)
  {
    let mark = builder.nextRegister
    let pair = builder.take(2)
    let result = builder.take()
    var kind = 0
    if condition.kind == .compare, tree[condition.b].kind != .caseShorthand {
      compile(condition.a, to: pair)
      compile(condition.b, to: pair + 1)
      let swapped = condition.op == .greater || condition.op == .greaterOrEqual
      let opcode: Opcode =
        switch condition.op {
        case .notEqual: .notEqual
        case .less, .greater: .less
        case .lessOrEqual, .greaterOrEqual: .lessOrEqual
        default: .equal
        }
      builder.span = condition.span
      builder.emitRegisters(opcode, result, swapped ? pair + 1 : pair, swapped ? pair : pair + 1)
      kind = 1
    } else if condition.kind == .compare || condition.kind == .in || condition.kind == .is {
      compileOperator(condition, to: result, expecting: -1)
      builder.emitRegisters(.move, pair, result)
      loadConstant(.null, to: pair + 1)
    } else {
      compile(node, to: result)
      builder.emitRegisters(.move, pair, result)
      loadConstant(.null, to: pair + 1)
    }
    builder.span = condition.span
    let skip = builder.emitRegisters(.jumpTrue, result)
    builder.emit(.assertFailed, a: pair * 16, b: kind)
    builder.extra(text(source))
    builder.patch(skip)
    builder.nextRegister = mark
  }
}

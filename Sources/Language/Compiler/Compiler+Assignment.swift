import JanusBytecode
import JanusSemantics
import JanusSource
import JanusSyntax

extension Compiler {
  mutating func compileAssignment(_ node: Node) {
    let mark = builder.nextRegister
    defer { builder.nextRegister = mark }
    let target = tree[node.a]
    switch target.kind {
    case .name: assignVariable(node, target)
    case .member: assignMember(node, target)
    case .index: assignElement(node, target)
    case .list: assignList(node, target)
    case .parentheses:
      var inner = node
      inner.a = target.a
      compileAssignment(inner)
    default: break
    }
  }

  private mutating func assignVariable(_ node: Node, _ target: Node) {
    let id = resolution.symbolOfNode[Int(node.a)]
    guard id >= 0 else { return }
    let type = annotation(of: resolution.symbols[Int(id)])
    let isPlain = plainRegister(node.a)
    if node.op == .none {
      // Straight into the variable's register, unless the value's own evaluation could read it
      // half-made or fail after changing it.
      if let register = isPlain, type < 0,
        builder.cleanups.isEmpty || isSimple(node.b), isSimple(node.b)
      {
        return compile(node.b, to: register)
      }
      let value = builder.take()
      compile(node.b, to: value, expecting: type)
      builder.span = node.span
      return store(value, id)
    }
    let current = builder.take()
    if node.op == .coalesce {
      load(locate(id), id, to: current)
      let skip = builder.emitRegisters(.jumpNotNull, current)
      compileFallback(node.b, to: current, expecting: type)
      builder.span = node.span
      store(current, id)
      return builder.patch(skip)
    }
    if let register = isPlain, type < 0 {
      return emitBinary(node.op, node.a, node.b, span: node.span, to: register)
    }
    emitBinary(node.op, node.a, node.b, span: node.span, to: current)
    store(current, id)
  }

  /// One instruction writes the target, at the end.
  private func isSimple(_ node: NodeID) -> Bool {
    switch tree[node].kind {
    case .integer, .float, .string, .true, .false, .null, .name, .binary, .unary, .member, .index,
      .call:
      true
    case .parentheses: isSimple(tree[node].a)
    default: false
    }
  }

  private mutating func assignMember(_ node: Node, _ target: Node) {
    let object = operand(target.a)
    let name = text(tree.name(target.b))
    if node.op == .add || node.op == .subtract, let amount = smallInt(node.b), amount != -32768 {
      builder.span = node.span
      builder.emit(.addField, a: object * 16, b: node.op == .add ? amount : -amount)
      builder.extra(name)
      return builder.extra(0)
    }
    let value = builder.take()
    var skip: Int?
    if node.op == .none {
      compile(node.b, to: value, expecting: memberType(target))
    } else {
      builder.span = node.span
      builder.emitRegisters(.getField, value, object)
      builder.extra(name)
      builder.extra(0)
      skip = combine(node, value)
    }
    builder.span = node.span
    builder.emitRegisters(.setField, object, value)
    builder.extra(name)
    builder.extra(0)
    if let skip { builder.patch(skip) }
  }

  private mutating func assignElement(_ node: Node, _ target: Node) {
    let (object, index) = operands(target.a, target.b)
    if node.op == .none {
      let value = operand(node.b)
      builder.span = node.span
      builder.emitRegisters(.setIndex, object, index, value)
      return
    }
    let value = builder.take()
    builder.span = node.span
    builder.emitRegisters(.getIndex, value, object, index)
    let skip = combine(node, value)
    builder.span = node.span
    builder.emitRegisters(.setIndex, object, index, value)
    if let skip { builder.patch(skip) }
  }

  /// The current value is in the register: applies the operator of `+=` …; for `??=` the jump
  /// that skips the store.
  private mutating func combine(_ node: Node, _ value: Int) -> Int? {
    if node.op == .coalesce {
      let skip = builder.emitRegisters(.jumpNotNull, value)
      let target = tree[node.a]
      compileFallback(
        node.b,
        to: value,
        expecting: target.kind == .member ? memberType(target) : -1
      )
      return skip
    }
    let right = operand(node.b)
    builder.span = node.span
    builder.emitRegisters(opcode(node.op), value, value, right)
    return nil
  }

  /// `[a, b] = [b, a]`: all values first, then all stores.
  private mutating func assignList(_ node: Node, _ target: Node) {
    let targets = Array(tree.items(target.a))
    let values = tree[node.b].kind == .list ? Array(tree.items(tree[node.b].a)) : []
    let first = builder.nextRegister
    let isPairwise =
      values.count == targets.count
      && !(values + targets).contains { tree[$0].kind == .spread }
    guard isPairwise else {
      let source = operand(node.b)
      _ = builder.take(max(0, first + targets.count - builder.nextRegister))
      let start = builder.take(targets.count)
      for index in targets.indices where tree[targets[index]].kind != .spread {
        let isBehind = targets[..<index].contains { tree[$0].kind == .spread }
        builder.span = node.span
        builder.emit(
          .getIndexInt, a: (start + index) * 16, b: source * 16,
          c: isBehind ? index - targets.count : index)
      }
      for (index, item) in targets.enumerated() where tree[item].kind == .spread {
        takeRest(source, to: start + index, start: index, after: targets.count - index - 1)
      }
      for (index, item) in targets.enumerated() { assign(start + index, to: item) }
      return
    }
    for value in values { compile(value, to: builder.take()) }
    for (index, item) in targets.enumerated() { assign(first + index, to: item) }
  }

  private mutating func takeRest(_ source: Int, to target: Int, start: Int, after: Int) {
    let bounds = builder.take(2)
    loadConstant(.int(Int64(start)), to: bounds)
    loadConstant(after > 0 ? .int(Int64(-after)) : .null, to: bounds + 1)
    builder.emitRegisters(.range, x: 0, bounds, bounds, bounds + 1)
    builder.emitRegisters(.getIndex, target, source, bounds)
  }

  /// Stores a register into any assignable expression.
  private mutating func assign(_ register: Int, to target: NodeID) {
    let node = tree[target]
    builder.span = node.span
    switch node.kind {
    case .name:
      let id = resolution.symbolOfNode[Int(target)]
      if id >= 0 { store(register, id) }
    case .member:
      let object = operand(node.a)
      builder.emitRegisters(.setField, object, register)
      builder.extra(text(tree.name(node.b)))
      builder.extra(0)
    case .index:
      let (object, index) = operands(node.a, node.b)
      builder.emitRegisters(.setIndex, object, index, register)
    case .spread, .parentheses: assign(register, to: node.a)
    default: break
    }
  }
}

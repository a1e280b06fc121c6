import JanusBytecode
import JanusSemantics
import JanusSource
import JanusSyntax

extension Compiler {
  mutating func compileOperator(_ node: Node, to target: Int, expecting type: NodeID) {
    switch node.kind {
    case .unary:
      let value = operand(node.a)
      builder.span = node.span
      builder.emitRegisters(node.op == .negate ? .negate : .bitNot, target, value)
    case .not:
      let value = operand(node.a)
      builder.span = node.span
      builder.emitRegisters(.not, target, value)
    case .binary: compileBinary(node, to: target)
    case .compare, .in, .is: compileTest(node, to: target)
    case .and, .or: compileLogical(node, to: target)
    case .coalesce:
      let result = builder.take()
      compile(node.a, to: result, expecting: type)
      let skip = builder.emitRegisters(.jumpNotNull, result)
      compileFallback(node.b, to: result, expecting: type)
      builder.patch(skip)
      builder.emitRegisters(.move, target, result)
    default: compileRange(node, to: target)
    }
  }

  private mutating func compileTest(_ node: Node, to target: Int) {
    if compileExpectation(node) { return loadConstant(.null, to: target) }
    switch node.kind {
    case .compare: compileComparison(node, to: target)
    case .is: compileIs(node, to: target)
    default:
      if tree[node.a].kind == .caseShorthand {
        compileShorthandSearch(tree[node.a], in: node.b, to: target)
      } else if tree[node.b].kind == .list, holdsShorthand(node.b) {
        compileShorthandList(node.a, tree[node.b], to: target)
      } else {
        let (element, container) = operands(node.a, node.b)
        builder.span = node.span
        builder.emitRegisters(.contains, target, element, container)
      }
      if node.flags.contains(.isNegated) { builder.emitRegisters(.not, target, target) }
    }
  }

  private func holdsShorthand(_ list: NodeID) -> Bool {
    tree.items(tree[list].a).contains { tree[$0].kind == .caseShorthand }
  }

  /// `.Case in list`: is any element of that case?
  private mutating func compileShorthandSearch(
    _ shorthand: Node, in container: NodeID, to target: Int
  ) {
    let result = builder.take()
    let state = builder.take(4)
    let source = operand(container)
    loadConstant(.bool(false), to: result)
    builder.emitRegisters(.iteratePrepare, state, source)
    let enter = builder.jump()
    let body = builder.here
    compareShorthand(shorthand, state + 2, to: result)
    let found = builder.emitRegisters(.jumpTrue, result)
    builder.patch(enter)
    builder.patch(builder.emitRegisters(.iterateNext, x: 1, state), to: body)
    builder.patch(found)
    builder.emitRegisters(.move, target, result)
  }

  /// `x in [.A, .B]`: is x of one of these cases?
  private mutating func compileShorthandList(_ element: NodeID, _ list: Node, to target: Int) {
    let value = operand(element)
    let result = builder.take()
    loadConstant(.bool(false), to: result)
    var found: [Int] = []
    for item in tree.items(list.a) {
      let mark = builder.nextRegister
      if tree[item].kind == .caseShorthand {
        compareShorthand(tree[item], value, to: result)
      } else {
        let other = operand(item)
        builder.emitRegisters(.equal, result, value, other)
      }
      found.append(builder.emitRegisters(.jumpTrue, result))
      builder.nextRegister = mark
    }
    builder.patch(found)
    builder.emitRegisters(.move, target, result)
  }

  /// The right side of `??`, `or` …, where a statement that leaves may stand.
  mutating func compileFallback(_ node: NodeID, to target: Int, expecting type: NodeID = -1) {
    if tree[node].kind == .block {
      compileBlock(node, to: target, expecting: type)
    } else {
      compile(node, to: target, expecting: type)
    }
  }

  /// Both sides must be bools; the value is one.
  private mutating func compileLogical(_ node: Node, to target: Int) {
    let result = builder.take()
    compile(node.a, to: result)
    builder.span = tree[node.a].span
    let skip = builder.emitRegisters(node.kind == .and ? .jumpFalse : .jumpTrue, result)
    compileFallback(node.b, to: result)
    builder.span = tree[node.b].span
    // Says so at once when the right side is no bool.
    let check = builder.emitRegisters(.jumpTrue, result)
    builder.patch(check)
    builder.patch(skip)
    builder.emitRegisters(.move, target, result)
  }

  private mutating func compileRange(_ node: Node, to target: Int) {
    let start = builder.take(2)
    if node.a >= 0 {
      compile(node.a, to: start)
    } else {
      loadConstant(.null, to: start)
    }
    if node.b >= 0 {
      compile(node.b, to: start + 1)
    } else {
      loadConstant(.null, to: start + 1)
    }
    builder.span = node.span
    let inclusive = node.flags.contains(.isInclusive) && node.b >= 0 ? 1 : 0
    builder.emitRegisters(.range, x: inclusive, target, start, start + 1)
  }

  private mutating func compileIs(_ node: Node, to target: Int) {
    let value = operand(node.a)
    builder.span = node.span
    let type = tree[node.b]
    if type.kind == .patternCase {
      compileCaseTest(type, value, to: target)
    } else {
      builder.emitRegisters(.isType, target, value)
      builder.extra(contract(contractOf(node.b)))
    }
  }

  /// Whether a register holds the case of a pattern, payload aside.
  mutating func compileCaseTest(_ pattern: Node, _ value: Int, to target: Int) {
    if pattern.a >= 0, let known = knownCase(pattern.a, pattern.b) {
      builder.emitRegisters(.isCase, target, value)
      builder.extra(constant(shapeConstant(known)))
      return
    }
    if pattern.a >= 0 {
      report(
        .unknownMember, pattern.span,
        "`\(sourceText(pattern.a))` has no case `\(tree.name(pattern.b))`")
    }
    builder.emitRegisters(.isCaseNamed, target, value)
    builder.extra(text(tree.name(pattern.b)))
    builder.extra(0)
    builder.extra(0)
  }

  // MARK: Arithmetic

  private mutating func compileBinary(_ node: Node, to target: Int) {
    emitBinary(node.op, node.a, node.b, span: node.span, to: target)
  }

  mutating func emitBinary(
    _ op: Operator, _ left: NodeID, _ right: NodeID, span: Span, to target: Int
  ) {
    if let value = smallInt(right), let (opcode, amount) = immediate(op, value) {
      let register = operand(left)
      builder.span = span
      builder.emit(opcode, a: target * 16, b: register * 16, c: amount)
      return
    }
    if op == .add || op == .multiply, let value = smallInt(left), smallInt(right) == nil,
      let (opcode, amount) = immediate(op, value), isNumberLike(right)
    {
      let register = operand(right)
      builder.span = span
      builder.emit(opcode, a: target * 16, b: register * 16, c: amount)
      return
    }
    if compileFloatConstant(op, left, right, span, to: target) { return }
    if op == .bitAnd, tree[right].kind == .integer {
      let register = operand(left)
      builder.span = span
      builder.emitRegisters(.bitAndConstant, target, register)
      builder.extra(UInt64(bitPattern: tree.integers[Int(tree[right].a)]))
      return
    }
    let (first, second) = operands(left, right)
    builder.span = span
    builder.emitRegisters(opcode(op), target, first, second)
  }

  /// `2 * x` may change places with `x * 2` where messages stay true: for names and arithmetic.
  private func isNumberLike(_ node: NodeID) -> Bool {
    switch tree[node].kind {
    case .binary, .parentheses: true
    default: false
    }
  }

  private mutating func compileFloatConstant(
    _ op: Operator, _ left: NodeID, _ right: NodeID, _ span: Span, to target: Int
  ) -> Bool {
    guard op == .add || op == .multiply || op == .subtract else { return false }
    let opcode: Opcode = op == .multiply ? .multiplyFloat : .addFloat
    if tree[right].kind == .float {
      var value = tree.floats[Int(tree[right].a)]
      if op == .subtract { value = -value }
      let register = operand(left)
      builder.span = span
      builder.emitRegisters(opcode, target, register)
      builder.extra(value.bitPattern)
      return true
    }
    if op != .subtract, tree[left].kind == .float {
      let register = operand(right)
      builder.span = span
      builder.emitRegisters(opcode, target, register)
      builder.extra(tree.floats[Int(tree[left].a)].bitPattern)
      return true
    }
    return false
  }

  private func immediate(_ op: Operator, _ value: Int) -> (Opcode, Int)? {
    switch op {
    case .add: (.addInt, value)
    case .subtract: value > Int(Int16.min) ? (.addInt, -value) : nil
    case .multiply: (.multiplyInt, value)
    case .remainder: value > 0 ? (.remainderInt, value) : nil
    case .divide: value > 0 ? (.divideInt, value) : nil
    case .shiftLeft: (0..<64).contains(value) ? (.shiftLeftInt, value) : nil
    case .shiftRight: (0..<64).contains(value) ? (.shiftRightInt, value) : nil
    case .shiftRightUnsigned: (0..<64).contains(value) ? (.shiftRightUnsignedInt, value) : nil
    default: nil
    }
  }

  func opcode(_ op: Operator) -> Opcode {
    switch op {
    case .subtract: .subtract
    case .multiply: .multiply
    case .divide: .divide
    case .remainder: .remainder
    case .power: .power
    case .addWrapping: .addWrapping
    case .subtractWrapping: .subtractWrapping
    case .multiplyWrapping: .multiplyWrapping
    case .bitAnd: .bitAnd
    case .bitOr: .bitOr
    case .bitXor: .bitXor
    case .shiftLeft: .shiftLeft
    case .shiftRight: .shiftRight
    case .shiftRightUnsigned: .shiftRightUnsigned
    default: .add
    }
  }

  /// A comparison as a bool; `.Case` on one side is a test of the case.
  mutating func compileComparison(_ node: Node, to target: Int) {
    for (shorthand, other) in [(node.b, node.a), (node.a, node.b)]
    where tree[shorthand].kind == .caseShorthand {
      let value = operand(other)
      builder.span = node.span
      compareShorthand(tree[shorthand], value, to: target)
      if node.op == .notEqual { builder.emitRegisters(.not, target, target) }
      return
    }
    var (left, right) = operands(node.a, node.b)
    if node.op == .greater || node.op == .greaterOrEqual { swap(&left, &right) }
    builder.span = node.span
    let opcode: Opcode =
      switch node.op {
      case .notEqual: .notEqual
      case .less, .greater: .less
      case .lessOrEqual, .greaterOrEqual: .lessOrEqual
      default: .equal
      }
    builder.emitRegisters(opcode, target, left, right)
  }

  /// `x == .Case` and `x == .Case(1)`.
  private mutating func compareShorthand(_ shorthand: Node, _ value: Int, to target: Int) {
    let result = builder.take()
    builder.emitRegisters(.isCaseNamed, result, value)
    builder.extra(text(tree.name(shorthand.a)))
    builder.extra(0)
    builder.extra(0)
    var skips: [Int] = []
    for (index, argument) in tree.items(shorthand.b).enumerated() {
      skips.append(builder.emitRegisters(.jumpFalse, result))
      let mark = builder.nextRegister
      let slot = builder.take()
      builder.emit(.getSlot, a: slot * 16, b: value * 16, c: index)
      let isNamed = tree[argument].kind == .namedArgument
      let wanted = operand(isNamed ? tree[argument].b : argument)
      builder.emitRegisters(.equal, result, slot, wanted)
      builder.nextRegister = mark
    }
    builder.patch(skips)
    builder.emitRegisters(.move, target, result)
  }
}

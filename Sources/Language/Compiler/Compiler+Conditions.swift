import JanusBytecode
import JanusSyntax

extension Compiler {
  /// Jumps taken when the condition has the given truth; otherwise code goes on behind them.
  mutating func branch(_ node: NodeID, ifTrue: Bool) -> [Int] {
    let expression = tree[node]
    switch expression.kind {
    case .parentheses: return branch(expression.a, ifTrue: ifTrue)
    case .not: return branch(expression.a, ifTrue: !ifTrue)
    case .true: return ifTrue ? [builder.jump()] : []
    case .false: return ifTrue ? [] : [builder.jump()]
    case .and, .or:
      // `a and b` is false as soon as a is; `a or b` is true as soon as a is.
      let decides = expression.kind == .or
      if ifTrue == decides {
        let left = branch(expression.a, ifTrue: ifTrue)
        return left + branch(expression.b, ifTrue: ifTrue)
      }
      let skips = branch(expression.a, ifTrue: decides)
      let jumps = branch(expression.b, ifTrue: ifTrue)
      builder.patch(skips)
      return jumps
    case .compare: return [compareBranch(expression, ifTrue: ifTrue, backward: false)]
    default:
      let mark = builder.nextRegister
      let register = operand(node)
      builder.nextRegister = mark
      builder.span = expression.span
      return [builder.emitRegisters(ifTrue ? .jumpTrue : .jumpFalse, register)]
    }
  }

  /// Jumps back to a loop's body while the condition holds; the jumps that leave instead.
  mutating func branchBack(_ node: NodeID, to body: Int) -> [Int] {
    let expression = tree[node]
    switch expression.kind {
    case .parentheses: return branchBack(expression.a, to: body)
    case .and:
      let exits = branch(expression.a, ifTrue: false)
      return exits + branchBack(expression.b, to: body)
    case .compare:
      let jump = compareBranch(expression, ifTrue: true, backward: true)
      builder.patch(jump, to: body)
      return []
    case .not, .or, .true, .false:
      let exits = branch(node, ifTrue: false)
      builder.loopBack(to: body)
      return exits
    default:
      let mark = builder.nextRegister
      let register = operand(node)
      builder.nextRegister = mark
      builder.patch(builder.emitRegisters(.loopTrue, register), to: body)
      return []
    }
  }

  /// One compared jump, to be patched.
  private mutating func compareBranch(_ node: Node, ifTrue: Bool, backward: Bool) -> Int {
    let mark = builder.nextRegister
    defer { builder.nextRegister = mark }
    if tree[node.a].kind == .caseShorthand || tree[node.b].kind == .caseShorthand {
      let register = builder.take()
      compileComparison(node, to: register)
      return builder.emitRegisters(
        backward ? .loopTrue : ifTrue ? .jumpTrue : .jumpFalse, register)
    }
    if !backward, node.op == .equal || node.op == .notEqual, tree[node.b].kind == .null {
      let left = operand(node.a)
      builder.span = node.span
      return builder.emitRegisters(
        (node.op == .equal) == ifTrue ? .jumpNull : .jumpNotNull, left)
    }
    if let value = smallInt(node.b), let forms = immediateForms(node.op) {
      let left = operand(node.a)
      builder.span = node.span
      let opcode = backward ? forms.loop : ifTrue ? forms.isTrue : forms.isFalse
      return builder.emit(opcode, a: left * 16, b: value)
    }
    var (left, right) = operands(node.a, node.b)
    if node.op == .greater || node.op == .greaterOrEqual { swap(&left, &right) }
    let forms = registerForms(node.op)
    builder.span = node.span
    let opcode = backward ? forms.loop : ifTrue ? forms.isTrue : forms.isFalse
    return builder.emitRegisters(opcode, left, right)
  }

  private typealias Forms = (isTrue: Opcode, isFalse: Opcode, loop: Opcode)

  private func immediateForms(_ op: Operator) -> Forms? {
    switch op {
    case .less: (.jumpLessInt, .jumpNotLessInt, .loopLessInt)
    case .lessOrEqual: (.jumpLessOrEqualInt, .jumpNotLessOrEqualInt, .loopLessOrEqualInt)
    case .greater: (.jumpGreaterInt, .jumpNotGreaterInt, .loopGreaterInt)
    case .greaterOrEqual:
      (.jumpGreaterOrEqualInt, .jumpNotGreaterOrEqualInt, .loopGreaterOrEqualInt)
    case .equal: (.jumpEqualInt, .jumpNotEqualInt, .loopEqualInt)
    case .notEqual: (.jumpNotEqualInt, .jumpEqualInt, .loopNotEqualInt)
    default: nil
    }
  }

  private func registerForms(_ op: Operator) -> Forms {
    switch op {
    case .less, .greater: (.jumpLess, .jumpNotLess, .loopLess)
    case .lessOrEqual, .greaterOrEqual:
      (.jumpLessOrEqual, .jumpNotLessOrEqual, .loopLessOrEqual)
    case .notEqual: (.jumpNotEqual, .jumpEqual, .loopNotEqual)
    default: (.jumpEqual, .jumpNotEqual, .loopEqual)
    }
  }

  /// An int literal that fits an instruction.
  func smallInt(_ node: NodeID) -> Int? {
    guard node >= 0 else { return nil }
    if tree[node].kind == .parentheses { return smallInt(tree[node].a) }
    guard tree[node].kind == .integer else { return nil }
    let value = tree.integers[Int(tree[node].a)]
    return Int64(Int16(truncatingIfNeeded: value)) == value ? Int(value) : nil
  }

  // MARK: Operands

  /// The value of an expression in some register: a variable's own where that is safe.
  mutating func operand(_ node: NodeID) -> Int {
    if let register = plainRegister(node) { return register }
    let register = builder.take()
    compile(node, to: register)
    return register
  }

  /// Two operands, left first: a variable that the right side may change is copied.
  mutating func operands(_ left: NodeID, _ right: NodeID) -> (Int, Int) {
    if let register = plainRegister(left) {
      if plainRegister(right) != nil || !mayAssign(right) {
        return (register, operand(right))
      }
    }
    let first = builder.take()
    compile(left, to: first)
    return (first, operand(right))
  }

  /// True when evaluating an expression could assign a variable of this function.
  func mayAssign(_ node: NodeID) -> Bool {
    guard node >= 0 else { return false }
    let expression = tree[node]
    switch expression.kind {
    case .null, .true, .false, .integer, .float, .duration, .string, .bytes, .name, .closure:
      return false
    case .unary, .not, .parentheses, .member, .formatted, .try: return mayAssign(expression.a)
    case .namedArgument: return mayAssign(expression.b)
    case .binary, .compare, .index, .and, .or, .coalesce, .range, .in, .pipe:
      return mayAssign(expression.a) || mayAssign(expression.b)
    case .call:
      if mayAssign(expression.a) { return true }
      return tree.items(expression.b).contains { mayAssign($0) }
    case .list, .interpolation:
      return tree.items(expression.a).contains { mayAssign($0) }
    default: return true
    }
  }
}

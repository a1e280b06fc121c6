import JanusSemantics
import JanusSource
import JanusSyntax

extension Checker {
  func walkOperator(_ id: NodeID, _ node: Node) -> ValueType {
    switch node.kind {
    case .unary: return walkUnary(node)
    case .not, .and, .or:
      let facts = walkCondition(id)
      // A side that leaves says what holds from here on.
      if node.kind != .not, frame.isReachable, isLeaving(node.b) { apply(facts.whenTrue) }
      return frame.isReachable ? .bool : .never
    case .binary:
      let left = walk(node.a)
      let right = walk(node.b)
      return arithmetic(node.op, left, right, at: node.span, left: node.a, right: node.b)
    case .compare: return walkComparison(id, node)
    case .is: return walkTypeTest(id, node)
    case .in: return walkIn(node)
    case .range: return walkRange(node)
    case .coalesce: return walkCoalesce(node)
    default: return .any
    }
  }

  private func isLeaving(_ id: NodeID) -> Bool {
    switch tree[unwrapped(id)].kind {
    case .return, .fail, .break, .continue: true
    default: false
    }
  }

  // MARK: What a use demands

  /// A value must be of some of these kinds; reports when it cannot be, and knows it is afterwards.
  func require(_ value: ValueType, _ kinds: Kinds, _ node: NodeID, report: () -> Void) {
    guard !value.isNever else { return }
    guard value.kinds.meets(kinds) else { return report() }
    note(value, kinds, node)
  }

  /// Behind a use that worked, a variable is of the kinds that work.
  func note(_ value: ValueType, _ kinds: Kinds, _ node: NodeID) {
    let node = unwrapped(node)
    guard tree[node].kind == .name, let id = symbol(of: node),
      resolution.symbols[Int(id)].kind == .variable, !isShared(id)
    else { return }
    let narrowed = value.limited(to: kinds)
    if narrowed != value { set(id, narrowed) }
    guard frame.isCertain, let index = frame.parameterSymbols[id], value.isAny,
      frame.requirements[id] == nil
    else { return }
    frame.requirements[id] = .init(parameter: index, kinds: kinds, node: node)
  }

  // MARK: Arithmetic

  private func walkUnary(_ node: Node) -> ValueType {
    let value = walk(node.a)
    guard !value.isNever else { return .never }
    let allowed: Kinds = node.op == .bitNot ? .int : [.int, .float, .duration]
    guard value.kinds.meets(allowed) else {
      error(
        .operandType, node.span, "`\(spelling(node.op))` does not work on \(describe(value))")
      return ValueType(allowed)
    }
    note(value, allowed, node.a)
    if node.op == .negate, case .integer(let number) = value.detail, value.kinds == .int,
      number != .min
    {
      return ValueType(.int, .integer(-number))
    }
    return ValueType(value.kinds.intersection(allowed))
  }

  /// The value of an operation; reports what can never work.
  func arithmetic(
    _ op: Operator, _ left: ValueType, _ right: ValueType, at span: Span, left leftNode: NodeID,
    right rightNode: NodeID
  ) -> ValueType {
    guard !left.isNever, !right.isNever else { return .never }
    let result = resultKinds(op, left.kinds, right.kinds)
    guard !result.isEmpty else {
      reportOperands(op, left, right, span, leftNode, rightNode)
      return .any
    }
    checkConstantOperand(op, left, right, rightNode)
    if isVariable(leftNode) {
      note(left, partners(op, of: right.kinds) { resultKinds(op, $0, $1) }, leftNode)
    }
    if isVariable(rightNode) {
      note(right, partners(op, of: left.kinds) { resultKinds(op, $1, $0) }, rightNode)
    }
    return ValueType(result)
  }

  private func isVariable(_ id: NodeID) -> Bool { tree[unwrapped(id)].kind == .name }

  /// The kinds that an operand can have beside another.
  private func partners(
    _ op: Operator, of other: Kinds, _ result: (Kinds, Kinds) -> Kinds
  ) -> Kinds {
    let candidates: [Kinds] = [.int, .float, .duration, .string, .bytes]
    return candidates.reduce(into: Kinds()) { kinds, kind in
      if !result(kind, other).isEmpty { kinds.formUnion(kind) }
    }
  }

  /// The kinds that an operation gives for some of the operands; empty when it always fails.
  func resultKinds(_ op: Operator, _ left: Kinds, _ right: Kinds) -> Kinds {
    var result: Kinds = []
    let bothNumbers = left.meets(.number) && right.meets(.number)
    switch op {
    case .add, .subtract, .multiply, .divide, .remainder, .power:
      if left.contains(.int), right.contains(.int) { result.formUnion(.int) }
      if bothNumbers, left.contains(.float) || right.contains(.float) { result.formUnion(.float) }
    default: return left.contains(.int) && right.contains(.int) ? .int : []
    }
    switch op {
    case .add:
      for kind in [Kinds.string, .bytes, .duration] where left.contains(kind) {
        if right.contains(kind) { result.formUnion(kind) }
      }
    case .subtract:
      if left.contains(.duration), right.contains(.duration) { result.formUnion(.duration) }
    case .multiply:
      if left.contains(.duration) && right.meets(.number)
        || right.contains(.duration) && left.meets(.number)
      {
        result.formUnion(.duration)
      }
    case .divide:
      if left.contains(.duration), right.meets(.number) { result.formUnion(.duration) }
      if left.contains(.duration), right.contains(.duration) { result.formUnion(.float) }
    default: break
    }
    return result
  }

  private func reportOperands(
    _ op: Operator, _ left: ValueType, _ right: ValueType, _ span: Span, _ leftNode: NodeID,
    _ rightNode: NodeID
  ) {
    var help: String?
    var fix: Diagnostic.Fix?
    if op == .add, left.kinds == .string || right.kinds == .string {
      help = "make a string of it with string(…), or write $\"…{x}…\""
      let other = left.kinds == .string ? rightNode : leftNode
      let otherType = left.kinds == .string ? right : left
      if !otherType.kinds.contains(.null), otherType.kinds != .bytes {
        fix = .init(
          span: tree[other].span, replacement: "string(\(text(unwrapped(other))))", isExact: false)
      }
    } else if op == .add, left.kinds == .list, right.kinds == .list {
      help = "join lists with [..a, ..b]"
    } else if op == .multiply, left.kinds == .string, right.kinds == .int {
      help = "write \(text(leftNode)).repeat(\(text(rightNode)))"
    } else if left.kinds.contains(.null) || right.kinds.contains(.null) {
      help = "check for null first, or give a value with `??`"
    }
    error(
      .operandType, span,
      "`\(spelling(op))` does not work on \(describe(left)) and \(describe(right))", help: help,
      fix: fix)
  }

  /// `x / 0` and `x << 64` fail whatever x is.
  private func checkConstantOperand(
    _ op: Operator, _ left: ValueType, _ right: ValueType, _ node: NodeID
  ) {
    guard left.kinds == .int, right.kinds == .int, let number = integer(node) else { return }
    switch op {
    case .divide, .remainder:
      guard number == 0 else { return }
      error(.divisionByZero, tree[node].span, "an int cannot be divided by 0")
    case .shiftLeft, .shiftRight, .shiftRightUnsigned:
      guard number < 0 || number > 63 else { return }
      error(.badShift, tree[node].span, "a shift by \(number) is outside 0…63")
    case .power where number < 0:
      error(
        .operandType, tree[node].span, "an int cannot be raised to the negative power \(number)",
        help: "use a float as base")
    default: break
    }
  }

  func spelling(_ op: Operator) -> String {
    switch op {
    case .add: "+"
    case .subtract, .negate: "-"
    case .multiply: "*"
    case .divide: "/"
    case .remainder: "%"
    case .power: "**"
    case .addWrapping: "+%"
    case .subtractWrapping: "-%"
    case .multiplyWrapping: "*%"
    case .bitAnd: "&"
    case .bitOr: "|"
    case .bitXor: "^"
    case .bitNot: "~"
    case .shiftLeft: "<<"
    case .shiftRight: ">>"
    case .shiftRightUnsigned: ">>>"
    case .equal: "=="
    case .notEqual: "!="
    case .less: "<"
    case .lessOrEqual: "<="
    case .greater: ">"
    case .greaterOrEqual: ">="
    case .coalesce: "??"
    case .none, .given, .when, .then, .and, .but: "="
    }
  }

  // MARK: Others

  private func walkIn(_ node: Node) -> ValueType {
    let element = walk(node.a)
    let container = walk(node.b)
    guard !element.isNever, !container.isNever else { return .never }
    var isPossible = container.kinds.meets([.list, .map, .range])
    if container.kinds.contains(.string), element.kinds.contains(.string) { isPossible = true }
    if container.kinds.contains(.bytes), element.kinds.meets([.bytes, .int]) { isPossible = true }
    guard isPossible else {
      error(
        .operandType, node.span,
        "`in` does not work on \(describe(element)) and \(describe(container))")
      return .bool
    }
    note(container, Kinds.iterable, node.b)
    return .bool
  }

  private func walkRange(_ node: Node) -> ValueType {
    for bound in [node.a, node.b] where bound >= 0 {
      let value = walk(bound)
      guard !value.isNever, !value.kinds.meets([.int, .null]) else { continue }
      error(
        .operandType, tree[bound].span, "a range goes from int to int, not \(describe(value))",
        help: value.kinds == .float ? "cut it with int(…)" : nil)
    }
    return ValueType(.range)
  }

  private func walkCoalesce(_ node: Node) -> ValueType {
    let left = walk(node.a)
    guard frame.isReachable else { return .never }
    frame.isCertain = false
    let start = mark
    let right = walk(node.b)
    let isLive = frame.isReachable
    _ = takeBranch(since: start)
    frame.isReachable = true
    if !left.isNever, !left.kinds.contains(.null), !isLiteral(node.a) {
      warning(
        .uselessCoalesce, Span(tree[node.a].end, node.end),
        "the left side of `??` is \(describe(plainKinds(left))), never null",
        help: "remove `??` and what follows it",
        fix: .init(span: Span(tree[node.a].end, node.end), replacement: ""))
    }
    if !isLive, tree[node.a].kind == .name, let id = symbol(of: node.a), !isShared(id),
      resolution.symbols[Int(id)].kind == .variable
    {
      set(id, left.without(.null))
    }
    let value = left.without(.null)
    return isLive ? value.joined(right) : value
  }

  private func plainKinds(_ type: ValueType) -> ValueType {
    type.instance == nil ? ValueType(type.kinds) : type
  }
}

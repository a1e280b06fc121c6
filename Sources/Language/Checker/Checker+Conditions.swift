import JanusSemantics
import JanusSource
import JanusSyntax

/// What a condition says of variables, both ways.
struct Facts {
  var whenTrue: [Fact] = []
  var whenFalse: [Fact] = []

  struct Fact {
    var symbol: SymbolID
    var type: ValueType
  }

  var negated: Facts { Facts(whenTrue: whenFalse, whenFalse: whenTrue) }
}

extension Checker {
  func apply(_ facts: [Facts.Fact]) {
    for fact in facts where !isShared(fact.symbol) { set(fact.symbol, fact.type) }
  }

  /// Walks a condition; what it says where it holds and where it does not.
  func walkCondition(_ id: NodeID) -> Facts {
    guard depth < Limits.depth else { return Facts() }
    depth += 1
    defer { depth -= 1 }
    let node = tree[id]
    switch node.kind {
    case .parentheses: return walkCondition(node.a)
    case .not: return walkCondition(node.a).negated
    case .and, .or: return walkConnective(node)
    case .compare:
      walkComparison(id, node)
      return equalityFacts(node)
    case .is:
      walkTypeTest(id, node)
      return testFacts(node)
    default:
      let value = walk(id)
      requireBool(value, id)
      return Facts()
    }
  }

  func requireBool(_ value: ValueType, _ id: NodeID) {
    require(value, .bool, id) {
      error(
        .conditionType, tree[id].span,
        "a condition must be a bool, but this is \(describe(value))", help: truthHelp(value, id))
    }
  }

  private func truthHelp(_ value: ValueType, _ id: NodeID) -> String? {
    let source = text(id)
    guard source.utf8.count < 30 else { return nil }
    switch value.kinds {
    case .int: return "compare it: \(source) != 0"
    case .string, .list, .map, .bytes: return "ask for its length: len(\(source)) > 0"
    case .null: return nil
    default: return value.kinds.contains(.null) ? "compare it: \(source) != null" : nil
    }
  }

  private func walkConnective(_ node: Node) -> Facts {
    let left = walkCondition(node.a)
    guard frame.isReachable else { return Facts() }
    frame.isCertain = false
    let start = mark
    apply(node.kind == .and ? left.whenTrue : left.whenFalse)
    let right = walkCondition(node.b)
    let isLive = frame.isReachable
    _ = takeBranch(since: start)
    frame.isReachable = true
    // `x != null or return`: behind it the left side held.
    guard isLive else {
      return node.kind == .or
        ? Facts(whenTrue: left.whenTrue, whenFalse: left.whenTrue)
        : Facts(whenTrue: left.whenFalse, whenFalse: left.whenFalse)
    }
    return node.kind == .and
      ? Facts(whenTrue: left.whenTrue + right.whenTrue, whenFalse: [])
      : Facts(whenTrue: [], whenFalse: left.whenFalse + right.whenFalse)
  }

  private func variable(_ id: NodeID) -> SymbolID? {
    let id = unwrapped(id)
    guard tree[id].kind == .name, let symbol = symbol(of: id),
      resolution.symbols[Int(symbol)].kind == .variable
    else { return nil }
    return symbol
  }

  private func equalityFacts(_ node: Node) -> Facts {
    guard node.op == .equal || node.op == .notEqual else { return Facts() }
    let leftIsNull = tree[unwrapped(node.a)].kind == .null
    guard leftIsNull || tree[unwrapped(node.b)].kind == .null,
      let symbol = variable(leftIsNull ? node.b : node.a)
    else { return Facts() }
    let known = type(of: symbol)
    let facts = Facts(
      whenTrue: [.init(symbol: symbol, type: known.limited(to: .null))],
      whenFalse: [.init(symbol: symbol, type: known.without(.null))])
    return node.op == .equal ? facts : facts.negated
  }

  private func testFacts(_ node: Node) -> Facts {
    guard let symbol = variable(node.a), let contract = testedContract(node.b) else {
      return Facts()
    }
    let known = type(of: symbol)
    return Facts(
      whenTrue: [.init(symbol: symbol, type: program.narrowed(known, to: contract.contract))],
      whenFalse: contract.isCase
        ? []
        : [.init(symbol: symbol, type: program.remainder(of: known, without: contract.contract))])
  }

  /// What `is` asks for; a case says no more than its enum.
  private func testedContract(_ id: NodeID) -> (contract: Contract, isCase: Bool)? {
    let node = tree[id]
    guard node.kind == .patternCase else {
      return (program.contract(of: id, in: module), false)
    }
    guard node.a >= 0 else { return (.kinds([.enumeration, .error]), true) }
    return program.type(namedBy: node.a, in: module).map { (program.typeContract($0), true) }
  }

  // MARK: Comparisons

  @discardableResult
  func walkComparison(_ id: NodeID, _ node: Node) -> ValueType {
    if isExpectation(node.a) {
      walk(node.a)
      walk(node.b)
      return .null
    }
    let left = walk(node.a)
    let right = walk(node.b)
    guard !left.isNever, !right.isNever else { return .never }
    switch node.op {
    case .equal, .notEqual: checkEquality(node, left, right)
    default: checkOrder(node, left, right)
    }
    checkSelfComparison(node, left)
    return .bool
  }

  /// `expect(a) == b` compares `a`.
  func isExpectation(_ id: NodeID) -> Bool {
    let node = tree[id]
    guard node.kind == .call, tree[node.a].kind == .name, let symbol = symbol(of: node.a) else {
      return false
    }
    return resolution.symbols[Int(symbol)].kind == .prelude && tree.name(tree[node.a].a) == "expect"
  }

  private func checkEquality(_ node: Node, _ left: ValueType, _ right: ValueType) {
    let widened = left.kinds.meets(.number) ? left.kinds.union(.number) : left.kinds
    var isDistinct = !widened.meets(right.kinds)
    if let one = left.instance, let other = right.instance, one != other,
      left.kinds.isSubset(of: .nominal), right.kinds.isSubset(of: .nominal)
    {
      isDistinct = true
    }
    guard isDistinct, !(isLiteral(node.a) && isLiteral(node.b)) else { return }
    let truth = node.op == .equal ? "false" : "true"
    warning(
      .constantComparison, node.span,
      "this is always \(truth): \(describe(plain(left))) never equals \(describe(plain(right)))",
      help: conversionHelp(left, right))
  }

  /// Without what is known of the value itself.
  private func plain(_ type: ValueType) -> ValueType {
    if case .integer = type.detail { return ValueType(type.kinds) }
    return type
  }

  private func conversionHelp(_ left: ValueType, _ right: ValueType) -> String? {
    let kinds = left.kinds.union(right.kinds)
    if kinds == [.string, .int] { return "convert one side, with int(…) or string(…)" }
    if kinds == [.string, .bytes] { return "convert one side, with .bytes() or .text()" }
    return nil
  }

  func isLiteral(_ id: NodeID) -> Bool {
    let node = tree[id]
    switch node.kind {
    case .null, .true, .false, .integer, .float, .duration, .string, .bytes: return true
    case .parentheses, .unary: return isLiteral(node.a)
    case .list: return tree.items(node.a).allSatisfy { isLiteral($0) }
    default: return false
    }
  }

  private func checkOrder(_ node: Node, _ left: ValueType, _ right: ValueType) {
    let groups: [Kinds] = [.number, .string, .bytes, .duration]
    let isPossible = groups.contains { left.kinds.meets($0) && right.kinds.meets($0) }
    guard !isPossible else {
      let orderable: Kinds = [.int, .float, .string, .bytes, .duration]
      note(left, orderable, node.a)
      return note(right, orderable, node.b)
    }
    error(
      .operandType, node.span,
      "`\(spelling(node.op))` does not work on \(describe(left)) and \(describe(right))",
      help: "two numbers, two strings, two bytes or two durations have an order")
  }

  private func checkSelfComparison(_ node: Node, _ type: ValueType) {
    guard isPure(node.a), !isLiteral(node.a), text(node.a) == text(node.b) else { return }
    warning(
      .selfComparison, node.span, "`\(text(node.a))` is compared with itself",
      help: type.kinds.contains(.float)
        ? "to ask for a float that is no number, write x.is_nan()" : nil)
  }

  // MARK: `is`

  @discardableResult
  func walkTypeTest(_ id: NodeID, _ node: Node) -> ValueType {
    let value = walk(node.a)
    guard !value.isNever else { return .never }
    guard !isLiteral(node.a), !value.isAny, let (contract, isCase) = testedContract(node.b) else {
      return .bool
    }
    let kinds = program.narrowed(value, to: contract)
    if kinds.isNever {
      warning(
        .constantComparison, node.span,
        "this is always false: the value is \(describe(plain(value)))")
    } else if !isCase, program.holds(value, contract) {
      warning(
        .constantComparison, node.span,
        "this is always true: the value is \(describe(plain(value)))")
    }
    return .bool
  }
}

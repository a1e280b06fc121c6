import JanusSemantics
import JanusSource
import JanusSyntax

extension Checker {
  func walkIf(_ node: Node, wants: Wanted, isChained: Bool = false) -> ValueType {
    if !isChained { checkRepeatedConditions(node) }
    let facts = walkCondition(node.a)
    guard frame.isReachable else { return .never }
    frame.isCertain = false
    let branchMark = mark
    apply(facts.whenTrue)
    let first = walkBody(node.b, wants: wants)
    let taken = takeBranch(since: branchMark)
    frame.isReachable = true
    apply(facts.whenFalse)
    var second = ValueType.null
    if node.c >= 0 {
      second =
        tree[node.c].kind == .if
        ? walkIf(tree[node.c], wants: wants, isChained: true)
        : walkBody(node.c, wants: wants)
    }
    let other = takeBranch(since: branchMark)
    merge([taken, other])
    let left = taken.isLive ? first : .never
    return other.isLive ? left.joined(second) : left
  }

  /// `if a … else if a …`: the second can never hold.
  private func checkRepeatedConditions(_ node: Node) {
    var conditions: [(text: String, node: NodeID)] = []
    var current = node
    while true {
      if isPure(current.a) {
        let text = text(current.a)
        if let earlier = conditions.first(where: { $0.text == text }) {
          warning(
            .repeatedCondition, tree[current.a].span, "this condition has been tried above",
            help: "its branch is never taken: is another condition meant?",
            labels: [.init(span: tree[earlier.node].span, text: "first here")])
          return
        }
        conditions.append((text, current.a))
      }
      guard current.c >= 0, tree[current.c].kind == .if, conditions.count < 40 else { return }
      current = tree[current.c]
    }
  }

  /// Gives the same value however often it is evaluated, and does nothing else.
  func isPure(_ id: NodeID) -> Bool {
    let node = tree[id]
    switch node.kind {
    case .name, .null, .true, .false, .integer, .float, .duration, .string, .bytes: return true
    case .member: return isPure(node.a)
    case .parentheses, .not, .unary: return isPure(node.a)
    case .compare, .and, .or, .binary, .in: return isPure(node.a) && isPure(node.b)
    case .is: return isPure(node.a)
    default: return false
    }
  }

  // MARK: Loops

  func walkWhile(_ node: Node) {
    let span = node.span
    widen(span)
    frame.isCertain = false
    let start = mark
    let facts = walkCondition(node.a)
    let isEndless = tree[unwrapped(node.a)].kind == .true
    frame.loops.append(Loop(label: node.c))
    apply(facts.whenTrue)
    walkBody(node.b, wants: .nothing)
    let loop = frame.loops.removeLast()
    _ = takeBranch(since: start)
    frame.isReachable = loop.hasBreak || !isEndless
    if !loop.hasBreak { apply(facts.whenFalse) }
  }

  func walkFor(_ node: Node) {
    let value = walk(node.b)
    guard frame.isReachable else { return }
    checkIterable(value, node.b)
    checkEmptyRange(node.b)
    frame.isCertain = false
    widen(node.span)
    let start = mark
    let patterns = Array(tree.items(node.a))
    let (key, element) = loopTypes(of: value)
    if patterns.count == 1, let only = patterns.first {
      bindPattern(only, to: value.kinds == .map ? key : element)
    } else {
      for (pattern, type) in zip(patterns, [key, element]) { bindPattern(pattern, to: type) }
    }
    let parts = Array(tree.items(node.c))
    frame.loops.append(Loop(label: parts.count > 1 ? parts[1] : -1))
    if let body = parts.first { walkBody(body, wants: .nothing) }
    frame.loops.removeLast()
    _ = takeBranch(since: start)
    frame.isReachable = true
  }

  func checkIterable(_ value: ValueType, _ node: NodeID) {
    require(value, Kinds.iterable.union(.channel), node) {
      error(
        .notIterable, tree[node].span, "\(describe(value)) cannot be iterated over",
        help: value.kinds == .int ? "a range can: 0..<\(text(node))" : nil)
    }
  }

  /// `for i in 5..1` does nothing: `5..1` is empty.
  private func checkEmptyRange(_ id: NodeID) {
    let node = tree[unwrapped(id)]
    guard node.kind == .range, node.a >= 0, node.b >= 0, let first = integer(node.a),
      let last = integer(node.b), first > last
    else { return }
    let source = text(unwrapped(id))
    let reversed =
      source.contains("..<")
      ? "(\(last + 1)..\(first)).reversed()" : "(\(last)..\(first)).reversed()"
    warning(
      .emptyRange, node.span, "the range \(source) is empty: the loop does nothing",
      help: "to count down, write \(reversed)",
      fix: .init(span: tree[id].span, replacement: reversed, isExact: false))
  }

  /// The int that a literal with or without sign spells.
  func integer(_ id: NodeID) -> Int64? {
    let node = tree[unwrapped(id)]
    if node.kind == .integer { return tree.integers[Int(node.a)] }
    if node.kind == .unary, node.op == .negate, let value = integer(node.a), value != .min {
      return -value
    }
    return nil
  }

  /// The expression inside parentheses.
  func unwrapped(_ id: NodeID) -> NodeID {
    var id = id
    while tree[id].kind == .parentheses { id = tree[id].a }
    return id
  }

  /// What the first and the second name of a loop get.
  private func loopTypes(of value: ValueType) -> (ValueType, ValueType) {
    switch value.kinds {
    case .string: (.int, .string)
    case .bytes, .range: (.int, .int)
    case .list: (.int, elementType(of: value))
    default: (.any, .any)
    }
  }

  /// What an element of a value is.
  func elementType(of value: ValueType) -> ValueType {
    switch value.kinds {
    case .string: return .string
    case .bytes, .range: return .int
    case .list:
      if case .elements(let kinds) = value.detail, !kinds.isEmpty { return ValueType(kinds) }
      return .any
    default: return .any
    }
  }

  // MARK: Statements with conditions

  func walkConditional(_ node: Node) {
    let facts = walkCondition(node.b)
    guard frame.isReachable else { return }
    frame.isCertain = false
    let start = mark
    let isNegated = node.flags.contains(.isNegated)
    apply(isNegated ? facts.whenFalse : facts.whenTrue)
    walkStatement(node.a, wants: .nothing)
    let taken = takeBranch(since: start)
    frame.isReachable = true
    apply(isNegated ? facts.whenTrue : facts.whenFalse)
    merge([taken, takeBranch(since: start)])
  }

  func walkDefer(_ node: Node) {
    // It runs when the block ends: by then any variable may have changed.
    let start = mark
    let outer = (frame.loops, frame.isCertain)
    frame.isCertain = false
    widen(tree[enclosingNode].span)
    walkBody(node.a, wants: .nothing)
    _ = takeBranch(since: start)
    frame.isReachable = true
    (frame.loops, frame.isCertain) = outer
  }

  /// The node of the function that is being walked.
  private var enclosingNode: NodeID {
    frame.function >= 0 ? program.functions[Int(frame.function)].node : tree.root
  }

  // MARK: Expressions with blocks

  func walkBlocks(_ id: NodeID, _ node: Node) -> ValueType {
    switch node.kind {
    case .nursery: return walkBody(node.a, wants: .value)
    case .within:
      checkDuration(walk(node.a), node.a, "within")
      frame.isCertain = false
      return walkBody(node.b, wants: .value)
    case .using: return walkUsing(node)
    case .select: return walkSelect(node)
    case .catchFallback, .catchBinding, .catchArms: return walkCatch(id, node)
    default: return .any
    }
  }

  func checkDuration(_ value: ValueType, _ node: NodeID, _ word: String) {
    require(value, .duration, node) {
      var fix: Diagnostic.Fix?
      if tree[node].kind == .integer {
        fix = .init(span: tree[node].span, replacement: text(node) + "s", isExact: false)
      }
      error(
        .argumentType, tree[node].span, "`\(word)` needs a duration, not \(describe(value))",
        help: fix == nil ? "a duration has a unit, such as 250ms" : "write the unit",
        fix: fix)
    }
  }

  private func walkUsing(_ node: Node) -> ValueType {
    for item in tree.items(node.a) {
      let value = walk(tree[item].b)
      if let id = symbol(of: item) { declare(id, value) }
      if !value.isNever, !mayHaveMethod("close", value) {
        error(
          .unknownMethod, tree[tree[item].b].span,
          "`using` calls `close`, which \(describe(value)) has not")
      }
    }
    frame.isCertain = false
    return walkBody(node.b, wants: .value)
  }

  private func walkSelect(_ node: Node) -> ValueType {
    frame.isCertain = false
    let start = mark
    var branches: [Branch] = []
    var value = ValueType.never
    for item in tree.items(node.a) {
      let part = tree[item]
      switch part.kind {
      case .selectReceive:
        checkChannel(walk(part.b), part.b)
        bindPattern(part.a, to: .any)
      case .selectSend:
        checkChannel(walk(part.a), part.a)
        _ = walk(part.b)
      case .selectTimeout: checkDuration(walk(part.a), part.a, "timeout")
      default: break
      }
      let own = walkBody(part.c, wants: .value)
      if frame.isReachable { value = value.joined(own) }
      branches.append(takeBranch(since: start))
      frame.isReachable = true
    }
    if !branches.isEmpty { merge(branches) }
    return value
  }

  private func checkChannel(_ value: ValueType, _ node: NodeID) {
    guard !value.isNever, !value.kinds.meets(.channel) else { return }
    error(
      .argumentType, tree[node].span, "`select` needs a channel, not \(describe(value))")
  }

  private func walkCatch(_ id: NodeID, _ node: Node) -> ValueType {
    let start = mark
    frame.isCertain = false
    frame.guards += 1
    frame.catches += 1
    let value = walk(node.a)
    frame.guards -= 1
    frame.catches -= 1
    let tried = takeBranch(since: start)
    frame.isReachable = true
    widen(tree[node.a].span)
    var handled: ValueType
    switch node.kind {
    case .catchFallback: handled = walkStatement(node.b, wants: .value)
    case .catchBinding:
      if let symbol = symbol(of: id) { declare(symbol, ValueType(.error)) }
      handled = walkBody(node.c, wants: .value)
    default: handled = walkArms(id, node, subject: ValueType(.error), isComplete: false)
    }
    if !frame.isReachable { handled = .never }
    let other = takeBranch(since: start)
    merge([tried, other])
    return tried.isLive ? value.joined(handled) : handled
  }
}

import JanusSemantics
import JanusSource
import JanusSyntax

extension Checker {
  func walkMatch(_ id: NodeID, _ node: Node, wants: Wanted) -> ValueType {
    let subject = walk(node.a)
    guard frame.isReachable else { return .never }
    frame.isCertain = false
    return walkArms(id, node, subject: subject, isComplete: true, wants: wants)
  }

  /// Walks the arms of a `match`, or of a `catch`, which lets go on what no arm takes.
  func walkArms(
    _ id: NodeID, _ node: Node, subject: ValueType, isComplete: Bool, wants: Wanted = .value
  ) -> ValueType {
    let arms = Array(tree.items(node.b))
    checkArms(id, node, arms, subject: subject, isComplete: isComplete)
    let variable = isComplete ? subjectVariable(node.a) : nil
    var remaining = subject
    var value = ValueType.never
    var branches: [Branch] = []
    let start = mark
    for arm in arms {
      let part = tree[arm]
      var matched = matchedType(part.a, remaining)
      if matched.isNever { matched = .any }
      if let variable { set(variable, matched) }
      bindPattern(part.a, to: matched)
      if part.b >= 0 {
        apply(walkCondition(part.b).whenTrue)
      } else {
        remaining = unmatchedType(part.a, remaining)
      }
      let own = walkBody(part.c, wants: wants)
      if frame.isReachable { value = value.joined(own) }
      branches.append(takeBranch(since: start))
      frame.isReachable = true
    }
    if arms.isEmpty {
      frame.isReachable = false
    } else {
      merge(branches)
    }
    return value
  }

  private func subjectVariable(_ id: NodeID) -> SymbolID? {
    let id = unwrapped(id)
    guard tree[id].kind == .name, let symbol = symbol(of: id), !isShared(symbol),
      resolution.symbols[Int(symbol)].kind == .variable
    else { return nil }
    return symbol
  }

  // MARK: Types of arms

  /// What a value is that a pattern takes.
  private func matchedType(_ pattern: NodeID, _ value: ValueType) -> ValueType {
    let node = tree[pattern]
    switch node.kind {
    case .patternBinding:
      return node.b >= 0
        ? program.narrowed(value, to: program.contract(of: node.b, in: module)) : value
    case .patternType: return program.narrowed(value, to: program.contract(of: node.a, in: module))
    case .patternStruct:
      guard let type = program.type(namedBy: node.a, in: module) else { return value }
      return program.narrowed(value, to: program.typeContract(type))
    case .patternCase:
      guard node.a >= 0, let type = program.type(namedBy: node.a, in: module) else {
        return value.limited(to: [.enumeration, .error])
      }
      return program.narrowed(value, to: program.typeContract(type))
    case .patternLiteral: return tree[node.a].kind == .null ? value.limited(to: .null) : value
    case .patternList: return value.limited(to: .list)
    case .patternMap: return value.limited(to: [.map, .structure])
    case .patternAlternatives:
      return tree.items(node.a).reduce(ValueType.never) {
        $0.joined(matchedType($1, value))
      }
    default: return value
    }
  }

  /// What a value can still be behind an arm without guard.
  private func unmatchedType(_ pattern: NodeID, _ value: ValueType) -> ValueType {
    let node = tree[pattern]
    switch node.kind {
    case .patternWildcard: return .never
    case .patternBinding:
      return node.b >= 0
        ? program.remainder(of: value, without: program.contract(of: node.b, in: module)) : .never
    case .patternType:
      return program.remainder(of: value, without: program.contract(of: node.a, in: module))
    case .patternLiteral: return tree[node.a].kind == .null ? value.without(.null) : value
    case .patternAlternatives:
      return tree.items(node.a).reduce(value) { unmatchedType($1, $0) }
    default: return value
    }
  }

  // MARK: Completeness

  private func checkArms(
    _ id: NodeID, _ node: Node, _ arms: [NodeID], subject: ValueType, isComplete: Bool
  ) {
    let shorthandType = shorthandType(arms, subject)
    var domain = subject
    if domain.isAny || domain.kinds == .error {
      if let assumed = assumedDomain(arms, shorthandType), isComplete { domain = assumed }
    }
    var rows: [[MatrixPattern]] = []
    var matrix = PatternMatrix(program)
    for arm in arms {
      let part = tree[arm]
      let pattern = matrixPattern(part.a, shorthandType)
      checkPayloads(part.a, subject)
      reportUseless(part.a, pattern, rows, domain, &matrix)
      if part.b < 0 { rows.append([pattern]) }
    }
    guard isComplete, !arms.isEmpty,
      let missing = matrix.witness(rows: rows, query: [.wild], domains: [domain])?.first,
      !matrix.isExhausted
    else { return }
    reportMissing(id, node, rows, domain, missing)
  }

  private func reportUseless(
    _ pattern: NodeID, _ row: MatrixPattern, _ rows: [[MatrixPattern]], _ domain: ValueType,
    _ matrix: inout PatternMatrix
  ) {
    if case .either(let parts) = row, tree[pattern].kind == .patternAlternatives {
      var before = rows
      for (item, part) in zip(tree.items(tree[pattern].a), parts) {
        reportUseless(item, part, before, domain, &matrix)
        before.append([part])
      }
      return
    }
    guard matrix.witness(rows: rows, query: [row], domains: [domain]) == nil, !matrix.isExhausted
    else { return }
    let isPossible = matrix.witness(rows: [], query: [row], domains: [domain]) != nil
    warning(
      .uselessArm, tree[pattern].span,
      isPossible
        ? "no value comes as far as this pattern: the arms above take it"
        : "this pattern takes nothing: the value is \(describe(domain))",
      help: "remove the arm, or move it up")
  }

  private func reportMissing(
    _ id: NodeID, _ node: Node, _ rows: [[MatrixPattern]], _ domain: ValueType, _ first: String
  ) {
    var missing = [first]
    // Each case that is left out is named, as far as it is left out as a whole.
    if let type = domain.instance, program.types[Int(type)].kind != .structure {
      let declaration = program.types[Int(type)]
      missing = []
      for (index, found) in declaration.cases.enumerated() {
        let parts = Array(repeating: MatrixPattern.wild, count: found.fields.count)
        var matrix = PatternMatrix(program)
        let query = MatrixPattern.enumCase(type, index, parts)
        let witness = matrix.witness(rows: rows, query: [query], domains: [domain])
        if let text = witness?.first { missing.append(text) }
      }
      if domain.kinds.contains(.null), missing.isEmpty { missing = [first] }
    }
    if missing.isEmpty { missing = [first] }
    let shown = missing.prefix(5).map { "`\($0)`" }.joined(separator: ", ")
    let more = missing.count > 5 ? " and \(missing.count - 5) more" : ""
    let head = Span(node.start, tree[node.a].end)
    warning(
      .missingCases, head, "no arm takes \(shown)\(more)",
      help: "add \(missing.count == 1 ? "an arm" : "arms"), or `_ => …` for all the rest")
  }

  // MARK: Patterns

  private func matrixPattern(_ pattern: NodeID, _ shorthand: TypeID?) -> MatrixPattern {
    let node = tree[pattern]
    switch node.kind {
    case .patternWildcard: return .wild
    case .patternBinding:
      return node.b < 0 ? .wild : matrixPattern(program.contract(of: node.b, in: module))
    case .patternType: return matrixPattern(program.contract(of: node.a, in: module))
    case .patternLiteral: return literalPattern(node.a)
    case .patternRange: return rangePattern(node)
    case .patternAlternatives:
      return .either(tree.items(node.a).map { matrixPattern($0, shorthand) })
    case .patternCase: return casePattern(node, shorthand)
    case .patternStruct:
      guard let type = program.type(namedBy: node.a, in: module) else { return .some(.all) }
      let fields = program.types[Int(type)].fields
      var parts = Array(repeating: MatrixPattern.wild, count: fields.count)
      for item in tree.items(node.b) where tree[item].kind == .patternField {
        let name = tree.name(tree[item].a)
        if let index = fields.firstIndex(where: { $0.name == name }) {
          parts[index] = matrixPattern(tree[item].b, nil)
        }
      }
      return .structure(type, parts)
    case .patternList: return listPattern(node)
    case .patternMap: return .some([.map, .structure])
    default: return .some(.all)
    }
  }

  private func matrixPattern(_ contract: Contract) -> MatrixPattern {
    switch contract {
    case .any: .wild
    case .kinds(let kinds): .kinds(kinds, nil)
    case .instance(let type): .kinds(program.types[Int(type)].kind, type)
    case .list(.any): .kinds(.list, nil)
    case .map(.any, .any): .kinds(.map, nil)
    case .union(let members): .either(members.map { matrixPattern($0) })
    case .list: .some(.list)
    case .map: .some(.map)
    case .integer: .some(.int)
    case .trait: .some(.all)
    }
  }

  private func literalPattern(_ id: NodeID) -> MatrixPattern {
    if let number = integer(id) { return .ints(number, number) }
    let node = tree[unwrapped(id)]
    switch node.kind {
    case .null: return .null
    case .true: return .bool(true)
    case .false: return .bool(false)
    case .string: return .literal(.string, text(id))
    case .bytes: return .literal(.bytes, text(id))
    case .duration: return .literal(.duration, text(id))
    default: return .literal(.float, text(id))
    }
  }

  private func rangePattern(_ node: Node) -> MatrixPattern {
    let low = node.a >= 0 ? integer(node.a) : .min
    let high = node.b >= 0 ? integer(node.b) : .max
    guard let low, let high else { return .some([.int, .float, .string, .duration, .bytes]) }
    let isOpen = node.b >= 0 && !node.flags.contains(.isInclusive)
    guard !(isOpen && high == .min), low <= (isOpen ? high - 1 : high) else { return .some([]) }
    return .ints(low, isOpen ? high - 1 : high)
  }

  private func casePattern(_ node: Node, _ shorthand: TypeID?) -> MatrixPattern {
    let type = node.a >= 0 ? program.type(namedBy: node.a, in: module) : shorthand
    let name = tree.name(node.b)
    guard let type, let index = program.types[Int(type)].caseIndex(name) else {
      return .some([.enumeration, .error])
    }
    let fields = program.types[Int(type)].cases[index].fields
    var parts = Array(repeating: MatrixPattern.wild, count: fields.count)
    // The machine's faults do not tell their payload.
    if program.types[Int(type)].cases[index].isOpen, node.c >= 0 { return .some(.error) }
    for (position, item) in tree.items(node.c).enumerated() {
      switch tree[item].kind {
      case .patternRest: return .enumCase(type, index, parts)
      case .patternField:
        let field = tree.name(tree[item].a)
        if let place = fields.firstIndex(where: { $0.name == field }) {
          parts[place] = matrixPattern(tree[item].b, nil)
        }
      default: if position < parts.count { parts[position] = matrixPattern(item, nil) }
      }
    }
    return .enumCase(type, index, parts)
  }

  private func listPattern(_ node: Node) -> MatrixPattern {
    let items = Array(tree.items(node.a))
    guard items.count <= 12 else { return .some(.list) }
    guard let rest = items.firstIndex(where: { tree[$0].kind == .patternRest }) else {
      return .list(prefix: items.map { matrixPattern($0, nil) }, suffix: [], hasRest: false)
    }
    return .list(
      prefix: items[..<rest].map { matrixPattern($0, nil) },
      suffix: items[(rest + 1)...].map { matrixPattern($0, nil) }, hasRest: true)
  }

  // MARK: What `.Case` means

  /// The enum whose cases the arms name without saying so: the subject's, or the only one that
  /// has them all.
  private func shorthandType(_ arms: [NodeID], _ subject: ValueType) -> TypeID? {
    if let type = subject.instance { return type }
    var used: Set<String> = []
    for arm in arms {
      for pattern in alternatives(tree[arm].a)
      where tree[pattern].kind == .patternCase && tree[pattern].a < 0 {
        used.insert(tree.name(tree[pattern].b))
      }
    }
    guard !used.isEmpty else { return nil }
    let fitting = program.types.indices.filter { index in
      used.allSatisfy { program.types[index].caseIndex($0) != nil }
    }
    return fitting.count == 1 ? TypeID(fitting[0]) : nil
  }

  private func alternatives(_ pattern: NodeID) -> [NodeID] {
    tree[pattern].kind == .patternAlternatives ? Array(tree.items(tree[pattern].a)) : [pattern]
  }

  /// What a value of unknown type is taken for where all arms speak of one enum, or of bools.
  private func assumedDomain(_ arms: [NodeID], _ shorthand: TypeID?) -> ValueType? {
    var type: TypeID?
    var kinds: Kinds = []
    for arm in arms {
      for pattern in alternatives(tree[arm].a) {
        let node = tree[pattern]
        switch node.kind {
        case .patternCase:
          guard let own = node.a >= 0 ? program.type(namedBy: node.a, in: module) : shorthand,
            type == nil || type == own
          else { return nil }
          type = own
          kinds.formUnion(program.types[Int(own)].kind)
        case .patternLiteral:
          switch tree[node.a].kind {
          case .null: kinds.formUnion(.null)
          case .true, .false: kinds.formUnion(.bool)
          default: return nil
          }
        default: return nil
        }
      }
    }
    guard kinds != .null, !kinds.isEmpty else { return nil }
    return type.map { ValueType(kinds, .instance($0)) } ?? ValueType(kinds)
  }

  /// `.Circle(a, b)` of a case with one field.
  private func checkPayloads(_ pattern: NodeID, _ subject: ValueType) {
    for item in alternatives(pattern) where tree[item].kind == .patternCase {
      let node = tree[item]
      guard node.a < 0, let type = subject.instance else { continue }
      let declaration = program.types[Int(type)]
      let name = tree.name(node.b)
      guard let index = declaration.caseIndex(name) else {
        let near = nearestName(to: name, in: declaration.cases.map(\.name))
        warning(
          .uselessArm, node.span, "`\(declaration.name)` has no case `\(name)`",
          help: near.map { "did you mean `.\($0)`?" })
        continue
      }
      let fields = declaration.cases[index].fields
      let given = tree.items(node.c).filter { tree[$0].kind != .patternRest }
      guard given.count > fields.count, !declaration.cases[index].isOpen,
        !given.contains(where: { tree[$0].kind == .patternField })
      else { continue }
      error(
        .payloadPattern, node.span,
        "`\(declaration.name).\(name)` has \(fields.count) "
          + "\(fields.count == 1 ? "field" : "fields"), but the pattern names \(given.count)")
    }
  }
}

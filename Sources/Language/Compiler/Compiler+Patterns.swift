import JanusBytecode
import JanusSemantics
import JanusSource
import JanusSyntax

extension Compiler {
  /// `target` -1 with `returns`: every arm returns from the function.
  mutating func compileMatch(
    _ id: NodeID,
    to target: Int,
    returns: Bool,
    expecting type: NodeID = -1
  ) {
    let node = tree[id]
    let mark = builder.nextRegister
    let subject = builder.take()
    compile(node.a, to: subject)
    let result = target < 0 ? (returns ? -1 : builder.take()) : builder.take()
    compileArms(
      tree.items(node.b),
      subject: subject,
      to: result,
      returns: returns,
      expecting: type
    ) { compiler in
      compiler.builder.span = node.span
      compiler.builder.emitRegisters(.noMatch, subject)
    }
    if target >= 0 { builder.emitRegisters(.move, target, result) }
    builder.nextRegister = mark
  }

  /// Arms in turn; `otherwise` when none takes the subject.
  mutating func compileArms(
    _ arms: ArraySlice<NodeID>, subject: Int, to target: Int, returns: Bool = false,
    expecting type: NodeID = -1,
    otherwise: (inout Compiler) -> Void
  ) {
    var ends: [Int] = []
    var isOpen = true
    for arm in arms {
      let node = tree[arm]
      let registers = builder.nextRegister
      builder.span = node.span
      var fails = compilePattern(node.a, subject: subject)
      if node.b >= 0 { fails += branch(node.b, ifTrue: false) }
      if returns {
        returnExpression(node.c)
      } else {
        compileValue(node.c, to: target, expecting: type)
        ends.append(builder.jump())
      }
      builder.nextRegister = registers
      builder.patch(fails)
      isOpen = !fails.isEmpty
    }
    if isOpen || arms.isEmpty { otherwise(&self) }
    builder.patch(ends)
  }

  /// Tests a pattern and binds its names; the jumps taken when it does not fit.
  mutating func compilePattern(_ pattern: NodeID, subject: Int) -> [Int] {
    let node = tree[pattern]
    builder.span = node.span
    switch node.kind {
    case .patternWildcard: return []
    case .patternBinding: return compileBindingPattern(pattern, node, subject)
    case .patternLiteral: return compileLiteralPattern(node, subject)
    case .patternRange: return compileRangePattern(node, subject)
    case .patternAlternatives: return compileAlternatives(node, subject)
    case .patternCase: return compileCasePattern(node, subject)
    case .patternType:
      let test = builder.take()
      if let known = knownStruct(node.a) {
        builder.emitRegisters(.isCase, test, subject)
        builder.extra(constant(shapeConstant(known)))
      } else {
        builder.emitRegisters(.isType, test, subject)
        builder.extra(contract(contractOf(node.a)))
      }
      return [builder.emitRegisters(.jumpFalse, test)]
    case .patternList: return compileListPattern(node, subject)
    case .patternMap: return compileMapPattern(tree.items(node.a), subject)
    case .patternStruct: return compileStructPattern(node, subject)
    default: return []
    }
  }

  private mutating func compileBindingPattern(
    _ pattern: NodeID, _ node: Node, _ subject: Int
  ) -> [Int] {
    var fails: [Int] = []
    if node.b >= 0 {
      let test = builder.take()
      builder.emitRegisters(.isType, test, subject)
      builder.extra(contract(contractOf(node.b)))
      fails.append(builder.emitRegisters(.jumpFalse, test))
    }
    let register = builder.take()
    builder.emitRegisters(.move, register, subject)
    let id = resolution.symbolOfNode[Int(pattern)]
    if id >= 0 { declareVariable(id, holding: register) }
    return fails
  }

  private mutating func compileLiteralPattern(_ node: Node, _ subject: Int) -> [Int] {
    if let value = smallInt(node.a) {
      return [builder.emit(.jumpNotEqualInt, a: subject * 16, b: value)]
    }
    let literal = builder.take()
    compile(node.a, to: literal)
    return [builder.emitRegisters(.jumpNotEqual, subject, literal)]
  }

  /// A value of another type than the bounds does not fit, and does not fault.
  private mutating func compileRangePattern(_ node: Node, _ subject: Int) -> [Int] {
    let kind = tree[node.a >= 0 ? node.a : node.b].kind
    let wanted: Contract =
      switch kind {
      case .string: .string
      case .duration: .duration
      case .bytes: .bytes
      default: .union([.int(low: .min, high: .max), .float])
      }
    let test = builder.take()
    builder.emitRegisters(.isType, test, subject)
    builder.extra(contract(wanted))
    var fails = [builder.emitRegisters(.jumpFalse, test)]
    let bound = builder.take()
    if node.a >= 0 {
      compile(node.a, to: bound)
      fails.append(builder.emitRegisters(.jumpNotLessOrEqual, bound, subject))
    }
    if node.b >= 0 {
      compile(node.b, to: bound)
      let opcode: Opcode =
        node.flags.contains(.isInclusive) ? .jumpNotLessOrEqual : .jumpNotLess
      fails.append(builder.emitRegisters(opcode, subject, bound))
    }
    return fails
  }

  private mutating func compileAlternatives(_ node: Node, _ subject: Int) -> [Int] {
    let items = Array(tree.items(node.a))
    var fits: [Int] = []
    var fails: [Int] = []
    for (index, item) in items.enumerated() {
      builder.patch(fails)
      fails = compilePattern(item, subject: subject)
      if index < items.count - 1 { fits.append(builder.jump()) }
    }
    builder.patch(fits)
    return fails
  }

  private mutating func compileCasePattern(_ node: Node, _ subject: Int) -> [Int] {
    var fails: [Int] = []
    var known: KnownShape?
    if node.a >= 0 { known = knownCase(node.a, node.b) }
    if let known {
      fails.append(builder.emitRegisters(.jumpNotCase, subject))
      builder.extra(constant(shapeConstant(known)))
    } else {
      let test = builder.take()
      compileCaseTest(node, subject, to: test)
      fails.append(builder.emitRegisters(.jumpFalse, test))
    }
    let items = Array(tree.items(node.c))
    for (index, item) in items.enumerated() {
      if tree[item].kind == .patternRest { break }
      let slot = builder.take()
      if tree[item].kind == .patternField {
        builder.emitRegisters(.getField, slot, subject)
        builder.extra(text(tree.name(tree[item].a)))
        builder.extra(0)
        fails += compilePattern(tree[item].b, subject: slot)
      } else {
        if let known, index >= known.shape.fields.count {
          report(
            .unknownMember, tree[item].span,
            "`\(known.type).\(known.shape.name)` has \(known.shape.fields.count) fields, and "
              + "this is number \(index + 1)")
          break
        }
        builder.emit(.getSlot, a: slot * 16, b: subject * 16, c: index)
        fails += compilePattern(item, subject: slot)
      }
    }
    checkPayload(items, known, node)
    return fails
  }

  /// A payload is cut short only by `..`.
  private mutating func checkPayload(_ items: [NodeID], _ known: KnownShape?, _ node: Node) {
    guard let known, known.module != -3, node.c >= 0,
      !items.contains(where: { tree[$0].kind == .patternRest || tree[$0].kind == .patternField }),
      items.count < known.shape.fields.count
    else { return }
    report(
      .unknownMember, node.span,
      "`\(known.type).\(known.shape.name)` has \(known.shape.fields.count) fields, but the "
        + "pattern names \(items.count)", help: "end it with `..` to leave the others out")
  }

  private mutating func compileListPattern(_ node: Node, _ subject: Int) -> [Int] {
    let items = Array(tree.items(node.a))
    let rest = items.firstIndex { tree[$0].kind == .patternRest }
    let count = rest == nil ? items.count : items.count - 1
    let test = builder.take()
    builder.emit(.matchList, x: rest == nil ? 0 : 1, a: test * 16, b: subject * 16, c: count)
    var fails = [builder.emitRegisters(.jumpFalse, test)]
    for (index, item) in items.enumerated() {
      if index == rest {
        bindRest(item, from: subject, start: index, after: items.count - index - 1)
        continue
      }
      let element = builder.take()
      let isBehind = rest.map { index > $0 } ?? false
      builder.emit(
        .getIndexInt, a: element * 16, b: subject * 16, c: isBehind ? index - items.count : index)
      fails += compilePattern(item, subject: element)
    }
    return fails
  }

  /// Open: other keys may be there; a key that is named must be.
  private mutating func compileMapPattern(
    _ items: ArraySlice<NodeID>, _ subject: Int
  ) -> [Int] {
    let test = builder.take()
    builder.emitRegisters(.matchMap, test, subject)
    var fails = [builder.emitRegisters(.jumpFalse, test)]
    for item in items where tree[item].kind == .patternField {
      let field = tree[item]
      let key = builder.take()
      if field.a >= 0 {
        loadConstant(.text(Array(tree.name(field.a).utf8)), to: key)
      } else {
        compile(field.c, to: key)
      }
      builder.span = field.span
      builder.emitRegisters(.hasKey, test, subject, key)
      fails.append(builder.emitRegisters(.jumpFalse, test))
      let value = builder.take()
      builder.emitRegisters(.getIndex, value, subject, key)
      fails += compilePattern(field.b, subject: value)
    }
    bindMapRest(items, from: subject)
    return fails
  }

  private mutating func compileStructPattern(_ node: Node, _ subject: Int) -> [Int] {
    guard let known = knownStruct(node.a) else {
      report(.unknownType, tree[node.a].span, "`\(sourceText(node.a))` is not a struct")
      return []
    }
    var fails = [builder.emitRegisters(.jumpNotCase, subject)]
    builder.extra(constant(shapeConstant(known)))
    for item in tree.items(node.b) where tree[item].kind == .patternField {
      let name = tree.name(tree[item].a)
      guard let index = known.shape.fields.firstIndex(of: name) else {
        report(
          .unknownMember, tree[item].span, "`\(known.type)` has no field `\(name)`",
          help: "it has \(known.shape.fields.joined(separator: ", "))")
        continue
      }
      let slot = builder.take()
      builder.emit(.getSlot, a: slot * 16, b: subject * 16, c: index)
      fails += compilePattern(tree[item].b, subject: slot)
    }
    return fails
  }
}

import JanusBytecode

/// Named arguments and spread lists.
extension Machine {
  /// The last arguments are named; `names` is a text with their names, comma-separated.
  func callNamed(_ word: UInt64, names: Int) {
    let window = fieldA(word)
    let callee = register(state(vm).pointee.base, window).pointee
    guard
      let count = arrangeNamed(
        callee,
        firstArgument: window + 32,
        count: fieldX(word),
        names: texts[names]
      )
    else { return }
    call(window: window, count: count, word)
  }

  /// Moves named arguments to their parameters' places; the new count, or nil after a fault.
  func arrangeNamed(
    _ callee: Value,
    firstArgument: Int,
    count: Int,
    names: String,
    skipped: Int = 0
  ) -> Int? {
    let names = names.split(separator: ",").map(String.init)
    if names.isEmpty { return count }
    guard let signature = signature(of: callee) else {
      fault(.type, "\(described(callee)) takes no named arguments")
      return nil
    }
    let positional = count - names.count
    let frame = state(vm).pointee.base + firstArgument
    let parameters = signature.parameterNames
    var values: [Value] = []
    for index in 0..<count { values.append(register(frame, index * Value.stride).pointee) }
    var arranged = Array(values[0..<positional])
    var fields: Address?
    for (offset, name) in names.enumerated() {
      // A reserved word cannot name a parameter; `within_` is called `within` by its callers.
      guard let place = parameters.firstIndex(of: name) ?? parameters.firstIndex(of: name + "_")
      else {
        if signature.takesFields {
          let map = fields ?? heap.makeMap()
          heap.setEntry(map, string(name), values[positional + offset])
          fields = map
          continue
        }
        let near = closestName(to: name, in: parameters)
        fault(
          .arity,
          "\(signature.name) has no parameter `\(name)`",
          hint: near.map { "did you mean `\($0)`?" }
        )
        return nil
      }
      while arranged.count <= place { arranged.append(.undefined) }
      guard place >= positional, arranged[place].isUndefined else {
        fault(.arity, "the argument `\(name)` of \(signature.name) is given twice")
        return nil
      }
      arranged[place] = values[positional + offset]
    }
    for index in 0..<signature.required where index >= arranged.count || arranged[index].isUndefined
    {
      fault(.arity, "\(signature.name) needs the argument `\(parameters[index])`")
      return nil
    }
    if let fields {
      while arranged.count < parameters.count { arranged.append(.undefined) }
      arranged.append(.object(fields, Tag.map))
    }
    guard ensureStack(firstArgument + (arranged.count + 1) * Value.stride) else { return nil }
    let moved = state(vm).pointee.base + firstArgument
    for (index, value) in arranged.enumerated() {
      register(moved, index * Value.stride).pointee = value
    }
    // A call with holes must pass through the entry that evaluates defaults.
    if arranged.contains(where: \.isUndefined), callee.tag == Tag.closure {
      state(vm).pointee.forcesDefaults = true
    }
    return arranged.count
  }

  private struct Signature {
    var name: String
    var parameterNames: [String]
    var required: Int
    var takesFields = false
  }

  private func signature(of callee: Value) -> Signature? {
    switch callee.tag {
    case Tag.closure:
      let record = callee.address.address(ClosureLayout.prototype)
      let loaded = prototypes[record.int(PrototypeRecord.index)]
      return Signature(
        name: loaded.name,
        parameterNames: loaded.parameterNames,
        required: Int(record.u32(PrototypeRecord.requiredCount))
      )
    case Tag.native:
      let record = callee.address.address(NativeLayout.record)
      let native = natives[record.int(NativeRecord.index)]
      return Signature(
        name: native.name,
        // What is called `fields` is a field like any other.
        parameterNames: native.takesFields
          ? native.parameterNames.dropLast() : native.parameterNames,
        required: Int(record.u32(NativeRecord.required)),
        takesFields: native.takesFields
      )
    default: return nil
    }
  }

  /// The arguments are one list, after which come the named ones.
  func callSpread(_ word: UInt64, names: Int) {
    let window = fieldA(word)
    guard let count = unpack(firstArgument: window + 32, word, receiver: 0) else { return }
    let callee = register(state(vm).pointee.base, window).pointee
    let named = texts[names]
    guard
      let arranged = arrangeNamed(callee, firstArgument: window + 32, count: count, names: named)
    else { return }
    call(window: window, count: arranged, word)
  }

  /// Replaces the list in the first argument's place (after a receiver) by its elements, and moves
  /// the named arguments behind them.
  func unpack(firstArgument: Int, _ word: UInt64, receiver: Int) -> Int? {
    let base = state(vm).pointee.base
    let start = firstArgument + receiver * Value.stride
    guard let arguments = elements(of: register(base, start).pointee, for: "..") else { return nil }
    var all = arguments
    for index in (receiver + 1)..<max(receiver + 1, fieldX(word)) {
      all.append(register(base, firstArgument + index * Value.stride).pointee)
    }
    guard ensureStack(start + (all.count + 2) * Value.stride) else { return nil }
    let moved = state(vm).pointee.base
    for (index, value) in all.enumerated() {
      register(moved, start + index * Value.stride).pointee = value
    }
    return all.count + receiver
  }
}

import JanusBytecode

extension Machine {
  /// The `check…` instructions: the register keeps the value as the contract wants it.
  func check(_ offset: Int, contract: Int, context: Int) {
    let slot = register(state(vm).pointee.base, offset)
    if let kept = admit(slot.pointee, contracts[contract]) {
      slot.pointee = kept
    } else {
      contractFault(slot.pointee, contracts[contract], texts[context])
    }
  }

  func contractFault(_ value: Value, _ contract: RuntimeContract, _ place: String) {
    if case .int(let low, let high) = contract, value.isInt {
      return fault(
        .type, "\(place) must be \(name(of: contract)) (\(low) to \(high)), not \(value.asInt)")
    }
    fault(.type, "\(place) must be \(name(of: contract)), not \(described(value))")
  }

  /// The value as something of that contract keeps it (an int as a float), or nil.
  func admit(_ value: Value, _ contract: RuntimeContract) -> Value? {
    switch contract {
    case .float:
      if value.isInt { return .float(Double(value.asInt)) }
      return value.isFloat ? value : nil
    case .optional(let wrapped):
      return value.isNull ? value : admit(value, wrapped)
    case .union(let members):
      if members.contains(where: { holds(value, $0) }) { return value }
      for member in members {
        if let kept = admit(value, member) { return kept }
      }
      return nil
    case .list(let element):
      return admitList(value, element)
    case .map(let keyContract, let element):
      return admitMap(value, keyContract, element)
    default: return holds(value, contract) ? value : nil
    }
  }

  /// A list whose elements all fit; ints become floats in place where floats are wanted.
  private func admitList(_ value: Value, _ element: RuntimeContract) -> Value? {
    guard value.tag == Tag.list else { return nil }
    let list = value.address
    switch (element, list.u32(Header.aux)) {
    case (.any, _), (.float, ElementForm.float), (.bool, ElementForm.bool): return value
    case (.int(.min, .max), ElementForm.int): return value
    default: break
    }
    var changes: [(Int, Value)] = []
    for index in 0..<listCount(list) {
      let old = loadElement(list, index)
      guard let kept = admit(old, element) else { return nil }
      if !kept.isIdentical(to: old) { changes.append((index, kept)) }
    }
    // Changed only once all fit: a refused list stays as it was.
    for (index, kept) in changes { setElement(of: value, at: .int(index), to: kept) }
    return value
  }

  private func admitMap(
    _ value: Value, _ keyContract: RuntimeContract, _ element: RuntimeContract
  ) -> Value? {
    guard value.tag == Tag.map else { return nil }
    var fits = true
    var changes: [(Value, Value)] = []
    heap.forEachEntry(value.address) { key, old in
      guard fits, holds(key, keyContract), let kept = admit(old, element) else {
        fits = false
        return
      }
      if !kept.isIdentical(to: old) { changes.append((key, kept)) }
    }
    guard fits else { return nil }
    for (key, kept) in changes { heap.setEntry(value.address, key, kept) }
    return value
  }

  func value(_ value: Value, is contract: Int) -> Bool { holds(value, contracts[contract]) }

  /// True when a value is of a type as it is, without conversion.
  func holds(_ value: Value, _ contract: RuntimeContract) -> Bool {
    switch contract {
    case .any: return true
    case .null: return value.isNull
    case .bool: return value.isBool
    case .float: return value.isFloat
    case .string: return value.isString
    case .bytes: return value.tag == Tag.bytes
    case .duration: return value.tag == Tag.duration
    case .range: return value.tag == Tag.range
    case .function: return value.tag == Tag.closure || value.tag == Tag.native
    case .task: return value.tag == Tag.task
    case .channel: return value.tag == Tag.channel
    case .error: return value.tag == Tag.error
    case .type: return value.tag == Tag.type
    case .int(let low, let high):
      return value.isInt && value.asInt >= low && value.asInt <= high
    case .optional(let wrapped): return value.isNull || holds(value, wrapped)
    case .union(let members): return members.contains { holds(value, $0) }
    case .list(let element): return listHolds(value, element)
    case .map(let keyContract, let element):
      guard value.tag == Tag.map else { return false }
      var all = true
      heap.forEachEntry(value.address) { key, old in
        all = all && holds(key, keyContract) && holds(old, element)
      }
      return all
    case .named(let type): return isInstance(value, of: type)
    }
  }

  private func listHolds(_ value: Value, _ element: RuntimeContract) -> Bool {
    guard value.tag == Tag.list else { return false }
    if case .any = element { return true }
    for index in 0..<listCount(value.address)
    where !holds(loadElement(value.address, index), element) {
      return false
    }
    return true
  }

  private func isInstance(_ value: Value, of type: Int) -> Bool {
    guard let own = typeNumber(of: value) else { return false }
    return own == type || types[own].traits.contains(type)
  }

  /// The number of a value's type: its own for structs, cases and errors, else the core type's.
  func typeNumber(of value: Value) -> Int? {
    if value.tag >= Tag.structure, value.tag <= Tag.error {
      return shapes[Int(value.address.u32(Header.aux))].type
    }
    return coreTypes.indices.contains(Int(value.tag)) ? coreTypes[Int(value.tag)] : nil
  }

  func name(of contract: RuntimeContract) -> String {
    switch contract {
    case .any: "any"
    case .null: "null"
    case .bool: "bool"
    case .float: "float"
    case .string: "string"
    case .bytes: "bytes"
    case .duration: "duration"
    case .range: "range"
    case .function: "func"
    case .task: "task"
    case .channel: "channel"
    case .error: "error"
    case .type: "type"
    case .int(let low, let high): intName(low, high)
    case .list(.any): "list"
    case .list(let element): "list[\(name(of: element))]"
    case .map(.any, .any): "map"
    case .map(let key, let element): "map[\(name(of: key)), \(name(of: element))]"
    case .optional(let wrapped): "\(name(of: wrapped))?"
    case .union(let members): members.map(name(of:)).joined(separator: " | ")
    case .named(let type): types[type].name.name
    }
  }

  private func intName(_ low: Int, _ high: Int) -> String {
    if low == .min { return "int" }
    let width = low == 0 ? high.bitWidth - high.leadingZeroBitCount : 0
    if low == 0 { return high == .max ? "u64" : "u\(width)" }
    return "i\(high.bitWidth - high.leadingZeroBitCount + 1)"
  }
}

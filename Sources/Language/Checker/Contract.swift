/// What an annotation demands (language.md §10).
indirect enum Contract: Hashable, Sendable {
  case any
  case kinds(Kinds)
  case integer(Int64, Int64)
  case list(Contract)
  case map(Contract, Contract)
  /// A struct, enum or error.
  case instance(TypeID)
  case trait(TypeID)
  case union([Contract])
}

extension Program {
  /// False when no value of a type fulfils a contract.
  func canFulfil(_ value: ValueType, _ contract: Contract) -> Bool {
    switch contract {
    case .any: return true
    case .kinds(let kinds):
      // An int bound to `float` becomes one.
      let admitted = kinds.contains(.float) ? kinds.union(.int) : kinds
      return value.kinds.meets(admitted)
    case .integer(let low, let high):
      guard value.kinds.contains(.int) else { return false }
      if case .integer(let number) = value.detail { return number >= low && number <= high }
      return true
    case .list: return value.kinds.contains(.list)
    case .map: return value.kinds.contains(.map)
    case .instance(let type):
      guard value.kinds.meets(types[Int(type)].kind) else { return false }
      return value.instance == nil || value.instance == type
    case .trait(let trait): return canConform(value, to: trait)
    case .union(let members): return members.contains { canFulfil(value, $0) }
    }
  }

  /// True when every value of a type fulfils a contract as it is.
  func holds(_ value: ValueType, _ contract: Contract) -> Bool {
    switch contract {
    case .any: return true
    case .kinds(let kinds): return value.kinds.isSubset(of: kinds)
    case .integer(let low, let high):
      guard value.kinds == .int, case .integer(let number) = value.detail else { return false }
      return number >= low && number <= high
    case .list(let element): return value.kinds == .list && element == .any
    case .map(let key, let element): return value.kinds == .map && key == .any && element == .any
    case .instance(let type):
      return value.kinds == types[Int(type)].kind && value.instance == type
    case .trait: return false
    case .union(let members):
      let kinds = members.reduce(into: Kinds()) { union, member in
        if case .kinds(let kinds) = member { union.formUnion(kinds) }
      }
      let rest = value.without(kinds)
      return rest.isNever || members.contains { holds(rest, $0) }
    }
  }

  /// What is known of a value that has fulfilled a contract.
  func admitted(_ value: ValueType, _ contract: Contract) -> ValueType {
    switch contract {
    case .any: return value
    case .kinds(let kinds):
      var result = value.limited(to: kinds)
      if kinds.contains(.float), !kinds.contains(.int), value.kinds.contains(.int) {
        result = result.joined(.float)
      }
      return result
    case .integer: return value.limited(to: .int)
    case .list: return value.limited(to: .list)
    case .map: return value.limited(to: .map)
    case .instance(let type):
      return ValueType(value.kinds.intersection(types[Int(type)].kind), .instance(type))
    case .trait: return value
    case .union(let members):
      return members.reduce(ValueType.never) { result, member in
        canFulfil(value, member) ? result.joined(admitted(value, member)) : result
      }
    }
  }

  /// The type that a contract leaves of a value that could be anything.
  func type(of contract: Contract) -> ValueType { admitted(.any, contract) }

  /// The part of a value for which `value is T` is true.
  func narrowed(_ value: ValueType, to contract: Contract) -> ValueType {
    switch contract {
    // No conversion takes place here.
    case .kinds(let kinds): return value.limited(to: kinds)
    case .instance(let type):
      guard canFulfil(value, contract) else { return .never }
      return ValueType(types[Int(type)].kind, .instance(type))
    case .union(let members):
      return members.reduce(ValueType.never) { $0.joined(narrowed(value, to: $1)) }
    default: return canFulfil(value, contract) ? admitted(value, contract) : .never
    }
  }

  /// The part of a value for which `value is T` is false.
  func remainder(of value: ValueType, without contract: Contract) -> ValueType {
    switch contract {
    case .any: return .never
    case .kinds(let kinds): return value.without(kinds)
    case .list(.any): return value.without(.list)
    case .map(.any, .any): return value.without(.map)
    case .instance(let type):
      return value.instance == type ? value.without(types[Int(type)].kind) : value
    case .union(let members):
      return members.reduce(value) { remainder(of: $0, without: $1) }
    default: return value
    }
  }

  private func canConform(_ value: ValueType, to trait: TypeID) -> Bool {
    guard let conformers = conformers[trait], !hasOpenConformance.contains(trait) else {
      return hasOpenConformance.contains(trait)
    }
    if let instance = value.instance, value.kinds.isSubset(of: .nominal) {
      return conformers.contains(.instance(instance))
    }
    return conformers.contains { canFulfil(value, $0) }
  }

  // MARK: Texts

  /// A contract as an annotation spells it.
  func spelling(of contract: Contract) -> String {
    switch contract {
    case .any: return "any"
    case .kinds(.function): return "func"
    case .kinds(let kinds): return Kinds.names.first { kinds.contains($0.kind) }?.name ?? "any"
    case .integer(let low, let high): return integerName(low, high)
    case .list(.any): return "list"
    case .list(let element): return "list[\(spelling(of: element))]"
    case .map(.any, .any): return "map"
    case .map(let key, let value): return "map[\(spelling(of: key)), \(spelling(of: value))]"
    case .instance(let type), .trait(let type): return types[Int(type)].name
    case .union(let members):
      if members.count == 2, members[1] == .kinds(.null) { return spelling(of: members[0]) + "?" }
      return members.map { spelling(of: $0) }.joined(separator: " | ")
    }
  }

  private func integerName(_ low: Int64, _ high: Int64) -> String {
    if low == 0 {
      return high == 255
        ? "u8" : high == 65_535 ? "u16" : high == Int64(UInt32.max) ? "u32" : "u64"
    }
    return high == 127 ? "i8" : high == 32_767 ? "i16" : "i32"
  }

  /// What a value is, with its article: `an int`, `a Point or null`.
  func description(of value: ValueType) -> String {
    if value.isAny { return "any value" }
    if case .integer(let number) = value.detail, value.kinds == .int { return "the int \(number)" }
    var parts: [String] = []
    for (kind, name) in Kinds.names where value.kinds.contains(kind) {
      if kind == .null {
        parts.append("null")
      } else if kind == .bytes {
        parts.append("bytes")
      } else if let instance = value.instance, types[Int(instance)].kind == kind {
        parts.append(withArticle(types[Int(instance)].name))
      } else if value.instance == nil || !kind.meets(.nominal) {
        parts.append(withArticle(name))
      }
    }
    // Null reads best at the end.
    if parts.first == "null", parts.count > 1 { parts.append(parts.removeFirst()) }
    if parts.count > 4 { return "a value of \(parts.count) possible kinds" }
    return parts.joined(separator: " or ")
  }

  private func withArticle(_ name: String) -> String {
    let vowels: Set<Character> = ["a", "e", "i", "o", "A", "E", "I", "O"]
    let isVowel = name.first.map { vowels.contains($0) } ?? false
    return (isVowel ? "an " : "a ") + name
  }
}

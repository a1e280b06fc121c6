/// A pattern as the question of completeness sees it.
indirect enum MatrixPattern {
  case wild
  /// Every value of these kinds, or of one type among them.
  case kinds(Kinds, TypeID?)
  case null
  case bool(Bool)
  /// Ints from a bound to a bound, both included.
  case ints(Int64, Int64)
  /// A literal of a kind that has too many values to list.
  case literal(Kinds, String)
  case enumCase(TypeID, Int, [MatrixPattern])
  case structure(TypeID, [MatrixPattern])
  case list(prefix: [MatrixPattern], suffix: [MatrixPattern], hasRest: Bool)
  case either([MatrixPattern])
  /// Some of the values of these kinds; nobody knows which.
  case some(Kinds)
}

/// Whether rows of patterns take every value, and what they leave out
/// (Maranget, "Warnings for pattern matching", JFP 17, 2007).
struct PatternMatrix {
  let program: Program
  /// Steps that are left; hostile matches end without an answer.
  private var budget = 20_000
  private(set) var isExhausted = false

  init(_ program: Program) { self.program = program }

  /// A part of the values of a column in which patterns do not differ any more.
  private enum Constructor {
    case null
    case bool(Bool)
    case ints(Int64, Int64)
    case literal(Kinds, String)
    case enumCase(TypeID, Int)
    case structure(TypeID)
    case list(Int, orMore: Bool)
    /// All others of these kinds.
    case rest(Kinds)
    /// All of a kind but the literals that are named.
    case others(Kinds)
  }

  /// A value that a query takes and no row does, spelt as patterns; nil when there is none.
  mutating func witness(
    rows: [[MatrixPattern]], query: [MatrixPattern], domains: [ValueType]
  ) -> [String]? {
    guard let domain = domains.first, let head = query.first else { return rows.isEmpty ? [] : nil }
    guard budget > 0 else {
      isExhausted = true
      return nil
    }
    budget -= 1
    let heads = rows.compactMap(\.first) + [head]
    for constructor in constructors(of: domain, heads: heads) {
      let queries = specialized([query], constructor, isQuery: true)
      guard !queries.isEmpty else { continue }
      let remaining = specialized(rows, constructor, isQuery: false)
      let parts = domainsOfParts(constructor)
      let rest = Array(domains.dropFirst())
      for query in queries {
        if let found = witness(rows: remaining, query: query, domains: parts + rest) {
          let spelt = spelling(constructor, Array(found.prefix(parts.count)), domain)
          return [spelt] + found.dropFirst(parts.count)
        }
      }
    }
    return nil
  }

  // MARK: Splitting a column

  private func constructors(of domain: ValueType, heads: [MatrixPattern]) -> [Constructor] {
    let flat = heads.flatMap { flattened($0) }
    let mentioned = flat.reduce(into: Kinds()) { $0.formUnion(kinds(of: $1)) }
    var result: [Constructor] = []
    for (kind, _) in Kinds.names where domain.kinds.contains(kind) {
      let isNominal = domain.instance != nil && kind.meets(.nominal)
      guard mentioned.contains(kind) || isNominal else { continue }
      result += parts(of: kind, domain, flat)
    }
    let unmentioned = domain.kinds.subtracting(mentioned)
      .subtracting(domain.instance == nil ? [] : .nominal)
    if !unmentioned.isEmpty { result.append(.rest(unmentioned)) }
    return result
  }

  private func flattened(_ pattern: MatrixPattern) -> [MatrixPattern] {
    if case .either(let parts) = pattern { return parts.flatMap { flattened($0) } }
    return [pattern]
  }

  /// The kinds that a pattern tells apart.
  private func kinds(of pattern: MatrixPattern) -> Kinds {
    switch pattern {
    case .wild, .either: []
    case .kinds(let kinds, _), .some(let kinds): kinds
    case .null: .null
    case .bool: .bool
    case .ints: .int
    case .literal(let kind, _): kind
    case .enumCase(let type, _, _), .structure(let type, _): program.types[Int(type)].kind
    case .list: .list
    }
  }

  private func parts(
    of kind: Kinds, _ domain: ValueType, _ heads: [MatrixPattern]
  ) -> [Constructor] {
    switch kind {
    case .null: return [.null]
    case .bool: return [.bool(true), .bool(false)]
    case .int: return intervals(heads)
    case .list: return lengths(heads)
    case .structure, .enumeration, .error: return nominalParts(of: kind, domain, heads)
    default:
      var texts: [String] = []
      for case .literal(kind, let text) in heads where !texts.contains(text) { texts.append(text) }
      return texts.map { .literal(kind, $0) } + [.others(kind)]
    }
  }

  private func intervals(_ heads: [MatrixPattern]) -> [Constructor] {
    var starts: Set<Int64> = [.min]
    for case .ints(let low, let high) in heads {
      starts.insert(low)
      if high < .max { starts.insert(high + 1) }
    }
    let sorted = starts.sorted()
    return sorted.enumerated().map { index, start in
      .ints(start, index + 1 < sorted.count ? sorted[index + 1] - 1 : .max)
    }
  }

  private func lengths(_ heads: [MatrixPattern]) -> [Constructor] {
    var longest = 0
    for case .list(let prefix, let suffix, _) in heads {
      longest = max(longest, prefix.count + suffix.count)
    }
    longest = min(longest, 16)
    return (0...longest).map { .list($0, orMore: false) } + [.list(longest + 1, orMore: true)]
  }

  private func nominalParts(
    of kind: Kinds, _ domain: ValueType, _ heads: [MatrixPattern]
  ) -> [Constructor] {
    var types: [TypeID] = []
    if let type = domain.instance {
      guard program.types[Int(type)].kind == kind else { return [] }
      types = [type]
    } else {
      for head in heads {
        let type: TypeID?
        switch head {
        case .enumCase(let id, _, _), .structure(let id, _): type = id
        case .kinds(_, let id): type = id
        default: type = nil
        }
        if let type, program.types[Int(type)].kind == kind, !types.contains(type) {
          types.append(type)
        }
      }
    }
    var result: [Constructor] = []
    for type in types {
      let declaration = program.types[Int(type)]
      if declaration.kind == .structure {
        result.append(.structure(type))
      } else {
        result += declaration.cases.indices.map { .enumCase(type, $0) }
      }
    }
    return domain.instance == nil ? result + [.rest(kind)] : result
  }

  // MARK: Specialising

  private func specialized(
    _ rows: [[MatrixPattern]], _ constructor: Constructor, isQuery: Bool
  ) -> [[MatrixPattern]] {
    var result: [[MatrixPattern]] = []
    for row in rows {
      guard let head = row.first else { continue }
      for pattern in flattened(head) {
        if let parts = parts(of: pattern, for: constructor, isQuery: isQuery) {
          result.append(parts + row.dropFirst())
        }
      }
    }
    return result
  }

  /// What a pattern asks of the parts of a constructor; nil when it does not take it.
  private func parts(
    of pattern: MatrixPattern, for constructor: Constructor, isQuery: Bool
  ) -> [MatrixPattern]? {
    let arity = domainsOfParts(constructor).count
    let wilds = Array(repeating: MatrixPattern.wild, count: arity)
    switch (pattern, constructor) {
    case (.wild, _): return wilds
    case (.some(let kinds), _):
      return isQuery && kinds.meets(self.kinds(of: constructor)) ? wilds : nil
    case (.kinds(let kinds, let type), _):
      guard kinds.meets(self.kinds(of: constructor)) else { return nil }
      return type == nil || type == self.type(of: constructor) ? wilds : nil
    case (.null, .null): return []
    case (.bool(let one), .bool(let other)): return one == other ? [] : nil
    case (.ints(let low, let high), .ints(let from, let to)):
      return low <= from && to <= high ? [] : nil
    case (.ints, .rest(let kinds)), (.ints, .others(let kinds)):
      // Numbers compare by value: `1` takes 1.0 too.
      return isQuery && kinds.contains(.float) ? [] : nil
    case (.literal(let kind, let text), .literal(let other, let second)):
      return kind == other && text == second ? [] : nil
    case (.enumCase(let type, let index, let parts), .enumCase(let other, let second)):
      return type == other && index == second ? parts : nil
    case (.structure(let type, let parts), .structure(let other)):
      return type == other ? parts : nil
    case (.list(let prefix, let suffix, let hasRest), .list(let count, let orMore)):
      let fixed = prefix.count + suffix.count
      if hasRest {
        guard fixed <= count else { return nil }
        return prefix + Array(repeating: .wild, count: count - fixed) + suffix
      }
      return fixed == count && !orMore ? prefix : nil
    default: return nil
    }
  }

  private func kinds(of constructor: Constructor) -> Kinds {
    switch constructor {
    case .null: .null
    case .bool: .bool
    case .ints: .int
    case .literal(let kind, _): kind
    case .enumCase(let type, _), .structure(let type): program.types[Int(type)].kind
    case .list: .list
    case .rest(let kinds), .others(let kinds): kinds
    }
  }

  private func type(of constructor: Constructor) -> TypeID? {
    switch constructor {
    case .enumCase(let type, _), .structure(let type): type
    default: nil
    }
  }

  private func domainsOfParts(_ constructor: Constructor) -> [ValueType] {
    switch constructor {
    case .enumCase(let type, let index):
      program.types[Int(type)].cases[index].fields.map { program.type(of: $0.contract) }
    case .structure(let type):
      program.types[Int(type)].fields.map { program.type(of: $0.contract) }
    case .list(let count, _): Array(repeating: .any, count: count)
    default: []
    }
  }

  // MARK: Showing

  private func spelling(
    _ constructor: Constructor, _ parts: [String], _ domain: ValueType
  ) -> String {
    switch constructor {
    case .null: return "null"
    case .bool(let value): return "\(value)"
    case .ints(let low, let high):
      if low == high { return "\(low)" }
      if low == .min, high == .max { return "_: int" }
      return low == .min ? "\(min(high, 0) == 0 && high >= 0 ? 0 : high)" : "\(low)"
    case .literal(_, let text): return text
    case .enumCase(let type, let index):
      let name = "\(program.types[Int(type)].name).\(program.types[Int(type)].cases[index].name)"
      if parts.isEmpty { return name }
      return parts.allSatisfy { $0 == "_" }
        ? "\(name)(..)" : "\(name)(\(parts.joined(separator: ", ")))"
    case .structure(let type):
      let declaration = program.types[Int(type)]
      let fields = zip(declaration.fields, parts).filter { $0.1 != "_" }
        .map { "\($0.0.name): \($0.1)" }
      return fields.isEmpty
        ? declaration.name : "\(declaration.name) { \(fields.joined(separator: ", ")) }"
    case .list(_, let orMore):
      return "[" + (parts + (orMore ? [".."] : [])).joined(separator: ", ") + "]"
    case .others(let kinds):
      return "_: \(Kinds.names.first { $0.kind == kinds }?.name ?? "any")"
    case .rest(let kinds):
      guard kinds != domain.kinds, kinds.isSingle, !kinds.meets(.nominal) else { return "_" }
      return "_: \(Kinds.names.first { $0.kind == kinds }?.name ?? "any")"
    }
  }
}

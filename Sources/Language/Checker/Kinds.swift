/// A set of the kinds that values have while a program runs.
struct Kinds: OptionSet, Hashable, Sendable {
  let rawValue: UInt32

  static let null = Kinds(rawValue: 1)
  static let bool = Kinds(rawValue: 1 << 1)
  static let int = Kinds(rawValue: 1 << 2)
  static let float = Kinds(rawValue: 1 << 3)
  static let string = Kinds(rawValue: 1 << 4)
  static let bytes = Kinds(rawValue: 1 << 5)
  static let duration = Kinds(rawValue: 1 << 6)
  static let list = Kinds(rawValue: 1 << 7)
  static let map = Kinds(rawValue: 1 << 8)
  static let range = Kinds(rawValue: 1 << 9)
  static let function = Kinds(rawValue: 1 << 10)
  static let structure = Kinds(rawValue: 1 << 11)
  static let enumeration = Kinds(rawValue: 1 << 12)
  static let error = Kinds(rawValue: 1 << 13)
  static let type = Kinds(rawValue: 1 << 14)
  static let channel = Kinds(rawValue: 1 << 15)
  static let task = Kinds(rawValue: 1 << 16)
  /// Keys, sessions and whatever else natives hand out.
  static let handle = Kinds(rawValue: 1 << 17)

  static let all = Kinds(rawValue: (1 << 18) - 1)
  static let number: Kinds = [.int, .float]
  static let nominal: Kinds = [.structure, .enumeration, .error]
  /// What `for`, `..` and list patterns of loops go over; channels only `for`.
  static let iterable: Kinds = [.list, .map, .string, .bytes, .range]
  static let key: Kinds = [
    .null, .bool, .int, .string, .bytes, .duration, .enumeration, .error,
  ]

  /// The kinds with the name that a message gives them, in the order of messages.
  static let names: [(kind: Kinds, name: String)] = [
    (.null, "null"), (.bool, "bool"), (.int, "int"), (.float, "float"), (.string, "string"),
    (.bytes, "bytes"), (.duration, "duration"), (.list, "list"), (.map, "map"),
    (.range, "range"), (.function, "function"), (.structure, "struct"), (.enumeration, "enum"),
    (.error, "error"), (.type, "type"), (.channel, "channel"), (.task, "task"),
    (.handle, "handle"),
  ]

  /// The kind that a core type's name stands for; nil for other names.
  static func ofType(named name: String) -> Kinds? {
    switch name {
    case "func": .function
    case "struct", "enum", "handle": nil
    default: names.first { $0.name == name }?.kind
    }
  }

  var isSingle: Bool { rawValue != 0 && rawValue & (rawValue - 1) == 0 }

  func meets(_ other: Kinds) -> Bool { !isDisjoint(with: other) }
}

/// The index of a type in `Program.types`.
typealias TypeID = Int32
/// The index of a function in `Program.functions`.
typealias FunctionID = Int32

/// What is known of a value before the program runs: its kinds, and more where there is one kind.
struct ValueType: Hashable, Sendable {
  var kinds: Kinds
  var detail: Detail

  /// Says more of the values that have one of `kinds`.
  enum Detail: Hashable, Sendable {
    case none
    /// That very int.
    case integer(Int64)
    /// A value of that struct, enum or error.
    case instance(TypeID)
    /// That type itself.
    case typeObject(TypeID)
    /// That function.
    case function(FunctionID)
    /// A list whose elements are of these kinds, as long as nobody can change it.
    case elements(Kinds)

    /// The kinds of which this says more.
    var kinds: Kinds {
      switch self {
      case .none: []
      case .integer: .int
      case .instance: .nominal
      case .typeObject: .type
      case .function: .function
      case .elements: .list
      }
    }
  }

  init(_ kinds: Kinds, _ detail: Detail = .none) {
    self.kinds = kinds
    self.detail = detail
  }

  /// Nothing is known.
  static let any = ValueType(.all)
  /// There is no such value: what gives it does not come back.
  static let never = ValueType([])
  static let null = ValueType(.null)
  static let bool = ValueType(.bool)
  static let int = ValueType(.int)
  static let float = ValueType(.float)
  static let string = ValueType(.string)

  var isNever: Bool { kinds.isEmpty }
  var isAny: Bool { kinds == .all }

  /// The type whose value this must be, if it is a struct, enum or error at all.
  var instance: TypeID? {
    if case .instance(let type) = detail { return type }
    return nil
  }

  /// What a value is that is the one or the other.
  func joined(_ other: ValueType) -> ValueType {
    if isNever { return other }
    if other.isNever || self == other { return self }
    let union = kinds.union(other.kinds)
    if detail == other.detail { return ValueType(union, detail) }
    // What is said of kinds that the other has not stays true.
    if other.detail == .none, other.kinds.isDisjoint(with: detail.kinds) {
      return ValueType(union, detail)
    }
    if detail == .none, kinds.isDisjoint(with: other.detail.kinds) {
      return ValueType(union, other.detail)
    }
    return ValueType(union)
  }

  /// The part of the values that has one of these kinds.
  func limited(to allowed: Kinds) -> ValueType {
    let left = kinds.intersection(allowed)
    return ValueType(left, left.meets(detail.kinds) ? detail : .none)
  }

  func without(_ removed: Kinds) -> ValueType { limited(to: Kinds.all.subtracting(removed)) }
}

/// A compiled module: what the compiler gives to the machine.
public struct ModuleImage: Sendable {
  /// The module's unique name: a path, or `std.json`.
  public var name: String
  /// The name of the source file in traces.
  public var sourceName: String
  /// The source text, so that traces can show it; empty in stripped images.
  public var source: [UInt8] = []
  public var constants: [Constant] = []
  public var contracts: [Contract] = []
  public var types: [TypeDeclaration] = []
  public var methods: [Method] = []
  public var prototypes: [Prototype] = []
  /// Prototypes without captures whose closures exist before the module runs.
  public var functions: [Int] = []
  /// Number of module variables.
  public var globalCount = 0
  /// Prototype that runs the top-level statements.
  public var entry = 0
  /// The function named `main`, to be called after the top-level statements: index in
  /// `prototypes`, or -1. `mainIsCalled` when the module itself calls it.
  public var main = -1
  public var mainIsCalled = false
  public var exports: [Export] = []
  /// Modules that must run before this one, by name.
  public var imports: [String] = []
  public var tests: [Test] = []
  /// Functions whose bodies the host supplies.
  public var natives: [NativeDeclaration] = []
  /// `impl Trait for Type`: the type also gets the trait's defaults.
  public var conformances: [Conformance] = []

  /// The contracts of parameters that have one, by prototype and parameter: for compiling modules
  /// that use this one, not kept in image files.
  public var parameterContracts: [Int: [Contract?]] = [:]

  public struct Conformance: Sendable, Equatable {
    public var type: Contract
    public var trait: Contract
    public init(type: Contract, trait: Contract) {
      self.type = type
      self.trait = trait
    }
  }

  public init(name: String, sourceName: String) {
    self.name = name
    self.sourceName = sourceName
  }

  public struct Export: Sendable, Equatable {
    public enum Target: Sendable, Equatable {
      case global(Int)
      case function(Int)
      case native(String)
      case type(Int)
    }
    public var name: String
    public var target: Target
    public init(name: String, target: Target) {
      self.name = name
      self.target = target
    }
  }

  public struct Test: Sendable, Equatable {
    public var name: String
    public var prototype: Int
    public init(name: String, prototype: Int) {
      self.name = name
      self.prototype = prototype
    }
  }
}

/// The signature of a native function, as the standard library's source gives it.
public struct NativeDeclaration: Sendable, Equatable {
  /// The registered name, such as `json.parse` or `list.push`.
  public var name: String
  public var parameterNames: [String]
  public var requiredCount: Int
  public var hasRest: Bool

  public init(name: String, parameterNames: [String], requiredCount: Int, hasRest: Bool) {
    self.name = name
    self.parameterNames = parameterNames
    self.requiredCount = requiredCount
    self.hasRest = hasRest
  }
}

/// A value or a thing of another module that code refers to by index.
public enum Constant: Sendable, Equatable {
  case null
  case bool(Bool)
  case int(Int64)
  case float(UInt64)
  case duration(Int64)
  case text([UInt8])
  case bytes([UInt8])
  /// A module variable, by slot.
  case global(Int)
  case imported(module: Int, name: Int)
  /// A function without captures, by prototype.
  case function(Int)
  case importedFunction(module: Int, name: Int)
  /// A native, by its registered name, such as `json.parse`.
  case native(String)
  /// A struct, or a case of an enum or error, of this module (`module` -1) or of another.
  case shape(module: Int, type: String, case: String)
  /// A type as a value.
  case type(module: Int, name: String)
}

/// A type annotation.
public indirect enum Contract: Sendable, Equatable {
  case any, null, bool, float, string, bytes, duration, range, function, task, channel, error
  case type
  case int(low: Int64, high: Int64)
  case list(Contract)
  case map(Contract, Contract)
  case optional(Contract)
  case union([Contract])
  /// A struct, enum, error or trait of this module (`module` "") or of another.
  case named(module: String, name: String)
}

/// A struct, enum, error or trait.
public struct TypeDeclaration: Sendable, Equatable {
  public enum Kind: UInt8, Sendable { case structure, enumeration, error, trait }
  public var kind: Kind
  public var name: String
  /// One for a struct, named like it; one for each case.
  public var shapes: [Shape]
  /// The methods a trait demands, and whether it has a default for each.
  public var requirements: [String] = []

  public struct Shape: Sendable, Equatable {
    public var name: String
    public var fields: [String]
    /// Index into the module's contracts, or -1.
    public var contracts: [Int]
    /// Prototype that makes a value from its fields, or -1 for a case without payload.
    public var constructor: Int
    public init(name: String, fields: [String], contracts: [Int], constructor: Int) {
      self.name = name
      self.fields = fields
      self.contracts = contracts
      self.constructor = constructor
    }
  }

  public init(kind: Kind, name: String, shapes: [Shape]) {
    self.kind = kind
    self.name = name
    self.shapes = shapes
  }
}

/// A function of an `impl` or a trait's default.
public struct Method: Sendable, Equatable {
  /// The type that gets it: a user type (`named`) or a core type.
  public var target: Contract
  public var name: String
  /// Prototype, or -1 for a native.
  public var prototype: Int
  public var native: String
  /// False: called on the type.
  public var takesSelf: Bool

  public init(
    target: Contract, name: String, prototype: Int, native: String, takesSelf: Bool
  ) {
    self.target = target
    self.name = name
    self.prototype = prototype
    self.native = native
    self.takesSelf = takesSelf
  }
}

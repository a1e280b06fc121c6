public import JanusSyntax

/// The index of a symbol in `Resolution.symbols`.
public typealias SymbolID = Int32

/// A name and what it stands for.
public struct Symbol: Sendable {
  public enum Kind: Sendable, Equatable {
    /// A variable, parameter or binding of a pattern.
    case variable
    /// A named function, at the top or in a block.
    case function
    case structure, enumeration, error, trait
    /// `use …`: index into `Resolution.modules`.
    case module(Int)
    /// A name taken from a module by `use "…" { name }`.
    case imported(module: Int)
    /// A function or type of the prelude.
    case prelude
    /// `list`, `string` …: the methods called on the type.
    case coreType
  }

  public var kind: Kind
  public var name: NameID
  /// The node that declares it; -1 for names from elsewhere.
  public var node: NodeID
  /// The function whose variable it is: an index into `Resolution.functions`; 0 is the module.
  public var function: Int
  /// Declared in the module's outermost block.
  public var isModuleLevel: Bool
  public var isConst = false
  public var isPublic = false
  /// Assigned after its initialiser.
  public var isReassigned = false
  /// Used by a function other than its own.
  public var isCaptured = false
  /// A function that is used before the place of its declaration, or a variable that such a
  /// function uses.
  public var isEarly = false
  /// Its declaration has been passed.
  public var isDeclared = false

  public init(
    kind: Kind, name: NameID, node: NodeID, function: Int, isModuleLevel: Bool
  ) {
    self.kind = kind
    self.name = name
    self.node = node
    self.function = function
    self.isModuleLevel = isModuleLevel
  }
}

/// A function of the program: the module itself, a named function, a closure, a spawned block.
public struct FunctionScope: Sendable {
  public var node: NodeID
  public var parent: Int
  /// Variables and functions of enclosing functions that it uses, in order of first use.
  public var captures: [SymbolID] = []
  /// Its own symbol, for a named function.
  public var symbol: SymbolID = -1
  /// It needs nothing of its surroundings and exists once.
  public var isLifted = false
  /// A method or another function that may not use variables of functions around it.
  public var isIsolated = false
  public var isMethod = false

  public init(node: NodeID, parent: Int) {
    self.node = node
    self.parent = parent
  }
}

/// What the names of a tree stand for.
public struct Resolution: Sendable {
  public var symbols: [Symbol] = []
  /// The symbol that a node declares or names; -1 for none.
  public var symbolOfNode: [SymbolID]
  /// The function that a node opens; -1 for none.
  public var functionOfNode: [Int32]
  public var functions: [FunctionScope] = []
  public var modules: [UsedModule] = []

  public init(nodeCount: Int) {
    symbolOfNode = Array(repeating: -1, count: nodeCount)
    functionOfNode = Array(repeating: -1, count: nodeCount)
  }
}

/// A module that a `use` names.
public struct UsedModule: Sendable {
  /// The unique name: `std.json`, or the path of a file.
  public var name: String
  public var node: NodeID
}

/// The public names of a module, for whoever uses it.
public struct ModuleInterface: Sendable {
  public enum Member: Sendable, Equatable {
    case variable, function, native
    case structure, enumeration, error, trait
  }
  public var name: String
  public var members: [String: Member]
  /// False for a module that does not compile: nothing is said of names it may lack.
  public var isWhole: Bool

  public init(name: String, members: [String: Member], isWhole: Bool = true) {
    self.name = name
    self.members = members
    self.isWhole = isWhole
  }
}

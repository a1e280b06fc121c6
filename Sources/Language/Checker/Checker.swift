import JanusSemantics
import JanusSource
import JanusSyntax

/// Follows one module as it would run, and reports what it can prove of it.
///
/// What is not known is compatible with everything: a report says that the line fails whenever it
/// is executed. Each function's body is walked once, when a caller first wants its result or at
/// the end; variables carry what is known of them from statement to statement.
final class Checker {
  unowned let program: Program
  let module: Int
  let tree: Tree
  let resolution: Resolution
  let file: SourceFile
  var diagnostics: [Diagnostic] = []

  /// What a variable is wherever it can be seen, by symbol.
  var base: [ValueType]
  /// What a variable is here, by symbol; valid where `flowEpoch` is the current epoch.
  var flow: [ValueType]
  var flowEpoch: [Int32]
  var epoch: Int32 = 0
  var lastEpoch: Int32 = 0
  /// Undoes what is said of variables in a branch.
  var trail: [Change] = []
  var frame = Frame()
  /// The results of functions of this module; nil while one is being found.
  var results: [FunctionID: ValueType?] = [:]
  /// Assignments to variables in the order of the text.
  private(set) var assignments: [(offset: UInt32, symbol: SymbolID)] = []
  var depth = 0
  /// The elements of lists in variables that nobody changes, by symbol.
  var isUnchangedList: [Bool]
  var names = NameUses()
  /// The known function that was called last, and where.
  var lastCall: (node: NodeID, function: FunctionID)?

  struct Change {
    var symbol: SymbolID
    var type: ValueType
    var epoch: Int32
  }

  /// What belongs to the function that is being walked.
  struct Frame {
    var function: FunctionID = -1
    /// What its `return`s give.
    var returned = ValueType.never
    /// The next statement can be reached.
    var isReachable = true
    /// It is reached whenever the function is called, and nothing before it can end the function.
    var isCertain = false
    /// Inside the operand of `try`, `catch` or `spawn`.
    var guards = 0
    /// Inside the operand of `catch`.
    var catches = 0
    var loops: [Loop] = []
    var requirements: [SymbolID: Function.Requirement] = [:]
    var parameterSymbols: [SymbolID: Int] = [:]
  }

  struct Loop {
    var label: NameID
    var hasBreak = false
  }

  /// Bounds of what is followed; beyond them nothing is known.
  enum Limits {
    static let depth = 300
    static let callDepth = 12
  }

  var callDepth = 0

  init(_ program: Program, module: Int) {
    self.program = program
    self.module = module
    tree = program.modules[module].tree
    resolution = program.modules[module].resolution
    file = program.modules[module].file
    let count = resolution.symbols.count
    base = Array(repeating: .any, count: count)
    flow = base
    flowEpoch = Array(repeating: -1, count: count)
    isUnchangedList = Array(repeating: false, count: count)
  }

  /// Walks everything; the reports in the order of the text.
  func check() -> [Diagnostic] {
    guard tree.root >= 0 else { return [] }
    collectUses()
    frame.isCertain = false
    walkBlock(tree[tree.root].a, wants: .nothing)
    for index in tree.nodes.indices { walkDeclaration(NodeID(index)) }
    reportUnused()
    return diagnostics.sorted { ($0.span.start, $0.span.end) < ($1.span.start, $1.span.end) }
  }

  // MARK: Reports

  func error(
    _ code: DiagnosticCode, _ span: Span, _ message: String, help: String? = nil,
    labels: [Diagnostic.Label] = [], fix: Diagnostic.Fix? = nil
  ) {
    diagnostics.append(
      Diagnostic(
        code, span, message, labels: labels, help: help, fix: fix,
        // Whoever catches a failure may want it.
        severity: frame.catches > 0 ? .warning : .error))
  }

  func warning(
    _ code: DiagnosticCode, _ span: Span, _ message: String, help: String? = nil,
    labels: [Diagnostic.Label] = [], fix: Diagnostic.Fix? = nil
  ) {
    diagnostics.append(
      Diagnostic(
        code, span, message, labels: labels, help: help, fix: fix, severity: .warning))
  }

  func describe(_ type: ValueType) -> String { program.description(of: type) }

  /// The source text of a node.
  func text(_ node: NodeID) -> String {
    let span = tree[node].span
    return String(decoding: file.bytes[Int(span.start)..<Int(span.end)], as: UTF8.self)
  }

  // MARK: Variables

  func symbol(of node: NodeID) -> SymbolID? {
    let id = resolution.symbolOfNode[Int(node)]
    return id >= 0 ? id : nil
  }

  /// True for a variable that other functions may change at any time.
  func isShared(_ id: SymbolID) -> Bool {
    let symbol = resolution.symbols[Int(id)]
    return symbol.isReassigned && (symbol.isCaptured || symbol.isPublic)
  }

  func type(of id: SymbolID) -> ValueType {
    flowEpoch[Int(id)] == epoch && !isShared(id) ? flow[Int(id)] : base[Int(id)]
  }

  func set(_ id: SymbolID, _ type: ValueType) {
    trail.append(Change(symbol: id, type: flow[Int(id)], epoch: flowEpoch[Int(id)]))
    flow[Int(id)] = type
    flowEpoch[Int(id)] = epoch
  }

  /// A variable begins; `contract` is its annotation.
  func declare(_ id: SymbolID, _ type: ValueType, contract: Contract = .any) {
    let symbol = resolution.symbols[Int(id)]
    base[Int(id)] = symbol.isReassigned ? program.type(of: contract) : type
    set(id, type)
  }

  // MARK: Branches

  /// What one way through the program says of variables.
  struct Branch {
    var changes: [(symbol: SymbolID, type: ValueType)]
    var isLive: Bool
  }

  var mark: Int { trail.count }

  /// Takes back what was said since a mark, and gives it.
  func takeBranch(since mark: Int) -> Branch {
    var changes: [(symbol: SymbolID, type: ValueType)] = []
    for change in trail[mark...] where !changes.contains(where: { $0.symbol == change.symbol }) {
      changes.append((change.symbol, type(of: change.symbol)))
      if changes.count > 64 { break }
    }
    // Too many to compare: they are known by their declarations only.
    if changes.count > 64 {
      let symbols = Set(trail[mark...].map(\.symbol))
      changes = symbols.map { ($0, base[Int($0)]) }
    }
    while trail.count > mark, let change = trail.popLast() {
      flow[Int(change.symbol)] = change.type
      flowEpoch[Int(change.symbol)] = change.epoch
    }
    return Branch(changes: changes, isLive: frame.isReachable)
  }

  /// Goes on behind branches: what holds in all that come this far holds here.
  func merge(_ branches: [Branch]) {
    let live = branches.filter(\.isLive)
    frame.isReachable = !live.isEmpty
    guard live.count > 1 else {
      for change in live.first?.changes ?? [] { set(change.symbol, change.type) }
      return
    }
    var symbols: [SymbolID] = []
    for branch in live {
      for change in branch.changes where !symbols.contains(change.symbol) {
        symbols.append(change.symbol)
      }
    }
    for symbol in symbols {
      let before = type(of: symbol)
      let joined = live.reduce(ValueType.never) { result, branch in
        result.joined(branch.changes.first { $0.symbol == symbol }?.type ?? before)
      }
      set(symbol, joined)
    }
  }

  /// Forgets what is assigned somewhere in a part that may run in any order or many times.
  func widen(_ span: Span) {
    var low = 0
    var high = assignments.count
    while low < high {
      let middle = (low + high) / 2
      if assignments[middle].offset < span.start { low = middle + 1 } else { high = middle }
    }
    while low < assignments.count, assignments[low].offset < span.end {
      let symbol = assignments[low].symbol
      if type(of: symbol) != base[Int(symbol)] { set(symbol, base[Int(symbol)]) }
      low += 1
    }
  }

  func noteAssignment(at offset: UInt32, to symbol: SymbolID) {
    assignments.append((offset, symbol))
  }

  func sortAssignments() { assignments.sort { $0.offset < $1.offset } }
}

/// What a module's names are used for.
struct NameUses {
  /// How often a symbol's value is wanted.
  var reads: [Int32] = []
  /// How often it is given a value after its declaration.
  var writes: [Int32] = []
  /// Names called as methods: they may mean a function in scope.
  var methodNames: Set<NameID> = []
  /// Names of functions and variables, any of which `x.name()` may mean.
  var functionNames: Set<NameID> = []
  /// What `self` is in a method, by the method's node.
  var selfContracts: [NodeID: Contract] = [:]
  /// Methods that a trait demands: their parameters are not theirs to choose.
  var traitMethods: Set<NodeID> = []
  /// Patterns of `{ name }`, which are key and binding in one.
  var shorthandFields: Set<NodeID> = []
  /// Patterns of arms that are a name and nothing else.
  var armPatterns: Set<NodeID> = []
  /// The statement that a pattern of one name belongs to.
  var bindingOfPattern: [NodeID: NodeID] = [:]
  /// The type beside the declaration of a variable.
  var annotations: [SymbolID: NodeID] = [:]
  /// Loop labels that a `break` or `continue` names, with where.
  var jumps: [(name: NameID, offset: UInt32)] = []
}

import JanusBytecode
import JanusSemantics
import JanusSource
import JanusSyntax

/// A struct, enum, error or trait of any module.
struct TypeDeclaration {
  var name: String
  var module: Int
  var node: NodeID
  /// `.structure`, `.enumeration` or `.error`; none for a trait.
  var kind: Kinds
  var fields: [Field] = []
  var cases: [Case] = []

  struct Field {
    var name: String
    var contract: Contract = .any
    /// It may be left out: there is a default, or null will do.
    var isOptional = false
    var node: NodeID = -1
  }

  struct Case {
    var name: String
    var fields: [Field] = []
    /// The names of the payload are not known here (the machine's faults).
    var isOpen = false
  }

  func caseIndex(_ name: String) -> Int? { cases.firstIndex { $0.name == name } }
}

/// A function, method, native or closure, as its callers see it.
struct Function {
  var name: String
  var module: Int
  var node: NodeID
  var parameters: [Parameter] = []
  /// The annotation of the result.
  var result: Contract?
  var failure = Failure.none
  var isNative = false
  /// The first parameter is the receiver.
  var takesSelf = false
  /// Kinds without which a call of an unannotated parameter always fails, by parameter.
  var requirements: [Requirement] = []
  /// What a closure gives; a named function's result is found when it is wanted.
  var closureResult: ValueType?

  struct Parameter {
    var name: String
    var contract: Contract = .any
    var isOptional = false
    var isRest = false
    var node: NodeID = -1
  }

  /// What `! E` says.
  enum Failure {
    case none
    /// `! Fault`: what any operation of the machine may raise.
    case fault
    case declared(String)
  }

  struct Requirement {
    var parameter: Int
    var kinds: Kinds
    var node: NodeID
  }

  var hasRest: Bool { parameters.last?.isRest ?? false }

  /// A native whose `..fields` take named arguments of any name.
  var takesFields: Bool { isNative && hasRest && parameters.last?.name == "fields" }
}

/// Everything that the modules of a program declare.
final class Program {
  let modules: [CheckedModule]
  var types: [TypeDeclaration] = []
  var functions: [Function] = []
  var checkers: [Checker] = []
  /// By module and declaring node.
  private(set) var typeOfNode: [[NodeID: TypeID]]
  private(set) var functionOfNode: [[NodeID: FunctionID]]
  /// Public and private names at the top of each module.
  private(set) var typesByName: [[String: TypeID]]
  private(set) var functionsByName: [[String: FunctionID]]
  private(set) var methodsOfType: [TypeID: [String: FunctionID]] = [:]
  private(set) var methodsOfKind: [Kinds: [String: FunctionID]] = [:]
  /// Methods of impls for what is neither a core type nor a declared one.
  private(set) var openMethods: Set<String> = []
  private(set) var conformers: [TypeID: [Contract]] = [:]
  private(set) var hasOpenConformance: Set<TypeID> = []
  let moduleNumbers: [String: Int]
  let fault: TypeID

  /// A method of which more than one declaration exists.
  static let ambiguous: FunctionID = -1

  init(_ modules: [CheckedModule]) {
    self.modules = modules
    typeOfNode = Array(repeating: [:], count: modules.count)
    functionOfNode = Array(repeating: [:], count: modules.count)
    typesByName = Array(repeating: [:], count: modules.count)
    functionsByName = Array(repeating: [:], count: modules.count)
    moduleNumbers = Dictionary(
      modules.enumerated().map { ($1.name, $0) }, uniquingKeysWith: { first, _ in first })
    fault = 0
    types.append(Program.faultType())
    for number in modules.indices { declareTypes(of: number) }
    for number in modules.indices { declareMembers(of: number) }
    checkers = modules.indices.map { Checker(self, module: $0) }
  }

  private static func faultType() -> TypeDeclaration {
    let cases = FaultKind.allCases.map { TypeDeclaration.Case(name: $0.caseName, isOpen: true) }
    return TypeDeclaration(name: "Fault", module: -1, node: -1, kind: .error, cases: cases)
  }

  // MARK: Declaring

  private func declareTypes(of module: Int) {
    let tree = modules[module].tree
    let resolution = modules[module].resolution
    for (index, node) in tree.nodes.enumerated() {
      let kind: Kinds
      switch node.kind {
      case .struct: kind = .structure
      case .enum: kind = .enumeration
      case .errorType: kind = .error
      case .trait: kind = []
      default: continue
      }
      let symbol = resolution.symbolOfNode[index]
      guard symbol >= 0, node.a >= 0 else { continue }
      let name = tree.name(node.a)
      types.append(
        TypeDeclaration(name: name, module: module, node: NodeID(index), kind: kind))
      let id = TypeID(types.count - 1)
      typeOfNode[module][NodeID(index)] = id
      if resolution.symbols[Int(symbol)].isModuleLevel { typesByName[module][name] = id }
    }
  }

  private func declareMembers(of module: Int) {
    let tree = modules[module].tree
    let resolution = modules[module].resolution
    var impls: [NodeID] = []
    for (index, node) in tree.nodes.enumerated() {
      let id = NodeID(index)
      switch node.kind {
      case .struct:
        if let type = typeOfNode[module][id] {
          types[Int(type)].fields = fields(node.b, in: module)
        }
      case .enum, .errorType:
        guard let type = typeOfNode[module][id] else { continue }
        types[Int(type)].cases = tree.items(node.b).map { item in
          TypeDeclaration.Case(
            name: tree.name(tree[item].a), fields: fields(tree[item].b, in: module))
        }
      case .trait:
        if let type = typeOfNode[module][id] {
          for method in tree.items(node.b) {
            addFunction(method, in: module, owner: types[Int(type)].name)
          }
        }
      case .impl: impls.append(id)
      case .function:
        let symbol = resolution.symbolOfNode[index]
        guard symbol >= 0, node.a >= 0 else { continue }
        let function = addFunction(id, in: module, owner: nil)
        if resolution.symbols[Int(symbol)].isModuleLevel {
          functionsByName[module][tree.name(node.a)] = function
        }
      default: break
      }
    }
    for impl in impls { declareImpl(impl, in: module) }
  }

  private func fields(_ list: ListID, in module: Int) -> [TypeDeclaration.Field] {
    let tree = modules[module].tree
    return tree.items(list).map { item in
      let node = tree[item]
      let contract = node.b >= 0 ? self.contract(of: node.b, in: module) : .any
      let admitsNull = node.b >= 0 && canFulfil(.null, contract)
      return TypeDeclaration.Field(
        name: tree.name(node.a), contract: contract, isOptional: node.c >= 0 || admitsNull,
        node: item)
    }
  }

  @discardableResult
  private func addFunction(_ id: NodeID, in module: Int, owner: String?) -> FunctionID {
    if let known = functionOfNode[module][id] { return known }
    let tree = modules[module].tree
    let node = tree[id]
    let parts = Array(tree.items(node.c))
    let name = node.a >= 0 ? tree.name(node.a) : "closure"
    var function = Function(
      name: owner.map { "\($0).\(name)" } ?? name, module: module, node: id,
      parameters: parameters(node.b, in: module))
    if parts.count > 0, parts[0] >= 0 { function.result = contract(of: parts[0], in: module) }
    if parts.count > 1, parts[1] >= 0 {
      let failure = contract(of: parts[1], in: module)
      function.failure =
        failure == .instance(fault) ? .fault : .declared(spelling(of: failure))
    }
    function.isNative = node.flags.contains(.isNative)
    function.takesSelf = owner != nil && function.parameters.first?.name == "self"
    functions.append(function)
    let number = FunctionID(functions.count - 1)
    functionOfNode[module][id] = number
    return number
  }

  /// Registers a closure, whose parameters its callers see as those of a function.
  func addClosure(_ id: NodeID, in module: Int) -> FunctionID {
    if let known = functionOfNode[module][id] { return known }
    let node = modules[module].tree[id]
    var function = Function(
      name: "the closure", module: module, node: id, parameters: parameters(node.a, in: module))
    if node.c >= 0 { function.result = contract(of: node.c, in: module) }
    functions.append(function)
    let number = FunctionID(functions.count - 1)
    functionOfNode[module][id] = number
    return number
  }

  private func parameters(_ list: ListID, in module: Int) -> [Function.Parameter] {
    let tree = modules[module].tree
    return tree.items(list).map { item in
      let node = tree[item]
      return Function.Parameter(
        name: node.a >= 0 ? tree.name(node.a) : "_",
        contract: node.b >= 0 ? contract(of: node.b, in: module) : .any,
        isOptional: node.a >= 0 && node.c >= 0, isRest: node.flags.contains(.isRest), node: item)
    }
  }

  private func declareImpl(_ id: NodeID, in module: Int) {
    let tree = modules[module].tree
    let node = tree[id]
    let target = contract(of: node.a, in: module)
    let owner = spelling(of: target)
    var names: Set<String> = []
    for method in tree.items(node.c) {
      let function = addFunction(method, in: module, owner: owner)
      let name = tree.name(tree[method].a)
      names.insert(name)
      addMethod(name, function, to: target)
    }
    guard node.b >= 0 else { return }
    guard case .trait(let trait) = contract(of: node.b, in: module) else { return }
    switch target {
    case .instance, .kinds, .list(.any), .map(.any, .any):
      conformers[trait, default: []].append(target)
    default: hasOpenConformance.insert(trait)
    }
    let declaration = types[Int(trait)]
    let other = modules[declaration.module].tree
    for method in other.items(other[declaration.node].b) {
      let name = other.name(other[method].a)
      let parts = Array(other.items(other[method].c))
      guard !names.contains(name), parts.count > 2, parts[2] >= 0 else { continue }
      let function = addFunction(method, in: declaration.module, owner: declaration.name)
      addMethod(name, function, to: target)
    }
  }

  private func addMethod(_ name: String, _ function: FunctionID, to target: Contract) {
    func merged(_ old: FunctionID?) -> FunctionID { old == nil ? function : Program.ambiguous }
    switch target {
    case .instance(let type):
      methodsOfType[type, default: [:]][name] = merged(methodsOfType[type]?[name])
    case .kinds(let kinds) where kinds.isSingle:
      methodsOfKind[kinds, default: [:]][name] = merged(methodsOfKind[kinds]?[name])
    case .list(.any):
      methodsOfKind[.list, default: [:]][name] = merged(methodsOfKind[.list]?[name])
    case .map(.any, .any):
      methodsOfKind[.map, default: [:]][name] = merged(methodsOfKind[.map]?[name])
    default: openMethods.insert(name)
    }
  }
}

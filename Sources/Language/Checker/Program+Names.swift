import JanusSemantics
import JanusSyntax

extension Program {
  /// The contract that a type annotation spells.
  func contract(of type: NodeID, in module: Int) -> Contract {
    let tree = modules[module].tree
    let node = tree[type]
    switch node.kind {
    case .typeOptional: return .union([contract(of: node.a, in: module), .kinds(.null)])
    case .typeUnion: return .union(tree.items(node.a).map { contract(of: $0, in: module) })
    case .typeFunction: return .kinds(.function)
    case .typeName: return namedContract(type, node, in: module)
    case .name, .member:
      return self.type(namedBy: type, in: module).map { typeContract($0) } ?? .any
    default: return .any
    }
  }

  func typeContract(_ type: TypeID) -> Contract {
    types[Int(type)].kind.isEmpty ? .trait(type) : .instance(type)
  }

  private func namedContract(_ type: NodeID, _ node: Node, in module: Int) -> Contract {
    let tree = modules[module].tree
    let name = tree.name(node.a)
    let symbol = modules[module].resolution.symbolOfNode[Int(type)]
    if symbol >= 0 {
      let found = self.type(ofSymbol: symbol, member: node.c >= 0 ? name : nil, in: module)
      return found.map { typeContract($0) } ?? .any
    }
    let arguments = tree.items(node.b).map { contract(of: $0, in: module) }
    switch name {
    case "list": return .list(arguments.first ?? .any)
    case "map": return arguments.count == 2 ? .map(arguments[0], arguments[1]) : .map(.any, .any)
    case "function": return .kinds(.function)
    case "Fault": return .instance(fault)
    default: return integerRange(name) ?? Kinds.ofType(named: name).map { .kinds($0) } ?? .any
    }
  }

  private func integerRange(_ name: String) -> Contract? {
    switch name {
    case "i64": .kinds(.int)
    case "i8": .integer(-128, 127)
    case "i16": .integer(-32_768, 32_767)
    case "i32": .integer(Int64(Int32.min), Int64(Int32.max))
    case "u8": .integer(0, 255)
    case "u16": .integer(0, 65_535)
    case "u32": .integer(0, Int64(UInt32.max))
    case "u64": .integer(0, .max)
    default: nil
    }
  }

  /// The type that an expression such as `Point` or `shapes.Point` names.
  func type(namedBy node: NodeID, in module: Int) -> TypeID? {
    let tree = modules[module].tree
    let resolution = modules[module].resolution
    switch tree[node].kind {
    case .name, .typeName:
      let symbol = resolution.symbolOfNode[Int(node)]
      guard symbol >= 0 else {
        return tree.name(tree[node].a) == "Fault" ? fault : nil
      }
      let isQualified = tree[node].kind == .typeName && tree[node].c >= 0
      return type(
        ofSymbol: symbol, member: isQualified ? tree.name(tree[node].a) : nil, in: module)
    case .member:
      let object = tree[node].a
      guard tree[object].kind == .name else { return nil }
      let symbol = resolution.symbolOfNode[Int(object)]
      guard symbol >= 0 else { return nil }
      return type(ofSymbol: symbol, member: tree.name(tree[node].b), in: module)
    case .parentheses: return type(namedBy: tree[node].a, in: module)
    default: return nil
    }
  }

  private func type(ofSymbol id: SymbolID, member: String?, in module: Int) -> TypeID? {
    let resolution = modules[module].resolution
    let symbol = resolution.symbols[Int(id)]
    let name = modules[module].tree.name(symbol.name)
    switch symbol.kind {
    case .structure, .enumeration, .error, .trait:
      return member == nil ? typeOfNode[module][symbol.node] : nil
    case .imported(let used):
      guard member == nil, let number = number(ofModule: used, in: module) else { return nil }
      return typesByName[number][name]
    case .module(let used):
      guard let member, let number = number(ofModule: used, in: module) else { return nil }
      return typesByName[number][member]
    case .prelude: return member == nil && name == "Fault" ? fault : nil
    default: return nil
    }
  }

  /// The number of a module that another uses.
  func number(ofModule used: Int, in module: Int) -> Int? {
    moduleNumbers[modules[module].resolution.modules[used].name]
  }

  /// A function of a module's top, if that is what the name is.
  func function(named name: String, ofModule used: Int, in module: Int) -> FunctionID? {
    guard let number = number(ofModule: used, in: module) else { return nil }
    return functionsByName[number][name]
  }

  func preludeFunction(_ name: String) -> FunctionID? {
    moduleNumbers["prelude"].flatMap { functionsByName[$0][name] }
  }
}

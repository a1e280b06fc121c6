import JanusBytecode
import JanusSemantics
import JanusSyntax

/// The types of `.Case` where no annotation of this file gives them.
extension Compiler {
  /// The number that stands for a contract where the node of an annotation is asked for.
  mutating func expecting(_ contract: Contract) -> NodeID {
    expectedContracts.append(contract)
    return -1 - NodeID(expectedContracts.count)
  }

  /// The parameters of a public function of another module.
  mutating func importedParameterTypes(
    _ module: Int,
    _ name: Int
  ) -> [(name: String, type: NodeID)] {
    guard image.imports.indices.contains(module), case .text(let bytes) = image.constants[name],
      let other = images[image.imports[module]]
    else { return [] }
    let spelling = String(decoding: bytes, as: UTF8.self)
    for export in other.exports where export.name == spelling {
      guard case .function(let index) = export.target else { return [] }
      let contracts = other.parameterContracts[index] ?? []
      return zip(other.prototypes[index].parameterNames, contracts).map { name, contract in
        (
          name,
          contract.map { expecting(Compiler.qualified($0, in: other.name)) } ?? -1
        )
      }
    }
    return []
  }

  /// The case that a contract admits, through `T?` and unions.
  mutating func expectedCase(_ contract: Contract, _ name: String) -> KnownShape? {
    switch contract {
    case .optional(let wrapped): return expectedCase(wrapped, name)
    case .union(let members):
      for member in members {
        if let known = expectedCase(member, name) { return known }
      }
      return nil
    case .named(let module, let type): return knownCase(name, of: type, in: module)
    default: return nil
    }
  }

  /// A case of a type that a contract names.
  mutating func knownCase(_ name: String, of type: String, in module: String) -> KnownShape? {
    let declared: (TypeDeclaration, module: Int, contracts: [Contract])?
    switch module {
    case "": declared = image.types.first { $0.name == type }.map { ($0, -1, image.contracts) }
    case "prelude" where type == "Fault": declared = faultType()
    default: declared = importedType(type, module)
    }
    guard let (declaration, number, contracts) = declared,
      declaration.kind == .enumeration || declaration.kind == .error,
      let shape = declaration.shapes.first(where: { $0.name == name })
    else { return nil }
    return KnownShape(
      shape: shape,
      type: declaration.name,
      module: number,
      kind: declaration.kind,
      contracts: contracts
    )
  }

  /// What a member is expected to be when it is assigned: the annotation of the field, if the type
  /// of the object is known, or if all types here that have such a field agree.
  mutating func memberType(_ member: Node) -> NodeID {
    let field = tree.name(member.b)
    if tree[member.a].kind == .name {
      let id = resolution.symbolOfNode[Int(member.a)]
      let type = id >= 0 ? annotation(of: resolution.symbols[Int(id)]) : -1
      if type >= 0, let known = knownStruct(type) {
        guard let index = known.shape.fields.firstIndex(of: field) else { return -1 }
        return fieldType(known, index)
      }
    }
    var found: [Contract] = []
    for type in image.types where type.kind == .structure {
      note(field, of: type, image.contracts, in: "", &found)
    }
    for module in image.imports {
      guard let other = images[module] else { continue }
      for type in other.types where type.kind == .structure {
        note(field, of: type, other.contracts, in: module, &found)
      }
    }
    return found.count == 1 ? expecting(found[0]) : -1
  }

  private func note(
    _ field: String,
    of type: TypeDeclaration,
    _ contracts: [Contract],
    in module: String,
    _ found: inout [Contract]
  ) {
    guard let shape = type.shapes.first, let index = shape.fields.firstIndex(of: field),
      shape.contracts[index] >= 0
    else { return }
    let contract = contracts[shape.contracts[index]]
    let qualified = module.isEmpty ? contract : Compiler.qualified(contract, in: module)
    if !found.contains(qualified) { found.append(qualified) }
  }
}

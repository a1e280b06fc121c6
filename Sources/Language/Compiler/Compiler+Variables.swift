import JanusBytecode
import JanusSemantics
import JanusSource
import JanusSyntax

/// Where code finds what a symbol stands for.
enum Location {
  case register(Int)
  /// A register that holds a cell.
  case cell(Int, checked: Bool)
  case global(Int, checked: Bool)
  case capture(Int)
  case captureCell(Int, checked: Bool)
  /// The function that is running.
  case callee
  case known(Int)
  case native(String)
  case importedFunction(module: Int, name: Int)
  case imported(module: Int, name: Int)
  case type(SymbolID)
  case none
}

extension Compiler {
  /// A variable that closures share and that changes lives in a cell.
  func needsCell(_ symbol: Symbol) -> Bool {
    symbol.isCaptured && !isGlobal(symbol) && (symbol.isReassigned || symbol.isEarly)
  }

  mutating func locate(_ id: SymbolID) -> Location {
    let symbol = resolution.symbols[Int(id)]
    switch symbol.kind {
    case .function: return locateFunction(id, symbol)
    case .variable: return locateVariable(id, symbol)
    case .structure, .enumeration, .error, .trait, .coreType: return .type(id)
    case .prelude: return locatePrelude(tree.name(symbol.name), id)
    case .imported(let module):
      return locateMember(
        tree.name(symbol.name), of: resolution.modules[module].name, symbol: id)
    case .module: return .none
    }
  }

  private func locateFunction(_ id: SymbolID, _ symbol: Symbol) -> Location {
    let function = Int(resolution.functionOfNode[Int(symbol.node)])
    if tree[symbol.node].flags.contains(.isNative) {
      return .native(nativeName(tree.name(symbol.name)))
    }
    if resolution.functions[function].isLifted { return .known(function) }
    if builder.function == function { return .callee }
    return locateVariable(id, symbol)
  }

  private func locateVariable(_ id: SymbolID, _ symbol: Symbol) -> Location {
    if let slot = globalSlots[id] {
      return .global(slot, checked: builder.function != 0 || !builders.isEmpty)
    }
    let checked = symbol.isEarly
    if symbol.function == builder.function {
      guard let register = builder.registers[id] else { return .none }
      let isRaw = builder.parametersAreRaw && tree[symbol.node].kind == .parameter
      return needsCell(symbol) && !isRaw ? .cell(register, checked: checked) : .register(register)
    }
    guard let index = resolution.functions[builder.function].captures.firstIndex(of: id) else {
      return .none
    }
    return needsCell(symbol) ? .captureCell(index, checked: checked) : .capture(index)
  }

  private mutating func locatePrelude(_ name: String, _ id: SymbolID) -> Location {
    if name == "Fault" { return .type(id) }
    return locateMember(name, of: "prelude", symbol: id)
  }

  /// A public name of another module.
  mutating func locateMember(_ name: String, of module: String, symbol: SymbolID) -> Location {
    guard let export = images[module]?.exports.first(where: { $0.name == name }) else {
      return .none
    }
    switch export.target {
    case .native(let native): return .native(native)
    case .function:
      return .importedFunction(module: importNumber(module), name: text(name))
    case .global: return .imported(module: importNumber(module), name: text(name))
    case .type: return .type(symbol)
    }
  }

  // MARK: Reading and writing

  mutating func load(_ location: Location, _ id: SymbolID, to target: Int) {
    let name = id >= 0 ? tree.name(resolution.symbols[Int(id)].name) : ""
    switch location {
    case .register(let register):
      if register != target { builder.emitRegisters(.move, target, register) }
    case .cell(let register, let checked):
      builder.emitRegisters(checked ? .getCellChecked : .getCell, target, register)
      if checked { builder.extra(text(name)) }
    case .global(let slot, let checked):
      builder.emitRegisters(checked ? .getGlobalChecked : .getGlobal, target)
      builder.extra(constant(.global(slot)))
      if checked { builder.extra(text(name)) }
    case .capture(let index): builder.emitRegisters(.getCapture, target, index)
    case .captureCell(let index, let checked):
      builder.emitRegisters(checked ? .getCaptureCellChecked : .getCaptureCell, target, index)
      if checked { builder.extra(text(name)) }
    case .callee: builder.emitRegisters(.loadCallee, target)
    case .known(let function): loadConstant(.function(function), to: target)
    case .native(let native): loadConstant(.native(native), to: target)
    case .importedFunction(let module, let name):
      loadConstant(.importedFunction(module: module, name: name), to: target)
    case .imported(let module, let member):
      builder.emitRegisters(.getGlobalChecked, target)
      builder.extra(constant(.imported(module: module, name: member)))
      builder.extra(text(name))
    case .type(let symbol): loadConstant(typeConstant(symbol), to: target)
    case .none:
      report(
        .misplacedKeyword, builder.span, "`\(name)` is a module and no value",
        help: "use one of its names, as in \(name).…")
    }
  }

  mutating func loadConstant(_ constant: Constant, to target: Int) {
    switch constant {
    case .null: builder.emit(.loadSingleton, a: target * 16, b: 4)
    case .bool(let value): builder.emit(.loadSingleton, a: target * 16, b: value ? 3 : 2)
    case .int(let value) where Int64(Int32(truncatingIfNeeded: value)) == value:
      _ = builder.emitWide(.loadInt, a: target * 16, Int(value))
    default:
      builder.emitRegisters(.loadConstant, target)
      builder.extra(self.constant(constant))
      builder.extra(0)
    }
  }

  /// The register of a variable that needs no instruction to be read, else nil.
  func plainRegister(_ node: NodeID) -> Int? {
    switch tree[node].kind {
    case .parentheses: return plainRegister(tree[node].a)
    case .name:
      let id = resolution.symbolOfNode[Int(node)]
      guard id >= 0 else { return nil }
      let symbol = resolution.symbols[Int(id)]
      guard symbol.kind == .variable || symbol.kind == .function,
        symbol.function == builder.function, globalSlots[id] == nil, !needsCell(symbol)
      else { return nil }
      return builder.registers[id]
    default: return nil
    }
  }

  /// Assigns a register to a variable, checked against its annotation.
  mutating func store(_ register: Int, _ id: SymbolID) {
    let symbol = resolution.symbols[Int(id)]
    checkAnnotation(of: symbol, register)
    switch locate(id) {
    case .register(let target):
      if target != register { builder.emitRegisters(.move, target, register) }
    case .cell(let cell, _): builder.emitRegisters(.setCell, cell, register)
    case .global(let slot, _):
      builder.emitRegisters(.setGlobal, register)
      builder.extra(constant(.global(slot)))
    case .captureCell(let index, _): builder.emitRegisters(.setCaptureCell, register, index)
    default: break
    }
  }

  /// The annotation of a variable's declaration, or -1.
  func annotation(of symbol: Symbol) -> NodeID {
    guard symbol.node >= 0 else { return -1 }
    if let declared = declaredTypes[symbol.node] { return declared }
    let node = tree[symbol.node]
    switch node.kind {
    case .patternBinding, .parameter, .field: return node.b
    default: return -1
    }
  }

  private mutating func checkAnnotation(of symbol: Symbol, _ register: Int) {
    let type = annotation(of: symbol)
    guard type >= 0 else { return }
    check(register, type, "the variable `\(tree.name(symbol.name))`")
  }

  /// Makes a variable out of a register that holds its first value.
  mutating func declareVariable(_ id: SymbolID, holding register: Int) {
    let symbol = resolution.symbols[Int(id)]
    if let slot = globalSlots[id] {
      builder.emitRegisters(.setGlobal, register)
      builder.extra(constant(.global(slot)))
      return
    }
    guard needsCell(symbol) else {
      builder.registers[id] = register
      return
    }
    if symbol.isEarly, let cell = builder.registers[id] {
      builder.emitRegisters(.setCell, cell, register)
    } else {
      builder.emitRegisters(.newCell, register, register)
      builder.registers[id] = register
    }
  }

  // MARK: Closures

  /// A closure over what the function with that index captures.
  mutating func makeClosure(_ function: Int, to target: Int) {
    if resolution.functions[function].isLifted {
      return loadConstant(.function(function), to: target)
    }
    let mark = builder.nextRegister
    var sources: [Prototype.Capture] = []
    for id in resolution.functions[function].captures {
      sources.append(captureSource(id))
    }
    image.prototypes[function].captures = sources
    builder.emitRegisters(.closure, target)
    builder.extra(function)
    builder.nextRegister = mark
  }

  private mutating func captureSource(_ id: SymbolID) -> Prototype.Capture {
    let symbol = resolution.symbols[Int(id)]
    if symbol.function == builder.function, let register = builder.registers[id] {
      return Prototype.Capture(isRegister: true, index: register)
    }
    if let index = resolution.functions[builder.function].captures.firstIndex(of: id) {
      return Prototype.Capture(isRegister: false, index: index)
    }
    // The function that is running, under its own name.
    let register = builder.take()
    builder.emitRegisters(.loadCallee, register)
    return Prototype.Capture(isRegister: true, index: register)
  }
}

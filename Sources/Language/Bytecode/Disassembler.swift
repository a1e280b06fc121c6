/// Shows bytecode as text, one instruction a line.
public struct Disassembler {
  private let module: ModuleImage
  private var lines: [String] = []

  public static func text(of module: ModuleImage) -> String {
    var disassembler = Disassembler(module: module)
    for (index, prototype) in module.prototypes.enumerated() where !prototype.code.isEmpty {
      disassembler.show(prototype, number: index)
    }
    return disassembler.lines.joined(separator: "\n")
  }

  private init(module: ModuleImage) { self.module = module }

  private mutating func show(_ prototype: Prototype, number: Int) {
    let parameters = prototype.parameterNames.joined(separator: ", ")
    lines.append(
      "function \(number) \(prototype.name)(\(parameters))  "
        + "\(prototype.registerCount) registers, \(prototype.captures.count) captures")
    var offset = 0
    while offset < prototype.code.count {
      let instruction = Instruction(word: prototype.code[offset])
      guard let opcode = instruction.opcode else {
        lines.append("  \(offset)  ? \(instruction.word)")
        offset += 1
        continue
      }
      let layout = Opcode.layouts[Int(opcode.rawValue)]
      let after = offset + 1 + layout.extraWords
      var parts = [
        field(layout.a, instruction.a, instruction, after),
        field(layout.b, instruction.b, instruction, after),
        field(layout.c, instruction.c, instruction, after),
      ].compactMap { $0 }
      parts += extras(prototype, at: offset + 1, layout)
      lines.append(
        "  \(padded("\(offset)", 5)) \(padded("\(opcode)", 24)) "
          + parts.joined(separator: ", "))
      offset = after
    }
    for handler in prototype.handlers {
      lines.append(
        "  \(handler.isCleanup ? "cleanup" : "catch") \(handler.start)..<\(handler.end) → "
          + "\(handler.target), error in r\(handler.register)")
    }
    lines.append("")
  }

  private func padded(_ text: String, _ width: Int) -> String {
    text + String(repeating: " ", count: max(0, width - text.count))
  }

  private func field(
    _ field: Field, _ value: Int, _ instruction: Instruction, _ after: Int
  ) -> String? {
    switch field {
    case .unused: nil
    case .register: "r\(value / 16)"
    case .registers(let count): "r\(value / 16)…r\(value / 16 + count - 1)"
    case .run: instruction.x == 0 ? "none" : "r\(value / 16)…r\(value / 16 + instruction.x - 1)"
    case .window: "r\(value / 16) with \(instruction.x)"
    case .immediate: "\(Int16(truncatingIfNeeded: value))"
    case .count: "\(value)"
    case .capture: "capture \(value / 16)"
    case .jump: "→ \(after + instruction.signedC)"
    case .wide: "\(instruction.wide)"
    case .wideJump: "→ \(after + instruction.wide)"
    }
  }

  private func extras(_ prototype: Prototype, at start: Int, _ layout: Layout) -> [String] {
    var texts: [String] = []
    var position = start
    for extra in layout.extras {
      let index = Int(truncatingIfNeeded: prototype.code[position])
      position += 1
      switch extra {
      case .constant:
        texts.append(constant(index))
        position += 1
      case .name, .text, .variable, .function, .native, .shape: texts.append(constant(index))
      case .contract: texts.append("\(module.contracts[index])")
      case .prototype: texts.append("function \(index)")
      case .raw: texts.append("#\(prototype.code[position - 1])")
      case .cache, .callWord: break
      }
    }
    return texts
  }

  private func constant(_ index: Int) -> String {
    switch module.constants[index] {
    case .text(let bytes): "\"\(String(decoding: bytes.prefix(60), as: UTF8.self))\""
    case .bytes(let bytes): "b\(bytes.count)"
    case .float(let bits): "\(Double(bitPattern: bits))"
    case .int(let value): "\(value)"
    case .function(let prototype): "function \(prototype)"
    case .native(let name): name
    case .shape(_, let type, let name): type == name ? type : "\(type).\(name)"
    case .type(_, let name): name
    case .global(let slot): "global \(slot)"
    default: "\(module.constants[index])"
    }
  }
}

import JanusSource

/// The format of image files (docs/bytecode.md): magic, version, modules in link order. Numbers are
/// LEB128, signed ones zigzag; text and lists are preceded by their length.
enum ImageFormat {
  static let magic: [UInt8] = [0x4A, 0x41, 0x4E, 0x42, 0x43, 0x0D, 0x0A, 0x1A]
  static let version = 1
}

/// Writes modules as an image file.
public struct ImageWriter {
  private var bytes: [UInt8] = ImageFormat.magic

  public static func write(_ modules: [ModuleImage]) -> [UInt8] {
    var writer = ImageWriter()
    writer.number(ImageFormat.version)
    writer.list(modules) { $0.module($1) }
    return writer.bytes
  }

  private mutating func byte(_ value: UInt8) { bytes.append(value) }

  private mutating func unsigned(_ value: UInt64) {
    var rest = value
    while rest >= 0x80 {
      bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest >>= 7
    }
    bytes.append(UInt8(rest))
  }

  private mutating func number(_ value: Int) {
    unsigned(UInt64(bitPattern: Int64(value << 1)) ^ UInt64(bitPattern: Int64(value >> 63)))
  }

  private mutating func flag(_ value: Bool) { byte(value ? 1 : 0) }

  private mutating func data(_ value: [UInt8]) {
    number(value.count)
    bytes += value
  }

  private mutating func text(_ value: String) { data(Array(value.utf8)) }

  private mutating func list<Element>(
    _ items: [Element], _ write: (inout ImageWriter, Element) -> Void
  ) {
    number(items.count)
    for item in items { write(&self, item) }
  }

  private mutating func module(_ module: ModuleImage) {
    text(module.name)
    text(module.sourceName)
    data(module.source)
    list(module.imports) { $0.text($1) }
    list(module.constants) { $0.constant($1) }
    list(module.contracts) { $0.contract($1) }
    list(module.types) { $0.type($1) }
    list(module.methods) { $0.method($1) }
    list(module.natives) { $0.native($1) }
    list(module.conformances) { writer, conformance in
      writer.contract(conformance.type)
      writer.contract(conformance.trait)
    }
    list(module.prototypes) { $0.prototype($1) }
    list(module.functions) { $0.number($1) }
    number(module.globalCount)
    number(module.entry)
    number(module.main)
    flag(module.mainIsCalled)
    list(module.exports) { $0.export($1) }
    list(module.tests) { writer, test in
      writer.text(test.name)
      writer.number(test.prototype)
    }
  }

  private mutating func constant(_ constant: Constant) {
    switch constant {
    case .null: byte(0)
    case .bool(let value):
      byte(1)
      flag(value)
    case .int(let value):
      byte(2)
      number(Int(value))
    case .float(let bits):
      byte(3)
      unsigned(bits)
    case .duration(let value):
      byte(4)
      number(Int(value))
    case .text(let value):
      byte(5)
      data(value)
    case .bytes(let value):
      byte(6)
      data(value)
    case .global(let slot):
      byte(7)
      number(slot)
    case .imported(let module, let name): pair(8, module, name)
    case .function(let prototype):
      byte(9)
      number(prototype)
    case .importedFunction(let module, let name): pair(10, module, name)
    case .native(let name):
      byte(11)
      text(name)
    case .shape(let module, let type, let caseName):
      byte(12)
      number(module)
      text(type)
      text(caseName)
    case .type(let module, let name):
      byte(13)
      number(module)
      text(name)
    }
  }

  private mutating func pair(_ kind: UInt8, _ first: Int, _ second: Int) {
    byte(kind)
    number(first)
    number(second)
  }

  private mutating func contract(_ contract: Contract) {
    switch contract {
    case .any: byte(0)
    case .null: byte(1)
    case .bool: byte(2)
    case .float: byte(3)
    case .string: byte(4)
    case .bytes: byte(5)
    case .duration: byte(6)
    case .range: byte(7)
    case .function: byte(8)
    case .task: byte(9)
    case .channel: byte(10)
    case .error: byte(11)
    case .type: byte(12)
    case .int(let low, let high): pair(13, Int(low), Int(high))
    case .list(let element):
      byte(14)
      self.contract(element)
    case .map(let key, let value):
      byte(15)
      self.contract(key)
      self.contract(value)
    case .optional(let wrapped):
      byte(16)
      self.contract(wrapped)
    case .union(let members):
      byte(17)
      list(members) { $0.contract($1) }
    case .named(let module, let name):
      byte(18)
      text(module)
      text(name)
    }
  }

  private mutating func type(_ type: TypeDeclaration) {
    byte(type.kind.rawValue)
    text(type.name)
    list(type.shapes) { writer, shape in
      writer.text(shape.name)
      writer.list(shape.fields) { $0.text($1) }
      writer.list(shape.contracts) { $0.number($1) }
      writer.number(shape.constructor)
    }
  }

  private mutating func method(_ method: Method) {
    contract(method.target)
    text(method.name)
    number(method.prototype)
    text(method.native)
    flag(method.takesSelf)
  }

  private mutating func native(_ native: NativeDeclaration) {
    text(native.name)
    list(native.parameterNames) { $0.text($1) }
    number(native.requiredCount)
    flag(native.hasRest)
  }

  private mutating func prototype(_ prototype: Prototype) {
    text(prototype.name)
    list(prototype.parameterNames) { $0.text($1) }
    number(prototype.requiredCount)
    flag(prototype.hasRest)
    number(prototype.registerCount)
    list(prototype.captures) { writer, capture in
      writer.flag(capture.isRegister)
      writer.number(capture.index)
    }
    list(prototype.code) { $0.word($1) }
    number(prototype.defaultsEntry)
    list(prototype.handlers) { writer, handler in
      writer.number(handler.start)
      writer.number(handler.end)
      writer.number(handler.target)
      writer.number(handler.register)
      writer.flag(handler.isCleanup)
    }
    list(prototype.places) { writer, place in
      writer.number(Int(place.offset))
      writer.number(Int(place.span.start))
      writer.number(Int(place.span.end))
    }
  }

  private mutating func word(_ word: UInt64) {
    for shift in stride(from: 0, to: 64, by: 8) {
      bytes.append(UInt8(truncatingIfNeeded: word >> UInt64(shift)))
    }
  }

  private mutating func export(_ export: ModuleImage.Export) {
    text(export.name)
    switch export.target {
    case .global(let slot):
      byte(0)
      number(slot)
    case .function(let prototype):
      byte(1)
      number(prototype)
    case .native(let name):
      byte(2)
      text(name)
    case .type(let index):
      byte(3)
      number(index)
    }
  }
}

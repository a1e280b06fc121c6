import JanusSource

/// An image that cannot be used, and why.
public struct ImageError: Error {
  public var message: String
}

/// Reads image files. Whatever the bytes are, the result is a verified image or an error.
public struct ImageReader {
  private let bytes: [UInt8]
  private var position = 0
  /// Contracts and lists of contracts nest no deeper.
  private var depth = 0
  private static let depthLimit = 32

  public static func isImage(_ bytes: [UInt8]) -> Bool { bytes.starts(with: ImageFormat.magic) }

  public static func read(_ bytes: [UInt8]) throws(ImageError) -> [ModuleImage] {
    guard isImage(bytes) else { throw ImageError(message: "it does not begin like one") }
    var reader = ImageReader(bytes: bytes)
    reader.position = ImageFormat.magic.count
    let version = try reader.number()
    guard version == ImageFormat.version else {
      throw ImageError(
        message: "its version is \(version), this janus reads version \(ImageFormat.version)"
      )
    }
    let modules = try reader.list { (reader) throws(ImageError) in try reader.module() }
    guard reader.position == bytes.count else {
      throw ImageError(message: "there are bytes behind its end")
    }
    try Verifier.verify(modules)
    return modules
  }

  private init(bytes: [UInt8]) { self.bytes = bytes }

  // MARK: Pieces

  private mutating func byte() throws(ImageError) -> UInt8 {
    guard position < bytes.count else { throw ImageError(message: "it ends too early") }
    position += 1
    return bytes[position - 1]
  }

  private mutating func unsigned() throws(ImageError) -> UInt64 {
    var value: UInt64 = 0
    var shift: UInt64 = 0
    while true {
      let next = try byte()
      if shift == 63, next > 1 { throw ImageError(message: "a number is too long") }
      value |= UInt64(next & 0x7f) << shift
      if next < 0x80 { return value }
      shift += 7
      if shift > 63 { throw ImageError(message: "a number is too long") }
    }
  }

  private mutating func number() throws(ImageError) -> Int {
    let value = try unsigned()
    return Int(bitPattern: UInt(value >> 1)) ^ -Int(bitPattern: UInt(value & 1))
  }

  private mutating func flag() throws(ImageError) -> Bool {
    let value = try byte()
    guard value < 2 else { throw ImageError(message: "a flag is neither 0 nor 1") }
    return value == 1
  }

  /// A length: no more than what is left, since every item takes a byte or more.
  private mutating func count() throws(ImageError) -> Int {
    let count = try number()
    guard count >= 0, count <= bytes.count - position else {
      throw ImageError(message: "a length is impossible")
    }
    return count
  }

  private mutating func data() throws(ImageError) -> [UInt8] {
    let count = try count()
    position += count
    return Array(bytes[position - count..<position])
  }

  private mutating func text() throws(ImageError) -> String {
    let data = try data()
    guard let text = String(validating: data, as: UTF8.self) else {
      throw ImageError(message: "a text is not UTF-8")
    }
    return text
  }

  private mutating func list<Element>(
    _ read: (inout ImageReader) throws(ImageError) -> Element
  ) throws(ImageError) -> [Element] {
    let count = try count()
    var items: [Element] = []
    items.reserveCapacity(min(count, 4096))
    for _ in 0..<count { items.append(try read(&self)) }
    return items
  }

  private mutating func texts() throws(ImageError) -> [String] {
    try list { (reader) throws(ImageError) in try reader.text() }
  }

  private mutating func numbers() throws(ImageError) -> [Int] {
    try list { (reader) throws(ImageError) in try reader.number() }
  }

  // MARK: Modules

  private mutating func module() throws(ImageError) -> ModuleImage {
    var module = ModuleImage(name: try text(), sourceName: try text())
    module.source = try data()
    module.imports = try texts()
    module.constants = try list { (reader) throws(ImageError) in try reader.constant() }
    module.contracts = try list { (reader) throws(ImageError) in try reader.contract() }
    module.types = try list { (reader) throws(ImageError) in try reader.type() }
    module.methods = try list { (reader) throws(ImageError) in try reader.method() }
    module.natives = try list { (reader) throws(ImageError) in try reader.native() }
    module.conformances = try list { (reader) throws(ImageError) in
      ModuleImage.Conformance(type: try reader.contract(), trait: try reader.contract())
    }
    module.prototypes = try list { (reader) throws(ImageError) in try reader.prototype() }
    module.functions = try numbers()
    module.globalCount = try number()
    module.entry = try number()
    module.main = try number()
    module.mainIsCalled = try flag()
    module.exports = try list { (reader) throws(ImageError) in try reader.export() }
    module.tests = try list { (reader) throws(ImageError) in
      ModuleImage.Test(name: try reader.text(), prototype: try reader.number())
    }
    return module
  }

  private mutating func constant() throws(ImageError) -> Constant {
    switch try byte() {
    case 0: return .null
    case 1: return .bool(try flag())
    case 2: return .int(Int64(try number()))
    case 3: return .float(try unsigned())
    case 4: return .duration(Int64(try number()))
    case 5: return .text(Array(try text().utf8))
    case 6: return .bytes(try data())
    case 7: return .global(try number())
    case 8: return .imported(module: try number(), name: try number())
    case 9: return .function(try number())
    case 10: return .importedFunction(module: try number(), name: try number())
    case 11: return .native(try text())
    case 12: return .shape(module: try number(), type: try text(), case: try text())
    case 13: return .type(module: try number(), name: try text())
    default: throw ImageError(message: "a constant is of no known kind")
    }
  }

  private mutating func contract() throws(ImageError) -> Contract {
    depth += 1
    defer { depth -= 1 }
    guard depth < ImageReader.depthLimit else {
      throw ImageError(message: "a type is nested too deeply")
    }
    switch try byte() {
    case 0: return .any
    case 1: return .null
    case 2: return .bool
    case 3: return .float
    case 4: return .string
    case 5: return .bytes
    case 6: return .duration
    case 7: return .range
    case 8: return .function
    case 9: return .task
    case 10: return .channel
    case 11: return .error
    case 12: return .type
    case 13: return .int(low: Int64(try number()), high: Int64(try number()))
    case 14: return .list(try contract())
    case 15: return .map(try contract(), try contract())
    case 16: return .optional(try contract())
    case 17: return .union(try list { (reader) throws(ImageError) in try reader.contract() })
    case 18: return .named(module: try text(), name: try text())
    default: throw ImageError(message: "a type is of no known kind")
    }
  }

  private mutating func type() throws(ImageError) -> TypeDeclaration {
    guard let kind = TypeDeclaration.Kind(rawValue: try byte()) else {
      throw ImageError(message: "a declared type is of no known kind")
    }
    let name = try text()
    let shapes = try list { (reader) throws(ImageError) in
      TypeDeclaration.Shape(
        name: try reader.text(),
        fields: try reader.texts(),
        contracts: try reader.numbers(),
        constructor: try reader.number()
      )
    }
    return TypeDeclaration(kind: kind, name: name, shapes: shapes)
  }

  private mutating func method() throws(ImageError) -> Method {
    Method(
      target: try contract(),
      name: try text(),
      prototype: try number(),
      native: try text(),
      takesSelf: try flag()
    )
  }

  private mutating func native() throws(ImageError) -> NativeDeclaration {
    NativeDeclaration(
      name: try text(),
      parameterNames: try texts(),
      requiredCount: try number(),
      hasRest: try flag()
    )
  }

  private mutating func prototype() throws(ImageError) -> Prototype {
    var prototype = Prototype(name: try text())
    prototype.parameterNames = try texts()
    prototype.requiredCount = try number()
    prototype.hasRest = try flag()
    prototype.registerCount = try number()
    prototype.captures = try list { (reader) throws(ImageError) in
      Prototype.Capture(isRegister: try reader.flag(), index: try reader.number())
    }
    prototype.code = try list { (reader) throws(ImageError) in try reader.word() }
    prototype.defaultsEntry = try number()
    prototype.handlers = try list { (reader) throws(ImageError) in
      Prototype.Handler(
        start: try reader.number(),
        end: try reader.number(),
        target: try reader.number(),
        register: try reader.number(),
        isCleanup: try reader.flag()
      )
    }
    prototype.places = try list { (reader) throws(ImageError) in
      Prototype.Place(
        offset: try reader.offset(),
        span: Span(try reader.offset(), try reader.offset())
      )
    }
    return prototype
  }

  private mutating func offset() throws(ImageError) -> UInt32 {
    guard let offset = UInt32(exactly: try number()) else {
      throw ImageError(message: "a place is impossible")
    }
    return offset
  }

  private mutating func word() throws(ImageError) -> UInt64 {
    var word: UInt64 = 0
    for shift in stride(from: 0, to: 64, by: 8) { word |= UInt64(try byte()) << UInt64(shift) }
    return word
  }

  private mutating func export() throws(ImageError) -> ModuleImage.Export {
    let name = try text()
    switch try byte() {
    case 0: return .init(name: name, target: .global(try number()))
    case 1: return .init(name: name, target: .function(try number()))
    case 2: return .init(name: name, target: .native(try text()))
    case 3: return .init(name: name, target: .type(try number()))
    default: throw ImageError(message: "an export is of no known kind")
    }
  }
}

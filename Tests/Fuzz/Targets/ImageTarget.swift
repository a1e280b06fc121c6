import JanusBytecode
import JanusRuntime
import JanusSource

/// An input is one module of an image; the library's modules, which it may use, are put before it.
///
/// So nearly all of an input matters, and lengths and counts are right after a mutation.
enum ImageTarget {
  static func run(_ input: [UInt8]) {
    let images: [ModuleImage]
    do {
      images = try ImageReader.read(image(input))
    } catch {
      precondition(!error.message.isEmpty, "a refusal says nothing")
      return
    }
    precondition(!Disassembler.text(of: images[images.count - 1]).isEmpty, "no text")
    FuzzRun.run(images, input)
  }

  static func seed(from program: [UInt8]) -> [UInt8]? {
    var loader = FuzzLibrary.loader()
    loader.load(SourceFile(name: "fuzz.jan", bytes: program), path: "fuzz.jan")
    guard loader.isValid, var module = loader.order.last,
      module.imports.allSatisfy(FuzzLibrary.moduleNames.contains)
    else { return nil }
    module.source = []
    return own(module)
  }

  static func mutated(_ input: [UInt8], seed: UInt64) -> [UInt8]? {
    guard var module = module(input) else { return nil }
    var mutation = ImageMutation(seed: seed)
    mutation.change(&module)
    return own(module)
  }

  static func crossed(_ first: [UInt8], _ second: [UInt8], seed: UInt64) -> [UInt8]? {
    guard var module = module(first), let other = self.module(second) else { return nil }
    var mutation = ImageMutation(seed: seed)
    mutation.graft(other, onto: &module)
    return own(module)
  }

  // MARK: Images and modules

  /// Magic, version and the number of modules, each of the last two in a byte.
  private static let headCount = 10

  private static let library = ImageWriter.write(FuzzLibrary.modules)

  private static func image(_ input: [UInt8]) -> [UInt8] {
    let count = UInt8((FuzzLibrary.modules.count + 1) * 2)
    return library[..<(headCount - 1)] + [count] + library[headCount...] + input
  }

  private static func own(_ module: ModuleImage) -> [UInt8] {
    Array(ImageWriter.write([module]).dropFirst(headCount))
  }

  /// The module of an input; nil when it is refused, and then only its bytes can be changed.
  private static func module(_ input: [UInt8]) -> ModuleImage? {
    do {
      return try ImageReader.read(image(input)).last
    } catch {
      return nil
    }
  }
}

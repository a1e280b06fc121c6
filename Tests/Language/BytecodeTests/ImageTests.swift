import JanusBytecode
import JanusTestSupport
import Testing

/// What is written can be read, and is the same.
@Suite struct ImageTests {
  static let programs = Repository.files(below: "Tests/Conformance", endingIn: ".jan")

  @Test(arguments: programs)
  func anImageIsReadAsItWasWritten(_ path: String) throws {
    let parts = path.split(separator: "/").map(String.init)
    let folder = Repository.path(parts.dropLast().joined(separator: "/"))
    guard
      let program = CompiledProgram(
        try Repository.bytes(path),
        name: parts[parts.count - 1],
        folder: folder
      )
    else { return }
    let image = ImageWriter.write(program.modules)
    let modules = try ImageReader.read(image)
    #expect(modules.count == program.modules.count)
    for (read, var written) in zip(modules, program.modules) {
      // Every field of every part is in the text, but for what compiling alone needs.
      written.parameterContracts = [:]
      let isSame = "\(read)" == "\(written)"
      #expect(isSame, "\(read.name)")
    }
    let isStable = ImageWriter.write(modules) == image
    #expect(isStable)
  }

  @Test func whatIsNoImageIsRefused() throws {
    let image = ImageWriter.write([])
    #expect(try ImageReader.read(image).isEmpty)
    #expect(!ImageReader.isImage([]))
    #expect(!ImageReader.isImage(Array("print 1".utf8)))
    for bytes in [[], Array(image.dropLast()), image + [0], Array(image.prefix(8))] {
      #expect(throws: ImageError.self) { try ImageReader.read(bytes) }
    }
  }

  @Test func anotherVersionIsRefusedByNumber() throws {
    var image = ImageWriter.write([])
    // The version, zigzag in LEB128, follows the eight bytes of magic.
    image[8] = 98
    do {
      _ = try ImageReader.read(image)
      Issue.record("version 49 was read")
    } catch {
      #expect(error.message.contains("version is 49"))
    }
  }
}

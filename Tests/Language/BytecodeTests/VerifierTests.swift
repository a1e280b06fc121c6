import JanusBytecode
import JanusTestSupport
import Testing

/// What random mutations found that the verifier let through.
@Suite struct VerifierTests {
  /// The modules of a program, with the last one changed.
  private func image(
    of source: String,
    _ change: (inout ModuleImage) throws -> Void
  ) throws -> [UInt8] {
    let program = try #require(
      CompiledProgram(Array(source.utf8), name: "seed.jan", folder: Repository.root)
    )
    var modules = program.modules
    try change(&modules[modules.count - 1])
    return ImageWriter.write(modules)
  }

  /// The linker puts the number into 32 bits.
  @Test func aFunctionWithoutCodeHasAPossibleSignature() throws {
    let image = try image(of: "print 1") { module in
      var prototype = Prototype(name: "empty")
      prototype.requiredCount = -1
      module.prototypes.append(prototype)
    }
    #expect(throws: ImageError.self) { try ImageReader.read(image) }
  }

  /// Only the loop opcodes count turns: with another, no limit ends the program.
  @Test func onlyLoopsJumpBackward() throws {
    let image = try image(of: "var n = 0\nwhile true do\n    n = n +% 1\nend") { module in
      let code = module.prototypes[module.entry].code
      let place = try #require(code.lastIndex { Instruction(word: $0).opcode == .loop })
      let word = code[place] & ~0xff | UInt64(Opcode.jump.rawValue)
      module.prototypes[module.entry].code[place] = word
    }
    #expect(throws: ImageError.self) { try ImageReader.read(image) }
  }

  /// A handler inside its own range runs again and again when it fails itself.
  @Test func aHandlerLiesBehindWhatItGuards() throws {
    let image = try image(of: "print((int(\"x\") catch |e| e.code))") { module in
      let handlers = module.prototypes[module.entry].handlers
      try #require(!handlers.isEmpty)
      module.prototypes[module.entry].handlers[0].target = handlers[0].start
    }
    #expect(throws: ImageError.self) { try ImageReader.read(image) }
  }
}

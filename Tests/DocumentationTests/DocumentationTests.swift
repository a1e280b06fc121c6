import JanusSource
import JanusSyntax
import JanusTestSupport
import Testing

/// What README and docs say can be tried.
@Suite struct DocumentationTests {
  static let files: [String] =
    ["README.md"].filter(Repository.exists) + Repository.files(below: "docs", endingIn: ".md")

  /// Blocks of files that can be read; `everyFileCanBeRead` names the others.
  static let blocks: [CodeBlock] = files.flatMap { file in
    do {
      return try CodeBlock.blocks(in: try Repository.text(file), file: file)
    } catch {
      return []
    }
  }

  @Test(arguments: files)
  func everyFileCanBeRead(_ file: String) throws {
    _ = try CodeBlock.blocks(in: try Repository.text(file), file: file)
  }

  @Test(arguments: blocks)
  func aBlockDoesWhatItSays(_ block: CodeBlock) throws {
    let source = Array(block.code.utf8)
    switch block.kind {
    case .fragment:
      var diagnostics: [Diagnostic] = []
      _ = Parser.parse(SourceFile(name: block.file, bytes: source), diagnostics: &diagnostics)
      let messages = diagnostics.map { "\($0.code.rawValue) \($0.message)" }
      #expect(messages.isEmpty)
    case .program, .failing:
      let difference = try difference(block, source)
      #expect(difference == nil)
    }
  }

  @Test(arguments: blocks.filter { $0.kind == .program })
  func aBlockThatWorksIsNotAccused(_ block: CodeBlock) throws {
    let folder = block.file.split(separator: "/").dropLast().joined(separator: "/")
    let checking = Checking(Array(block.code.utf8), name: Repository.path("\(folder)/block.jan"))
    let expected = try Expectations(Array(block.code.utf8)).output + (block.output ?? [])
    // A block that shows a fault which it caught may be known to.
    let showsFaults = expected.contains { $0.contains("Fault.") || $0.contains("must be") }
    let errors = checking.errors.filter { !(showsFaults && $0.code.rawValue.hasPrefix("J05")) }
    #expect(errors.map(\.message) == [])
  }

  private func difference(_ block: CodeBlock, _ source: [UInt8]) throws -> String? {
    var expectations = try Expectations(source)
    let fails = !expectations.errors.isEmpty
    guard fails == (block.kind == .failing) else {
      return fails
        ? "a block that fails is marked `janus error`" : "it lacks its `// expect error:`"
    }
    let folder = block.file.split(separator: "/").dropLast().joined(separator: "/")
    var script = Script(
      source,
      name: "block.jan",
      folder: folder.isEmpty ? Repository.root : Repository.path(folder)
    )
    script.arguments = expectations.arguments
    script.limits = expectations.limits
    script.grants = expectations.grants
    script.input = expectations.input.flatMap { Array("\($0)\n".utf8) }
    let result = try script.run()
    if let output = block.output {
      guard expectations.output.isEmpty else { return "its output is given twice" }
      expectations.output = output
    } else if expectations.output.isEmpty {
      // A program that shows no output may print what it likes.
      expectations.output = result.lines
    }
    return expectations.difference(from: result)
  }

  // MARK: The parser of blocks

  @Test func blocksAreFoundWithTheirOutput() throws {
    let text = """
      # Title
      ```janus
      print 1
      ```

      ```text
      1
      ```
      ```swift
      let x = 1
      ```
      1. A list
         ~~~janus fragment
         if x do
           y()
         end
         ~~~
      between
      ```text
      no output
      ```
      ````janus error
      ``` // expect error: J0101
      ````
      """
    let blocks = try CodeBlock.blocks(in: text, file: "x.md")
    #expect(blocks.map(\.kind) == [.program, .fragment, .failing])
    #expect(blocks.map(\.line) == [3, 14, 23])
    #expect(blocks[0].code == "print 1\n")
    #expect(blocks[0].output == ["1"])
    #expect(blocks[1].code == "if x do\n  y()\nend\n")
    #expect(blocks[1].output == nil)
    #expect(blocks[2].output == nil)
  }

  @Test func damagedBlocksAreRefused() {
    for text in ["```janus\nprint 1\n", "```janus maybe\n```\n"] {
      #expect(throws: CodeBlock.Damage.self) { try CodeBlock.blocks(in: text, file: "x.md") }
    }
  }
}

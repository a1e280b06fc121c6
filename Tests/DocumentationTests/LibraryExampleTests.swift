import JanusTestSupport
import Testing

/// Every function of the standard library has an example, and every example is true.
@Suite struct LibraryExampleTests {
  static let functions: [LibraryExample] = Repository.files(below: "stdlib", endingIn: ".jan")
    .flatMap { file in
      do {
        return LibraryExample.functions(in: try Repository.text(file), file: file)
      } catch {
        preconditionFailure("cannot read \(file): \(error)")
      }
    }

  @Test(arguments: functions)
  func anExampleDoesWhatItSays(_ function: LibraryExample) throws {
    #expect(!function.blocks.isEmpty, "it has no example")
    for block in function.blocks {
      let program = function.program(block)
      let result = try Script(program.source).run()
      let text = result.errors.map(\.description).joined(separator: "; ")
      #expect(result.lines == program.output, "\(text)")
      #expect(result.status == 0, "\(text)")
    }
  }

  @Test func theLibraryIsFound() {
    let files = Set(Self.functions.map(\.file))
    #expect(files.count >= 17)
    #expect(Self.functions.count >= 200)
  }

  @Test func anExampleBecomesAProgram() throws {
    let text = """
      /// Adds.
      ///
      /// ```janus
      /// let x = 1
      /// add(x, 2) // => 3
      /// print(x)
      /// // => 1
      /// add(x) // fails: Fault.Arity
      /// ```
      pub func add(a, b) do
          a + b
      end

      func hidden() do
      end
      pub native func bare()
      """
    let functions = LibraryExample.functions(in: text, file: "stdlib/sum.jan")
    #expect(functions.map(\.name) == ["add", "bare"])
    #expect(functions.map(\.line) == [10, 16])
    #expect(functions[1].blocks.isEmpty)
    let program = functions[0].program(functions[0].blocks[0])
    #expect(program.source.hasPrefix("use std.sum\nlet x = 1\nprint([add(x, 2) ])\nprint(x)\n"))
    #expect(program.output == ["[3]", "1", "fails: Fault.Arity"])
  }

  @Test func aWrongExampleIsNoticed() throws {
    let example = LibraryExample(file: "stdlib/core/int.jan", line: 1, name: "f", blocks: [])
    for block in [["1 + 1 // => 3"], ["1 // fails: Fault.Type"], ["print(1)"]] {
      let program = example.program(block)
      #expect(try Script(program.source).run().lines != program.output)
    }
  }
}

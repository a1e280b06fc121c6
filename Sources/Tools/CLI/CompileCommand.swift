import JanusBytecode
import JanusRuntime

/// `janus compile`
enum CompileCommand {
  static let command = Command(
    name: "compile", summary: "compiles a program to an image",
    usage: "janus compile FILE -o IMAGE.jbc", run: run)

  private static func run(_ arguments: [String]) throws(UsageError) -> Int32 {
    var input: String?
    var output: String?
    var rest = arguments[...]
    while let argument = rest.popFirst() {
      if argument == "-o" {
        guard let path = rest.popFirst() else { throw UsageError(message: "`-o` needs a path") }
        output = path
      } else if argument.hasPrefix("-"), argument != "-" {
        throw UsageError(message: "there is no option `\(argument)`")
      } else if input == nil {
        input = argument
      } else {
        throw UsageError(message: "only one file can be compiled")
      }
    }
    guard let input else { throw UsageError(message: "no file is given") }
    guard let output else { throw UsageError(message: "`-o IMAGE.jbc` is missing") }
    switch try LoadedProgram.load(RunOptions([input])) {
    case .failed(let status): return status
    case .loaded(let program):
      do {
        try writeFile(output, ImageWriter.write(program.images))
        return ExitStatus.success
      } catch {
        printError("janus: cannot write \(output): \(error.reason)")
        return ExitStatus.failure
      }
    }
  }
}

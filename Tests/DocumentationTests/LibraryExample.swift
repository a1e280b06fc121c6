import JanusTestSupport
import Testing

/// A function of the standard library and the examples of its documentation.
///
/// `EXPRESSION // => VALUE` gives the value, as it prints inside a list; `EXPRESSION // fails: CODE`
/// fails; a line `// => TEXT` is a line of output.
struct LibraryExample: Sendable, CustomTestStringConvertible {
  var file: String
  /// 1-based, of the declaration.
  var line: Int
  var name: String
  var blocks: [[String]]

  var testDescription: String { "\(file):\(line) \(name)" }

  /// The functions that programs can call, of a file.
  static func functions(in text: String, file: String) -> [LibraryExample] {
    var functions: [LibraryExample] = []
    var comment: [String] = []
    for (index, line) in text.lineList.enumerated() {
      let words = line.drop { $0 == " " }
      if words.hasPrefix("///") {
        let text = words.dropFirst(3)
        comment.append(String(text.first == " " ? text.dropFirst() : text))
        continue
      }
      let isMethod = line.hasPrefix("    func ") || line.hasPrefix("    native func ")
      let isExported = line.hasPrefix("pub func ") || line.hasPrefix("pub native func ")
      if isMethod || isExported, let name = LibraryExample.name(in: line) {
        functions.append(
          LibraryExample(file: file, line: index + 1, name: name, blocks: blocks(in: comment))
        )
      }
      comment = []
    }
    return functions
  }

  private static func name(in line: String) -> String? {
    guard let start = line.firstRange(of: "func ")?.upperBound else { return nil }
    return String(line[start...].prefix { $0 != "(" })
  }

  private static func blocks(in comment: [String]) -> [[String]] {
    var blocks: [[String]] = []
    var open: [String]?
    for line in comment {
      if line == "```janus" {
        open = []
      } else if line == "```", let block = open {
        blocks.append(block)
        open = nil
      } else {
        open?.append(line)
      }
    }
    return blocks
  }

  /// The program that a block is, and the lines that it prints.
  func program(_ block: [String]) -> (source: String, output: [String]) {
    var source: [String] = []
    var output: [String] = []
    let module = file.dropFirst("stdlib/".count).dropLast(".jan".count)
    if !module.hasPrefix("core/"), module != "prelude" {
      source.append("use std." + module.split(separator: "/").joined(separator: "."))
    }
    for line in block {
      let indent = String(line.prefix { $0 == " " })
      if let mark = line.firstRange(of: "// => ") {
        let expected = String(line[mark.upperBound...])
        let code = line[..<mark.lowerBound].drop { $0 == " " }
        output.append(code.isEmpty ? expected : "[\(expected)]")
        if !code.isEmpty { source.append("\(indent)print([\(code)])") }
      } else if let mark = line.firstRange(of: "// fails: ") {
        output.append("fails: \(line[mark.upperBound...])")
        let code = line[..<mark.lowerBound].drop { $0 == " " }
        source.append("\(indent)do_or_fail(func() do \(code); end)")
      } else {
        source.append(line)
      }
    }
    let fails = """
      func do_or_fail(body) do
        body() catch |err| do
          print("fails: ", err.code)
          return
        end
        print("does not fail")
      end
      """
    return ((source + [fails]).joined(separator: "\n") + "\n", output)
  }
}

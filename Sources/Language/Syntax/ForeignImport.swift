/// The `use` that does what an import of another language does.
struct ForeignImport {
  var use: String

  /// Reads `import json`, `import json as j`, `from math import sqrt, pi`,
  /// `import { a, b } from "./wire.js"` and `import a from "./wire.js"`; nil for other forms.
  init?(_ line: String) {
    let words = line.split(whereSeparator: { " ,{}".contains($0) }).map(String.init)
    guard let first = words.first else { return nil }
    if first == "from", words.count > 3, words[2] == "import", Self.isName(words[1]),
      words[3...].allSatisfy(Self.isName)
    {
      use = "use std.\(words[1]) { \(words[3...].joined(separator: ", ")) }"
      return
    }
    guard first == "import" || first == "require" || first == "include" else { return nil }
    if let last = words.last, words.count > 3, words[words.count - 2] == "from",
      let path = Self.path(last)
    {
      let names = words[1..<words.count - 2]
      guard names.allSatisfy(Self.isName) else { return nil }
      use = "use \(path) { \(names.joined(separator: ", ")) }"
    } else if words.count == 2, let path = Self.path(words[1]) {
      use = "use \(path)"
    } else if words.count == 2, Self.isName(words[1]) {
      use = "use std.\(words[1])"
    } else if words.count == 4, words[2] == "as", Self.isName(words[1]), Self.isName(words[3]) {
      use = "use std.\(words[1]) as \(words[3])"
    } else {
      return nil
    }
  }

  private static func isName(_ word: String) -> Bool {
    !word.isEmpty && word.utf8.allSatisfy { Lexer.isNamePart($0) }
  }

  /// A path in quotes, with the ending of Janus.
  private static func path(_ word: String) -> String? {
    guard let quote = word.first, quote == "\"" || quote == "'", word.last == quote,
      word.count > 2
    else { return nil }
    var path = String(word.dropFirst().dropLast())
    for ending in [".js", ".ts", ".mjs", ".py", ".lua", ".rb"] where path.hasSuffix(ending) {
      path.removeLast(ending.count)
    }
    if !path.hasSuffix(".jan") { path += ".jan" }
    if !path.hasPrefix(".") && !path.hasPrefix("/") { path = "./" + path }
    return "\"\(path)\""
  }
}

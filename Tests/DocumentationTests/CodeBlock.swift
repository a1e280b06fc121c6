import JanusTestSupport
import Testing

/// A fenced block of a Markdown file that holds a Janus program.
struct CodeBlock: Sendable, CustomTestStringConvertible {
  enum Kind: Sendable {
    /// Runs without an error.
    case program
    /// Is refused or fails, as a comment says.
    case failing
    /// Can be parsed; names may be missing.
    case fragment
  }

  var file: String
  /// 1-based, of the first line of code.
  var line: Int
  var kind: Kind
  var code: String
  /// The ```text block that follows: what the program prints.
  var output: [String]?

  var testDescription: String { "\(file):\(line)" }

  /// A fence whose words are unknown, or that is never closed.
  struct Damage: Error {
    var line: Int
    var message: String
  }

  /// The Janus blocks of a Markdown text.
  static func blocks(in text: String, file: String) throws(Damage) -> [CodeBlock] {
    var blocks: [CodeBlock] = []
    /// True while only empty lines came after the last block.
    var isBehindBlock = false
    var fence: Fence?
    for (index, line) in text.lineList.enumerated() {
      guard var current = fence else {
        fence = Fence(line, at: index + 1)
        if fence == nil, !line.allSatisfy(\.isWhitespace) { isBehindBlock = false }
        continue
      }
      guard current.isClosed(by: line) else {
        current.lines.append(current.unindented(line))
        fence = current
        continue
      }
      fence = nil
      if let kind = try current.kind() {
        blocks.append(
          CodeBlock(
            file: file,
            line: current.line + 1,
            kind: kind,
            code: current.lines.map { $0 + "\n" }.joined(),
            output: nil
          )
        )
        isBehindBlock = true
      } else {
        if current.words == ["text"], isBehindBlock, let last = blocks.indices.last {
          blocks[last].output = current.lines
        }
        isBehindBlock = false
      }
    }
    if let fence { throw Damage(line: fence.line, message: "the block is never closed") }
    return blocks
  }
}

/// An open fence: three or more backticks or tildes, and the words behind them.
private struct Fence {
  let line: Int
  let indent: Int
  let mark: Character
  let count: Int
  let words: [String]
  var lines: [String] = []

  init?(_ text: String, at line: Int) {
    let rest = text.drop { $0 == " " }
    guard let mark = rest.first, mark == "`" || mark == "~" else { return nil }
    let count = rest.prefix { $0 == mark }.count
    guard count >= 3 else { return nil }
    self.line = line
    self.mark = mark
    self.count = count
    indent = text.count - rest.count
    words = rest.dropFirst(count).split(separator: " ").map(String.init)
  }

  func isClosed(by text: String) -> Bool {
    let rest = text.drop { $0 == " " }
    let marks = rest.prefix { $0 == mark }.count
    return marks >= count && rest.dropFirst(marks).allSatisfy(\.isWhitespace)
  }

  func unindented(_ text: String) -> String {
    let spaces = text.prefix { $0 == " " }.count
    return String(text.dropFirst(min(indent, spaces)))
  }

  /// What the words make of the block; nil when it is not Janus.
  func kind() throws(CodeBlock.Damage) -> CodeBlock.Kind? {
    guard words.first == "janus" else { return nil }
    switch words.dropFirst() {
    case []: return .program
    case ["error"]: return .failing
    case ["fragment"]: return .fragment
    default:
      throw CodeBlock.Damage(
        line: line,
        message: "`\(words.joined(separator: " "))` is no kind of block"
      )
    }
  }
}

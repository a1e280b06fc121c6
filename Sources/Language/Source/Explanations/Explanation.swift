/// What `janus explain` says about a code: a paragraph, and a program that is wrong and right.
///
/// A test runs both programs: the wrong one must have this code, the right one none.
public struct Explanation: Sendable {
  /// `J0301` of a source error, `Fault.Index` of an uncaught one.
  public var code: String
  /// A few words that say what is there.
  public var title: String
  public var text: String
  public var wrong: String
  public var right: String
  /// The wrong program, where it cannot be shown as it is.
  public var program: [UInt8]
  /// Options of `janus run` under which the programs show it.
  public var options: [String]

  init(
    _ code: String, _ title: String, _ text: String, wrong: String, right: String,
    program: [UInt8]? = nil, options: [String] = []
  ) {
    self.code = code
    self.title = title
    self.text = text
    self.wrong = wrong
    self.right = right
    self.program = program ?? Array(wrong.utf8)
    self.options = options
  }

  init(
    _ code: DiagnosticCode, _ title: String, _ text: String, wrong: String, right: String,
    program: [UInt8]? = nil, options: [String] = []
  ) {
    self.init(
      code.rawValue, title, text, wrong: wrong, right: right, program: program, options: options)
  }

  /// Every code, in the order of the groups.
  public static let all: [Explanation] = lexical + syntax + habits + names + proofs + lints + faults

  /// What is known of a code, however its letters are written.
  public static func of(_ code: String) -> Explanation? {
    let wanted = code.lowercased()
    return all.first { $0.code.lowercased() == wanted }
  }

  /// The page that `janus explain` shows.
  public var page: String {
    """
    \(code): \(title)

    \(Explanation.wrapped(text))

    Wrong:

    \(Explanation.indented(wrong))

    Right:

    \(Explanation.indented(right))
    """
  }

  private static let columnCount = 78

  private static func wrapped(_ text: String) -> String {
    var lines: [String] = []
    var line = ""
    for word in text.split(separator: " ") {
      if !line.isEmpty, line.count + word.count >= columnCount {
        lines.append(line)
        line = ""
      }
      line += (line.isEmpty ? "" : " ") + word
    }
    return (lines + [line]).joined(separator: "\n")
  }

  private static func indented(_ text: String) -> String {
    text.split(separator: "\n", omittingEmptySubsequences: false)
      .map { $0.isEmpty ? "" : "    \($0)" }.joined(separator: "\n")
  }
}

import JanusSource

/// `janus explain`
enum ExplainCommand {
  static let command = Command(
    name: "explain", summary: "says what the code of an error means",
    usage: "janus explain [CODE…]\n  without a code: all codes", run: run)

  private static func run(_ arguments: [String]) throws(UsageError) -> Int32 {
    guard !arguments.isEmpty else {
      printLine(overview)
      return ExitStatus.success
    }
    var pages: [String] = []
    for code in arguments {
      guard let explanation = Explanation.of(code) else {
        let near = Spelling.nearest(to: code, in: Explanation.all.map(\.code))
        let hint = near.map { "; did you mean `\($0)`?" } ?? "; `janus explain` lists all"
        throw UsageError(message: "there is no code `\(code)`\(hint)")
      }
      pages.append(explanation.page)
    }
    printLine(pages.joined(separator: "\n\n"))
    return ExitStatus.success
  }

  private static var overview: String {
    let width = (Explanation.all.map(\.code.count).max() ?? 0) + 2
    return Explanation.all.map { explanation in
      let gap = String(repeating: " ", count: width - explanation.code.count)
      return explanation.code + gap + explanation.title
    }.joined(separator: "\n")
  }
}

import JanusTestSupport

/// What the compiler does not check in the sources (style.md §5).
enum Tidy {
  static let lineLimit = 500
  static let columnLimit = 100

  /// A file that may break a rule, and why.
  struct Exemption: Sendable {
    var file: String
    var rule: Rule
    var reason: String
  }

  enum Rule: Sendable, Equatable {
    case fileLength
    case lineLength
    case word(String)
  }

  /// Short, and each with a reason that still holds.
  static let exemptions: [Exemption] = []

  /// Words that hide damage or put work off, and what to write instead.
  static let bannedWords: [(word: String, instead: String)] = [
    ("try?", "handle the error, or let it be thrown"),
    ("try!", "handle the error, or let it be thrown"),
    ("as!", "an enum, or `as?` with an error"),
    ("fatalError(", "`preconditionFailure` for a bug, an error for the world's faults"),
    ("TODO", "an issue"),
    ("FIXME", "an issue"),
  ]

  struct Finding: Sendable, CustomStringConvertible {
    var file: String
    var line: Int
    var rule: Rule
    var message: String
    var description: String { "\(file):\(line): \(message)" }
  }

  /// All findings in a file.
  static func findings(in text: String, file: String) -> [Finding] {
    let lines = text.lineList
    var findings: [Finding] = []
    if lines.count > lineLimit {
      findings.append(
        Finding(
          file: file,
          line: lines.count,
          rule: .fileLength,
          message: "the file has \(lines.count) lines, more than \(lineLimit)"
        )
      )
    }
    for (index, line) in lines.enumerated() {
      if line.count > columnLimit {
        findings.append(
          Finding(
            file: file,
            line: index + 1,
            rule: .lineLength,
            message: "the line has \(line.count) columns, more than \(columnLimit)"
          )
        )
      }
      for (word, instead) in bannedWords where contains(line, word) {
        findings.append(
          Finding(
            file: file,
            line: index + 1,
            rule: .word(word),
            message: "`\(word)` is banned: \(instead)"
          )
        )
      }
    }
    return findings.filter { finding in
      !exemptions.contains { $0.file == finding.file && $0.rule == finding.rule }
    }
  }

  /// True when a line has the word on its own: `alias!` has no `as!`.
  private static func contains(_ line: String, _ word: String) -> Bool {
    line.ranges(of: word).contains { range in
      guard range.lowerBound > line.startIndex else { return true }
      let before = line[line.index(before: range.lowerBound)]
      return !before.isLetter && !before.isNumber && before != "_"
    }
  }
}

import JanusRuntime
import JanusSource
import Glibc

/// Asks the person at the terminal whether a program may do something.
enum TerminalPrompt {
  /// Nil where nobody can be asked: then what is not granted is refused.
  static var question: Sandbox.Question? {
    guard isatty(0) == 1, isatty(2) == 1 else { return nil }
    return { access, flag in ask(access, flag) }
  }

  private static func ask(_ access: String, _ flag: String) -> Sandbox.Answer {
    // What was typed before the question is no answer to it.
    tcflush(0, TCIFLUSH)
    while true {
      // The program chose the words: nothing in them may move the cursor or hide a part.
      prompt("janus: may the program \(TerminalText.plain(access))? (y)es, (n)o, (a)lways: ")
      guard let answer = readLine() else {
        prompt("\n")
        return .no
      }
      let word = answer.split(whereSeparator: \.isWhitespace).first ?? ""
      switch word.lowercased() {
      case "y", "yes": return .once
      case "n", "no": return .no
      case "a", "always": return .always
      default: prompt("Please answer y, n or a; \(TerminalText.plain(flag)) allows it always.\n")
      }
    }
  }

  private static func prompt(_ text: String) {
    let bytes = Array(text.utf8)
    _ = bytes.withUnsafeBytes { write(2, $0.baseAddress, $0.count) }
  }
}

/// The range that a counting loop of another language goes over.
///
/// It reads `let i = 0; i < n; i++` and `i = 1, 10`; anything that steps otherwise is none.
struct CountedRange {
  var name: String
  /// `0..<n`
  var text: String

  init?(_ head: String) {
    let parts = head.split(separator: ";", omittingEmptySubsequences: false).map(Self.trimmed)
    let first = Self.withoutKeyword(parts[0])
    guard let equal = first.firstIndex(of: "=") else { return nil }
    name = Self.trimmed(first[..<equal])
    let start = Self.trimmed(first[first.index(after: equal)...])
    guard !name.isEmpty, name.allSatisfy({ $0.isLetter || $0.isNumber || $0 == "_" }) else {
      return nil
    }
    if parts.count == 1 {
      let bounds = start.split(separator: ",").map(Self.trimmed)
      guard bounds.count == 2 else { return nil }
      text = "\(bounds[0])..\(bounds[1])"
      return
    }
    let steps = ["\(name)++", "++\(name)", "\(name) += 1", "\(name)+=1"]
    guard parts.count == 3, steps.contains(parts[2]) else { return nil }
    let test = parts[1].dropFirst(name.count)
    guard parts[1].hasPrefix(name) else { return nil }
    let comparison = Self.trimmed(test)
    if comparison.hasPrefix("<=") {
      text = "\(start)..\(Self.trimmed(comparison.dropFirst(2)))"
    } else if comparison.hasPrefix("<") {
      text = "\(start)..<\(Self.trimmed(comparison.dropFirst()))"
    } else {
      return nil
    }
  }

  /// `x in xs` for `const x of xs` and `x in xs`.
  static func list(_ head: String) -> String? {
    let bare = withoutKeyword(trimmed(head))
    for sign in [" of ", " in ", " : "] {
      let parts = bare.split(separator: sign, maxSplits: 1).map(String.init)
      guard parts.count == 2 else { continue }
      return "\(trimmed(parts[0])) in \(trimmed(parts[1]))"
    }
    return nil
  }

  private static func withoutKeyword(_ text: String) -> String {
    for word in ["let ", "var ", "const ", "int ", "auto "] where text.hasPrefix(word) {
      return trimmed(text.dropFirst(word.count))
    }
    return text
  }

  private static func trimmed(_ text: some StringProtocol) -> String {
    let front = text.drop { $0 == " " }
    var end = front.endIndex
    while end > front.startIndex, front[front.index(before: end)] == " " {
      end = front.index(before: end)
    }
    return String(front[..<end])
  }
}

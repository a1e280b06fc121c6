import JanusCrypto

/// Sixty digits that two owners compare by voice: equal exactly when both agents see the same two
/// root keys (DMP §4.4).
package struct SafetyNumber: Hashable, Sendable, CustomStringConvertible {
  /// Rounds of SHA-256 for each half: what a search for a colliding key costs more.
  package static let rounds = 5_200

  /// Twelve groups of five digits with a space between.
  package let description: String

  /// The same number whichever side asks.
  package init(_ first: DID, _ second: DID) {
    description = [min(first, second), max(first, second)].flatMap(Self.groups)
      .joined(separator: " ")
  }

  /// Six groups of five digits.
  private static func groups(_ did: DID) -> [String] {
    let key = did.rootKey.bytes.array
    var digest = SHA256.hash(Array("dmp1 fingerprint".utf8) + key)
    for _ in 1..<rounds { digest = SHA256.hash(digest + key) }
    return (0..<6).map { index in
      let number = digest[index * 5..<index * 5 + 5].reduce(0) { $0 << 8 | UInt64($1) } % 100_000
      let digits = String(number)
      return String(repeating: "0", count: 5 - digits.count) + digits
    }
  }
}

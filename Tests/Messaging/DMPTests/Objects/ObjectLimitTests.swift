import DMP
import JanusCrypto
import Testing

/// Each limit of the objects one below, at, and one above.
@Suite struct ObjectLimitTests {
  private let alice: TestAgent

  init() throws {
    var random = SplitMix(state: 110)
    alice = try TestAgent(from: &random)
  }

  private func refuses<Object: SignedObject>(_ object: Object) throws -> Bool {
    let key = try alice.signingKey()
    do throws(ObjectError) {
      _ = try Verified(signing: object, with: key)
      return false
    } catch {
      return true
    }
  }

  private func knock(_ change: (inout Knock) -> Void) throws -> Knock {
    var random = SplitMix(state: 111)
    var knock = try random.knock(to: alice)
    (knock.features, knock.criticalFeatures) = ([], [])
    (knock.intent, knock.action) = ("a/b", "")
    change(&knock)
    return knock
  }

  private func card(_ change: (inout Card) -> Void) -> Card {
    var card = alice.card.value
    (card.addresses, card.capabilities, card.name) = ([], [], "n")
    change(&card)
    return card
  }

  private func text(_ count: Int) -> String { String(repeating: "x", count: count) }

  @Test(arguments: [(-1, false), (0, false), (1, true)])
  func textsAndLists(_ surplus: Int, _ isRefused: Bool) throws {
    #expect(
      try refuses(knock { $0.intent = text(Limits.intentByteCount + surplus) }) == isRefused
    )
    #expect(
      try refuses(knock { $0.action = text(Limits.intentByteCount + surplus) }) == isRefused
    )
    #expect(
      try refuses(knock { $0.features = [text(Limits.featureByteCount + surplus)] })
        == isRefused
    )
    #expect(
      try refuses(
        knock { $0.criticalFeatures = (0..<Limits.features + surplus).map { "f\($0)" } }
      )
        == isRefused
    )
    #expect(
      try refuses(knock { $0.versions = [UInt8](repeating: 1, count: Limits.offers + surplus) })
        == isRefused
    )
    #expect(
      try refuses(knock { $0.suites = [UInt8](repeating: 1, count: Limits.offers + surplus) })
        == isRefused
    )
    #expect(try refuses(card { $0.name = text(Limits.nameByteCount + surplus) }) == isRefused)
    #expect(
      try refuses(card { $0.addresses = [text(Limits.addressByteCount + surplus)] })
        == isRefused
    )
    #expect(
      try refuses(
        card { $0.addresses = [String](repeating: "a", count: Limits.cardAddresses + surplus) }
      )
        == isRefused
    )
    #expect(
      try refuses(
        card {
          $0.capabilities = [String](repeating: "a", count: Limits.cardCapabilities + surplus)
        }
      ) == isRefused
    )
    #expect(
      try refuses(card { $0.capabilities = [text(Limits.intentByteCount + surplus)] })
        == isRefused
    )
  }

  @Test func whatMustNotBeEmpty() throws {
    #expect(try refuses(knock { $0.intent = "" }))
    #expect(try refuses(knock { $0.versions = [] }))
    #expect(try refuses(knock { $0.suites = [] }))
    #expect(try refuses(knock { $0.features = [""] }))
    #expect(try refuses(card { $0.name = "" }))
    #expect(try refuses(card { $0.addresses = [""] }))
    #expect(try !refuses(knock { $0.action = "" }))
  }

  /// Whether objects one byte below their limit, at it, and one above are refused.
  ///
  /// `object` gets a number of 24 to 255, by as many bytes it shall be longer than with none.
  private func refusals<Object: SignedObject>(
    _ object: (Int) throws -> Object
  ) throws -> [Bool] {
    let base = try Verified(signing: object(24), with: alice.signingKey()).bytes.count - 24
    let exact = Object.byteLimit - base
    try #require((25...254).contains(exact), "\(base) bytes without the text")
    return try (exact - 1...exact + 1).map { try refuses(object($0)) }
  }

  @Test func wholeKnocksAndCards() throws {
    let knocks = try refusals { count in
      try knock { knock in
        knock.features = [String](repeating: text(60), count: 24)
        knock.intent = text(200)
        knock.action = text(count)
      }
    }
    #expect(knocks == [false, false, true])
    let cards = try refusals { count in
      card { $0.capabilities = [String](repeating: text(250), count: 14) + [text(count)] }
    }
    #expect(cards == [false, false, true])
  }

  @Test func acceptsHaveKeysOfOneSize() throws {
    var random = SplitMix(state: 112)
    var accept = try random.accept()
    for (count, isRefused) in [(1_183, true), (1_184, false), (1_185, true)] {
      accept.kemKey = [UInt8](repeating: 1, count: count)
      #expect(try refuses(accept) == isRefused)
    }
    for (count, isRefused) in [(15, false), (16, false), (17, true)] {
      var accept = try random.accept()
      accept.limits = (0..<count).map { Accept.Limit(UInt64($0), 1) }
      #expect(try refuses(accept) == isRefused)
    }
    accept = try random.accept()
    accept.limits = [Accept.Limit(2, 0), Accept.Limit(1, 0)]
    #expect(try refuses(accept))
    accept.limits = [Accept.Limit(1, 0), Accept.Limit(1, 0)]
    #expect(try refuses(accept))
  }

  @Test func groupsHaveTwoTo32Members() throws {
    var random = SplitMix(state: 113)
    let agents = try (0..<33).map { _ in try TestAgent(from: &random) }
    for (count, isRefused) in [(1, true), (2, false), (31, false), (32, false), (33, true)] {
      let record = try random.groupRecord(of: Array(agents[..<count]), epoch: 0)
      #expect(try refuses(record) == isRefused, "\(count) members")
    }
  }
}

import JanusSource
import JanusTestSupport
import Testing

/// Programs that work are not accused.
@Suite struct CorpusTests {
  /// Programs with a line that fails on purpose without saying so, and why.
  static let failing: [String: String] = [
    "Examples/retry_with_backoff/retry_with_backoff.jan":
      "the server's \"bug\" is an index out of range, which the program retries"
  ]

  /// Examples that are warned of, and why.
  static let warned: [String: String] = [
    "Examples/bank_account/bank_account.jan":
      "calls with wrong types inside `catch`, to show what is caught",
    "Examples/dmp_lifecycle/dmp_lifecycle.jan":
      "was published with `let state` and must run unchanged",
    "Examples/retry_with_backoff/retry_with_backoff.jan": "as above",
  ]

  static let conformance = Repository.files(below: "Tests/Conformance", endingIn: ".jan")
    .filter { !$0.contains("/lib/") }
  static let examples = Repository.files(below: "Examples", endingIn: ".jan")
  static let library = Repository.files(below: "stdlib", endingIn: ".jan")

  @Test(arguments: conformance)
  func aProgramOfTheCorpusHasNoErrors(_ path: String) throws {
    let source = try Repository.bytes(path)
    let expectations = try Expectations(source)
    // A program that is to end with an error, or to show one that it caught, may be known to.
    let showsFaults = expectations.output.contains { $0.contains("Fault.") }
    let errors = try Checking(path: path).errors.filter { error in
      let isProven = error.code.rawValue.hasPrefix("J05")
      return !(isProven && showsFaults)
    }
    guard expectations.errors.isEmpty else { return }
    #expect(errors.map(\.message) == [])
  }

  @Test(arguments: examples)
  func anExampleIsClean(_ path: String) throws {
    let checking = try Checking(path: path)
    if CorpusTests.failing[path] == nil { #expect(checking.errors.map(\.message) == []) }
    if CorpusTests.warned[path] == nil { #expect(checking.warnings.map(\.message) == []) }
  }

  @Test(arguments: library)
  func aModuleOfTheLibraryIsClean(_ path: String) throws {
    let messages = try Checking(path: path).diagnostics
      .map { "\($0.code.rawValue) \($0.message)" }
    #expect(messages == [])
  }

  @Test func whatIsListedIsReported() throws {
    for path in CorpusTests.failing.keys.sorted() {
      let errors = try Checking(path: path).errors
      #expect(!errors.isEmpty, "\(path) needs no exemption")
    }
    for path in CorpusTests.warned.keys.sorted() {
      let diagnostics = try Checking(path: path).diagnostics
      #expect(!diagnostics.isEmpty, "\(path) needs no exemption")
    }
  }
}

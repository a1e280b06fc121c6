import JanusSource
import Testing

/// What is offered for a name that does not exist.
struct SpellingTests {
  @Test(arguments: [
    ("lenght", ["length", "width"], "length"), ("totl", ["total"], "total"),
    ("max_size", ["maxSize"], "maxSize"), ("Print", ["print"], "print"),
    ("retrun", ["return", "retry"], "return"),
  ])
  func whatIsNearIsFound(name: String, candidates: [String], expected: String) {
    #expect(Spelling.nearest(to: name, in: candidates) == expected)
  }

  @Test(arguments: [("x", ["y", "f"]), ("ab", ["cd"]), ("foo", ["bar"]), ("name", ["name"])])
  func whatIsFarIsNot(name: String, candidates: [String]) {
    #expect(Spelling.nearest(to: name, in: candidates) == nil)
  }
}

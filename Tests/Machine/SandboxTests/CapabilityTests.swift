import JanusRuntime
import JanusTestSupport
import Testing

/// `janus caps` knows each function of the library that reaches outside.
@Suite struct CapabilityTests {
  /// Natives that ask for a grant name it in their documentation, or stand in a module that does:
  /// each `pub` function of these modules has its row, or counts as asking for everything.
  @Test(arguments: ["fs", "env", "process"])
  func everyFunctionHasARow(_ name: String) throws {
    let path = "stdlib/\(name).jan"
    guard Repository.exists(path) else { return }
    let functions = try Repository.text(path).lineList.compactMap { line -> String? in
      let words = line.split(separator: " ").map(String.init)
      guard words.first == "pub", let start = words.firstIndex(of: "func"), start < 3 else {
        return nil
      }
      return words[start + 1].split(separator: "(").first.map(String.init)
    }
    #expect(!functions.isEmpty)
    for function in functions {
      #expect(Capability.areKnown(of: function, in: "std.\(name)"), "std.\(name).\(function)")
    }
    #expect(!Capability.areKnown(of: "no_such_function", in: "std.\(name)"))
  }
}

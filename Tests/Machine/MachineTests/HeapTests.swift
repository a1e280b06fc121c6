import JanusTestSupport
import Testing

@Suite struct HeapTests {
  /// Each kind by itself: every one builds and drops more than 50 MB, with 64 MB allowed.
  @Test(arguments: [
    ("lists", "[turn, turn, [turn], [\"x\", null]]", 400_000),
    ("maps", "{ a: turn, \"b\": [turn], 3: \"c\" }", 250_000),
    ("strings", "\"text \" + string(turn) + \" is not short any more\"", 700_000),
    ("closures", "|x| x + turn", 700_000),
    ("structs", "Point { x: turn, y: [turn] }", 500_000),
    ("large lists", "list.filled(10_000, turn)", 500),
  ])
  func whatIsDroppedCanBeUsedAgain(_ name: String, _ expression: String, _ turns: Int) throws {
    var script = Script(
      """
      struct Point { x: int, y: any }
      func build(turn) do
          \(expression)
      end
      var kept = []
      for turn in 0..<\(turns) do
          kept.push(build(turn))
          if kept.len() == 1_000 do kept = [] end
      end
      print "done"
      """
    )
    try script.limit("--max-memory", "64m")
    let result = try script.run()
    #expect(result.lines == ["done"])
    #expect(result.errors.isEmpty)
  }

  @Test func cyclesAreCollected() throws {
    var script = Script(
      """
      for turn in 0..<300_000 do
          let a = [turn]
          a.push({ list: a })
          a.push(|| a)
      end
      print "done"
      """
    )
    try script.limit("--max-memory", "64m")
    let result = try script.run()
    #expect(result.lines == ["done"])
    #expect(result.errors.isEmpty)
  }

  @Test func whatIsKeptSurvivesTheCollector() throws {
    let script = Script(
      """
      let table = {}
      for i in 0..<100_000 do
          table["key " + string(i)] = [i, { i: i }]
          if i % 3 == 0 do table.remove("key " + string(i / 2)) end
      end
      var sum = 0
      for key, value in table do
          sum += value[0] + value[1].i
          assert key == "key " + string(value[0])
      end
      print(table.len(), " ", sum)
      """
    )
    // Computed as the program says: removed are the keys i / 2 for every third i.
    let removed = Set(stride(from: 0, to: 100_000, by: 3).map { $0 / 2 })
    let kept = (0..<100_000).filter { !removed.contains($0) }
    let expected = "\(kept.count) \(2 * kept.reduce(0, +))"
    for way in [Script.Way.asItIs, .counted] {
      let result = try script.run(way)
      #expect(result.lines == [expected])
      #expect(result.errors.isEmpty)
    }
  }

  @Test func aMemoryLimitEndsAHoarder() throws {
    var script = Script(
      """
      let kept = []
      defer print "deferred"
      while true do
          kept.push([1, 2, 3]) catch |e| print "never"
      end
      """
    )
    try script.limit("--max-memory", "32m")
    let result = try script.run()
    #expect(result.lines == ["deferred"])
    #expect(result.errors.map(\.code) == ["Fault.Limit"])
  }
}

/// `==` and `print` end on values that contain themselves.
@Suite struct CycleTests {
  private let setUp = """
    struct Node { name: string, next: any = null }
    let list = [1]
    list.push(list)
    let map = { a: 1 }
    map["self"] = map
    let node = Node { name: "n" }
    node.next = node

    """

  private func lines(_ text: String) throws -> [String] {
    let result = try Script(setUp + text).run()
    #expect(result.errors.isEmpty)
    return result.lines
  }

  @Test func cyclesPrintAsAnEllipsis() throws {
    let lines = try lines(
      """
      print list
      print map
      print node
      print([list, list])
      """
    )
    try #require(lines.count == 4)
    #expect(lines.allSatisfy { $0.contains("…") && $0.utf8.count < 200 })
    #expect(lines[0] == "[1, …]")
    #expect(lines[1] == "{ a: 1, self: … }")
  }

  @Test func equalCyclesAreEqual() throws {
    let lines = try lines(
      """
      let list2 = [1]
      list2.push(list2)
      let map2 = { a: 1 }
      map2["self"] = map2
      let node2 = Node { name: "n" }
      node2.next = node2
      print(list == list2, map == map2, node == node2, same(list, list2))
      """
    )
    #expect(lines == ["truetruetruefalse"])
  }

  @Test func differentCyclesDiffer() throws {
    let lines = try lines(
      """
      let list2 = [2]
      list2.push(list2)
      let map2 = { a: 1, b: 2 }
      map2["self"] = map2
      let node2 = Node { name: "other" }
      node2.next = node2
      print(list == list2, map == map2, node == node2)
      """
    )
    #expect(lines == ["falsefalsefalse"])
  }

  @Test func cyclesOfDifferentLengthThatUnrollAlikeAreEqual() throws {
    let lines = try lines(
      """
      let outer = [1, null]
      let inner = [1, outer]
      outer[1] = inner
      print(outer == inner, outer == list)
      """
    )
    #expect(lines == ["truetrue"])
  }

  @Test func deepNestingIsNoTrouble() throws {
    let lines = try lines(
      """
      func nested(n) do
          var value = null
          for i in 0..<n do
              value = [value]
          end
          value
      end
      print(nested(1_000_000) == nested(1_000_000))
      print(nested(1_000_000) == nested(1_000_001))
      print len(string(nested(100_000))) > 1000
      """
    )
    #expect(lines.prefix(2) == ["true", "false"])
    #expect(lines.count == 3)
  }
}

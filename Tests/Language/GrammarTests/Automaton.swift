/// The rules of a grammar as finite automata over terminals, conditions and rules.
struct Automaton {
  struct State {
    var terminals: [(terminal: Int, target: Int)] = []
    var rules: [(rule: Int, target: Int)] = []
    var conditions: [(condition: String, target: Int)] = []
    /// The rule may end here.
    var isFinal = false
    var rule = 0
  }

  private(set) var states: [State] = []
  /// The first state of each rule.
  private(set) var starts: [Int] = []
  private(set) var isNullable: [Bool] = []
  /// The terminals of the grammar: quoted, or classes.
  private(set) var terminals: [Grammar.Term] = []
  /// By state: the terminals that may come first.
  private(set) var firsts: [Set<Int>] = []
  /// By rule: the terminals that may follow it. The end of the text is -1.
  private(set) var follows: [Set<Int>] = []
  /// By state: nothing more is needed.
  private(set) var mayEnd: [Bool] = []
  let names: [String]

  private enum Label: Hashable {
    case literal(String), token(String), rule(Int), condition(String)
  }

  /// States of a nondeterministic automaton while a rule is built.
  private struct Draft {
    var edges: [[(label: Label?, target: Int)]] = [[]]

    mutating func state() -> Int {
      edges.append([])
      return edges.count - 1
    }

    func closure(_ seeds: Set<Int>) -> Set<Int> {
      var all = seeds
      var open = Array(seeds)
      while let state = open.popLast() {
        for edge in edges[state] where edge.label == nil && all.insert(edge.target).inserted {
          open.append(edge.target)
        }
      }
      return all
    }
  }

  init(_ grammar: Grammar) throws {
    names = grammar.order
    var indices: [String: Int] = [:]
    for (index, name) in names.enumerated() { indices[name] = index }
    var terminalIndices: [Label: Int] = [:]
    for (index, name) in names.enumerated() {
      guard let term = grammar.rules[name] else { continue }
      var draft = Draft()
      let end = try Self.draw(term, from: 0, &draft, indices)
      starts.append(states.count)
      determinise(draft, end: end, rule: index, &terminalIndices)
    }
    computeNullable()
    computeFirsts()
    computeFollows()
  }

  private static func draw(
    _ term: Grammar.Term, from start: Int, _ draft: inout Draft, _ indices: [String: Int]
  ) throws -> Int {
    func edge(_ label: Label) -> Int {
      let end = draft.state()
      draft.edges[start].append((label, end))
      return end
    }
    switch term {
    case .literal(let text): return edge(.literal(text))
    case .token(let name):
      if Alphabet.conditions.contains(name) { return edge(.condition(name)) }
      guard Alphabet.classes.contains(name) else {
        throw GrammarError(text: "`\(name)` is no class of tokens")
      }
      return edge(.token(name))
    case .rule(let name):
      guard let index = indices[name] else { throw GrammarError(text: "`\(name)` is undefined") }
      return edge(.rule(index))
    case .sequence(let terms):
      var end = start
      for term in terms { end = try draw(term, from: end, &draft, indices) }
      return end
    case .choice(let terms):
      let end = draft.state()
      for term in terms {
        let first = draft.state()
        draft.edges[start].append((nil, first))
        let last = try draw(term, from: first, &draft, indices)
        draft.edges[last].append((nil, end))
      }
      return end
    case .optional(let term):
      let end = try draw(term, from: start, &draft, indices)
      let after = draft.state()
      draft.edges[end].append((nil, after))
      draft.edges[start].append((nil, after))
      return after
    case .repetition(let term):
      let loop = draft.state()
      draft.edges[start].append((nil, loop))
      let end = try draw(term, from: loop, &draft, indices)
      draft.edges[end].append((nil, loop))
      let after = draft.state()
      draft.edges[loop].append((nil, after))
      return after
    }
  }

  /// Subset construction.
  private mutating func determinise(
    _ draft: Draft, end: Int, rule: Int, _ terminalIndices: inout [Label: Int]
  ) {
    let first = draft.closure([0])
    var known: [Set<Int>: Int] = [first: states.count]
    states.append(State(isFinal: first.contains(end), rule: rule))
    var open = [first]
    while let subset = open.popLast() {
      var targets: [Label: Set<Int>] = [:]
      var labels: [Label] = []
      for state in subset.sorted() {
        for edge in draft.edges[state] {
          guard let label = edge.label else { continue }
          if targets[label] == nil { labels.append(label) }
          targets[label, default: []].insert(edge.target)
        }
      }
      guard let source = known[subset] else { continue }
      for label in labels {
        let target = draft.closure(targets[label] ?? [])
        var index = known[target]
        if index == nil {
          index = states.count
          known[target] = states.count
          states.append(State(isFinal: target.contains(end), rule: rule))
          open.append(target)
        }
        connect(source, label, index ?? 0, &terminalIndices)
      }
    }
  }

  private mutating func connect(
    _ source: Int, _ label: Label, _ target: Int, _ terminalIndices: inout [Label: Int]
  ) {
    switch label {
    case .rule(let rule): states[source].rules.append((rule, target))
    case .condition(let condition): states[source].conditions.append((condition, target))
    case .literal, .token:
      var index = terminalIndices[label]
      if index == nil {
        index = terminals.count
        terminalIndices[label] = index
        if case .literal(let text) = label { terminals.append(.literal(text)) }
        if case .token(let name) = label { terminals.append(.token(name)) }
      }
      states[source].terminals.append((index ?? 0, target))
    }
  }

  private mutating func computeNullable() {
    isNullable = Array(repeating: false, count: names.count)
    mayEnd = states.map(\.isFinal)
    var hasChanged = true
    while hasChanged {
      hasChanged = false
      for (index, state) in states.enumerated() where !mayEnd[index] {
        if state.rules.contains(where: { isNullable[$0.rule] && mayEnd[$0.target] }) {
          mayEnd[index] = true
          hasChanged = true
        }
      }
      for (rule, start) in starts.enumerated() where mayEnd[start] && !isNullable[rule] {
        isNullable[rule] = true
        hasChanged = true
      }
    }
  }

  private mutating func computeFirsts() {
    firsts = states.map { Set($0.terminals.map(\.terminal)) }
    var hasChanged = true
    while hasChanged {
      hasChanged = false
      for (index, state) in states.enumerated() {
        var first = firsts[index]
        for edge in state.conditions { first.formUnion(firsts[edge.target]) }
        for edge in state.rules {
          first.formUnion(firsts[starts[edge.rule]])
          if isNullable[edge.rule] { first.formUnion(firsts[edge.target]) }
        }
        if first.count != firsts[index].count {
          firsts[index] = first
          hasChanged = true
        }
      }
    }
  }

  private mutating func computeFollows() {
    follows = Array(repeating: [], count: names.count)
    follows[0] = [-1]
    var hasChanged = true
    while hasChanged {
      hasChanged = false
      for state in states {
        for edge in state.rules {
          var follow = follows[edge.rule].union(firsts[edge.target])
          if mayEnd[edge.target] { follow.formUnion(follows[state.rule]) }
          if follow.count != follows[edge.rule].count {
            follows[edge.rule] = follow
            hasChanged = true
          }
        }
      }
    }
  }
}

/// Tells whether symbols are a sentence of a grammar: Earley's algorithm over automata, with one
/// symbol of lookahead and nullable rules skipped when they are predicted.
struct Recogniser {
  private let automaton: Automaton
  private let lookup: SymbolClasses

  init(_ automaton: Automaton) {
    self.automaton = automaton
    lookup = SymbolClasses(automaton)
  }

  /// nil if the symbols, the last of which is the end, are a sentence; else the index of the first
  /// symbol that no sentence with this beginning can have.
  func firstFailure(in symbols: [Symbol]) -> Int? {
    var chart = Chart(automaton, lookup, symbols)
    return chart.run()
  }
}

/// Symbols in classes that the grammar does not tell apart, and what may come before each class.
final class SymbolClasses {
  private let automaton: Automaton
  private var indices: [Key: Int] = [:]
  /// By class: the terminals that its symbols are.
  private(set) var terminals: [[Bool]] = []
  /// By class, by state: an item in that state may lead on.
  private(set) var isViable: [[Bool]] = []

  private struct Key: Hashable {
    var kind: Symbol.Kind
    var text: String
    var isWord: Bool
    var isCapital: Bool
    var isConstant: Bool
  }

  private let spellings: Set<String>

  init(_ automaton: Automaton) {
    self.automaton = automaton
    var spellings: Set<String> = ["_", "native", "any", "recv", "send"]
    for case .literal(let text) in automaton.terminals { spellings.insert(text) }
    self.spellings = spellings
  }

  func index(of symbol: Symbol) -> Int {
    let key = Key(
      kind: symbol.kind, text: spellings.contains(symbol.text) ? symbol.text : "",
      isWord: symbol.isWord, isCapital: symbol.isCapital,
      isConstant: Alphabet.isClass("CONSTANT", symbol))
    if let index = indices[key] { return index }
    indices[key] = terminals.count
    let matches = automaton.terminals.map { terminal in
      switch terminal {
      case .literal(let text): Alphabet.isLiteral(text, symbol)
      case .token(let name): Alphabet.isClass(name, symbol)
      default: false
      }
    }
    let isEnd = symbol.kind == .end
    let matchesAny = { (set: Set<Int>) in
      set.contains { $0 >= 0 ? matches[$0] : isEnd }
    }
    let follows = automaton.follows.map(matchesAny)
    terminals.append(matches)
    isViable.append(
      automaton.states.indices.map { state in
        matchesAny(automaton.firsts[state])
          || automaton.mayEnd[state] && follows[automaton.states[state].rule]
      })
    return terminals.count - 1
  }
}

private struct Chart {
  let automaton: Automaton
  let symbols: [Symbol]
  let classes: [Int]
  let lookup: SymbolClasses
  /// The items of the current and the next position.
  var items: [(state: Int, origin: Int)] = []
  var next: [(state: Int, origin: Int)] = []
  var known: Set<UInt64> = []
  var knownNext: Set<UInt64> = []
  /// By position and rule: the first of the items that wait for the rule to end.
  var heads: [Int32]
  var waiting: [(target: Int32, origin: Int32, next: Int32)] = []
  var viable: [Bool] = []

  init(_ automaton: Automaton, _ lookup: SymbolClasses, _ symbols: [Symbol]) {
    self.automaton = automaton
    self.lookup = lookup
    self.symbols = symbols
    classes = symbols.map(lookup.index(of:))
    heads = Array(repeating: -1, count: symbols.count * automaton.names.count)
  }

  mutating func run() -> Int? {
    viable = lookup.isViable[classes[0]]
    add(automaton.starts[0], 0)
    for position in symbols.indices {
      var index = 0
      let matches = lookup.terminals[classes[position]]
      let ahead = position + 1 < symbols.count ? lookup.isViable[classes[position + 1]] : []
      var isAccepted = false
      while index < items.count {
        let item = items[index]
        index += 1
        let state = automaton.states[item.state]
        for edge in state.terminals where matches[edge.terminal] {
          addNext(edge.target, item.origin, ahead)
        }
        for edge in state.conditions
        where Alphabet.holds(edge.condition, before: symbols[position]) {
          add(edge.target, item.origin)
        }
        for edge in state.rules { predict(edge.rule, edge.target, item.origin, position) }
        if state.isFinal {
          if state.rule == 0, item.origin == 0 { isAccepted = true }
          complete(state.rule, item.origin)
        }
      }
      if position == symbols.count - 1 { return isAccepted ? nil : position }
      if next.isEmpty { return position }
      swap(&items, &next)
      swap(&known, &knownNext)
      next.removeAll(keepingCapacity: true)
      knownNext.removeAll(keepingCapacity: true)
      viable = ahead
    }
    return nil
  }

  private mutating func add(_ state: Int, _ origin: Int) {
    guard viable[state], known.insert(UInt64(state) << 32 | UInt64(origin)).inserted else { return }
    items.append((state, origin))
  }

  private mutating func addNext(_ state: Int, _ origin: Int, _ ahead: [Bool]) {
    guard !ahead.isEmpty, ahead[state],
      knownNext.insert(UInt64(state) << 32 | UInt64(origin)).inserted
    else { return }
    next.append((state, origin))
  }

  private mutating func predict(_ rule: Int, _ target: Int, _ origin: Int, _ position: Int) {
    let place = position * automaton.names.count + rule
    waiting.append((Int32(target), Int32(origin), heads[place]))
    heads[place] = Int32(waiting.count - 1)
    add(automaton.starts[rule], position)
    if automaton.isNullable[rule] { add(target, origin) }
  }

  private mutating func complete(_ rule: Int, _ origin: Int) {
    var link = heads[origin * automaton.names.count + rule]
    while link >= 0 {
      let item = waiting[Int(link)]
      add(Int(item.target), Int(item.origin))
      link = item.next
    }
  }
}

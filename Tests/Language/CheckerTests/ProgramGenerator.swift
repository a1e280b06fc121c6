/// Makes small programs, most of them wrong somewhere. Before each statement the program prints
/// the number of its line, so that a run tells which lines were executed.
struct ProgramGenerator {
  private var dice: Dice
  private var lines: [String] = []
  private var variables: [String] = []
  private var indent = 0
  private var count = 0

  static let types = [
    "int", "float", "string", "bool", "null", "list", "map", "int?", "string | int", "Point",
    "list[int]", "u8", "duration", "Light", "func", "range", "bytes", "Show",
  ]

  init(seed: Int) { dice = Dice(seed: seed) }

  /// The text of a program.
  static func program(seed: Int) -> String {
    var generator = ProgramGenerator(seed: seed)
    generator.write()
    return generator.lines.joined(separator: "\n") + "\n"
  }

  private mutating func write() {
    lines = [
      "struct Point { x: int, y: float = 1.0, z = null }",
      "enum Light { Red, Amber(n: int), Green }",
      "error Oops { Bad(why: string), Worse }",
      "trait Show { func show(self) -> string do \"it\" end }",
      "impl Show for Point {}",
      "impl Show for int {}",
      "impl Point { func sum(self, more: int = 0) -> float do self.x + self.y + more end }",
      "func same_as(x) do x end",
      "func half(n: float) -> float do n / 2 end",
      "func twice(n) do n * 2 end",
      "func pair(a, b = 2, ..rest) do [a, b, rest] end",
      "func either(flag: bool) do if flag do 1 else \"one\" end end",
      "let shared = [1, 2]",
    ]
    for _ in 0..<2 { declare() }
    for _ in 0..<(2 + dice.roll(5)) { statement(depth: 0) }
  }

  private mutating func add(_ text: String) {
    lines.append(String(repeating: "    ", count: indent) + text)
  }

  /// A statement on the next line, announced on this one.
  private mutating func announced(_ text: String) {
    add("print(\"@\(lines.count + 2)\")")
    add(text)
  }

  private mutating func declare() {
    count += 1
    let name = "v\(count)"
    announced("\(dice.roll(3) == 0 ? "var" : "let") \(name) = \(simple())")
    variables.append(name)
  }

  private mutating func statement(depth: Int) {
    switch dice.roll(depth < 2 ? 16 : 10) {
    case 0, 1: declare()
    case 2:
      count += 1
      announced("let v\(count): \(dice.pick(ProgramGenerator.types)) = \(expression(1))")
      variables.append("v\(count)")
    case 3:
      let name = variable()
      if name.hasPrefix("v") {
        announced("\(name) \(dice.pick(["=", "+=", "-=", "*=", "/="])) \(expression(1))")
      }
    case 4: announced("\(variable()).\(dice.pick(["x", "y", "name"])) = \(expression(1))")
    case 5: announced("\(variable())[\(simple())] = \(simple())")
    case 6: announced("print(\"=\", \(comparison()))")
    case 7: announced("fail \(simple())")
    case 8, 9: announced("print(\(expression(2)))")
    case 10: block("if \(condition()) do", otherwise: true, depth)
    case 11: block("for q\(depth) in \(expression(1)) do", otherwise: false, depth)
    case 12: whileLoop(depth)
    case 13: match(depth)
    case 14: announced("print(1) when \(condition())")
    default: announced("let [d\(count), ..r\(count)] = \(simple())")
    }
  }

  private mutating func block(_ head: String, otherwise: Bool, _ depth: Int) {
    announced(head)
    let outer = variables
    if head.hasPrefix("for") { variables.append("q\(depth)") }
    indent += 1
    for _ in 0...dice.roll(2) { statement(depth: depth + 1) }
    indent -= 1
    variables = outer
    if otherwise, dice.roll(2) == 0 {
      add("else")
      indent += 1
      for _ in 0...dice.roll(2) { statement(depth: depth + 1) }
      indent -= 1
      variables = outer
    }
    add("end")
  }

  private mutating func whileLoop(_ depth: Int) {
    count += 1
    let name = "w\(count)"
    add("var \(name) = 0")
    announced("while \(name) < 2 do")
    let outer = variables
    indent += 1
    add("\(name) += 1")
    for _ in 0...dice.roll(2) { statement(depth: depth + 1) }
    indent -= 1
    variables = outer
    add("end")
  }

  private mutating func match(_ depth: Int) {
    announced("match \(expression(1)) {")
    let patterns = [
      "n: int", "null", "_: string", "Point { x }", ".Amber(n)", "[a, ..]", "{ name }", "1..5",
      "true", "\"abc\"", "Light", "Show",
    ]
    let outer = variables
    for _ in 0...dice.roll(2) {
      let pattern = dice.pick(patterns)
      indent += 1
      add("\(pattern) => do")
      indent += 1
      if pattern.hasPrefix("n:") { variables.append("n") }
      statement(depth: depth + 1)
      variables = outer
      indent -= 1
      add("end")
      indent -= 1
    }
    indent += 1
    add("other => do")
    indent += 1
    variables.append("other")
    statement(depth: depth + 1)
    variables = outer
    indent -= 1
    add("end")
    indent -= 1
    add("}")
  }

  // MARK: Expressions

  private mutating func variable() -> String {
    dice.roll(6) == 0 || variables.isEmpty ? "shared" : dice.pick(variables)
  }

  private mutating func simple() -> String {
    if dice.roll(3) > 0, !variables.isEmpty { return variable() }
    return dice.pick([
      "1", "-3", "2.5", "\"abc\"", "true", "null", "[1, 2]", "[\"a\"]", "{ name: \"n\" }", "5s",
      "b\"xy\"", "0..3", "Point { x: 1 }", "Light.Red", "Light.Amber(3)", "Oops.Worse",
      "same_as(1)", "same_as(\"s\")", "either(true)", "half", "0", "300",
    ])
  }

  private mutating func condition() -> String {
    switch dice.roll(7) {
    case 0: "\(variable()) is \(dice.pick(ProgramGenerator.types))"
    case 1: "\(variable()) == null"
    case 2: "\(variable()) != null"
    case 3: "not (\(variable()) is \(dice.pick(ProgramGenerator.types)))"
    case 4: comparison()
    default: simple()
    }
  }

  private mutating func comparison() -> String {
    switch dice.roll(3) {
    case 0: "\(variable()) is \(dice.pick(ProgramGenerator.types))"
    case 1: "\(variable()) \(dice.pick(["==", "!="])) \(simple())"
    default: "\(simple()) \(dice.pick(["<", ">=", "in"])) \(simple())"
    }
  }

  private mutating func expression(_ depth: Int) -> String {
    guard depth > 0 else { return simple() }
    let inner = depth - 1
    switch dice.roll(16) {
    case 0, 1, 2:
      let operators = ["+", "-", "*", "/", "%", "**", "&", "<<", "+%", "|"]
      return "(\(expression(inner)) \(dice.pick(operators)) \(expression(inner)))"
    case 3: return "-\(simple())"
    case 4: return "\(expression(inner))[\(simple())]"
    case 5: return "\(expression(inner)).\(dice.pick(["x", "y", "n", "name", "len", "code"]))"
    case 6, 7: return method(inner)
    case 8:
      return dice.pick([
        "half(\(expression(inner)))", "twice(\(simple()))", "pair(\(simple()))", "pair()",
        "half()", "half(1, 2)", "half(n: \(simple()))", "half(m: 1)", "pair(..\(simple()))",
      ])
    case 9: return "len(\(expression(inner)))"
    case 10:
      let format = dice.pick(["", ":d", ":.2f", ":>8"])
      return "$\"{\(simple())\(format)}\""
    case 11: return "Point { x: \(expression(inner)) }"
    case 12: return "[..\(simple()), \(simple())]"
    case 13: return "{ ..\(simple()), x: \(simple()) }"
    case 14: return "Light.Amber(\(simple()))"
    default: return "(\(simple())?.name)"
    }
  }

  private mutating func method(_ depth: Int) -> String {
    let names = [
      "upper()", "len()", "push(1)", "keys()", "abs()", "trim()", "sum()", "sum(\(simple()))",
      "first()", "split(\(simple()))", "repeat(\(simple()))", "show()", "copy()", "join(\",\")",
      "has(\(simple()))", "find(\(simple()))", "reversed()", "is_empty()", "twice()", "take(1)",
      "get(\(simple()), 1)", "text()", "nope()", "upper(1)",
    ]
    return "\(expression(depth)).\(dice.pick(names))"
  }
}

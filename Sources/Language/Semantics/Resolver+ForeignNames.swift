import JanusSource
import JanusSyntax

/// Names that other languages have and Janus has not, with what stands for them.
extension Resolver {
  /// What to write instead of a name, and the exact replacement where it is one.
  struct Substitute {
    var help: String
    var replacement: String?
  }

  static func substitute(for name: String) -> Substitute? {
    if let word = spellings[name] {
      return Substitute(help: "write `\(word)`", replacement: word)
    }
    return helps[name].map { Substitute(help: $0, replacement: nil) }
  }

  private static let spellings = [
    "this": "self", "str": "string", "puts": "print", "echo": "print",
    "printf": "print", "printLine": "print", "printn": "print", "sizeof": "len", "length": "len",
    "typeof": "type", "raise": "fail", "throw": "fail", "panic": "fail", "ret": "return",
    "NaN": "math.nan", "Infinity": "math.inf", "String": "string", "Int": "int", "Float": "float",
    "Number": "float", "parseInt": "int", "parseFloat": "float", "tostring": "string",
    "tonumber": "float",
  ]

  private static let helps = [
    "console": "write `print(…)`; `eprint(…)` writes to standard error",
    "fmt": "write `print(…)`", "System": "write `print(…)`",
    "io": "write `print(…)`, or `use std.fs`",
    "require": "write `use std.json` or `use \"./file.jan\"` at the top",
    "import": "write `use std.json` or `use \"./file.jan\"` at the top",
    "pass": "remove it: a block may be empty", "del": "an entry goes with `m.remove(key)`",
    "delete": "an entry goes with `m.remove(key)`",
    "global": "remove it: assigning reaches the variables around a function",
    "nonlocal": "remove it: assigning reaches the variables around a function",
    "yield": "values are sent through a channel: `ch.send(value)`",
    "super": "there is no inheritance: call a function, or a method of a field",
    "arguments": "a function takes what is left with `..rest`",
    "instanceof": "`is` tests a type: `x is int`", "isinstance": "`is` tests a type: `x is int`",
    "Exception": "errors are declared: `error Name { Case }`, or raised as text: `fail \"…\"`",
    "Error": "errors are declared: `error Name { Case }`, or raised as text: `fail \"…\"`",
    "ValueError": "errors are declared: `error Name { Case }`, or raised as text: `fail \"…\"`",
    "setTimeout": "in a nursery: `spawn do sleep(1s) … end`",
    "Some": "a value that may be absent is the value itself or `null`",
    "Ok": "a function gives its value, or fails with `fail`",
    "Err": "a function gives its value, or fails with `fail`",
    "enumerate": "`for i, x in list do` gives the index too",
    "pairs": "`for key, value in map do` walks a map",
    "ipairs": "`for i, x in list do` walks a list",
    "input": "standard input is a file: `use std.fs`, `fs.read(\"-\")`",
    "guard": "write `return unless condition`",
    "repeat": "write `while true do … break when … end`",
    "begin": "a block begins with `do`", "goto": "loops have labels: `break outer`",
    "vec": "write `[1, 2, 3]`", "dict": "write `{ key: value }`", "tuple": "write `[a, b]`",
  ]

  /// `range(10)` and other calls of types that nothing makes so.
  mutating func checkCallee(_ call: Node) {
    let callee = tree[call.a]
    guard callee.kind == .name else { return }
    let symbol = resolution.symbolOfNode[Int(call.a)]
    guard symbol >= 0, resolution.symbols[Int(symbol)].kind == .coreType,
      tree.name(callee.a) == "range"
    else { return }
    let arguments = tree.items(call.b)
    let bounds = arguments.map { sourceText($0) }
    let help: String
    switch bounds.count {
    case 1: help = "0..<\(bounds[0])"
    case 2: help = "\(bounds[0])..<\(bounds[1])"
    default: help = "0..<n"
    }
    report(
      .notCallable, callee.span, "`range` is a type and cannot be called",
      help: "a range is written `\(help)`",
      fix: help.contains("…") || bounds.isEmpty || bounds.count > 2
        ? nil : .init(span: call.span, replacement: help))
  }

  /// How a short operand reads; a longer one is left open.
  private func sourceText(_ id: NodeID) -> String {
    let node = tree[id]
    switch node.kind {
    case .integer: return "\(tree.integers[Int(node.a)])"
    case .name: return tree.name(node.a)
    default: return "(…)"
    }
  }

  /// A field of the type whose method names it without `self.`.
  func fieldOfSelf(_ name: NameID) -> Bool {
    guard let method = enclosingMethod(), let target = implTarget(of: method) else { return false }
    let symbol = resolution.symbolOfNode[Int(target)]
    guard symbol >= 0, resolution.symbols[Int(symbol)].kind == .structure else { return false }
    return tree.elements(tree[resolution.symbols[Int(symbol)].node].b).contains {
      tree[$0].a == name
    }
  }

  private func enclosingMethod() -> NodeID? {
    var index = function
    while index >= 0 {
      if resolution.functions[index].isMethod { return resolution.functions[index].node }
      index = resolution.functions[index].parent
    }
    return nil
  }

  private func implTarget(of method: NodeID) -> NodeID? {
    tree.nodes.first { node in
      node.kind == .impl && node.start <= tree[method].start && tree[method].end <= node.end
    }?.a
  }
}

/// A tree as text, for tests and for people who debug.
///
/// It reads like `(let (patternBinding x) - (binary add a 1))`.
/// Literals and names stand for themselves, lists in brackets, absent children are `-`, and absent
/// children at the end are left out.
public struct TreeDump {
  /// The s-expression.
  public let text: String

  /// The text of the whole tree.
  public init(_ tree: Tree) {
    self.init(tree, node: tree.root)
  }

  /// The text of one node and all below it.
  public init(_ tree: Tree, node: NodeID) {
    var writer = Writer(tree: tree)
    if node >= 0 { writer.write(node) }
    text = writer.text
  }

  private struct Writer {
    let tree: Tree
    var text = ""

    mutating func write(_ id: NodeID) {
      let node = tree[id]
      switch node.kind {
      case .null, .true, .false, .error: text += "\(node.kind)"
      case .integer: text += String(tree.integers[Int(node.a)])
      case .float: text += "\(tree.floats[Int(node.a)])"
      case .duration: text += "\(tree.integers[Int(node.a)])ns"
      case .string: quote(node.a)
      case .name: text += tree.name(node.a)
      case .block where node.flags.isEmpty: writeList(node.a, .node, "{", "}")
      default: writeNode(node)
      }
    }

    private mutating func writeNode(_ node: Node) {
      text += "(\(node.kind)"
      if node.op != .none { text += " \(node.op)" }
      for (flag, name) in Self.flagNames where node.flags.contains(flag) { text += " \(name)" }
      let layout = node.kind.layout
      var children = [(node.a, layout.a), (node.b, layout.b), (node.c, layout.c)]
      while let last = children.last, last.1 == .none || last.0 < 0 { children.removeLast() }
      for (value, part) in children {
        text += " "
        write(value, part)
      }
      text += ")"
    }

    private mutating func write(_ value: Int32, _ part: NodePart) {
      guard value >= 0 else {
        text += "-"
        return
      }
      switch part {
      case .none: text += "\(value)"
      case .node: write(value)
      case .name: text += tree.name(value)
      case .text: quote(value)
      case .nodes: writeList(value, .node, "[", "]")
      case .names: writeList(value, .name, "[", "]")
      case .blockAndLabel:
        let items = Array(tree.items(value))
        for (index, item) in items.enumerated() where index == 0 || item >= 0 {
          if index > 0 { text += " " }
          write(item, index == 0 ? .node : .name)
        }
      }
    }

    private mutating func writeList(
      _ list: ListID, _ part: NodePart, _ open: String, _ close: String
    ) {
      text += open
      for (index, item) in tree.items(list).enumerated() {
        if index > 0 { text += " " }
        write(item, part)
      }
      text += close
    }

    private mutating func quote(_ index: Int32) {
      text += "\""
      for scalar in String(decoding: tree.strings[Int(index)], as: UTF8.self).unicodeScalars {
        switch scalar {
        case "\n": text += "\\n"
        case "\"": text += "\\\""
        case "\\": text += "\\\\"
        default: text.unicodeScalars.append(scalar)
        }
      }
      text += "\""
    }

    private static let flagNames: [(NodeFlags, String)] = [
      (.isPublic, "pub"), (.isNative, "native"), (.isOptional, "optional"), (.isRest, "rest"),
      (.isInclusive, "inclusive"), (.usesBraces, "braces"), (.isNegated, "negated"),
      (.isShort, "short"),
    ]
  }
}

/// What one of the three fields of a node holds.
enum NodePart {
  case none, node, name, text, nodes, names, blockAndLabel
}

extension NodeKind {
  /// What the fields of a node hold, as said beside each kind in `NodeKind`.
  var layout: (a: NodePart, b: NodePart, c: NodePart) {
    switch self {
    case .error, .null, .true, .false, .patternWildcard, .integer, .float, .duration:
      (.none, .none, .none)
    case .string, .bytes, .useZig: (.text, .none, .none)
    case .name, .break, .continue, .patternRest: (.name, .none, .none)
    case .interpolation, .list, .map, .select, .block, .patternAlternatives, .patternList,
      .patternMap, .typeUnion:
      (.nodes, .none, .none)
    case .formatted: (.node, .text, .none)
    case .spread, .not, .unary, .parentheses, .try, .await, .spawn, .nursery, .return, .fail,
      .defer, .stepMarker, .patternLiteral, .patternType, .typeOptional:
      (.node, .none, .none)
    case .mapEntry, .index, .binary, .compare, .and, .or, .coalesce, .in, .is, .range, .pipe,
      .within, .catchFallback, .assign, .conditional, .test, .feature, .scenario, .patternRange:
      (.node, .node, .none)
    case .structLiteral, .call, .match, .catchArms, .patternStruct: (.node, .nodes, .none)
    case .member: (.node, .name, .none)
    case .namedArgument, .usingBinding, .patternBinding: (.name, .node, .none)
    case .caseShorthand: (.name, .nodes, .none)
    case .closure: (.nodes, .node, .node)
    case .parameter, .field: (.name, .node, .node)
    case .function: (.name, .nodes, .nodes)
    case .if, .arm, .selectReceive, .selectSend, .selectTimeout, .selectDefault, .let, .var, .const:
      (.node, .node, .node)
    case .using: (.nodes, .node, .none)
    case .catchBinding: (.node, .name, .node)
    case .while: (.node, .node, .name)
    case .for: (.nodes, .node, .blockAndLabel)
    case .struct, .enum, .errorType, .enumCase, .trait: (.name, .nodes, .none)
    case .impl: (.node, .node, .nodes)
    case .use: (.text, .name, .names)
    case .patternCase: (.node, .name, .nodes)
    case .patternField: (.name, .node, .node)
    case .typeName: (.name, .nodes, .name)
    case .typeFunction: (.nodes, .node, .none)
    }
  }
}

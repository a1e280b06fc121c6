public import JanusSource

/// The index of a node in `Tree.nodes`; -1 stands for an absent child.
public typealias NodeID = Int32
/// The index of an interned name in `Tree.names`; -1 stands for an absent name.
public typealias NameID = Int32
/// The index of a child list in `Tree.lists`: the count, then the items. -1 stands for an absent
/// list.
public typealias ListID = Int32

/// One syntactic construct. What `a`, `b` and `c` hold is said beside each `NodeKind`.
///
/// Nodes live in one array and name each other by index: parsing allocates nothing per node, and
/// later stages keep what they find in arrays beside it.
public struct Node: Sendable {
  public var kind: NodeKind
  public var flags: NodeFlags
  public var op: Operator
  public var start: UInt32
  public var end: UInt32
  public var a: Int32
  public var b: Int32
  public var c: Int32

  public var span: Span { Span(start, end) }

  public init(
    _ kind: NodeKind,
    _ start: UInt32,
    _ end: UInt32,
    a: Int32 = -1,
    b: Int32 = -1,
    c: Int32 = -1,
    op: Operator = .none,
    flags: NodeFlags = []
  ) {
    self.kind = kind
    self.flags = flags
    self.op = op
    self.start = start
    self.end = end
    self.a = a
    self.b = b
    self.c = c
  }
}

/// The tree of one source file.
public struct Tree: Sendable {
  public var nodes: [Node] = []
  public var lists: [Int32] = []
  /// Interned names; a `NameID` is an index.
  public var names: [String] = []
  public var integers: [Int64] = []
  public var floats: [Double] = []
  /// Decoded text and byte literals.
  public var strings: [[UInt8]] = []
  /// Comments in source order, for the formatter and for doc comments.
  public var comments: [Comment] = []
  /// The `block` node that holds the file's statements.
  public var root: NodeID = -1
  /// True when the text ended inside an open construct: more input could make it right.
  public var isIncomplete = false

  public init() {}

  public subscript(_ id: NodeID) -> Node {
    @inline(__always) get { nodes[Int(id)] }
  }

  /// The items of a list; empty for an absent one.
  public func items(_ list: ListID) -> ArraySlice<Int32> {
    guard list >= 0 else { return [] }
    let start = Int(list) + 1
    return lists[start..<start + Int(lists[Int(list)])]
  }

  /// The elements of a shape, without those that did not parse.
  public func elements(_ list: ListID) -> [NodeID] {
    items(list).filter { self[$0].kind != .error }
  }

  /// The texts that did not parse.
  public var skippedSpans: [Span] { nodes.filter { $0.kind == .error }.map(\.span) }

  /// Whether every element of a shape parsed: otherwise nothing can be said of what it lacks.
  public func isWhole(_ list: ListID) -> Bool { !items(list).contains { self[$0].kind == .error } }

  public func name(_ id: NameID) -> String { names[Int(id)] }
}

/// A comment as it stands in the source, with its markers.
public struct Comment: Sendable {
  public enum Kind: Sendable { case line, doc, block, shebang }
  public var kind: Kind
  public var span: Span
  public init(kind: Kind, span: Span) {
    self.kind = kind
    self.span = span
  }
}

public struct NodeFlags: OptionSet, Sendable {
  public var rawValue: UInt8
  public init(rawValue: UInt8) { self.rawValue = rawValue }
  /// `pub` before a declaration.
  public static let isPublic = NodeFlags(rawValue: 1)
  /// `native` before a function of the standard library: it has no body.
  public static let isNative = NodeFlags(rawValue: 2)
  /// `?.` (member), `..rest` (parameter), `..=`-like inclusive `..` (range), braces (block).
  public static let isOptional = NodeFlags(rawValue: 4)
  public static let isRest = NodeFlags(rawValue: 8)
  public static let isInclusive = NodeFlags(rawValue: 16)
  public static let usesBraces = NodeFlags(rawValue: 32)
  /// `not in`; `unless`.
  public static let isNegated = NodeFlags(rawValue: 64)
  /// A call written without parentheses, or `x := e` for a binding.
  public static let isShort = NodeFlags(rawValue: 128)
}

/// Operators, for `unary`, `binary`, `compare` and `assign` nodes and for step markers.
public enum Operator: UInt8, Sendable {
  case none
  case add, subtract, multiply, divide, remainder, power
  case addWrapping, subtractWrapping, multiplyWrapping
  case bitAnd, bitOr, bitXor, shiftLeft, shiftRight, shiftRightUnsigned
  case equal, notEqual, less, lessOrEqual, greater, greaterOrEqual
  case negate, bitNot
  case coalesce
  case given, when, then, and, but
}

/// What a node is. `e` is an expression, `s` a statement, `p` a pattern, `t` a type node.
public enum NodeKind: UInt8, Sendable {
  /// A construct that did not parse; a diagnostic was reported. No children.
  case error

  // Literals
  case null, `true`, `false`
  /// a: index into `integers`
  case integer
  /// a: index into `floats`
  case float
  /// a: index into `integers`, nanoseconds
  case duration
  /// a: index into `strings`
  case string
  /// a: index into `strings`
  case bytes
  /// a: list of `string` and `formatted`
  case interpolation
  /// a: e, b: index into `strings` of the format, or -1
  case formatted
  /// a: list of e or `spread`
  case list
  /// a: list of `mapEntry` or `spread`
  case map
  /// a: key e (a `string` node for a bare or quoted key), b: value e
  case mapEntry
  /// a: e
  case spread
  /// a: type e (`name` or `member`), b: list of `namedArgument` or `spread`
  case structLiteral

  // Names and access
  /// a: name. `self` is a name too.
  case name
  /// a: object e, b: name; isOptional for `?.`
  case member
  /// a: object e, b: index e (a `range` slices)
  case index
  /// a: callee e, b: list of e, `spread` or `namedArgument` (a trailing closure is the last);
  /// isShort without parentheses
  case call
  /// a: name, b: e
  case namedArgument
  /// `.Case` or `.Case(args)`. a: name, b: list of arguments or -1
  case caseShorthand

  // Operators
  /// op; a: e
  case unary
  /// a: e (`not e`)
  case not
  /// op; a, b: e
  case binary
  /// op; a, b: e
  case compare
  /// a, b: e
  case and, or, coalesce
  /// a: element e, b: container e; isNegated for `not in`
  case `in`
  /// a: e, b: t or `patternCase` (for `.Case` and `Type.Case`)
  case `is`
  /// a: first e or -1, b: last e or -1; isInclusive for `..`
  case range
  /// `a |> b`, b being a call or a callee e
  case pipe
  /// a: e
  case parentheses
  /// a: e
  case `try`, await
  /// a: call e or `block`
  case spawn

  // Functions
  /// a: list of `parameter`, b: body (`block`, e or an assignment), c: result t or -1
  case closure
  /// a: name, b: t or -1, c: default e or -1; isRest for `..rest`. A destructuring closure
  /// parameter `|[a, b]|` has a = -1 and its pattern in c.
  case parameter
  /// a: name or -1 (an anonymous `func` is a `closure`), b: list of `parameter`, c: list [result t
  /// or -1, error t or -1, body `block` or -1]
  /// A result of `! E` alone has result -1. isPublic, isNative.
  case function

  // Control; all may be expressions
  /// a: condition e, b: `block`, c: `block`, `if` or -1
  case `if`
  /// a: subject e, b: list of `arm`
  case match
  /// a: p, b: guard e or -1, c: body (e, `block`, or a statement such as an assignment)
  case arm
  /// a: `block`
  case nursery
  /// a: duration e, b: `block`
  case within
  /// a: list of `selectReceive`, `selectSend`, `selectTimeout`, `selectDefault`
  case select
  /// `case p = ch.recv() do … end`: a: p or -1, b: channel e (the receiver of `.recv()`), c:
  /// `block`
  case selectReceive
  /// `case ch.send(v) do … end`: a: channel e, b: value e, c: `block`
  case selectSend
  /// a: duration e, c: `block`
  case selectTimeout
  /// c: `block`
  case selectDefault
  /// `using f := open(p), g := … do … end`: a: list of `usingBinding`, b: `block`
  case using
  /// a: name, b: e
  case usingBinding
  /// `e catch fallback`: a: e, b: e
  case catchFallback
  /// `e catch |err| body`: a: e, b: name, c: e or `block` (or a statement)
  case catchBinding
  /// `e catch { arms }`: a: e, b: list of `arm`
  case catchArms

  // Leaving; statements, and expressions after `?? catch or and =>`
  /// a: e or -1
  case `return`
  /// a: e
  case fail
  /// a: label name or -1
  case `break`, `continue`

  // Statements
  /// a: list of s; usesBraces
  case block
  /// a: p, b: t or -1, c: e or -1; isShort for `:=` (which is `let`); isPublic
  case `let`, `var`, const
  /// a: target (`name`, `member`, `index`, or a `list` of those), b: e; op: `.none` for `=`, else
  /// the operator of `+=` …, `.coalesce` for `??=`
  case assign
  /// a: condition e, b: `block`, c: label name or -1
  case `while`
  /// a: list of one or two p, b: e, c: list [`block`, label name or -1]
  case `for`
  /// a: s or `block`
  case `defer`
  /// `s when e`, `s unless e`: a: s, b: e; isNegated for `unless`
  case conditional
  /// a: `string`, b: `block`
  case test, feature, scenario
  /// op: given, when, then, and, but; a: `string`
  case stepMarker

  // Declarations
  /// a: name, b: list of `field`; isPublic
  case `struct`
  /// a: name, b: t or -1, c: default e or -1
  case field
  /// a: name, b: list of `enumCase`; isPublic
  case `enum`, errorType
  /// a: name, b: list of `field`, or -1 without payload
  case enumCase
  /// a: name, b: list of `function` (c's body is -1 without a default); isPublic
  case trait
  /// a: target t, b: trait t or -1, c: list of `function`
  case impl
  /// `use std.dmp as d`, `use "./x.jan" { a, b }`. a: string index of the path (`std.dmp`,
  /// `./x.jan`), b: alias name or -1, c: list of names or -1; isShort for a dotted module path (not
  /// quoted)
  case use
  /// a: index into `strings`
  case useZig

  // Patterns
  /// `_` or `else`
  case patternWildcard
  /// a: name, b: t or -1
  case patternBinding
  /// a: literal e (with sign)
  case patternLiteral
  /// a: first literal e or -1, b: last literal e or -1; isInclusive
  case patternRange
  /// a: list of p
  case patternAlternatives
  /// `.Case`, `Type.Case`, `mod.Type.Case(p, name: p, ..)`: a: type e (`name`/`member`) or -1, b:
  /// case name, c: list of p, `patternField`, `patternRest`, or -1
  case patternCase
  /// A bare capitalised name tests the type. a: t
  case patternType
  /// a: list of p or `patternRest`
  case patternList
  /// `..` or `..name`: a: name or -1
  case patternRest
  /// a: list of `patternField` or `patternRest`
  case patternMap
  /// `Point { x, y: 0 }`: a: type e, b: list of `patternField`
  case patternStruct
  /// `key: p`, or `key` alone (p is then a `patternBinding` of that name). a: name, b: p; a map key
  /// that is no name has a = -1 and its literal e in c
  case patternField

  // Types
  /// a: name, b: list of t or -1, c: module name or -1. The spellings `[]T`, `?T`, `String`, `f64`
  /// … are written in their canonical form here.
  case typeName
  /// a: t
  case typeOptional
  /// a: list of t
  case typeUnion
  /// a: list of t, b: t or -1
  case typeFunction
}

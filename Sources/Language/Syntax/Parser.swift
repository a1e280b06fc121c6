public import JanusSource

/// Builds the tree of a source file by recursive descent over tokens made on demand.
///
/// Parsing is total: any bytes give a tree, with a diagnostic for every mistake. Where a construct
/// does not parse, `SyntaxFailure` unwinds to the nearest place that can go on.
public struct Parser: ~Copyable {
  var lexer: Lexer
  var tree = Tree()
  /// The token to be parsed next.
  var token: Token
  /// The token before it.
  var previous: Token
  /// Items of lists that are not complete yet.
  var scratch: [Int32] = []
  /// Brackets and blocks that are open here, outermost first.
  var openers: [Opener] = []
  var context: Context = []
  /// Levels of recursion around the current token.
  var depth = 0
  /// The height of the expression or statement that was parsed last.
  var height: Int32 = 0
  /// The opener whose `end` stands too far left to be its own: the one that probably lacks its end.
  var suspect: Opener?
  /// Names that patterns bind: alternatives must not bind any.
  var bindingCount = 0
  var lastBinding = Span(0, 0)
  /// Uses of `nil`, `True` and the like, an error unless the file declares the name itself.
  var foreignLiterals: [NodeID] = []
  /// Tokens that were only looked at since the last decision.
  var lookAheadCount = 0
  /// Set when the rest of a line cannot be trusted: recovery goes on at the next one.
  var skipsLine = false

  let file: SourceFile
  let contextualWords = ContextualWord.allCases
  let foreignWords = ForeignWord.allCases
  let knownNames = KnownName.allCases

  /// Parses a file; what is wrong with it is appended to `diagnostics` in the order of the text.
  public static func parse(_ file: SourceFile, diagnostics: inout [Diagnostic]) -> Tree {
    guard file.bytes.count <= Limits.sourceByteCount else {
      diagnostics.append(
        Diagnostic(
          .sourceTooLarge, Span(0, 0),
          "the file has more than \(Limits.sourceByteCount >> 20) MB of source text"))
      var tree = Tree()
      tree.lists = [0]
      tree.nodes = [Node(.block, 0, 0, a: 0)]
      tree.root = 0
      return tree
    }
    return file.bytes.withUnsafeBufferPointer { source in
      var parser = Parser(file, source: source, diagnostics: diagnostics)
      parser.parseFile()
      diagnostics = parser.lexer.reports.sorted()
      return parser.tree
    }
  }

  private init(
    _ file: SourceFile, source: UnsafeBufferPointer<UInt8>, diagnostics: [Diagnostic]
  ) {
    self.file = file
    lexer = Lexer(source: source, diagnostics: diagnostics)
    lexer.validate()
    let first = Token(.semicolon, 0, 0, flags: [])
    token = first
    previous = first
    tree.nodes.reserveCapacity(source.count / 6 + 16)
    tree.lists.reserveCapacity(source.count / 12 + 16)
    scratch.reserveCapacity(1_024)
  }

  private mutating func parseFile() {
    advance()
    let list = parseTopLevel()
    tree.root = add(Node(.block, 0, UInt32(truncatingIfNeeded: lexer.count), a: list))
    reportForeignLiterals()
    tree.names = lexer.names.names
    tree.comments = lexer.comments
    tree.isIncomplete = lexer.reports.isIncomplete
  }
}

/// A construct could not be parsed.
///
/// The diagnostic was reported where this was thrown.
struct SyntaxFailure: Error {}

/// What the surroundings of an expression forbid or allow.
struct Context: OptionSet {
  var rawValue: UInt8
  /// Inside brackets: newlines separate nothing.
  static let newlinesAreFree = Context(rawValue: 1)
  /// The head of a statement: `{` and `do` open its block.
  static let isHead = Context(rawValue: 2)
  /// The arguments of a call without parentheses: a trailing `do` belongs to that call.
  static let hasNoTrailing = Context(rawValue: 4)
  /// The default of a closure parameter: `|` ends the list.
  static let hasNoBar = Context(rawValue: 8)
  /// The body of an arm: a comma may begin the next arm.
  static let isArmBody = Context(rawValue: 16)
}

/// A bracket or block that waits for its end.
struct Opener {
  enum Kind: UInt8 {
    case parenthesis, bracket, index, bars, brace, braceBlock, doBlock, interpolation
  }
  var kind: Kind
  var span: Span
  /// Where the statement that the block belongs to begins.
  ///
  /// Where the statement that the block belongs to begins.
  var head: UInt32
  /// The `do` of an `if`, whose `else` may follow.
  var isChain = false

  var isBlock: Bool { kind == .doBlock || kind == .braceBlock }

  /// How the end of this opener is written.
  var closer: String {
    switch kind {
    case .parenthesis: ")"
    case .bracket, .index: "]"
    case .bars: "|"
    case .brace, .braceBlock, .interpolation: "}"
    case .doBlock: "end"
    }
  }
}

/// The state that a failure may leave behind half-way.
struct Mark {
  var scratch: Int
  var openers: Int
  var context: Context
  var depth: Int
}

/// What is fuzzed.
///
/// Each target takes any bytes and must come back: a crash, a failed precondition or a run without
/// an end is a finding.
public enum FuzzTarget: String, CaseIterable, Sendable {
  /// Tokens of any text.
  case lexer
  /// The whole front end: tree, names, bytecode, and every diagnostic rendered.
  case parser
  /// A module image: read, verified, linked and run within limits.
  case image
  /// A program: compiled, written as an image and read again, run within limits.
  case program
  /// JSON read, written and read again.
  case json
  /// Patterns, compiled and tried on a text.
  case regex
  /// Formats, tables, wrapping, encodings and the methods of strings.
  case text
  /// Paths taken apart and made plain.
  case path

  /// Runs one input.
  public func run(_ input: [UInt8]) {
    switch self {
    case .lexer: LexerTarget.run(input)
    case .parser: ParserTarget.run(input)
    case .image: ImageTarget.run(input)
    case .program: ProgramTarget.run(input)
    case .json: LibraryTarget.json.run(input)
    case .regex: LibraryTarget.regex.run(input)
    case .text: LibraryTarget.text.run(input)
    case .path: LibraryTarget.path.run(input)
    }
  }

  /// What a program of the corpus gives to begin with; nil when it gives nothing.
  public func seed(from program: [UInt8]) -> [UInt8]? {
    switch self {
    case .lexer, .parser, .program: program
    case .image: ImageTarget.seed(from: program)
    case .json, .regex, .text, .path: nil
    }
  }

  /// Inputs to begin with that come from no program.
  public var seeds: [[UInt8]] { (library?.seeds ?? []).map { Array($0.utf8) } }

  private var library: LibraryTarget? {
    switch self {
    case .json: .json
    case .regex: .regex
    case .text: .text
    case .path: .path
    case .lexer, .parser, .image, .program: nil
    }
  }

  /// A changed input that still has the form of one; nil where only bytes can be changed.
  public func mutated(_ input: [UInt8], seed: UInt64) -> [UInt8]? {
    switch self {
    case .lexer, .parser, .program:
      var mutation = SourceMutation(input, seed: seed)
      return mutation.text()
    case .image:
      return ImageTarget.mutated(input, seed: seed)
    case .json, .regex, .text, .path: return nil
    }
  }

  /// Two inputs made one; nil where only bytes can be mixed.
  public func crossed(_ first: [UInt8], _ second: [UInt8], seed: UInt64) -> [UInt8]? {
    switch self {
    case .lexer, .parser, .program:
      var mutation = SourceMutation(first, seed: seed)
      return mutation.spliced(with: second)
    case .image:
      return ImageTarget.crossed(first, second, seed: seed)
    case .json, .regex, .text, .path: return nil
    }
  }

  /// Words that inputs are made of.
  public var dictionary: [String] {
    switch self {
    case .lexer, .parser, .program: SourceMutation.words
    case .image: []
    case .json, .regex, .text, .path: library?.dictionary ?? []
    }
  }
}

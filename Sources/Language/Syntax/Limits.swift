/// The bounds of what the parser takes on, so that hostile text costs neither stack nor time.
enum Limits {
  /// Recursion of any kind: nested brackets, blocks, patterns, types and prefix operators.
  ///
  /// Parsing up to here fits into 512 KB of stack even in a debug build.
  static let nestingDepth = 180
  /// The height of the tree below one statement: later stages walk it recursively, and a long
  /// chain of operators, calls or members is as high as it is long.
  static let treeHeight: Int32 = 2_000
  /// Tokens that are looked at before a decision; a shape that needs more is guessed.
  static let lookAheadCount = 4_000
  /// White space at the beginning of a line; more is not told apart.
  static let indentation = 400
  /// Bytes in one source file.
  static let sourceByteCount = 64 << 20
  /// Diagnostics of one file; random bytes would otherwise fill the memory with them.
  static let diagnosticCount = 1_000
}

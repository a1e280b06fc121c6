/// The bounds of what the parser takes on, so that hostile text costs neither stack nor time.
package enum Limits {
  /// Recursion of any kind: nested brackets, blocks, patterns, types and prefix operators. Parsing
  /// up to here fits into 512 KB of stack even in a debug build.
  package static let nestingDepth = 180
  /// The height of the tree below one statement: later stages walk it recursively, and a long
  /// chain of operators, calls or members is as high as it is long.
  package static let treeHeight: Int32 = 2_000
  /// Bytes in one source file.
  package static let sourceByteCount = 64 << 20
  /// Diagnostics of one file; random bytes would otherwise fill the memory with them.
  package static let diagnosticCount = 1_000
}

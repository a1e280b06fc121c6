import JanusSyntax

/// The names of one block.
struct Scope {
  var names: [NameID: SymbolID] = [:]
  var function: Int
  /// Variables that the block declares further on.
  var upcoming: Set<NameID> = []
}

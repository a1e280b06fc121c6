public import JanusSemantics
public import JanusSource
public import JanusSyntax

/// A module as parser and resolver leave it, ready to be checked.
public struct CheckedModule: Sendable {
  /// The unique name: `std.json`, `core/list`, or the path of a file.
  public var name: String
  public var file: SourceFile
  public var tree: Tree
  public var resolution: Resolution
  /// Part of the standard library: its signatures are believed, its bodies are not looked at.
  public var isLibrary: Bool
  /// Names could not be resolved: what seems unused may only be misspelt.
  public var hasErrors: Bool

  public init(
    name: String, file: SourceFile, tree: Tree, resolution: Resolution, isLibrary: Bool,
    hasErrors: Bool
  ) {
    self.name = name
    self.file = file
    self.tree = tree
    self.resolution = resolution
    self.isLibrary = isLibrary
    self.hasErrors = hasErrors
  }
}

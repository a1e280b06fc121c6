public import JanusSource

/// What can be said of a program before it runs (`janus check`).
public enum Check {
  /// The diagnostics of each module that is not of the library, by module name.
  public static func run(_ modules: [CheckedModule]) -> [String: [Diagnostic]] {
    let program = Program(modules)
    var found: [String: [Diagnostic]] = [:]
    for (module, checker) in zip(modules, program.checkers) where !module.isLibrary {
      found[module.name] = checker.check()
    }
    return found
  }
}

/// The cases of the prelude's `error Fault`: what the machine itself can raise.
public enum FaultKind: Int, CaseIterable, Sendable {
  case type, name, arity, index, key, overflow, divisionByZero, shift, contract, noMatch, null
  case recursion, timeout, deadlock, closed, denied, limit, parse, io

  /// The name of the case, as scripts write it.
  public var caseName: String {
    let name = "\(self)"
    return name.prefix(1).uppercased() + name.dropFirst()
  }
}

/// The cases of the prelude's `error Fault`: what the machine itself can raise.
public enum FaultKind: Int, CaseIterable, Sendable {
  case type, name, arity, index, key, overflow, divisionByZero, shift, contract, noMatch, null
  case recursion, timeout, deadlock, closed, denied, limit, parse, io

  /// The name of the case, as scripts write it. (Reflection would take a fifth of the start-up.)
  public var caseName: String {
    switch self {
    case .type: "Type"
    case .name: "Name"
    case .arity: "Arity"
    case .index: "Index"
    case .key: "Key"
    case .overflow: "Overflow"
    case .divisionByZero: "DivisionByZero"
    case .shift: "Shift"
    case .contract: "Contract"
    case .noMatch: "NoMatch"
    case .null: "Null"
    case .recursion: "Recursion"
    case .timeout: "Timeout"
    case .deadlock: "Deadlock"
    case .closed: "Closed"
    case .denied: "Denied"
    case .limit: "Limit"
    case .parse: "Parse"
    case .io: "Io"
    }
  }
}

/// Words of other languages that readers of those languages will write.
///
/// They are ordinary names in Janus; the parser looks at them only where their foreign use would
/// otherwise be a riddle.
enum ForeignWord: String, CaseIterable {
  // In place of `func`
  case def, fn, function, fun, proc
  // In place of `else if`
  case elif, elsif, elseif, elseIf
  // In place of other statements
  case `switch`, foreach, until, loop, `guard`, `repeat`
  case `throw`, raise
  case `class`, interface, type, `protocol`, namespace, package
  case `import`, require, include, from
  case `public`, export, `private`, `static`, async, `mut`
  case except, finally, lambda, new, local
  // In place of `null`, `true` and `false`
  case `nil`, none = "None", undefined, upperNull = "NULL", nullptr
  case upperTrue = "True", upperFalse = "False"
  case void

  static let first = NameTable.keywordCount + NameTable.contextualCount

  /// The Janus literal for a foreign spelling of one.
  var literal: String? {
    switch self {
    case .nil, .none, .undefined, .upperNull, .nullptr: "null"
    case .upperTrue: "true"
    case .upperFalse: "false"
    default: nil
    }
  }
}

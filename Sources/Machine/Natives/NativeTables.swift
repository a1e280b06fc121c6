public import JanusVM

/// The native functions of the standard library, by module.
public enum NativeTables {
  /// The natives that the source of a module declares; empty for one that has none.
  ///
  /// - Parameter module: a name of `StandardLibrary.moduleNames`.
  public static func table(for module: String) -> [Native] {
    switch module {
    case "prelude": PreludeNatives.table
    case "core/list": ListNatives.table
    case "core/map": MapNatives.table
    case "core/range": RangeNatives.table
    case "core/string": StringNatives.table
    case "core/bytes": BytesNatives.table
    case "core/int": NumberNatives.int
    case "core/float": NumberNatives.float
    case "core/duration": NumberNatives.duration
    case "core/task": TaskNatives.task
    case "core/channel": TaskNatives.channel
    case "std.math": MathNatives.table
    case "std.io": InputNatives.table
    case "std.process": ProcessNatives.table
    case "std.path": PathNatives.table
    case "std.regex": RegexNatives.table
    case "std.log": LogNatives.table
    case "std.json": JSONNatives.table
    case "std.text": TextNatives.table
    case "std.time": TimeNatives.table
    case "std.random": RandomNatives.table
    case "std.env": EnvironmentNatives.table
    case "std.fs": FileNatives.table
    default: []
    }
  }
}

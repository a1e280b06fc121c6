import JanusBytecode

/// A struct, or one case of an enum or error, in the machine.
struct Shape {
  var type: Int
  var name: String
  /// Struct, enumeration or error.
  var tag: UInt8
  var fieldNames: [Address]
  var fieldTexts: [String]
  /// Contract numbers, -1 without one.
  var contracts: [Int]
  /// The function that makes a value; undefined where there is none.
  var constructor: Value
  /// The one value of a case without payload.
  var singleton: Value
  var fieldCount: Int { fieldTexts.count }
  /// Errors that no `catch` sees: cancellation, exit, limits.
  var isUncatchable = false
}

struct TypeName: Hashable {
  var module: String
  var name: String
}

/// A user type or a core type, with its methods.
struct RuntimeType {
  var name: TypeName
  var kind: TypeDeclaration.Kind?
  var shapes: [Int] = []
  /// By address of the interned name.
  var methods: [UInt: Value] = [:]
  var statics: [UInt: Value] = [:]
  /// Numbers of the traits it has.
  var traits: Set<Int> = []
  /// Core types: its module of methods was loaded.
  var isLoaded = true
}

/// A contract with its types resolved to numbers.
indirect enum RuntimeContract {
  case any, null, bool, float, string, bytes, duration, range, function, task, channel, error, type
  case int(low: Int, high: Int)
  case list(RuntimeContract)
  case map(RuntimeContract, RuntimeContract)
  case optional(RuntimeContract)
  case union([RuntimeContract])
  case named(Int)
}

/// A prototype in the machine: its record, and what slow paths need.
struct LoadedPrototype {
  var record: Address
  var name: String
  var module: String
  var parameterNames: [String]
  var captures: [Prototype.Capture]
  var places: [Prototype.Place]
  var registerCount: Int
}

struct LoadedNative {
  var name: String
  var parameterNames: [String]
  var hasRest: Bool
  /// Named arguments that are no parameters arrive as a map behind the others: the rest parameter
  /// is called `fields`.
  var takesFields: Bool { hasRest && parameterNames.last == "fields" }
}

/// A linked module.
struct LoadedModule {
  var image: ModuleImage
  var globals: Address
  /// Numbers in `Machine.prototypes`.
  var firstPrototype: Int
  var exports: [String: ModuleImage.Export.Target]
  var hasRun = false
}

/// The machine's record of a native, outside the heap.
enum NativeRecord {
  static let function = 0
  static let required = 8
  static let maximum = 12
  static let index = 16
  static let size = 24
}

/// What a value is. Tags from `string` on name heap objects.
///
/// The tag is one byte: with a wider one the compiler copies both words at once after two separate
/// stores, store forwarding fails, and field access is 2.6 times slower.
public enum Tag {
  public static let int: UInt8 = 0
  public static let float: UInt8 = 1
  public static let `false`: UInt8 = 2
  public static let `true`: UInt8 = 3
  public static let null: UInt8 = 4
  public static let duration: UInt8 = 5
  /// An absent argument or a variable before its initialiser; no script sees it.
  public static let undefined: UInt8 = 6
  public static let firstHeap: UInt8 = 16
  public static let string: UInt8 = 16
  public static let bytes: UInt8 = 17
  public static let list: UInt8 = 18
  public static let map: UInt8 = 19
  public static let structure: UInt8 = 20
  public static let enumeration: UInt8 = 21
  public static let error: UInt8 = 22
  public static let closure: UInt8 = 23
  public static let native: UInt8 = 24
  public static let range: UInt8 = 25
  public static let task: UInt8 = 26
  public static let channel: UInt8 = 27
  public static let type: UInt8 = 28
  public static let handle: UInt8 = 29
  // Never in a register that a script can name.
  public static let cell: UInt8 = 30
  public static let nursery: UInt8 = 31
  public static let deadline: UInt8 = 32
  public static let buffer: UInt8 = 33
  public static let trace: UInt8 = 34
  public static let waiter: UInt8 = 35
  public static let count = 36
}

/// A Janus value: 64 bits and a tag, 16 bytes apart in memory.
public struct Value {
  public var bits: UInt64
  public var tag: UInt8

  @inlinable @inline(__always) public init(bits: UInt64, tag: UInt8) {
    self.bits = bits
    self.tag = tag
  }

  package static let stride = 16
}

extension Value {
  public static var null: Value { @inline(__always) get { Value(bits: 0, tag: Tag.null) } }
  static var undefined: Value { @inline(__always) get { Value(bits: 0, tag: Tag.undefined) } }
  @inline(__always) public static func bool(_ value: Bool) -> Value {
    Value(bits: 0, tag: value ? Tag.true : Tag.false)
  }
  @inline(__always) public static func int(_ value: Int) -> Value {
    Value(bits: UInt64(bitPattern: Int64(value)), tag: Tag.int)
  }
  @inline(__always) public static func float(_ value: Double) -> Value {
    Value(bits: value.bitPattern, tag: Tag.float)
  }
  @inline(__always) public static func duration(nanoseconds: Int) -> Value {
    Value(bits: UInt64(bitPattern: Int64(nanoseconds)), tag: Tag.duration)
  }
  @inline(__always) public static func object(_ address: Address, _ tag: UInt8) -> Value {
    Value(bits: UInt64(UInt(bitPattern: address)), tag: tag)
  }
  public var isInt: Bool { @inline(__always) get { tag == Tag.int } }
  public var isFloat: Bool { @inline(__always) get { tag == Tag.float } }
  public var isNumber: Bool { @inline(__always) get { tag <= Tag.float } }
  public var isBool: Bool { @inline(__always) get { tag & 0xfe == Tag.false } }
  public var isNull: Bool { @inline(__always) get { tag == Tag.null } }
  public var isString: Bool { @inline(__always) get { tag == Tag.string } }
  var isUndefined: Bool { @inline(__always) get { tag == Tag.undefined } }
  public var isHeap: Bool { @inline(__always) get { tag >= Tag.firstHeap } }
  public var asInt: Int { @inline(__always) get { Int(Int64(bitPattern: bits)) } }
  public var asFloat: Double { @inline(__always) get { Double(bitPattern: bits) } }
  public var asBool: Bool { @inline(__always) get { tag == Tag.true } }
  /// An int or a float as a float.
  public var number: Double { @inline(__always) get { isInt ? Double(asInt) : asFloat } }
  /// The object of a heap value.
  public var address: Address {
    @inline(__always) get { Address(bitPattern: UInt(bits)).unsafelyUnwrapped }
  }
  /// The same bits and tag: identity for objects.
  @inline(__always) func isIdentical(to other: Value) -> Bool {
    bits == other.bits && tag == other.tag
  }
}

@inline(__always) func bothInt(_ left: Value, _ right: Value) -> Bool { left.tag | right.tag == 0 }
@inline(__always) func bothFloat(_ left: Value, _ right: Value) -> Bool {
  left.tag == Tag.float && right.tag == Tag.float
}

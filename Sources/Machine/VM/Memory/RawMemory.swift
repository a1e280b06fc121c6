/// An address in the machine's own memory: heap cells, stacks, code and the state itself.
public typealias Address = UnsafeMutableRawPointer

// SAFETY: every offset is a constant of an object layout (`Layouts.swift`), a register field that
// the verifier has bounded, or an index the caller has compared with a count.
extension UnsafeMutableRawPointer {
  @inline(__always) func u64(_ offset: Int) -> UInt64 {
    load(fromByteOffset: offset, as: UInt64.self)
  }
  @inline(__always) func u32(_ offset: Int) -> UInt32 {
    load(fromByteOffset: offset, as: UInt32.self)
  }
  @inline(__always) func u16(_ offset: Int) -> UInt16 {
    load(fromByteOffset: offset, as: UInt16.self)
  }
  @inline(__always) func u8(_ offset: Int) -> UInt8 {
    load(fromByteOffset: offset, as: UInt8.self)
  }
  @inline(__always) func int(_ offset: Int) -> Int { load(fromByteOffset: offset, as: Int.self) }
  @inline(__always) func address(_ offset: Int) -> Address {
    Address(bitPattern: load(fromByteOffset: offset, as: UInt.self)).unsafelyUnwrapped
  }
  @inline(__always) func optionalAddress(_ offset: Int) -> Address? {
    Address(bitPattern: load(fromByteOffset: offset, as: UInt.self))
  }
  @inline(__always) func put(_ offset: Int, _ value: UInt64) {
    storeBytes(of: value, toByteOffset: offset, as: UInt64.self)
  }
  @inline(__always) func put(_ offset: Int, _ value: Int) {
    storeBytes(of: value, toByteOffset: offset, as: Int.self)
  }
  @inline(__always) func put(_ offset: Int, _ value: UInt32) {
    storeBytes(of: value, toByteOffset: offset, as: UInt32.self)
  }
  @inline(__always) func put(_ offset: Int, _ value: UInt8) {
    storeBytes(of: value, toByteOffset: offset, as: UInt8.self)
  }
  @inline(__always) func put(_ offset: Int, _ value: Address?) {
    storeBytes(of: UInt(bitPattern: value), toByteOffset: offset, as: UInt.self)
  }
  /// The value stored at an offset.
  @inline(__always) func value(_ offset: Int) -> UnsafeMutablePointer<Value> {
    (self + offset).assumingMemoryBound(to: Value.self)
  }
}

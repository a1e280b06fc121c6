import CSodium

/// An address for what is empty: C functions that read no bytes still want one.
// SAFETY: one byte, never written after its start, never freed.
private nonisolated(unsafe) let nowhere: UnsafeMutablePointer<UInt8> = {
  let pointer = UnsafeMutablePointer<UInt8>.allocate(capacity: 1)
  pointer.initialize(to: 0)
  return pointer
}()

extension UnsafeRawBufferPointer {
  /// As C wants it.
  @inline(__always)
  var unsignedBytes: UnsafePointer<UInt8> {
    baseAddress?.assumingMemoryBound(to: UInt8.self) ?? UnsafePointer(nowhere)
  }
}

extension UnsafeMutableRawBufferPointer {
  /// As C wants it.
  @inline(__always)
  var unsignedBytes: UnsafeMutablePointer<UInt8> {
    baseAddress?.assumingMemoryBound(to: UInt8.self) ?? nowhere
  }
}

extension UnsafeMutableRawBufferPointer {
  /// Zeroes memory that held a secret; the compiler cannot leave it out.
  public func resetSecretBytes() {
    if let baseAddress { sodium_memzero(baseAddress, count) }
  }
}

/// Memory that holds a secret: locked, left out of core dumps, zeroed at its end.
///
/// A conforming type is not copyable, so it can be neither printed, nor compared with `==`, nor
/// captured by an escaping closure.
public protocol SecretMemory: ~Copyable {
  /// Its size.
  var byteCount: Int { get }

  /// Gives the secret to the closure, which must not let the pointer out.
  borrowing func withUnsafeBytes<Result: ~Copyable, Failure: Error>(
    _ body: (UnsafeRawBufferPointer) throws(Failure) -> Result
  ) throws(Failure) -> Result
}

extension SecretMemory where Self: ~Copyable {
  /// Compares in a time that depends on the sizes only.
  public borrowing func isEqual(to other: borrowing some SecretMemory & ~Copyable) -> Bool {
    withUnsafeBytes { mine in
      other.withUnsafeBytes { theirs in ConstantTime.areEqual(mine.bytes, theirs.bytes) }
    }
  }
}


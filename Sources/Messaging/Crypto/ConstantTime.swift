import CSodium

/// Comparisons whose time says nothing about the bytes.
public enum ConstantTime {
  /// True when sizes and bytes are equal; the sizes are no secret.
  public static func areEqual(_ left: RawSpan, _ right: RawSpan) -> Bool {
    let count = left.byteCount
    guard count == right.byteCount else { return false }
    return left.withUnsafeBytes { left in
      right.withUnsafeBytes { right in
        guard let left = left.baseAddress, let right = right.baseAddress else { return true }
        return sodium_memcmp(left, right, count) == 0
      }
    }
  }

  /// True when both hold the same bytes.
  public static func areEqual(_ left: [UInt8], _ right: [UInt8]) -> Bool {
    areEqual(left.span.bytes, right.span.bytes)
  }
}

/// The chain of the Double Ratchet (DMP wire format, RATCHET; Signal's Double Ratchet §5.2).
public enum ChainKey {
  /// Advances a chain: writes the message key, then replaces the chain key; 32 bytes each.
  ///
  /// `mk = HMAC(CK, 01)`, `CK = HMAC(CK, 02)`, with HMAC-SHA256.
  @inline(__always)
  public static func advance(
    _ chainKey: UnsafeMutableRawPointer,
    messageKey: UnsafeMutableRawPointer
  ) {
    HMAC<SHA256>.withKey(UnsafeRawBufferPointer(start: chainKey, count: 32)) { key in
      key.begin()
      key.absorb(0x01)
      key.finish(messageKey)
      key.begin()
      key.absorb(0x02)
      key.finish(chainKey)
    }
  }
}

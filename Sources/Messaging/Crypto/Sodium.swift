import CSodium

/// The library's one-time start: it picks the implementations that the processor allows.
enum Sodium {
  private static let isStarted: Bool = sodium_init() >= 0

  /// Must come before any call that allocates, draws or encrypts; costs one comparison afterwards.
  @inline(__always)
  static func start() {
    precondition(isStarted, "libsodium does not start: the system gives no random bytes")
  }
}

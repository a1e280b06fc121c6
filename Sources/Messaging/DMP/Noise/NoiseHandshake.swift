import JanusCrypto

/// What both roles of a handshake hold: the tokens of XX and XXpsk3 work on it.
struct NoiseHandshake<Hash: NoiseHash>: ~Copyable {
  var symmetric: SymmetricState<Hash>
  let pattern: NoisePattern
  private let staticKey: LinkSecretKey
  private let ephemeralKey: LinkSecretKey
  private var remoteEphemeral: LinkPublicKey?
  private(set) var remoteStatic: LinkPublicKey?
  let arena: SecretArena

  init(
    _ pattern: NoisePattern,
    prologue: [UInt8],
    staticKey: consuming LinkSecretKey,
    ephemeralKey: consuming LinkSecretKey,
    arena: SecretArena
  ) throws(NoiseError) {
    let name = "\(pattern.name)_25519_ChaChaPoly_\(Hash.name)"
    do throws(CryptoError) {
      symmetric = try SymmetricState<Hash>(protocolName: name, arena: arena)
    } catch {
      throw .outOfMemory
    }
    symmetric.mixHash(prologue.span.bytes)
    self.pattern = pattern
    self.staticKey = staticKey
    self.ephemeralKey = ephemeralKey
    self.arena = arena
  }

  /// Which of my keys is multiplied with which of the peer's.
  enum Agreement { case ee, myEphemeralTheirStatic, myStaticTheirEphemeral }

  /// Token `e`, written.
  mutating func writeEphemeral(to message: inout [UInt8]) throws(NoiseError) {
    let bytes = ephemeralKey.publicKey.bytes
    message += bytes.array
    try mixEphemeral(bytes)
  }

  /// Token `e`, read.
  mutating func readEphemeral(_ part: RawSpan) throws(NoiseError) {
    let key = try Self.publicKey(part)
    remoteEphemeral = key
    try mixEphemeral(key.bytes)
  }

  private mutating func mixEphemeral(_ bytes: Bytes32) throws(NoiseError) {
    try bytes.withUnsafeBytes { bytes throws(NoiseError) in
      symmetric.mixHash(bytes.bytes)
      // §9.2: with a psk the ephemeral key is mixed into the chaining key, too.
      if pattern == .xxpsk3 { try mixKey(bytes) }
    }
  }

  /// Token `s`, written.
  mutating func writeStatic(to message: inout [UInt8]) throws(NoiseError) {
    let key = staticKey.publicKey.bytes.array
    try symmetric.encryptAndHash(key.span.bytes, to: &message)
  }

  /// Token `s`, read.
  mutating func readStatic(_ part: RawSpan) throws(NoiseError) {
    let bytes = try symmetric.decryptAndHash(part)
    remoteStatic = try Self.publicKey(bytes.span.bytes)
  }

  /// Tokens `ee`, `es` and `se`.
  mutating func agree(_ agreement: Agreement) throws(NoiseError) {
    var remote: LinkPublicKey?
    switch agreement {
    case .ee, .myStaticTheirEphemeral: remote = remoteEphemeral
    case .myEphemeralTheirStatic: remote = remoteStatic
    }
    guard let remote else { preconditionFailure("the pattern sends a key before it is used") }
    try withUnsafeTemporaryAllocation(byteCount: 32, alignment: 16) {
      (shared) throws(NoiseError) in
      guard let start = shared.baseAddress else { return }
      defer { shared.resetSecretBytes() }
      do throws(CryptoError) {
        switch agreement {
        case .ee, .myEphemeralTheirStatic: try ephemeralKey.agree(with: remote, into: start)
        case .myStaticTheirEphemeral: try staticKey.agree(with: remote, into: start)
        }
      } catch {
        throw .badKey
      }
      try mixKey(UnsafeRawBufferPointer(shared))
    }
  }

  /// Token `psk`.
  mutating func mix(psk: borrowing Secret32) throws(NoiseError) {
    do throws(CryptoError) {
      try psk.withUnsafeBytes { psk throws(CryptoError) in try symmetric.mixKeyAndHash(psk) }
    } catch {
      throw .outOfMemory
    }
  }

  private mutating func mixKey(_ bytes: UnsafeRawBufferPointer) throws(NoiseError) {
    do throws(CryptoError) {
      try symmetric.mixKey(bytes)
    } catch {
      throw .outOfMemory
    }
  }

  consuming func finish(isInitiator: Bool) throws(NoiseError) -> NoiseTransport {
    let arena = self.arena
    do throws(CryptoError) {
      return try symmetric.split(arena: arena).transport(isInitiator: isInitiator)
    } catch {
      throw .outOfMemory
    }
  }

  private static func publicKey(_ bytes: RawSpan) throws(NoiseError) -> LinkPublicKey {
    do throws(CryptoError) {
      return try LinkPublicKey(bytes: bytes)
    } catch {
      throw .badKey
    }
  }
}

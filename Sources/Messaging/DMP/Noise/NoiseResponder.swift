package import JanusCrypto

/// The side that is dialled, before the first message; see `NoiseInitiator`.
package struct NoiseResponder<Hash: NoiseHash>: ~Copyable {
  private var state: NoiseHandshake<Hash>

  /// A handshake; the ephemeral key is new for each.
  ///
  /// Throws `outOfMemory`.
  package init(
    _ pattern: NoisePattern,
    prologue: [UInt8],
    staticKey: consuming LinkSecretKey,
    ephemeralKey: consuming LinkSecretKey,
    arena: SecretArena
  ) throws(NoiseError) {
    state = try NoiseHandshake(
      pattern,
      prologue: prologue,
      staticKey: staticKey,
      ephemeralKey: ephemeralKey,
      arena: arena
    )
  }

  /// Reads message 1: `e`, and its payload.
  ///
  /// Throws `wrongLength`, `badKey` or, where there is a psk, `notAuthentic`.
  package consuming func readMessage1(
    _ message: RawSpan,
    payload: inout [UInt8]
  ) throws(NoiseError) -> Asked {
    guard message.byteCount >= state.pattern.message1ByteCount, message.byteCount <= 65_535 else {
      throw .wrongLength
    }
    try state.readEphemeral(message.extracting(first: 32))
    payload = try state.symmetric.decryptAndHash(message.extracting(droppingFirst: 32))
    return Asked(state: state)
  }

  /// Message 1 has come; nothing is proven.
  package struct Asked: ~Copyable {
    fileprivate var state: NoiseHandshake<Hash>

    /// Appends message 2: `e, ee, s, es`.
    ///
    /// Throws `badKey` or `outOfMemory`.
    package consuming func writeMessage2(
      payload: [UInt8],
      to message: inout [UInt8]
    ) throws(NoiseError) -> AwaitingProof {
      try state.writeEphemeral(to: &message)
      try state.agree(.ee)
      try state.writeStatic(to: &message)
      try state.agree(.myStaticTheirEphemeral)
      try state.symmetric.encryptAndHash(payload.span.bytes, to: &message)
      return AwaitingProof(state: state)
    }
  }

  /// Message 2 is sent.
  package struct AwaitingProof: ~Copyable {
    fileprivate var state: NoiseHandshake<Hash>

    /// Reads the static key of message 3, which is what says whose psk is needed.
    ///
    /// Throws `notAuthentic`, `wrongLength` or `badKey`.
    package consuming func readStatic(ofMessage3 message: RawSpan) throws(NoiseError) -> Claimed {
      guard message.byteCount >= 64, message.byteCount <= 65_535 else { throw .wrongLength }
      try state.readStatic(message.extracting(first: 48))
      let rest = message.extracting(droppingFirst: 48).withUnsafeBytes { Array($0) }
      return Claimed(state: state, rest: rest)
    }
  }

  /// The initiator names its static key and has not yet proven it.
  package struct Claimed: ~Copyable {
    fileprivate var state: NoiseHandshake<Hash>
    fileprivate let rest: [UInt8]

    /// The key that the initiator says it has.
    package var remoteStatic: LinkPublicKey {
      guard let key = state.remoteStatic else { preconditionFailure("message 3 has the key") }
      return key
    }

    /// Reads the rest of message 3, `se` and `psk`, and its payload: the proof.
    ///
    /// Throws `notAuthentic` or `badKey`.
    package consuming func readMessage3(
      psk: consuming Secret32?,
      payload: inout [UInt8]
    ) throws(NoiseError) -> NoiseTransport {
      try state.agree(.myEphemeralTheirStatic)
      try state.mixPSK(psk)
      let rest = self.rest
      payload = try state.symmetric.decryptAndHash(rest.span.bytes)
      return try state.finish(isInitiator: false)
    }
  }
}

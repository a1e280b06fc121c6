package import JanusCrypto

/// The side that dials, before its first message.
///
/// Each step consumes the state and gives the next, so that no message can be written or read out
/// of order; a state whose message was refused is gone.
package struct NoiseInitiator<Hash: NoiseHash>: ~Copyable {
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

  /// Appends message 1: `e`. Its payload is not encrypted, but for a tag where there is a psk.
  package consuming func writeMessage1(
    payload: [UInt8] = [],
    to message: inout [UInt8]
  ) throws(NoiseError) -> AwaitingReply {
    try state.writeEphemeral(to: &message)
    try state.symmetric.encryptAndHash(payload.span.bytes, to: &message)
    return AwaitingReply(state: state)
  }

  /// Message 1 is sent.
  package struct AwaitingReply: ~Copyable {
    fileprivate var state: NoiseHandshake<Hash>

    /// Reads message 2: `e, ee, s, es`, and its payload.
    ///
    /// Throws `notAuthentic`, `wrongLength` or `badKey`.
    package consuming func readMessage2(
      _ message: RawSpan,
      payload: inout [UInt8]
    ) throws(NoiseError) -> KnowingPeer {
      guard message.byteCount >= 96, message.byteCount <= 65_535 else { throw .wrongLength }
      try state.readEphemeral(message.extracting(first: 32))
      try state.agree(.ee)
      try state.readStatic(message.extracting(32..<80))
      try state.agree(.myEphemeralTheirStatic)
      payload = try state.symmetric.decryptAndHash(message.extracting(droppingFirst: 80))
      return KnowingPeer(state: state)
    }
  }

  /// The responder has proven its static key; whether that key may be there is the caller's to say.
  package struct KnowingPeer: ~Copyable {
    fileprivate var state: NoiseHandshake<Hash>

    /// The responder's static key.
    package var remoteStatic: LinkPublicKey {
      guard let key = state.remoteStatic else { preconditionFailure("message 2 has the key") }
      return key
    }

    /// Appends message 3: `s, se`, and `psk` where the pattern has it.
    ///
    /// Throws `badKey`, `exhausted` or `outOfMemory`.
    package consuming func writeMessage3(
      payload: [UInt8],
      psk: consuming Secret32?,
      to message: inout [UInt8]
    ) throws(NoiseError) -> NoiseTransport {
      try state.writeStatic(to: &message)
      try state.agree(.myStaticTheirEphemeral)
      try state.mixPSK(psk)
      try state.symmetric.encryptAndHash(payload.span.bytes, to: &message)
      return try state.finish(isInitiator: true)
    }
  }
}

extension NoiseHandshake {
  /// Token `psk` where the pattern has it; a psk must be given exactly then.
  mutating func mixPSK(_ psk: consuming Secret32?) throws(NoiseError) {
    switch pattern {
    case .xx:
      precondition(psk == nil, "XX has no psk")
    case .xxpsk3:
      guard let psk = psk.take() else { preconditionFailure("XXpsk3 has a psk") }
      try mix(psk: psk)
    }
  }
}

/// The two keys that a finished handshake leaves, and what it was about.
package struct NoiseTransport: ~Copyable {
  /// Encrypts what this side sends.
  package var sending: CipherState
  /// Decrypts what it gets.
  package var receiving: CipherState
  /// `h`: the same on both sides, different in every handshake (§11.2).
  package let handshakeHash: [UInt8]

  /// Keys by role, before one side takes its view.
  struct Keys: ~Copyable {
    var initiator: CipherState
    var responder: CipherState
    var hash: [UInt8]

    consuming func transport(isInitiator: Bool) -> NoiseTransport {
      let hash = self.hash
      return isInitiator
        ? NoiseTransport(sending: initiator, receiving: responder, handshakeHash: hash)
        : NoiseTransport(sending: responder, receiving: initiator, handshakeHash: hash)
    }
  }
}

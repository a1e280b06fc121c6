package import JanusCrypto

/// What one side of a link proves itself with.
package struct LinkIdentity: ~Copyable {
  /// The static key of Noise, which the certificate names.
  package let key: LinkSecretKey
  /// Certificate as bytes of COSE.
  package let certificate: [UInt8]

  package init(key: consuming LinkSecretKey, certificate: [UInt8]) {
    self.key = key
    self.certificate = certificate
  }
}

/// What decides about a peer during the handshake.
package struct LinkJudge {
  /// Whether the certificate is one to talk with and names the key, which the peer has proven.
  package var accepts: (_ certificate: [UInt8], _ key: LinkPublicKey) -> Bool
  /// The key of XXpsk3, for a device that says it has this link key; nil without one.
  package var psk: (_ key: LinkPublicKey) -> Secret32?

  package init(
    accepts: @escaping (_ certificate: [UInt8], _ key: LinkPublicKey) -> Bool,
    psk: @escaping (_ key: LinkPublicKey) -> Secret32? = { _ in nil }
  ) {
    self.accepts = accepts
    self.psk = psk
  }
}

/// Who holds the other end of a link, as the handshake has proven.
package struct LinkPeer: Equatable, Sendable {
  /// Certificate as bytes of COSE.
  package let certificate: [UInt8]
  package let key: LinkPublicKey
  /// Noise's `h`, which a KNOCK names.
  package let linkHash: Bytes32
  /// With XXpsk3 the peer has proven an agreement of before, too.
  package let pattern: NoisePattern
}

/// A handshake of a link between two frames.
enum LinkHandshake: ~Copyable {
  case awaitingLink1(Listener)
  case awaitingLink2(Dialler)
  case awaitingLink3(NoiseResponder<SHA256>.AwaitingProof, NoisePattern)

  struct Listener: ~Copyable {
    let identity: LinkIdentity
    let ephemeralKey: LinkSecretKey
    let arena: SecretArena
  }

  struct Dialler: ~Copyable {
    let noise: NoiseInitiator<SHA256>.AwaitingReply
    let certificate: [UInt8]
    let dialled: LinkPublicKey
    let psk: Secret32?
    let pattern: NoisePattern
  }

  /// What a frame leads to.
  enum Step: ~Copyable {
    case goesOn(LinkHandshake)
    case done(NoiseTransport, LinkPeer)
  }

  /// Starts as the side that dials; appends the record of LINK_1.
  static func dial(
    _ identity: consuming LinkIdentity, peer: LinkPublicKey, psk: consuming Secret32?,
    random: RandomSource, arena: SecretArena, to output: inout [UInt8]
  ) throws(LinkError) -> LinkHandshake {
    let pattern: NoisePattern = psk == nil ? .xx : .xxpsk3
    let certificate = identity.certificate
    var message: [UInt8] = []
    let awaiting: NoiseInitiator<SHA256>.AwaitingReply
    do throws(NoiseError) {
      let noise = try NoiseInitiator<SHA256>(
        pattern, prologue: prologue(pattern), staticKey: identity.key,
        ephemeralKey: makeKey(random, arena), arena: arena)
      awaiting = try noise.writeMessage1(to: &message)
    } catch {
      throw LinkError(error)
    }
    var frame: [UInt8] = []
    let byteCount = 1 + message.count + LinkMAC.byteCount
    FrameHeader(.link1, length: byteCount).append(to: &frame)
    frame.append(pattern.rawValue)
    frame += message
    frame += LinkMAC(responder: peer).code(for: frame.span.bytes)
    append(record: frame, to: &output)
    return .awaitingLink2(
      Dialler(
        noise: awaiting, certificate: certificate, dialled: peer, psk: psk, pattern: pattern))
  }

  /// Starts as the side that is dialled.
  static func listen(
    _ identity: consuming LinkIdentity, random: RandomSource, arena: SecretArena
  ) throws(LinkError) -> LinkHandshake {
    do throws(NoiseError) {
      return .awaitingLink1(
        Listener(identity: identity, ephemeralKey: try makeKey(random, arena), arena: arena))
    } catch {
      throw LinkError(error)
    }
  }

  /// Takes the frame of a whole record; appends the answer's record.
  ///
  /// Throws and appends nothing, whatever is wrong.
  consuming func receive(
    _ frame: RawSpan, judge: LinkJudge, to output: inout [UInt8]
  ) throws(LinkError) -> Step {
    switch consume self {
    case .awaitingLink1(let listener):
      return try Self.answer(listener, frame, to: &output)
    case .awaitingLink2(let dialler):
      return try Self.finish(dialler, frame, judge, to: &output)
    case .awaitingLink3(let noise, let pattern):
      return try Self.finish(noise, pattern, frame, judge)
    }
  }

  private static func answer(
    _ listener: consuming Listener, _ frame: RawSpan, to output: inout [UInt8]
  ) throws(LinkError) -> Step {
    let headerCount = FrameHeader.byteCount
    guard frame.byteCount >= headerCount + 1 + LinkMAC.byteCount else { throw .malformed }
    // Before anything else is looked at: without it no agreement and no answer.
    let mac = LinkMAC(responder: listener.identity.key.publicKey)
    let covered = frame.extracting(droppingLast: LinkMAC.byteCount)
    guard mac.isValid(frame.extracting(last: LinkMAC.byteCount), for: covered) else {
      throw .wrongMAC
    }
    try checkHeader(of: frame, .link1)
    let patternByte = frame.unsafeLoad(fromByteOffset: headerCount, as: UInt8.self)
    guard let pattern = NoisePattern(rawValue: patternByte) else { throw .wrongVersion }
    let message = covered.extracting(droppingFirst: headerCount + 1)
    guard message.byteCount == pattern.message1ByteCount else { throw .malformed }
    let arena = listener.arena
    let certificate = listener.identity.certificate
    var reply: [UInt8] = []
    let proof: NoiseResponder<SHA256>.AwaitingProof
    do throws(NoiseError) {
      var payload: [UInt8] = []
      let noise = try NoiseResponder<SHA256>(
        pattern, prologue: prologue(pattern), staticKey: listener.identity.key,
        ephemeralKey: listener.ephemeralKey, arena: arena)
      let asked = try noise.readMessage1(message, payload: &payload)
      proof = try asked.writeMessage2(payload: certificate, to: &reply)
    } catch {
      throw LinkError(error)
    }
    append(.link2, reply, to: &output)
    return .goesOn(.awaitingLink3(proof, pattern))
  }

  private static func finish(
    _ dialler: consuming Dialler, _ frame: RawSpan, _ judge: LinkJudge, to output: inout [UInt8]
  ) throws(LinkError) -> Step {
    try checkHeader(of: frame, .link2)
    let dialled = dialler.dialled
    let pattern = dialler.pattern
    let certificate = dialler.certificate
    var theirs: [UInt8] = []
    var message: [UInt8] = []
    let noise: NoiseInitiator<SHA256>.KnowingPeer
    do throws(NoiseError) {
      noise = try dialler.noise.readMessage2(
        frame.extracting(droppingFirst: FrameHeader.byteCount), payload: &theirs)
    } catch {
      throw LinkError(error)
    }
    // What was dialled has been proven, and may be talked with: else it learns nothing of me.
    guard noise.remoteStatic == dialled, judge.accepts(theirs, dialled) else { throw .refused }
    let transport: NoiseTransport
    do throws(NoiseError) {
      transport = try noise.writeMessage3(payload: certificate, psk: dialler.psk, to: &message)
    } catch {
      throw LinkError(error)
    }
    append(.link3, message, to: &output)
    let peer = Self.peer(theirs, dialled, transport.handshakeHash, pattern)
    return .done(transport, peer)
  }

  private static func finish(
    _ noise: consuming NoiseResponder<SHA256>.AwaitingProof, _ pattern: NoisePattern,
    _ frame: RawSpan, _ judge: LinkJudge
  ) throws(LinkError) -> Step {
    try checkHeader(of: frame, .link3)
    var certificate: [UInt8] = []
    let claimed: NoiseResponder<SHA256>.Claimed
    do throws(NoiseError) {
      claimed = try noise.readStatic(
        ofMessage3: frame.extracting(droppingFirst: FrameHeader.byteCount))
    } catch {
      throw LinkError(error)
    }
    let key = claimed.remoteStatic
    let psk = pattern == .xxpsk3 ? judge.psk(key) : nil
    guard pattern == .xx || psk != nil else { throw .unknownPSK }
    let transport: NoiseTransport
    do throws(NoiseError) {
      transport = try claimed.readMessage3(psk: psk, payload: &certificate)
    } catch {
      throw LinkError(error)
    }
    guard judge.accepts(certificate, key) else { throw .refused }
    let peer = Self.peer(certificate, key, transport.handshakeHash, pattern)
    return .done(transport, peer)
  }

  // MARK: Parts

  /// `"dmp1 link" ‖ version ‖ suite ‖ pattern`.
  private static func prologue(_ pattern: NoisePattern) -> [UInt8] {
    Array("dmp1 link".utf8) + [FrameHeader.version, FrameHeader.suite, pattern.rawValue]
  }

  private static func makeKey(
    _ random: RandomSource, _ arena: SecretArena
  ) throws(NoiseError) -> LinkSecretKey {
    do throws(CryptoError) {
      return try LinkSecretKey(from: random, in: arena)
    } catch {
      throw .outOfMemory
    }
  }

  private static func peer(
    _ certificate: [UInt8], _ key: LinkPublicKey, _ handshakeHash: [UInt8],
    _ pattern: NoisePattern
  ) -> LinkPeer {
    do throws(CryptoError) {
      return LinkPeer(
        certificate: certificate, key: key, linkHash: try Bytes32(handshakeHash),
        pattern: pattern)
    } catch {
      preconditionFailure("SHA-256 gives 32 bytes")
    }
  }

  /// The record holds one frame, of that type, and nothing more.
  private static func checkHeader(of frame: RawSpan, _ type: FrameType) throws(LinkError) {
    let bytes = frame.extracting(first: FrameHeader.byteCount).withUnsafeBytes { Array($0) }
    guard let header = FrameHeader(bytes[...]) else { throw .malformed }
    switch header.verdict {
    case .read(type): break
    case .wrongVersion: throw .wrongVersion
    case .read, .skip, .tooLong: throw .malformed
    }
    guard Int(header.length) == frame.byteCount - FrameHeader.byteCount else { throw .malformed }
  }

  private static func append(_ type: FrameType, _ body: [UInt8], to output: inout [UInt8]) {
    var frame: [UInt8] = []
    FrameHeader(type, length: body.count).append(to: &frame)
    append(record: frame + body, to: &output)
  }

  private static func append(record: [UInt8], to output: inout [UInt8]) {
    output.append(UInt8(record.count >> 8))
    output.append(UInt8(truncatingIfNeeded: record.count))
    output += record
  }
}

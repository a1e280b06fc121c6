import DMP
import JanusCrypto
import JanusKEM

/// Both ends of an agreement, in one thread.
struct Identities: ~Copyable {
  let arena: SecretArena
  private let random = RandomSource.kernel
  private let mine: AgreementSecretKey
  private let theirs: AgreementSecretKey

  init() throws {
    let arena = SecretArena()
    let first = try AgreementSecretKey(from: random, in: arena)
    let second = try AgreementSecretKey(from: random, in: arena)
    self.arena = arena
    mine = first
    theirs = second
  }

  /// A whole agreement: the responder's fresh prekeys, both derivations, both ratchets.
  func agree(hasOneTimePrekey: Bool) throws -> Session {
    let kem = try KEMSecretKey(from: random)
    let signedPrekey = try AgreementSecretKey(from: random, in: arena)
    var oneTimePrekey: AgreementSecretKey?
    if hasOneTimePrekey { oneTimePrekey = try AgreementSecretKey(from: random, in: arena) }
    let offer = Agreement.Offer(
      identity: theirs.publicKey, signedPrekey: signedPrekey.publicKey,
      oneTimePrekey: oneTimePrekey?.publicKey)
    let ephemeralKey = try AgreementSecretKey(from: random, in: arena)
    let encapsulation = try KEMPublicKey(bytes: kem.publicKey.bytes).encapsulate(in: arena)
    let part = [UInt8](repeating: 0xC1, count: 300)
    let transcript = AgreementTranscript(
      initiatorCertificate: part, responderCertificate: part, knock: part, accept: part,
      ephemeralKey: ephemeralKey.publicKey, kemCiphertext: encapsulation.ciphertext)
    let first = try Agreement.initiate(
      identity: mine, ephemeralKey: ephemeralKey, offer: offer, encapsulation: encapsulation,
      transcript: transcript, arena: arena)
    let keys = Agreement.Keys(
      signedPrekey: signedPrekey, oneTimePrekey: oneTimePrekey, kem: kem)
    let second = try Agreement.respond(
      identity: theirs, keys: keys, peer: mine.publicKey, transcript: transcript, arena: arena)
    return Session(
      initiator: try .initiator(
        first, signedPrekey: keys.signedPrekey.publicKey, random: random, now: 0, arena: arena),
      responder: try .responder(second, signedPrekey: keys.signedPrekey, now: 0, arena: arena),
      random: random)
  }
}

/// Both ends of a session, in one thread.
struct Session: ~Copyable {
  var initiator: Ratchet
  var responder: Ratchet
  let random: RandomSource

  /// Seals at the initiator and opens at the responder; frame and plaintext are the caller's.
  mutating func send(
    _ content: UnsafeRawBufferPointer, nonce: UnsafeRawPointer,
    frame: UnsafeMutableRawBufferPointer, plaintext: UnsafeMutableRawPointer, now: UInt64
  ) throws {
    try initiator.seal(
      content, frameType: .ratchet, nonce: nonce, random: random, now: now, into: frame)
    let opening = try responder.open(
      UnsafeRawBufferPointer(frame), frameType: .ratchet, now: now, into: plaintext)
    precondition(opening == .opened(content.count))
  }

  /// The same the other way.
  mutating func answer(
    _ content: UnsafeRawBufferPointer, nonce: UnsafeRawPointer,
    frame: UnsafeMutableRawBufferPointer, plaintext: UnsafeMutableRawPointer, now: UInt64
  ) throws {
    try responder.seal(
      content, frameType: .ratchet, nonce: nonce, random: random, now: now, into: frame)
    let opening = try initiator.open(
      UnsafeRawBufferPointer(frame), frameType: .ratchet, now: now, into: plaintext)
    precondition(opening == .opened(content.count))
  }
}

/// Both ends of a link, in one thread.
struct LinkEnds: ~Copyable {
  var dialler: Link
  var listener: Link

  /// A whole handshake.
  static func make(random: RandomSource, arena: SecretArena) throws -> LinkEnds {
    let certificate = [UInt8](repeating: 0xC1, count: 300)
    let judge = LinkJudge(accepts: { _, _ in true })
    let mine = try LinkSecretKey(from: random, in: arena)
    let theirs = try LinkSecretKey(from: random, in: arena)
    let peer = theirs.publicKey
    let accepting = try Link.accepting(
      as: LinkIdentity(key: theirs, certificate: certificate), judge: judge, random: random,
      arena: arena, now: 0)
    let dialling = try Link.dialling(
      peer, as: LinkIdentity(key: mine, certificate: certificate), psk: nil, judge: judge,
      random: random, arena: arena, now: 0)
    var ends = LinkEnds(dialler: dialling, listener: accepting)
    try ends.toListener()
    try ends.toDialler()
    try ends.toListener()
    precondition(ends.dialler.isOpen && ends.listener.isOpen)
    return ends
  }

  mutating func toListener() throws {
    var failure: LinkError?
    dialler.takeOutput { bytes in
      do throws(LinkError) { try listener.receive(bytes, now: 0) } catch { failure = error }
    }
    if let failure { throw failure }
  }

  private mutating func toDialler() throws {
    var failure: LinkError?
    listener.takeOutput { bytes in
      do throws(LinkError) { try dialler.receive(bytes, now: 0) } catch { failure = error }
    }
    if let failure { throw failure }
  }
}

import DMP
import JanusCrypto
import JanusKEM

/// Two ratchets of one session, and a clock.
final class RatchetPair {
  enum Side: CaseIterable {
    case initiator, responder
    var other: Side { self == .initiator ? .responder : .initiator }
  }

  let arena = SecretArena()
  var initiator: Ratchet
  var responder: Ratchet
  /// Milliseconds.
  var now: UInt64 = 1_000_000
  let random: RandomSource

  /// A session in which nothing was said.
  init(random: RandomSource = .kernel) throws {
    self.random = random
    let kem = try KEMSecretKey(from: random)
    let mine = try AgreementSecretKey(from: random, in: arena)
    let theirs = try AgreementSecretKey(from: random, in: arena)
    let signedPrekey = try AgreementSecretKey(from: random, in: arena)
    let ephemeralKey = try AgreementSecretKey(from: random, in: arena)
    let encapsulation = try kem.publicKey.encapsulate(in: arena)
    let transcript = AgreementTranscript(
      initiatorCertificate: [1],
      responderCertificate: [2],
      knock: [3],
      accept: [4],
      ephemeralKey: ephemeralKey.publicKey,
      kemCiphertext: encapsulation.ciphertext
    )
    let offer = Agreement.Offer(
      identity: theirs.publicKey,
      signedPrekey: signedPrekey.publicKey,
      oneTimePrekey: nil
    )
    let first = try Agreement.initiate(
      identity: mine,
      ephemeralKey: ephemeralKey,
      offer: offer,
      encapsulation: encapsulation,
      transcript: transcript,
      arena: arena
    )
    let keys = Agreement.Keys(signedPrekey: signedPrekey, oneTimePrekey: nil, kem: kem)
    let second = try Agreement.respond(
      identity: theirs,
      keys: keys,
      peer: mine.publicKey,
      transcript: transcript,
      arena: arena
    )
    initiator = try .initiator(
      first,
      signedPrekey: keys.signedPrekey.publicKey,
      random: random,
      now: now,
      arena: arena
    )
    responder = try .responder(second, signedPrekey: keys.signedPrekey, now: now, arena: arena)
  }

  /// A session in which both sides have heard each other.
  static func talking(random: RandomSource = .kernel) throws -> RatchetPair {
    let pair = try RatchetPair(random: random)
    for side in [Side.initiator, .responder, .initiator] {
      pair.now += 1_000
      _ = try pair.open(pair.seal("hello", from: side), at: side.other)
    }
    pair.now += 1_000
    return pair
  }

  /// The body of a frame.
  func seal(_ text: String, from side: Side, padding: Int = 1) throws -> [UInt8] {
    let content = Array(text.utf8)
    let nonce = random.bytes(24)
    var frame = [UInt8](
      repeating: 0,
      count: Ratchet.sealedByteCount(content.count, padding: padding)
    )
    var span = frame.mutableSpan
    try span.withUnsafeMutableBytes { output throws(RatchetError) in
      try content.span.bytes.withUnsafeBytes { content throws(RatchetError) in
        try nonce.span.bytes.withUnsafeBytes { nonce throws(RatchetError) in
          guard let nonce = nonce.baseAddress else { return }
          switch side {
          case .initiator:
            try initiator.seal(
              content,
              frameType: .ratchet,
              padding: padding,
              nonce: nonce,
              random: random,
              now: now,
              into: output
            )
          case .responder:
            try responder.seal(
              content,
              frameType: .ratchet,
              padding: padding,
              nonce: nonce,
              random: random,
              now: now,
              into: output
            )
          }
        }
      }
    }
    return frame
  }

  /// The text, or nil for an old frame.
  func open(
    _ frame: [UInt8],
    at side: Side,
    type: FrameType = .ratchet
  ) throws(RatchetError) -> String? {
    var output = [UInt8](repeating: 0, count: max(frame.count, 1))
    var span = output.mutableSpan
    let opening = try span.withUnsafeMutableBytes { output throws(RatchetError) in
      try frame.span.bytes.withUnsafeBytes { frame throws(RatchetError) -> Ratchet.Opening in
        guard let output = output.baseAddress else { return .old }
        return switch side {
        case .initiator: try initiator.open(frame, frameType: type, now: now, into: output)
        case .responder: try responder.open(frame, frameType: type, now: now, into: output)
        }
      }
    }
    switch opening {
    case .opened(let count): return String(decoding: output[..<count], as: UTF8.self)
    case .old: return nil
    }
  }

  /// All of a side's state, to compare.
  func state(of side: Side) throws -> [UInt8] {
    let stored = side == .initiator ? try initiator.stored() : try responder.stored()
    return stored.withUnsafeBytes { Array($0) }
  }

  /// Replaces a side by what its state reads back as.
  func restore(_ side: Side, from state: [UInt8]) throws(RatchetError) {
    let arena = arena
    try state.span.bytes.withUnsafeBytes { bytes throws(RatchetError) in
      let ratchet = try Ratchet(stored: bytes, arena: arena)
      switch side {
      case .initiator: initiator = ratchet
      case .responder: responder = ratchet
      }
    }
  }
}

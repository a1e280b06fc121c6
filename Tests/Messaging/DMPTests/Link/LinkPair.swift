import DMP
import JanusCrypto

/// Two ends of a link without sockets.
final class LinkPair {
  let arena = SecretArena()
  let random: RandomSource
  var now: UInt64 = 50_000
  let diallerKey: LinkSecretKey
  let listenerKey: LinkSecretKey
  var dialler: Link
  var listener: Link

  static let diallerCertificate = Array("certificate of the dialler".utf8)
  static let listenerCertificate = Array("certificate of the listener".utf8)

  static var trusting: LinkJudge { LinkJudge(accepts: { _, _ in true }) }

  init(
    psk: [UInt8]? = nil, listenerPSK: [UInt8]? = nil, diallerJudge: LinkJudge? = nil,
    listenerJudge: LinkJudge? = nil, dialling other: LinkPublicKey? = nil,
    random: RandomSource = .kernel
  ) throws {
    self.random = random
    let arena = arena
    diallerKey = try LinkSecretKey(from: random, in: arena)
    listenerKey = try LinkSecretKey(from: random, in: arena)
    let known = listenerPSK
    let judge =
      listenerJudge
      ?? LinkJudge(accepts: { _, _ in true }, psk: { _ in Self.secret(known, arena) })
    dialler = try Link.dialling(
      other ?? listenerKey.publicKey,
      as: LinkIdentity(key: diallerKey.copy(), certificate: Self.diallerCertificate),
      psk: Self.secret(psk, arena), judge: diallerJudge ?? Self.trusting, random: random,
      arena: arena, now: now)
    listener = try Link.accepting(
      as: LinkIdentity(key: listenerKey.copy(), certificate: Self.listenerCertificate),
      judge: judge, random: random, arena: arena, now: now)
  }

  var diallerIsOpen: Bool { dialler.isOpen }
  var listenerIsOpen: Bool { listener.isOpen }
  var diallerPeer: LinkPeer? { dialler.peer }
  var listenerPeer: LinkPeer? { listener.peer }
  var diallerDeadline: UInt64? { dialler.deadline }
  var listenerDeadline: UInt64? { listener.deadline }
  var listenerSkippedFrameCount: Int { listener.skippedFrameCount }

  private static func secret(_ bytes: [UInt8]?, _ arena: SecretArena) -> Secret32? {
    guard let bytes else { return nil }
    do {
      return try Secret32(copying: bytes.span.bytes, in: arena)
    } catch {
      preconditionFailure("\(error)")
    }
  }

  /// Both open.
  static func open(random: RandomSource = .kernel) throws -> LinkPair {
    let pair = try LinkPair(random: random)
    try pair.shakeHands()
    return pair
  }

  func shakeHands() throws {
    try give(takeFromDialler(), toListener: true)
    try give(takeFromListener(), toListener: false)
    try give(takeFromDialler(), toListener: true)
  }

  func takeFromDialler() -> [UInt8] { dialler.takeOutput { Self.array($0) } }
  func takeFromListener() -> [UInt8] { listener.takeOutput { Self.array($0) } }

  private static func array(_ bytes: RawSpan) -> [UInt8] { bytes.withUnsafeBytes { Array($0) } }

  func give(_ bytes: [UInt8], toListener: Bool) throws(LinkError) {
    if toListener {
      try listener.receive(bytes.span.bytes, now: now)
    } else {
      try dialler.receive(bytes.span.bytes, now: now)
    }
  }

  /// The frames that the listener has.
  func framesOfListener() throws(LinkError) -> [(FrameType, [UInt8])] {
    var frames: [(FrameType, [UInt8])] = []
    while let frame = try listener.nextFrame() { frames.append((frame.type, Array(frame.body))) }
    return frames
  }
}

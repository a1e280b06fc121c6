import DMP
import JanusCrypto
import Synchronization

/// Two ratchets that are driven step by step, their new keys being given or noted.
final class OracleConversation {
  enum Side: String, CaseIterable { case initiator, responder }

  private let arena: SecretArena
  private var initiator: Ratchet
  private var responder: Ratchet
  private let keys: KeyQueue
  private(set) var now: UInt64 = 0

  /// The secrets that the ratchets draw: what was put in, or else of a generator.
  final class KeyQueue: Sendable {
    private let state: Mutex<(next: [UInt8]?, last: [UInt8], random: SplitMix)>

    init(seed: UInt64) { state = Mutex((nil, [], SplitMix(state: seed))) }

    func put(_ key: [UInt8]) { state.withLock { $0.next = key } }

    var last: [UInt8] { state.withLock { $0.last } }

    var source: RandomSource {
      RandomSource { memory in
        self.state.withLock { state in
          state.last = state.next ?? state.random.bytes(memory.count)
          state.next = nil
          memory.copyBytes(from: state.last)
        }
      }
    }
  }

  /// `firstKey` is the initiator's first ratchet key; nil to draw one.
  init(_ agreement: OracleAgreement, firstKey: [UInt8]?, seed: UInt64) throws {
    arena = agreement.arena
    keys = KeyQueue(seed: seed)
    if let firstKey { keys.put(firstKey) }
    let prekey = try agreement.key("prekeySecret")
    initiator = try .initiator(
      agreement.initiated(),
      signedPrekey: prekey.publicKey,
      random: keys.source,
      now: 0,
      arena: arena
    )
    ownKeys[.initiator] = keys.last
    responder = try .responder(
      agreement.responded(),
      signedPrekey: prekey,
      now: 0,
      arena: arena
    )
  }

  /// The secret of each side's newest ratchet key.
  private(set) var ownKeys: [Side: [UInt8]] = [:]

  /// The body of a frame; `key` is the secret to use if the side turns.
  func send(
    _ content: [UInt8],
    from side: Side,
    type: FrameType,
    block: Int,
    nonce: [UInt8],
    key: [UInt8]?
  ) throws -> [UInt8] {
    now += 1_000
    let turns = side == .initiator ? initiator.turnsNext(now: now) : responder.turnsNext(now: now)
    if let key, turns { keys.put(key) }
    var frame = [UInt8](
      repeating: 0,
      count: Ratchet.sealedByteCount(content.count, padding: block)
    )
    try frame.withUnsafeMutableBytes { output in
      try content.withUnsafeBytes { content in
        try nonce.withUnsafeBytes { nonce in
          guard let nonce = nonce.baseAddress else { return }
          switch side {
          case .initiator:
            try initiator.seal(
              content, frameType: type, padding: block, nonce: nonce, random: keys.source,
              now: now, into: output)
          case .responder:
            try responder.seal(
              content, frameType: type, padding: block, nonce: nonce, random: keys.source,
              now: now, into: output)
          }
        }
      }
    }
    if turns { ownKeys[side] = keys.last }
    return frame
  }

  /// The content; nil for an old frame.
  func open(_ frame: [UInt8], at side: Side, type: FrameType) throws -> [UInt8]? {
    now += 1_000
    var output = [UInt8](repeating: 0, count: frame.count)
    let opening = try output.withUnsafeMutableBytes { output in
      try frame.withUnsafeBytes { frame -> Ratchet.Opening in
        guard let output = output.baseAddress else { return .old }
        switch side {
        case .initiator:
          return try initiator.open(frame, frameType: type, now: now, into: output)
        case .responder:
          return try responder.open(frame, frameType: type, now: now, into: output)
        }
      }
    }
    switch opening {
    case .old: return nil
    case .opened(let count): return Array(output[..<count])
    }
  }
}

import DMP
import JanusCrypto
import JanusKEM

/// CPU time of both ends together, in one thread: `swift run -c release MessagingBenchmarks`.
@main
struct MessagingBenchmarks {
  private let contentByteCount = 256
  private let batch = 64
  private let frameByteCount: Int
  private let content: UnsafeMutableRawBufferPointer
  private let frame: UnsafeMutableRawBufferPointer
  private let nonces: UnsafeMutableRawBufferPointer
  private let frameStart: UnsafeMutableRawPointer
  private let plaintextStart: UnsafeMutableRawPointer
  private let nonceStart: UnsafeMutableRawPointer

  /// Buffers that are used throughout and live as long as the process.
  private init() {
    frameByteCount = Ratchet.sealedByteCount(contentByteCount)
    content = .allocate(byteCount: contentByteCount, alignment: 16)
    frameStart = .allocate(byteCount: frameByteCount, alignment: 16)
    frame = UnsafeMutableRawBufferPointer(start: frameStart, count: frameByteCount)
    plaintextStart = .allocate(byteCount: frameByteCount, alignment: 16)
    nonceStart = .allocate(byteCount: 24 * batch, alignment: 16)
    nonces = UnsafeMutableRawBufferPointer(start: nonceStart, count: 24 * batch)
    RandomSource.kernel.fill(content)
    RandomSource.kernel.fill(nonces)
  }

  static func main() throws {
    let benchmarks = MessagingBenchmarks()
    let identities = try Identities()
    try benchmarks.primitives()
    try benchmarks.messages(identities)
    try benchmarks.linkedMessages(identities)
    try benchmarks.setUps(identities)
  }

  /// The primitives that a message of 256 B cannot do without: per side a chain step and an AEAD over
  /// what the frame has, and a share of 64 nonces.
  private func primitives() throws {
    let keys = UnsafeMutableRawPointer.allocate(byteCount: 96, alignment: 16)
    defer { keys.deallocate() }
    keys.initializeMemory(as: UInt8.self, repeating: 1, count: 96)
    let associated = UnsafeMutableRawBufferPointer.allocate(byteCount: 84, alignment: 16)
    defer { associated.deallocate() }
    associated.initializeMemory(as: UInt8.self, repeating: 2)
    let text = UnsafeRawBufferPointer(start: frameStart + 72, count: contentByteCount + 1)
    let step = Measurement.microseconds(100_000) {
      ChainKey.advance(keys, messageKey: keys + 32)
    }
    let seal = Measurement.microseconds(100_000) {
      XChaCha20Poly1305.seal(
        text, associatedData: UnsafeRawBufferPointer(associated), key: keys, nonce: nonceStart,
        into: frameStart + 72)
    }
    XChaCha20Poly1305.seal(
      UnsafeRawBufferPointer(content), associatedData: UnsafeRawBufferPointer(associated),
      key: keys,
      nonce: nonceStart, into: frameStart + 72)
    let good = UnsafeRawBufferPointer(start: frameStart + 72, count: contentByteCount + 16)
    let open = try Measurement.microseconds(100_000) {
      try XChaCha20Poly1305.open(
        good, associatedData: UnsafeRawBufferPointer(associated), key: keys, nonce: nonceStart,
        into: plaintextStart)
    }
    let draw = Measurement.microseconds(2_000) { RandomSource.kernel.fill(nonces) } / Double(batch)
    Measurement.report("chain step (two HMAC-SHA256 under one key)", step)
    Measurement.report("XChaCha20-Poly1305 seal, 257 B and 84 B associated", seal)
    Measurement.report("XChaCha20-Poly1305 open, the same", open)
    Measurement.report("nonce of 24 B, in batches of 64", draw)
    Measurement.report("floor: both ends of a message", 2 * step + seal + open + draw)
  }

  /// The ratchet alone.
  private func messages(_ identities: borrowing Identities) throws {
    var session = try identities.agree(hasOneTimePrekey: true)
    var count = 0
    let both = try Measurement.microseconds(100_000) {
      if count % batch == 0 { RandomSource.kernel.fill(nonces) }
      try session.send(
        UnsafeRawBufferPointer(content), nonce: nonceStart + 24 * (count % batch), frame: frame,
        plaintext: plaintextStart, now: 0)
      count += 1
    }
    Measurement.report("message of 256 B through the ratchet, both ends", both, goal: 8)

    var now: UInt64 = 0
    let turns = try Measurement.microseconds(2_000) {
      now += 100
      try session.answer(
        UnsafeRawBufferPointer(content), nonce: nonceStart, frame: frame, plaintext: plaintextStart,
        now: now)
      try session.send(
        UnsafeRawBufferPointer(content), nonce: nonceStart, frame: frame, plaintext: plaintextStart,
        now: now)
    }
    Measurement.report("answer and message, a turn of the ratchet each", turns)
  }

  /// Ratchet and link, a record per 64 messages.
  private func linkedMessages(_ identities: borrowing Identities) throws {
    var session = try identities.agree(hasOneTimePrekey: true)
    var ends = try LinkEnds.make(random: .kernel, arena: identities.arena)
    let text = UnsafeRawBufferPointer(content)
    let both = try Measurement.microseconds(2_000) {
      RandomSource.kernel.fill(nonces)
      for index in 0..<batch {
        try ends.dialler.send(.ratchet, byteCount: frameByteCount) { body throws(RatchetError) in
          try session.initiator.seal(
            text, frameType: .ratchet, nonce: nonceStart + 24 * index, random: session.random,
            now: 0, into: body)
        }
      }
      try ends.dialler.flush()
      try ends.toListener()
      var opened = 0
      while let received = try ends.listener.nextFrame() {
        try received.body.withUnsafeBytes { body in
          _ = try session.responder.open(
            body, frameType: .ratchet, now: 0, into: plaintextStart)
        }
        opened += 1
      }
      precondition(opened == batch)
    }
    Measurement.report(
      "the same through a link, a record per 64, both ends", both / Double(batch), goal: 8)
  }

  private func setUps(_ identities: borrowing Identities) throws {
    for hasOneTimePrekey in [false, true] {
      let agreement = try Measurement.microseconds(300) {
        var session = try identities.agree(hasOneTimePrekey: hasOneTimePrekey)
        try session.send(
          UnsafeRawBufferPointer(content), nonce: nonceStart, frame: frame,
          plaintext: plaintextStart, now: 0)
        try session.answer(
          UnsafeRawBufferPointer(content), nonce: nonceStart, frame: frame,
          plaintext: plaintextStart, now: 0)
      }
      Measurement.report(
        "agreement\(hasOneTimePrekey ? " with one-time prekey" : ""), first message each way",
        agreement, goal: 1_200)
    }
    let link = try Measurement.microseconds(300) {
      _ = try LinkEnds.make(random: .kernel, arena: identities.arena)
    }
    Measurement.report("link handshake, both ends, with two new static keys", link)
  }
}

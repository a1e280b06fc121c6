import DMP
import JanusCrypto
import JanusTestSupport
import Testing

/// The cacophony vectors: XX and XXpsk3 with SHA-256 (the suite of DMP), SHA-512 and BLAKE2b.
@Suite(.enabled(if: Vectors.areThere, "\(Vectors.absence)")) struct NoiseVectorTests {
  private static let arena = SecretArena()

  @Test(arguments: NoisePattern.allCases)
  func sha256(_ pattern: NoisePattern) throws { try run(pattern, SHA256.self) }

  @Test(arguments: NoisePattern.allCases)
  func sha512(_ pattern: NoisePattern) throws { try run(pattern, SHA512.self) }

  @Test(arguments: NoisePattern.allCases)
  func blake2b(_ pattern: NoisePattern) throws { try run(pattern, BLAKE2b.self) }

  private func key(_ bytes: [UInt8]) throws -> LinkSecretKey {
    LinkSecretKey(secret: try Secret32(copying: bytes.span.bytes, in: Self.arena))
  }

  private func psk(_ vector: VectorObject, _ name: String) throws -> Secret32? {
    guard vector.has(name) else { return nil }
    let bytes = try [UInt8](hexadecimal: #require(vector.texts(name).first))
    return try Secret32(copying: bytes.span.bytes, in: Self.arena)
  }

  private func run<Hash: NoiseHash>(_ pattern: NoisePattern, _ hash: Hash.Type) throws {
    let patternName = pattern == .xx ? "XX" : "XXpsk3"
    let name = "Noise_\(patternName)_25519_ChaChaPoly_\(Hash.name)"
    let all = try Vectors.json("noise/cacophony.txt").objects("vectors")
    let vector = try #require(
      try all.first { try $0.text("protocol_name") == name }
    )
    let messages = try vector.objects("messages")
    var payload: [UInt8] = []

    let initiator = try NoiseInitiator<Hash>(
      pattern,
      prologue: vector.bytes("init_prologue"),
      staticKey: key(vector.bytes("init_static")),
      ephemeralKey: key(vector.bytes("init_ephemeral")),
      arena: Self.arena
    )
    let responder = try NoiseResponder<Hash>(
      pattern,
      prologue: vector.bytes("resp_prologue"),
      staticKey: key(vector.bytes("resp_static")),
      ephemeralKey: key(vector.bytes("resp_ephemeral")),
      arena: Self.arena
    )

    var message: [UInt8] = []
    let awaiting = try initiator.writeMessage1(payload: messages[0].bytes("payload"), to: &message)
    #expect(try message == messages[0].bytes("ciphertext"))
    let asked = try responder.readMessage1(message.span.bytes, payload: &payload)
    #expect(try payload == messages[0].bytes("payload"))

    message = []
    let proof = try asked.writeMessage2(payload: messages[1].bytes("payload"), to: &message)
    #expect(try message == messages[1].bytes("ciphertext"))
    let knowing = try awaiting.readMessage2(message.span.bytes, payload: &payload)
    #expect(try payload == messages[1].bytes("payload"))

    message = []
    var first = try knowing.writeMessage3(
      payload: messages[2].bytes("payload"),
      psk: psk(vector, "init_psks"),
      to: &message
    )
    #expect(try message == messages[2].bytes("ciphertext"))
    let claimed = try proof.readStatic(ofMessage3: message.span.bytes)
    let expectedKey = try key(vector.bytes("init_static"))
    let areEqual = claimed.remoteStatic == expectedKey.publicKey
    #expect(areEqual)
    var second = try claimed.readMessage3(psk: psk(vector, "resp_psks"), payload: &payload)
    #expect(try payload == messages[2].bytes("payload"))

    let hashes = [first.handshakeHash, second.handshakeHash]
    #expect(try hashes == Array(repeating: vector.bytes("handshake_hash"), count: 2))
    // The rest goes back and forth, the responder first.
    for (index, transport) in messages.dropFirst(3).enumerated() {
      let plaintext = try transport.bytes("payload")
      var sealed: [UInt8]
      var opened: [UInt8]
      if index % 2 == 0 {
        sealed = try Self.seal(plaintext, &second.sending)
        opened = try Self.open(sealed, &first.receiving)
      } else {
        sealed = try Self.seal(plaintext, &first.sending)
        opened = try Self.open(sealed, &second.receiving)
      }
      #expect(try sealed == transport.bytes("ciphertext"))
      #expect(opened == plaintext)
    }
    print("cacophony \(name): \(messages.count) messages and the handshake hash")
  }

  private static func seal(_ plaintext: [UInt8], _ cipher: inout CipherState) throws -> [UInt8] {
    var sealed = [UInt8](repeating: 0, count: plaintext.count + 16)
    try sealed.withUnsafeMutableBytes { sealed in
      try plaintext.withUnsafeBytes { plaintext in
        try cipher.seal(
          plaintext,
          associatedData: UnsafeRawBufferPointer(start: nil, count: 0),
          into: #require(sealed.baseAddress)
        )
      }
    }
    return sealed
  }

  private static func open(_ sealed: [UInt8], _ cipher: inout CipherState) throws -> [UInt8] {
    var plaintext = [UInt8](repeating: 0, count: sealed.count - 16)
    try plaintext.withUnsafeMutableBytes { plaintext in
      try sealed.withUnsafeBytes { sealed in
        try cipher.open(
          sealed,
          associatedData: UnsafeRawBufferPointer(start: nil, count: 0),
          into: #require(plaintext.baseAddress)
        )
      }
    }
    return plaintext
  }
}

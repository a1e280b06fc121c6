import JanusCrypto
import JanusTestSupport
import Testing

/// Every case of Wycheproof for the primitives of libsodium; the counts are printed.
@Suite(.enabled(if: Vectors.areThere, "\(Vectors.absence)")) struct WycheproofTests {
  /// Runs each case and prints how many there were.
  private func run(_ name: String, expected: Int, _ body: (VectorObject, Int) throws -> Void) throws
  {
    var count = 0
    for group in try Vectors.json("wycheproof/\(name)_test.json").objects("testGroups") {
      for test in try group.objects("tests") {
        count += 1
        try body(test, test.number("tcId"))
      }
    }
    print("wycheproof \(name): \(count) cases")
    #expect(count == expected)
  }

  @Test func xChaCha20Poly1305() throws {
    try run("xchacha20_poly1305", expected: 315) { test, id in
      let isValid = try test.text("result") == "valid"
      let key = try test.bytes("key")
      let nonce = try test.bytes("iv")
      let aad = try test.bytes("aad")
      let sealed = try test.bytes("ct") + test.bytes("tag")
      let message = try test.bytes("msg")
      let cipher = XChaCha20Poly1305.self
      guard isValid else {
        let error: CryptoError =
          nonce.count == 24 ? .notAuthentic : .wrongLength(expected: 24, found: nonce.count)
        #expect(throws: error, "\(id)") {
          try Primitives.open(cipher, sealed, aad, key: key, nonce: nonce)
        }
        return
      }
      let opened = try Primitives.open(cipher, sealed, aad, key: key, nonce: nonce)
      let again = try Primitives.seal(cipher, message, aad, key: key, nonce: nonce)
      #expect(opened == message && again == sealed, "\(id)")
    }
  }

  /// libsodium refuses what RFC 7748 lets a caller refuse: an all-zero secret. All other cases,
  /// odd encodings among them, give the secret that stands there.
  @Test func x25519() throws {
    var zeros = 0
    var notCanonical = 0
    try run("x25519", expected: 518) { test, id in
      let secret = try test.bytes("private")
      let point = try test.bytes("public")
      let shared = try test.bytes("shared")
      if shared.allSatisfy({ $0 == 0 }) {
        zeros += 1
        #expect(throws: CryptoError.sharedSecretIsZero, "\(id)") {
          try Primitives.x25519(secret: secret, point: point)
        }
      } else {
        #expect(try Primitives.x25519(secret: secret, point: point) == shared, "\(id)")
      }
      if try test.texts("flags").contains("NonCanonicalPublic") {
        notCanonical += 1
        #expect(throws: CryptoError.keyNotCanonical, "\(id)") { try LinkPublicKey(bytes: point) }
      }
    }
    print("wycheproof x25519: \(zeros) zero secrets, \(notCanonical) keys not canonical: refused")
    #expect(zeros == 31 && notCanonical > 0)
  }

  @Test func ed25519() throws {
    var count = 0
    for group in try Vectors.json("wycheproof/ed25519_test.json").objects("testGroups") {
      let key = try SigningPublicKey(bytes: group.object("publicKey").bytes("pk"))
      for test in try group.objects("tests") {
        count += 1
        let id = try test.number("tcId")
        let bytes = try test.bytes("sig")
        let isValid = try test.text("result") == "valid"
        guard bytes.count == 64 else {
          #expect(!isValid)
          #expect(throws: CryptoError.wrongLength(expected: 64, found: bytes.count)) {
            try Signature(bytes: bytes)
          }
          continue
        }
        let verdict = key.isValid(try Signature(bytes: bytes), for: try test.bytes("msg"))
        #expect(verdict == isValid, "\(id)")
      }
    }
    print("wycheproof ed25519: \(count) cases")
    #expect(count == 151)
  }

  @Test func hkdfSHA256() throws {
    try run("hkdf_sha256", expected: 86) { test, id in
      let secret = try test.bytes("ikm")
      let salt = try test.bytes("salt")
      let purpose = try test.bytes("info")
      let size = try test.number("size")
      guard try test.text("result") == "valid" else {
        #expect(throws: CryptoError.outputTooLong, "\(id)") {
          try Primitives.hkdf(
            SHA256.self,
            secret: secret,
            salt: salt,
            purpose: purpose,
            count: size
          )
        }
        return
      }
      let output = try Primitives.hkdf(
        SHA256.self,
        secret: secret,
        salt: salt,
        purpose: purpose,
        count: size
      )
      #expect(try output == test.bytes("okm"), "\(id)")
    }
  }

  @Test func hmacSHA256() throws {
    try run("hmac_sha256", expected: 174) { test, id in
      let tag = try test.bytes("tag")
      let message = try test.bytes("msg")
      let key = try test.bytes("key")
      let isValid = try test.text("result") == "valid"
      let verdict = HMAC<SHA256>.isValid(
        tag.span.bytes,
        for: message.span.bytes,
        key: key.span.bytes
      )
      #expect(verdict == isValid, "\(id)")
    }
  }

  /// Twelve signatures on which verifiers differ; libsodium's verdicts are pinned: of all it takes
  /// number 3 only, whose key and R have a part of small order and are not small themselves.
  @Test func ed25519SpecificationCheck() throws {
    let cases = try Vectors.json("ed25519-speccheck/cases.json").objects("list")
    let accepted = try cases.indices.filter { index in
      let key = try SigningPublicKey(bytes: cases[index].bytes("pub_key"))
      let signature = try Signature(bytes: cases[index].bytes("signature"))
      return key.isValid(signature, for: try cases[index].bytes("message"))
    }
    print("ed25519-speccheck: \(cases.count) cases, accepted \(accepted)")
    #expect(cases.count == 12 && accepted == [3])
  }

  /// The chain of the Double Ratchet, by the values of libsignal.
  @Test func signalChain() throws {
    let vector = try Vectors.json("rfc/signal-chain-kdf.json")
    var chainKey = try vector.bytes("chain_key_seed")
    let messageKey = Primitives.advance(&chainKey)
    #expect(try chainKey == vector.bytes("next_chain_key"))
    let key = try Primitives.hkdf(
      SHA256.self,
      secret: messageKey,
      salt: [],
      purpose: Array("WhisperMessageKeys".utf8),
      count: 32
    )
    #expect(try key == vector.bytes("message_cipher_key"))
  }
}

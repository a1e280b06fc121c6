import JanusCrypto
import JanusKEM
import JanusTestSupport
import Testing

/// The cases of Wycheproof for what swift-crypto gives; the counts are printed.
@Suite(.enabled(if: Vectors.areThere, "\(Vectors.absence)")) struct WycheproofTests {
  private func groups(_ name: String) throws -> [VectorObject] {
    try Vectors.json("wycheproof/\(name).json").objects("testGroups")
  }

  private static func secret(_ bytes: [UInt8]) throws(CryptoError) -> SecretBytes {
    try SecretBytes(copying: bytes.span.bytes)
  }

  @Test func mlkem768Decapsulation() throws {
    let arena = SecretArena()
    var count = 0
    for group in try groups("mlkem_768_test") {
      for test in try group.objects("tests") {
        count += 1
        let id = try test.number("tcId")
        let seed = try test.bytes("seed")
        let ciphertext = try test.bytes("c")
        let decapsulate = { () throws(CryptoError) -> [UInt8] in
          let key = try KEMSecretKey(seed: Self.secret(seed))
          let secret = try key.decapsulate(ciphertext, in: arena)
          return secret.withUnsafeBytes { Array($0) }
        }
        if try test.text("result") == "valid" {
          #expect(try decapsulate() == test.bytes("K"), "\(id)")
        } else {
          #expect(throws: CryptoError.self, "\(id)") { try decapsulate() }
        }
      }
    }
    print("wycheproof mlkem_768: \(count) cases")
    #expect(count == 193)
  }

  @Test func mlkem768KeyGeneration() throws {
    var count = 0
    for group in try groups("mlkem_768_keygen_seed_test") {
      for test in try group.objects("tests") {
        count += 1
        let id = try test.number("tcId")
        let key = try KEMSecretKey(seed: Self.secret(test.bytes("seed")))
        let bytes = key.publicKey.bytes
        #expect(try bytes == test.bytes("ek"), "\(id)")
      }
    }
    print("wycheproof mlkem_768_keygen_seed: \(count) cases")
    #expect(count == 100)
  }

  /// The randomness of an encapsulation cannot be given, so of these cases the checks of the key
  /// are run; that both sides get one secret is another test.
  @Test func mlkem768EncapsulationKeys() throws {
    var accepted = 0
    var refused = 0
    for group in try groups("mlkem_768_encaps_test") {
      for test in try group.objects("tests") {
        let bytes = try test.bytes("ek")
        if try test.text("result") == "valid" {
          accepted += 1
          #expect(try KEMPublicKey(bytes: bytes).bytes == bytes)
        } else {
          refused += 1
          #expect(throws: CryptoError.self) { try KEMPublicKey(bytes: bytes) }
        }
      }
    }
    print("wycheproof mlkem_768_encaps: \(accepted) keys accepted, \(refused) refused")
    #expect(accepted == 133 && refused == 132)
  }

  /// Those with a key of 256 bits, a nonce of 96 and a tag of 128; other sizes do not exist here.
  @Test func aes256GCM() throws {
    var count = 0
    for group in try groups("aes_gcm_test") {
      let sizes = try (group.number("keySize"), group.number("ivSize"), group.number("tagSize"))
      guard sizes == (256, 96, 128) else { continue }
      for test in try group.objects("tests") {
        count += 1
        let key = try test.bytes("key")
        let nonce = try test.bytes("iv")
        let aad = try test.bytes("aad")
        let sealed = try test.bytes("ct") + test.bytes("tag")
        let open = {
          try AES256GCM.open(sealed, associatedData: aad, key: Self.secret(key), nonce: nonce)
        }
        if try test.text("result") == "valid" {
          let message = try test.bytes("msg")
          let again = try AES256GCM.seal(
            message,
            associatedData: aad,
            key: Self.secret(key),
            nonce: nonce
          )
          #expect(try open() == message)
          #expect(again == sealed)
        } else {
          #expect(throws: CryptoError.notAuthentic) { try open() }
        }
      }
    }
    print("wycheproof aes_gcm: \(count) cases with AES-256")
    #expect(count > 60)
  }

  @Test func sizesThatAreNoneAreNamed() throws {
    #expect(throws: CryptoError.wrongLength(expected: 1184, found: 1183)) {
      try KEMPublicKey(bytes: [UInt8](repeating: 0, count: 1183))
    }
    #expect(throws: CryptoError.wrongLength(expected: 64, found: 32)) {
      _ = try KEMSecretKey(seed: Self.secret([UInt8](repeating: 0, count: 32)))
    }
    #expect(throws: CryptoError.wrongLength(expected: 32, found: 16)) {
      try AES256GCM.seal(
        [],
        associatedData: [],
        key: Self.secret([UInt8](repeating: 0, count: 16)),
        nonce: [UInt8](repeating: 0, count: 12)
      )
    }
  }
}

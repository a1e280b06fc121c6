import JanusCrypto
import JanusTestSupport
import Testing

/// Vectors of the RFCs, and what must be refused.
@Suite struct PrimitiveTests {
  private func bytes(_ hexadecimal: String) throws -> [UInt8] {
    try [UInt8](hexadecimal: hexadecimal)
  }

  @Test func sha256() throws {
    #expect(
      try SHA256.hash(Array("abc".utf8))
        == bytes("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"))
    #expect(
      SHA256.digest32([UInt8]()).description
        == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")
  }

  @Test func sha512() throws {
    #expect(
      try SHA512.hash(Array("abc".utf8))
        == bytes(
          """
          ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a
          2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f
          """))
  }

  /// RFC 7693, appendix A.
  @Test func blake2b() throws {
    #expect(
      try BLAKE2b.hash(Array("abc".utf8))
        == bytes(
          """
          ba80a53f981c4d0d6a2797b69f12f6e94c212f14685ac4b74b12bb6fdbffa2d1
          7d87c5392aab792dc252d5de4533cc9518d38aa8dbf1925ab92386edd4009923
          """))
  }

  @Test func partsHashAsTheirWhole() {
    var stream = HashStream<SHA256>()
    for part in ["a", "", "b", "c"] { stream.absorb(Array(part.utf8)) }
    let digest = stream.digest32()
    #expect(digest == SHA256.digest32(Array("abc".utf8)))
  }

  /// RFC 4231, cases 1 and 6 (a key longer than the block).
  @Test func hmac() throws {
    let first = HMAC<SHA256>.code(
      for: Array("Hi There".utf8).span.bytes, key: [UInt8](repeating: 0x0B, count: 20).span.bytes)
    #expect(
      try first == bytes("b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"))
    let text = Array("Test Using Larger Than Block-Size Key - Hash Key First".utf8)
    let key = [UInt8](repeating: 0xAA, count: 131)
    #expect(
      try HMAC<SHA256>.code(for: text.span.bytes, key: key.span.bytes)
        == bytes("60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54"))
    #expect(
      try HMAC<SHA512>.code(for: text.span.bytes, key: key.span.bytes)
        == bytes(
          """
          80b24263c7c1a3ebb71493c1dd7be8b49b46d1f41b4aeec1121b013783f8f352
          6b56d037e05f2598bd0fd2215d6a1e5295e64f73f63f0aec8b915a985d786598
          """))
  }

  /// A tag of no bytes, or of more than the hash has, is never right (OpenMLS GHSA-8x3w-qj7j-gqhf).
  @Test func lengthsOfCodesAreChecked() {
    let key = [UInt8](repeating: 1, count: 32)
    let code = HMAC<SHA256>.code(for: key.span.bytes, key: key.span.bytes)
    for count in [0, 33] {
      let other = Array((code + code).prefix(count))
      let isValid = HMAC<SHA256>.isValid(other.span.bytes, for: key.span.bytes, key: key.span.bytes)
      #expect(!isValid)
    }
    let isValid = HMAC<SHA256>.isValid(code.span.bytes, for: key.span.bytes, key: key.span.bytes)
    #expect(isValid)
    #expect(!ConstantTime.areEqual([1, 2], [1, 2, 3]) && ConstantTime.areEqual([], []))
  }

  /// RFC 5869, cases 1 and 3 (no salt, no purpose).
  @Test func hkdf() throws {
    let secret = [UInt8](repeating: 0x0B, count: 22)
    #expect(
      try Primitives.hkdf(
        SHA256.self, secret: secret, salt: Array(0...12), purpose: Array(0xF0...0xF9), count: 42)
        == bytes(
          """
          3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865
          """))
    #expect(
      try Primitives.hkdf(SHA256.self, secret: secret, salt: [], purpose: [], count: 42)
        == bytes(
          """
          8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d9d201395faa4b61a96c8
          """))
  }

  @Test func hkdfGives255HashesAtMost() throws {
    for count in [8_159, 8_160] {
      let output = try Primitives.hkdf(
        SHA256.self, secret: [1], salt: [], purpose: [], count: count)
      #expect(output.count == count)
    }
    #expect(throws: CryptoError.outputTooLong) {
      try Primitives.hkdf(SHA256.self, secret: [1], salt: [], purpose: [], count: 8_161)
    }
  }

  /// RFC 7748 §5.2 (the second point has its top bit set) and §6.1.
  @Test func x25519() throws {
    let vectors = [
      (
        "a546e36bf0527c9d3b16154b82465edd62144c0ac1fc5a18506a2244ba449ac4",
        "e6db6867583030db3594c1a424b15f7c726624ec26b3353b10a903a6d0ab1c4c",
        "c3da55379de9c6908e94ea4df28d084f32eccf03491c71f754b4075577a28552"
      ),
      (
        "4b66e9d4d1b4673c5ad22691957d6af5c11b6421e0ea01d42ca4169e7918ba0d",
        "e5210f12786811d3f4b7959d0538ae2c31dbe7106fc03c3efc4cd549c715a493",
        "95cbde9476e8907d7aade45cb4b873f88b595a68799fa152e6f8f7647aac7957"
      ),
    ]
    for (secret, point, shared) in vectors {
      #expect(
        try Primitives.x25519(secret: bytes(secret), point: bytes(point)) == bytes(shared))
    }
    let arena = SecretArena()
    let secret = try bytes("5dab087e624a8a4b79e17f8b83800ee66f3bb1292618b6fd1c2f8b27ff88e0eb")
    let bob = AgreementSecretKey(secret: try Secret32(copying: secret.span.bytes, in: arena))
    let key = bob.publicKey
    #expect(
      key.description == "de9edb7d7b7dc1b4d35b61c2ece435373f8343c85b78674dadfc7e146f882b4f")
    let alice = try AgreementPublicKey(
      bytes: bytes("8520f0098930a754748b7ddcb43ef75a0dbf3a0d26381af4eba4a98eaa9b4e6a"))
    let secretOfBoth = try bob.sharedSecret(with: alice, in: arena)
    let shared = secretOfBoth.withUnsafeBytes { Array($0) }
    #expect(
      try shared == bytes("4a5d9d5ba4ce2de1728e3bf480350f25e07e21c947d19e3376f09b3c1e161742"))
  }

  /// 2^255 - 20, the greatest canonical number, and the next ones.
  @Test func keysOfX25519AreCanonical() throws {
    let middle = String(repeating: "ff", count: 30)
    _ = try LinkPublicKey(bytes: bytes("ec" + middle + "7f"))
    for other in ["ed" + middle + "7f", "ff" + middle + "7f", "ec" + middle + "ff"] {
      #expect(throws: CryptoError.keyNotCanonical) { try LinkPublicKey(bytes: bytes(other)) }
    }
    for count in [31, 33] {
      #expect(throws: CryptoError.wrongLength(expected: 32, found: count)) {
        try LinkPublicKey(bytes: [UInt8](repeating: 0, count: count))
      }
    }
  }

  /// RFC 8032 §7.1, test 1.
  @Test func ed25519() throws {
    let seed = try bytes("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60")
    let key = try SigningSecretKey(seed: seed.span.bytes)
    let publicKey = key.publicKey
    #expect(
      publicKey.description == "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a")
    let signature = key.sign([])
    #expect(
      try signature.array
        == bytes(
          """
          e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701
          cf9b46bd25bf5f0595bbe24655141438e7a100b
          """))
    #expect(publicKey.isValid(signature, for: [UInt8]()))
    #expect(!publicKey.isValid(signature, for: [0]))
    let again = key.withUnsafeSeed { Array($0) }
    #expect(again == seed)
  }

  /// A key of small order would accept one signature for many messages.
  @Test(
    arguments: [
      "0100000000000000000000000000000000000000000000000000000000000000",
      "0000000000000000000000000000000000000000000000000000000000000000",
      "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
      "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
    ])
  func keysOfSmallOrderVerifyNothing(_ point: String) throws {
    let key = try SigningPublicKey(bytes: bytes(point))
    let identity = try bytes("01" + String(repeating: "00", count: 31))
    for first in [identity, try bytes(point)] {
      let signature = try Signature(bytes: first + [UInt8](repeating: 0, count: 32))
      for message in 0..<8 { #expect(!key.isValid(signature, for: [UInt8(message)])) }
    }
  }

  /// S plus the group's order is another signature of the same message.
  @Test func signaturesAreNotMalleable() throws {
    let key = try SigningSecretKey(from: .kernel)
    let publicKey = key.publicKey
    var signature = key.sign([1]).array
    let order = try bytes("edd3f55c1a631258d69cf7a2def9de1400000000000000000000000000000010")
    var carry = 0
    for index in 0..<32 {
      let sum = Int(signature[32 + index]) + Int(order[index]) + carry
      signature[32 + index] = UInt8(sum & 0xFF)
      carry = sum >> 8
    }
    #expect(carry == 0)
    #expect(!publicKey.isValid(try Signature(bytes: signature), for: [1]))
  }

  /// RFC 8439 §2.8.2.
  @Test func chaCha20Poly1305() throws {
    let text =
      "Ladies and Gentlemen of the class of '99: If I could offer you only one tip for the future, "
      + "sunscreen would be it."
    let sealed = try Primitives.seal(
      ChaCha20Poly1305.self, Array(text.utf8), bytes("50515253c0c1c2c3c4c5c6c7"),
      key: Array(0x80...0x9F), nonce: bytes("070000004041424344454647"))
    #expect(try sealed[..<16] == bytes("d31a8d34648e60db7b86afbc53ef7ec2")[...])
    #expect(try sealed.suffix(16) == bytes("1ae10b594f09e26a7e902ecbd0600691")[...])
  }

  /// Tags cut short, or missing, are not tags; nor are keys of another size keys.
  @Test func sizesOfAnAEADAreChecked() throws {
    let key = [UInt8](repeating: 1, count: 32)
    let nonce = [UInt8](repeating: 2, count: 24)
    let cipher = XChaCha20Poly1305.self
    let sealed = try Primitives.seal(cipher, [], [], key: key, nonce: nonce)
    #expect(sealed.count == 16)
    #expect(try Primitives.open(cipher, sealed, [], key: key, nonce: nonce) == [])
    for count in 0..<16 {
      #expect(throws: CryptoError.notAuthentic) {
        try Primitives.open(cipher, Array(sealed[..<count]), [], key: key, nonce: nonce)
      }
    }
    #expect(throws: CryptoError.wrongLength(expected: 32, found: 31)) {
      try Primitives.seal(cipher, [], [], key: Array(key[1...]), nonce: nonce)
    }
    #expect(throws: CryptoError.wrongLength(expected: 24, found: 12)) {
      try Primitives.seal(cipher, [], [], key: key, nonce: Array(nonce[12...]))
    }
  }

  /// The value is OpenSSL's for the same parameters.
  @Test func argon2id() throws {
    let password = Array("correct horse".utf8)
    let salt = Array("0123456789abcdef".utf8)
    let cost = PasswordHash.Cost(passes: 3, memoryByteCount: 64 << 10)
    let secret = try PasswordHash.derive(
      password: password.span.bytes, salt: salt.span.bytes, cost: cost, byteCount: 32)
    let derived = secret.withUnsafeBytes { Array($0) }
    #expect(
      try derived == bytes("5de797640c71ce5e1dbe17ed17ba7d249adbc20db030460e84bd4c325101844e"))
  }

  @Test(
    arguments: [
      (PasswordHash.Cost(passes: 0, memoryByteCount: 8192), 32),
      (PasswordHash.Cost(passes: 1, memoryByteCount: 8191), 32),
      (PasswordHash.Cost(passes: 1, memoryByteCount: 8192), 15),
    ])
  func costsOfAPasswordHashHaveLimits(_ cost: PasswordHash.Cost, _ byteCount: Int) throws {
    let salt = [UInt8](repeating: 0, count: 16)
    #expect(throws: CryptoError.limitsOutOfRange) {
      _ = try PasswordHash.derive(
        password: salt.span.bytes, salt: salt.span.bytes, cost: cost, byteCount: byteCount)
    }
  }

  @Test func aSeedDeterminesItsBytesAndTheKernelDoesNot() throws {
    let draw = { (random: RandomSource) in (0..<4).map { random.bytes(8 * $0 + 8) } }
    let seeds = try [Bytes32(), Bytes32([UInt8](repeating: 1, count: 32))]
    #expect(draw(.seeded(seeds[0])) == draw(.seeded(seeds[0])))
    #expect(draw(.seeded(seeds[0])) != draw(.seeded(seeds[1])))
    #expect(Set(draw(.seeded(seeds[0])).map { Array($0[..<8]) }).count == 4)
    #expect(draw(.kernel) != draw(.kernel))
  }
}

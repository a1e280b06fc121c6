import Glibc
import JanusCrypto

/// Puts known bytes into memory for secrets, works with them, and aborts with a core dump.
///
/// What is planted under a name is SHA-256 of the name, written straight to its place, so that it
/// stands nowhere else unless the library puts it there. The argument `leak` plants one in plain
/// memory, too: the test that looks for it must find it.
@main
enum CoreDumpSubject {
  static func main() throws {
    try dumpCore()
    let arena = SecretArena()
    let guarded = try SecretBytes(byteCount: 32) { plant("guarded", in: $0) }
    let slot = try Secret32(in: arena) { plant("slot", in: $0) }
    let released = try Secret32(in: arena) { plant("released", in: $0) }
    _ = consume released
    let seed = try Secret32(in: arena) { plant("signing seed", in: $0) }
    let signingKey = try seed.withUnsafeBytes { bytes throws(CryptoError) in
      try SigningSecretKey(seed: bytes.bytes)
    }
    let agreementKey = AgreementSecretKey(
      secret: try Secret32(in: arena) { plant("agreement key", in: $0) })
    var chain = try Secret32(in: arena) { plant("chain key", in: $0) }
    var messageKey = try Secret32(in: arena) { plant("message key", in: $0) }
    let cipherKey = try Secret32(in: arena) { plant("cipher key", in: $0) }
    let ikm = try Secret32(in: arena) { plant("key material", in: $0) }

    let signature = signingKey.sign([1, 2, 3])
    let shared = try agreementKey.sharedSecret(with: agreementKey.publicKey, in: arena)
    chain.withUnsafeMutableBytes { chain in
      messageKey.withUnsafeMutableBytes { messageKey in
        if let chain = chain.baseAddress, let messageKey = messageKey.baseAddress {
          ChainKey.advance(chain, messageKey: messageKey)
        }
      }
    }
    let nonce = [UInt8](repeating: 0, count: 24)
    let sealed = try XChaCha20Poly1305.seal(
      nonce.span.bytes, associatedData: nonce.span.bytes, key: cipherKey, nonce: nonce.span.bytes)
    let derived = try Secret32(in: arena) { output throws(CryptoError) in
      try ikm.withUnsafeBytes { ikm throws(CryptoError) in
        try HKDF<SHA256>.derive(
          salt: ikm, secret: ikm, purpose: nonce.span.bytes, output: output)
      }
    }

    var control = [UInt8](repeating: 0, count: 32)
    control.withUnsafeMutableBytes { plant("control", in: $0) }
    var leak: [UInt8] = []
    if CommandLine.arguments.contains("leak") {
      leak = slot.withUnsafeBytes { Array($0) }
    }
    // All of it is alive here, and used: nothing was optimised away.
    let areEqual = guarded.isEqual(to: slot) || shared.isEqual(to: derived)
    withExtendedLifetime((control, leak, signature, sealed, areEqual)) { abort() }
  }

  private static func plant(_ name: String, in memory: UnsafeMutableRawBufferPointer) {
    let name = Array(name.utf8)
    if let start = memory.baseAddress { SHA256.hash(name.span.bytes, digest: start) }
  }

  private static func dumpCore() throws {
    var limit = rlimit(rlim_cur: .max, rlim_max: .max)
    getrlimit(__rlimit_resource_t(RLIMIT_CORE.rawValue), &limit)
    limit.rlim_cur = limit.rlim_max
    setrlimit(__rlimit_resource_t(RLIMIT_CORE.rawValue), &limit)
  }
}

import JanusCrypto
import JanusKEM
import Testing

@Suite struct MLKEM768Tests {
  @Test func bothSidesGetTheSameSecret() throws {
    let arena = SecretArena()
    let secretKey = try KEMSecretKey(from: .kernel)
    let sent = try KEMPublicKey(bytes: secretKey.publicKey.bytes).encapsulate(in: arena)
    let received = try secretKey.decapsulate(sent.ciphertext, in: arena)
    let areEqual = sent.sharedSecret.isEqual(to: received)
    #expect(areEqual)
  }
}

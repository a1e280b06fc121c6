import DMP
import JanusCrypto
import JanusKEM
import JanusTestSupport
import Testing

@Suite struct AgreementTests {
  private let arena = SecretArena()

  private func key(_ byte: UInt8) throws(CryptoError) -> AgreementSecretKey {
    let bytes = [UInt8](repeating: byte, count: 32)
    return AgreementSecretKey(secret: try Secret32(copying: bytes.span.bytes, in: arena))
  }

  private func bytes(_ secret: borrowing Secret32) -> [UInt8] {
    secret.withUnsafeBytes { Array($0) }
  }

  private func transcript(
    _ ephemeralKey: AgreementPublicKey,
    _ ciphertext: [UInt8]
  ) -> AgreementTranscript {
    AgreementTranscript(
      initiatorCertificate: Array("certificate of I".utf8),
      responderCertificate: Array("certificate of R".utf8),
      knock: Array("knock".utf8),
      accept: Array("accept".utf8),
      ephemeralKey: ephemeralKey,
      kemCiphertext: ciphertext
    )
  }

  /// The values were computed by a separate program (Python, PyNaCl) from the text of the wire
  /// format; keys are 01…, 02… to 05…, the KEM's secret is 06…, its ciphertext 07….
  @Test(arguments: [false, true])
  func theKeysAreThoseOfTheWireFormat(_ hasOneTimePrekey: Bool) throws {
    let ephemeralKey = try key(2)
    let oneTimePrekey = try key(5)
    let offer = Agreement.Offer(
      identity: try key(3).publicKey,
      signedPrekey: try key(4).publicKey,
      oneTimePrekey: hasOneTimePrekey ? oneTimePrekey.publicKey : nil
    )
    let ciphertext = [UInt8](repeating: 7, count: 1088)
    let sharedSecret = [UInt8](repeating: 6, count: 32)
    let secrets = try Agreement.initiate(
      identity: key(1),
      ephemeralKey: ephemeralKey,
      offer: offer,
      encapsulation: Encapsulation(
        ciphertext: ciphertext,
        sharedSecret: Secret32(copying: sharedSecret.span.bytes, in: arena)
      ),
      transcript: transcript(ephemeralKey.publicKey, ciphertext),
      arena: arena
    )
    #expect(
      secrets.associatedData.description
        == "551cce6777cf3d8fdf8f5e3cda879904986c40a2c1e25a56e94f9951056cd16f"
    )
    #expect(secrets.session.description == "e3e93ebe2a1c2054")
    let output = bytes(secrets.rootKey) + bytes(secrets.linkKey) + bytes(secrets.exporter)
    let expected =
      hasOneTimePrekey
      ? """
      d3b79f1d0e03032d5667dd927aa1a7f0c68601cff7949798955a73115345eefa
      36f86126fb54eb4ab339a2f0bb62834a0f2001daab998bcf80a4f6fdf9b6facf
      7ee5eb039d04e7b111b7171dcd82e343e40a1b3ff4b8ab219df6573bb39b12e4
      """
      : """
      7023468b0b98bd20994194b250e51649d635a4d47d0e64aead7e77e163d0944d
      c5b72cd99368806cb5fe825378cf3438a372e8d8f9692aaf9355d0089eb1a3ea
      a37a7842cc77df22d22a8b305f70cf5dea75539d39abd238df54d05305dec43f
      """
    #expect(try output == [UInt8](hexadecimal: expected))
  }

  /// The root keys of both sides, where the responder sees its own idea of the transcript.
  private func rootKeys(
    hasOneTimePrekey: Bool = true,
    _ change: (inout AgreementTranscript) -> Void = { _ in }
  ) throws -> (initiator: [UInt8], responder: [UInt8]) {
    let random = RandomSource.kernel
    let kem = try KEMSecretKey(from: random)
    let initiator = try AgreementSecretKey(from: random, in: arena)
    let responder = try AgreementSecretKey(from: random, in: arena)
    let signedPrekey = try AgreementSecretKey(from: random, in: arena)
    let oneTimePrekey = try AgreementSecretKey(from: random, in: arena)
    let ephemeralKey = try AgreementSecretKey(from: random, in: arena)
    let encapsulation = try kem.publicKey.encapsulate(in: arena)
    var transcript = transcript(ephemeralKey.publicKey, encapsulation.ciphertext)
    let first = try Agreement.initiate(
      identity: initiator,
      ephemeralKey: ephemeralKey,
      offer: Agreement.Offer(
        identity: responder.publicKey,
        signedPrekey: signedPrekey.publicKey,
        oneTimePrekey: hasOneTimePrekey ? oneTimePrekey.publicKey : nil
      ),
      encapsulation: encapsulation,
      transcript: transcript,
      arena: arena
    )
    change(&transcript)
    var offered: AgreementSecretKey?
    if hasOneTimePrekey { offered = try oneTimePrekey.copy() }
    let peer = initiator.publicKey
    let second = try Agreement.respond(
      identity: responder,
      keys: Agreement.Keys(
        signedPrekey: signedPrekey,
        oneTimePrekey: offered,
        kem: kem
      ),
      peer: peer,
      transcript: transcript,
      arena: arena
    )
    return (bytes(first.rootKey), bytes(second.rootKey))
  }

  @Test(arguments: [false, true])
  func bothSidesGetTheSameKeys(_ hasOneTimePrekey: Bool) throws {
    let keys = try rootKeys(hasOneTimePrekey: hasOneTimePrekey)
    #expect(keys.initiator == keys.responder)
  }

  enum Part: CaseIterable {
    case initiatorCertificate, responderCertificate, knock, accept, kemCiphertext
  }

  /// A bit anywhere: no other identity, no downgrade, no other ciphertext gives the same keys.
  @Test(arguments: Part.allCases)
  func aChangeOfAnyPartGivesOtherKeys(_ part: Part) throws {
    let keys = try rootKeys { transcript in
      switch part {
      case .initiatorCertificate: transcript.initiatorCertificate[3] ^= 1
      case .responderCertificate: transcript.responderCertificate[3] ^= 1
      case .knock: transcript.knock[0] ^= 0x80
      case .accept: transcript.accept[5] ^= 1
      case .kemCiphertext: transcript.kemCiphertext[1087] ^= 1
      }
    }
    #expect(keys.initiator != keys.responder)
  }

  @Test func anotherEphemeralKeyGivesOtherKeys() throws {
    let other = try AgreementSecretKey(from: .kernel, in: arena).publicKey
    let keys = try rootKeys { $0.ephemeralKey = other }
    #expect(keys.initiator != keys.responder)
  }

  /// Unknown key share: the same bytes with the roles of the certificates swapped.
  @Test func swappedCertificatesGiveOtherKeys() throws {
    let keys = try rootKeys { transcript in
      swap(&transcript.initiatorCertificate, &transcript.responderCertificate)
    }
    #expect(keys.initiator != keys.responder)
  }

  /// The border between two parts is part of what is hashed.
  @Test func bytesThatMoveToTheNextPartGiveOtherKeys() throws {
    let keys = try rootKeys { transcript in
      transcript.accept.insert(transcript.knock.removeLast(), at: 0)
    }
    #expect(keys.initiator != keys.responder)
  }

  /// 0 and 1 are points of order 4 and 1; -1 and two more are of order 2 and 8.
  static let smallPoints = [
    String(repeating: "00", count: 32),
    "01" + String(repeating: "00", count: 31),
    "ec" + String(repeating: "ff", count: 30) + "7f",
    "e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800",
    "5f9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f1157",
  ]

  @Test(arguments: smallPoints)
  func aPrekeyOfSmallOrderIsRefused(_ point: String) throws {
    let small = try AgreementPublicKey(bytes: [UInt8](hexadecimal: point))
    let kem = try KEMSecretKey(from: .kernel)
    let encapsulation = try kem.publicKey.encapsulate(in: arena)
    let ephemeralKey = try key(2)
    let transcript = transcript(ephemeralKey.publicKey, encapsulation.ciphertext)
    for place in 0..<3 {
      let good = try key(4).publicKey
      let offer = Agreement.Offer(
        identity: place == 0 ? small : good,
        signedPrekey: place == 1 ? small : good,
        oneTimePrekey: place == 2 ? small : good
      )
      var error: CryptoError?
      do throws(CryptoError) {
        _ = try Agreement.initiate(
          identity: key(1),
          ephemeralKey: ephemeralKey,
          offer: offer,
          encapsulation: encapsulation,
          transcript: transcript,
          arena: arena
        )
      } catch let thrown {
        error = thrown
      }
      #expect(error == .sharedSecretIsZero)
    }
  }
}

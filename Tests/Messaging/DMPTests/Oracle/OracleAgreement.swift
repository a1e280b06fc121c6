import DMP
import JanusCrypto
import JanusKEM
import JanusTestSupport

/// An agreement whose secrets are all known, as a line has it.
struct OracleAgreement {
  let line: OracleLine
  let arena: SecretArena

  init(_ line: OracleLine, arena: SecretArena) {
    self.line = line
    self.arena = arena
  }

  /// Draws the secrets; certificates, knock and accept are any bytes.
  init(from random: inout SplitMix, arena: SecretArena) throws {
    var fields: [String: JSON] = ["kind": "agreement"]
    let secrets = ["identitySecretI", "ephemeralSecret", "identitySecretR", "prekeySecret"]
    for name in secrets { fields[name] = .bytes(random.bytes(32)) }
    if random.next() % 2 == 0 { fields["oneTimeSecret"] = .bytes(random.bytes(32)) }
    for name in ["certificateI", "certificateR", "knock", "accept"] {
      fields[name] = .bytes(random.bytes(Int(random.next() % 900)))
    }
    fields["kemSeed"] = .bytes(random.bytes(64))
    self.init(OracleLine(json: .object(fields)), arena: arena)
    let kem = try kem()
    let encapsulation = try kem.publicKey.encapsulate(in: arena)
    fields["ciphertext"] = .bytes(encapsulation.ciphertext)
    fields["ephemeral"] = .bytes(try publicKey("ephemeralSecret").bytes.array)
    self.init(OracleLine(json: .object(fields)), arena: arena)
  }

  func key(_ name: String) throws -> AgreementSecretKey {
    let bytes = try line.bytes(name)
    let secret = try Secret32(copying: bytes.span.bytes, in: arena)
    return AgreementSecretKey(secret: secret)
  }

  func publicKey(_ name: String) throws -> AgreementPublicKey {
    let key = try key(name)
    return key.publicKey
  }

  private func kem() throws -> KEMSecretKey {
    let bytes = try line.bytes("kemSeed")
    let seed = try SecretBytes(copying: bytes.span.bytes)
    return try KEMSecretKey(seed: seed)
  }

  func transcript() throws -> AgreementTranscript {
    AgreementTranscript(
      initiatorCertificate: try line.bytes("certificateI"),
      responderCertificate: try line.bytes("certificateR"),
      knock: try line.bytes("knock"),
      accept: try line.bytes("accept"),
      ephemeralKey: try AgreementPublicKey(bytes: line.bytes("ephemeral")),
      kemCiphertext: try line.bytes("ciphertext")
    )
  }

  func initiated() throws -> AgreedSecrets {
    var oneTimePrekey: AgreementPublicKey?
    if line.has("oneTimeSecret") { oneTimePrekey = try publicKey("oneTimeSecret") }
    let offer = Agreement.Offer(
      identity: try publicKey("identitySecretR"),
      signedPrekey: try publicKey("prekeySecret"),
      oneTimePrekey: oneTimePrekey
    )
    let ciphertext = try line.bytes("ciphertext")
    let kem = try kem()
    let secret = try kem.decapsulate(ciphertext, in: arena)
    let encapsulation = Encapsulation(ciphertext: ciphertext, sharedSecret: secret)
    let identity = try key("identitySecretI")
    let ephemeralKey = try key("ephemeralSecret")
    return try Agreement.initiate(
      identity: identity,
      ephemeralKey: ephemeralKey,
      offer: offer,
      encapsulation: encapsulation,
      transcript: transcript(),
      arena: arena
    )
  }

  func responded() throws -> AgreedSecrets {
    let signedPrekey = try key("prekeySecret")
    let kem = try kem()
    var oneTimePrekey: AgreementSecretKey?
    if line.has("oneTimeSecret") { oneTimePrekey = try key("oneTimeSecret") }
    let keys = Agreement.Keys(signedPrekey: signedPrekey, oneTimePrekey: oneTimePrekey, kem: kem)
    return try Agreement.respond(
      identity: key("identitySecretR"),
      keys: keys,
      peer: publicKey("identitySecretI"),
      transcript: transcript(),
      arena: arena
    )
  }

  /// What the agreement gives, by the names of a line.
  static func shown(_ secrets: borrowing AgreedSecrets) -> [String: JSON] {
    [
      "associatedData": .bytes(secrets.associatedData.array),
      "sid": .bytes(secrets.session.array),
      "rootKey": secrets.rootKey.withUnsafeBytes { .bytes($0) },
      "linkPSK": secrets.linkKey.withUnsafeBytes { .bytes($0) },
      "exporter": secrets.exporter.withUnsafeBytes { .bytes($0) },
    ]
  }
}

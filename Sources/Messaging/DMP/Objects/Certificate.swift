package import JanusCrypto

/// What a root key says of a device: its three keys and how long they hold (DMP §4.2).
package struct Certificate: SignedObject {
  package static let context = SignatureContext.certificate
  package static let byteLimit = Limits.certificateByteCount

  package var did: DID
  package var device: DeviceID
  package var signingKey: SigningPublicKey
  package var agreementKey: AgreementPublicKey
  package var linkKey: LinkPublicKey
  /// Higher in each renewal.
  package var sequence: UInt64
  /// Seconds since 1970.
  package var notBefore: UInt64
  /// Seconds since 1970, the last second included; later than `notBefore`.
  package var expiry: UInt64

  package init(
    did: DID,
    device: DeviceID,
    signingKey: SigningPublicKey,
    agreementKey: AgreementPublicKey,
    linkKey: LinkPublicKey,
    sequence: UInt64,
    notBefore: UInt64,
    expiry: UInt64
  ) {
    self.did = did
    self.device = device
    self.signingKey = signingKey
    self.agreementKey = agreementKey
    self.linkKey = linkKey
    self.sequence = sequence
    self.notBefore = notBefore
    self.expiry = expiry
  }

  package init(payload reader: inout CBORReader) throws(CBORError) {
    var fields = try reader.openFields()
    try reader.require(0, in: &fields)
    did = DID(rootKey: try reader.signingKey())
    try reader.require(1, in: &fields)
    device = try reader.octets16()
    try reader.require(2, in: &fields)
    signingKey = try reader.signingKey()
    try reader.require(3, in: &fields)
    agreementKey = try reader.x25519Key()
    try reader.require(4, in: &fields)
    linkKey = try reader.x25519Key()
    try reader.require(5, in: &fields)
    sequence = try reader.unsigned()
    try reader.require(6, in: &fields)
    notBefore = try reader.unsigned()
    try reader.require(7, in: &fields)
    let start = reader.offset
    expiry = try reader.unsigned()
    guard expiry > notBefore else { throw reader.error(.outOfRange, at: start) }
    try reader.close(&fields)
  }

  package func write(to writer: inout CBORWriter) {
    var fields = writer.openFields()
    writer.key(0, in: &fields)
    writer.octets(did.rootKey.bytes)
    writer.key(1, in: &fields)
    writer.octets(device)
    writer.key(2, in: &fields)
    writer.octets(signingKey.bytes)
    writer.key(3, in: &fields)
    writer.octets(agreementKey.bytes)
    writer.key(4, in: &fields)
    writer.octets(linkKey.bytes)
    writer.key(5, in: &fields)
    writer.unsigned(sequence)
    writer.key(6, in: &fields)
    writer.unsigned(notBefore)
    writer.key(7, in: &fields)
    writer.unsigned(expiry)
  }
}

extension Certificate {
  /// Where a moment lies, clocks being allowed to differ by `Limits.skewSeconds`.
  package enum Validity: Equatable, Sendable {
    case notYet, current, expired
  }

  /// `now` in seconds since 1970.
  package func validity(at now: UInt64) -> Validity {
    if now < notBefore && notBefore - now > Limits.skewSeconds { return .notYet }
    if now > expiry && now - expiry > Limits.skewSeconds { return .expired }
    return .current
  }
}

extension Signed<Certificate> {
  /// The certificate, if its own root key has signed it.
  ///
  /// - Throws: `notAuthentic`.
  package func verified() throws(ObjectError) -> Verified<Certificate> {
    try verified(by: claim.did.rootKey)
  }
}

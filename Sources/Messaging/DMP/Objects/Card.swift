import JanusCrypto

/// What one hands over to be reached: the certificate, addresses, what one does (DMP §4.3).
package struct Card: SignedObject {
  package static let context = SignatureContext.card
  package static let byteLimit = Limits.cardByteCount

  /// Inside of a verified card it is verified too: `Verified<Card>.certificate`.
  package var certificate: Signed<Certificate>
  package var addresses: [String]
  package var capabilities: [String]
  package var name: String
  /// Higher in each renewal.
  package var sequence: UInt64
  /// Seconds since 1970.
  package var expiry: UInt64

  package init(
    certificate: Signed<Certificate>,
    addresses: [String],
    capabilities: [String],
    name: String,
    sequence: UInt64,
    expiry: UInt64
  ) {
    self.certificate = certificate
    self.addresses = addresses
    self.capabilities = capabilities
    self.name = name
    self.sequence = sequence
    self.expiry = expiry
  }

  package init(payload reader: inout CBORReader) throws(CBORError) {
    var fields = try reader.openFields()
    try reader.require(0, in: &fields)
    certificate = try reader.signed(Certificate.self)
    try reader.require(1, in: &fields)
    addresses = try reader.texts(
      atMost: Limits.cardAddresses,
      byteCount: Limits.addressByteCount
    )
    try reader.require(2, in: &fields)
    capabilities = try reader.texts(
      atMost: Limits.cardCapabilities,
      byteCount: Limits.intentByteCount
    )
    try reader.require(3, in: &fields)
    name = try reader.name(atMost: Limits.nameByteCount)
    try reader.require(4, in: &fields)
    sequence = try reader.unsigned()
    try reader.require(5, in: &fields)
    expiry = try reader.unsigned()
    try reader.close(&fields)
  }

  package func write(to writer: inout CBORWriter) {
    var fields = writer.openFields()
    writer.key(0, in: &fields)
    writer.bytes(certificate.bytes)
    writer.key(1, in: &fields)
    writer.texts(addresses)
    writer.key(2, in: &fields)
    writer.texts(capabilities)
    writer.key(3, in: &fields)
    writer.text(name)
    writer.key(4, in: &fields)
    writer.unsigned(sequence)
    writer.key(5, in: &fields)
    writer.unsigned(expiry)
  }
}

extension Signed<Card> {
  /// The card, if its certificate is signed by its root key and the card by the certified device.
  ///
  /// - Throws: `notAuthentic`.
  package func verified() throws(ObjectError) -> Verified<Card> {
    let certificate = try claim.certificate.verified()
    return try verified(by: certificate.value.signingKey)
  }
}

extension Verified<Card> {
  /// The certificate in the card, which was verified before the card was.
  package var certificate: Certificate { value.certificate.claim }

  package var did: DID { certificate.did }
}

// MARK: The text form

extension Verified<Card> {
  private static var prefix: String { "dmpcard1:" }

  /// One line: `dmpcard1:` and base64url.
  package var text: String { Self.prefix + Base64URL.encode(bytes) }

  /// Reads the line; ASCII spaces and line ends around it do not count.
  ///
  /// - Throws: `CardTextError`.
  package init(text: String) throws(CardTextError) {
    let blanks: Set<UInt8> = [0x09, 0x0a, 0x0d, 0x20]
    var utf8 = Array(text.utf8)[...]
    utf8 = utf8.drop { blanks.contains($0) }
    while let last = utf8.last, blanks.contains(last) { utf8.removeLast() }
    guard utf8.starts(with: Self.prefix.utf8),
      let bytes = Base64URL.decode(utf8.dropFirst(Self.prefix.utf8.count))
    else { throw .text(.notCard) }
    do throws(ObjectError) {
      self = try Signed<Card>(decoding: bytes[...]).verified()
    } catch {
      throw .object(error)
    }
  }
}

/// Why a text is no card.
package enum CardTextError: Error, Equatable, Sendable {
  case text(IdentityTextError)
  case object(ObjectError)
}

extension CBORReader {
  /// A byte string that holds a signed object.
  mutating func signed<Object: SignedObject>(
    _: Object.Type
  ) throws(CBORError) -> Signed<Object> {
    let bytes = try bytes(atMost: Object.byteLimit)
    do throws(ObjectError) {
      return try Signed(decoding: bytes)
    } catch {
      guard case .encoding(let inner) = error else {
        preconditionFailure("the length was checked, signatures were not")
      }
      throw CBORError(inner.reason, at: inner.offset + offset - bytes.count)
    }
  }
}

import JanusCrypto

/// A root key's word that a device, or the whole identity, is no longer to be believed (DMP §4.5).
///
/// Made when the identity is, and kept elsewhere: it works when the key is lost.
package struct Revocation: SignedObject {
  package static let context = SignatureContext.revocation
  package static let byteLimit = Limits.certificateByteCount

  package var did: DID
  /// Nil for all devices and the root key.
  package var device: DeviceID?
  package var sequence: UInt64
  /// For people; a revocation holds whatever number stands here.
  package var reason: UInt64

  package init(did: DID, device: DeviceID?, sequence: UInt64, reason: UInt64) {
    self.did = did
    self.device = device
    self.sequence = sequence
    self.reason = reason
  }

  package init(payload reader: inout CBORReader) throws(CBORError) {
    var fields = try reader.openFields()
    try reader.require(0, in: &fields)
    did = DID(rootKey: try reader.signingKey())
    try reader.require(1, in: &fields)
    device = try reader.takesNull() ? nil : try reader.octets16()
    try reader.require(2, in: &fields)
    sequence = try reader.unsigned()
    try reader.require(3, in: &fields)
    reason = try reader.unsigned()
    try reader.close(&fields)
  }

  package func write(to writer: inout CBORWriter) {
    var fields = writer.openFields()
    writer.key(0, in: &fields)
    writer.octets(did.rootKey.bytes)
    writer.key(1, in: &fields)
    if let device { writer.octets(device) } else { writer.null() }
    writer.key(2, in: &fields)
    writer.unsigned(sequence)
    writer.key(3, in: &fields)
    writer.unsigned(reason)
  }
}

extension Signed<Revocation> {
  /// The revocation, if the root key it names has signed it.
  ///
  /// - Throws: `notAuthentic`.
  package func verified() throws(ObjectError) -> Verified<Revocation> {
    try verified(by: claim.did.rootKey)
  }
}

package import JanusCrypto

/// The answer to a KNOCK that opens a session: what was chosen, and keys for this one agreement
/// (DMP §6.2).
package struct Accept: SignedObject {
  package static let context = SignatureContext.accept
  package static let byteLimit = Limits.acceptByteCount

  /// What the acceptor allows the other to send; numbers it does not know are let pass.
  package enum LimitKey: UInt64, CaseIterable, Sendable {
    case bodyBytes = 1
    case windowMessages = 2
    case windowBytes = 3
    case asks = 4
  }

  /// An entry of the map of limits.
  package struct Limit: Hashable, Sendable {
    package var key: UInt64
    package var value: UInt64

    package init(_ key: UInt64, _ value: UInt64) {
      self.key = key
      self.value = value
    }
  }

  /// H(KNOCK).
  package var knock: Digest
  package var version: UInt8
  package var suite: UInt8
  package var features: [String]
  package var signedPrekey: AgreementPublicKey
  package var oneTimePrekey: AgreementPublicKey?
  /// ML-KEM-768, encoded as FIPS 203 does.
  package var kemKey: [UInt8]
  /// Milliseconds from now.
  package var expiryMilliseconds: UInt64
  /// Keys ascending.
  package var limits: [Limit]

  package init(
    knock: Digest,
    version: UInt8 = FrameHeader.version,
    suite: UInt8 = FrameHeader.suite,
    features: [String] = [],
    signedPrekey: AgreementPublicKey,
    oneTimePrekey: AgreementPublicKey? = nil,
    kemKey: [UInt8],
    expiryMilliseconds: UInt64,
    limits: [Limit] = []
  ) {
    self.knock = knock
    self.version = version
    self.suite = suite
    self.features = features
    self.signedPrekey = signedPrekey
    self.oneTimePrekey = oneTimePrekey
    self.kemKey = kemKey
    self.expiryMilliseconds = expiryMilliseconds
    self.limits = limits
  }

  package init(payload reader: inout CBORReader) throws(CBORError) {
    var fields = try reader.openFields()
    try reader.require(0, in: &fields)
    knock = try reader.octets32()
    try reader.require(1, in: &fields)
    version = try reader.unsigned(as: UInt8.self)
    try reader.require(2, in: &fields)
    suite = try reader.unsigned(as: UInt8.self)
    try reader.require(3, in: &fields)
    features = try reader.features()
    try reader.require(4, in: &fields)
    signedPrekey = try reader.x25519Key()
    oneTimePrekey = try reader.has(5, in: &fields) ? try reader.x25519Key() : nil
    try reader.require(6, in: &fields)
    kemKey = Array(try reader.bytes(exactly: Limits.kemKeyByteCount))
    try reader.require(7, in: &fields)
    expiryMilliseconds = try reader.unsigned()
    try reader.require(8, in: &fields)
    limits = try reader.limits()
    try reader.close(&fields)
  }

  package func write(to writer: inout CBORWriter) {
    var fields = writer.openFields()
    writer.key(0, in: &fields)
    writer.octets(knock)
    writer.key(1, in: &fields)
    writer.unsigned(version)
    writer.key(2, in: &fields)
    writer.unsigned(suite)
    writer.key(3, in: &fields)
    writer.texts(features)
    writer.key(4, in: &fields)
    writer.octets(signedPrekey.bytes)
    if let oneTimePrekey {
      writer.key(5, in: &fields)
      writer.octets(oneTimePrekey.bytes)
    }
    writer.key(6, in: &fields)
    writer.bytes(kemKey)
    writer.key(7, in: &fields)
    writer.unsigned(expiryMilliseconds)
    writer.key(8, in: &fields)
    writer.map(limits.count)
    for limit in limits {
      writer.unsigned(limit.key)
      writer.unsigned(limit.value)
    }
  }
}

extension CBORReader {
  fileprivate mutating func limits() throws(CBORError) -> [Accept.Limit] {
    var limits: [Accept.Limit] = []
    for _ in 0..<(try map(atMost: Limits.offers)) {
      let start = offset
      let key = try unsigned()
      if let last = limits.last, key <= last.key {
        throw error(key == last.key ? .duplicateKey : .unsortedKeys, at: start)
      }
      limits.append(Accept.Limit(key, try unsigned()))
    }
    return limits
  }
}

import JanusCrypto

/// The question whether a session may be: who wants what, of whom, in which link (DMP §6.1).
package struct Knock: SignedObject {
  package static let context = SignatureContext.knock
  package static let byteLimit = Limits.knockByteCount

  package enum Urgency: UInt8, CaseIterable, Sendable { case low, normal, high, critical }

  package enum Why: UInt8, CaseIterable, Sendable {
    /// A first session.
    case new
    /// The keys are due for renewal.
    case due
    /// The two sides hold different keys.
    case desync
    /// A store was restored.
    case restored
  }

  package var to: DID
  package var nonce: KnockNonce
  /// Noise's h of the link that carries this.
  package var linkHash: Digest
  package var versions: [UInt8]
  package var suites: [UInt8]
  package var features: [String]
  /// Who does not know one of these refuses.
  package var criticalFeatures: [String]
  package var intent: String
  package var action: String
  package var urgency: Urgency
  package var ttlMilliseconds: UInt64
  /// The session that the new one takes the place of.
  package var replaces: SessionID?
  package var why: Why

  package init(
    to: DID,
    nonce: KnockNonce,
    linkHash: Digest,
    versions: [UInt8] = [FrameHeader.version],
    suites: [UInt8] = [FrameHeader.suite],
    features: [String] = [],
    criticalFeatures: [String] = [],
    intent: String,
    action: String,
    urgency: Urgency = .normal,
    ttlMilliseconds: UInt64,
    replaces: SessionID? = nil,
    why: Why
  ) {
    self.to = to
    self.nonce = nonce
    self.linkHash = linkHash
    self.versions = versions
    self.suites = suites
    self.features = features
    self.criticalFeatures = criticalFeatures
    self.intent = intent
    self.action = action
    self.urgency = urgency
    self.ttlMilliseconds = ttlMilliseconds
    self.replaces = replaces
    self.why = why
  }

  package init(payload reader: inout CBORReader) throws(CBORError) {
    var fields = try reader.openFields()
    try reader.require(0, in: &fields)
    to = DID(rootKey: try reader.signingKey())
    try reader.require(1, in: &fields)
    nonce = try reader.octets16()
    try reader.require(2, in: &fields)
    linkHash = try reader.octets32()
    try reader.require(3, in: &fields)
    versions = try reader.numbers(atMost: Limits.offers)
    try reader.require(4, in: &fields)
    suites = try reader.numbers(atMost: Limits.offers)
    try reader.require(5, in: &fields)
    features = try reader.features()
    try reader.require(6, in: &fields)
    criticalFeatures = try reader.features()
    try reader.require(7, in: &fields)
    intent = try reader.name(atMost: Limits.intentByteCount)
    try reader.require(8, in: &fields)
    action = try reader.text(atMost: Limits.intentByteCount)
    try reader.require(9, in: &fields)
    urgency = try reader.choice()
    try reader.require(10, in: &fields)
    ttlMilliseconds = try reader.unsigned()
    replaces = try reader.has(11, in: &fields) ? try reader.octets8() : nil
    try reader.require(12, in: &fields)
    why = try reader.choice()
    try reader.close(&fields)
  }

  package func write(to writer: inout CBORWriter) {
    var fields = writer.openFields()
    writer.key(0, in: &fields)
    writer.octets(to.rootKey.bytes)
    writer.key(1, in: &fields)
    writer.octets(nonce)
    writer.key(2, in: &fields)
    writer.octets(linkHash)
    writer.key(3, in: &fields)
    writer.numbers(versions)
    writer.key(4, in: &fields)
    writer.numbers(suites)
    writer.key(5, in: &fields)
    writer.texts(features)
    writer.key(6, in: &fields)
    writer.texts(criticalFeatures)
    writer.key(7, in: &fields)
    writer.text(intent)
    writer.key(8, in: &fields)
    writer.text(action)
    writer.key(9, in: &fields)
    writer.unsigned(urgency.rawValue)
    writer.key(10, in: &fields)
    writer.unsigned(ttlMilliseconds)
    if let replaces {
      writer.key(11, in: &fields)
      writer.octets(replaces)
    }
    writer.key(12, in: &fields)
    writer.unsigned(why.rawValue)
  }
}

extension CBORReader {
  mutating func features() throws(CBORError) -> [String] {
    try texts(atMost: Limits.features, byteCount: Limits.featureByteCount)
  }
}

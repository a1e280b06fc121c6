/// Every limit of DMP/1 (docs/dmp/protocol.md, "Limits").
///
/// Bytes unless the name says otherwise.
package enum Limits {
  // MARK: Encoding

  /// Arrays and maps inside each other in a body.
  package static let cborDepth = 16
  /// Items of a body, keys included.
  package static let cborItems = 65_536
  /// An encoded body.
  package static let bodyByteCount = 65_536

  // MARK: Frames

  /// A record of a link, its tag included.
  package static let recordByteCount = 65_535
  /// The body of a frame.
  package static let frameByteCount = 69_632

  /// REJECT and CLOSE.
  package static let smallFrameByteCount = 128
  /// The frames of a link and RESUME.
  package static let handshakeFrameByteCount = 4_096

  // MARK: Signed objects

  /// A certificate, revocation or audit point.
  package static let certificateByteCount = 512
  package static let cardByteCount = 4_096
  package static let knockByteCount = 2_048
  package static let acceptByteCount = 4_096
  package static let groupRecordByteCount = 65_536
  package static let groupMembers = 32
  package static let groupMembersLeast = 2
  package static let cardAddresses = 8
  package static let cardCapabilities = 64
  package static let addressByteCount = 256
  /// An intent, action or capability.
  package static let intentByteCount = 256
  /// The name of an agent or group.
  package static let nameByteCount = 128
  /// Versions, suites or limits in one offer.
  package static let offers = 16
  package static let features = 32
  package static let featureByteCount = 64
  /// An encapsulation key of ML-KEM-768 (FIPS 203 §8).
  package static let kemKeyByteCount = 1_184
  /// A ciphertext of ML-KEM-768 (FIPS 203 §8).
  package static let kemCiphertextByteCount = 1_088
  /// What clocks may differ by.
  package static let skewSeconds: UInt64 = 300

  // MARK: Contents

  /// Ranges of received numbers above a gap.
  package static let holes = 64
  /// Chains or refused numbers in one receipt.
  package static let receiptEntries = 64
  /// The place in a body that a reply complains of.
  package static let pathByteCount = 256
  /// Numbers are less than 2^63, so that adding one is always possible.
  package static let sequence: UInt64 = 1 << 63 - 1

  // MARK: Links

  /// LINK_DEADLINE: for the handshake; milliseconds.
  package static let linkDeadline: UInt64 = 5_000
  /// PING: after so long without an inbound; milliseconds.
  package static let pingAfter: UInt64 = 25_000
  /// DEAD: without an inbound; milliseconds.
  package static let linkSilence: UInt64 = 60_000
  /// LINK_AGE, in milliseconds.
  package static let linkAge: UInt64 = 24 * 3600 * 1000
  /// Records of one direction under one key.
  package static let recordsPerKey: UInt64 = 1 << 16

  // MARK: Ratchet

  /// SKIP_STEP: messages of a chain that one frame may skip.
  package static let skipStep = 1_000
  /// SKIP_STORED: keys of skipped messages that a session keeps; the oldest go first.
  package static let skipStored = 2_000
  /// CHAINS: receiving chains that a session knows, the newest included.
  package static let chains = 5
  /// How long keys of a chain are kept that the peer has left; milliseconds.
  package static let chainAge: UInt64 = 7 * 24 * 3600 * 1000
  /// RATCHET_MIN: between two keys of one side; milliseconds.
  package static let ratchetMinimum: UInt64 = 100
}

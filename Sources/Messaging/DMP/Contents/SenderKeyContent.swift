package import JanusCrypto

/// A sender's chain for an epoch of a group (kind 8).
package struct SenderKeyContent: Sendable {
  package var group: Digest
  package var epoch: UInt32
  package var chain: ChainID
  /// Of the chain key; earlier messages stay closed.
  package var iteration: UInt32
  package var chainKey: SharedSecret
  package var signingKey: SigningPublicKey
  /// H(the epoch's record).
  package var record: Digest

  package init(
    group: Digest,
    epoch: UInt32,
    chain: ChainID,
    iteration: UInt32,
    chainKey: SharedSecret,
    signingKey: SigningPublicKey,
    record: Digest
  ) {
    self.group = group
    self.epoch = epoch
    self.chain = chain
    self.iteration = iteration
    self.chainKey = chainKey
    self.signingKey = signingKey
    self.record = record
  }

  /// Reads the fields after the kind; the key moves to a slot of the arena.
  init(
    reading reader: inout CBORReader,
    in fields: inout CBORReader.Fields,
    secretsIn arena: SecretArena
  ) throws(CBORError) {
    try reader.require(1, in: &fields)
    group = try reader.octets32()
    try reader.require(2, in: &fields)
    epoch = try reader.unsigned(as: UInt32.self)
    try reader.require(3, in: &fields)
    chain = try reader.octets16()
    try reader.require(4, in: &fields)
    let start = reader.offset
    iteration = try reader.unsigned(as: UInt32.self)
    guard iteration < GroupFrame.iterationLimit else { throw reader.error(.outOfRange, at: start) }
    try reader.require(5, in: &fields)
    chainKey = try reader.secret(in: arena)
    try reader.require(6, in: &fields)
    signingKey = try reader.signingKey()
    try reader.require(7, in: &fields)
    record = try reader.octets32()
  }

  /// Leaves the chain key in the writer's buffer, which the caller wipes.
  package func write(to writer: inout CBORWriter) {
    var fields = writer.openContent(.senderKey)
    writer.key(1, in: &fields)
    writer.octets(group)
    writer.key(2, in: &fields)
    writer.unsigned(epoch)
    writer.key(3, in: &fields)
    writer.octets(chain)
    writer.key(4, in: &fields)
    writer.unsigned(iteration)
    writer.key(5, in: &fields)
    chainKey.secret.withUnsafeBytes { writer.bytes($0) }
    writer.key(6, in: &fields)
    writer.octets(signingKey.bytes)
    writer.key(7, in: &fields)
    writer.octets(record)
  }
}

extension SenderKeyContent: Equatable {
  /// The chain keys are compared in constant time.
  package static func == (left: Self, right: Self) -> Bool {
    left.group == right.group && left.epoch == right.epoch && left.chain == right.chain
      && left.iteration == right.iteration && left.signingKey == right.signingKey
      && left.record == right.record && left.chainKey.isEqual(to: right.chainKey)
  }
}

/// A secret in one slot that several values name: copies of them do not copy it.
package final class SharedSecret: Sendable {
  package let secret: Secret32

  package init(_ secret: consuming Secret32) { self.secret = secret }

  fileprivate func isEqual(to other: SharedSecret) -> Bool {
    secret.withUnsafeBytes { left in
      other.secret.withUnsafeBytes { right in
        ConstantTime.areEqual(left.bytes, right.bytes)
      }
    }
  }
}

extension CBORReader {
  fileprivate mutating func secret(in arena: SecretArena) throws(CBORError) -> SharedSecret {
    let start = offset
    let bytes = try bytes(exactly: SecretArena.slotByteCount)
    do throws(CryptoError) {
      return SharedSecret(try Secret32(copying: bytes.span.bytes, in: arena))
    } catch {
      throw self.error(.noMemory, at: start)
    }
  }
}

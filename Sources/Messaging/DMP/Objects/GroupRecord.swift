import JanusCrypto

/// Who belongs to a group in an epoch; also the invitation (DMP §9.1).
package struct GroupRecord: SignedObject {
  package static let context = SignatureContext.groupRecord
  package static let byteLimit = Limits.groupRecordByteCount

  package var group: Digest
  package var epoch: UInt32
  /// H(the record of the epoch before); nil in epoch 0.
  package var previous: Digest?
  /// Ordered by root key, no member twice.
  package var cards: [Signed<Card>]
  package var name: String
  package var admin: DID
  /// Seconds since 1970.
  package var time: UInt64
  package var salt: GroupSalt

  /// The members are put in order; the group's name is computed.
  package init(
    epoch: UInt32,
    previous: Digest?,
    cards: [Signed<Card>],
    name: String,
    admin: DID,
    time: UInt64,
    salt: GroupSalt
  ) {
    group = Self.identifier(admin: admin, salt: salt)
    self.epoch = epoch
    self.previous = previous
    self.cards = cards.sorted { $0.claim.did < $1.claim.did }
    self.name = name
    self.admin = admin
    self.time = time
    self.salt = salt
  }

  /// What a group is named by, which commits to its admin.
  package static func identifier(admin: DID, salt: GroupSalt) -> Digest {
    SHA256.digest32(Array("dmp1 group id".utf8) + admin.rootKey.bytes.array + salt.array)
  }

  package init(payload reader: inout CBORReader) throws(CBORError) {
    var fields = try reader.openFields()
    try reader.require(0, in: &fields)
    group = try reader.octets32()
    try reader.require(1, in: &fields)
    epoch = try reader.unsigned(as: UInt32.self)
    try reader.require(2, in: &fields)
    let previousStart = reader.offset
    previous = try reader.takesNull() ? nil : try reader.octets32()
    if (previous == nil) != (epoch == 0) { throw reader.error(.outOfRange, at: previousStart) }
    try reader.require(3, in: &fields)
    cards = try reader.memberCards()
    try reader.require(4, in: &fields)
    name = try reader.name(atMost: Limits.nameByteCount)
    try reader.require(5, in: &fields)
    admin = DID(rootKey: try reader.signingKey())
    try reader.require(6, in: &fields)
    time = try reader.unsigned()
    try reader.require(7, in: &fields)
    salt = try reader.octets16()
    try reader.close(&fields)
  }

  package func write(to writer: inout CBORWriter) {
    var fields = writer.openFields()
    writer.key(0, in: &fields)
    writer.octets(group)
    writer.key(1, in: &fields)
    writer.unsigned(epoch)
    writer.key(2, in: &fields)
    if let previous { writer.octets(previous) } else { writer.null() }
    writer.key(3, in: &fields)
    writer.array(cards.count)
    for card in cards { writer.bytes(card.bytes) }
    writer.key(4, in: &fields)
    writer.text(name)
    writer.key(5, in: &fields)
    writer.octets(admin.rootKey.bytes)
    writer.key(6, in: &fields)
    writer.unsigned(time)
    writer.key(7, in: &fields)
    writer.octets(salt)
  }
}

extension Card {
  fileprivate var did: DID { certificate.claim.did }
}

extension CBORReader {
  fileprivate mutating func memberCards() throws(CBORError) -> [Signed<Card>] {
    let start = offset
    var cards: [Signed<Card>] = []
    for _ in 0..<(try array(atMost: Limits.groupMembers)) {
      let cardStart = offset
      let card = try signed(Card.self)
      if let last = cards.last, card.claim.did <= last.claim.did {
        let isSame = card.claim.did == last.claim.did
        throw error(isSame ? .duplicateKey : .unsortedKeys, at: cardStart)
      }
      cards.append(card)
    }
    if cards.count < Limits.groupMembersLeast { throw error(.wrongLength, at: start) }
    return cards
  }
}

/// A record whose cards and whose signature by the admin's device were checked.
package struct VerifiedGroupRecord: Sendable {
  package let record: Verified<GroupRecord>
  /// Ordered by root key.
  package let members: [Verified<Card>]

  /// Checks every card, that the group's name is that of its admin, that the admin is a member, and
  /// that the admin's device has signed.
  ///
  /// - Throws: `notAuthentic` and `inconsistent`.
  package init(_ signed: Signed<GroupRecord>) throws(ObjectError) {
    let claim = signed.claim
    guard claim.group == GroupRecord.identifier(admin: claim.admin, salt: claim.salt) else {
      throw .inconsistent
    }
    var members: [Verified<Card>] = []
    for card in claim.cards { members.append(try card.verified()) }
    guard let admin = members.first(where: { $0.did == claim.admin }) else {
      throw .inconsistent
    }
    record = try signed.verified(by: admin.certificate.signingKey)
    self.members = members
  }
}

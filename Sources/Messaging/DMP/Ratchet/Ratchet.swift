package import JanusCrypto

/// The Double Ratchet of one session: encrypts and authenticates every content (DMP wire format,
/// RATCHET).
///
/// Nothing changes before a tag was right: what a frame asks for is computed beside the state and
/// put into it afterwards. All keys lie in the arena or, while one message is worked on, on the
/// stack, which is wiped.
package struct Ratchet: ~Copyable {
  /// `AD` of the agreement.
  package let associatedData: Bytes32
  /// `sid`.
  package let session: SessionID
  let arena: SecretArena

  var rootKey: Secret32
  /// The key whose public half goes into the header of what is sent.
  var ownKey: AgreementSecretKey
  var sending: Chain
  /// Messages of the sending chain before.
  var previousSendingCount: UInt32
  /// When this side last made a new key, in milliseconds.
  var turnedAt: UInt64
  /// Whether the peer's newest key has not been answered with a new one.
  var isTurnDue: Bool

  /// The peer's newest key.
  var peerKey: Bytes32
  var receiving: Chain
  /// The receiving chain's number, from 1; its skipped keys are under it.
  var chainNumber: UInt32
  /// Receiving chains before, oldest first.
  var retired: [RetiredChain]
  var skipped: SecretTable

  /// A chain key and the index of the message whose key it gives next.
  struct Chain: ~Copyable {
    var key: Secret32
    var next: UInt32 = 0
    /// False before the first key: the responder cannot send, the initiator not receive.
    var isOpen = false

    init(key: consuming Secret32, next: UInt32, isOpen: Bool) {
      self.key = key
      self.next = next
      self.isOpen = isOpen
    }

    init(closedIn arena: SecretArena) throws(CryptoError) {
      key = try Secret32(in: arena) { _ throws(CryptoError) in }
    }
  }

  /// A receiving chain that the peer has left.
  struct RetiredChain {
    let number: UInt32
    let key: Bytes32
    /// How many messages it had.
    let count: UInt32
    /// In milliseconds.
    let at: UInt64
  }

  /// What became of a frame that is no failure.
  package enum Opening: Equatable, Sendable {
    /// The output has so many bytes of content.
    case opened(Int)
    /// The message was opened before, or its key has been forgotten: a resend.
    case old
  }

  private init(
    _ secrets: borrowing AgreedSecrets,
    ownKey: consuming AgreementSecretKey,
    peerKey: Bytes32,
    now: UInt64,
    arena: SecretArena
  ) throws(CryptoError) {
    self.init(
      associatedData: secrets.associatedData,
      session: secrets.session,
      arena: arena,
      rootKey: try secrets.rootKey.copy(),
      ownKey: ownKey,
      sending: try Chain(closedIn: arena),
      previousSendingCount: 0,
      turnedAt: now,
      isTurnDue: false,
      peerKey: peerKey,
      receiving: try Chain(closedIn: arena),
      chainNumber: 0,
      retired: [],
      skipped: SecretTable(in: arena)
    )
  }

  init(
    associatedData: Bytes32,
    session: SessionID,
    arena: SecretArena,
    rootKey: consuming Secret32,
    ownKey: consuming AgreementSecretKey,
    sending: consuming Chain,
    previousSendingCount: UInt32,
    turnedAt: UInt64,
    isTurnDue: Bool,
    peerKey: Bytes32,
    receiving: consuming Chain,
    chainNumber: UInt32,
    retired: [RetiredChain],
    skipped: consuming SecretTable
  ) {
    self.associatedData = associatedData
    self.session = session
    self.arena = arena
    self.rootKey = rootKey
    self.ownKey = ownKey
    self.sending = sending
    self.previousSendingCount = previousSendingCount
    self.turnedAt = turnedAt
    self.isTurnDue = isTurnDue
    self.peerKey = peerKey
    self.receiving = receiving
    self.chainNumber = chainNumber
    self.retired = retired
    self.skipped = skipped
  }

  /// The initiator's: it makes a key and can send at once.
  ///
  /// Throws `badKey` or `outOfMemory`.
  package static func initiator(
    _ secrets: borrowing AgreedSecrets,
    signedPrekey: AgreementPublicKey,
    random: RandomSource,
    now: UInt64,
    arena: SecretArena
  ) throws(RatchetError) -> Ratchet {
    do throws(CryptoError) {
      let own = try AgreementSecretKey(from: random, in: arena)
      var ratchet = try Ratchet(
        secrets,
        ownKey: own.copy(),
        peerKey: signedPrekey.bytes,
        now: now,
        arena: arena
      )
      try ratchet.openSendingChain(from: own, to: signedPrekey)
      return ratchet
    } catch {
      throw RatchetError(error)
    }
  }

  /// The responder's: its first key is the signed prekey, and it can send after it has received.
  ///
  /// Throws `outOfMemory`.
  package static func responder(
    _ secrets: borrowing AgreedSecrets,
    signedPrekey: borrowing AgreementSecretKey,
    now: UInt64,
    arena: SecretArena
  ) throws(RatchetError) -> Ratchet {
    do throws(CryptoError) {
      return try Ratchet(
        secrets,
        ownKey: signedPrekey.copy(),
        peerKey: Bytes32(),
        now: now,
        arena: arena
      )
    } catch {
      throw RatchetError(error)
    }
  }
}

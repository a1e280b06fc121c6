package import JanusCrypto

/// Eight bytes that name something; names of different things are different types.
package struct Octets8<Use>: Hashable, Sendable {
  package static var byteCount: Int { 8 }

  /// The first byte being the most significant.
  let word: UInt64

  /// The next eight bytes of a source.
  package init(from random: RandomSource) { self.init(exactly: random.bytes(8)[...]) }

  /// Nil unless there are eight.
  package init?(_ bytes: some Collection<UInt8>) {
    guard bytes.count == Self.byteCount else { return nil }
    self.init(exactly: bytes)
  }

  init(word: UInt64) { self.word = word }

  init(exactly bytes: some Collection<UInt8>) {
    word = bytes.reduce(0) { $0 << 8 | UInt64($1) }
  }

  package var array: [UInt8] {
    (0..<8).map { UInt8(truncatingIfNeeded: word >> (56 - 8 * UInt64($0))) }
  }
}

/// Sixteen bytes that name something; names of different things are different types.
package struct Octets16<Use>: Hashable, Sendable {
  package static var byteCount: Int { 16 }

  private let high: Octets8<Use>
  private let low: Octets8<Use>

  /// The next sixteen bytes of a source.
  package init(from random: RandomSource) { self.init(exactly: random.bytes(16)[...]) }

  /// Nil unless there are sixteen.
  package init?(_ bytes: some Collection<UInt8>) {
    guard bytes.count == Self.byteCount else { return nil }
    self.init(exactly: bytes)
  }

  init(exactly bytes: some Collection<UInt8>) {
    high = Octets8(exactly: bytes.prefix(8))
    low = Octets8(exactly: bytes.dropFirst(8))
  }

  package var array: [UInt8] { high.array + low.array }
}

extension Octets8: CustomStringConvertible {
  /// Hexadecimal digits.
  package var description: String { hexadecimal(array) }
}

extension Octets16: CustomStringConvertible {
  /// Hexadecimal digits.
  package var description: String { hexadecimal(array) }
}

extension Octets16: Comparable {
  /// As the bytes stand.
  package static func < (left: Self, right: Self) -> Bool {
    left.array.lexicographicallyPrecedes(right.array)
  }
}

private func hexadecimal(_ bytes: [UInt8]) -> String {
  let digits = Array("0123456789abcdef")
  return String(bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] })
}

package enum DeviceUse {}
package enum KnockUse {}
package enum BootUse {}
package enum ChainUse {}
package enum SaltUse {}
package enum SessionUse {}
package enum IncarnationUse {}

/// A device of an agent, in its certificate.
package typealias DeviceID = Octets16<DeviceUse>
/// What makes each KNOCK another one.
package typealias KnockNonce = Octets16<KnockUse>
/// What a store drew when it was opened.
package typealias BootNonce = Octets16<BootUse>
/// A sender's chain in a group.
package typealias ChainID = Octets16<ChainUse>
/// What makes each group of an admin another one.
package typealias GroupSalt = Octets16<SaltUse>
/// `sid`, which both sides derive in the agreement.
package typealias SessionID = Octets8<SessionUse>
/// One life of a sender's numbering towards a peer.
package typealias Incarnation = Octets8<IncarnationUse>
/// H(…): SHA-256.
package typealias Digest = Bytes32

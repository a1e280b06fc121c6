/// The body of PING: any eight bytes, whose top bit says that they are an answer (DMP §5.1).
package struct PingFrame: Hashable, Sendable {
  package static let byteCount = 8

  package var isAnswer: Bool
  /// 63 bits, the same in the answer.
  package var number: UInt64

  /// The top bit of `number` does not count.
  package init(number: UInt64, isAnswer: Bool = false) {
    self.number = number & ~(1 << 63)
    self.isAnswer = isAnswer
  }

  /// Nil unless there are eight bytes.
  package init?(_ body: ArraySlice<UInt8>) {
    guard body.count == Self.byteCount else { return nil }
    let word = body.reduce(0 as UInt64) { $0 << 8 | UInt64($1) }
    self.init(number: word, isAnswer: word >> 63 == 1)
  }

  package var bytes: [UInt8] {
    let word = number | (isAnswer ? 1 << 63 : 0)
    return (0..<8).map { UInt8(truncatingIfNeeded: word >> (56 - 8 * UInt64($0))) }
  }
}

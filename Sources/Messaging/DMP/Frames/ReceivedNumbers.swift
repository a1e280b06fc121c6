/// Which numbers of a sender have come: all up to one, and ranges above it (DMP §7.3).
package struct ReceivedNumbers: Hashable, Sendable {
  package private(set) var upTo: UInt64
  /// Ascending, with gaps between each other and after `upTo`.
  package private(set) var above: [ClosedRange<UInt64>]

  package static let none = ReceivedNumbers(upTo: 0)

  package init(upTo: UInt64) {
    precondition(upTo <= Limits.sequence, "numbers are less than 2^63")
    self.upTo = upTo
    above = []
  }

  /// Nil for ranges that touch, overlap, stand out of order, or are more than `Limits.holes`.
  package init?(upTo: UInt64, above: [ClosedRange<UInt64>]) {
    guard upTo <= Limits.sequence, above.count <= Limits.holes else { return nil }
    var end = upTo
    for range in above {
      guard range.lowerBound > end, range.lowerBound - end > 1,
        range.upperBound <= Limits.sequence
      else { return nil }
      end = range.upperBound
    }
    self.upTo = upTo
    self.above = above
  }

  package func contains(_ number: UInt64) -> Bool {
    number <= upTo || above.contains { $0.contains(number) }
  }
}

extension CBORReader {
  /// A list of pairs `[from, to]`.
  mutating func ranges(after upTo: UInt64) throws(CBORError) -> ReceivedNumbers {
    let start = offset
    var above: [ClosedRange<UInt64>] = []
    for _ in 0..<(try array(atMost: Limits.holes)) {
      let pairStart = offset
      guard try array() == 2 else { throw error(.wrongLength, at: pairStart) }
      let from = try unsigned()
      let to = try unsigned()
      guard from <= to else { throw error(.outOfRange, at: pairStart) }
      above.append(from...to)
    }
    guard let received = ReceivedNumbers(upTo: upTo, above: above) else {
      throw error(.outOfRange, at: start)
    }
    return received
  }

  /// A number of a message, or one before the first: 0 to 2^63 - 1.
  mutating func sequence(from least: UInt64 = 0) throws(CBORError) -> UInt64 {
    let start = offset
    let number = try unsigned()
    guard number >= least, number <= Limits.sequence else { throw error(.outOfRange, at: start) }
    return number
  }
}

extension CBORWriter {
  mutating func ranges(_ ranges: [ClosedRange<UInt64>]) {
    array(ranges.count)
    for range in ranges {
      array(2)
      unsigned(range.lowerBound)
      unsigned(range.upperBound)
    }
  }
}

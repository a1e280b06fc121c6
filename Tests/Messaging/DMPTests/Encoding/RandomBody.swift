import DMP

extension SplitMix {
  /// A tree of at most `depth` more levels.
  mutating func bodyValue(depth: Int = 5) -> BodyValue {
    switch Int.random(in: 0..<(depth == 0 ? 6 : 11), using: &self) {
    case 0: return .null
    case 1: return .bool(.random(using: &self))
    case 2: return .integer(integer())
    case 3: return .float(float())
    case 4: return .text(text())
    case 5: return .bytes(bytes(Int.random(in: 0..<30, using: &self)))
    case 6: return .duration(nanoseconds: integer())
    case 7: return .array(values(depth))
    case 8: return .map(entries(depth))
    case 9: return depth < 2 ? .null : .structure(name: text(), fields: entries(depth - 1))
    default: return .enumeration(name: text(), case: text(), values: values(depth))
    }
  }

  /// All magnitudes are equally likely.
  mutating func integer() -> Int64 {
    Int64(bitPattern: next()) >> Int64.random(in: 0..<64, using: &self)
  }

  mutating func float() -> Double {
    switch next() % 4 {
    case 0: Double(bitPattern: next())
    case 1: Double(Float(bitPattern: UInt32(truncatingIfNeeded: next())))
    case 2: Double(Int8(truncatingIfNeeded: next())) / 16
    default: Double(sign: .plus, exponent: Int(next() % 48) - 28, significand: 1)
    }
  }

  mutating func text() -> String {
    let letters = ["a", "b", "é", "e\u{301}", "水", "𐅑", "\"", "\0"]
    return (0..<Int.random(in: 0..<12, using: &self))
      .map { _ in letters[Int(next() % UInt64(letters.count))] }.joined()
  }

  private mutating func values(_ depth: Int) -> [BodyValue] {
    (0..<Int.random(in: 0..<5, using: &self)).map { _ in bodyValue(depth: depth - 1) }
  }

  private mutating func entries(_ depth: Int) -> [BodyEntry] {
    var keys: Set<[UInt8]> = []
    return (0..<Int.random(in: 0..<5, using: &self)).compactMap { _ in
      let key = text()
      guard keys.insert(Array(key.utf8)).inserted else { return nil }
      return BodyEntry(key, bodyValue(depth: depth - 1))
    }
  }

  /// A few bytes changed, taken away or put in.
  mutating func mutated(_ bytes: [UInt8]) -> [UInt8] {
    var bytes = bytes
    for _ in 0...next() % 3 {
      let index = bytes.isEmpty ? 0 : Int(next() % UInt64(bytes.count))
      switch next() % 5 {
      case 0 where !bytes.isEmpty: bytes.remove(at: index)
      case 1: bytes.insert(UInt8(truncatingIfNeeded: next() >> 9), at: index)
      case 2 where !bytes.isEmpty: bytes.removeSubrange(index...)
      case 3 where !bytes.isEmpty: bytes[index] ^= 1 << UInt8(next() % 8)
      default: if !bytes.isEmpty { bytes[index] = UInt8(truncatingIfNeeded: next() >> 9) }
      }
    }
    return bytes
  }
}

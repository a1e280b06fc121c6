import JanusSource

/// What a number token stands for, or why it stands for nothing.
enum NumberValue<Value> {
  case value(Value)
  case tooLarge
  case tooFine
}

extension Lexer {
  /// The value of an integer token.
  ///
  /// Hexadecimal, octal and binary literals are 64-bit patterns.
  func integerValue(of token: Token, isNegative: Bool) -> NumberValue<Int64> {
    let start = Int(token.start)
    let end = Int(token.end)
    let second = start + 1 < end ? source[start + 1] : 0
    guard source[start] != UInt8(ascii: "0") || second & 0x40 == 0 || second == 0x5F else {
      return patternValue(start, end, letter: second, isNegative: isNegative)
    }
    var magnitude: UInt64 = 0
    for index in start..<end where source[index] != UInt8(ascii: "_") {
      let (product, overflow) = magnitude.multipliedReportingOverflow(by: 10)
      let (sum, carry) = product.addingReportingOverflow(UInt64(source[index] &- 0x30))
      if overflow || carry { return .tooLarge }
      magnitude = sum
    }
    if isNegative {
      guard magnitude <= UInt64(1) << 63 else { return .tooLarge }
      return .value(Int64(truncatingIfNeeded: 0 &- magnitude))
    }
    guard magnitude < UInt64(1) << 63 else { return .tooLarge }
    return .value(Int64(magnitude))
  }

  private func patternValue(
    _ start: Int, _ end: Int, letter: UInt8, isNegative: Bool
  ) -> NumberValue<Int64> {
    let bits: UInt64 =
      letter == UInt8(ascii: "x") ? 4 : letter == UInt8(ascii: "o") ? 3 : 1
    var pattern: UInt64 = 0
    for index in start + 2..<end where source[index] != UInt8(ascii: "_") {
      guard pattern >> (64 - bits) == 0 else { return .tooLarge }
      pattern = pattern << bits | UInt64(Self.digit(source[index]))
    }
    let value = Int64(bitPattern: pattern)
    // `-0x8000…` wraps to itself: the pattern is already the smallest number.
    return .value(isNegative ? 0 &- value : value)
  }

  /// The value of a float token.
  func floatValue(of token: Token, isNegative: Bool) -> NumberValue<Double> {
    var digits = isNegative ? "-" : ""
    for index in Int(token.start)..<Int(token.end) where source[index] != UInt8(ascii: "_") {
      digits.unicodeScalars.append(Unicode.Scalar(source[index]))
    }
    guard let value = Double(digits), value.isFinite else { return .tooLarge }
    return .value(value)
  }

  /// The nanoseconds of a duration token, computed exactly.
  func durationValue(of token: Token, isNegative: Bool) -> NumberValue<Int64> {
    var index = Int(token.start)
    let end = Int(token.end)
    var suffix = end
    while Self.isNameStart(source[suffix - 1]) { suffix -= 1 }
    guard let unit = Unit(source[suffix..<end])?.rawValue else { return .tooLarge }
    var whole: UInt64 = 0
    while index < suffix, source[index] != UInt8(ascii: ".") {
      if source[index] != UInt8(ascii: "_") {
        let (product, overflow) = whole.multipliedReportingOverflow(by: 10)
        let (sum, carry) = product.addingReportingOverflow(UInt64(source[index] &- 0x30))
        if overflow || carry { return .tooLarge }
        whole = sum
      }
      index += 1
    }
    let (product, overflow) = whole.multipliedReportingOverflow(by: unit)
    guard !overflow else { return .tooLarge }
    guard let rest = fraction(index + 1, suffix, of: unit) else { return .tooFine }
    let (total, carry) = product.addingReportingOverflow(rest)
    let limit = UInt64(1) << 63
    guard !carry, total < limit || (isNegative && total == limit) else { return .tooLarge }
    return .value(Int64(truncatingIfNeeded: isNegative ? 0 &- total : total))
  }

  /// The digits after the point as a part of a unit; nil when they are finer than a nanosecond.
  private func fraction(_ start: Int, _ end: Int, of unit: UInt64) -> UInt64? {
    var value: UInt64 = 0
    var scale: UInt64 = 1
    var zeros: UInt64 = 1
    guard start < end else { return 0 }
    for index in start..<end where source[index] != UInt8(ascii: "_") {
      let digit = UInt64(source[index] &- 0x30)
      // Zeros count only when a digit follows: `1.500000000000000000000s` is half a second.
      if digit == 0 {
        zeros = zeros.multipliedReportingOverflow(by: 10).overflow ? UInt64.max : zeros * 10
        continue
      }
      let (shift, overflow) = zeros.multipliedReportingOverflow(by: 10)
      let (newScale, tooFine) = scale.multipliedReportingOverflow(by: shift)
      guard !overflow, !tooFine, newScale < 1_000_000_000_000_000_000 else { return nil }
      value = value * shift + digit
      scale = newScale
      zeros = 1
    }
    let wide = value.multipliedFullWidth(by: unit)
    let (quotient, remainder) = scale.dividingFullWidth(wide)
    return remainder == 0 ? quotient : nil
  }
}

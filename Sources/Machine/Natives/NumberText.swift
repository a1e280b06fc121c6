/// Numbers written in decimal.
enum NumberText {
  enum Int64Result {
    case int(Int)
    case outOfRange
    case none
  }

  /// An optional sign and digits, with nothing around them.
  static func int(_ bytes: UnsafeBufferPointer<UInt8>) -> Int64Result {
    guard let first = bytes.first else { return .none }
    let isNegative = first == UInt8(ascii: "-")
    let start = isNegative || first == UInt8(ascii: "+") ? 1 : 0
    guard start < bytes.count else { return .none }
    var value = 0
    var fits = true
    for index in start..<bytes.count {
      let digit = Int(bytes[index]) - 48
      guard digit >= 0, digit <= 9 else { return .none }
      // Counting down reaches one number further than counting up.
      let (tens, overflow) = value.multipliedReportingOverflow(by: 10)
      let (sum, carry) = tens.subtractingReportingOverflow(digit)
      if overflow || carry { fits = false }
      value = sum
    }
    guard fits, isNegative || value != .min else { return .outOfRange }
    return .int(isNegative ? value : -value)
  }

  /// A sign, digits, a fraction, an exponent; also `inf` and `nan`, as floats print.
  static func float(_ bytes: UnsafeBufferPointer<UInt8>) -> Double? {
    guard let first = bytes.first else { return nil }
    let isNegative = first == UInt8(ascii: "-")
    let start = isNegative || first == UInt8(ascii: "+") ? 1 : 0
    let digits = UnsafeBufferPointer(rebasing: bytes[start...])
    if let value = unsigned(digits) { return isNegative ? -value : value }
    switch String(decoding: digits, as: UTF8.self) {
    case "inf": return isNegative ? -.infinity : .infinity
    case "nan": return .nan
    default: return nil
    }
  }

  /// Digits with an optional fraction and exponent; nil when it is anything else.
  static func unsigned(_ bytes: UnsafeBufferPointer<UInt8>) -> Double? {
    var scan = DecimalScan(bytes)
    guard scan.run() else { return nil }
    if let exact = scan.exactValue { return exact }
    return Double(String(decoding: bytes, as: UTF8.self))
  }
}

/// Reads a decimal number; short ones become floats without a detour.
private struct DecimalScan {
  let bytes: UnsafeBufferPointer<UInt8>
  private var position = 0
  private var mantissa: UInt64 = 0
  private var digitCount = 0
  private var exponent = 0

  init(_ bytes: UnsafeBufferPointer<UInt8>) { self.bytes = bytes }

  /// True when all bytes are one number.
  mutating func run() -> Bool {
    guard digits() > 0 else { return false }
    if position < bytes.count, bytes[position] == UInt8(ascii: ".") {
      position += 1
      let count = digits()
      guard count > 0 else { return false }
      exponent -= count
    }
    if position < bytes.count, bytes[position] | 0x20 == UInt8(ascii: "e") {
      position += 1
      guard power() else { return false }
    }
    return position == bytes.count
  }

  private mutating func digits() -> Int {
    let start = position
    while position < bytes.count, bytes[position] &- 48 <= 9 {
      mantissa = mantissa &* 10 &+ UInt64(bytes[position] &- 48)
      // Leading zeros are no digits of the mantissa.
      if mantissa != 0 { digitCount += 1 }
      position += 1
    }
    return position - start
  }

  private mutating func power() -> Bool {
    var isNegative = false
    if position < bytes.count,
      bytes[position] == UInt8(ascii: "-") || bytes[position] == UInt8(ascii: "+")
    {
      isNegative = bytes[position] == UInt8(ascii: "-")
      position += 1
    }
    let start = position
    var value = 0
    while position < bytes.count, bytes[position] &- 48 <= 9 {
      value = min(value * 10 + Int(bytes[position] &- 48), 100_000)
      position += 1
    }
    exponent += isNegative ? -value : value
    return position > start
  }

  /// A mantissa below 2^53 and a power of ten that is itself a float need one rounding only.
  var exactValue: Double? {
    guard digitCount <= 18, mantissa <= 1 << 53, exponent >= -22, exponent <= 22 else { return nil }
    let value = Double(mantissa)
    let scale = DecimalScan.powers[Int(exponent.magnitude)]
    return exponent < 0 ? value / scale : value * scale
  }

  private static let powers: [Double] = [
    1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17,
    1e18, 1e19, 1e20, 1e21, 1e22,
  ]
}

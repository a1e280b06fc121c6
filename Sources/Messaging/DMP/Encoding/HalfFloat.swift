/// IEEE 754 binary16, by hand: `Float16` does not exist on every platform that Swift runs on.
enum HalfFloat {
  /// The one NaN of deterministic CBOR (RFC 8949 §4.2.2).
  static let nan: UInt16 = 0x7e00

  /// Nil when the value loses something as a half; any NaN is `nan`.
  static func bits(of value: Double) -> UInt16? {
    if value.isNaN { return nan }
    let sign: UInt16 = value.sign == .minus ? 0x8000 : 0
    if value.isInfinite { return sign | 0x7c00 }
    if value == 0 { return sign }
    let exponent = value.exponent
    guard exponent >= -24, exponent <= 15 else { return nil }
    // Below 2^-14 the unit stays 2^-24, above it is the value's exponent less ten bits.
    let unit = max(Int(exponent), -14) - 10
    let scaled = value.magnitude * Double(sign: .plus, exponent: -unit, significand: 1)
    guard scaled == scaled.rounded(.towardZero) else { return nil }
    let significand = UInt16(scaled)
    // A subnormal has no implicit bit, and exponent field 0.
    if exponent < -14 { return sign | significand }
    return sign | UInt16(exponent + 15) << 10 | (significand & 0x3ff)
  }

  static func value(of bits: UInt16) -> Double {
    let sign: FloatingPointSign = bits & 0x8000 == 0 ? .plus : .minus
    let field = Int(bits >> 10 & 0x1f)
    let fraction = Double(bits & 0x3ff)
    switch field {
    case 0:
      return Double(signOf: sign == .plus ? 1 : -1, magnitudeOf: fraction * 0x1p-24)
    case 31:
      return fraction == 0 ? (sign == .plus ? .infinity : -.infinity) : .nan
    default:
      return Double(sign: sign, exponent: field - 25, significand: 1024 + fraction)
    }
  }
}

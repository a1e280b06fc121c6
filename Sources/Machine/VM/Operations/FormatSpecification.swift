/// `[[fill]<>^][+][0][width][,][.n][dxXbofe%]`, as it stands after `:` in an interpolation.
struct FormatSpecification {
  enum Alignment { case left, right, center }
  var fill: Unicode.Scalar = " "
  var alignment: Alignment?
  var showsPlus = false
  var padsWithZeros = false
  var width = 0
  var groupsThousands = false
  var precision: Int?
  var kind: UInt8?

  static let largestWidth = 10_000
  static let largestPrecision = 400

  /// Nil when the text is no format.
  init?(_ text: String) {
    var scalars = Array(text.unicodeScalars)[...]
    func aligned(_ scalar: Unicode.Scalar) -> Alignment? {
      switch scalar {
      case "<": .left
      case ">": .right
      case "^": .center
      default: nil
      }
    }
    if scalars.count >= 2, let alignment = aligned(scalars[scalars.startIndex + 1]) {
      fill = scalars.removeFirst()
      self.alignment = alignment
      scalars.removeFirst()
    } else if let first = scalars.first, let alignment = aligned(first) {
      self.alignment = alignment
      scalars.removeFirst()
    }
    if scalars.first == "+" {
      showsPlus = true
      scalars.removeFirst()
    }
    if scalars.first == "0" {
      padsWithZeros = true
      scalars.removeFirst()
    }
    guard let width = FormatSpecification.number(&scalars, limit: FormatSpecification.largestWidth)
    else { return nil }
    self.width = width
    if scalars.first == "," {
      groupsThousands = true
      scalars.removeFirst()
    }
    if scalars.first == "." {
      scalars.removeFirst()
      guard let digit = scalars.first, ("0"..."9").contains(digit),
        let precision = FormatSpecification.number(
          &scalars, limit: FormatSpecification.largestPrecision)
      else { return nil }
      self.precision = precision
    }
    if let last = scalars.first, last.isASCII, "dxXbofe%".unicodeScalars.contains(last) {
      kind = UInt8(last.value)
      scalars.removeFirst()
    }
    if !scalars.isEmpty { return nil }
  }

  private static func number(_ scalars: inout ArraySlice<Unicode.Scalar>, limit: Int) -> Int? {
    var value = 0
    while let digit = scalars.first, ("0"..."9").contains(digit) {
      value = value * 10 + Int(digit.value - 48)
      if value > limit { return nil }
      scalars.removeFirst()
    }
    return value
  }

  /// Fills up to the width; numbers stand right unless told otherwise.
  func pad(_ body: String, isNumber: Bool) -> String {
    let count = body.unicodeScalars.count
    guard count < width else { return body }
    let missing = width - count
    if padsWithZeros, isNumber, alignment == nil {
      let sign = body.prefix { $0 == "-" || $0 == "+" }
      return sign + String(repeating: "0", count: missing) + body.dropFirst(sign.count)
    }
    let filler = Character(fill)
    switch alignment ?? (isNumber ? .right : .left) {
    case .left: return body + String(repeating: filler, count: missing)
    case .right: return String(repeating: filler, count: missing) + body
    case .center:
      return String(repeating: filler, count: missing / 2) + body
        + String(repeating: filler, count: missing - missing / 2)
    }
  }
}

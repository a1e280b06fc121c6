import JanusBytecode
import Glibc

extension Machine {
  /// `{value:format}` of an interpolation.
  func format(_ word: UInt64, _ number: Int) {
    let base = state(vm).pointee.base
    let value = register(base, fieldB(word)).pointee
    if let text = formatted(value, texts[number]) {
      register(base, fieldA(word)).pointee = string(text)
    }
  }

  /// Nil after a fault.
  public func formatted(_ value: Value, _ specification: String) -> String? {
    guard let format = FormatSpecification(specification) else {
      fault(.parse, "`\(specification)` is no format")
      return nil
    }
    guard let kind = format.kind else { return plain(value, format) }
    switch kind {
    case UInt8(ascii: "d"), UInt8(ascii: "x"), UInt8(ascii: "X"), UInt8(ascii: "b"),
      UInt8(ascii: "o"):
      guard value.isInt else { return formatFault(value, specification) }
      return format.pad(integer(value.asInt, kind, format), isNumber: true)
    default:
      guard value.isNumber else { return formatFault(value, specification) }
      return format.pad(float(value.number, kind, format), isNumber: true)
    }
  }

  private func formatFault(_ value: Value, _ specification: String) -> String? {
    fault(.type, "the format `\(specification)` does not work on \(described(value))")
    return nil
  }

  private func plain(_ value: Value, _ format: FormatSpecification) -> String? {
    if value.isFloat {
      if format.precision != nil {
        return format.pad(float(value.asFloat, UInt8(ascii: "f"), format), isNumber: true)
      }
      return format.pad(signed(grouped(floatText(value.asFloat), format), format), isNumber: true)
    }
    if value.isInt {
      if format.precision != nil {
        return format.pad(float(value.number, UInt8(ascii: "f"), format), isNumber: true)
      }
      return format.pad(integer(value.asInt, UInt8(ascii: "d"), format), isNumber: true)
    }
    var text = display(value)
    if let precision = format.precision {
      text = String(String.UnicodeScalarView(text.unicodeScalars.prefix(precision)))
    }
    return format.pad(text, isNumber: false)
  }

  private func integer(_ value: Int, _ kind: UInt8, _ format: FormatSpecification) -> String {
    switch kind {
    case UInt8(ascii: "x"): return signed(String(value, radix: 16), format)
    case UInt8(ascii: "X"): return signed(String(value, radix: 16, uppercase: true), format)
    case UInt8(ascii: "b"): return signed(String(value, radix: 2), format)
    case UInt8(ascii: "o"): return signed(String(value, radix: 8), format)
    default: return signed(grouped(String(value), format), format)
    }
  }

  private func signed(_ text: String, _ format: FormatSpecification) -> String {
    format.showsPlus && !text.hasPrefix("-") ? "+" + text : text
  }

  private func float(_ value: Double, _ kind: UInt8, _ format: FormatSpecification) -> String {
    guard value.isFinite else { return signed(floatText(value), format) }
    let precision = format.precision ?? 6
    switch kind {
    case UInt8(ascii: "e"): return signed(printed(value, "e", precision), format)
    case UInt8(ascii: "%"):
      return signed(grouped(printed(value * 100, "f", precision), format), format) + "%"
    default: return signed(grouped(printed(value, "f", precision), format), format)
    }
  }

  /// The C library's decimal forms, which round exactly.
  private func printed(_ value: Double, _ kind: Character, _ precision: Int) -> String {
    withUnsafeTemporaryAllocation(of: CChar.self, capacity: 800) { buffer in
      let count = withVaList([Int32(precision), value]) { arguments in
        vsnprintf(
          buffer.baseAddress,
          buffer.count,
          kind == "e" ? "%.*e" : "%.*f",
          arguments
        )
      }
      return String(
        decoding: buffer.prefix(Int(count)).map { UInt8(bitPattern: $0) },
        as: UTF8.self
      )
    }
  }

  /// Commas between groups of three digits before the point.
  private func grouped(_ text: String, _ format: FormatSpecification) -> String {
    guard format.groupsThousands else { return text }
    let sign = text.hasPrefix("-") ? "-" : ""
    let digits = text.dropFirst(sign.count)
    let whole = digits.prefix { $0.isNumber }
    var grouped = ""
    for (index, digit) in whole.enumerated() {
      if index > 0, (whole.count - index) % 3 == 0 { grouped.append(",") }
      grouped.append(digit)
    }
    return sign + grouped + digits.dropFirst(whole.count)
  }
}

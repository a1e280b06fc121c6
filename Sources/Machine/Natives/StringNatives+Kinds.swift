import JanusVM

extension StringNatives {
  /// Natives that ask what a string consists of.
  static let kinds: [Native] = [
    Native("string.is_ascii") { native($0, $1, $2, isASCII) },
    Native("string.is_alpha") { native($0, $1, $2, isAlphabetic) },
    Native("string.is_digit") { native($0, $1, $2, isDigit) },
    Native("string.is_alnum") { native($0, $1, $2, isAlphanumeric) },
    Native("string.is_space") { native($0, $1, $2, isSpace) },
    Native("string.is_upper") { native($0, $1, $2, isUpper) },
    Native("string.is_lower") { native($0, $1, $2, isLower) },
  ]
}

private func isASCII(_ call: NativeCall) -> NativeResult {
  guard call[0].isString else { return call.wrong(0, "a string", in: "is_ascii") }
  return call.done(.bool(call.heap.isASCII(call[0].address)))
}

private func isAlphabetic(_ call: NativeCall) -> NativeResult {
  consists(call, "is_alpha") { $0.properties.isAlphabetic }
}

private func isDigit(_ call: NativeCall) -> NativeResult {
  consists(call, "is_digit") { $0.properties.generalCategory == .decimalNumber }
}

private func isAlphanumeric(_ call: NativeCall) -> NativeResult {
  consists(call, "is_alnum") { scalar in
    scalar.properties.isAlphabetic || scalar.properties.generalCategory == .decimalNumber
  }
}

private func isSpace(_ call: NativeCall) -> NativeResult {
  consists(call, "is_space") { $0.properties.isWhitespace }
}

private func isUpper(_ call: NativeCall) -> NativeResult {
  isCased(call, "is_upper", \.isUppercase, not: \.isLowercase)
}

private func isLower(_ call: NativeCall) -> NativeResult {
  isCased(call, "is_lower", \.isLowercase, not: \.isUppercase)
}

/// True when there is a scalar and every one is of the kind.
private func consists(
  _ call: NativeCall,
  _ name: String,
  of isKind: (Unicode.Scalar) -> Bool
) -> NativeResult {
  guard call[0].isString else { return call.wrong(0, "a string", in: name) }
  let scalars = call.machine.swiftString(call[0]).unicodeScalars
  return call.done(.bool(!scalars.isEmpty && scalars.allSatisfy(isKind)))
}

/// True when there is a letter of this case and none of the other.
private func isCased(
  _ call: NativeCall,
  _ name: String,
  _ wanted: KeyPath<Unicode.Scalar.Properties, Bool>,
  not other: KeyPath<Unicode.Scalar.Properties, Bool>
) -> NativeResult {
  guard call[0].isString else { return call.wrong(0, "a string", in: name) }
  let scalars = call.machine.swiftString(call[0]).unicodeScalars
  let isIt =
    scalars.contains { $0.properties[keyPath: wanted] }
    && !scalars.contains {
      $0.properties[keyPath: other] || $0.properties.generalCategory == .titlecaseLetter
    }
  return call.done(.bool(isIt))
}

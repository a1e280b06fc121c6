/// Base58 with the alphabet of Bitcoin, for did:key; never for secrets (lookup tables).
enum Base58 {
  private static let alphabet = Array(
    "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz".utf8
  )

  static func encode(_ bytes: [UInt8]) -> String {
    var digits: [UInt8] = []
    for byte in bytes {
      var carry = Int(byte)
      for index in digits.indices {
        carry += Int(digits[index]) << 8
        digits[index] = UInt8(carry % 58)
        carry /= 58
      }
      while carry > 0 {
        digits.append(UInt8(carry % 58))
        carry /= 58
      }
    }
    let zeros = bytes.prefix { $0 == 0 }.map { _ in UInt8(0) }
    return String(decoding: (zeros + digits.reversed()).map { alphabet[Int($0)] }, as: UTF8.self)
  }

  /// Nil when a character is not of the alphabet, or when the bytes are more than `limit`.
  static func decode(_ text: some Collection<UInt8>, atMost limit: Int) -> [UInt8]? {
    var bytes: [UInt8] = []
    for character in text {
      guard var carry = alphabet.firstIndex(of: character) else { return nil }
      for index in bytes.indices {
        carry += Int(bytes[index]) * 58
        bytes[index] = UInt8(carry & 0xff)
        carry >>= 8
      }
      while carry > 0 {
        bytes.append(UInt8(carry & 0xff))
        carry >>= 8
      }
      guard bytes.count <= limit else { return nil }
    }
    let zeros = text.prefix { $0 == alphabet[0] }.map { _ in UInt8(0) }
    guard zeros.count + bytes.count <= limit else { return nil }
    return zeros + bytes.reversed()
  }
}

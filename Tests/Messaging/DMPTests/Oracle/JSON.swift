import Foundation

/// What the two implementations exchange: all scalars are text.
indirect enum JSON: Sendable {
  case null
  case text(String)
  case list([JSON])
  case object([String: JSON])
}

extension JSON: ExpressibleByStringLiteral, ExpressibleByArrayLiteral,
  ExpressibleByDictionaryLiteral
{
  init(stringLiteral text: String) { self = .text(text) }
  init(arrayLiteral elements: JSON...) { self = .list(elements) }
  init(dictionaryLiteral elements: (String, JSON)...) {
    self = .object(Dictionary(uniqueKeysWithValues: elements))
  }

  static func number(_ number: some BinaryInteger) -> JSON { .text(String(number)) }
  static func bytes(_ bytes: some Collection<UInt8>) -> JSON { .text(hex(bytes)) }

  /// An object without the fields that are nil.
  static func fields(_ fields: [String: JSON?]) -> JSON { .object(fields.compactMapValues { $0 }) }

  subscript(name: String) -> JSON? {
    guard case .object(let fields) = self else { return nil }
    return fields[name]
  }
}

extension JSON: Equatable {
  /// Texts that only look alike differ.
  static func == (left: JSON, right: JSON) -> Bool {
    switch (left, right) {
    case (.null, .null): true
    case (.text(let left), .text(let right)): left.utf8.elementsEqual(right.utf8)
    case (.list(let left), .list(let right)): left == right
    case (.object(let left), .object(let right)): left == right
    default: false
    }
  }
}

extension JSON: Codable {
  init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if container.decodeNil() {
      self = .null
    } else if let text = try? container.decode(String.self) {
      self = .text(text)
    } else if let list = try? container.decode([JSON].self) {
      self = .list(list)
    } else {
      self = .object(try container.decode([String: JSON].self))
    }
  }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    switch self {
    case .null: try container.encodeNil()
    case .text(let text): try container.encode(text)
    case .list(let list): try container.encode(list)
    case .object(let fields): try container.encode(fields)
    }
  }
}

/// A line of JSON with fields that must be there.
struct OracleLine {
  var json: JSON

  enum Damage: Error {
    case noText(String)
    case noList(String)
  }

  func has(_ name: String) -> Bool { json[name] != nil }

  func text(_ name: String) throws -> String {
    guard case .text(let text) = json[name] else { throw Damage.noText(name) }
    return text
  }

  func bytes(_ name: String) throws -> [UInt8] { hex(try text(name)) }

  func number(_ name: String) throws -> Int {
    guard let number = Int(try text(name)) else { throw Damage.noText(name) }
    return number
  }

  func list(_ name: String) throws -> [JSON] {
    guard case .list(let list) = json[name] else { throw Damage.noList(name) }
    return list
  }
}

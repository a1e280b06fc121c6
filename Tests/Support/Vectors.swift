import Foundation

/// Test data of other projects, which is not part of this one.
///
/// `JANUS_VECTORS` names the folder; without it, `../shared/vectors` beside the checkout is taken.
/// Tests that need it are skipped, and say so, when it is not there.
package enum Vectors {
  package static let folder: String =
    ProcessInfo.processInfo.environment["JANUS_VECTORS"]
    ?? Repository.path("../shared/vectors")

  package static let areThere = FileManager.default.fileExists(atPath: folder)

  /// What a skipped test says.
  package static let absence: String = "no vectors in \(folder); JANUS_VECTORS names the folder"

  /// An object of JSON, or an array under the name `list`.
  package static func json(_ path: String) throws -> VectorObject {
    let data = try Data(contentsOf: URL(fileURLWithPath: "\(folder)/\(path)"))
    let json = try JSONSerialization.jsonObject(with: data)
    if let list = json as? [Any] { return VectorObject(fields: ["list": list]) }
    guard let fields = json as? [String: Any] else { throw VectorError.noObject(path) }
    return VectorObject(fields: fields)
  }
}

package enum VectorError: Error {
  case noObject(String)
  case noField(String)
  case noHexadecimal(String)
}

/// A JSON object whose fields must be there and have their type.
package struct VectorObject {
  let fields: [String: Any]

  package func has(_ name: String) -> Bool { fields[name] != nil }

  package func text(_ name: String) throws -> String { try field(name) }
  package func number(_ name: String) throws -> Int { try field(name) }

  /// Bytes written in hexadecimal digits.
  package func bytes(_ name: String) throws -> [UInt8] { try [UInt8](hexadecimal: text(name)) }

  package func texts(_ name: String) throws -> [String] { try field(name) }

  package func object(_ name: String) throws -> VectorObject {
    VectorObject(fields: try field(name))
  }

  package func objects(_ name: String) throws -> [VectorObject] {
    let list: [[String: Any]] = try field(name)
    return list.map(VectorObject.init)
  }

  private func field<Field>(_ name: String) throws -> Field {
    guard let field = fields[name] as? Field else { throw VectorError.noField(name) }
    return field
  }
}

extension [UInt8] {
  /// Two digits a byte; spaces and line ends between them do not count.
  package init(hexadecimal text: String) throws {
    let digits = try text.filter { !$0.isWhitespace }.map { digit in
      guard let value = digit.hexDigitValue else { throw VectorError.noHexadecimal(text) }
      return UInt8(value)
    }
    guard digits.count % 2 == 0 else { throw VectorError.noHexadecimal(text) }
    self = stride(from: 0, to: digits.count, by: 2).map { digits[$0] << 4 | digits[$0 + 1] }
  }
}

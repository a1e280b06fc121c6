import JanusBytecode
import JanusVM

/// What replaces a match: `$1` and `${1}` are groups by number, `${name}` by name, `$$` is `$`.
enum RegexTemplate {
  enum Piece {
    case text([UInt8])
    case group(Int)
  }

  /// The pieces of the template in argument 2; nil after a fault.
  static func pieces(_ call: NativeCall, _ program: RegexProgram) -> [Piece]? {
    let template = Array(call.bytes(2))
    var pieces: [Piece] = []
    var position = 0
    while position < template.count {
      let next = template[position...].firstIndex(of: UInt8(ascii: "$")) ?? template.count
      if next > position { pieces.append(.text(Array(template[position..<next]))) }
      guard next < template.count else { break }
      position = next + 1
      let following = position < template.count ? template[position] : 0
      let name: String
      switch following {
      case UInt8(ascii: "$"):
        pieces.append(.text([following]))
        position += 1
        continue
      case UInt8(ascii: "{"):
        guard let end = template[position...].firstIndex(of: UInt8(ascii: "}")) else {
          call.machine.fault(.parse, "the `${` of the replacement is never closed")
          return nil
        }
        name = String(decoding: template[(position + 1)..<end], as: UTF8.self)
        position = end + 1
      case UInt8(ascii: "0")...UInt8(ascii: "9"):
        let digits = template[position...].prefix { $0 &- 48 <= 9 }
        name = String(decoding: digits, as: UTF8.self)
        position += digits.count
      default:
        call.machine.fault(
          .parse, "the `$` of the replacement is followed by no group",
          hint: "`$1` or `${name}` is a group, `$$` a dollar sign")
        return nil
      }
      let number = Int(name) ?? program.names.first { $0.name == name }?.number
      guard let number, number >= 0, number <= program.groupCount else {
        call.machine.fault(.key, "the pattern has no group `\(name)`")
        return nil
      }
      pieces.append(.group(number))
    }
    return pieces
  }
}

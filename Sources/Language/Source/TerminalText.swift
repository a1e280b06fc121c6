/// Text as a terminal shows it: pieces with their width in cells.
///
/// What a source file holds is not trusted here. Control characters would move the cursor or change
/// colours, so they are shown as escapes; bytes that are not UTF-8 are shown as U+FFFD.
package struct TerminalText {
  struct Piece {
    var text: String
    var cellCount: Int
    /// Offset of the first byte of the piece in the source.
    var offset: Int
  }

  private(set) var pieces: [Piece] = []

  static let tabCellCount = 4

  /// The text of a range of bytes.
  init(_ bytes: ArraySlice<UInt8>) {
    var index = bytes.startIndex
    while index < bytes.endIndex {
      let (scalar, length) = Self.scalar(at: index, in: bytes)
      append(scalar, offset: index)
      index += length
    }
  }

  /// A message that may quote a source.
  init(_ message: String) {
    for (offset, scalar) in message.unicodeScalars.enumerated() { append(scalar, offset: offset) }
  }

  /// A text that may quote anything, on one line and without control characters.
  package static func plain(_ text: String) -> String { TerminalText(text).text }

  var text: String { pieces.reduce(into: "") { $0 += $1.text } }

  var cellCount: Int { pieces.reduce(0) { $0 + $1.cellCount } }

  /// Cells before the piece that holds a byte offset.
  func cells(before offset: Int) -> Int {
    var cells = 0
    for piece in pieces {
      if piece.offset >= offset { break }
      cells += piece.cellCount
    }
    return cells
  }

  /// The scalar at an index and its length in bytes; U+FFFD and 1 where the bytes are not UTF-8.
  static func scalar(at index: Int, in bytes: ArraySlice<UInt8>) -> (Unicode.Scalar, Int) {
    let first = bytes[index]
    if first < 0x80 { return (Unicode.Scalar(first), 1) }
    let length = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2
    guard first >= 0xC2, first < 0xF5, index + length <= bytes.endIndex else {
      return ("\u{FFFD}", 1)
    }
    var value = UInt32(first) & (0x7F >> UInt32(length))
    for next in bytes[index + 1..<index + length] {
      guard next & 0xC0 == 0x80 else { return ("\u{FFFD}", 1) }
      value = value << 6 | UInt32(next & 0x3F)
    }
    guard length != 3 || value >= 0x800, length != 4 || value >= 0x10000,
      let scalar = Unicode.Scalar(value)
    else { return ("\u{FFFD}", 1) }
    return (scalar, length)
  }

  private mutating func append(_ scalar: Unicode.Scalar, offset: Int) {
    let text: String
    let cellCount: Int
    if scalar == "\t" {
      text = String(repeating: " ", count: Self.tabCellCount)
      cellCount = Self.tabCellCount
    } else if Self.isHidden(scalar) {
      text = Self.escape(scalar)
      cellCount = text.utf8.count
    } else {
      text = String(Character(scalar))
      cellCount = Self.cellCount(of: scalar)
    }
    pieces.append(Piece(text: text, cellCount: cellCount, offset: offset))
  }

  /// Controls, and the marks that reorder text so that it reads as something else.
  private static func isHidden(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0..<0x20, 0x7F..<0xA0, 0x200B, 0x200E...0x200F, 0x2028...0x202E, 0x2060...0x2069, 0xFEFF:
      true
    default: false
    }
  }

  private static func escape(_ scalar: Unicode.Scalar) -> String {
    switch scalar {
    case "\n": "\\n"
    case "\r": "\\r"
    case "\0": "\\0"
    default: "\\u{" + String(scalar.value, radix: 16) + "}"
    }
  }

  /// Cells a scalar takes: none for combining marks, two for wide East Asian characters and emoji.
  package static func cellCount(of scalar: Unicode.Scalar) -> Int {
    if scalar.value < 0x300 { return 1 }
    switch scalar.properties.generalCategory {
    case .nonspacingMark, .enclosingMark: return 0
    default: break
    }
    // Unicode Standard Annex #11, the wide and full-width ranges.
    switch scalar.value {
    case 0x200D: return 0
    case 0x1100...0x115F, 0x231A...0x231B, 0x2329...0x232A, 0x23E9...0x23EC, 0x2E80...0x303E,
      0x3041...0x33FF, 0x3400...0x4DBF, 0x4E00...0xA4CF, 0xA960...0xA97F, 0xAC00...0xD7A3,
      0xF900...0xFAFF, 0xFE10...0xFE19, 0xFE30...0xFE6F, 0xFF00...0xFF60, 0xFFE0...0xFFE6,
      0x16FE0...0x18CFF, 0x1AFF0...0x1B2FF, 0x1F004...0x1F004, 0x1F0CF...0x1F0CF,
      0x1F18E...0x1F19A, 0x1F200...0x1F320, 0x1F32D...0x1F64F, 0x1F680...0x1F6FF,
      0x1F7E0...0x1F7F0, 0x1F90C...0x1F9FF, 0x1FA70...0x1FAFF, 0x20000...0x3FFFD:
      return 2
    default: return 1
    }
  }
}

extension TerminalText {
  /// A part of the text that fits into a number of cells and shows a range of it.
  struct Window {
    var text: String
    /// Cells from the left edge to the marked range.
    var markStart: Int
    /// Cells of the marked range that are shown, at least one.
    var markCount: Int
  }

  /// Cuts the text around the cells of a mark; `…` stands where something was cut off.
  func window(
    around mark: Range<Int>, cells width: Int, isCutBefore: Bool = false, isCutBehind: Bool = false
  ) -> Window {
    let total = cellCount
    if total <= width, !isCutBefore, !isCutBehind {
      return Window(text: text, markStart: mark.lowerBound, markCount: max(1, mark.count))
    }
    let room = max(8, width - 2)
    // A third of the room before the mark, unless the line ends soon after it.
    let last = max(0, total - room)
    let first = min(max(0, mark.lowerBound - room / 3), last)
    let isCut = first > 0 || isCutBefore
    var shown = isCut ? "…" : ""
    var position = 0
    var before = isCut ? 1 : 0
    var markStart: Int?
    var shownCells = 0
    var wasCut = false
    for piece in pieces {
      defer { position += piece.cellCount }
      guard position >= first else { continue }
      if shownCells + piece.cellCount > room {
        wasCut = true
        break
      }
      if position >= mark.lowerBound, markStart == nil { markStart = before + shownCells }
      shown += piece.text
      shownCells += piece.cellCount
    }
    if wasCut || isCutBehind { shown += "…" }
    before += shownCells
    let start = markStart ?? before
    return Window(
      text: shown, markStart: start, markCount: max(1, min(mark.count, before - start)))
  }
}

/// Names interned by their bytes in an open-addressing table.
///
/// Reserved and contextual words and the words of other languages that get their own diagnostic
/// come first, so the identifier of a name says which of them it is.
struct NameTable {
  private(set) var names: [String] = []
  /// The bytes of all names longer than a key, one after another.
  private var text: [UInt8] = []
  private var slots: [Slot]

  /// A name's place in the table.
  ///
  /// Up to eight bytes of a name are its key, and most names have no more: one comparison finds
  /// them.
  private struct Slot {
    var key: UInt64 = 0
    var count: UInt32 = 0
    var start: UInt32 = 0
    var id: NameID = -1
  }

  static let keywordCount = NameID(Keyword.allCases.count)
  static let contextualCount = NameID(ContextualWord.allCases.count)
  static let foreignCount = NameID(ForeignWord.allCases.count)
  /// The identifiers of `_` and `null`.
  static let wildcard = KnownName.id(of: .wildcard)
  static let null = NameID(Keyword.allCases.firstIndex(of: .null) ?? 0)

  init() {
    slots = Array(repeating: Slot(), count: 512)
    names.reserveCapacity(256)
    for word in Keyword.allCases { intern(word.rawValue) }
    for word in ContextualWord.allCases { intern(word.rawValue) }
    for word in ForeignWord.allCases { intern(word.rawValue) }
    for word in KnownName.allCases { intern(word.rawValue) }
  }

  /// The identifier of the name between two offsets of a source.
  @inline(__always)
  mutating func intern(
    _ source: UnsafeBufferPointer<UInt8>, _ start: Int, _ end: Int
  ) -> NameID {
    let key = Self.key(source, start, end)
    let mask = slots.count - 1
    var index = Self.hash(key, end - start) & mask
    while true {
      let slot = slots[index]
      if slot.id < 0 { break }
      if slot.key == key, slot.count == UInt32(truncatingIfNeeded: end - start),
        end - start <= 8 || matches(source, start + 8, end, at: Int(slot.start))
      {
        return slot.id
      }
      index = (index + 1) & mask
    }
    return insert(source, start, end, key: key, at: index)
  }

  @discardableResult
  private mutating func intern(_ name: String) -> NameID {
    var name = name
    return name.withUTF8 { bytes in intern(bytes, 0, bytes.count) }
  }

  /// The first eight bytes of a name, and for a longer one all others mixed into them.
  @inline(__always)
  private static func key(
    _ source: UnsafeBufferPointer<UInt8>, _ start: Int, _ end: Int
  ) -> UInt64 {
    let count = end - start
    guard start + 8 <= source.count else {
      var key: UInt64 = 0
      for index in start..<min(end, start + 8) {
        key |= UInt64(source[index]) << UInt64(8 * (index - start))
      }
      return key
    }
    let bytes = UnsafeRawBufferPointer(source)
    let word = UInt64(
      littleEndian: bytes.loadUnaligned(fromByteOffset: start, as: UInt64.self))
    if count >= 8 {
      var key = word
      for index in start + 8..<max(end, start + 8) {
        key = (key ^ UInt64(source[index])) &* 0x0000_0100_0000_01B3
      }
      return key
    }
    return word & (1 << UInt64(8 * count) - 1)
  }

  @inline(__always)
  private static func hash(_ key: UInt64, _ count: Int) -> Int {
    let mixed = (key ^ UInt64(truncatingIfNeeded: count)) &* 0x9E37_79B9_7F4A_7C15
    return Int(truncatingIfNeeded: mixed >> 40)
  }

  private func matches(
    _ source: UnsafeBufferPointer<UInt8>, _ start: Int, _ end: Int, at offset: Int
  ) -> Bool {
    for index in start..<end where text[offset + index - start] != source[index] { return false }
    return true
  }

  @inline(never)
  private mutating func insert(
    _ source: UnsafeBufferPointer<UInt8>, _ start: Int, _ end: Int, key: UInt64, at index: Int
  ) -> NameID {
    let id = NameID(truncatingIfNeeded: names.count)
    slots[index] = Slot(
      key: key, count: UInt32(truncatingIfNeeded: end - start),
      start: UInt32(truncatingIfNeeded: text.count), id: id)
    if end - start > 8 { text.append(contentsOf: source[start + 8..<end]) }
    names.append(String(decoding: source[start..<end], as: UTF8.self))
    if names.count * 2 > slots.count { grow() }
    return id
  }

  private mutating func grow() {
    let old = slots
    let mask = old.count * 2 - 1
    slots = Array(repeating: Slot(), count: mask + 1)
    for slot in old where slot.id >= 0 {
      var index = Self.hash(slot.key, Int(slot.count)) & mask
      while slots[index].id >= 0 { index = (index + 1) & mask }
      slots[index] = slot
    }
  }
}

/// Names the parser has to recognise although they mean nothing special in the language.
enum KnownName: String, CaseIterable {
  case native, recv, send, assert
  case wildcard = "_"
  case string, float, int, bool, any, list
  case upperString = "String"
  case str, f64

  static let first = NameTable.keywordCount + NameTable.contextualCount + NameTable.foreignCount

  /// The identifier that every table gives to a known name.
  static func id(of name: KnownName) -> NameID {
    first + NameID(allCases.firstIndex(of: name) ?? 0)
  }
}

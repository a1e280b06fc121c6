import Glibc

extension Heap {
  package func makeMap(capacity: Int = 0) -> Address {
    let map = allocate(MapLayout.size, Tag.map, 0)
    map.put(MapLayout.count, 0)
    map.put(MapLayout.entries, nil as Address?)
    map.put(MapLayout.used, UInt64(0))
    map.put(MapLayout.index, nil as Address?)
    map.put(MapLayout.mask, UInt64(0))
    if capacity > 0 { makeRoom(map, capacity) }
    return map
  }

  func releaseMap(_ map: Address) { freeRoom(MapRoom(of: map)) }

  /// A hash of a key; equal keys have equal hashes.
  @inline(__always)
  func hashKey(_ key: Value) -> UInt32 {
    if key.tag == Tag.string { return hashText(key.address) }
    if key.tag == Tag.bytes { return hashText(key.address) }
    return hashScalar(key, seed: state(vm).pointee.hashSeed)
  }

  /// The entry with a key, or nil.
  @inline(__always)
  func findEntry(_ map: Address, _ key: Value) -> Address? {
    let mask = map.u32(MapLayout.mask)
    guard mask != 0 else { return findLinearly(map, key) }
    return indexedEntry(map, mask, hash: hashKey(key)) { keysEqual($0, key) }
  }

  @inline(__always)
  private func findLinearly(_ map: Address, _ key: Value) -> Address? {
    let used = Int(map.u32(MapLayout.used))
    guard used > 0 else { return nil }
    var entry = map.address(MapLayout.entries)
    let end = entry + used &* MapLayout.entrySize
    while entry != end {
      if keysEqual(entry.value(0).pointee, key) { return entry }
      entry += MapLayout.entrySize
    }
    return nil
  }

  /// The value of a key, or nil.
  package func value(in map: Address, for key: Value) -> Value? {
    findEntry(map, key)?.value(Value.stride).pointee
  }

  /// Adds or replaces. The key is one that maps may have.
  @inline(never)
  package func setEntry(_ map: Address, _ key: Value, _ value: Value) {
    if let entry = findEntry(map, key) {
      let slot = entry.value(Value.stride)
      if state(vm).pointee.isMarking { shade(slot.pointee) }
      slot.pointee = value
      return
    }
    insertEntry(map, key, value)
  }

  /// Adds a key that is not there.
  @inline(never)
  package func insertEntry(_ map: Address, _ key: Value, _ value: Value) {
    if map.u32(MapLayout.used) == map.u32(MapLayout.capacity) { growMap(map) }
    appendEntry(map, key, value, hash: map.u32(MapLayout.mask) == 0 ? 0 : hashKey(key))
  }

  /// Moves the entries to new room and numbers them anew.
  private func growMap(_ map: Address) {
    let old = MapRoom(of: map)
    let used = Int(map.u32(MapLayout.used))
    let count = map.int(MapLayout.count)
    if old.index != nil, count != used { renumberEntries(map) }
    // Half of the entries removed: the same room will do.
    makeRoom(map, max(4, count * 2 > used ? used * 2 : used))
    var number: UInt32 = 0
    if let index = old.index, let entries = old.entries {
      // In the order of the old positions: the new ones follow each other as well.
      for position in 0..<old.positions where MapIndex.isTaken(index, position) {
        let entry = entries + position &* MapLayout.entrySize
        let key = entry.value(0).pointee
        let value = entry.value(Value.stride).pointee
        placeEntry(map, key, value, entry.u32(MapLayout.number), hash: hashKey(key))
        number &+= 1
      }
    } else if let entries = old.entries {
      let isSmall = map.u32(MapLayout.mask) == 0
      for position in 0..<used {
        let entry = entries + position &* MapLayout.entrySize
        let key = entry.value(0).pointee
        if key.isUndefined { continue }
        let value = entry.value(Value.stride).pointee
        placeEntry(map, key, value, number, hash: isSmall ? 0 : hashKey(key))
        number &+= 1
      }
    }
    map.put(MapLayout.used, number)
    freeRoom(old)
  }

  /// Closes the gaps that removed entries have left in the numbers of a map with an index.
  private func renumberEntries(_ map: Address) {
    var next: UInt32 = 0
    for number in 0..<map.u32(MapLayout.used) {
      guard let entry = numberedEntry(map, number) else { continue }
      entry.put(MapLayout.number, next)
      next &+= 1
    }
  }

  /// Gives a map new and empty room for at least so many entries.
  private func makeRoom(_ map: Address, _ capacity: Int) {
    if capacity <= MapLayout.linearLimit {
      map.put(MapLayout.entries, allocateZeroedMemory(capacity * MapLayout.entrySize))
      map.put(MapLayout.capacity, UInt32(capacity))
      map.put(MapLayout.positions, UInt32(capacity))
      return
    }
    var positions = 16
    while MapIndex.capacity(positions: positions) < capacity { positions *= 2 }
    let index = allocateMemory(MapIndex.size(positions: positions))
    memset(index, Int32(MapIndex.free), positions)
    map.put(MapLayout.entries, allocateZeroedMemory(positions * MapLayout.entrySize))
    map.put(MapLayout.capacity, UInt32(MapIndex.capacity(positions: positions)))
    map.put(MapLayout.positions, UInt32(positions))
    map.put(MapLayout.index, index)
    map.put(MapLayout.mask, UInt32(positions - 1))
  }

  private func freeRoom(_ room: MapRoom) {
    if let entries = room.entries { freeMemory(entries, room.positions * MapLayout.entrySize) }
    if let index = room.index { freeMemory(index, MapIndex.size(positions: room.positions)) }
  }

  /// Removes a key; its value, or nil.
  @inline(__always)
  package func removeEntry(_ map: Address, _ key: Value) -> Value? {
    guard let entry = findEntry(map, key) else { return nil }
    let value = entry.value(Value.stride).pointee
    if state(vm).pointee.isMarking {
      shade(value)
      shade(entry.value(0).pointee)
    }
    let position = (entry - map.address(MapLayout.entries)) / MapLayout.entrySize
    let mask = map.u32(MapLayout.mask)
    if mask != 0 {
      // The number is not used again: a search would not end in an index full of removed keys.
      MapIndex.remove(map.address(MapLayout.index), position)
    } else if position &+ 1 == Int(map.u32(MapLayout.used)) {
      map.put(MapLayout.used, UInt32(position))
    }
    entry.value(0).pointee = .undefined
    entry.value(Value.stride).pointee = .null
    map.put(MapLayout.count, map.int(MapLayout.count) &- 1)
    map.put(Header.aux, map.u32(Header.aux) &+ 1)
    if map.int(MapLayout.count) == 0 { emptyMap(map) }
    return value
  }

  /// Removes all entries.
  package func clearMap(_ map: Address) {
    if state(vm).pointee.isMarking {
      forEachEntry(map) { key, value in
        shade(key)
        shade(value)
      }
    }
    emptyMap(map)
  }

  /// Forgets all entries and keeps the room.
  func emptyMap(_ map: Address) {
    let used = map.u32(MapLayout.used)
    let index = map.optionalAddress(MapLayout.index)
    for number in 0..<used {
      let position = index.map { MapIndex.position($0, map.u32(MapLayout.mask), number) } ?? number
      if let index { index.put(Int(position), MapIndex.free) }
      let entry = map.address(MapLayout.entries) + Int(position) &* MapLayout.entrySize
      entry.value(0).pointee = .undefined
    }
    map.put(MapLayout.used, UInt32(0))
    map.put(MapLayout.count, 0)
    map.put(Header.aux, map.u32(Header.aux) &+ 1)
  }

  package func copyMap(_ map: Address) -> Address {
    let copy = makeMap(capacity: map.int(MapLayout.count))
    forEachEntry(map) { key, value in insertEntry(copy, key, value) }
    return copy
  }

  /// The first entry at a number or behind it, and where to look for the next; nil at the end.
  package func entry(
    of map: Address, from number: Int
  ) -> (key: Value, value: Value, next: Int)? {
    var number = number
    while number < Int(map.u32(MapLayout.used)) {
      let entry = numberedEntry(map, UInt32(truncatingIfNeeded: number))
      number &+= 1
      if let entry {
        return (entry.value(0).pointee, entry.value(Value.stride).pointee, number)
      }
    }
    return nil
  }

  /// Visits the entries in insertion order; the body must not change the map.
  @inline(__always)
  package func forEachEntry(_ map: Address, _ body: (Value, Value) -> Void) {
    for number in 0..<map.u32(MapLayout.used) {
      if let entry = numberedEntry(map, number) {
        body(entry.value(0).pointee, entry.value(Value.stride).pointee)
      }
    }
  }
}

/// The memory that a map holds.
private struct MapRoom {
  let entries: Address?
  let index: Address?
  let positions: Int

  init(of map: Address) {
    entries = map.optionalAddress(MapLayout.entries)
    index = map.optionalAddress(MapLayout.index)
    positions = Int(map.u32(MapLayout.positions))
  }
}

@inline(__always) package func mapCount(_ map: Address) -> Int { map.int(MapLayout.count) }

/// The index of a map with more than a few entries: for each position a byte, then for each number
/// in insertion order the position of its entry (32 bit), which another entry may have by now.
///
/// A position's byte is seven bits of its key's hash, or says that there is no entry. Eight bytes
/// are compared at once. The bytes of a large map stay in a near cache, so that a look-up waits for
/// far memory once, and whether it goes on does not depend on what comes from there: the processor
/// runs ahead into the next look-up. (Kulukundis, Designing a Fast, Efficient, Cache-friendly Hash
/// Table, CppCon 2017.)
enum MapIndex {
  /// Never taken since the room was made.
  static let free: UInt8 = 0xff
  /// Removed, and a search goes on behind it.
  static let removed: UInt8 = 0xfe

  /// Numbers for so many positions: an eighth stays free, so that searches end soon.
  @inline(__always)
  static func capacity(positions: Int) -> Int { positions / 8 * 7 }

  static func size(positions: Int) -> Int { positions + capacity(positions: positions) * 4 }

  @inline(__always)
  static func isTaken(_ index: Address, _ position: Int) -> Bool { index.u8(position) < 0x80 }

  typealias Group = SIMD8<UInt8>

  @inline(__always)
  static func firstGroup(_ hash: UInt32, _ mask: UInt32) -> Int {
    Int(hash & mask & ~7)
  }

  @inline(__always)
  static func mark(_ hash: UInt32) -> UInt8 { UInt8(truncatingIfNeeded: hash &>> 25) }

  @inline(__always)
  static func group(_ index: Address, _ position: Int) -> Group {
    index.load(fromByteOffset: position & ~7, as: Group.self)
  }

  /// A byte of ones for each byte of a group that equals the mark.
  @inline(__always)
  static func matches(_ group: Group, _ mark: UInt8) -> UInt64 {
    unsafeBitCast(group .== Group(repeating: mark), to: UInt64.self)
  }

  @inline(__always)
  fileprivate static func position(_ index: Address, _ mask: UInt32, _ number: UInt32) -> UInt32 {
    index.u32(Int(mask) &+ 1 &+ Int(number) &<< 2)
  }

  /// Takes a position for a key that is not there.
  @inline(__always)
  fileprivate static func take(
    _ index: Address, _ mask: UInt32, _ hash: UInt32, _ number: UInt32
  ) -> Int {
    var group = firstGroup(hash, mask)
    while true {
      let open = index.u64(group) & 0x8080_8080_8080_8080
      if open != 0 {
        let position = group &+ open.trailingZeroBitCount &>> 3
        index.put(position, mark(hash))
        index.put(Int(mask) &+ 1 &+ Int(number) &<< 2, UInt32(truncatingIfNeeded: position))
        return position
      }
      group = (group &+ 8) & Int(mask)
    }
  }

  /// Gives the position of an entry back.
  fileprivate static func remove(_ index: Address, _ position: Int) {
    let group = MapIndex.group(index, position)
    // No search goes on behind a group with a free position, so this one may be free as well.
    index.put(position, matches(group, free) == 0 ? removed : free)
  }
}

/// The entry of a map with an index whose key has a hash and is the wanted one, or nil.
@inline(__always)
func indexedEntry(
  _ map: Address,
  _ mask: UInt32,
  hash: UInt32,
  where isWanted: (Value) -> Bool
) -> Address? {
  let index = map.address(MapLayout.index)
  let entries = map.address(MapLayout.entries)
  let mark = MapIndex.mark(hash)
  var first = MapIndex.firstGroup(hash, mask)
  while true {
    let group = MapIndex.group(index, first)
    var matches = MapIndex.matches(group, mark)
    while matches != 0 {
      let lane = matches.trailingZeroBitCount
      let entry = entries + (first &+ lane &>> 3) &* MapLayout.entrySize
      if isWanted(entry.value(0).pointee) { return entry }
      matches &= ~(0xff &<< UInt64(lane))
    }
    if MapIndex.matches(group, MapIndex.free) != 0 { return nil }
    first = (first &+ 8) & Int(mask)
  }
}

/// The entry with a number in use; nil if it is removed.
@inline(__always)
func numberedEntry(_ map: Address, _ number: UInt32) -> Address? {
  let mask = map.u32(MapLayout.mask)
  var position = number
  if mask != 0 { position = MapIndex.position(map.address(MapLayout.index), mask, number) }
  let entry = map.address(MapLayout.entries) + Int(position) &* MapLayout.entrySize
  let isThere = entry.u32(MapLayout.number) == number && !entry.value(0).pointee.isUndefined
  return isThere ? entry : nil
}

/// Keys of maps: cases without payload are one object each, long text compares by bytes.
@inline(__always)
func keysEqual(_ left: Value, _ right: Value) -> Bool {
  if left.isIdentical(to: right) { return true }
  guard left.tag == right.tag, left.tag == Tag.string || left.tag == Tag.bytes else { return false }
  return textsEqual(left.address, right.address)
}

/// The hash of a key that is no text: never 0.
@inline(__always)
func hashScalar(_ key: Value, seed: UInt64) -> UInt32 {
  // Both halves of the product: multiples of a power of two spread as well as other ints.
  let word = key.bits ^ seed &+ UInt64(key.tag)
  let product = word.multipliedFullWidth(by: 0x9E37_79B9_7F4A_7C15)
  let folded = product.high ^ product.low
  let hash = UInt32(truncatingIfNeeded: folded ^ folded &>> 32)
  return hash == 0 ? 1 : hash
}

/// Adds a key that is not there to a map that has room. The hash matters only with an index.
@inline(__always)
func appendEntry(_ map: Address, _ key: Value, _ value: Value, hash: UInt32) {
  let number = map.u32(MapLayout.used)
  placeEntry(map, key, value, number, hash: hash)
  map.put(MapLayout.used, number &+ 1)
  map.put(MapLayout.count, map.int(MapLayout.count) &+ 1)
  map.put(Header.aux, map.u32(Header.aux) &+ 1)
}

/// Writes an entry with a number that is not in use yet.
@inline(__always)
private func placeEntry(
  _ map: Address,
  _ key: Value,
  _ value: Value,
  _ number: UInt32,
  hash: UInt32
) {
  let mask = map.u32(MapLayout.mask)
  var position = Int(number)
  if mask != 0 { position = MapIndex.take(map.address(MapLayout.index), mask, hash, number) }
  let entry = map.address(MapLayout.entries) + position &* MapLayout.entrySize
  entry.value(0).pointee = key
  entry.value(Value.stride).pointee = value
  entry.put(MapLayout.number, number)
}

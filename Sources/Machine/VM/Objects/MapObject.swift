import Glibc

extension Heap {
  package func makeMap(capacity: Int = 0) -> Address {
    let map = allocate(MapLayout.size, Tag.map, 0)
    map.put(MapLayout.count, 0)
    map.put(MapLayout.entries, nil as Address?)
    map.put(MapLayout.used, UInt64(0))
    map.put(MapLayout.index, nil as Address?)
    map.put(MapLayout.mask, UInt64(0))
    if capacity > 0 { resizeMap(map, capacity) }
    return map
  }

  func releaseMap(_ map: Address) {
    if let entries = map.optionalAddress(MapLayout.entries) {
      freeMemory(entries, Int(map.u32(MapLayout.capacity)) * MapLayout.entrySize)
    }
    if let index = map.optionalAddress(MapLayout.index) {
      freeMemory(index, (Int(map.u32(MapLayout.mask)) + 1) * 4)
    }
  }

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
    let entries = map.address(MapLayout.entries)
    let index = map.address(MapLayout.index)
    let hash = hashKey(key)
    var slot = hash & mask
    while true {
      let word = index.u32(Int(slot) &<< 2)
      if word == MapIndex.free { return nil }
      if (word ^ hash) & ~mask == 0, word != MapIndex.removed {
        let entry = entries + Int(word & mask) &* MapLayout.entrySize
        if keysEqual(entry.value(0).pointee, key) { return entry }
      }
      slot = (slot &+ 1) & mask
    }
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
    let used = map.u32(MapLayout.used)
    if used == map.u32(MapLayout.capacity) {
      // Half of the entries removed: the same room will do.
      let live = map.int(MapLayout.count)
      resizeMap(map, live * 2 > Int(used) ? max(4, live * 2) : max(4, Int(used)))
    }
    appendEntry(map, key, value, hash: map.u32(MapLayout.mask) == 0 ? 0 : hashKey(key))
  }

  /// Moves the live entries to new room and rebuilds the index.
  private func resizeMap(_ map: Address, _ capacity: Int) {
    let oldCapacity = Int(map.u32(MapLayout.capacity))
    let used = Int(map.u32(MapLayout.used))
    let entries = allocateMemory(capacity * MapLayout.entrySize)
    var count = 0
    if let old = map.optionalAddress(MapLayout.entries) {
      for number in 0..<used {
        let entry = old + number * MapLayout.entrySize
        if entry.value(0).pointee.isUndefined { continue }
        memcpy(entries + count * MapLayout.entrySize, entry, MapLayout.entrySize)
        count += 1
      }
      freeMemory(old, oldCapacity * MapLayout.entrySize)
    }
    map.put(MapLayout.entries, entries)
    map.put(MapLayout.used, UInt32(count))
    map.put(MapLayout.capacity, UInt32(capacity))
    rebuildIndex(map)
  }

  private func rebuildIndex(_ map: Address) {
    let capacity = Int(map.u32(MapLayout.capacity))
    let oldMask = map.u32(MapLayout.mask)
    if let old = map.optionalAddress(MapLayout.index) { freeMemory(old, (Int(oldMask) + 1) * 4) }
    guard capacity > MapLayout.linearLimit else {
      map.put(MapLayout.index, nil as Address?)
      map.put(MapLayout.mask, UInt32(0))
      return
    }
    var slots = 16
    while slots < capacity * 2 { slots *= 2 }
    let index = allocateMemory(slots * 4)
    memset(index, 0xff, slots * 4)
    let mask = UInt32(slots - 1)
    map.put(MapLayout.index, index)
    map.put(MapLayout.mask, mask)
    let entries = map.address(MapLayout.entries)
    for number in 0..<map.u32(MapLayout.used) {
      let key = entries.value(Int(number) * MapLayout.entrySize).pointee
      addToIndex(index, mask, hashKey(key), number)
    }
  }

  /// Removes a key; its value, or nil.
  package func removeEntry(_ map: Address, _ key: Value) -> Value? {
    guard let entry = findEntry(map, key) else { return nil }
    let value = entry.value(Value.stride).pointee
    if state(vm).pointee.isMarking {
      shade(value)
      shade(entry.value(0).pointee)
    }
    let number = UInt32((entry - map.address(MapLayout.entries)) / MapLayout.entrySize)
    let mask = map.u32(MapLayout.mask)
    if mask != 0 {
      let index = map.address(MapLayout.index)
      let hash = hashKey(key)
      let word = hash & ~mask | number
      var slot = hash & mask
      while index.u32(Int(slot) &<< 2) != word { slot = (slot &+ 1) & mask }
      index.put(Int(slot) &<< 2, MapIndex.removed)
    }
    entry.value(0).pointee = .undefined
    entry.value(Value.stride).pointee = .null
    map.put(MapLayout.count, map.int(MapLayout.count) &- 1)
    map.put(Header.aux, map.u32(Header.aux) &+ 1)
    // With an index numbers are not used again: the marks of removed keys would fill it, and a
    // search would not end. The next resizing clears them away.
    if mask == 0, number &+ 1 == map.u32(MapLayout.used) { map.put(MapLayout.used, number) }
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
    map.put(MapLayout.used, UInt32(0))
    map.put(MapLayout.count, 0)
    map.put(Header.aux, map.u32(Header.aux) &+ 1)
    if let index = map.optionalAddress(MapLayout.index) {
      memset(index, 0xff, (Int(map.u32(MapLayout.mask)) + 1) * 4)
    }
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
      let entry = map.address(MapLayout.entries) + number &* MapLayout.entrySize
      number &+= 1
      let key = entry.value(0).pointee
      if !key.isUndefined { return (key, entry.value(Value.stride).pointee, number) }
    }
    return nil
  }

  /// Visits the entries in insertion order; the body must not change the map.
  @inline(__always)
  package func forEachEntry(_ map: Address, _ body: (Value, Value) -> Void) {
    let used = Int(map.u32(MapLayout.used))
    guard used > 0 else { return }
    let entries = map.address(MapLayout.entries)
    for number in 0..<used {
      let entry = entries + number &* MapLayout.entrySize
      let key = entry.value(0).pointee
      if !key.isUndefined { body(key, entry.value(Value.stride).pointee) }
    }
  }
}

@inline(__always) package func mapCount(_ map: Address) -> Int { map.int(MapLayout.count) }

/// Words of a map's index: the number of an entry in as many low bits as the slots need, the rest
/// bits of the key's hash, which spare most looks at other keys. The marks are no such words: at
/// most half of the slots are entries, so no entry has the number of the last slot but one.
enum MapIndex {
  static let removed = UInt32.max - 1
  static let free = UInt32.max
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
  let entry = map.address(MapLayout.entries) + Int(number) &* MapLayout.entrySize
  entry.value(0).pointee = key
  entry.value(Value.stride).pointee = value
  map.put(MapLayout.used, number &+ 1)
  map.put(MapLayout.count, map.int(MapLayout.count) &+ 1)
  map.put(Header.aux, map.u32(Header.aux) &+ 1)
  let mask = map.u32(MapLayout.mask)
  if mask != 0 { addToIndex(map.address(MapLayout.index), mask, hash, number) }
}

@inline(__always)
private func addToIndex(_ index: Address, _ mask: UInt32, _ hash: UInt32, _ number: UInt32) {
  var slot = hash & mask
  while index.u32(Int(slot) &<< 2) < MapIndex.removed { slot = (slot &+ 1) & mask }
  index.put(Int(slot) &<< 2, hash & ~mask | number)
}

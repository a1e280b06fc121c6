import Glibc

/// Where the bytes of a string or byte string lie.
@inline(__always)
package func textBytes(_ text: Address) -> UnsafeMutablePointer<UInt8> {
  let start =
    Int(text.u32(Header.aux)) > TextLayout.inlineLimit
    ? text.address(TextLayout.pointer) : text + TextLayout.inlineBytes
  return start.assumingMemoryBound(to: UInt8.self)
}

/// Length in bytes.
@inline(__always) package func textCount(_ text: Address) -> Int { Int(text.u32(Header.aux)) }

/// The most bytes a string or byte string can have.
package let textLimit = 1 << 31 - 1

/// A 32-bit hash that is never 0.
@inline(__always)
func hashBytes(_ bytes: UnsafeRawPointer, _ count: Int, seed: UInt64) -> UInt32 {
  var hash = seed ^ UInt64(truncatingIfNeeded: count) &* 0x9E37_79B9_7F4A_7C15
  var offset = 0
  while offset &+ 8 <= count {
    let word = bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self)
    hash = mix(hash ^ word)
    offset &+= 8
  }
  if offset < count {
    var word: UInt64 = 0
    var shift: UInt64 = 0
    while offset < count {
      word |= UInt64(bytes.load(fromByteOffset: offset, as: UInt8.self)) &<< shift
      shift &+= 8
      offset &+= 1
    }
    hash = mix(hash ^ word)
  }
  let folded = UInt32(truncatingIfNeeded: hash ^ hash &>> 32)
  return folded == 0 ? 1 : folded
}

@inline(__always)
private func mix(_ word: UInt64) -> UInt64 {
  let product = word.multipliedFullWidth(by: 0xD6E8_FEB8_6659_FD93)
  return product.high ^ product.low
}

/// Number of Unicode scalars in valid UTF-8: bytes that do not continue one.
package func countScalars(_ bytes: UnsafePointer<UInt8>, _ count: Int) -> Int {
  var scalars = 0
  var offset = 0
  let raw = UnsafeRawPointer(bytes)
  while offset &+ 8 <= count {
    let word = raw.loadUnaligned(fromByteOffset: offset, as: UInt64.self)
    // A continuation byte has its top bit set and the next one clear.
    let continuing = (word &>> 7) & (~word &>> 6) & 0x0101_0101_0101_0101
    scalars &+= 8 &- continuing.nonzeroBitCount
    offset &+= 8
  }
  while offset < count {
    if bytes[offset] & 0xC0 != 0x80 { scalars &+= 1 }
    offset &+= 1
  }
  return scalars
}

extension Heap {
  /// The one string object with these bytes (at most `internLimit`).
  @inline(never)
  func intern(_ bytes: UnsafeRawPointer, _ count: Int) -> Address {
    let s = state(vm)
    let hash = hashBytes(bytes, count, seed: s.pointee.hashSeed)
    let mask = s.pointee.internedCapacity &- 1
    var slot = Int(hash) & mask
    while true {
      let entry = s.pointee.interned[slot]
      if entry == 0 { break }
      if entry != 1 {
        let text = Address(bitPattern: entry).unsafelyUnwrapped
        if text.u32(TextLayout.hash) == hash, Int(text.u32(Header.aux)) == count,
          memcmp(text + TextLayout.inlineBytes, bytes, count) == 0
        {
          // A dead string that was not swept yet lives again.
          text.put(Header.color, s.pointee.color)
          return text
        }
      }
      slot = (slot &+ 1) & mask
    }
    return addInterned(bytes, count, hash)
  }

  private func addInterned(_ bytes: UnsafeRawPointer, _ count: Int, _ hash: UInt32) -> Address {
    let s = state(vm)
    let text = allocate(TextLayout.inlineBytes &+ count, Tag.string, UInt32(count))
    let start = (text + TextLayout.inlineBytes).assumingMemoryBound(to: UInt8.self)
    memcpy(start, bytes, count)
    text.put(TextLayout.hash, hash)
    text.put(TextLayout.scalars, UInt32(countScalars(start, count)))
    if s.pointee.internedCount &* 2 > s.pointee.internedCapacity { growInterned() }
    let mask = s.pointee.internedCapacity &- 1
    var slot = Int(hash) & mask
    while s.pointee.interned[slot] > 1 { slot = (slot &+ 1) & mask }
    if s.pointee.interned[slot] == 0 { s.pointee.internedCount &+= 1 }
    s.pointee.interned[slot] = UInt(bitPattern: text)
    return text
  }

  /// Rebuilds the table without the marks of removed strings.
  private func growInterned() {
    let s = state(vm)
    let old = s.pointee.interned
    let oldCapacity = s.pointee.internedCapacity
    var live = 0
    for slot in 0..<oldCapacity where old[slot] > 1 { live += 1 }
    let capacity = live * 4 > oldCapacity ? oldCapacity * 2 : oldCapacity
    let table = UnsafeMutablePointer<UInt>.allocate(capacity: capacity)
    table.initialize(repeating: 0, count: capacity)
    for index in 0..<oldCapacity {
      guard let text = Address(bitPattern: old[index]), old[index] > 1 else { continue }
      var slot = Int(text.u32(TextLayout.hash)) & (capacity - 1)
      while table[slot] != 0 { slot = (slot + 1) & (capacity - 1) }
      table[slot] = old[index]
    }
    old.deallocate()
    allocated += (capacity - oldCapacity) * 8
    s.pointee.interned = table
    s.pointee.internedCapacity = capacity
    s.pointee.internedCount = live
  }

  /// Called by the sweep for a dead interned string.
  func forgetInterned(_ text: Address) {
    let s = state(vm)
    let mask = s.pointee.internedCapacity &- 1
    var slot = Int(text.u32(TextLayout.hash)) & mask
    while s.pointee.interned[slot] != UInt(bitPattern: text) {
      if s.pointee.interned[slot] == 0 { return }
      slot = (slot &+ 1) & mask
    }
    s.pointee.interned[slot] = 1
  }

  /// A string (valid UTF-8) or byte string with a copy of the bytes.
  package func makeText(_ bytes: UnsafeRawPointer, _ count: Int, _ kind: UInt8 = Tag.string)
    -> Value
  {
    if kind == Tag.string {
      if count == 1 {
        return oneByteString(bytes.load(as: UInt8.self))
      }
      if count <= TextLayout.internLimit { return .object(intern(bytes, count), Tag.string) }
    }
    let text = makeUninitializedText(count, kind)
    memcpy(textBytes(text), bytes, count)
    return .object(text, kind)
  }

  @inline(__always)
  package func oneByteString(_ byte: UInt8) -> Value {
    .object(
      Address(bitPattern: state(vm).pointee.oneByteText[Int(byte)]).unsafelyUnwrapped,
      Tag.string
    )
  }

  /// Text longer than `internLimit`, or a byte string, whose bytes the caller writes.
  func makeUninitializedText(_ count: Int, _ kind: UInt8) -> Address {
    if count <= TextLayout.inlineLimit {
      let text = allocate(TextLayout.inlineBytes &+ count, kind, UInt32(count))
      text.put(TextLayout.hash, UInt32(0))
      text.put(TextLayout.scalars, TextLayout.unknownScalars)
      return text
    }
    let buffer = makeBuffer(capacity: count)
    buffer.put(BufferLayout.used, count)
    return makeExternal(buffer, buffer.address(BufferLayout.data), count, kind)
  }

  private func makeBuffer(capacity: Int) -> Address {
    let data = allocateMemory(capacity)
    let buffer = allocate(BufferLayout.size, Tag.buffer, 0)
    buffer.put(BufferLayout.used, 0)
    buffer.put(BufferLayout.data, data)
    buffer.put(BufferLayout.capacity, capacity)
    return buffer
  }

  private func makeExternal(
    _ buffer: Address,
    _ start: Address,
    _ count: Int,
    _ kind: UInt8
  ) -> Address {
    let text = allocate(TextLayout.externalSize, kind, UInt32(count))
    text.put(TextLayout.hash, UInt32(0))
    text.put(TextLayout.scalars, TextLayout.unknownScalars)
    text.put(TextLayout.pointer, start)
    text.put(TextLayout.buffer, buffer)
    return text
  }

  /// A part of text, by bytes: a long part shares the memory of the whole.
  package func slice(_ text: Address, from offset: Int, count: Int) -> Value {
    let kind = text.u8(Header.kind)
    if offset == 0, count == textCount(text) { return .object(text, kind) }
    let start = textBytes(text) + offset
    guard count > TextLayout.inlineLimit, count * 4 > textCount(text) else {
      return makeText(start, count, kind)
    }
    return .object(
      makeExternal(text.address(TextLayout.buffer), Address(start), count, kind),
      kind
    )
  }

  /// Two pieces of text of one kind as one. Appending to what was last appended to costs only the
  /// new bytes: the pieces share one growing buffer. Nil when it would be too long.
  package func join(_ left: Address, _ right: Address) -> Value? {
    let kind = left.u8(Header.kind)
    let leftCount = textCount(left)
    let rightCount = textCount(right)
    let count = leftCount + rightCount
    if rightCount == 0 { return .object(left, kind) }
    if leftCount == 0 { return .object(right, kind) }
    if count <= TextLayout.inlineLimit { return joinShort(left, leftCount, right, rightCount) }
    guard count <= textLimit, hasRoom(for: count * 2) else { return nil }
    let source = textBytes(left)
    if leftCount > TextLayout.inlineLimit {
      let buffer = left.address(TextLayout.buffer)
      let used = buffer.int(BufferLayout.used)
      let data = buffer.address(BufferLayout.data)
      let end = Address(source) + leftCount
      if end == data + used, used + rightCount <= buffer.int(BufferLayout.capacity) {
        memcpy(end, textBytes(right), rightCount)
        buffer.put(BufferLayout.used, used + rightCount)
        return .object(makeExternal(buffer, Address(source), count, kind), kind)
      }
    }
    let buffer = makeBuffer(capacity: count * 2)
    let data = buffer.address(BufferLayout.data)
    memcpy(data, source, leftCount)
    memcpy(data + leftCount, textBytes(right), rightCount)
    buffer.put(BufferLayout.used, count)
    return .object(makeExternal(buffer, data, count, kind), kind)
  }

  private func joinShort(
    _ left: Address,
    _ leftCount: Int,
    _ right: Address,
    _ rightCount: Int
  ) -> Value {
    let kind = left.u8(Header.kind)
    let count = leftCount &+ rightCount
    if kind == Tag.string, count <= TextLayout.internLimit {
      return withUnsafeTemporaryAllocation(byteCount: TextLayout.internLimit, alignment: 8) {
        room in
        let start = room.baseAddress.unsafelyUnwrapped
        memcpy(start, left + TextLayout.inlineBytes, leftCount)
        memcpy(start + leftCount, right + TextLayout.inlineBytes, rightCount)
        return .object(intern(start, count), Tag.string)
      }
    }
    let text = makeUninitializedText(count, kind)
    memcpy(text + TextLayout.inlineBytes, textBytes(left), leftCount)
    memcpy(text + TextLayout.inlineBytes + leftCount, textBytes(right), rightCount)
    return .object(text, kind)
  }

  /// Number of scalars of a string, counted once.
  @inline(__always)
  package func scalarCount(_ text: Address) -> Int {
    let known = text.u32(TextLayout.scalars)
    if known != TextLayout.unknownScalars { return Int(known) }
    let count = countScalars(textBytes(text), textCount(text))
    text.put(TextLayout.scalars, UInt32(count))
    return count
  }

  @inline(__always) package func isASCII(_ text: Address) -> Bool {
    scalarCount(text) == textCount(text)
  }

  /// Byte offset of the scalar with a number that is at most the scalar count.
  package func byteOffset(_ text: Address, scalar: Int) -> Int {
    if isASCII(text) { return scalar }
    let bytes = textBytes(text)
    let count = textCount(text)
    var offset = 0
    var left = scalar
    while left > 0, offset < count {
      offset += scalarLength(bytes[offset])
      left -= 1
    }
    return offset
  }

  @inline(__always)
  func hashText(_ text: Address) -> UInt32 {
    let known = text.u32(TextLayout.hash)
    if known != 0 { return known }
    let hash = hashBytes(textBytes(text), textCount(text), seed: state(vm).pointee.hashSeed)
    text.put(TextLayout.hash, hash)
    return hash
  }
}

/// Length in bytes of the scalar that begins with this byte.
@inline(__always)
package func scalarLength(_ first: UInt8) -> Int {
  first < 0x80 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4
}

/// Text of one kind with the same bytes.
@inline(__always)
func textsEqual(_ left: Address, _ right: Address) -> Bool {
  if left == right { return true }
  let count = textCount(left)
  guard count == textCount(right) else { return false }
  if left.u8(Header.kind) == Tag.string, count <= TextLayout.internLimit { return false }
  return memcmp(textBytes(left), textBytes(right), count) == 0
}

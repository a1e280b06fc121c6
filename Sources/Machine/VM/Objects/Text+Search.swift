import Glibc

/// Byte offset of a part at or after another offset, or nil.
package func findBytes(_ text: Address, _ part: Address, from offset: Int) -> Int? {
  let count = textCount(text)
  let partCount = textCount(part)
  guard partCount <= count - offset else { return nil }
  if partCount == 0 { return offset }
  let start = textBytes(text)
  let wanted = textBytes(part)
  let last = count - partCount
  var position = offset
  var attempts = 0
  while position <= last {
    guard let found = memchr(start + position, Int32(wanted[0]), last - position + 1) else {
      return nil
    }
    position = found - UnsafeMutableRawPointer(start)
    if memcmp(found, wanted, partCount) == 0 { return position }
    position += 1
    attempts += 1
    // Text made for it would cost the product of both lengths.
    if attempts > 256, partCount > 32 {
      return findLinearly(start, count, wanted, partCount, from: position)
    }
  }
  return nil
}

/// Byte offset of the last occurrence of a part, or nil.
package func findLastBytes(_ text: Address, _ part: Address) -> Int? {
  let count = textCount(text)
  let partCount = textCount(part)
  guard partCount <= count else { return nil }
  if partCount == 0 { return count }
  let start = textBytes(text)
  let wanted = textBytes(part)
  var attempts = 0
  for position in stride(from: count - partCount, through: 0, by: -1)
  where start[position] == wanted[0] {
    if memcmp(start + position, wanted, partCount) == 0 { return position }
    attempts += 1
    if attempts > 256, partCount > 32 {
      let end = position + partCount - 1
      return findLinearly(start, end, wanted, partCount, from: 0, wantsLast: true)
    }
  }
  return nil
}

/// The search of Knuth, Morris and Pratt: no byte of the text is looked at again.
private func findLinearly(
  _ text: UnsafePointer<UInt8>, _ count: Int, _ part: UnsafePointer<UInt8>, _ partCount: Int,
  from offset: Int, wantsLast: Bool = false
) -> Int? {
  // Length of the longest beginning of the part that also ends at each place.
  var borders = [Int32](repeating: 0, count: partCount)
  var length = 0
  for index in 1..<partCount {
    while length > 0, part[index] != part[length] { length = Int(borders[length - 1]) }
    if part[index] == part[length] { length += 1 }
    borders[index] = Int32(length)
  }
  var matched = 0
  var last: Int?
  for position in offset..<count {
    while matched > 0, text[position] != part[matched] { matched = Int(borders[matched - 1]) }
    if text[position] == part[matched] { matched += 1 }
    if matched == partCount {
      last = position - partCount + 1
      guard wantsLast else { return last }
      matched = Int(borders[matched - 1])
    }
  }
  return last
}

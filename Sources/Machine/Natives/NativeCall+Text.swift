import JanusBytecode
import JanusVM
import Glibc

// What strings and byte strings do alike. The caller has looked at the arguments' kinds.
extension NativeCall {
  /// The parts of the first argument between occurrences of the second; the third, if given, says
  /// how many parts there may be.
  func split() -> NativeResult {
    guard self[2].isNull || self[2].isInt && self[2].asInt > 0 else {
      return wrong(2, "an int from 1 on", in: "split")
    }
    let (text, separator) = (self[0].address, self[1].address)
    let width = textCount(separator)
    guard width > 0 else { return wrong(1, "not empty where parts are counted", in: "split") }
    let limit = self[2].isInt ? self[2].asInt : .max
    // Short text gives no more parts than it has bytes; of long text the parts are counted.
    let parts =
      textCount(text) < 1 << 16 ? textCount(text) / width + 1 : occurrences(text, separator) + 1
    guard hasRoom(elements: min(parts, limit) * 4) else { return listTooLong }
    let list = heap.makeList()
    var start = 0
    var count = 1
    while count < limit, let end = findBytes(text, separator, from: start) {
      heap.append(list, heap.slice(text, from: start, count: end - start))
      start = end + width
      count += 1
    }
    heap.append(list, heap.slice(text, from: start, count: textCount(text) - start))
    return done(list: list)
  }

  /// So many copies, one after the other.
  func repeated() -> NativeResult {
    guard self[1].isInt, self[1].asInt >= 0 else {
      return wrong(1, "an int from 0 on", in: "repeat")
    }
    let kind = self[0].tag
    let bytes = bytes(0)
    let (count, overflow) = bytes.count.multipliedReportingOverflow(by: self[1].asInt)
    guard !overflow, count <= textLimit, heap.hasRoom(for: count) else { return tooLong }
    guard let source = bytes.baseAddress, count > 0 else { return done(text: [], kind) }
    return done(
      heap.makeText(count: count, kind) { target in
        memcpy(target, source, bytes.count)
        // What is there is doubled until it is enough.
        var done = bytes.count
        while done < count {
          let next = min(done, count - done)
          memcpy(target + done, target, next)
          done += next
        }
      }
    )
  }

  /// The first argument with every occurrence of the second, which is not empty, replaced by the
  /// third.
  func replaced() -> NativeResult {
    let (text, part) = (self[0].address, self[1].address)
    guard let first = findBytes(text, part, from: 0) else { return done(self[0]) }
    let found = occurrences(text, part)
    let new = bytes(2)
    let width = textCount(part)
    let (added, overflow) = found.multipliedReportingOverflow(by: new.count - width)
    guard !overflow, textCount(text) + added <= textLimit,
      heap.hasRoom(for: textCount(text) + added)
    else { return tooLong }
    return done(
      heap.makeText(count: textCount(text) + added, self[0].tag) { target in
        let source = textBytes(text)
        var (start, end) = (0, target)
        var place: Int? = first
        while let next = place {
          memcpy(end, source + start, next - start)
          end += next - start
          if let bytes = new.baseAddress { memcpy(end, bytes, new.count) }
          end += new.count
          start = next + width
          place = findBytes(text, part, from: start)
        }
        memcpy(end, source + start, textCount(text) - start)
      }
    )
  }

  /// True for two strings or two byte strings; false after a fault.
  private func areAlike(_ method: String) -> Bool {
    guard self[0].isString || self[0].tag == Tag.bytes else {
      _ = wrong(0, "a string or bytes", in: method)
      return false
    }
    guard self[1].tag == self[0].tag else {
      _ = wrong(1, self[0].isString ? "a string" : "bytes", in: method)
      return false
    }
    return true
  }

  /// The index of the last occurrence of a part, or null.
  func findLast() -> NativeResult {
    guard areAlike("find_last") else { return raised }
    let text = self[0].address
    guard let found = findLastBytes(text, self[1].address) else { return done(.null) }
    let isCounted = self[0].isString && !heap.isASCII(text)
    return done(.int(isCounted ? countScalars(textBytes(text), found) : found))
  }

  /// The text without a beginning that it may have.
  func withoutPrefix() -> NativeResult {
    guard areAlike("remove_prefix") else { return raised }
    let (text, prefix) = (self[0].address, self[1].address)
    let count = textCount(prefix)
    guard count <= textCount(text), memcmp(textBytes(text), textBytes(prefix), count) == 0 else {
      return done(self[0])
    }
    return done(heap.slice(text, from: count, count: textCount(text) - count))
  }

  /// The text without an end that it may have.
  func withoutSuffix() -> NativeResult {
    guard areAlike("remove_suffix") else { return raised }
    let (text, suffix) = (self[0].address, self[1].address)
    let rest = textCount(text) - textCount(suffix)
    guard rest >= 0, memcmp(textBytes(text) + rest, textBytes(suffix), textCount(suffix)) == 0
    else { return done(self[0]) }
    return done(heap.slice(text, from: 0, count: rest))
  }
}

import Glibc

/// Standard input: bytes that were read and not yet taken.
package final class InputBuffer {
  package let descriptor: CInt
  private var bytes: [UInt8] = []
  /// Where the bytes begin that were not taken.
  private var start = 0
  /// Bytes that hold no end of a line, from `start` on.
  private var searched = 0
  package private(set) var isAtEnd = false
  /// Why the last read failed, as `errno` says; 0 when it did not.
  package private(set) var failure: CInt = 0

  package init(descriptor: CInt) { self.descriptor = descriptor }

  package var count: Int { bytes.count - start }

  /// Reads what has come, without waiting: only to be called when there is something.
  package func fill() {
    let chunk = 1 << 16
    if start > 0, start == bytes.count || start > chunk * 4 {
      bytes.removeFirst(start)
      start = 0
    }
    var status = 0
    bytes.append(
      contentsOf: [UInt8](unsafeUninitializedCapacity: chunk) { buffer, count in
        status = read(descriptor, buffer.baseAddress, chunk)
        count = max(0, status)
      })
    if status == 0 { isAtEnd = true }
    guard status < 0, errno != EINTR, errno != EAGAIN else { return }
    failure = errno
    isAtEnd = true
  }

  /// The next line without its end, or what is left where no end comes any more; nil when there is
  /// neither.
  package func takeLine() -> ArraySlice<UInt8>? {
    if let end = bytes[(start + searched)...].firstIndex(of: 10) {
      let line = bytes[start..<end]
      start = end + 1
      searched = 0
      return line.last == 13 ? line.dropLast() : line
    }
    searched = count
    guard isAtEnd, count > 0 else { return nil }
    return takeAll()
  }

  /// Everything that was read.
  package func takeAll() -> ArraySlice<UInt8> {
    let rest = bytes[start...]
    bytes = []
    start = 0
    searched = 0
    return rest
  }
}

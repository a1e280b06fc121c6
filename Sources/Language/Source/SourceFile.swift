/// A source text and the name it is reported under.
public final class SourceFile: Sendable {
  /// The path or pseudo name (`<stdin>`, `<-e>`) shown in diagnostics.
  public let name: String
  /// The UTF-8 text. It may hold any bytes: the lexer reports what is not UTF-8.
  public let bytes: [UInt8]
  /// Byte offset of the first byte of each line; the first is 0.
  public let lineStarts: [UInt32]

  public init(name: String, bytes: [UInt8]) {
    self.name = name
    self.bytes = bytes
    var starts: [UInt32] = [0]
    bytes.withUnsafeBufferPointer { buffer in
      for index in buffer.indices where buffer[index] == UInt8(ascii: "\n") {
        starts.append(UInt32(truncatingIfNeeded: index + 1))
      }
    }
    self.lineStarts = starts
  }

  /// The 0-based line that holds a byte offset; offsets past the end belong to the last line.
  public func line(at offset: UInt32) -> Int {
    var low = 0
    var high = lineStarts.count
    while high - low > 1 {
      let middle = (low + high) / 2
      if lineStarts[middle] <= offset { low = middle } else { high = middle }
    }
    return low
  }
}

/// A half-open range of byte offsets in one source file.
public struct Span: Hashable, Sendable {
  public var start: UInt32
  public var end: UInt32

  public init(_ start: UInt32, _ end: UInt32) {
    self.start = start
    self.end = end
  }
}

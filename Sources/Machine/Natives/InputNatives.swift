import JanusBytecode
import JanusVM
import Glibc

/// Natives of io.jan.
enum InputNatives {
  static let table: [Native] = [
    Native("io.read_line") { native($0, $1, $2, readLine) },
    Native("io.read") { native($0, $1, $2, readText) },
    Native("io.read_bytes") { native($0, $1, $2, readBytes) },
    Native("io.is_terminal") { native($0, $1, $2, isTerminal) },
  ]
}

private func readLine(_ call: NativeCall) -> NativeResult {
  guard call[0].isString || !call.has(0) else {
    return call.typeFault(0, "a string", in: "io.read_line")
  }
  if call.has(0) {
    call.machine.write(call[0])
    call.machine.flush()
  }
  return call.machine.wait(call, for: InputReading(call, wants: .line))
}

private func readText(_ call: NativeCall) -> NativeResult {
  call.machine.wait(call, for: InputReading(call, wants: .text))
}

private func readBytes(_ call: NativeCall) -> NativeResult {
  call.machine.wait(call, for: InputReading(call, wants: .bytes))
}

private func isTerminal(_ call: NativeCall) -> NativeResult {
  call.done(.bool(isatty(call.machine.input.descriptor) == 1))
}

/// A fiber that waits for standard input.
private final class InputReading: ExternalWork {
  enum Wanted {
    case line, text, bytes
  }

  private let input: InputBuffer
  private let heap: Heap
  private let wanted: Wanted

  init(_ call: NativeCall, wants wanted: Wanted) {
    input = call.machine.input
    heap = call.heap
    self.wanted = wanted
  }

  var watches: [Watch] { [Watch(input.descriptor, .reading)] }
  var wakesAt: Int? { nil }

  func proceed(now: Int) -> ExternalResult? {
    while true {
      if let result = result() { return result }
      guard input.count < textLimit / 2, heap.hasRoom(for: input.count * 2) else {
        return .fault(.limit, "standard input is longer than memory allows")
      }
      guard hasNews() else { return nil }
      input.fill()
    }
  }

  func abandon() {}

  /// True when there is something to read now.
  private func hasNews() -> Bool {
    var record = pollfd(fd: input.descriptor, events: Int16(POLLIN), revents: 0)
    return poll(&record, 1, 0) > 0
  }

  private func result() -> ExternalResult? {
    if wanted == .line, let line = input.takeLine() { return text(line) }
    guard input.isAtEnd else { return nil }
    if input.failure != 0 {
      let reason = String(cString: strerror(input.failure))
      return .fault(.io, "standard input cannot be read: \(reason)")
    }
    switch wanted {
    case .line: return .value { _ in .null }
    case .text: return text(input.takeAll())
    case .bytes:
      let bytes = Array(input.takeAll())
      return .value { $0.string(bytes, kind: Tag.bytes) }
    }
  }

  private func text(_ bytes: ArraySlice<UInt8>) -> ExternalResult {
    let text = Array(bytes)
    let offset = text.withUnsafeBufferPointer { buffer in
      buffer.baseAddress.flatMap { heap.invalidOffset($0, buffer.count) }
    }
    guard let offset else { return .value { $0.string(text) } }
    return .fault(
      .parse, "standard input is no UTF-8: byte \(offset) of what was read does not fit",
      hint: "io.read_bytes reads anything")
  }
}

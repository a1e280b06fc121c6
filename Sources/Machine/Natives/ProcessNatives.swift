import JanusBytecode
import JanusVM

/// Natives of process.jan.
enum ProcessNatives {
  static let table: [Native] = [
    Native("process.run") { native($0, $1, $2, run) }
  ]

  /// Bytes of output that are kept unless `limit` says otherwise.
  static let outputLimit = 16 << 20
}

/// Arguments: argv, input, within, raw, limit.
private func run(_ call: NativeCall) -> NativeResult {
  guard let words = words(call) else { return call.raised }
  guard call[1].isNull || call[1].isString || call[1].tag == Tag.bytes else {
    return call.typeFault(1, "a string or bytes", in: "process.run")
  }
  guard call[2].isNull || call[2].tag == Tag.duration else {
    return call.typeFault(2, "a duration", in: "process.run")
  }
  guard call[3].isNull || call[3].isBool else {
    return call.typeFault(3, "a bool", in: "process.run")
  }
  guard call[4].isNull || call[4].isInt && call[4].asInt >= 0 else {
    return call.typeFault(4, "an int from 0 on", in: "process.run")
  }
  let path: String
  do throws(AccessError) {
    path = try call.machine.environment.grants.program(words[0])
  } catch {
    switch error {
    case .denied(let flag, let reason):
      return call.fault(.denied, "running \(words[0]) needs \(flag)", hint: reason)
    case .system(let code):
      return call.fault(.io, "cannot run \(words[0]): \(ChildProcess.reason(code))")
    case .notRegular:
      return call.fault(.io, "cannot run \(words[0]): it is no program")
    }
  }
  let now = call.machine.environment.monotonic()
  let deadline = call[2].isNull ? nil : now.addingReportingOverflow(max(0, call[2].asInt))
  let process = ChildProcess(
    path: path,
    words: words,
    input: Array(call.bytes(1)),
    isRaw: call.has(3) && call[3].asBool,
    outputLimit: call[4].isInt ? call[4].asInt : ProcessNatives.outputLimit,
    deadline: deadline.map { $0.overflow ? .max : $0.partialValue },
    heap: call.heap
  )
  // What was printed stands before what the program writes to the same place.
  call.machine.flush()
  if let code = process.start() {
    return call.fault(.io, "cannot run \(words[0]): \(ChildProcess.reason(code))")
  }
  return call.machine.wait(call, for: process)
}

/// The program and its arguments; nil after a fault.
private func words(_ call: NativeCall) -> [String]? {
  guard call[0].tag == Tag.list, listCount(call[0].address) > 0 else {
    let isLine = call[0].isString
    _ = call.fault(
      .type, "process.run needs a list of strings, not \(call.machine.described(call[0]))",
      hint: isLine ? "there is no shell: write [\"ls\", \"-l\"]" : nil)
    return nil
  }
  let list = call[0].address
  var words: [String] = []
  for index in 0..<listCount(list) {
    let word = loadElement(list, index)
    guard word.isString, !call.machine.swiftString(word).utf8.contains(0) else {
      _ = call.fault(
        .type, "the arguments of a program are strings without a zero byte, but element \(index) "
          + "is \(call.machine.described(word))")
      return nil
    }
    words.append(call.machine.swiftString(word))
  }
  return words
}

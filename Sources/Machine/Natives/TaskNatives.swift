import JanusBytecode
import JanusVM

/// Natives of core/task.jan and core/channel.jan.
enum TaskNatives {
  static let task: [Native] = [
    Native("task.cancel") { native($0, $1, $2, cancel) },
    Native("task.done") { native($0, $1, $2, isDone) },
  ]
  static let channel: [Native] = [
    Native("channel.send") { native($0, $1, $2, send) },
    Native("channel.recv") { native($0, $1, $2, receive) },
    Native("channel.close") { native($0, $1, $2, close) },
    Native("channel.is_closed") { native($0, $1, $2, isClosed) },
    Native("channel.len") { native($0, $1, $2, length) },
  ]
}

private func cancel(_ call: NativeCall) -> NativeResult {
  guard call[0].tag == Tag.task else { return call.wrong(0, "a task", in: "cancel") }
  return call.machine.cancelTask(call, call[0].address)
}

private func isDone(_ call: NativeCall) -> NativeResult {
  guard call[0].tag == Tag.task else { return call.wrong(0, "a task", in: "done") }
  return call.done(.bool(call.machine.isDone(call[0].address)))
}

private func send(_ call: NativeCall) -> NativeResult {
  guard call[0].tag == Tag.channel else { return call.wrong(0, "a channel", in: "send") }
  return call.machine.send(call, call[0].address, call[1])
}

private func receive(_ call: NativeCall) -> NativeResult {
  guard call[0].tag == Tag.channel else { return call.wrong(0, "a channel", in: "recv") }
  return call.machine.receive(call, call[0].address)
}

private func close(_ call: NativeCall) -> NativeResult {
  guard call[0].tag == Tag.channel else { return call.wrong(0, "a channel", in: "close") }
  call.machine.close(call[0].address)
  return call.done(.null)
}

private func isClosed(_ call: NativeCall) -> NativeResult {
  guard call[0].tag == Tag.channel else { return call.wrong(0, "a channel", in: "is_closed") }
  return call.done(.bool(call.machine.isClosed(call[0].address)))
}

private func length(_ call: NativeCall) -> NativeResult {
  guard call[0].tag == Tag.channel else { return call.wrong(0, "a channel", in: "len") }
  return call.done(.int(call.machine.messageCount(call[0].address)))
}

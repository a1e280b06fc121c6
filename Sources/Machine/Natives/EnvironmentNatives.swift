import JanusBytecode
import JanusVM
import Glibc

/// Natives of env.jan.
enum EnvironmentNatives {
  static let table: [Native] = [
    Native("env.get") { native($0, $1, $2, get) },
    Native("env.args") { native($0, $1, $2, arguments) },
    Native("env.platform") { native($0, $1, $2, platform) },
  ]
}

private func get(_ call: NativeCall) -> NativeResult {
  guard call[0].isString else { return call.typeFault(0, "a string", in: "env.get") }
  let name = call.machine.swiftString(call[0])
  if let flag = call.machine.environment.grants.refusal(of: .environment(name: name)) {
    return call.fault(.denied, "reading the environment variable \(name) needs \(flag)")
  }
  // What follows a zero byte the system would not see.
  guard !name.utf8.contains(0), let value = getenv(name) else { return call.done(call[1]) }
  return call.done(call.machine.string(String(cString: value)))
}

private func arguments(_ call: NativeCall) -> NativeResult {
  let list = call.heap.makeList()
  for argument in call.machine.environment.arguments {
    call.heap.append(list, call.machine.string(argument))
  }
  return call.done(list: list)
}

private func platform(_ call: NativeCall) -> NativeResult {
  #if os(macOS)
    call.done(call.machine.string("macos"))
  #else
    call.done(call.machine.string("linux"))
  #endif
}

import JanusBytecode

/// Opcodes that stand in linked code for an `invoke` that has called one of a few natives: the
/// same words, and nothing to look up. Images do not have them. They are no preemption points: a
/// native comes to an end, and every loop and call around it is one.
enum QuickOpcode: UInt8, CaseIterable {
  case push = 252
  case send
  case receive

  /// The opcode for a native with so many arguments, the receiver included.
  init?(native: String, count: Int) {
    switch (native, count) {
    case ("list.push", 2): self = .push
    case ("channel.send", 2): self = .send
    case ("channel.recv", 1): self = .receive
    default: return nil
    }
  }

  var handler: Handler {
    switch self {
    case .push: quick_push
    case .send: quick_send
    case .receive: quick_receive
    }
  }
}

@c func quick_push(_ pc: Address, _ base: Address, _ vm: Address, _ word: UInt64) {
  let list = register(base, fieldA(word) &+ 32).pointee
  if _fastPath(list.tag == Tag.list) {
    if _fastPath(appendInPlace(list.address, register(base, fieldA(word) &+ 48).pointee)) {
      register(base, fieldC(word)).pointee = .null
      return next(pc + 32, base, vm)
    }
    return slow_invoke(pc, base, vm, word)
  }
  invokeAnew(pc, base, vm)
}

@c func quick_send(_ pc: Address, _ base: Address, _ vm: Address, _ word: UInt64) {
  if _fastPath(register(base, fieldA(word) &+ 32).pointee.tag == Tag.channel) {
    return invokeSend(pc, base, vm, word)
  }
  invokeAnew(pc, base, vm)
}

@c func quick_receive(_ pc: Address, _ base: Address, _ vm: Address, _ word: UInt64) {
  if _fastPath(register(base, fieldA(word) &+ 32).pointee.tag == Tag.channel) {
    return invokeReceive(pc, base, vm, word)
  }
  invokeAnew(pc, base, vm)
}

/// Another receiver than before: an ordinary `invoke` again.
@inline(__always)
private func invokeAnew(_ pc: Address, _ base: Address, _ vm: Address) {
  (pc - 8).put(0, Opcode.invoke.rawValue)
  next(pc - 8, base, vm)
}

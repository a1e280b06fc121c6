// A call's window begins at A: the callee, the return address (tagged as an int, so that the
// collector passes it by), then the arguments, which become the callee's first registers.
// `returnValue` finds A and the destination C in the word before the return address.

@inline(__always)
private func saveReturn(_ frame: Address, _ pc: Address) {
  (frame - 16).put(0, UInt64(UInt(bitPattern: pc)))
  (frame - 16).put(8, Tag.int)
}

@c func op_call(_ pc: Address, _ base: Address, _ vm: Address, _ word: UInt64) {
  let callee = register(base, fieldA(word)).pointee
  if _fastPath(callee.tag == Tag.closure) {
    let prototype = callee.address.address(ClosureLayout.prototype)
    let frame = base + (fieldA(word) &+ 32)
    if _fastPath(
      prototype.u32(PrototypeRecord.exactCount) == UInt32(fieldX(word))
        && frame + prototype.int(PrototypeRecord.frameSize) <= state(vm).pointee.stackLimit)
    {
      saveReturn(frame, pc)
      return next(prototype.address(PrototypeRecord.entry), frame, vm)
    }
  }
  slow_call(pc, base, vm, word)
}

@c func op_callKnown(_ pc: Address, _ base: Address, _ vm: Address, _ word: UInt64) {
  let closure = pc.address(0)
  let prototype = closure.address(ClosureLayout.prototype)
  let frame = base + (fieldA(word) &+ 32)
  register(frame, -32).pointee = .object(closure, Tag.closure)
  if _fastPath(
    prototype.u32(PrototypeRecord.exactCount) == UInt32(fieldX(word))
      && frame + prototype.int(PrototypeRecord.frameSize) <= state(vm).pointee.stackLimit)
  {
    saveReturn(frame, pc + 16)
    return next(prototype.address(PrototypeRecord.entry), frame, vm)
  }
  slow_call(pc + 16, base, vm, word)
}

@c func op_callNative(_ pc: Address, _ base: Address, _ vm: Address, _ word: UInt64) {
  slow_callNative(pc, base, vm, word)
}

@c func op_callNamed(_ pc: Address, _ base: Address, _ vm: Address, _ word: UInt64) {
  slow_namedCall(pc, base, vm, word)
}

@c func op_callSpread(_ pc: Address, _ base: Address, _ vm: Address, _ word: UInt64) {
  slow_namedCall(pc, base, vm, word)
}

/// Key words of an invoke's cache: a shape, or a tag with the kind of its target.
enum InvokeCache {
  static let native: UInt64 = 1 << 32
}

@c func op_invoke(_ pc: Address, _ base: Address, _ vm: Address, _ word: UInt64) {
  let frame = base + (fieldA(word) &+ 32)
  let receiver = register(frame, 0).pointee
  if _fastPath(receiver.tag == Tag.structure) {
    if _fastPath(UInt64(receiver.address.u32(Header.aux)) == pc.u64(0)) {
      let closure = pc.address(8)
      let prototype = closure.address(ClosureLayout.prototype)
      if _fastPath(
        prototype.u32(PrototypeRecord.exactCount) == UInt32(fieldX(word))
          && frame + prototype.int(PrototypeRecord.frameSize) <= state(vm).pointee.stackLimit)
      {
        register(frame, -32).pointee = .object(closure, Tag.closure)
        saveReturn(frame, pc + 32)
        return next(prototype.address(PrototypeRecord.entry), frame, vm)
      }
    }
    return invokeThroughCache(pc, base, vm, word)
  }
  if pc.u64(0) == UInt64(receiver.tag) | InvokeCache.native {
    return invokeNative(pc, base, vm, word)
  }
  slow_invoke(pc, base, vm, word)
}

/// A site that sees several shapes looks in the machine-wide cache of methods.
@c func invokeThroughCache(_ pc: Address, _ base: Address, _ vm: Address, _ word: UInt64) {
  let frame = base + (fieldA(word) &+ 32)
  let shape = UInt64(register(frame, 0).pointee.address.u32(Header.aux))
  let name = pc.u64(16)
  let entry = state(vm).pointee.methodCache + methodCacheSlot(shape, name)
  if _fastPath(entry.u64(0) == shape && entry.u64(8) == name) {
    let closure = entry.address(16)
    let prototype = closure.address(ClosureLayout.prototype)
    if _fastPath(
      prototype.u32(PrototypeRecord.exactCount) == UInt32(fieldX(word))
        && frame + prototype.int(PrototypeRecord.frameSize) <= state(vm).pointee.stackLimit)
    {
      register(frame, -32).pointee = .object(closure, Tag.closure)
      saveReturn(frame, pc + 32)
      return next(prototype.address(PrototypeRecord.entry), frame, vm)
    }
  }
  slow_invoke(pc, base, vm, word)
}

/// Byte offset of a shape and name in the method cache of 1,024 entries of 32 bytes.
@inline(__always)
func methodCacheSlot(_ shape: UInt64, _ name: UInt64) -> Int {
  Int((name &>> 4 ^ shape &* 0x9E37_79B9) & 1023) &<< 5
}

/// A cached native of a core type: the call, and its result to C.
@c func invokeNative(_ pc: Address, _ base: Address, _ vm: Address, _ word: UInt64) {
  enter(pc + 32, base, vm)
  runNative(vm, pc.address(8), word)
  leave(vm)
}

@c func op_invokeNamed(_ pc: Address, _ base: Address, _ vm: Address, _ word: UInt64) {
  slow_namedInvoke(pc, base, vm, word)
}

@c func op_invokeSpread(_ pc: Address, _ base: Address, _ vm: Address, _ word: UInt64) {
  slow_namedInvoke(pc, base, vm, word)
}

/// Moves callee and arguments down to this frame's place and enters without a new frame.
@c func op_tailCall(_ pc: Address, _ base: Address, _ vm: Address, _ word: UInt64) {
  let callee = register(base, fieldA(word)).pointee
  if _fastPath(callee.tag == Tag.closure) {
    let prototype = callee.address.address(ClosureLayout.prototype)
    if _fastPath(
      prototype.u32(PrototypeRecord.exactCount) == UInt32(fieldX(word))
        && base + prototype.int(PrototypeRecord.frameSize) <= state(vm).pointee.stackLimit)
    {
      register(base, -32).pointee = callee
      var source = base + (fieldA(word) &+ 32)
      var target = base
      let end = base + fieldX(word) &* 16
      while target != end {
        target.value(0).pointee = source.value(0).pointee
        source += 16
        target += 16
      }
      return next(prototype.address(PrototypeRecord.entry), base, vm)
    }
  }
  slow_instruction(pc, base, vm, word)
}

@c func op_returnValue(_ pc: Address, _ base: Address, _ vm: Address, _ word: UInt64) {
  let value = register(base, fieldA(word)).pointee
  let returnPC = (base - 16).address(0)
  let callWord = returnPC.u64(-8)
  let caller = base - (fieldA(callWord) &+ 32)
  register(caller, fieldC(callWord)).pointee = value
  next(returnPC, caller, vm)
}

@c func op_returnNull(_ pc: Address, _ base: Address, _ vm: Address, _ word: UInt64) {
  let returnPC = (base - 16).address(0)
  let callWord = returnPC.u64(-8)
  let caller = base - (fieldA(callWord) &+ 32)
  register(caller, fieldC(callWord)).pointee = .null
  next(returnPC, caller, vm)
}

/// The end of a fiber, its result in register 0.
@c func op_halt(_ pc: Address, _ base: Address, _ vm: Address, _ word: UInt64) {
  enter(pc, base, vm)
  vm.withMachine { $0.fiberReturned(register(base, 0).pointee) }
  leave(vm)
}

/// The end of the run: the only handler that returns.
@c func op_stop(_ pc: Address, _ base: Address, _ vm: Address, _ word: UInt64) {}

// MARK: Slow paths; pc is past the extra words

@c func slow_call(_ pc: Address, _ base: Address, _ vm: Address, _ word: UInt64) {
  enter(pc, base, vm)
  vm.withMachine { $0.call(window: fieldA(word), count: fieldX(word), word) }
  leave(vm)
}

@c func slow_callNative(_ pc: Address, _ base: Address, _ vm: Address, _ word: UInt64) {
  enter(pc + 8, base, vm)
  runNative(vm, pc.address(0), word)
  leave(vm)
}

/// Out of line, so that the handlers around it keep nothing to clean up and end in a jump.
@inline(never)
private func runNative(_ vm: Address, _ record: Address, _ word: UInt64) {
  runNative(vm, record, arguments: fieldA(word) &+ 32, count: fieldX(word), word)
}

/// Calls a native on registers from an offset on, and puts its result where the call word says.
@inline(__always)
func runNative(
  _ vm: Address, _ record: Address, arguments: Int, count: Int, _ word: UInt64
) {
  let s = state(vm)
  guard _fastPath(count >= Int(record.u32(NativeRecord.required))),
    _fastPath(count <= Int(record.u32(NativeRecord.maximum)))
  else { return vm.machine.nativeArityFault(record, count) }
  let function = unsafeBitCast(
    record.load(fromByteOffset: NativeRecord.function, as: UInt.self), to: NativeFunction.self)
  let status = function(vm, s.pointee.base + arguments, count)
  if _fastPath(status == NativeStatus.done) {
    register(s.pointee.base, fieldC(word)).pointee = s.pointee.result
  } else if status == NativeStatus.parked {
    vm.machine.parkForResult(in: fieldC(word))
  }
}

@c func slow_invoke(_ pc: Address, _ base: Address, _ vm: Address, _ word: UInt64) {
  enter(pc + 32, base, vm)
  vm.withMachine { $0.invoke(word, pc) }
  leave(vm)
}

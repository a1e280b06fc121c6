// Errors, structured concurrency and what the table is swapped for: all of it off the hot paths.

@c func op_fail(_ pc: Address, _ base: Address, _ vm: Address, _ word: UInt64) {
  slow_instruction(pc, base, vm, word)
}

@c func op_rethrow(_ pc: Address, _ base: Address, _ vm: Address, _ word: UInt64) {
  slow_instruction(pc, base, vm, word)
}

@c func op_noMatch(_ pc: Address, _ base: Address, _ vm: Address, _ word: UInt64) {
  slow_instruction(pc, base, vm, word)
}

@c func op_assertFailed(_ pc: Address, _ base: Address, _ vm: Address, _ word: UInt64) {
  slow_withWord(pc, base, vm, word)
}

@c func op_spawn(_ pc: Address, _ base: Address, _ vm: Address, _ word: UInt64) {
  slow_instruction(pc, base, vm, word)
}

@c func op_await(_ pc: Address, _ base: Address, _ vm: Address, _ word: UInt64) {
  slow_instruction(pc, base, vm, word)
}

@c func op_nurseryOpen(_ pc: Address, _ base: Address, _ vm: Address, _ word: UInt64) {
  slow_instruction(pc, base, vm, word)
}

@c func op_nurseryJoin(_ pc: Address, _ base: Address, _ vm: Address, _ word: UInt64) {
  slow_instruction(pc, base, vm, word)
}

@c func op_nurseryAbort(_ pc: Address, _ base: Address, _ vm: Address, _ word: UInt64) {
  slow_instruction(pc, base, vm, word)
}

@c func op_withinOpen(_ pc: Address, _ base: Address, _ vm: Address, _ word: UInt64) {
  slow_instruction(pc, base, vm, word)
}

@c func op_withinClose(_ pc: Address, _ base: Address, _ vm: Address, _ word: UInt64) {
  slow_instruction(pc, base, vm, word)
}

@c func op_withinAbort(_ pc: Address, _ base: Address, _ vm: Address, _ word: UInt64) {
  slow_instruction(pc, base, vm, word)
}

@c func op_select(_ pc: Address, _ base: Address, _ vm: Address, _ word: UInt64) {
  slow_instruction(pc, base, vm, word)
}

// MARK: Swapped entries

@c func slow_tick(_ pc: Address, _ base: Address, _ vm: Address, _ word: UInt64) {
  // The instruction has not run: the fiber goes on with it.
  enter(pc - 8, base, vm)
  vm.withMachine { $0.tick() }
  leave(vm)
}

/// Stands in for stores while the collector marks: the overwritten reference is shaded first.
@c func op_barrier(_ pc: Address, _ base: Address, _ vm: Address, _ word: UInt64) {
  enter(pc, base, vm)
  vm.heap.passBarrier(word)
  nextPlain(pc, base, vm, word)
}

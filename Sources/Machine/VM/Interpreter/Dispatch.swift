/// A handler: address of the next word, base of the frame, the state, and its own word.
typealias Handler = @convention(c) (Address, Address, Address, UInt64) -> Void

@inline(__always) func fieldX(_ word: UInt64) -> Int { Int(word &>> 8 & 0xff) }
@inline(__always) func fieldA(_ word: UInt64) -> Int { Int(word &>> 16 & 0xffff) }
@inline(__always) func fieldB(_ word: UInt64) -> Int { Int(word &>> 32 & 0xffff) }
@inline(__always) func fieldC(_ word: UInt64) -> Int { Int(word &>> 48) }
@inline(__always) func signedB(_ word: UInt64) -> Int {
  Int(Int16(truncatingIfNeeded: word &>> 32))
}
@inline(__always) func signedC(_ word: UInt64) -> Int { Int(Int64(bitPattern: word) &>> 48) }
@inline(__always) func fieldWide(_ word: UInt64) -> Int { Int(Int64(bitPattern: word) &>> 32) }

/// Goes on with the instruction at `pc`. In an optimised build this is a jump; a debug build has
/// no tail calls and returns to the loop in `Machine.run`.
@inline(__always)
func next(_ pc: Address, _ base: Address, _ vm: Address) {
  #if DEBUG
    state(vm).pointee.pc = pc
    state(vm).pointee.base = base
  #else
    let word = pc.u64(0)
    unsafeBitCast(
      vm.load(fromByteOffset: Int(word & 0xff) &<< 3, as: UInt.self), to: Handler.self
    )(pc + 8, base, vm, word)
  #endif
}

/// Runs the plain handler of a word whose table entry was swapped.
@inline(__always)
func nextPlain(_ pc: Address, _ base: Address, _ vm: Address, _ word: UInt64) {
  unsafeBitCast(
    vm.load(fromByteOffset: 2048 &+ Int(word & 0xff) &<< 3, as: UInt.self), to: Handler.self
  )(pc, base, vm, word)
}

/// The begin of a slow path: faults are placed, and code goes on, by what is saved here.
@inline(__always)
func enter(_ pc: Address, _ base: Address, _ vm: Address) {
  state(vm).pointee.pc = pc
  state(vm).pointee.base = base
}

/// The end of a slow path: a safe point, then on from the state, which the slow path may have
/// moved to another frame or fiber.
@inline(__always)
func leave(_ vm: Address) {
  if state(vm).pointee.debt > 0 { vm.heap.collectStep() }
  next(state(vm).pointee.pc, state(vm).pointee.base, vm)
}

/// Moves the saved pc past the extra words of the instruction.
@inline(__always)
func skipWords(_ vm: Address, _ count: Int) { state(vm).pointee.pc += count &* 8 }

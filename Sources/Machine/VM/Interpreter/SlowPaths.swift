import JanusBytecode

// Each slow path is a family with a body of its own: functions that differ only in what they call
// are merged by the compiler into one that is called and returns, which loses the tail call.

/// An instruction without extra words, or whose slow path knows them.
@c func slow_instruction(_ pc: Address, _ base: Address, _ vm: Address, _ word: UInt64) {
  enter(pc, base, vm)
  vm.withMachine { $0.execute(word) }
  leave(vm)
}

/// A field access: name and cache follow.
@c func slow_field(_ pc: Address, _ base: Address, _ vm: Address, _ word: UInt64) {
  enter(pc + 16, base, vm)
  vm.withMachine { $0.accessField(word, pc) }
  leave(vm)
}

/// One extra word that is a number.
@c func slow_withWord(_ pc: Address, _ base: Address, _ vm: Address, _ word: UInt64) {
  enter(pc + 8, base, vm)
  vm.withMachine { $0.execute(word, with: pc.int(0)) }
  leave(vm)
}

/// A contract and a text follow.
@c func slow_check(_ pc: Address, _ base: Address, _ vm: Address, _ word: UInt64) {
  enter(pc + 16, base, vm)
  vm.withMachine { $0.check(fieldA(word), contract: pc.int(0), context: pc.int(8)) }
  leave(vm)
}

/// A call with names or a spread list; pc is at the names.
@c func slow_namedCall(_ pc: Address, _ base: Address, _ vm: Address, _ word: UInt64) {
  enter(pc + 16, base, vm)
  vm.withMachine { $0.callArranged(word, names: pc.int(0)) }
  leave(vm)
}

/// The same for a method; pc is at the name.
@c func slow_namedInvoke(_ pc: Address, _ base: Address, _ vm: Address, _ word: UInt64) {
  enter(pc + 24, base, vm)
  vm.withMachine {
    $0.invokeWithNames(word, pc.address(0), names: pc.int(8))
  }
  leave(vm)
}

/// A variable before its initialiser; the word is the number of its name.
@c func slow_uninitialised(_ pc: Address, _ base: Address, _ vm: Address, _ word: UInt64) {
  enter(pc, base, vm)
  vm.withMachine { $0.uninitialised(Int(word)) }
  leave(vm)
}

/// A condition that is no bool; the word is the register.
@c func slow_condition(_ pc: Address, _ base: Address, _ vm: Address, _ word: UInt64) {
  enter(pc, base, vm)
  vm.withMachine { $0.conditionFault(Int(word)) }
  leave(vm)
}

/// Bytecode that no compiler of ours made and no check of the verifier forbids.
@c func slow_corrupt(_ pc: Address, _ base: Address, _ vm: Address, _ word: UInt64) {
  enter(pc, base, vm)
  vm.withMachine { $0.damagedImage() }
  leave(vm)
}

extension Machine {
  /// The slow path of an instruction, by its family.
  @inline(never)
  func execute(_ word: UInt64) {
    guard let opcode = Instruction(word: word).opcode else { return }
    let base = state(vm).pointee.base
    switch opcode {
    case .newCell: makeCell(word)
    case .equal, .notEqual, .less, .lessOrEqual, .contains: compare(word)
    case .newList, .listOf, .append, .appendAll, .newMap, .mapSet, .copySpread, .range, .hasKey,
      .concat, .length:
      collection(word)
    case .getIndex, .getIndexInt: getIndex(word)
    case .setIndex, .setIndexInt: setIndex(word)
    case .forPrepare:
      rangeBoundsFault(
        register(base, fieldA(word)).pointee, register(base, fieldA(word) + 16).pointee)
    case .forStepPrepare: prepareStepLoop(word)
    case .iteratePrepare: prepareIteration(word)
    case .iterateNext: iterate(word)
    case .tailCall: tailCall(word)
    case .fail, .rethrow, .noMatch, .spawn, .await, .nurseryOpen, .nurseryJoin, .nurseryAbort,
      .withinOpen, .withinClose, .withinAbort, .select:
      control(word)
    case .add, .subtract, .multiply, .divide, .remainder, .power, .addInt, .multiplyInt,
      .remainderInt, .divideInt, .addFloat, .multiplyFloat, .addWrapping, .subtractWrapping,
      .multiplyWrapping, .bitAnd, .bitOr, .bitXor, .shiftLeft, .shiftRight, .shiftRightUnsigned,
      .bitAndConstant, .shiftLeftInt, .shiftRightInt, .shiftRightUnsignedInt, .negate, .bitNot:
      arithmetic(word)
    default: compareAndJump(word)
    }
  }

  @inline(never)
  func execute(_ word: UInt64, with number: Int) {
    switch Instruction(word: word).opcode {
    case .format: format(word, number)
    case .isType:
      let base = state(vm).pointee.base
      let matches = value(register(base, fieldB(word)).pointee, is: number)
      register(base, fieldA(word)).pointee = .bool(matches)
    case .assertFailed: assertionFailed(word, text: number)
    default: newFields(word, number)
    }
  }

  @inline(never)
  func accessField(_ word: UInt64, _ pc: Address) {
    switch Instruction(word: word).opcode {
    case .getField: getField(word, pc)
    case .setField: setField(word, pc)
    default: addField(word, pc)
    }
  }

  @inline(never)
  func callArranged(_ word: UInt64, names: Int) {
    if Instruction(word: word).opcode == .callNamed {
      callNamed(word, names: names)
    } else {
      callSpread(word, names: names)
    }
  }

  @inline(never)
  func invokeWithNames(_ word: UInt64, _ name: Address, names: Int) {
    if Instruction(word: word).opcode == .invokeNamed {
      invokeNamed(word, name: name, names: names)
    } else {
      invokeSpread(word, name: name, names: names)
    }
  }

  private func makeCell(_ word: UInt64) {
    let base = state(vm).pointee.base
    let cell = heap.allocate(CellLayout.size, Tag.cell, 0)
    cell.value(CellLayout.value).pointee = register(base, fieldB(word)).pointee
    register(base, fieldA(word)).pointee = .object(cell, Tag.cell)
  }

  @inline(never)
  func uninitialised(_ name: Int) {
    fault(.name, "`\(texts[name])` is used before it has a value")
  }

  @inline(never)
  func conditionFault(_ offset: Int) {
    let value = register(state(vm).pointee.base, offset).pointee
    fault(
      .type, "a condition must be a bool, but this is \(described(value))",
      hint: "compare it, for example `x != null` or `x != 0`")
  }

  @inline(never)
  func damagedImage() {
    fault(.type, "the bytecode image is damaged: a value is not of the expected kind")
  }
}

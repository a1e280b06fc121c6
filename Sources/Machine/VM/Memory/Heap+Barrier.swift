import JanusBytecode

/// Stores while the collector marks.
extension Heap {
  /// Before a store: shades what it overwrites, and lets marking go on, which a program that stores
  /// and never allocates would otherwise not let end.
  @inline(never)
  func passBarrier(_ word: UInt64) {
    shadeOverwritten(word)
    let s = state(vm)
    s.pointee.debt &+= Collector.storeDebt
    if s.pointee.debt > 0 { markStep() }
  }

  /// Shades what a store is about to overwrite.
  private func shadeOverwritten(_ word: UInt64) {
    let s = state(vm)
    let base = s.pointee.base
    guard let opcode = Instruction(word: word).opcode else { return }
    let target = register(base, fieldA(word)).pointee
    switch opcode {
    case .setGlobal: shade(s.pointee.pc.address(0).value(0).pointee)
    case .setCell:
      if target.tag == Tag.cell { shade(target.address.value(CellLayout.value).pointee) }
    case .setCaptureCell:
      let closure = register(base, -32).pointee.address
      let cell = closure.value(ClosureLayout.captures + fieldB(word)).pointee
      if cell.tag == Tag.cell { shade(cell.address.value(CellLayout.value).pointee) }
    case .setField, .mapSet:
      if target.tag == Tag.structure { _ = scan(target.address) }
    case .setIndex:
      shadeElement(target, register(base, fieldB(word)).pointee)
    default: break
    }
  }

  private func shadeElement(_ target: Value, _ index: Value) {
    guard target.tag == Tag.list, index.isInt else { return }
    let list = target.address
    guard list.u32(Header.aux) == ElementForm.any, index.asInt >= 0,
      index.asInt < listCount(list)
    else { return }
    shade(loadElement(list, index.asInt))
  }
}

import JanusBytecode

extension Machine {
  /// Adds to standard output; written when enough has gathered, when the machine waits, at the end.
  package func write(_ value: Value) { appendDisplay(value, to: &output) }

  package func endLine() {
    output.append(10)
    if output.count > 1 << 16 || environment.isInteractive { flush() }
  }

  package func flushIfLarge() {
    if output.count > 1 << 16 { flush() }
  }

  /// Writes what was printed.
  public func flush() {
    guard !output.isEmpty else { return }
    output.withUnsafeBytes { environment.write($0, false) }
    output.removeAll(keepingCapacity: true)
  }

  package func writeError(_ bytes: [UInt8]) {
    flush()
    bytes.withUnsafeBytes { environment.write($0, true) }
  }

  /// `assert` and `expect` that do not hold. A and A+1 are the operands; B says what was compared:
  /// 0 a condition, else an opcode; the text is the source of the expression.
  func assertionFailed(_ word: UInt64, text number: Int) {
    let base = state(vm).pointee.base
    let left = register(base, fieldA(word)).pointee
    let right = register(base, fieldA(word) + 16).pointee
    let text = texts[number]
    guard fieldB(word) != 0 else {
      return fault(.contract, "this does not hold: \(text)")
    }
    let leftText = shortened(left)
    let rightText = shortened(right)
    fault(
      .contract,
      "this does not hold: \(text)\n  left:  \(leftText)\n  right: \(rightText)",
      hint: firstDifference(left, right)
    )
  }

  private func shortened(_ value: Value) -> String {
    var printer = ValuePrinter(machine: self, bytes: [], limit: 2000)
    printer.print(value)
    return String(decoding: printer.bytes, as: UTF8.self)
  }

  /// Where two collections or texts first differ, in words; nil for scalars.
  private func firstDifference(_ left: Value, _ right: Value) -> String? {
    guard left.tag == right.tag else { return nil }
    switch left.tag {
    case Tag.list:
      let (a, b) = (left.address, right.address)
      let shared = min(listCount(a), listCount(b))
      for index in 0..<shared where !equal(loadElement(a, index), loadElement(b, index)) {
        return "they differ first at index \(index): "
          + "\(shortened(loadElement(a, index))) and \(shortened(loadElement(b, index)))"
      }
      return listCount(a) == listCount(b)
        ? nil : "the left has \(listCount(a)) elements, the right \(listCount(b))"
    case Tag.map:
      var difference: String?
      heap.forEachEntry(left.address) { key, value in
        guard difference == nil else { return }
        if let other = heap.findEntry(right.address, key)?.value(Value.stride).pointee {
          if !equal(value, other) {
            difference =
              "they differ at \(shortened(key)): \(shortened(value)) and \(shortened(other))"
          }
        } else {
          difference = "the right has no \(shortened(key))"
        }
      }
      return difference
    default: return nil
    }
  }
}

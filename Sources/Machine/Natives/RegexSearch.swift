import JanusBytecode
import JanusVM

/// Finds the matches of a pattern in a string, one after the other.
struct RegexSearch {
  let program: RegexProgram
  private let call: NativeCall
  private let machine: Machine
  private let heap: Heap
  private let text: Address
  /// The library's list of byte offsets, which every search writes anew.
  private let offsets: UnsafePointer<Int>
  private let bytes: UnsafeBufferPointer<UInt8>
  private let isASCII: Bool
  private let noNames: Value
  private var position = 0
  private var allowsEmpty = true
  /// A byte offset and the scalars before it: what was counted is not counted again.
  private var counted = (offset: 0, scalars: 0)

  /// The pattern is argument 0, the string argument 1; nil after a fault.
  init?(_ call: NativeCall, _ method: String) {
    let fields = RegexNatives.Field.self
    guard let handle = call.machine.fieldValue(fields.program, of: call[0]),
      let program = call.machine.hostObject(handle) as? RegexProgram,
      let noNames = call.machine.fieldValue(fields.noNames, of: call[0])
    else {
      _ = call.wrong(0, "a pattern that regex.compile made", in: method)
      return nil
    }
    guard call[1].isString else {
      _ = call.wrong(1, "a string", in: method)
      return nil
    }
    self.call = call
    machine = call.machine
    heap = call.heap
    text = call[1].address
    offsets = program.offsets
    self.program = program
    self.noNames = noNames
    bytes = call.bytes(1)
    isASCII = call.heap.isASCII(call[1].address)
  }

  /// Begins at a scalar of the string.
  mutating func start(at scalar: Int) {
    position = call.heap.byteOffset(call[1].address, scalar: scalar)
    counted = (position, scalar)
  }

  /// True when there is another match, false at the end; nil after a fault.
  mutating func next() -> Bool? {
    guard position <= bytes.count else { return false }
    do throws(RegexProgram.Failure) {
      let isFound = try program.search(
        bytes, from: position, allowsEmpty: allowsEmpty, machine: machine)
      guard isFound else {
        machine.charge(elements: bytes.count - position)
        position = bytes.count + 1
        return false
      }
      // Behind an empty match the next one begins here, and is not empty.
      allowsEmpty = !found.isEmpty
      machine.charge(elements: max(0, found.upperBound - position))
      position = max(position, found.upperBound)
      return true
    } catch {
      let pattern = call.machine.described(call.machine.fieldValue(0, of: call[0]) ?? .null)
      switch error {
      case .limit: machine.raiseCut()
      case .tooManySteps:
        call.machine.fault(
          .timeout, "the pattern takes too many steps on this text: \(pattern)",
          hint: "repetitions inside repetitions, such as (a+)+, try every way to part the text")
      case .tooMuchMemory:
        call.machine.fault(.timeout, "the pattern needs too much memory on this text: \(pattern)")
      case .other(let message):
        call.machine.fault(.io, "the pattern \(pattern) cannot be matched: \(message)")
      }
      return nil
    }
  }

  /// The bytes of the last match.
  var found: Range<Int> { min(offsets[0], offsets[1])..<offsets[1] }

  /// True while one more match stays within the limit of memory.
  func hasRoom(in list: Address) -> Bool {
    listCount(list) & 1023 != 0
      || call.heap.hasRoom(for: 1024 * (256 + program.groupCount * 64))
  }

  /// The last match as a struct: text, start, end, groups, named.
  mutating func match() -> Value {
    let found = found
    let count = program.groupCount + 1
    let groups = heap.makeList(capacity: count, form: ElementForm.any)
    for number in 0..<count {
      let (start, end) = (offsets[number * 2], offsets[number * 2 + 1])
      let first = min(start, end)
      heap.append(groups, start < 0 ? .null : heap.slice(text, from: first, count: end - first))
    }
    let match = heap.makeStructure(
      program.matchShape, fieldCount: RegexNatives.Field.matchCount)
    heap.setField(match, 0, loadElement(groups, 0))
    heap.setField(match, 1, .int(scalars(before: found.lowerBound)))
    heap.setField(match, 2, .int(scalars(before: found.upperBound)))
    heap.setField(match, 3, .object(groups, Tag.list))
    heap.setField(match, 4, program.names.isEmpty ? noNames : named(groups))
    return .object(match, Tag.structure)
  }

  private func named(_ groups: Address) -> Value {
    let map = heap.makeMap()
    for (name, number) in program.names {
      let value = loadElement(groups, number)
      let key = machine.string(name)
      // Groups may share a name; the one that took part counts.
      if !value.isNull || heap.value(in: map, for: key) == nil { heap.setEntry(map, key, value) }
    }
    return .object(map, Tag.map)
  }

  private mutating func scalars(before offset: Int) -> Int {
    if isASCII { return offset }
    guard let start = bytes.baseAddress else { return 0 }
    if offset < counted.offset { counted = (0, 0) }
    let added = countScalars(start + counted.offset, offset - counted.offset)
    counted = (offset, counted.scalars + added)
    return counted.scalars
  }
}

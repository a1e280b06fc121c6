import JanusBytecode
import Glibc
import JanusSource

extension Machine {
  /// `object.name`; `pc` is at the name word, the cache follows.
  func getField(_ word: UInt64, _ pc: Address) {
    let base = state(vm).pointee.base
    let object = register(base, fieldB(word)).pointee
    let name = pc.address(0)
    let target = register(base, fieldA(word))
    switch object.tag {
    case Tag.structure:
      let number = object.address.u32(Header.aux)
      guard let index = fieldIndex(Int(number), name) else { return memberFault(object, name) }
      let offset = FieldsLayout.first + index * Value.stride
      pc.put(8, UInt64(number) | UInt64(offset) << 32 | 0xff << 48)
      target.pointee = object.address.value(offset).pointee
    case Tag.map:
      guard let entry = heap.findEntry(object.address, .object(name, Tag.string)) else {
        target.pointee = .null
        return
      }
      let number = (entry - object.address.address(MapLayout.entries)) / MapLayout.entrySize
      pc.put(8, number < 1 << 40 ? UInt64(number + 1) << 16 : 0)
      target.pointee = entry.value(Value.stride).pointee
    case Tag.enumeration:
      let number = Int(object.address.u32(Header.aux))
      guard let index = fieldIndex(number, name) else { return memberFault(object, name) }
      target.pointee = object.address.value(FieldsLayout.first + index * Value.stride).pointee
    case Tag.error:
      if let member = errorMember(object, name) { target.pointee = member }
    case Tag.type:
      let number = Int(object.address.u32(Header.aux))
      loadMethods(of: number)
      let type = types[number]
      guard let member = type.statics[UInt(bitPattern: name)] ?? typeCase(type, name) else {
        return memberFault(object, name)
      }
      target.pointee = member
    case Tag.null:
      fault(
        .null, "null has no `\(swiftString(text: name))`",
        hint: "use `?.` where a value may be null")
    default: memberFault(object, name)
    }
  }

  /// A case without payload, or the function that makes one with.
  private func typeCase(_ type: RuntimeType, _ name: Address) -> Value? {
    let text = swiftString(text: name)
    for number in type.shapes where shapes[number].name == text && type.kind != .structure {
      return shapes[number].fieldCount == 0 ? shapes[number].singleton : shapes[number].constructor
    }
    return nil
  }

  private func errorMember(_ error: Value, _ name: Address) -> Value? {
    switch swiftString(text: name) {
    case "code": return string(code(of: error))
    case "message": return string(message(of: error))
    case "hint": return hint(of: error)
    case "trace": return traceList(error)
    default: break
    }
    let number = Int(error.address.u32(Header.aux))
    guard let index = fieldIndex(number, name) else {
      memberFault(error, name)
      return nil
    }
    return error.address.value(FieldsLayout.first + index * Value.stride).pointee
  }

  /// The trace as a list of lines, innermost first.
  private func traceList(_ error: Value) -> Value {
    let list = heap.makeList()
    for frame in frames(of: error).frames {
      heap.append(list, string(environmentDescription(of: frame)))
    }
    return .object(list, Tag.list)
  }

  private func environmentDescription(of frame: TraceFrame) -> String {
    guard let span = frame.span, let module = modules[frame.module] else {
      return "\(frame.function) (\(frame.module))"
    }
    let line = module.image.source.prefix(Int(span.start)).reduce(1) { $1 == 10 ? $0 + 1 : $0 }
    return "\(frame.function) (\(module.image.sourceName):\(line))"
  }

  func fieldIndex(_ shape: Int, _ name: Address) -> Int? {
    shapes[shape].fieldNames.firstIndex(of: name)
  }

  func memberFault(_ object: Value, _ name: Address) {
    let text = swiftString(text: name)
    var hint: String?
    if object.tag >= Tag.structure, object.tag <= Tag.error {
      let fields = shapes[Int(object.address.u32(Header.aux))].fieldTexts
      if let near = closestName(to: text, in: fields) {
        hint = "did you mean `\(near)`?"
      } else if !fields.isEmpty {
        hint = "it has \(fields.map { "`\($0)`" }.joined(separator: ", "))"
      }
    }
    fault(.name, "\(described(object)) has no `\(text)`", hint: hint)
  }

  /// `object.name = value`.
  func setField(_ word: UInt64, _ pc: Address) {
    let base = state(vm).pointee.base
    let object = register(base, fieldA(word)).pointee
    let value = register(base, fieldB(word)).pointee
    let name = pc.address(0)
    switch object.tag {
    case Tag.structure:
      let number = Int(object.address.u32(Header.aux))
      guard let index = fieldIndex(number, name) else { return memberFault(object, name) }
      guard let stored = fieldValue(number, index, value) else { return }
      let offset = FieldsLayout.first + index * Value.stride
      let tag = expectedTag(shapes[number].contracts[index])
      if let tag {
        pc.put(8, UInt64(number) | UInt64(offset) << 32 | UInt64(tag) << 48)
      }
      object.address.value(offset).pointee = stored
    case Tag.map:
      heap.setEntry(object.address, .object(name, Tag.string), value)
    case Tag.null: fault(.null, "null has no `\(swiftString(text: name))` to set")
    case Tag.enumeration, Tag.error:
      fault(.type, "the payload of \(described(object)) cannot be changed")
    default: memberFault(object, name)
    }
  }

  /// The tag that a cached store may compare with: 0xff for any value, nil where the contract
  /// needs more than a look at the tag.
  private func expectedTag(_ contract: Int) -> UInt8? {
    guard contract >= 0 else { return 0xff }
    switch contracts[contract] {
    case .any: return 0xff
    case .float: return Tag.float
    case .string: return Tag.string
    case .bytes: return Tag.bytes
    case .duration: return Tag.duration
    case .int(let low, let high): return low == .min && high == .max ? Tag.int : nil
    default: return nil
    }
  }

  /// The value as the field keeps it, checked; nil after a fault.
  func fieldValue(_ shape: Int, _ index: Int, _ value: Value) -> Value? {
    let contract = shapes[shape].contracts[index]
    guard contract >= 0 else { return value }
    if let kept = admit(value, contracts[contract]) { return kept }
    contractFault(
      value, contracts[contract],
      "the field `\(shapes[shape].fieldTexts[index])` of "
        + shapes[shape].name)
    return nil
  }

  func setFieldByKey(_ object: Value, _ key: Value, _ value: Value) {
    guard key.isString else { return keyFault(key) }
    let number = Int(object.address.u32(Header.aux))
    guard let index = shapes[number].fieldTexts.firstIndex(of: swiftString(key)) else {
      return memberFault(object, key.address)
    }
    if let stored = fieldValue(number, index, value) {
      if state(vm).pointee.isMarking { _ = heap.scan(object.address) }
      object.address.value(FieldsLayout.first + index * Value.stride).pointee = stored
    }
  }

  /// `object.name += amount` for a small int.
  func addField(_ word: UInt64, _ pc: Address) {
    let base = state(vm).pointee.base
    let object = register(base, fieldA(word)).pointee
    let name = pc.address(0)
    let amount = signedB(word)
    if object.tag == Tag.map {
      let old = heap.findEntry(object.address, .object(name, Tag.string))
      let value = old?.value(Value.stride).pointee ?? .null
      if let sum = sum(value, amount) {
        heap.setEntry(object.address, .object(name, Tag.string), sum)
      }
      return
    }
    guard object.tag == Tag.structure else {
      if object.isNull { return fault(.null, "null has no `\(swiftString(text: name))` to set") }
      return memberFault(object, name)
    }
    let number = Int(object.address.u32(Header.aux))
    guard let index = fieldIndex(number, name) else { return memberFault(object, name) }
    let slot = object.address.value(FieldsLayout.first + index * Value.stride)
    guard let sum = sum(slot.pointee, amount), let stored = fieldValue(number, index, sum) else {
      return
    }
    if let tag = expectedTag(shapes[number].contracts[index]), tag == 0xff || tag == Tag.int {
      let offset = FieldsLayout.first + index * Value.stride
      pc.put(8, UInt64(number) | UInt64(offset) << 32)
    }
    slot.pointee = stored
  }

  private func sum(_ value: Value, _ amount: Int) -> Value? {
    amount < 0
      ? apply(.subtract, value, .int(-amount)) : apply(.add, value, .int(amount))
  }

  /// A struct or case from a run of registers.
  func newFields(_ word: UInt64, _ number: Int) {
    let base = state(vm).pointee.base
    let count = fieldX(word)
    let object = heap.allocate(
      FieldsLayout.first + count * Value.stride, shapes[number].tag, UInt32(number))
    object.put(FieldsLayout.trace, nil as Address?)
    memcpy(object + FieldsLayout.first, base + fieldB(word), count * Value.stride)
    register(base, fieldA(word)).pointee = .object(object, shapes[number].tag)
  }

  /// `value is .Case`; `pc` is at the name, the cache follows.
  func isCaseNamed(_ word: UInt64, _ pc: Address) {
    let base = state(vm).pointee.base
    let value = register(base, fieldB(word)).pointee
    let name = swiftString(text: pc.address(0))
    let type = types[shapes[Int(value.address.u32(Header.aux))].type]
    let named = type.shapes.first { shapes[$0].name == name }
    if let named, let first = type.shapes.first, let last = type.shapes.last {
      pc.put(8, UInt64(named) | UInt64(first) << 32)
      pc.put(16, UInt64(last))
    }
    register(base, fieldA(word)).pointee = .bool(
      named == Int(value.address.u32(Header.aux)))
  }

  /// Name and value of a struct's field, in the order of declaration; nil behind the last.
  package func field(_ index: Int, of structure: Value) -> (name: String, value: Value)? {
    let shape = shapes[Int(structure.address.u32(Header.aux))]
    guard index < shape.fieldCount else { return nil }
    let value = structure.address.value(FieldsLayout.first + index * Value.stride).pointee
    return (shape.fieldTexts[index], value)
  }

  /// A struct's field; nil for another value, or behind the last field.
  package func fieldValue(_ index: Int, of value: Value) -> Value? {
    guard value.tag == Tag.structure,
      index < shapes[Int(value.address.u32(Header.aux))].fieldCount
    else { return nil }
    return value.address.value(FieldsLayout.first + index * Value.stride).pointee
  }

  /// The shape of a struct with so many fields, for `makeStructure`; nil for any other value.
  package func shape(of value: Value, fieldCount: Int) -> UInt32? {
    guard value.tag == Tag.structure else { return nil }
    let shape = value.address.u32(Header.aux)
    return shapes[Int(shape)].fieldCount == fieldCount ? shape : nil
  }

  /// The field or entry a pattern names; nil when absent.
  func fieldForPattern(_ object: Value, _ key: Value) -> Value? {
    switch object.tag {
    case Tag.map:
      guard isKey(key) else { return nil }
      return heap.findEntry(object.address, key)?.value(Value.stride).pointee
    case Tag.structure:
      guard key.isString else { return nil }
      let shape = shapes[Int(object.address.u32(Header.aux))]
      guard let index = shape.fieldTexts.firstIndex(of: swiftString(key)) else { return nil }
      return object.address.value(FieldsLayout.first + index * Value.stride).pointee
    default: return nil
    }
  }
}

extension Heap {
  /// A struct of a shape whose fields are null.
  package func makeStructure(_ shape: UInt32, fieldCount: Int) -> Address {
    let structure = allocate(FieldsLayout.first + fieldCount * Value.stride, Tag.structure, shape)
    structure.put(FieldsLayout.trace, nil as Address?)
    for index in 0..<fieldCount { setField(structure, index, .null) }
    return structure
  }

  /// Sets a field of a struct that no script has seen yet; the caller vouches for its contract.
  @inline(__always)
  package func setField(_ structure: Address, _ index: Int, _ value: Value) {
    structure.value(FieldsLayout.first + index * Value.stride).pointee = value
  }
}

/// The candidate within one edit for each three letters, two at most, or nil.
public func closestName(to name: String, in candidates: [String]) -> String? {
  let limit = min(2, max(1, name.count / 3))
  let wanted = Array(name.lowercased().unicodeScalars)
  var best: (name: String, distance: Int)?
  for candidate in candidates where candidate != name {
    let distance = editDistance(wanted, Array(candidate.lowercased().unicodeScalars))
    if distance <= limit, distance < best?.distance ?? .max { best = (candidate, distance) }
  }
  return best?.name
}

/// Letters added, left out, replaced, or exchanged with their neighbour.
private func editDistance(_ left: [Unicode.Scalar], _ right: [Unicode.Scalar]) -> Int {
  guard abs(left.count - right.count) <= 2 else { return .max }
  var (before, row) = ([Int](), Array(0...right.count))
  for (i, a) in left.enumerated() {
    var next = [i + 1]
    for (j, b) in right.enumerated() {
      var distance = a == b ? row[j] : min(row[j], row[j + 1], next[j]) + 1
      if i > 0, j > 0, a == right[j - 1], left[i - 1] == b {
        distance = min(distance, before[j - 1] + 1)
      }
      next.append(distance)
    }
    (before, row) = (row, next)
  }
  return row[right.count]
}

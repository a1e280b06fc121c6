import JanusBytecode
import Glibc

extension Machine {
  static let stackLimit = 16 << 20

  /// A call that the handler could not make: the callee is at `window`, the arguments follow.
  /// The saved pc is the return address.
  func call(window: Int, count: Int, _ word: UInt64) {
    let base = state(vm).pointee.base
    let callee = register(base, window).pointee
    switch callee.tag {
    case Tag.closure:
      let prototype = callee.address.address(ClosureLayout.prototype)
      guard let frame = prepareFrame(prototype, window: window + 32, count: count) else { return }
      let s = state(vm)
      (frame - 16).put(0, s.pointee.pc)
      (frame - 16).put(8, Tag.int)
      s.pointee.base = frame
      s.pointee.pc = entry(prototype, count)
    case Tag.native:
      runNative(
        vm, callee.address.address(NativeLayout.record), arguments: window + 32, count: count, word)
    case Tag.null:
      fault(.null, "null cannot be called")
    case Tag.type:
      let name = types[Int(callee.address.u32(Header.aux))].name.name
      fault(
        .type,
        "\(name) is a type and cannot be called",
        hint: "make a value with \(name) { … }"
      )
    default: fault(.type, "\(described(callee)) cannot be called")
    }
  }

  func entry(_ prototype: Address, _ count: Int) -> Address {
    if state(vm).pointee.forcesDefaults {
      state(vm).pointee.forcesDefaults = false
      return prototype.address(PrototypeRecord.defaultsEntry)
    }
    return prototype.u32(PrototypeRecord.exactCount) == UInt32(count)
      ? prototype.address(PrototypeRecord.entry) : prototype.address(PrototypeRecord.defaultsEntry)
  }

  /// Makes room for a frame whose arguments lie at `window`, and completes the arguments: absent
  /// ones become undefined, surplus ones the rest list. Nil after a fault.
  func prepareFrame(_ prototype: Address, window: Int, count: Int) -> Address? {
    let frameSize = prototype.int(PrototypeRecord.frameSize)
    guard ensureStack(window + frameSize + (count + 1) * Value.stride) else { return nil }
    let frame = state(vm).pointee.base + window
    if prototype.u32(PrototypeRecord.exactCount) == UInt32(count) { return frame }
    let parameters = Int(prototype.u32(PrototypeRecord.parameterCount))
    let required = Int(prototype.u32(PrototypeRecord.requiredCount))
    let hasRest = prototype.u32(PrototypeRecord.flags) & PrototypeRecord.hasRest != 0
    guard count >= required, hasRest || count <= parameters else {
      arityFault(prototype, count)
      return nil
    }
    let positional = hasRest ? parameters - 1 : parameters
    if hasRest {
      let rest = heap.makeList()
      if count > positional {
        for index in positional..<count {
          heap.append(rest, register(frame, index * Value.stride).pointee)
        }
      }
      register(frame, positional * Value.stride).pointee = .object(rest, Tag.list)
    }
    if count < positional {
      for index in count..<positional { register(frame, index * Value.stride).pointee = .undefined }
    }
    return frame
  }

  func arityFault(_ prototype: Address, _ count: Int) {
    let loaded = prototypes[prototype.int(PrototypeRecord.index)]
    arityFault(
      loaded.name,
      count,
      required: Int(prototype.u32(PrototypeRecord.requiredCount)),
      maximum: prototype.u32(PrototypeRecord.flags) & PrototypeRecord.hasRest != 0
        ? nil : loaded.parameterNames.count,
      parameters: loaded.parameterNames
    )
  }

  func arityFault(
    _ name: String,
    _ count: Int,
    required: Int,
    maximum: Int?,
    parameters: [String]
  ) {
    // Whoever writes `xs.push(1)` gives one argument.
    if parameters.first == "self", count > 0 {
      return arityFault(
        name,
        count - 1,
        required: required - 1,
        maximum: maximum.map { $0 - 1 },
        parameters: Array(parameters.dropFirst())
      )
    }
    let wanted: String
    if let maximum {
      wanted = required == maximum ? "\(required)" : "\(required) to \(maximum)"
    } else {
      wanted = "at least \(required)"
    }
    let noun = wanted == "1" || wanted.hasSuffix(" least 1") ? "argument" : "arguments"
    var hint: String?
    if count < required, parameters.count > count {
      let missing = parameters[count..<required].map { "`\($0)`" }.joined(separator: ", ")
      hint = "missing: \(missing)"
    }
    let given = count == 1 ? "1 was" : "\(count) were"
    fault(.arity, "\(name) takes \(wanted) \(noun), but \(given) given", hint: hint)
  }

  /// Makes sure that so many bytes above the current base belong to the stack. False after a
  /// fault. The stack may move.
  func ensureStack(_ bytes: Int) -> Bool {
    let s = state(vm)
    let needed = s.pointee.base + bytes
    if needed <= s.pointee.stackLimit { return true }
    let fiber = s.pointee.fiber
    let stack = fiber.address(FiberLayout.stack)
    let size = fiber.int(FiberLayout.stackSize)
    let required = needed - stack
    guard required <= Machine.stackLimit else {
      fault(
        .recursion,
        "the calls are nested too deeply",
        hint: "is an end of the recursion missing?"
      )
      return false
    }
    var newSize = size * 2
    while newSize < required { newSize *= 2 }
    newSize = min(newSize, Machine.stackLimit)
    let moved = heap.growMemory(stack, from: size, to: newSize)
    var slot = moved + size
    let end = moved + newSize
    while slot < end {
      slot.value(0).pointee = .null
      slot += Value.stride
    }
    s.pointee.base = moved + (s.pointee.base - stack)
    fiber.put(FiberLayout.stack, moved)
    fiber.put(FiberLayout.stackSize, newSize)
    s.pointee.stackLimit = end
    return true
  }

  func nativeArityFault(_ record: Address, _ count: Int) {
    let native = natives[record.int(NativeRecord.index)]
    let maximum = Int(record.u32(NativeRecord.maximum))
    arityFault(
      native.name,
      count,
      required: Int(record.u32(NativeRecord.required)),
      maximum: native.hasRest ? nil : maximum,
      parameters: native.parameterNames
    )
  }

  // MARK: Methods

  /// `receiver.name(…)`: fills the cache and calls. `pc` is at the cache.
  func invoke(_ word: UInt64, _ pc: Address) {
    let base = state(vm).pointee.base
    let window = fieldA(word)
    let receiver = register(base, window + 32).pointee
    let name = pc.address(16)
    if let method = findMethod(receiver, name) {
      cacheMethod(method, receiver, name, pc)
      register(base, window).pointee = method
      if receiver.tag == Tag.type {
        dropReceiver(window, count: fieldX(word))
        return call(window: window, count: fieldX(word) - 1, word)
      }
      return call(window: window, count: fieldX(word), word)
    }
    if state(vm).pointee.isFaulting { return }
    invokeOther(word, receiver, name, count: fieldX(word))
  }

  /// The receiver is no argument: the others move down over it.
  func dropReceiver(_ window: Int, count: Int) {
    let base = state(vm).pointee.base
    for index in 1..<max(1, count) {
      let place = window + 32 + index * Value.stride
      register(base, place - Value.stride).pointee = register(base, place).pointee
    }
  }

  func cacheMethod(_ method: Value, _ receiver: Value, _ name: Address, _ pc: Address) {
    if receiver.tag == Tag.structure, method.tag == Tag.closure {
      let shape = UInt64(receiver.address.u32(Header.aux))
      if pc.u64(0) == 0 {
        pc.put(0, shape)
        pc.put(8, method.address)
      }
      let bits = UInt64(UInt(bitPattern: name))
      let entry = state(vm).pointee.methodCache + methodCacheSlot(shape, bits)
      entry.put(0, shape)
      entry.put(8, bits)
      entry.put(16, method.address)
    } else if receiver.tag < Tag.structure || receiver.tag > Tag.error, method.tag == Tag.native {
      let record = method.address.address(NativeLayout.record)
      let native = natives[record.int(NativeRecord.index)].name
      if let quick = QuickOpcode(native: native, count: fieldX((pc - 8).u64(0))) {
        (pc - 8).put(0, quick.rawValue)
      }
      pc.put(0, UInt64(receiver.tag) | InvokeCache.native)
      pc.put(8, record)
    }
  }

  /// A method of the value's type, or of the type that the value is; nil without one.
  func findMethod(_ receiver: Value, _ name: Address) -> Value? {
    state(vm).pointee.isFaulting = false
    // Functions called on a type do not get it as an argument: `callableMember` finds them.
    if receiver.tag == Tag.type { return nil }
    guard let number = typeNumber(of: receiver) else { return nil }
    loadMethods(of: number)
    return types[number].methods[UInt(bitPattern: name)]
  }

  /// The methods of core types come from the standard library when one is first wanted.
  func loadMethods(of type: Int) {
    guard !types[type].isLoaded else { return }
    types[type].isLoaded = true
    loadCoreType?(types[type].name.name)
  }

  /// No method: a field that holds a function, else a function in scope, else a fault.
  func invokeOther(_ word: UInt64, _ receiver: Value, _ name: Address, count: Int) {
    let base = state(vm).pointee.base
    let window = fieldA(word)
    if let member = callableMember(receiver, name) {
      register(base, window).pointee = member
      dropReceiver(window, count: count)
      return call(window: window, count: count - 1, word)
    }
    if count == 1, let copy = copyOfFields(receiver, name) {
      register(base, fieldC(word)).pointee = copy
      return
    }
    if receiver.tag == Tag.structure, count == 1, swiftString(text: name) == "copy" {
      register(base, fieldC(word)).pointee = copyFields(receiver)
      return
    }
    if fieldB(word) != 0 {
      // The compiler has put the function in scope into the window.
      if receiver.tag == Tag.type { return memberFault(receiver, name) }
      return call(window: window, count: count, word)
    }
    methodFault(receiver, name)
  }

  /// Every struct and payload has `copy()`, without an impl that says so.
  func copyOfFields(_ receiver: Value, _ name: Address) -> Value? {
    guard receiver.tag == Tag.structure || receiver.tag == Tag.enumeration,
      swiftString(text: name) == "copy"
    else { return nil }
    // A case without payload is one object: it cannot change.
    let hasFields = shapes[Int(receiver.address.u32(Header.aux))].fieldCount > 0
    return hasFields || receiver.tag == Tag.structure ? copyFields(receiver) : receiver
  }

  func callableMember(_ receiver: Value, _ name: Address) -> Value? {
    switch receiver.tag {
    case Tag.structure, Tag.enumeration:
      guard let index = fieldIndex(Int(receiver.address.u32(Header.aux)), name) else { return nil }
      return receiver.address.value(FieldsLayout.first + index * Value.stride).pointee
    case Tag.type:
      let number = Int(receiver.address.u32(Header.aux))
      loadMethods(of: number)
      return types[number].statics[UInt(bitPattern: name)]
        ?? typeCase(named: name, of: types[number])
    default: return nil
    }
  }

  func typeCase(named name: Address, of type: RuntimeType) -> Value? {
    guard type.kind == .enumeration || type.kind == .error else { return nil }
    let text = swiftString(text: name)
    guard let shape = type.shapes.first(where: { shapes[$0].name == text }) else { return nil }
    return shapes[shape].constructor.isUndefined ? nil : shapes[shape].constructor
  }

  func methodFault(_ receiver: Value, _ name: Address) {
    let text = swiftString(text: name)
    if receiver.isNull {
      return fault(
        .null,
        "null has no method `\(text)`",
        hint: "use `?.` where a value may be null"
      )
    }
    var hint: String?
    if let number = typeNumber(of: receiver) {
      let names = types[number].methods.keys.compactMap { Address(bitPattern: $0) }
        .map(swiftString(text:))
      hint = closestName(to: text, in: names.sorted()).map { "did you mean `\($0)`?" }
    }
    if hint == nil, receiver.tag == Tag.map {
      hint = "to call a function that a map holds, write m[\"\(text)\"](…)"
    }
    fault(.name, "\(described(receiver)) has no method `\(text)`", hint: hint)
  }

  func invokeNamed(_ word: UInt64, name: Address, names: Int) {
    invokeArranged(word, name: name, names: names, count: fieldX(word))
  }

  func invokeSpread(_ word: UInt64, name: Address, names: Int) {
    guard let count = unpack(firstArgument: fieldA(word) + 32, word, receiver: 1) else { return }
    invokeArranged(word, name: name, names: names, count: count)
  }

  func invokeArranged(_ word: UInt64, name: Address, names: Int, count: Int) {
    let window = fieldA(word)
    let base = state(vm).pointee.base
    let receiver = register(base, window + 32).pointee
    if let method = findMethod(receiver, name) {
      var count = count
      if receiver.tag == Tag.type {
        dropReceiver(window, count: count)
        count -= 1
      }
      guard
        let arranged = arrangeNamed(
          method,
          firstArgument: window + 32,
          count: count,
          names: texts[names]
        )
      else { return }
      register(state(vm).pointee.base, window).pointee = method
      return call(window: window, count: arranged, word)
    }
    if state(vm).pointee.isFaulting { return }
    if let member = callableMember(receiver, name) {
      dropReceiver(window, count: count)
      register(base, window).pointee = member
      guard
        let arranged = arrangeNamed(
          member,
          firstArgument: window + 32,
          count: count - 1,
          names: texts[names]
        )
      else { return }
      return call(window: window, count: arranged, word)
    }
    guard fieldB(word) != 0 else { return methodFault(receiver, name) }
    let function = register(base, window).pointee
    guard
      let arranged = arrangeNamed(
        function,
        firstArgument: window + 32,
        count: count,
        names: texts[names]
      )
    else { return }
    call(window: window, count: arranged, word)
  }

  /// A call in tail position whose frame takes the place of this one.
  func tailCall(_ word: UInt64) {
    let s = state(vm)
    let base = s.pointee.base
    let window = fieldA(word)
    let count = fieldX(word)
    let callee = register(base, window).pointee
    if callee.tag == Tag.native {
      // Called from here, its result returned: the return instruction follows.
      return call(window: window, count: count, word)
    }
    guard callee.tag == Tag.closure else { return call(window: window, count: count, word) }
    let prototype = callee.address.address(ClosureLayout.prototype)
    guard prepareFrame(prototype, window: window + 32, count: count) != nil else { return }
    let moved = s.pointee.base
    register(moved, -32).pointee = callee
    let parameters = Int(prototype.u32(PrototypeRecord.parameterCount))
    memmove(moved, moved + window + 32, max(count, parameters) * Value.stride)
    s.pointee.pc = entry(prototype, count)
  }
}

import JanusBytecode
import Glibc

/// The one kind that elements must have in common to be ordered.
private enum Order {
  case int, float, number, text, duration
}

/// Stable sorting without a script's comparison.
extension Machine {
  /// Sorts a list in place; false after a fault, with the list as it was.
  package func sort(_ list: Address) -> Bool {
    let count = listCount(list)
    guard count > 1 else { return true }
    guard let order = order(of: list) else { return false }
    guard heap.hasRoom(for: count * Value.stride) else {
      fault(.limit, "the list is too long to be sorted in the memory there is")
      return false
    }
    heap.shadeBeforeMoving(list)
    let data = list.address(ListLayout.data)
    let values = data.value(0)
    let limit = SortLimit(machine: self)
    switch order {
    case .int where list.u32(Header.aux) == ElementForm.int:
      mergeSort(data.assumingMemoryBound(to: Int.self), count, limit) { $0 < $1 }
    case .float where list.u32(Header.aux) == ElementForm.float:
      mergeSort(data.assumingMemoryBound(to: Double.self), count, limit, floatPrecedes)
    case .int, .duration: mergeSort(values, count, limit) { $0.asInt < $1.asInt }
    case .float: mergeSort(values, count, limit) { floatPrecedes($0.asFloat, $1.asFloat) }
    case .text: mergeSort(values, count, limit) { textPrecedes($0.address, $1.address) }
    case .number: mergeSort(values, count, limit, numberPrecedes)
    }
    return true
  }

  /// The elements of a list in the order of keys, which are as many; nil after a fault.
  package func sorted(_ list: Address, by keys: Address) -> Value? {
    let count = listCount(list)
    guard count > 1 else { return .object(heap.copyList(list), Tag.list) }
    guard let order = order(of: keys) else { return nil }
    guard heap.hasRoom(for: count * Value.stride * 3) else {
      fault(.limit, "the list is too long to be sorted in the memory there is")
      return nil
    }
    var places = Array(0..<count)
    let limit = SortLimit(machine: self)
    places.withUnsafeMutableBufferPointer { buffer in
      guard let start = buffer.baseAddress else { return }
      switch order {
      case .int, .duration:
        mergeSort(start, count, limit) { loadElement(keys, $0).asInt < loadElement(keys, $1).asInt }
      case .float:
        mergeSort(start, count, limit) {
          floatPrecedes(loadElement(keys, $0).asFloat, loadElement(keys, $1).asFloat)
        }
      case .text:
        mergeSort(start, count, limit) {
          textPrecedes(loadElement(keys, $0).address, loadElement(keys, $1).address)
        }
      case .number:
        mergeSort(start, count, limit) {
          numberPrecedes(loadElement(keys, $0), loadElement(keys, $1))
        }
      }
    }
    let sorted = heap.makeList(capacity: count, form: list.u32(Header.aux))
    for place in places { heap.append(sorted, loadElement(list, place)) }
    return .object(sorted, Tag.list)
  }

  /// The order that a list's elements share; nil after a fault.
  private func order(of list: Address) -> Order? {
    switch list.u32(Header.aux) {
    case ElementForm.int: return .int
    case ElementForm.float: return .float
    default: break
    }
    let first = loadElement(list, 0)
    guard var order = order(of: first) else {
      orderFault(first, loadElement(list, 1))
      return nil
    }
    for index in 1..<listCount(list) {
      let value = loadElement(list, index)
      if value.tag == first.tag { continue }
      guard value.isNumber, first.isNumber else {
        orderFault(first, value)
        return nil
      }
      order = .number
    }
    return order
  }

  private func order(of value: Value) -> Order? {
    switch value.tag {
    case Tag.int: .int
    case Tag.float: .float
    case Tag.string, Tag.bytes: .text
    case Tag.duration: .duration
    default: nil
    }
  }

  package func orderFault(_ left: Value, _ right: Value) {
    fault(
      .type,
      "\(described(left)) and \(described(right)) have no order",
      hint: "numbers, strings, bytes and durations have one, each among themselves"
    )
  }

  private func numberPrecedes(_ left: Value, _ right: Value) -> Bool {
    if let order = compareValues(left, right) { return order < 0 }
    return right.isFloat && right.asFloat.isNaN && !(left.isFloat && left.asFloat.isNaN)
  }
}

/// NaN comes last: it has no order, and a sort must not depend on where it stood.
@inline(__always)
private func floatPrecedes(_ left: Double, _ right: Double) -> Bool {
  left < right || (right.isNaN && !left.isNaN)
}

@inline(__always)
private func textPrecedes(_ left: Address, _ right: Address) -> Bool {
  let leftCount = textCount(left)
  let rightCount = textCount(right)
  let order = memcmp(textBytes(left), textBytes(right), min(leftCount, rightCount))
  return order != 0 ? order < 0 : leftCount < rightCount
}

/// Counts the work of a sort: a step for 16 elements each time they are gone through.
private struct SortLimit {
  let machine: Machine

  func mustStop(after elements: Int) -> Bool { machine.mustStop(steps: elements &>> 4) }
}

/// Sorted runs of a few elements, merged from one buffer to the other and back. When a limit is
/// reached all elements are there, in some order.
@inline(__always)
private func mergeSort<T>(
  _ elements: UnsafeMutablePointer<T>,
  _ count: Int,
  _ limit: SortLimit,
  _ precedes: (T, T) -> Bool
) {
  // What is in order already is a frequent case, and found out at once when it is not.
  var ordered = 1
  while ordered < count, !precedes(elements[ordered], elements[ordered - 1]) { ordered += 1 }
  guard !limit.mustStop(after: count), ordered < count else { return }
  let run = 12
  for start in stride(from: 0, to: count, by: run) {
    for index in (start + 1)..<max(start + 1, min(start + run, count)) {
      let element = elements[index]
      var place = index
      while place > start, precedes(element, elements[place - 1]) {
        elements[place] = elements[place - 1]
        place -= 1
      }
      elements[place] = element
    }
  }
  guard count > run else { return }
  let other = UnsafeMutablePointer<T>.allocate(capacity: count)
  var (source, target) = (elements, other)
  var width = run
  while width < count {
    var done = 0
    for low in stride(from: 0, to: count, by: width * 2) {
      let middle = min(low + width, count)
      let high = min(middle + width, count)
      merge(source, target, low, middle, high, precedes)
      if high - done >= 1 << 15 {
        if limit.mustStop(after: high - done) { break }
        done = high
      }
    }
    // A pass that was cut off has only read from its source.
    if limit.machine.isCut || limit.mustStop(after: count - done) { break }
    swap(&source, &target)
    width *= 2
  }
  if source != elements { elements.update(from: source, count: count) }
  other.deallocate()
}

@inline(__always)
private func merge<T>(
  _ source: UnsafeMutablePointer<T>,
  _ target: UnsafeMutablePointer<T>,
  _ low: Int,
  _ middle: Int,
  _ high: Int,
  _ precedes: (T, T) -> Bool
) {
  var left = low
  var right = middle
  var place = low
  if middle < high, precedes(source[middle], source[middle - 1]) {
    while left < middle, right < high {
      if precedes(source[right], source[left]) {
        target[place] = source[right]
        right &+= 1
      } else {
        target[place] = source[left]
        left &+= 1
      }
      place &+= 1
    }
  }
  (target + place).update(from: source + left, count: middle - left)
  (target + place + (middle - left)).update(from: source + right, count: high - right)
}

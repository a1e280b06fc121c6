import JanusBytecode
import JanusVM
import Glibc

/// Natives of math.jan.
enum MathNatives {
  static let table: [Native] = [
    Native("math.sqrt") { native($0, $1, $2) { float($0, "math.sqrt", { $0.squareRoot() }) } },
    Native("math.exp") { native($0, $1, $2) { float($0, "math.exp", Glibc.exp) } },
    Native("math.log") { native($0, $1, $2, logarithm) },
    Native("math.log2") { native($0, $1, $2) { float($0, "math.log2", Glibc.log2) } },
    Native("math.log10") { native($0, $1, $2) { float($0, "math.log10", Glibc.log10) } },
    Native("math.sin") { native($0, $1, $2) { float($0, "math.sin", Glibc.sin) } },
    Native("math.cos") { native($0, $1, $2) { float($0, "math.cos", Glibc.cos) } },
    Native("math.tan") { native($0, $1, $2) { float($0, "math.tan", Glibc.tan) } },
    Native("math.asin") { native($0, $1, $2) { float($0, "math.asin", Glibc.asin) } },
    Native("math.acos") { native($0, $1, $2) { float($0, "math.acos", Glibc.acos) } },
    Native("math.atan") { native($0, $1, $2) { float($0, "math.atan", Glibc.atan) } },
    Native("math.atan2") { native($0, $1, $2) { float($0, "math.atan2", Glibc.atan2) } },
    Native("math.hypot") { native($0, $1, $2) { float($0, "math.hypot", Glibc.hypot) } },
    Native("math.pow") { native($0, $1, $2) { float($0, "math.pow", Glibc.pow) } },
    Native("math.floor") { native($0, $1, $2) { $0.doneWithRounded(.down, "math.floor") } },
    Native("math.ceil") { native($0, $1, $2) { $0.doneWithRounded(.up, "math.ceil") } },
    Native("math.round") {
      native($0, $1, $2) { $0.doneWithRounded(.toNearestOrAwayFromZero, "math.round") }
    },
    Native("math.trunc") { native($0, $1, $2) { $0.doneWithRounded(.towardZero, "math.trunc") } },
    Native("math.abs") { native($0, $1, $2) { $0.doneWithAbsolute($0[0]) } },
    Native("math.min") { native($0, $1, $2) { extreme($0, "math.min", wantsLess: true) } },
    Native("math.max") { native($0, $1, $2) { extreme($0, "math.max", wantsLess: false) } },
  ]
}

@inline(__always)
private func float(
  _ call: NativeCall, _ name: String, _ function: (Double) -> Double
) -> NativeResult {
  let value = call[0]
  guard value.isNumber else { return call.typeFault(0, "a number", in: name) }
  return call.done(.float(function(value.number)))
}

@inline(__always)
private func float(
  _ call: NativeCall, _ name: String, _ function: (Double, Double) -> Double
) -> NativeResult {
  let (left, right) = (call[0], call[1])
  guard left.isNumber else { return call.typeFault(0, "a number", in: name) }
  guard right.isNumber else { return call.typeFault(1, "a number", in: name) }
  return call.done(.float(function(left.number, right.number)))
}

/// The natural logarithm, or that to a base.
private func logarithm(_ call: NativeCall) -> NativeResult {
  guard call.has(1), !call[1].isNull else { return float(call, "math.log", Glibc.log) }
  return float(call, "math.log") { value, base in
    // The library's own functions are exact at powers of their base.
    base == 2 ? log2(value) : base == 10 ? log10(value) : log(value) / log(base)
  }
}

/// The least or greatest of the arguments, of its own kind; NaN when there is one.
private func extreme(_ call: NativeCall, _ name: String, wantsLess: Bool) -> NativeResult {
  var best = call[0]
  for index in 0..<call.count {
    let value = call[index]
    guard value.isNumber || value.tag == Tag.duration else {
      return call.typeFault(index, "a number", in: name)
    }
    if let order = call.machine.compareValues(value, best) {
      if wantsLess ? order < 0 : order > 0 { best = value }
    } else if value.isNumber, best.isNumber {
      return call.done(.float(.nan))
    } else {
      call.machine.orderFault(best, value)
      return call.raised
    }
  }
  return call.done(best)
}

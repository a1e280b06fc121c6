/// How much a program may use; nil for as much as it likes (language.md §13).
public struct RunLimits: Sendable {
  public var steps: Int?
  public var timeoutNanoseconds: Int?
  public var memory: Int?

  /// The options that set a limit.
  public static let options = ["--max-steps", "--max-memory", "--timeout"]

  /// A limit that cannot be understood.
  public struct Invalid: Error {
    public var message: String
  }

  /// No limits.
  public init() {}

  /// What holds where nothing is said: half of the memory there is, as much time and steps as the
  /// program likes. A program that eats all memory would take others with it.
  public static var standard: RunLimits {
    var limits = RunLimits()
    limits.memory = max(1 << 26, SystemMemory.bytes() / 2)
    return limits
  }

  /// Sets the limit of one of `options` from its text, such as `64m` or `500ms`.
  public mutating func set(_ option: String, to text: String) throws(Invalid) {
    switch option {
    case "--max-steps": steps = try RunLimits.number(text, option)
    case "--max-memory": memory = text == "none" ? nil : try RunLimits.size(text, option)
    case "--timeout": timeoutNanoseconds = try RunLimits.duration(text, option)
    default: throw Invalid(message: "`\(option)` is no limit")
    }
  }

  private static func number(_ text: String, _ option: String) throws(Invalid) -> Int {
    let digits = String(decoding: text.utf8.filter { $0 != UInt8(ascii: "_") }, as: UTF8.self)
    guard let number = Int(digits), number > 0 else {
      throw Invalid(message: "`\(option)` needs a number above 0, not `\(text)`")
    }
    return number
  }

  private static func size(_ text: String, _ option: String) throws(Invalid) -> Int {
    let factors: [Character: Int] = ["k": 1 << 10, "m": 1 << 20, "g": 1 << 30]
    let lower = text.lowercased()
    guard let last = lower.last, let factor = factors[last] else { return try number(text, option) }
    let (bytes, overflow) = try number(String(lower.dropLast()), option)
      .multipliedReportingOverflow(by: factor)
    guard !overflow else { throw Invalid(message: "`\(text)` is too large for `\(option)`") }
    return bytes
  }

  private static func duration(_ text: String, _ option: String) throws(Invalid) -> Int {
    let units: [(String, Double)] = [
      ("ms", 1e6), ("us", 1e3), ("ns", 1), ("s", 1e9), ("m", 6e10), ("h", 3.6e12),
    ]
    for (unit, factor) in units where text.hasSuffix(unit) {
      if let amount = Double(text.dropLast(unit.count)), amount > 0, amount * factor < 9e18 {
        return Int(amount * factor)
      }
    }
    throw Invalid(message: "`\(option)` needs a time such as 500ms or 10s, not `\(text)`")
  }
}

import CPCRE2
import JanusVM

/// A compiled pattern with what matching needs.
final class RegexProgram: HostObject {
  // SAFETY: made in `init`, freed in `deinit`, and never given away.
  private let code: OpaquePointer
  private let matchData: OpaquePointer
  private let context: OpaquePointer
  private let stack: OpaquePointer?
  /// Groups besides the whole match.
  let groupCount: Int
  /// Names of groups and their numbers, in the order of the numbers.
  let names: [(name: String, number: Int)]
  /// The shape of the matches that it gives.
  let matchShape: UInt32

  /// Why a pattern is none.
  struct Invalid: Error {
    var message: String
    /// In bytes.
    var offset: Int
  }

  /// Why matching was given up.
  enum Failure: Error {
    case tooManySteps
    case tooMuchMemory
    /// The run has met a limit of its own, which is raised instead.
    case limit
    case other(String)
  }

  private enum Limit {
    static let patternLength = 1 << 16
    /// Steps from one start: ten times what patterns of good will need, and about 10 ms.
    static let steps: UInt32 = 2_000_000
    static let depth: UInt32 = 100_000
    static let heapKilobytes: UInt32 = 1 << 14
    static let stackBytes = 1 << 19
    /// Nanoseconds for one search.
    static let time = 2_000_000_000
    /// Starts that are tried before the clock is looked at.
    static let firstWindow = 1 << 12
  }

  init(_ pattern: UnsafeBufferPointer<UInt8>, options: UInt32, matchShape: UInt32) throws(Invalid) {
    guard pattern.count <= Limit.patternLength else {
      throw Invalid(
        message: "the pattern is longer than \(Limit.patternLength) bytes",
        offset: Limit.patternLength)
    }
    let always =
      PCRE2_UTF | PCRE2_UCP | UInt32(PCRE2_NO_UTF_CHECK) | PCRE2_NEVER_BACKSLASH_C
      | PCRE2_USE_OFFSET_LIMIT
    var number: CInt = 0
    var offset = 0
    var nothing: UInt8 = 0
    let compiled = withUnsafePointer(to: &nothing) { nothing in
      pcre2_compile_8(
        pattern.baseAddress ?? nothing, pattern.count, always | options, &number, &offset, nil)
    }
    guard let code = compiled else {
      throw Invalid(message: RegexProgram.message(number), offset: offset)
    }
    // Where there is no just-in-time compiler the pattern is interpreted.
    pcre2_jit_compile_8(code, PCRE2_JIT_COMPLETE)
    guard let matchData = pcre2_match_data_create_from_pattern_8(code, nil),
      let context = pcre2_match_context_create_8(nil)
    else { preconditionFailure("no memory for a pattern") }
    pcre2_set_match_limit_8(context, Limit.steps)
    pcre2_set_depth_limit_8(context, Limit.depth)
    pcre2_set_heap_limit_8(context, Limit.heapKilobytes)
    stack = pcre2_jit_stack_create_8(1 << 15, Limit.stackBytes, nil)
    pcre2_jit_stack_assign_8(context, nil, UnsafeMutableRawPointer(stack))
    self.code = code
    self.matchData = matchData
    self.context = context
    self.matchShape = matchShape
    groupCount = Int(RegexProgram.number(code, PCRE2_INFO_CAPTURECOUNT))
    names = RegexProgram.names(code)
    let size =
      RegexProgram.size(code, PCRE2_INFO_SIZE) + RegexProgram.size(code, PCRE2_INFO_JITSIZE)
    super.init(kindName: "regex", byteCount: size + 4096)
  }

  deinit {
    pcre2_code_free_8(code)
    pcre2_match_data_free_8(matchData)
    pcre2_match_context_free_8(context)
    pcre2_jit_stack_free_8(stack)
  }

  // MARK: Matching

  /// The byte offsets of a match: two for the whole and two for each group, `PCRE2_UNSET` for a
  /// group that took no part. They hold until the next search.
  var offsets: UnsafePointer<Int> {
    UnsafeRawPointer(pcre2_get_ovector_pointer_8(matchData)).assumingMemoryBound(to: Int.self)
  }

  /// The bytes that a group of the last match took; nil when it took no part. 0 is the whole.
  func range(_ group: Int) -> Range<Int>? {
    let (start, end) = (offsets[group * 2], offsets[group * 2 + 1])
    // `\K` may move the start behind the end.
    return start < 0 ? nil : min(start, end)..<end
  }

  /// True when the pattern matches somewhere from an offset on. An empty match right there counts
  /// only if `allowsEmpty`.
  ///
  /// - Parameter machine: its limits hold, and its clock.
  func search(
    _ text: UnsafeBufferPointer<UInt8>, from start: Int, allowsEmpty: Bool, machine: Machine
  ) throws(Failure) -> Bool {
    var nothing: UInt8 = 0
    return try withUnsafePointer(to: &nothing) { (nothing) throws(Failure) -> Bool in
      let subject = text.baseAddress ?? nothing
      let options =
        UInt32(PCRE2_NO_UTF_CHECK) | (allowsEmpty ? 0 : UInt32(PCRE2_NOTEMPTY_ATSTART))
      var from = start
      var window = Limit.firstWindow
      var began: Int?
      while true {
        // Starts are tried window by window: the time between two looks at the clock is bounded.
        let (limit, overflow) = from.addingReportingOverflow(window)
        let isLast = overflow || limit >= text.count
        pcre2_set_offset_limit_8(context, isLast ? Int(bitPattern: UInt.max) : limit)
        let count = pcre2_match_8(code, subject, text.count, from, options, matchData, context)
        if count > 0 { return true }
        guard count == PCRE2_ERROR_NOMATCH else {
          // What it took until then is not known: at most this.
          if count == PCRE2_ERROR_MATCHLIMIT { machine.charge(elements: Int(Limit.steps)) }
          throw failure(count)
        }
        if isLast { return false }
        guard !machine.mustStop(steps: (limit - from) / 16 + 1) else { throw .limit }
        let now = machine.environment.monotonic()
        if let began {
          guard now - began < Limit.time else { throw .tooManySteps }
          window = now - began > Limit.time / 100 ? max(1, window / 4) : window * 4
        } else {
          began = now
        }
        from = limit + 1
        while from < text.count, text[from] & 0xC0 == 0x80 { from += 1 }
      }
    }
  }

  private func failure(_ number: CInt) -> Failure {
    switch number {
    case PCRE2_ERROR_MATCHLIMIT, PCRE2_ERROR_DEPTHLIMIT: .tooManySteps
    case PCRE2_ERROR_HEAPLIMIT, PCRE2_ERROR_NOMEMORY, PCRE2_ERROR_JIT_STACKLIMIT: .tooMuchMemory
    default: .other(RegexProgram.message(number))
    }
  }

  // MARK: What the library knows

  private static func message(_ number: CInt) -> String {
    withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 256) { buffer in
      let count = pcre2_get_error_message_8(number, buffer.baseAddress, buffer.count)
      return String(decoding: buffer.prefix(max(0, Int(count))), as: UTF8.self)
    }
  }

  private static func number(_ code: OpaquePointer, _ what: CInt) -> UInt32 {
    var value: UInt32 = 0
    pcre2_pattern_info_8(code, UInt32(what), &value)
    return value
  }

  private static func size(_ code: OpaquePointer, _ what: CInt) -> Int {
    var value = 0
    pcre2_pattern_info_8(code, UInt32(what), &value)
    return value
  }

  /// Each entry of the table: the number in two bytes, the name, a zero byte.
  private static func names(_ code: OpaquePointer) -> [(name: String, number: Int)] {
    let count = Int(number(code, PCRE2_INFO_NAMECOUNT))
    let size = Int(number(code, PCRE2_INFO_NAMEENTRYSIZE))
    var start: UnsafePointer<UInt8>?
    pcre2_pattern_info_8(code, UInt32(PCRE2_INFO_NAMETABLE), &start)
    guard let table = start else { return [] }
    return (0..<count).map { index in
      let entry = table + index * size
      let name = String(cString: entry + 2)
      return (name, Int(entry[0]) << 8 | Int(entry[1]))
    }.sorted { $0.number < $1.number }
  }
}

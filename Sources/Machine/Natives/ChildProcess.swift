import JanusBytecode
import JanusVM
import Glibc

/// A program that runs beside the machine, in a process group of its own, with pipes for what it
/// reads and writes.
final class ChildProcess: ExternalWork {
  private let path: String
  private let words: [String]
  private let input: [UInt8]
  private let isRaw: Bool
  private let outputLimit: Int
  private let deadline: Int?
  private let heap: Heap
  private var process = pid_t()
  /// Descriptors of our ends; -1 when closed.
  private var inputEnd: CInt = -1
  private var output = Pipe()
  private var errorOutput = Pipe()
  private var written = 0
  /// When to look again whether it has ended, after it closed its output.
  private var nextLook: Int?
  private var lookInterval = 1_000_000

  private struct Pipe {
    var end: CInt = -1
    var bytes: [UInt8] = []
  }

  init(
    path: String, words: [String], input: [UInt8], isRaw: Bool, outputLimit: Int, deadline: Int?,
    heap: Heap
  ) {
    self.heap = heap
    self.path = path
    self.words = words
    self.input = input
    self.isRaw = isRaw
    self.outputLimit = outputLimit
    self.deadline = deadline
  }

  static func reason(_ code: CInt) -> String { String(cString: strerror(code)) }

  // MARK: Start

  /// Starts the program; an error number when that fails.
  func start() -> CInt? {
    var ends: [CInt] = []
    defer { for end in ends where end >= 0 { close(end) } }
    for _ in 0..<3 {
      var pair: [CInt] = [-1, -1]
      guard pipe(&pair) == 0 else { return errno }
      ends += pair
      for end in pair { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    }
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_adddup2(&actions, ends[0], 0)
    posix_spawn_file_actions_adddup2(&actions, ends[3], 1)
    posix_spawn_file_actions_adddup2(&actions, ends[5], 2)
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    var signals = sigset_t()
    sigemptyset(&signals)
    posix_spawnattr_setsigmask(&attributes, &signals)
    sigfillset(&signals)
    posix_spawnattr_setsigdefault(&attributes, &signals)
    posix_spawnattr_setpgroup(&attributes, 0)
    let flags = POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETPGROUP
    posix_spawnattr_setflags(&attributes, Int16(flags))
    var arguments = words.map { strdup($0) } + [nil]
    defer { for argument in arguments { free(argument) } }
    let status = posix_spawn(&process, path, &actions, &attributes, &arguments, environ)
    guard status == 0 else { return status }
    inputEnd = ends[1]
    output.end = ends[2]
    errorOutput.end = ends[4]
    for index in [1, 2, 4] {
      _ = fcntl(ends[index], F_SETFL, O_NONBLOCK)
      ends[index] = -1
    }
    return nil
  }

  // MARK: Work

  var watches: [Watch] {
    var watches: [Watch] = []
    if inputEnd >= 0 { watches.append(Watch(inputEnd, .writing)) }
    if output.end >= 0 { watches.append(Watch(output.end, .reading)) }
    if errorOutput.end >= 0 { watches.append(Watch(errorOutput.end, .reading)) }
    return watches
  }

  var wakesAt: Int? {
    guard let nextLook else { return deadline }
    return min(nextLook, deadline ?? .max)
  }

  func proceed(now: Int) -> ExternalResult? {
    writeInput()
    for pipe in [\ChildProcess.output, \ChildProcess.errorOutput] {
      guard read(pipe) else {
        abandon()
        guard heap.hasRoom(for: outputCount * 2) else {
          return .fault(.limit, "the output of \(words[0]) needs more memory than there is")
        }
        return .fault(
          .io, "\(words[0]) wrote more than \(outputLimit) bytes", hint: "limit: n allows more")
      }
    }
    if output.end < 0, errorOutput.end < 0 {
      var status: CInt = 0
      let ended = waitpid(process, &status, WNOHANG)
      if ended == process { return result(status) }
      if ended < 0, errno != EINTR {
        let code = errno
        closeAll()
        return .fault(.io, "the end of \(words[0]) is not known: \(ChildProcess.reason(code))")
      }
      nextLook = now + lookInterval
      lookInterval = min(lookInterval * 2, 50_000_000)
    }
    guard let deadline, now >= deadline else { return nil }
    abandon()
    return .fault(.timeout, "\(words[0]) did not end in time", hint: "it was killed")
  }

  /// Kills the program and what it started, and waits for its end, which then comes at once.
  func abandon() {
    closeAll()
    guard process > 0 else { return }
    kill(-process, SIGKILL)
    var status: CInt = 0
    while waitpid(process, &status, 0) < 0, errno == EINTR {}
    process = 0
  }

  private func closeAll() {
    for end in [inputEnd, output.end, errorOutput.end] where end >= 0 { close(end) }
    inputEnd = -1
    output.end = -1
    errorOutput.end = -1
  }

  private func writeInput() {
    guard inputEnd >= 0 else { return }
    let isOver = withoutBrokenPipe { () -> Bool in
      while written < input.count {
        let count = input[written...].withUnsafeBytes { write(inputEnd, $0.baseAddress, $0.count) }
        if count < 0 { return errno != EAGAIN && errno != EINTR }
        written += count
      }
      return true
    }
    // A program that does not read all of its input is none the worse for it.
    if isOver {
      close(inputEnd)
      inputEnd = -1
    }
  }

  /// Writing to a program that has gone raises a signal that would end this one.
  private func withoutBrokenPipe(_ body: () -> Bool) -> Bool {
    var signals = sigset_t()
    var before = sigset_t()
    sigemptyset(&signals)
    sigaddset(&signals, SIGPIPE)
    pthread_sigmask(SIG_BLOCK, &signals, &before)
    defer { pthread_sigmask(SIG_SETMASK, &before, nil) }
    let result = body()
    var pending = sigset_t()
    sigpending(&pending)
    var signal: CInt = 0
    if sigismember(&pending, SIGPIPE) == 1 { sigwait(&signals, &signal) }
    return result
  }

  private var outputCount: Int { output.bytes.count + errorOutput.bytes.count }

  /// Takes what a pipe holds; false when that is too much.
  private func read(_ pipe: ReferenceWritableKeyPath<ChildProcess, Pipe>) -> Bool {
    while self[keyPath: pipe].end >= 0 {
      let end = self[keyPath: pipe].end
      var count = 0
      let chunk = [UInt8](unsafeUninitializedCapacity: 1 << 16) { buffer, initialized in
        count = Glibc.read(end, buffer.baseAddress, buffer.count)
        initialized = max(0, count)
      }
      if count < 0, errno == EAGAIN { return true }
      if count < 0, errno == EINTR { continue }
      if count <= 0 {
        close(end)
        self[keyPath: pipe].end = -1
      } else {
        self[keyPath: pipe].bytes += chunk
        guard outputCount <= outputLimit, heap.hasRoom(for: outputCount * 2) else { return false }
      }
    }
    return true
  }

  // MARK: Result

  private func result(_ ended: CInt) -> ExternalResult {
    process = 0
    closeAll()
    let signal = Int(ended & 0x7f)
    // As shells say it.
    let status = signal != 0 ? 128 + signal : Int(ended >> 8 & 0xff)
    let (out, error, isRaw) = (output.bytes, errorOutput.bytes, isRaw)
    if !isRaw, let part = [("output", out), ("error output", error)].first(where: { !isText($1) }) {
      return .fault(
        .parse, "the \(part.0) of \(words[0]) is no UTF-8", hint: "raw: true gives bytes")
    }
    return .value { machine in
      let kind = isRaw ? Tag.bytes : Tag.string
      let map = machine.heap.makeMap()
      let entries: [(String, Value)] = [
        ("status", .int(status)), ("out", machine.string(out, kind: kind)),
        ("err", machine.string(error, kind: kind)),
      ]
      for (name, value) in entries { machine.heap.setEntry(map, machine.string(name), value) }
      return .object(map, Tag.map)
    }
  }

  private func isText(_ bytes: [UInt8]) -> Bool { String(validating: bytes, as: UTF8.self) != nil }
}

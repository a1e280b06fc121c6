import Foundation
import Glibc
import JanusTestSupport
import Testing

/// `--caps-prompt` asks at a terminal.
@Suite struct PromptTests {
  /// Runs a program at a terminal of its own and types answers, one for each question.
  /// `early` is typed before it starts.
  private func run(
    _ program: String, early: String = "", answers: [String]
  ) throws -> (text: String, status: Int) {
    let folder = try TemporaryFolder()
    try folder.write(Array(program.utf8), to: "inside/attempt.jan")
    try folder.write(Array("secret".utf8), to: "secret.txt")
    let terminal = open("/dev/ptmx", O_RDWR | O_NOCTTY | O_CLOEXEC)
    var locked: CInt = 0
    var number: CUnsignedInt = 0
    // TIOCSPTLCK and TIOCGPTN: the Glibc module leaves out `unlockpt` and `ptsname`.
    guard terminal >= 0, ioctl(terminal, 0x4004_5431, &locked) == 0,
      ioctl(terminal, 0x8004_5430, &number) == 0
    else { throw NoTerminal(reason: errno) }
    let name = "/dev/pts/\(number)"
    defer { close(terminal) }
    #expect(write(terminal, early, early.utf8.count) == early.utf8.count)
    let child = Box<Result<ChildProcess, any Error>?>(nil)
    let ended = DispatchSemaphore(value: 0)
    let inside = folder.path("inside")
    Thread {
      child.value = Result {
        try ChildProcess.run(
          "/bin/sh", ["-c", "janus run --caps-prompt attempt.jan <\(name) >\(name) 2>&1"],
          folder: inside)
      }
      ended.signal()
    }.start()
    var text = ""
    var answers = answers[...]
    var asked = 0
    var buffer = [UInt8](repeating: 0, count: 4096)
    while ended.wait(timeout: .now()) == .timedOut {
      var poll = pollfd(fd: terminal, events: Int16(POLLIN), revents: 0)
      guard Glibc.poll(&poll, 1, 50) > 0, poll.revents & Int16(POLLIN) != 0 else { continue }
      let count = read(terminal, &buffer, buffer.count)
      guard count > 0 else { continue }
      text += String(decoding: buffer[..<count], as: UTF8.self)
      let questions = text.ranges(of: "(a)lways: ").count
      while asked < questions, let answer = answers.popFirst() {
        asked += 1
        let line = Array("\(answer)\n".utf8)
        #expect(write(terminal, line, line.count) == line.count)
      }
    }
    guard case .exited(let status) = try #require(child.value).get().end else { return (text, -1) }
    return (text, status)
  }

  struct NoTerminal: Error {
    var reason: Int32
  }

  static let program = """
    use std.fs
    print fs.read("../secret.txt")
    print fs.read("../secret.txt")
    """

  @Test(arguments: [
    (["y", "y"], 2, 2, 0), (["a"], 2, 1, 0), (["y", "n"], 1, 2, 1), (["n"], 0, 1, 1),
    (["what", "n"], 0, 2, 1), ([" yes ", "ALWAYS"], 2, 2, 0),
  ])
  func aPersonDecides(_ answers: [String], _ reads: Int, _ questions: Int, _ status: Int) throws {
    let (text, ended) = try run(Self.program, answers: answers)
    #expect(ended == status, "\(text)")
    #expect(text.ranges(of: "read ../secret.txt? (y)es").count == questions, "\(text)")
    #expect(text.ranges(of: "secret\r\n").count == reads, "\(text)")
    #expect(text.contains("Fault.Denied") == (status == 1))
  }

  @Test func theProgramsWordsDoNotReachTheTerminalAsTheyAre() throws {
    let (text, _) = try run(
      "use std.env\nprint env.get(\"A\\u{1b}[2K\\rB\")", answers: ["n"])
    let question = try #require(text.components(separatedBy: "(y)es").first)
    #expect(!question.contains("\u{1b}[2K"))
  }

  /// A program that floods the screen, or a person in a hurry, has not answered.
  @Test func whatWasTypedBeforeIsNoAnswer() throws {
    let (text, status) = try run(
      "use std.env\nprint env.get(\"HOME\")", early: "y\na\n", answers: ["n"])
    #expect(status == 1, "\(text)")
    #expect(text.contains("Fault.Denied"))
  }
}

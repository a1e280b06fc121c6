import JanusSource
import Testing

struct SourceFileTests {
  @Test func linesBeginAfterNewlines() {
    let file = SourceFile(name: "a.jan", bytes: Array("a\nbc\n".utf8))
    #expect(file.lineStarts == [0, 2, 5])
    #expect([0, 1, 2, 4, 5, 99].map { file.line(at: $0) } == [0, 0, 1, 1, 2, 2])
  }

  @Test func anEmptyFileHasOneLine() {
    let file = SourceFile(name: "a.jan", bytes: [])
    #expect(file.lineStarts == [0])
    #expect(file.line(at: 0) == 0)
  }
}

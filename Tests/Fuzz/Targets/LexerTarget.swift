import JanusSyntax

enum LexerTarget {
  static func run(_ input: [UInt8]) {
    input.withUnsafeBufferPointer { source in
      var lexer = Lexer(source: source, diagnostics: [])
      var end: UInt32 = 0
      while true {
        let token = lexer.next()
        precondition(token.start >= end && token.end >= token.start, "a token goes back")
        precondition(Int(token.end) <= input.count, "a token leaves the text")
        if token.kind == .endOfText { break }
        precondition(token.end > token.start, "a token is empty")
        end = token.end
      }
    }
  }
}

/// What is wrong with characters, strings and numbers.
extension Explanation {
  static let lexical: [Explanation] = [
    Explanation(
      .unexpectedCharacter,
      #"a character that no token begins with"#,
      #"""
        Outside strings and comments a program consists of names, numbers and the signs of the \#
        language. Comments begin with `//`; names are written with the letters a–z, digits and \#
        `_`.
        """#,
      wrong: #"""
        # doubles a number
        let double = |x| x * 2
        """#,
      right: #"""
        // doubles a number
        let double = |x| x * 2
        """#),
    Explanation(
      .unterminatedString,
      #"a string that is not closed"#,
      #"""
        A string in quotes ends on its line. Text of several lines stands between `"""`: it \#
        begins on the next line, and the indent of the closing line is removed from every line.
        """#,
      wrong: #"""
        let greeting = "hello
        print(greeting)
        """#,
      right: #"""
        let greeting = "hello"
        print(greeting)
        """#),
    Explanation(
      .badEscape,
      #"an escape that does not exist"#,
      #"""
        In strings a backslash begins an escape: `\n \t \r \0 \e \\ \" \'`, `\xHH` in bytes, \#
        `\u{H…}` for any character. A backslash itself is written `\\`.
        """#,
      wrong: #"let path = "C:\data""#,
      right: #"let path = "C:\\data""#),
    Explanation(
      .malformedNumber,
      #"digits that are no number"#,
      #"""
        A number begins with a digit; `_` may stand between two digits. `0x`, `0o` and `0b` begin \#
        hexadecimal, octal and binary ints, a fraction needs digits on both sides, and a unit \#
        such as `ms` directly behind it makes a duration.
        """#,
      wrong: #"let half = .5"#,
      right: #"let half = 0.5"#),
    Explanation(
      .integerTooLarge,
      #"an int that does not fit"#,
      #"""
        Ints have 64 bits: from -9223372036854775808 to 9223372036854775807. Larger amounts can \#
        be floats, which are exact up to 2 ** 53.
        """#,
      wrong: #"let far = 99999999999999999999"#,
      right: #"let far = 1e20"#),
    Explanation(
      .unterminatedComment,
      #"a comment that is not closed"#,
      #"""
        A comment that begins with `/*` ends with `*/`. Such comments nest, so each `/*` inside \#
        needs its own `*/`.
        """#,
      wrong: #"""
        /* doubles a number
        let double = |x| x * 2
        """#,
      right: #"""
        /* doubles a number */
        let double = |x| x * 2
        """#),
    Explanation(
      .notUTF8,
      #"a file that is not UTF-8"#,
      #"""
        Programs are UTF-8 text. Bytes that are none have to be saved anew as UTF-8, or written \#
        as escapes in a bytes literal: `b"\xff"`.
        """#,
      wrong: #"print("caf�")"#,
      right: #"print("café")"#,
      program: Array("print(\"caf".utf8) + [0xE9] + Array("\")".utf8)),
    Explanation(
      .badInterpolation,
      #"braces in a text that hold no expression"#,
      #"""
        In a `$"…"` text, `{e}` inserts the value of an expression and `{e:format}` formats it. A \#
        brace as text is written `\{`.
        """#,
      wrong: #"""
        let n = 3
        print($"n is {n:qq}")
        """#,
      right: #"""
        let n = 3
        print($"n is {n:>5}")
        """#),
  ]
}

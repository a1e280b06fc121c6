/// What is wrong with how a program is written.
extension Explanation {
  static let syntax: [Explanation] = [
    Explanation(
      .expected,
      #"something else had to stand here"#,
      #"""
        The text up to here can only go on in certain ways, and what follows is none of them. The \#
        message names what was expected and what was found.
        """#,
      wrong: #"let 5 = 1"#,
      right: #"let five = 5"#),
    Explanation(
      .unclosed,
      #"a bracket or block without its end"#,
      #"""
        Every `(`, `[`, `{` and `do` needs its partner. The indentation of the lines tells which \#
        block most likely lacks its `end`; that one is named.
        """#,
      wrong: #"""
        func f(x) do
          if x do
            print(x)

        func g() do
          print(1)
        end
        """#,
      right: #"""
        func f(x) do
          if x do
            print(x)
          end
        end

        func g() do
          print(1)
        end
        """#),
    Explanation(
      .foreignOperator,
      #"an operator of another language"#,
      #"""
        Janus writes `and`, `or`, `not`, `==`, `!=`, `??`, `.`, `+= 1` and `if c do a else b end` \#
        where other languages have `&&`, `||`, `!`, `===`, `~=`, `?:`, `::`, `++` and `c ? a : \#
        b`. The fix shows the exact replacement.
        """#,
      wrong: #"""
        let a = true
        print(a && not false)
        """#,
      right: #"""
        let a = true
        print(a and not false)
        """#),
    Explanation(
      .assignmentInCondition,
      #"`=` where a comparison is meant"#,
      #"""
        `=` assigns and is a statement of its own; `==` compares. A condition is an expression, \#
        so an assignment cannot stand in it.
        """#,
      wrong: #"""
        let state = 1
        if state = 1 do print("on") end
        """#,
      right: #"""
        let state = 1
        if state == 1 do print("on") end
        """#),
    Explanation(
      .chainedComparison,
      #"a comparison of a comparison"#,
      #"""
        `a < b < c` would compare a bool with a number. Write both comparisons and join them with \#
        `and`.
        """#,
      wrong: #"""
        let age = 40
        print(18 <= age < 65)
        """#,
      right: #"""
        let age = 40
        print(18 <= age and age < 65)
        """#),
    Explanation(
      .mixedBlockStyle,
      #"a block that mixes its styles"#,
      #"""
        A block stands in `do … end` or in `{ … }`, and all blocks of one `if` chain keep one \#
        style.
        """#,
      wrong: #"""
        if true do
          print(1)
        }
        """#,
      right: #"""
        if true do
          print(1)
        end
        """#),
    Explanation(
      .reservedWord,
      #"a reserved word used as a name"#,
      #"""
        Reserved words cannot name variables, functions or types. After a `.` and before a `:` \#
        any word is a name, so members and keys may be called `end` or `type`.
        """#,
      wrong: #"let match = 3"#,
      right: #"let found = 3"#),
    Explanation(
      .bareBlock,
      #"a block that belongs to nothing"#,
      #"""
        A block is part of a statement: `if`, `while`, a function and so on. At the start of a \#
        statement `{` can only begin a map; for a scope of its own write `if true do … end`. \#
        There is no `do … while`: write `while true do … break when … end`.
        """#,
      wrong: #"""
        do
          print(1)
        end
        """#,
      right: #"""
        if true do
          print(1)
        end
        """#),
    Explanation(
      .foreignKeyword,
      #"a word of another language"#,
      #"""
        Janus has `func`, `else if`, `use`, `fail`, `match`, `struct` and `null` where other \#
        languages have `def` or `fn`, `elif`, `import`, `throw` or `raise`, `switch`, `class` and \#
        `nil` or `None`. The help names what stands for the word.
        """#,
      wrong: #"""
        def double(x) do
          x * 2
        end
        """#,
      right: #"""
        func double(x) do
          x * 2
        end
        """#),
    Explanation(
      .capitalisation,
      #"a name with the wrong first letter"#,
      #"""
        Types, traits, errors and cases begin with a capital letter, all other names with a \#
        lower-case letter or `_`; a constant may be all upper-case. The parser relies on it: \#
        `Point { … }` is a struct, `point` a variable.
        """#,
      wrong: #"struct point { x: int }"#,
      right: #"struct Point { x: int }"#),
    Explanation(
      .argumentNeedsParentheses,
      #"an argument that needs parentheses"#,
      #"""
        A call may leave out its parentheses if its first argument begins with a name, a literal, \#
        `.Case`, `func`, `if`, `match`, `not` or `await`. `-`, `(`, `[`, `{` and `|` behind a \#
        name would be operators or begin something else.
        """#,
      wrong: #"print -1"#,
      right: #"print(-1)"#),
    Explanation(
      .nestingTooDeep,
      #"brackets or blocks nested too deeply"#,
      #"""
        A program may nest about 180 levels deep, so that reading it never exhausts the memory of \#
        the machine that does. Name parts of the expression with `let`, or move them into \#
        functions.
        """#,
      wrong: #"print((((((…))))))"#,
      right: #"print(1)"#,
      program: Array("print(".utf8) + Array(repeating: UInt8(ascii: "("), count: 300)),
    Explanation(
      .notAssignable,
      #"something that cannot be assigned"#,
      #"""
        Variables, members, elements, and lists of them can stand to the left of `=`. A call, a \#
        literal or `a?.b` cannot.
        """#,
      wrong: #"""
        func f() do 1 end
        f() = 2
        """#,
      right: #"""
        var x = 1
        x = 2
        """#),
    Explanation(
      .misplacedModifier,
      #"`when` or `unless` behind something that does not act"#,
      #"""
        The modifiers follow calls, assignments and `return break continue fail defer spawn`. \#
        Declarations, loops and plain values take an `if` around them.
        """#,
      wrong: #"""
        let on = true
        let x = 1 when on
        """#,
      right: #"""
        let on = true
        var x = 0
        x = 1 when on
        """#),
    Explanation(
      .alternativeBinds,
      #"a name bound in one of several alternatives"#,
      #"""
        After `a | b` in a pattern it would not be known which names exist. Alternatives bind \#
        nothing: write `_`, or an arm for each.
        """#,
      wrong: #"match [1] { [x] | [x, _] => print(x), _ => print("none") }"#,
      right: #"match [1] { [x] => print(x), [x, _] => print(x), _ => print("none") }"#),
    Explanation(
      .headNeedsParentheses,
      #"braces or a trailing block in the head of a statement"#,
      #"""
        After the head of `if`, `while`, `for` and `match` a `{` or `do` opens the block. A \#
        struct literal, a map or a call with a trailing block in the head stands in parentheses.
        """#,
      wrong: #"""
        struct P { x: int }
        if P { x: 1 } == null do print(1) end
        """#,
      right: #"""
        struct P { x: int }
        if (P { x: 1 }) == null do print(1) end
        """#),
    Explanation(
      .sourceTooLarge,
      #"a file that is too large"#,
      #"""
        A source file has at most 64 MB. Data of that size belongs into a file that the program \#
        reads.
        """#,
      wrong: #"(a file of more than 64 MB)"#,
      right: #"print("small")"#,
      program: Array(repeating: 0x20, count: 64 << 20 + 1)),
    Explanation(
      .brokenLine,
      #"a line that ends too early"#,
      #"""
        A new line ends the statement unless the line ended in an infix operator, a comma or an \#
        opening bracket. What a reserved word such as `try`, `not`, `let` or `impl` waits for \#
        stands on its line.
        """#,
      wrong: #"""
        func f() do 1 end
        let x = try
          f()
        """#,
      right: #"""
        func f() do 1 end
        let x = try f()
        """#),
    Explanation(
      .restNotLast,
      #"a parameter behind the one that takes the rest"#,
      #"""
        `..rest` takes all arguments that are left, so nothing can be left for a parameter behind \#
        it.
        """#,
      wrong: #"func log(..parts, level) do print(level) end"#,
      right: #"func log(level, ..parts) do print(level) end"#),
    Explanation(
      .typedPattern,
      #"a type behind a pattern"#,
      #"""
        `let [a, b] = …` takes a value apart; the pattern as a whole has no annotation. The names \#
        in it may have one each.
        """#,
      wrong: #"let [a, b]: list[int] = [1, 2]"#,
      right: #"let [a: int, b: int] = [1, 2]"#),
  ]
}

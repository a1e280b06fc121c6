/// What people write who come from other languages.
extension Explanation {
  static let habits: [Explanation] = [
    Explanation(
      .missingBlock,
      #"a head without its block"#,
      #"""
        After the head of a statement its block begins on the same line, with `do` or `{`. A \#
        colon opens no block, and indentation alone makes none.
        """#,
      wrong: #"""
        let ready = true
        if ready:
          print("go")
        """#,
      right: #"""
        let ready = true
        if ready do
          print("go")
        end
        """#),
    Explanation(
      .strayCloser,
      #"an end that closes nothing"#,
      #"""
        Each `end`, `}`, `)` and `]` closes what was opened last. Either this one is too much, or \#
        the `do` or bracket that it was meant for is missing. One `end` closes a whole `if … else \#
        …` chain.
        """#,
      wrong: #"""
        print(1)
        end
        """#,
      right: #"print(1)"#),
    Explanation(
      .tuple,
      #"values in parentheses"#,
      #"""
        There are no tuples. Several values are a list, `[a, b]`, and `let [a, b] = …` takes a \#
        list apart; values with names are a map or a struct.
        """#,
      wrong: #"let pair = (1, 2)"#,
      right: #"let pair = [1, 2]"#),
    Explanation(
      .countingLoop,
      #"a loop with a counter"#,
      #"""
        `for` goes over the elements of a list, map, range or channel. A loop that counts goes \#
        over a range: `0..<n` without its end, `1..n` with it.
        """#,
      wrong: #"""
        for (let i = 0; i < 3; i++) {
          print(i)
        }
        """#,
      right: #"""
        for i in 0..<3 {
          print(i)
        }
        """#),
    Explanation(
      .namedWithEquals,
      #"an argument named with `=`"#,
      #"""
        A named argument is written `name: value`; `=` stands in declarations and assignments.
        """#,
      wrong: #"""
        func wait(seconds) do seconds end
        wait(seconds = 2)
        """#,
      right: #"""
        func wait(seconds) do seconds end
        wait(seconds: 2)
        """#),
    Explanation(
      .missingColon,
      #"a type without its colon, or before the name"#,
      #"""
        An annotation follows the name behind a colon: `x: int`. A declaration begins with `let`, \#
        `var` or `const`, never with a type.
        """#,
      wrong: #"int count = 3"#,
      right: #"let count: int = 3"#),
    Explanation(
      .missingValue,
      #"a variable without a value"#,
      #"""
        `let` and `const` need a value. A `var` may wait for one if its type admits null, which \#
        it is meanwhile.
        """#,
      wrong: #"""
        let count
        print(1)
        """#,
      right: #"""
        var count
        print(1)
        """#),
    Explanation(
      .handlerNeedsBars,
      #"the name of a caught error without bars"#,
      #"""
        `catch |err| …` binds the error to a name; without bars, what follows `catch` is the \#
        value that takes its place.
        """#,
      wrong: #"""
        func f() do fail "no" end
        f() catch err do
          print(err.message)
        end
        """#,
      right: #"""
        func f() do fail "no" end
        f() catch |err| do
          print(err.message)
        end
        """#),
    Explanation(
      .statementAsValue,
      #"a statement where a value is needed"#,
      #"""
        Loops, declarations and assignments are statements and have no value. `if`, `match`, \#
        `nursery`, `within`, `select` and `using` are expressions.
        """#,
      wrong: #"let x = while true do break end"#,
      right: #"let x = if true do 1 else 2 end"#),
    Explanation(
      .leftover,
      #"two things on one line"#,
      #"""
        A statement ends with its line or with `;`. Arguments are separated by commas, and only a \#
        name or dotted path takes arguments without parentheses.
        """#,
      wrong: #"let a = 1 let b = 2"#,
      right: #"""
        let a = 1
        let b = 2
        """#),
    Explanation(
      .shortBody,
      #"the body of a function behind `=` or `=>`"#,
      #"""
        The body of a function stands in `do … end` or `{ … }`; its last expression is the value. \#
        Something short can be a closure: `|x| x * 2`.
        """#,
      wrong: #"func double(x) => x * 2"#,
      right: #"func double(x) do x * 2 end"#),
    Explanation(
      .bindingSign,
      #"`:=` and `=` exchanged"#,
      #"""
        `x := e` declares x and stands without `let`; `using f := e do` has it too. `let x = e` \#
        and assignments take `=`.
        """#,
      wrong: #"let x := 1"#,
      right: #"x := 1"#),
    Explanation(
      .rangeOfStrings,
      #"`..` between strings"#,
      #"""
        `a..b` is a range of ints. Strings are joined with `+`, or written as one text: \#
        `$"{a}{b}"`.
        """#,
      wrong: #"""
        let name = "Ada"
        print("hello " .. name)
        """#,
      right: #"""
        let name = "Ada"
        print("hello " + name)
        """#),
    Explanation(
      .foreignString,
      #"a string of another language"#,
      #"""
        Text with expressions in braces is written `$"…"`. Strings have no prefix but `b` for \#
        bytes, and backticks are no quotes.
        """#,
      wrong: #"""
        let name = "Ada"
        print(f"hello {name}")
        """#,
      right: #"""
        let name = "Ada"
        print($"hello {name}")
        """#),
    Explanation(
      .foreignType,
      #"a type written as in another language"#,
      #"""
        The elements of a type stand in brackets, `list[int]`; a result follows `->`; a function \#
        is `(A, B) -> C`; an optional type is `T?`. There are no pointers: lists, maps and \#
        structs are references.
        """#,
      wrong: #"func sum(xs: list<int>) do xs.sum() end"#,
      right: #"func sum(xs: list[int]) do xs.sum() end"#),
    Explanation(
      .comprehension,
      #"a loop inside a list"#,
      #"A list is built from another with `map` and `filter`, or in a loop with `push`."#,
      wrong: #"let squares = [x * x for x in [1, 2, 3]]"#,
      right: #"let squares = [1, 2, 3].map(|x| x * x)"#),
    Explanation(
      .misspeltKeyword,
      #"a misspelt reserved word"#,
      #"""
        A word that nothing declares begins a statement as if it were a function. A reserved word \#
        with almost the same letters was probably meant.
        """#,
      wrong: #"""
        func f() do
          retrun 1
        end
        """#,
      right: #"""
        func f() do
          return 1
        end
        """#),
    Explanation(
      .conditionBinds,
      #"a declaration in a condition"#,
      #"""
        A condition is an expression and binds nothing. Declare the variable before it; `match` \#
        tests and binds at once.
        """#,
      wrong: #"""
        func find() do null end
        if let x = find() do print(x) end
        """#,
      right: #"""
        func find() do null end
        let x = find()
        if x != null do print(x) end
        """#),
  ]
}

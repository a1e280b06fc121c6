/// What `janus check` warns of: the program runs, and hardly does what was meant.
extension Explanation {
  static let lints: [Explanation] = [
    Explanation(
      .reassignedLet, "a `let` that is assigned later",
      "`let` is for names that keep their value; `var` tells readers that it changes.",
      wrong: "let count = 0\ncount += 1\nprint(count)",
      right: "var count = 0\ncount += 1\nprint(count)"),
    Explanation(
      .unreachableCode, "code that is never reached",
      "What stands before it always leaves: by `return`, `fail`, `break`, `continue` or `exit`.",
      wrong: "func f() do\n    return 1\n    print(2)\nend\nprint(f())",
      right: "func f() do\n    print(2)\n    return 1\nend\nprint(f())"),
    Explanation(
      .unusedVariable, "a variable that is never used",
      "Remove it, or begin its name with `_` if it has to be there.",
      wrong: "for i in 1..3 do print(\"again\") end",
      right: "for _i in 1..3 do print(\"again\") end"),
    Explanation(
      .unusedParameter, "a parameter that is never used",
      "Begin its name with `_` if callers have to give it all the same.",
      wrong: "func area(w, h) do w * w end\nprint(area(1, 2))",
      right: "func area(w, h) do w * h end\nprint(area(1, 2))"),
    Explanation(
      .unusedImport, "a module that is never used",
      "Remove the `use`. A file that is used for its impls or for what it does is not reported.",
      wrong: "use std.math\nprint(1)", right: "use std.math\nprint(math.pi)"),
    Explanation(
      .unusedFunction, "a function that is never called",
      "It is not `pub`, and nothing in its file calls it but itself.",
      wrong: "func half(n) do n / 2 end\nprint(1)",
      right: "func half(n) do n / 2 end\nprint(half(2))"),
    Explanation(
      .unusedType, "a type that is never used",
      "It is not `pub`, and nothing in its file names it.",
      wrong: "struct Point { x: int }\nprint(1)",
      right: "struct Point { x: int }\nprint(Point { x: 1 })"),
    Explanation(
      .unusedLabel, "a label that is never used",
      "No `break` or `continue` inside the loop names it.",
      wrong: "outer: for i in 1..3 do print(i) end",
      right: "outer: for i in 1..3 do\n    break outer when i == 2\nend"),
    Explanation(
      .missingCases, "a match that leaves values out",
      """
      A value that no arm takes raises `Fault.NoMatch`. The report shows such a value; add an arm \
      for it, or `_ => …` for all the rest.
      """,
      wrong: """
        enum Light { Red, Green }
        func next(light: Light) do
            match light { .Red => 1 }
        end
        print(next(.Red))
        """,
      right: """
        enum Light { Red, Green }
        func next(light: Light) do
            match light { .Red => 1, .Green => 2 }
        end
        print(next(.Red))
        """),
    Explanation(
      .uselessArm, "an arm that nothing reaches",
      "Arms are tried in turn: those above take every value that this one would.",
      wrong: "func f(n: int) do\n    match n { _ => 1, 0 => 2 }\nend\nprint(f(0))",
      right: "func f(n: int) do\n    match n { 0 => 2, _ => 1 }\nend\nprint(f(0))"),
    Explanation(
      .shadowedName, "a new name that hides the one that was meant",
      """
      `let` always makes a new variable, and a name in a pattern always binds. The new one is \
      never used, and the one outside stays as it is.
      """,
      wrong: """
        func sum(xs) do
            var total = 0
            for x in xs do
                let total = total + x
            end
            total
        end
        print(sum([1]))
        """,
      right: """
        func sum(xs) do
            var total = 0
            for x in xs do
                total = total + x
            end
            total
        end
        print(sum([1]))
        """),
    Explanation(
      .unmarkedFailure, "a call that may fail and does not say so",
      """
      A function that declares an error is called with `try`, or below `catch`, so that readers \
      see where a function can be left. Functions that declare `! Fault` need no mark.
      """,
      wrong: """
        error NetError { Timeout }
        func fetch(url) -> string ! NetError do
            fail NetError.Timeout when url == ""
            url
        end
        print(fetch("a"))
        """,
      right: """
        error NetError { Timeout }
        func fetch(url) -> string ! NetError do
            fail NetError.Timeout when url == ""
            url
        end
        print(try fetch("a"))
        """),
    Explanation(
      .constantComparison, "a comparison that never changes",
      "Values of these types are never equal, or the value is always of that type.",
      wrong: "let count = 3\nprint(count == \"3\")", right: "let count = 3\nprint(count == 3)"),
    Explanation(
      .selfComparison, "a comparison of a value with itself",
      "Both sides are the same: another name was meant on one of them.",
      wrong: "let a = 1\nprint(a < a)", right: "let a = 1\nlet b = 2\nprint(a < b)"),
    Explanation(
      .selfAssignment, "a name that is assigned to itself",
      "Nothing changes. In a method the field was probably meant: `self.x = x`.",
      wrong: "var x = 1\nx = x\nprint(x)", right: "var x = 1\nx = x + 1\nprint(x)"),
    Explanation(
      .repeatedCondition, "a condition that was tried above",
      "The same condition stands earlier in the chain, so this branch is never taken.",
      wrong: """
        func f(n) do
            if n > 1 do "a" else if n > 1 do "b" else "c" end
        end
        print(f(1))
        """,
      right: """
        func f(n) do
            if n > 1 do "a" else if n > 0 do "b" else "c" end
        end
        print(f(1))
        """),
    Explanation(
      .unusedResult, "a call that is made for a result nobody uses",
      """
      The function only computes. Others change a value in place: `sort`, where `sorted` gives a \
      new list.
      """,
      wrong: "let xs = [2, 1]\nxs.sorted()\nprint(xs)",
      right: "let xs = [2, 1]\nxs.sort()\nprint(xs)"),
    Explanation(
      .unusedValue, "a value that nobody uses",
      "The statement computes a value and drops it. `==` compares; `=` assigns.",
      wrong: "var x = 1\nx == 2\nprint(x)", right: "var x = 1\nx = 2\nprint(x)"),
    Explanation(
      .duplicateKey, "a key that stands twice in a map",
      "The later value replaces the earlier one, which nobody reads.",
      wrong: "print({ a: 1, a: 2 })", right: "print({ a: 1, b: 2 })"),
    Explanation(
      .emptyRange, "a loop over an empty range",
      "Ranges go up. To count down, reverse one: `(1..5).reversed()`.",
      wrong: "for i in 5..1 do print(i) end", right: "for i in (1..5).reversed() do print(i) end"),
    Explanation(
      .uselessCoalesce, "a `??` behind a value that is never null",
      "The right side is never used: it stands in for null only.",
      wrong: "let n = len(\"a\")\nprint(n ?? 0)", right: "let n = len(\"a\")\nprint(n)"),
    Explanation(
      .uselessOptional, "a `?.` behind a value that is never null",
      "A plain `.` does the same, and says that the value is always there.",
      wrong: "let s = \"a\"\nprint(s?.upper())", right: "let s = \"a\"\nprint(s.upper())"),
    Explanation(
      .unusedAssignment, "a variable that is assigned and never read",
      "Its values go nowhere. Use them, or remove the variable.",
      wrong: """
        func f(xs) do
            var n = 0
            for _x in xs do n += 1 end
        end
        f([1])
        """,
      right: """
        func f(xs) do
            var n = 0
            for _x in xs do n += 1 end
            n
        end
        print(f([1]))
        """),
  ]
}

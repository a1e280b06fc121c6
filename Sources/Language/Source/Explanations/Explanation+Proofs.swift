/// What `janus check` proves: the line fails whenever it is executed.
extension Explanation {
  static let proofs: [Explanation] = [
    Explanation(
      .typeMismatch, "a value that its annotation refuses",
      """
      A variable, field or parameter with an annotation takes only values of that type. The value \
      here can be none of them, so binding it raises `Fault.Type`.
      """,
      wrong: "let count: int = \"three\"\nprint(count)", right: "let count: int = 3\nprint(count)"),
    Explanation(
      .argumentType, "an argument that the function cannot take",
      """
      The function's annotation, or what its body surely does with the parameter, refuses this \
      argument: the call raises `Fault.Type`.
      """,
      wrong: "func half(n: int) do n / 2 end\nprint(half(\"4\"))",
      right: "func half(n: int) do n / 2 end\nprint(half(4))"),
    Explanation(
      .resultType, "a result that the function does not promise",
      """
      What a function with a result type returns is held to that type, on every way out. A body \
      that ends in a statement gives null.
      """,
      wrong: "func size(s: string) -> int do\n    s + \"!\"\nend\nprint(size(\"a\"))",
      right: "func size(s: string) -> int do\n    len(s)\nend\nprint(size(\"a\"))"),
    Explanation(
      .operandType, "an operator between values that it does not join",
      """
      Operators work on values of certain kinds: `+` on two numbers, strings, bytes or durations, \
      `&` on two ints, and so on. Nothing is converted on the way.
      """,
      wrong: "let n = 5\nprint(\"n = \" + n)", right: "let n = 5\nprint($\"n = {n}\")"),
    Explanation(
      .conditionType, "a condition that is no bool",
      """
      Conditions are bools. Numbers, strings and lists are neither true nor false: compare them, \
      or ask for their length.
      """,
      wrong: "let names = [\"a\"]\nif names do print(1) end",
      right: "let names = [\"a\"]\nif len(names) > 0 do print(1) end"),
    Explanation(
      .calledNonFunction, "a call of something that is no function",
      """
      Only functions, closures and cases with a payload can be called. A struct is made with \
      braces.
      """,
      wrong: "struct Point { x: int }\nprint(Point(1))",
      right: "struct Point { x: int }\nprint(Point { x: 1 })"),
    Explanation(
      .missingArgument, "a call with too few arguments",
      "Every parameter without a default needs an argument; otherwise the call is `Fault.Arity`.",
      wrong: "func area(w, h) do w * h end\nprint(area(2))",
      right: "func area(w, h) do w * h end\nprint(area(2, 3))"),
    Explanation(
      .tooManyArguments, "a call with too many arguments",
      """
      The function has fewer parameters than the call has arguments. `..rest` as last parameter \
      would take any number.
      """,
      wrong: "func half(n) do n / 2 end\nprint(half(1, 2))",
      right: "func half(n) do n / 2 end\nprint(half(2))"),
    Explanation(
      .unknownArgument, "an argument with a name that no parameter has",
      "A named argument names a parameter of the function that is called.",
      wrong: "func move(x = 0, y = 0) do print(x, y) end\nmove(z: 1)",
      right: "func move(x = 0, y = 0) do print(x, y) end\nmove(y: 1)"),
    Explanation(
      .duplicateArgument, "an argument that is given twice",
      "A parameter gets one value: by place or by name, not both.",
      wrong: "func move(x = 0, y = 0) do print(x, y) end\nmove(1, x: 2)",
      right: "func move(x = 0, y = 0) do print(x, y) end\nmove(1, y: 2)"),
    Explanation(
      .missingField, "a struct without one of its fields",
      """
      A field needs a value unless it has a default or its type admits null. Making the struct \
      raises `Fault.Arity`.
      """,
      wrong: "struct User { id: int, name: string }\nprint(User { id: 1 })",
      right: "struct User { id: int, name: string }\nprint(User { id: 1, name: \"a\" })"),
    Explanation(
      .unknownField, "a field that the value does not have",
      "The type of the value is known, and it has no such field. Methods are called with `()`.",
      wrong: "print(\"abc\".len)", right: "print(\"abc\".len())"),
    Explanation(
      .unknownMethod, "a method that the value does not have",
      """
      The type of the value is known, and neither it nor an impl of a module in use has such a \
      method, nor is a function of that name in scope.
      """,
      wrong: "print(\"abc\".uper())", right: "print(\"abc\".upper())"),
    Explanation(
      .unknownCase, "a case that the enum does not have",
      "The annotation says which enum `.Case` belongs to, and it has no such case.",
      wrong: "enum Light { Red, Green }\nlet light: Light = .Blue\nprint(light)",
      right: "enum Light { Red, Green }\nlet light: Light = .Green\nprint(light)"),
    Explanation(
      .notIterable, "a loop over something without elements",
      """
      Lists, maps, strings, bytes, ranges and channels can be iterated over. To count, use a range.
      """,
      wrong: "for i in 3 do print(i) end", right: "for i in 0..<3 do print(i) end"),
    Explanation(
      .notIndexable, "an index on something without elements",
      "Lists, maps, strings, bytes and ranges have elements. Strings and bytes cannot be changed.",
      wrong: "let n = 3\nprint(n[0])", right: "let n = [3]\nprint(n[0])"),
    Explanation(
      .indexType, "an index that is no int",
      "Lists, strings and bytes are indexed by ints, or by ranges for a part of them.",
      wrong: "print([1, 2][\"0\"])", right: "print([1, 2][0])"),
    Explanation(
      .indexOutOfRange, "an index that is out of range",
      "The value stands there with all its elements, and there is none at that index.",
      wrong: "print([1, 2][2])", right: "print([1, 2][-1])"),
    Explanation(
      .badKey, "a value that cannot be a key",
      """
      Keys are null, bools, ints, strings, bytes, durations and cases without payload: values that \
      never change.
      """,
      wrong: "print({ [[1]]: 2 })", right: "print({ [\"1\"]: 2 })"),
    Explanation(
      .nullAccess, "a use of null",
      """
      The value is null here, so it has neither fields nor methods nor elements. `?.` gives null \
      instead, `??` another value.
      """,
      wrong: "let name = null\nprint(name.len())", right: "let name = null\nprint(name?.len())"),
    Explanation(
      .cannotDestructure, "a pattern for something that has no parts",
      "A list pattern takes lists apart, a map pattern maps and structs.",
      wrong: "let [a, b] = 5\nprint(a, b)", right: "let [a, b] = [5, 6]\nprint(a, b)"),
    Explanation(
      .failNeedsError, "`fail` with something that is no error",
      "`fail` takes a case of an `error` type, a text, or an error that was caught.",
      wrong: "func stop() do\n    fail 404\nend\nstop()",
      right: "func stop() do\n    fail \"not found\"\nend\nstop() catch print(\"caught\")"),
    Explanation(
      .badFormat, "a format that does not suit the value",
      "`d`, `x`, `X`, `b` and `o` are for ints, `f`, `e` and `%` for numbers.",
      wrong: "let name = \"Ada\"\nprint($\"{name:.2f}\")",
      right: "let name = \"Ada\"\nprint($\"{name:>8}\")"),
    Explanation(
      .divisionByZero, "a division of an int by 0",
      "`x / 0` and `x % 0` raise `Fault.DivisionByZero` for every int. Floats give `inf` or `nan`.",
      wrong: "let n = 4\nprint(n / 0)", right: "let n = 4\nprint(n / 2)"),
    Explanation(
      .badShift, "a shift by a count outside 0…63",
      "An int has 64 bits; a shift by another count raises `Fault.Shift`.",
      wrong: "let n = 1\nprint(n << 64)", right: "let n = 1\nprint(n << 63)"),
    Explanation(
      .payloadPattern, "a pattern with more fields than the case has",
      "A pattern of a case names the fields of its payload in order, or ends with `..`.",
      wrong: """
        enum Shape { Circle(r: float), Empty }
        func show(s: Shape) do
            match s { .Circle(r, x) => print(r, x), .Empty => print("empty") }
        end
        show(Shape.Empty)
        """,
      right: """
        enum Shape { Circle(r: float), Empty }
        func show(s: Shape) do
            match s { .Circle(r) => print(r), .Empty => print("empty") }
        end
        show(Shape.Empty)
        """),
  ]
}

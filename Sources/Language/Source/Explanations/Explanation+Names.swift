/// What is wrong with names and where things stand.
extension Explanation {
  static let names: [Explanation] = [
    Explanation(
      .unknownName,
      #"a name that nothing declares"#,
      #"""
        A name must be declared here or in a block around: by `let`, a function, a parameter, a \#
        pattern or `use`. Modules of the library need `use`, and a variable is visible only \#
        behind its declaration.
        """#,
      wrong: #"""
        let length = 3
        print(lenght)
        """#,
      right: #"""
        let length = 3
        print(length)
        """#),
    Explanation(
      .duplicateDeclaration,
      #"a name declared twice"#,
      #"""
        In one block a function or type may exist once; so may a field, a case, a method and a \#
        parameter where they are declared. A second `let` of a variable is allowed and hides the \#
        first.
        """#,
      wrong: #"""
        func f() do 1 end
        func f() do 2 end
        """#,
      right: #"""
        func f() do 1 end
        func g() do 2 end
        """#),
    Explanation(
      .notReassignable,
      #"something that cannot be assigned again"#,
      #"""
        A `const`, a function, a type and a module keep their meaning. What is to change is a \#
        `var`.
        """#,
      wrong: #"""
        const LIMIT = 3
        LIMIT = 4
        """#,
      right: #"""
        var limit = 3
        limit = 4
        """#),
    Explanation(
      .outsideLoop,
      #"`break` or `continue` outside a loop"#,
      #"""
        `break` and `continue` belong to a loop of the same function. A closure inside a loop is \#
        a function of its own; it is left with `return`.
        """#,
      wrong: #"break"#,
      right: #"while true do break end"#),
    Explanation(
      .unknownLabel,
      #"a label that no loop has"#,
      #"""
        `break name` and `continue name` leave the loop around them that is labelled so: `name: \#
        for … do`.
        """#,
      wrong: #"for x in [1] do break outer end"#,
      right: #"outer: for x in [1] do break outer end"#),
    Explanation(
      .returnOutsideFunction,
      #"`return` outside a function"#,
      #"The statements of a file are no function. A program is ended with `exit(status)`."#,
      wrong: #"return 1"#,
      right: #"func f() do return 1 end"#),
    Explanation(
      .spawnOutsideNursery,
      #"`spawn` outside a nursery"#,
      #"""
        A task belongs to a nursery of the same function, which waits for it and passes its \#
        failure on.
        """#,
      wrong: #"""
        func work() do 1 end
        spawn work()
        """#,
      right: #"""
        func work() do 1 end
        nursery do
          spawn work()
        end
        """#),
    Explanation(
      .selfOutsideMethod,
      #"`self` outside a method"#,
      #"""
        `self` is the first parameter of a method, a function in an `impl`. Without that \#
        parameter the function belongs to the type and has no object.
        """#,
      wrong: #"""
        struct P { x: int }
        impl P { func get() do self.x end }
        """#,
      right: #"""
        struct P { x: int }
        impl P { func get(self) do self.x end }
        """#),
    Explanation(
      .unknownModule,
      #"a module that does not exist"#,
      #"""
        `use std.name` names a module of the library, `use "./file.jan"` a file, relative to the \#
        file that uses it.
        """#,
      wrong: #"use std.jsn"#,
      right: #"use std.json"#),
    Explanation(
      .moduleRing,
      #"modules that use each other"#,
      #"""
        A module is run before those that use it, so a ring has no first one. Move what both need \#
        into a third module.
        """#,
      wrong: #"use "./example.jan""#,
      right: #"use std.json"#),
    Explanation(
      .usedBeforeInitialiser,
      #"a variable used before its declaration"#,
      #"""
        Functions and types are visible in their whole block, a variable only behind its \#
        initialiser.
        """#,
      wrong: #"""
        print(total)
        let total = 3
        """#,
      right: #"""
        let total = 3
        print(total)
        """#),
    Explanation(
      .unknownExport,
      #"a name that a module does not offer"#,
      #"Other modules see only what is declared with `pub`."#,
      wrong: #"""
        use std.math
        print(math.squareroot(2.0))
        """#,
      right: #"""
        use std.math
        print(math.sqrt(2.0))
        """#),
    Explanation(
      .unknownType,
      #"a type that does not exist"#,
      #"""
        An annotation names a core type such as `int`, `string`, `list[T]`, or a struct, enum, \#
        error or trait that is declared or used here.
        """#,
      wrong: #"func f(x: strng) do x end"#,
      right: #"func f(x: string) do x end"#),
    Explanation(
      .unknownMember,
      #"a field or case that the type does not have"#,
      #"""
        The declaration of a struct lists all its fields, that of an enum or error all its cases.
        """#,
      wrong: #"""
        enum Light { Red, Green }
        print(Light.Blue)
        """#,
      right: #"""
        enum Light { Red, Green }
        print(Light.Green)
        """#),
    Explanation(
      .untypedCase,
      #"`.Case` where nothing says of which type"#,
      #"""
        A case may stand without its type in patterns, as an operand of `== != in is`, and where \#
        an annotation names the enum. Elsewhere the name of the type stands before the dot.
        """#,
      wrong: #"""
        enum Light { Red, Green }
        let light = .Red
        """#,
      right: #"""
        enum Light { Red, Green }
        let light: Light = .Red
        """#),
    Explanation(
      .useZig,
      #"`use zig`"#,
      #"Programs call no Zig code. Native cryptography is in `std.crypto`."#,
      wrong: #"use zig "std/crypto""#,
      right: #"use std.math"#),
    Explanation(
      .positionalAfterNamed,
      #"a positional argument behind a named one"#,
      #"""
        Arguments by position come first, then those by name. Only a trailing closure may follow \#
        a named argument.
        """#,
      wrong: #"""
        func area(w, h) do w * h end
        print(area(w: 1, 2))
        """#,
      right: #"""
        func area(w, h) do w * h end
        print(area(1, h: 2))
        """#),
    Explanation(
      .missingTraitMethod,
      #"an impl that lacks a method"#,
      #"`impl Trait for Type` must define every method of the trait that has no default."#,
      wrong: #"""
        trait Area { func area(self) -> float }
        struct P { x: float }
        impl Area for P {}
        """#,
      right: #"""
        trait Area { func area(self) -> float }
        struct P { x: float }
        impl Area for P { func area(self) -> float do self.x end }
        """#),
    Explanation(
      .misplacedKeyword,
      #"a module where a value is needed"#,
      #"""
        A module is no value: it cannot be stored, passed or printed. Its members are reached \#
        with a dot.
        """#,
      wrong: #"""
        use std.math
        let m = math
        """#,
      right: #"""
        use std.math
        let m = math.sqrt
        """#),
    Explanation(
      .notCallable,
      #"a type that is called"#,
      #"""
        A core type such as `range` is no function. A range is written `a..b` with its end or \#
        `a..<b` without it.
        """#,
      wrong: #"for i in range(3) do print(i) end"#,
      right: #"for i in 0..<3 do print(i) end"#),
    Explanation(
      .tooManyRegisters,
      #"a function that needs too many variables"#,
      #"""
        A function holds at most about 250 variables and intermediate values at once, a call \#
        takes at most 250 arguments. Split the function, or put the values into a list.
        """#,
      wrong: #"print(f(0, 1, 2, …, 299))"#,
      right: #"print([0, 1, 2].len())"#,
      program: Array(
        "let f = 1\nf(\((0..<300).map(String.init).joined(separator: ",")))".utf8)),
  ]
}

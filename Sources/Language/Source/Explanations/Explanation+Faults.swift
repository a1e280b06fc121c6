/// What goes wrong while a program runs.
extension Explanation {
  static let faults: [Explanation] = [
    Explanation(
      "Fault.Type",
      #"a value of the wrong type"#,
      #"""
        An operation or an annotation got a value that it cannot take; the message shows both. \#
        Convert it with `int(x)`, `float(x)` or `string(x)`, or put it into a text: `$"{x}"`.
        """#,
      wrong: #"print("a" + 1)"#,
      right: #"print("a" + string(1))"#),
    Explanation(
      "Fault.Name",
      #"a member that a value does not have"#,
      #"""
        The value has no method or field of that name, and no function of that name is in scope. \#
        The hint names what is near.
        """#,
      wrong: #"print([1, 2].size())"#,
      right: #"print([1, 2].len())"#),
    Explanation(
      "Fault.Arity",
      #"too few or too many arguments"#,
      #"""
        A call must give every parameter without a default and no more than there are; names must \#
        be those of parameters.
        """#,
      wrong: #"""
        func area(w, h) do w * h end
        print(area(2))
        """#,
      right: #"""
        func area(w, h) do w * h end
        print(area(2, 3))
        """#),
    Explanation(
      "Fault.Index",
      #"an index out of range"#,
      #"""
        Indices go from 0 to `len(x) - 1`; negative ones count from the end. Slices must lie \#
        within the value too.
        """#,
      wrong: #"""
        let xs = [1, 2]
        print(xs[2])
        """#,
      right: #"""
        let xs = [1, 2]
        print(xs[-1])
        """#),
    Explanation(
      "Fault.Key",
      #"a key that a map cannot have, or keys that changed"#,
      #"""
        Keys are null, bools, ints, strings, bytes, durations and cases without payload. While a \#
        map is iterated over, keys cannot be added or removed: iterate over `m.keys()`.
        """#,
      wrong: #"""
        let m = { a: 1 }
        for k in m do m.remove(k) end
        """#,
      right: #"""
        let m = { a: 1 }
        for k in m.keys() do m.remove(k) end
        """#),
    Explanation(
      "Fault.Overflow",
      #"a result that no int holds"#,
      #"""
        Ints have 64 bits and do not wrap around by accident. `+%`, `-%` and `*%` wrap on \#
        purpose; floats have a larger range.
        """#,
      wrong: #"print(9223372036854775807 + 1)"#,
      right: #"print(9223372036854775807 +% 1)"#),
    Explanation(
      "Fault.DivisionByZero",
      #"a division by zero"#,
      #"""
        An int divided by zero has no value. Test the divisor, or divide floats, which gives inf \#
        or nan.
        """#,
      wrong: #"""
        let n = 0
        print(10 / n)
        """#,
      right: #"""
        let n = 0
        print(if n == 0 do 0 else 10 / n end)
        """#),
    Explanation(
      "Fault.Shift",
      #"a shift by too many bits"#,
      #"An int has 64 bits, so it is shifted by 0 to 63."#,
      wrong: #"""
        let bits = 64
        print(1 << bits)
        """#,
      right: #"""
        let bits = 63
        print(1 << bits)
        """#),
    Explanation(
      "Fault.Contract",
      #"an assertion that does not hold"#,
      #"`assert` and `expect` state what must be true; the message shows both sides."#,
      wrong: #"""
        let total = 2 + 2
        assert total == 5
        """#,
      right: #"""
        let total = 2 + 2
        assert total == 4
        """#),
    Explanation(
      "Fault.NoMatch",
      #"a value that no arm takes"#,
      #"""
        The arms of `match` are tried in turn, and none took the value. `_ => …` takes everything \#
        that is left.
        """#,
      wrong: #"""
        let n = 3
        print(match n { 1 => "one", 2 => "two" })
        """#,
      right: #"""
        let n = 3
        print(match n { 1 => "one", 2 => "two", _ => "many" })
        """#),
    Explanation(
      "Fault.Null",
      #"null where a value is needed"#,
      #"""
        null has no members, elements or calls. `?.` gives null again, `??` a value in its place.
        """#,
      wrong: #"""
        let user = null
        print(user.name)
        """#,
      right: #"""
        let user = null
        print(user?.name ?? "nobody")
        """#),
    Explanation(
      "Fault.Recursion",
      #"recursion that is too deep"#,
      #"""
        Each call that waits for another needs memory, and there is a limit. A call in tail \#
        position needs none: let the call be the last thing that the function does.
        """#,
      wrong: #"""
        func count(n) do 1 + count(n + 1) end
        print(count(0))
        """#,
      right: #"""
        func count(n) do if n == 1000 do n else count(n + 1) end end
        print(count(0))
        """#),
    Explanation(
      "Fault.Timeout",
      #"a deadline that passed"#,
      #"""
        `within` gives its block a time; what has not ended by then is cancelled, and its defers \#
        run.
        """#,
      wrong: #"""
        within 1ms do
          sleep(1h)
        end
        """#,
      right: #"""
        within 1h do
          sleep(1ms)
        end
        """#),
    Explanation(
      "Fault.Deadlock",
      #"everything waits for something else"#,
      #"""
        No task can run any more and no timer is set. The message names who waits for what.
        """#,
      wrong: #"""
        let ch = channel()
        print(ch.recv())
        """#,
      right: #"""
        let ch = channel(1)
        ch.send(1)
        print(ch.recv())
        """#),
    Explanation(
      "Fault.Closed",
      #"a channel that is closed"#,
      #"""
        Nothing can be sent on a closed channel, and nothing received once it is empty. `for m in \#
        ch` ends by itself.
        """#,
      wrong: #"""
        let ch = channel(1)
        ch.close()
        ch.send(1)
        """#,
      right: #"""
        let ch = channel(1)
        ch.send(1)
        ch.close()
        """#),
    Explanation(
      "Fault.Denied",
      #"something that the program may not touch"#,
      #"""
        A program reads below its own folder and writes to the console; all else has to be \#
        allowed with `--allow-read`, `--allow-write`, `--allow-net`, `--allow-env` or `--allow- \#
        run`. The message names the flag.
        """#,
      wrong: #"""
        use std.env
        print(env.get("HOME"))
        """#,
      right: #"print("home")"#),
    Explanation(
      "Fault.Limit",
      #"a limit that was reached"#,
      #"""
        `--max-steps`, `--max-memory` and `--timeout` end a program that uses more. `catch` \#
        cannot hold it up; defers run.
        """#,
      wrong: #"while true do end"#,
      right: #"for i in 0..<3 do print(i) end"#,
      options: ["--max-steps", "1000"]),
    Explanation(
      "Fault.Parse",
      #"a text that does not say what was asked for"#,
      #"""
        `int("x")`, `float("x")`, `json.parse` and the like need text of their form. `catch` \#
        gives a value in its place.
        """#,
      wrong: #"print(int("twelve"))"#,
      right: #"print(int("twelve") catch 0)"#),
    Explanation(
      "Fault.Io",
      #"a file or connection that failed"#,
      #"""
        The system refused; the message has its words. The place may be missing, or not be what \#
        was expected.
        """#,
      wrong: #"""
        use std.fs
        print(fs.read("missing.txt"))
        """#,
      right: #"""
        use std.fs
        print(fs.exists("missing.txt"))
        """#,
      options: ["--allow-read"]),
    Explanation(
      "fail",
      #"an error that nobody caught"#,
      #"""
        `fail "text"` raises an error with the code `fail`. It goes up to the nearest `catch`; an \#
        error that nobody catches ends the program with status 1.
        """#,
      wrong: #"""
        func load() do fail "no data" end
        load()
        """#,
      right: #"""
        func load() do fail "no data" end
        load() catch print("went on")
        """#),
  ]
}

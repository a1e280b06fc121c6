// Written by Scripts/embed-stdlib from the .jan files beside it. Do not edit.

/// The sources of the standard library.
public enum StandardLibrary {
  /// The prelude first, then the others in alphabetical order.
  public static let moduleNames: [String] = [
    "prelude",
    "core/bool",
    "core/bytes",
    "core/channel",
    "core/duration",
    "core/float",
    "core/int",
    "core/list",
    "core/map",
    "core/range",
    "core/string",
    "core/task",
    "std.env",
    "std.fs",
    "std.io",
    "std.json",
    "std.log",
    "std.math",
    "std.path",
    "std.process",
    "std.random",
    "std.regex",
    "std.text",
    "std.time",
  ]

  /// The source of a module, or nil for a name that is none.
  public static func source(_ module: String) -> StaticString? {
    switch module {
    case "prelude":
#"""
/// Writes the values, with nothing between them, and ends the line.
///
/// `print("x = ", 1)` writes `x = 1`.
///
/// ```janus
/// print("x = ", 1)
/// // => x = 1
/// ```
pub native func print(..values)

/// The same as `print`.
///
/// ```janus
/// println("x")
/// // => x
/// ```
pub native func println(..values)

/// Writes the values and leaves the line open.
///
/// ```janus
/// write("x", 1)
/// write("\n")
/// // => x1
/// ```
pub native func write(..values)

/// Writes a line to standard error.
///
/// ```janus
/// eprint("not for standard output")
/// ```
pub native func eprint(..values)

/// Shows an expression, its value and its place on standard error, and gives the value.
///
/// ```janus
/// debug(1 + 2) // => 3
/// ```
pub native func debug(value, expression = null, place = null)

/// The number of elements, entries, characters (Unicode scalars) or bytes.
///
/// ```janus
/// len("né")      // => 2
/// len([1, 2, 3]) // => 3
/// len(1)         // fails: Fault.Type
/// ```
pub native func len(x) -> int

/// A number cut to an int, or the int that a text spells: `int(2.9)` is `2`, `int("12")` is `12`.
/// `Fault.Overflow` for a float outside 64 bits, `Fault.Parse` for a text that is no int.
///
/// ```janus
/// int(-2.9) // => -2
/// int("12") // => 12
/// int("x")  // fails: Fault.Parse
/// int(1e30) // fails: Fault.Overflow
/// ```
pub native func int(x) -> int ! Fault

/// A number as a float, or the float that a text spells: `float("1.5")`.
///
/// ```janus
/// float("1.5") // => 1.5
/// float(1)     // => 1.0
/// float("x")   // fails: Fault.Parse
/// ```
pub native func float(x) -> float ! Fault

/// The text that `print` would write.
///
/// ```janus
/// string([1, "a"]) // => "[1, \"a\"]"
/// ```
pub native func string(x) -> string

/// The UTF-8 of a string, or the bytes of a list of ints from 0 to 255.
///
/// ```janus
/// bytes("é")      // => b"\xc3\xa9"
/// bytes([1, 2])   // => b"\x01\x02"
/// bytes([1, 256]) // fails: Fault.Type
/// ```
pub native func bytes(x) -> bytes ! Fault

/// The name of a value's type: `type(1.0)` is `"float"`, of a struct its name.
///
/// ```janus
/// type(1.0) // => "float"
/// ```
pub native func type(x) -> string

/// True for one and the same list, map or struct; what cannot change is the same when it is equal.
///
/// ```janus
/// let xs = [1]
/// same(xs, xs)   // => true
/// same(xs, [1])  // => false
/// same("a", "a") // => true
/// ```
pub native func same(a, b) -> bool

/// Ends the program with a status from 0 to 255. Every `defer` runs, no `catch` sees it.
///
/// ```janus
/// defer print("bye")
/// exit(0)
/// // => bye
/// ```
pub native func exit(n: int = 0)

/// Lets a time pass while other fibers run: `sleep(250ms)`. `sleep(0s)` only lets the others run.
///
/// ```janus
/// sleep(1ms)
/// ```
pub native func sleep(d: duration)

/// A channel that holds so many messages before `send` waits.
///
/// ```janus
/// let ch = channel(1)
/// ch.send("hi")
/// ch.recv() // => "hi"
/// ```
pub native func channel(n: int = 0)

/// Raises `Fault.Contract` unless the condition holds; the report shows the operands.
///
/// ```janus
/// assert(1 < 2)
/// assert(1 > 2) // fails: Fault.Contract
/// ```
pub native func assert(condition: bool)

/// The same for a comparison, in tests: `expect(a) == b`.
///
/// ```janus
/// expect(1 + 1) == 2
/// ```
pub native func expect(value)

"""#
    case "core/bool":
#"""
impl bool {
    /// 1 for true, 0 for false.
    ///
    /// ```janus
    /// true.to_int() // => 1
    /// ```
    func to_int(self) -> int do
        if self do 1 else 0 end
    end
}

"""#
    case "core/bytes":
#"""
impl bytes {
    /// The bytes that pairs of hexadecimal digits spell; `Fault.Parse` for anything else.
    ///
    /// ```janus
    /// bytes.from_hex("ff00")      // => b"\xff\x00"
    /// bytes.from_hex("f")         // fails: Fault.Parse
    /// ```
    native func from_hex(text: string) -> bytes ! Fault

    /// The bytes that base64 with padding spells; `Fault.Parse` for anything else.
    ///
    /// ```janus
    /// bytes.from_base64("aGk=")   // => b"hi"
    /// bytes.from_base64("aGk")    // fails: Fault.Parse
    /// ```
    native func from_base64(text: string) -> bytes ! Fault

    /// The bytes of a list of ints from 0 to 255.
    ///
    /// ```janus
    /// bytes.from_list([104, 105]) // => b"hi"
    /// bytes.from_list([256])      // fails: Fault.Type
    /// ```
    native func from_list(values: list) -> bytes

    /// So many equal bytes: `bytes.filled(16)` is sixteen zeros.
    ///
    /// ```janus
    /// bytes.filled(2, 65)         // => b"AA"
    /// ```
    native func filled(n: int, value: int = 0) -> bytes

    /// An int in so many bytes, from 1 to 8, the most significant first unless `little` is true.
    /// Negative ints are in two's complement. `Fault.Overflow` for what does not fit.
    ///
    /// ```janus
    /// bytes.from_int(258, 2)              // => b"\x01\x02"
    /// bytes.from_int(-2, 2, little: true) // => b"\xfe\xff"
    /// bytes.from_int(256, 1)              // fails: Fault.Overflow
    /// ```
    native func from_int(n: int, size: int = 8, little: bool = false) -> bytes ! Fault

    /// The int in so many bytes from an index on, as `bytes.from_int` writes it. Bytes are read
    /// without a sign unless `signed` is true. `Fault.Index` where there are not so many.
    ///
    /// ```janus
    /// b"\x01\x02".int(0, 2)               // => 258
    /// b"\xff\xfe".int(0, 2, signed: true) // => -2
    /// b"\x01".int()                       // fails: Fault.Index
    /// ```
    native func int(
        self, start: int = 0, size: int = 8, little: bool = false, signed: bool = false
    ) -> int ! Fault

    /// The number of bytes.
    ///
    /// ```janus
    /// b"hi".len() // => 2
    /// ```
    native func len(self) -> int

    /// True when there are none.
    ///
    /// ```janus
    /// b"".is_empty() // => true
    /// ```
    func is_empty(self) -> bool do
        len(self) == 0
    end

    /// The string whose UTF-8 this is; `Fault.Parse` when it is none.
    ///
    /// ```janus
    /// b"h\xc3\xa9".text() // => "hé"
    /// b"\xff".text()      // fails: Fault.Parse
    /// ```
    native func text(self) -> string ! Fault

    /// Two small hexadecimal digits for each byte.
    ///
    /// ```janus
    /// b"\xff\x00".hex() // => "ff00"
    /// ```
    native func hex(self) -> string

    /// Base64 with padding.
    ///
    /// ```janus
    /// b"hi".base64() // => "aGk="
    /// ```
    native func base64(self) -> string

    /// The bytes as a list of ints.
    ///
    /// ```janus
    /// b"hi".list() // => [104, 105]
    /// ```
    native func list(self) -> list

    /// The index of the first occurrence of a part at or after another index, or null.
    ///
    /// ```janus
    /// b"abab".find(b"b")    // => 1
    /// b"abab".find(b"b", 2) // => 3
    /// b"abab".find(b"x")    // => null
    /// ```
    native func find(self, sub: bytes, from: int = 0) -> int?

    /// True when a part occurs.
    ///
    /// ```janus
    /// b"abab".contains(b"ba") // => true
    /// ```
    native func contains(self, sub: bytes) -> bool

    /// True when the bytes begin so.
    ///
    /// ```janus
    /// b"abab".starts_with(b"ab") // => true
    /// ```
    native func starts_with(self, sub: bytes) -> bool

    /// True when the bytes end so.
    ///
    /// ```janus
    /// b"abab".ends_with(b"ba") // => false
    /// ```
    native func ends_with(self, sub: bytes) -> bool

    /// The index of the last occurrence of a part, or null.
    ///
    /// ```janus
    /// b"abab".find_last(b"ab") // => 2
    /// ```
    native func find_last(self, sub: bytes) -> int?

    /// How often a part occurs, without overlaps.
    ///
    /// ```janus
    /// b"abab".count(b"ab") // => 2
    /// ```
    native func count(self, sub: bytes) -> int

    /// The parts between separators, empty ones too. With a limit there are at most so many parts:
    /// the rest stays in the last one.
    ///
    /// ```janus
    /// b"a,b,c".split(b",")    // => [b"a", b"b", b"c"]
    /// b"a,b,c".split(b",", 2) // => [b"a", b"b,c"]
    /// ```
    native func split(self, sep: bytes, limit: int? = null) -> list

    /// The bytes with every occurrence of `a` replaced by `b`.
    ///
    /// ```janus
    /// b"abab".replace(b"a", b"x") // => b"xbxb"
    /// ```
    native func replace(self, a: bytes, b: bytes) -> bytes

    /// So many copies one after the other.
    ///
    /// ```janus
    /// b"ab".repeat(2) // => b"abab"
    /// ```
    native func repeat(self, n: int) -> bytes

    /// The bytes from the last to the first.
    ///
    /// ```janus
    /// b"abc".reversed() // => b"cba"
    /// ```
    native func reversed(self) -> bytes

    /// The bytes without a beginning that they may have.
    ///
    /// ```janus
    /// b"v1:data".remove_prefix(b"v1:") // => b"data"
    /// ```
    native func remove_prefix(self, prefix: bytes) -> bytes

    /// The bytes without an end that they may have.
    ///
    /// ```janus
    /// b"a.b".remove_suffix(b".b") // => b"a"
    /// ```
    native func remove_suffix(self, suffix: bytes) -> bytes
}

"""#
    case "core/channel":
#"""
impl channel {
    /// Hands a message over; waits while there is no room for it. `Fault.Closed` once the channel is
    /// closed.
    ///
    /// ```janus
    /// let ch = channel(1)
    /// ch.send("hello")
    /// ch.recv() // => "hello"
    /// ch.close()
    /// ch.send("late") // fails: Fault.Closed
    /// ```
    native func send(self, message) ! Fault

    /// The next message; waits for one. `Fault.Closed` on a channel that is closed and empty.
    ///
    /// ```janus
    /// let ch = channel(1)
    /// ch.send(1)
    /// ch.close()
    /// ch.recv() // => 1
    /// ch.recv() // fails: Fault.Closed
    /// ```
    native func recv(self) ! Fault

    /// Closes the channel: what was sent can still be received, loops over it then end.
    ///
    /// ```janus
    /// let ch = channel(2)
    /// ch.send(1)
    /// ch.send(2)
    /// ch.close()
    /// for message in ch do
    ///     print(message)
    /// end
    /// // => 1
    /// // => 2
    /// ```
    native func close(self)

    /// True after `close`.
    ///
    /// ```janus
    /// let ch = channel()
    /// ch.is_closed() // => false
    /// ch.close()
    /// ch.is_closed() // => true
    /// ```
    native func is_closed(self) -> bool

    /// The number of messages that wait to be received.
    ///
    /// ```janus
    /// let ch = channel(2)
    /// ch.send("x")
    /// ch.len() // => 1
    /// ```
    native func len(self) -> int
}

"""#
    case "core/duration":
#"""
impl duration {
    /// The duration without its sign.
    ///
    /// ```janus
    /// (1s - 3s).abs() // => 2s
    /// ```
    native func abs(self) -> duration

    /// The whole number of nanoseconds.
    ///
    /// ```janus
    /// 1.5us.nanoseconds() // => 1500
    /// ```
    native func nanoseconds(self) -> int

    /// The number of milliseconds, with its fraction.
    ///
    /// ```janus
    /// 1.5s.milliseconds() // => 1500.0
    /// ```
    func milliseconds(self) -> float do
        self / 1ms
    end

    /// The number of seconds, with its fraction.
    ///
    /// ```janus
    /// 90m.seconds() // => 5400.0
    /// ```
    func seconds(self) -> float do
        self / 1s
    end
}

"""#
    case "core/float":
#"""
impl float {
    /// The number without its sign.
    ///
    /// ```janus
    /// (-1.5).abs() // => 1.5
    /// ```
    native func abs(self) -> float

    /// The next int that is not greater.
    ///
    /// ```janus
    /// (-2.2).floor() // => -3
    /// 1e30.floor()   // fails: Fault.Overflow
    /// ```
    native func floor(self) -> int

    /// The next int that is not less.
    ///
    /// ```janus
    /// 2.2.ceil() // => 3
    /// ```
    native func ceil(self) -> int

    /// The nearest int; halves go away from zero.
    ///
    /// ```janus
    /// 2.5.round() // => 3
    /// ```
    native func round(self) -> int

    /// True for the float that is no number.
    ///
    /// ```janus
    /// (0.0 / 0.0).is_nan() // => true
    /// ```
    native func is_nan(self) -> bool

    /// False for infinities and what is no number.
    ///
    /// ```janus
    /// (1.0 / 0.0).is_finite() // => false
    /// ```
    native func is_finite(self) -> bool

    /// The number, or the nearer of two bounds when it lies outside them.
    ///
    /// ```janus
    /// 1.5.clamp(0.0, 1.0) // => 1.0
    /// ```
    func clamp(self, low: float, high: float) -> float do
        if self < low do low else if self > high do high else self end
    end
}

"""#
    case "core/int":
#"""
impl int {
    /// The number without its sign.
    ///
    /// ```janus
    /// (-3).abs() // => 3
    /// ```
    native func abs(self) -> int

    /// The digits to a base from 2 to 36: `255.text(16)` is `"ff"`.
    ///
    /// ```janus
    /// 255.text(16) // => "ff"
    /// ```
    native func text(self, base: int = 10) -> string

    /// The int that digits to a base from 2 to 36 spell; `Fault.Parse` for anything else.
    ///
    /// ```janus
    /// int.from_text("ff", 16) // => 255
    /// int.from_text("12", 2)  // fails: Fault.Parse
    /// ```
    native func from_text(text: string, base: int = 10) -> int ! Fault

    /// The number, or the nearer of two bounds when it lies outside them.
    ///
    /// ```janus
    /// 12.clamp(0, 10) // => 10
    /// ```
    func clamp(self, low: int, high: int) -> int do
        if self < low do low else if self > high do high else self end
    end
}

"""#
    case "core/list":
#"""
native func sort_values(values)
native func sorted_by_keys(values, keys)
native func replace_all(values, others)

impl list {
    /// A list of so many times one value: `list.filled(3, 0)` is `[0, 0, 0]`.
    ///
    /// ```janus
    /// list.filled(3, 0) // => [0, 0, 0]
    /// ```
    native func filled(n: int, x) -> list

    /// The number of elements.
    ///
    /// ```janus
    /// [1, 2].len() // => 2
    /// ```
    native func len(self) -> int

    /// True when there are no elements.
    ///
    /// ```janus
    /// [].is_empty() // => true
    /// ```
    func is_empty(self) -> bool do
        len(self) == 0
    end

    /// Adds a value at the end.
    ///
    /// ```janus
    /// let xs = [1]
    /// xs.push(2)
    /// xs // => [1, 2]
    /// ```
    native func push(self, x)

    /// Takes the last element off and gives it; `Fault.Index` when there is none.
    ///
    /// ```janus
    /// let xs = [1, 2]
    /// xs.pop() // => 2
    /// xs       // => [1]
    /// [].pop() // fails: Fault.Index
    /// ```
    native func pop(self)

    /// Puts a value before the element at an index; the length of the list adds it at the end.
    ///
    /// ```janus
    /// let xs = ["a", "c"]
    /// xs.insert(1, "b")
    /// xs // => ["a", "b", "c"]
    /// ```
    native func insert(self, i: int, x)

    /// Takes out the element at an index and gives it.
    ///
    /// ```janus
    /// let xs = ["a", "b", "c"]
    /// xs.remove(1) // => "b"
    /// xs           // => ["a", "c"]
    /// ```
    native func remove(self, i: int)

    /// Adds all elements of another list, or of anything else that can be iterated over.
    ///
    /// ```janus
    /// let xs = [1]
    /// xs.append([2, 3])
    /// xs // => [1, 2, 3]
    /// ```
    native func append(self, others)

    /// Removes all elements.
    ///
    /// ```janus
    /// let xs = [1]
    /// xs.clear()
    /// xs // => []
    /// ```
    native func clear(self)

    /// A new list with the same elements.
    ///
    /// ```janus
    /// let xs = [1]
    /// let ys = xs.copy()
    /// ys.push(2)
    /// [xs, ys] // => [[1], [1, 2]]
    /// ```
    native func copy(self) -> list

    /// The strings of a list as one, with a separator between them: `["a", "b"].join(", ")`.
    ///
    /// ```janus
    /// ["a", "b"].join(", ") // => "a, b"
    /// [1, 2].join()         // fails: Fault.Type
    /// ```
    native func join(self, sep = "") -> string

    /// Orders the list itself. Equal elements keep their order. `less(a, b)` says whether `a` comes
    /// before `b`; without it numbers, strings, bytes or durations ascend.
    ///
    /// `words.sort(|a, b| len(a) < len(b))`
    ///
    /// ```janus
    /// let words = ["ccc", "a", "bb"]
    /// words.sort()
    /// words // => ["a", "bb", "ccc"]
    /// words.sort(|a, b| len(a) > len(b))
    /// words // => ["ccc", "bb", "a"]
    /// ```
    func sort(self, less = null) do
        if less == null do
            sort_values(self)
        else if len(self) > 1 do
            replace_all(self, merge_sort(self.copy(), less))
        end
    end

    /// A new list in the order that `sort` would make.
    ///
    /// ```janus
    /// [3, 1, 2].sorted() // => [1, 2, 3]
    /// ```
    func sorted(self, less = null) -> list do
        let result = self.copy()
        result.sort(less)
        result
    end

    /// A new list in the order of `key(x)` for each element: `people.sort_by(|p| p.age)`.
    ///
    /// ```janus
    /// ["bb", "a"].sort_by(|s| len(s)) // => ["a", "bb"]
    /// ```
    func sort_by(self, key) -> list do
        sorted_by_keys(self, self.map(key))
    end

    /// Turns the list itself round.
    ///
    /// ```janus
    /// let xs = [1, 2, 3]
    /// xs.reverse()
    /// xs // => [3, 2, 1]
    /// ```
    native func reverse(self)

    /// A new list with the last element first.
    ///
    /// ```janus
    /// [1, 2, 3].reversed() // => [3, 2, 1]
    /// ```
    native func reversed(self) -> list

    /// A new list with `f(x)` for each element.
    ///
    /// ```janus
    /// [1, 2, 3].map(|x| x * x) // => [1, 4, 9]
    /// ```
    func map(self, f) -> list do
        let result = []
        for x in self do
            result.push(f(x))
        end
        result
    end

    /// A new list of the elements for which `f(x)` is true.
    ///
    /// ```janus
    /// [1, 2, 3].filter(|x| x > 1) // => [2, 3]
    /// ```
    func filter(self, f) -> list do
        let result = []
        for x in self do
            if f(x) do
                result.push(x)
            end
        end
        result
    end

    /// Calls `f(x)` for each element, in order.
    ///
    /// ```janus
    /// [1, 2].each(|x| print(x))
    /// // => 1
    /// // => 2
    /// ```
    func each(self, f) do
        for x in self do
            f(x)
        end
    end

    /// Folds the elements from the left: `[1, 2, 3].reduce(0, |sum, x| sum + x)`.
    ///
    /// ```janus
    /// [1, 2, 3].reduce(0, |sum, x| sum + x) // => 6
    /// ```
    func reduce(self, init, f) do
        var result = init
        for x in self do
            result = f(result, x)
        end
        result
    end

    /// The first element for which `f(x)` is true, or null.
    ///
    /// ```janus
    /// [1, 20, 30].find(|x| x > 9) // => 20
    /// [1].find(|x| x > 9)         // => null
    /// ```
    func find(self, f) do
        for x in self do
            if f(x) do
                return x
            end
        end
        null
    end

    /// The index of the first element for which `f(x)` is true, or null.
    ///
    /// ```janus
    /// [1, 20, 30].find_index(|x| x > 9) // => 1
    /// ```
    func find_index(self, f) -> int? do
        for i, x in self do
            if f(x) do
                return i
            end
        end
        null
    end

    /// True when `f(x)` is true for some element.
    ///
    /// ```janus
    /// [1, 2].any(|x| x > 1) // => true
    /// ```
    func any(self, f) -> bool do
        for x in self do
            if f(x) do
                return true
            end
        end
        false
    end

    /// True when `f(x)` is true for every element.
    ///
    /// ```janus
    /// [1, 2].all(|x| x > 1) // => false
    /// ```
    func all(self, f) -> bool do
        for x in self do
            if not f(x) do
                return false
            end
        end
        true
    end

    /// How many elements there are for which `f(x)` is true.
    ///
    /// ```janus
    /// [1, 2, 3].count(|x| x > 1) // => 2
    /// ```
    func count(self, f) -> int do
        var n = 0
        for x in self do
            if f(x) do
                n += 1
            end
        end
        n
    end

    /// The index of the first element that equals `x`, or null.
    ///
    /// ```janus
    /// ["a", "b"].index("b") // => 1
    /// ["a", "b"].index("c") // => null
    /// ```
    native func index(self, x) -> int?

    /// True when an element equals `x`; the same as `x in list`.
    ///
    /// ```janus
    /// [1, 2].contains(2) // => true
    /// ```
    native func contains(self, x) -> bool

    /// The first element, or null.
    ///
    /// ```janus
    /// [1, 2].first() // => 1
    /// [].first()     // => null
    /// ```
    native func first(self)

    /// The last element, or null.
    ///
    /// ```janus
    /// [1, 2].last() // => 2
    /// ```
    native func last(self)

    /// The sum of numbers or durations; 0 of none.
    ///
    /// ```janus
    /// [1, 2.5].sum() // => 3.5
    /// [1s, 2s].sum() // => 3s
    /// ```
    native func sum(self)

    /// The least element, or null of an empty list.
    ///
    /// ```janus
    /// [3, 1, 2].min() // => 1
    /// ```
    native func min(self)

    /// The greatest element, or null of an empty list.
    ///
    /// ```janus
    /// [3, 1, 2].max() // => 3
    /// ```
    native func max(self)

    /// The first element with the least `key(x)`, or null.
    ///
    /// ```janus
    /// ["ccc", "a"].min_by(|s| len(s)) // => "a"
    /// ```
    func min_by(self, key) do
        if len(self) == 0 do
            return null
        end
        var best = self[0]
        var least = key(best)
        for i in 1..<len(self) do
            let rank = key(self[i])
            if rank < least do
                best = self[i]
                least = rank
            end
        end
        best
    end

    /// The first element with the greatest `key(x)`, or null.
    ///
    /// ```janus
    /// ["ccc", "a"].max_by(|s| len(s)) // => "ccc"
    /// ```
    func max_by(self, key) do
        if len(self) == 0 do
            return null
        end
        var best = self[0]
        var greatest = key(best)
        for i in 1..<len(self) do
            let rank = key(self[i])
            if greatest < rank do
                best = self[i]
                greatest = rank
            end
        end
        best
    end

    /// Pairs of elements at the same place, up to the shorter list: `[1, 2].zip(["a", "b"])`.
    ///
    /// ```janus
    /// [1, 2].zip(["a", "b", "c"]) // => [[1, "a"], [2, "b"]]
    /// ```
    native func zip(self, other) -> list

    /// The elements from one index up to, but not including, another, as a new list.
    ///
    /// ```janus
    /// [1, 2, 3].slice(1)    // => [2, 3]
    /// [1, 2, 3].slice(0, 2) // => [1, 2]
    /// [1].slice(2)          // fails: Fault.Index
    /// ```
    native func slice(self, start: int, stop = null) -> list

    /// The first so many elements, or fewer where there are not so many.
    ///
    /// ```janus
    /// [1, 2, 3].take(2) // => [1, 2]
    /// [1].take(2)       // => [1]
    /// ```
    func take(self, n: int) -> list do
        self.slice(0, if n < 0 do 0 else if n < len(self) do n else len(self) end)
    end

    /// All but the first so many elements.
    ///
    /// ```janus
    /// [1, 2, 3].drop(2) // => [3]
    /// ```
    func drop(self, n: int) -> list do
        self.slice(if n < 0 do 0 else if n < len(self) do n else len(self) end)
    end

    /// The first elements up to the one for which `f(x)` is false.
    ///
    /// ```janus
    /// [1, 2, 9, 1].take_while(|x| x < 5) // => [1, 2]
    /// ```
    func take_while(self, f) -> list do
        let result = []
        for x in self do
            break unless f(x)
            result.push(x)
        end
        result
    end

    /// The elements from the first one on for which `f(x)` is false.
    ///
    /// ```janus
    /// [1, 2, 9, 1].drop_while(|x| x < 5) // => [9, 1]
    /// ```
    func drop_while(self, f) -> list do
        var i = 0
        while i < len(self) and f(self[i]) do
            i += 1
        end
        self.slice(i)
    end

    /// The elements without repetitions, each at its first place.
    ///
    /// ```janus
    /// [1, 2, 1].unique() // => [1, 2]
    /// ```
    native func unique(self) -> list

    /// The elements of the lists in this list, one level deep: `[[1], [2, 3]].flatten()`.
    ///
    /// ```janus
    /// [[1], [2, [3]], 4].flatten() // => [1, 2, [3], 4]
    /// ```
    func flatten(self) -> list do
        let result = []
        for x in self do
            if x is list do
                result.append(x)
            else
                result.push(x)
            end
        end
        result
    end

    /// The elements of all lists `f(x)`, in order.
    ///
    /// ```janus
    /// [1, 2].flat_map(|x| [x, -x]) // => [1, -1, 2, -2]
    /// ```
    func flat_map(self, f) -> list do
        let result = []
        for x in self do
            result.append(f(x))
        end
        result
    end

    /// A map from each `key(x)` to the list of its elements.
    ///
    /// ```janus
    /// ["a", "bb", "c"].group_by(|s| len(s)) // => { 1: ["a", "c"], 2: ["bb"] }
    /// ```
    func group_by(self, key) -> map do
        let groups = {}
        for x in self do
            let name = key(x)
            let group = groups[name]
            if group == null do
                groups[name] = [x]
            else
                group.push(x)
            end
        end
        groups
    end

    /// Two lists: the elements for which `f(x)` is true, and the others.
    ///
    /// ```janus
    /// [1, 2, 3].partition(|x| x > 1) // => [[2, 3], [1]]
    /// ```
    func partition(self, f) -> list do
        let yes = []
        let no = []
        for x in self do
            if f(x) do
                yes.push(x)
            else
                no.push(x)
            end
        end
        [yes, no]
    end

    /// Pairs of index and element: `["a"].enumerate()` is `[[0, "a"]]`.
    ///
    /// ```janus
    /// ["a", "b"].enumerate() // => [[0, "a"], [1, "b"]]
    /// ```
    func enumerate(self) -> list do
        let result = []
        for i, x in self do
            result.push([i, x])
        end
        result
    end

    /// Lists of so many elements each; the last one may be shorter.
    ///
    /// ```janus
    /// [1, 2, 3].chunks(2) // => [[1, 2], [3]]
    /// ```
    native func chunks(self, size: int) -> list
}

// Sorted runs of a few elements, then merges from one list to the other and back. `less` may do
// anything, so it only ever sees copies.
func merge_sort(source, less) do
    let count = len(source)
    var width = 6
    var low = 0
    while low < count do
        let high = if low + width < count do low + width else count end
        var i = low + 1
        while i < high do
            let x = source[i]
            var j = i - 1
            while j >= low do
                let y = source[j]
                break unless less(x, y)
                source[j + 1] = y
                j -= 1
            end
            source[j + 1] = x
            i += 1
        end
        low = high
    end
    var from = source
    var to = source.copy()
    while width < count do
        low = 0
        while low < count do
            let middle = if low + width < count do low + width else count end
            let high = if middle + width < count do middle + width else count end
            merge_runs(from, to, low, middle, high, less)
            low = high
        end
        let done = to
        to = from
        from = done
        width *= 2
    end
    from
end

func merge_runs(from, to, low, middle, high, less) do
    var i = low
    var j = middle
    var k = low
    if middle < high and less(from[middle], from[middle - 1]) do
        var x = from[i]
        var y = from[j]
        while true do
            if less(y, x) do
                to[k] = y
                k += 1
                j += 1
                break when j == high
                y = from[j]
            else
                to[k] = x
                k += 1
                i += 1
                break when i == middle
                x = from[i]
            end
        end
    end
    while i < middle do
        to[k] = from[i]
        k += 1
        i += 1
    end
    while j < high do
        to[k] = from[j]
        k += 1
        j += 1
    end
end

"""#
    case "core/map":
#"""
impl map {
    /// A map from a list of `[key, value]`: `map.from_entries([["a", 1]])`.
    ///
    /// ```janus
    /// map.from_entries([["a", 1]]) // => { a: 1 }
    /// ```
    native func from_entries(entries) -> map

    /// The number of entries.
    ///
    /// ```janus
    /// { a: 1 }.len() // => 1
    /// ```
    native func len(self) -> int

    /// True when there are no entries.
    ///
    /// ```janus
    /// {}.is_empty() // => true
    /// ```
    func is_empty(self) -> bool do
        len(self) == 0
    end

    /// The keys, in the order in which they were added.
    ///
    /// ```janus
    /// { a: 1, b: 2 }.keys() // => ["a", "b"]
    /// ```
    native func keys(self) -> list

    /// The values, in the order of their keys.
    ///
    /// ```janus
    /// { a: 1, b: 2 }.values() // => [1, 2]
    /// ```
    native func values(self) -> list

    /// Lists of key and value, in order: `{ a: 1 }.entries()` is `[["a", 1]]`.
    ///
    /// ```janus
    /// { a: 1 }.entries() // => [["a", 1]]
    /// ```
    native func entries(self) -> list

    /// True when there is such a key, whatever its value.
    ///
    /// ```janus
    /// { a: null }.has("a") // => true
    /// ```
    native func has(self, k) -> bool

    /// The value of a key, or a default where the key is absent.
    ///
    /// ```janus
    /// { a: 1 }.get("b", 0) // => 0
    /// ```
    native func get(self, k, default = null)

    /// The value of a key; where it is absent, `make()` gives it and it is kept.
    ///
    /// `groups.get_or_set(name, || []).push(x)`
    ///
    /// ```janus
    /// let groups = {}
    /// groups.get_or_set("a", || []).push(1)
    /// groups // => { a: [1] }
    /// ```
    func get_or_set(self, k, make) do
        if not self.has(k) do
            self[k] = make()
        end
        self[k]
    end

    /// Takes a key out and gives its value; null where it is absent.
    ///
    /// ```janus
    /// let m = { a: 1 }
    /// m.remove("a") // => 1
    /// m             // => {}
    /// ```
    native func remove(self, k)

    /// Removes all entries.
    ///
    /// ```janus
    /// let m = { a: 1 }
    /// m.clear()
    /// m // => {}
    /// ```
    native func clear(self)

    /// A new map with the same entries.
    ///
    /// ```janus
    /// let m = { a: 1 }
    /// let n = m.copy()
    /// n["b"] = 2
    /// m // => { a: 1 }
    /// ```
    native func copy(self) -> map

    /// Adds the entries of another map, which win over those that are there.
    ///
    /// ```janus
    /// let m = { a: 1, b: 1 }
    /// m.update({ b: 2 })
    /// m // => { a: 1, b: 2 }
    /// ```
    native func update(self, other: map)

    /// A new map with the entries of both; those of the other win.
    ///
    /// ```janus
    /// { a: 1, b: 1 }.merge({ b: 2 }) // => { a: 1, b: 2 }
    /// ```
    func merge(self, other: map) -> map do
        let result = self.copy()
        result.update(other)
        result
    end

    /// A new map with `f(key, value)` for each value.
    ///
    /// ```janus
    /// { a: 1 }.map(|k, v| v + 1) // => { a: 2 }
    /// ```
    func map(self, f) -> map do
        let result = {}
        for k, v in self do
            result[k] = f(k, v)
        end
        result
    end

    /// A new map of the entries for which `f(key, value)` is true.
    ///
    /// ```janus
    /// { a: 1, b: 2 }.filter(|k, v| v > 1) // => { b: 2 }
    /// ```
    func filter(self, f) -> map do
        let result = {}
        for k, v in self do
            if f(k, v) do
                result[k] = v
            end
        end
        result
    end

    /// Calls `f(key, value)` for each entry, in order.
    ///
    /// ```janus
    /// { a: 1 }.each(|k, v| print(k, "=", v))
    /// // => a=1
    /// ```
    func each(self, f) do
        for k, v in self do
            f(k, v)
        end
    end

    /// True when `f(key, value)` is true for some entry.
    ///
    /// ```janus
    /// { a: 1 }.any(|k, v| v > 1) // => false
    /// ```
    func any(self, f) -> bool do
        for k, v in self do
            if f(k, v) do
                return true
            end
        end
        false
    end

    /// True when `f(key, value)` is true for every entry.
    ///
    /// ```janus
    /// { a: 1 }.all(|k, v| v > 0) // => true
    /// ```
    func all(self, f) -> bool do
        for k, v in self do
            if not f(k, v) do
                return false
            end
        end
        true
    end
}

"""#
    case "core/range":
#"""
impl range {
    /// The number of values.
    ///
    /// ```janus
    /// (1..10).len() // => 10
    /// ```
    native func len(self) -> int

    /// True when there are no values.
    ///
    /// ```janus
    /// (1..<1).is_empty() // => true
    /// ```
    func is_empty(self) -> bool do
        len(self) == 0
    end

    /// Each n-th value, beginning with the first; a negative step goes down.
    ///
    /// `(1..10).step(3)` gives 1, 4, 7, 10.
    ///
    /// ```janus
    /// (1..10).step(3).list()  // => [1, 4, 7, 10]
    /// (10..1).step(-4).list() // => [10, 6, 2]
    /// ```
    native func step(self, n: int) -> range

    /// The same values from the last to the first.
    ///
    /// ```janus
    /// (1..3).reversed().list() // => [3, 2, 1]
    /// ```
    native func reversed(self) -> range

    /// The values as a list.
    ///
    /// ```janus
    /// (1..3).list() // => [1, 2, 3]
    /// ```
    native func list(self) -> list

    /// True when a number is one of the values; the same as `x in range`.
    ///
    /// ```janus
    /// (1..3).contains(2) // => true
    /// ```
    func contains(self, x) -> bool do
        x in self
    end

    /// A list with `f(x)` for each value.
    ///
    /// ```janus
    /// (1..3).map(|x| x * x) // => [1, 4, 9]
    /// ```
    func map(self, f) -> list do
        let result = []
        for x in self do
            result.push(f(x))
        end
        result
    end

    /// A list of the values for which `f(x)` is true.
    ///
    /// ```janus
    /// (1..4).filter(|x| x > 2) // => [3, 4]
    /// ```
    func filter(self, f) -> list do
        let result = []
        for x in self do
            if f(x) do
                result.push(x)
            end
        end
        result
    end

    /// Calls `f(x)` for each value.
    ///
    /// ```janus
    /// (1..2).each(|x| print(x))
    /// // => 1
    /// // => 2
    /// ```
    func each(self, f) do
        for x in self do
            f(x)
        end
    end

    /// Folds the values from the left: `(1..4).reduce(1, |product, x| product * x)`.
    ///
    /// ```janus
    /// (1..4).reduce(1, |product, x| product * x) // => 24
    /// ```
    func reduce(self, init, f) do
        var result = init
        for x in self do
            result = f(result, x)
        end
        result
    end

    /// The first value for which `f(x)` is true, or null.
    ///
    /// ```janus
    /// (1..10).find(|x| x * x > 20) // => 5
    /// ```
    func find(self, f) do
        for x in self do
            if f(x) do
                return x
            end
        end
        null
    end

    /// True when `f(x)` is true for some value.
    ///
    /// ```janus
    /// (1..3).any(|x| x > 2) // => true
    /// ```
    func any(self, f) -> bool do
        for x in self do
            if f(x) do
                return true
            end
        end
        false
    end

    /// True when `f(x)` is true for every value.
    ///
    /// ```janus
    /// (1..3).all(|x| x > 2) // => false
    /// ```
    func all(self, f) -> bool do
        for x in self do
            if not f(x) do
                return false
            end
        end
        true
    end
}

"""#
    case "core/string":
#"""
impl string {
    /// The string of one Unicode scalar: `string.from_code(233)` is `"é"`.
    ///
    /// ```janus
    /// string.from_code(233)    // => "é"
    /// string.from_code(0xd800) // fails: Fault.Type
    /// ```
    native func from_code(n: int) -> string

    /// The number of Unicode scalars.
    ///
    /// ```janus
    /// "né".len() // => 2
    /// ```
    native func len(self) -> int

    /// True for `""`.
    ///
    /// ```janus
    /// "".is_empty() // => true
    /// ```
    func is_empty(self) -> bool do
        self == ""
    end

    /// The parts between separators, empty ones too; an empty separator gives the characters. With
    /// a limit there are at most so many parts: the rest stays in the last one.
    ///
    /// ```janus
    /// "a,,b".split(",")     // => ["a", "", "b"]
    /// "a=b=c".split("=", 2) // => ["a", "b=c"]
    /// "né".split("")        // => ["n", "é"]
    /// ```
    native func split(self, sep: string, limit: int? = null) -> list

    /// What stands before and behind the first separator; null where there is none.
    ///
    /// ```janus
    /// "key: value".split_once(": ") // => ["key", "value"]
    /// "key".split_once(": ")        // => null
    /// ```
    native func split_once(self, sep: string) -> list?

    /// The parts between white space, none of them empty.
    ///
    /// ```janus
    /// " two  words\n".words() // => ["two", "words"]
    /// ```
    native func words(self) -> list

    /// The lines, without their ends (`\n` or `\r\n`); no empty one after the last end.
    ///
    /// ```janus
    /// "one\r\ntwo\n".lines() // => ["one", "two"]
    /// ```
    native func lines(self) -> list

    /// The Unicode scalars, each as a string.
    ///
    /// ```janus
    /// "né".chars() // => ["n", "é"]
    /// ```
    native func chars(self) -> list

    /// What a reader calls characters: an accent or a joined emoji belongs to its base.
    ///
    /// ```janus
    /// "e\u{301}a".graphemes().len() // => 2
    /// ```
    native func graphemes(self) -> list

    /// The UTF-8.
    ///
    /// ```janus
    /// "é".bytes() // => b"\xc3\xa9"
    /// ```
    native func bytes(self) -> bytes

    /// The number of the first Unicode scalar: `"a".code()` is 97.
    ///
    /// ```janus
    /// "a".code() // => 97
    /// "".code()  // fails: Fault.Index
    /// ```
    native func code(self) -> int

    /// The string without white space at either end, or without the characters that are given.
    ///
    /// ```janus
    /// "  x ".trim()      // => "x"
    /// "--x-".trim("-")   // => "x"
    /// ```
    native func trim(self, chars: string? = null) -> string

    /// The string without white space at its start, or without the characters that are given.
    ///
    /// ```janus
    /// "  x ".trim_start() // => "x "
    /// "007".trim_start("0") // => "7"
    /// ```
    native func trim_start(self, chars: string? = null) -> string

    /// The string without white space at its end, or without the characters that are given.
    ///
    /// ```janus
    /// "  x ".trim_end()  // => "  x"
    /// "1.500".trim_end("0") // => "1.5"
    /// ```
    native func trim_end(self, chars: string? = null) -> string

    /// The string without a beginning that it may have.
    ///
    /// ```janus
    /// "Bearer abc".remove_prefix("Bearer ") // => "abc"
    /// ```
    native func remove_prefix(self, prefix: string) -> string

    /// The string without an end that it may have.
    ///
    /// ```janus
    /// "notes.txt".remove_suffix(".txt") // => "notes"
    /// ```
    native func remove_suffix(self, suffix: string) -> string

    /// The string in capital letters.
    ///
    /// ```janus
    /// "straße".upper() // => "STRASSE"
    /// ```
    native func upper(self) -> string

    /// The string in small letters.
    ///
    /// ```janus
    /// "ÄB".lower() // => "äb"
    /// ```
    native func lower(self) -> string

    /// The string with its first letter large and the others small.
    ///
    /// ```janus
    /// "hELLO you".capitalize() // => "Hello you"
    /// ```
    native func capitalize(self) -> string

    /// The string with the first letter of every word large and the others small.
    ///
    /// ```janus
    /// "they're HERE".title() // => "They're Here"
    /// ```
    native func title(self) -> string

    /// The characters from the last to the first. Accents and emoji of several scalars come apart:
    /// `s.graphemes().reversed().join()` keeps them.
    ///
    /// ```janus
    /// "abc".reversed() // => "cba"
    /// ```
    native func reversed(self) -> string

    /// The string with every occurrence of `a` replaced by `b`.
    ///
    /// ```janus
    /// "aXbX".replace("X", "--") // => "a--b--"
    /// ```
    native func replace(self, a: string, b: string) -> string

    /// The index of the first occurrence of a part at or after another index, or null.
    ///
    /// ```janus
    /// "né né".find("é")    // => 1
    /// "né né".find("é", 2) // => 4
    /// "né".find("x")       // => null
    /// ```
    native func find(self, sub: string, from: int = 0) -> int?

    /// The index of the last occurrence of a part, or null.
    ///
    /// ```janus
    /// "a/b/c".find_last("/") // => 3
    /// ```
    native func find_last(self, sub: string) -> int?

    /// How often a part occurs, without overlaps.
    ///
    /// ```janus
    /// "banana".count("an") // => 2
    /// ```
    native func count(self, sub: string) -> int

    /// True when a part occurs; the same as `part in text`.
    ///
    /// ```janus
    /// "banana".contains("nan") // => true
    /// ```
    native func contains(self, sub: string) -> bool

    /// True when the string begins so.
    ///
    /// ```janus
    /// "banana".starts_with("ba") // => true
    /// ```
    native func starts_with(self, sub: string) -> bool

    /// True when the string ends so.
    ///
    /// ```janus
    /// "banana".ends_with("na") // => true
    /// ```
    native func ends_with(self, sub: string) -> bool

    /// So many copies as one string: `"ab".repeat(2)` is `"abab"`.
    ///
    /// ```janus
    /// "ab".repeat(2) // => "abab"
    /// ```
    native func repeat(self, n: int) -> string

    /// The string filled up at its start to a width: `"7".pad_start(3, "0")` is `"007"`.
    ///
    /// ```janus
    /// "7".pad_start(3, "0") // => "007"
    /// ```
    native func pad_start(self, width: int, fill = " ") -> string

    /// The string filled up at its end to a width.
    ///
    /// ```janus
    /// "ab".pad_end(4, ".") // => "ab.."
    /// ```
    native func pad_end(self, width: int, fill = " ") -> string

    /// The string filled up at both ends to a width; where that does not come out even, there is
    /// one more at the end.
    ///
    /// ```janus
    /// "ab".center(5, "*") // => "*ab**"
    /// ```
    native func center(self, width: int, fill = " ") -> string

    /// True when every character is of ASCII; of `""` too.
    ///
    /// ```janus
    /// "né".is_ascii() // => false
    /// ```
    native func is_ascii(self) -> bool

    /// True when there is a character and every one is a letter.
    ///
    /// ```janus
    /// "né".is_alpha() // => true
    /// "n1".is_alpha() // => false
    /// ```
    native func is_alpha(self) -> bool

    /// True when there is a character and every one is a decimal digit, of whatever script.
    ///
    /// ```janus
    /// "12".is_digit() // => true
    /// "".is_digit()   // => false
    /// ```
    native func is_digit(self) -> bool

    /// True when there is a character and every one is a letter or a decimal digit.
    ///
    /// ```janus
    /// "n1".is_alnum() // => true
    /// ```
    native func is_alnum(self) -> bool

    /// True when there is a character and every one is white space.
    ///
    /// ```janus
    /// " \t".is_space() // => true
    /// ```
    native func is_space(self) -> bool

    /// True when there is a capital letter and no small one.
    ///
    /// ```janus
    /// "NASA 1".is_upper() // => true
    /// ```
    native func is_upper(self) -> bool

    /// True when there is a small letter and no capital one.
    ///
    /// ```janus
    /// "nasa 1".is_lower() // => true
    /// ```
    native func is_lower(self) -> bool
}

"""#
    case "core/task":
#"""
impl task {
    /// Cancels the task: its defers run, and no `catch` sees it.
    ///
    /// ```janus
    /// nursery do
    ///     let t = spawn sleep(1h)
    ///     t.cancel()
    ///     t.done() // => false
    /// end
    /// ```
    native func cancel(self)

    /// True when the task has ended, in whatever way.
    ///
    /// ```janus
    /// nursery do
    ///     let t = spawn string(1)
    ///     await t  // => "1"
    ///     t.done() // => true
    /// end
    /// ```
    native func done(self) -> bool
}

"""#
    case "std.env":
#"""
/// The value of an environment variable, or a default where there is none. Needs `--allow-env`.
///
/// ```janus
/// env.get("HOME") // fails: Fault.Denied
/// ```
pub native func get(name: string, default = null) ! Fault

/// The arguments of the program.
///
/// ```janus
/// env.args() // => []
/// ```
pub native func args() -> list

/// The kind of system: `"linux"` or `"macos"`.
///
/// ```janus
/// env.platform() in ["linux", "macos"] // => true
/// ```
pub native func platform() -> string

"""#
    case "std.fs":
#"""
/// The text of a file. Needs the right to read it, as do `read_bytes`, `exists` and `list`; files
/// below the script's own folder may be read without asking.
///
/// ```janus
/// fs.read("stdlib/fs.jan").starts_with("///") // => true
/// fs.read("/etc/hostname") // fails: Fault.Denied
/// fs.read("absent")        // fails: Fault.Io
/// ```
pub native func read(path: string) -> string ! Fault

/// The bytes of a file.
///
/// ```janus
/// fs.read_bytes("stdlib/fs.jan")[0] // => 47
/// ```
pub native func read_bytes(path: string) -> bytes ! Fault

/// Makes a file what a string or bytes are; what was in it is lost. Needs `--allow-write`.
///
/// ```janus
/// fs.write("/tmp/x", "hello") // fails: Fault.Denied
/// ```
pub native func write(path: string, data) ! Fault

/// Adds a string or bytes at the end of a file; makes it where there is none.
///
/// ```janus
/// fs.append("/tmp/x", "hello") // fails: Fault.Denied
/// ```
pub native func append(path: string, data) ! Fault

/// True when there is a file or folder.
///
/// ```janus
/// fs.exists("stdlib") // => true
/// fs.exists("absent") // => false
/// ```
pub native func exists(path: string) -> bool ! Fault

/// The names in a folder, in order.
///
/// ```janus
/// fs.list("stdlib/core").contains("list.jan") // => true
/// ```
pub native func list(path: string) -> list ! Fault

/// Removes a file or an empty folder. Needs `--allow-write`.
///
/// ```janus
/// fs.remove("/tmp/x") // fails: Fault.Denied
/// ```
pub native func remove(path: string) ! Fault

"""#
    case "std.io":
#"""
/// The next line of standard input without its end; null when there is none any more. A prompt is
/// written first. Other fibers run while it waits. `Fault.Parse` when the line is no UTF-8.
///
/// ```janus
/// io.read_line() // => null
/// ```
pub native func read_line(prompt: string = "") -> string? ! Fault

/// All of standard input that was not read yet, as text. `Fault.Parse` when it is no UTF-8.
///
/// ```janus
/// io.read() // => ""
/// ```
pub native func read() -> string ! Fault

/// All of standard input that was not read yet, as bytes.
///
/// ```janus
/// io.read_bytes() // => b""
/// ```
pub native func read_bytes() -> bytes ! Fault

/// True when a person types the input.
///
/// ```janus
/// io.is_terminal() // => false
/// ```
pub native func is_terminal() -> bool

/// All lines of standard input that were not read yet, without their ends.
///
/// ```janus
/// io.lines() // => []
/// ```
pub func lines() -> list ! Fault do
    read().lines()
end

/// Calls `f(line)` for each line as it comes: input that never ends can be worked on.
///
/// ```janus
/// io.each_line(|line| print(line))
/// ```
pub func each_line(f) ! Fault do
    var line = read_line()
    while line != null do
        f(line)
        line = read_line()
    end
end

"""#
    case "std.json":
#"""
/// The value that a JSON text (RFC 8259) spells, as a string or as bytes. `Fault.Parse` for anything
/// else, with line, column and byte.
///
/// Objects become maps in the order of the text; of a name that comes twice the last value counts, at
/// the place of the first. Numbers without a point and exponent are ints where 64 bits hold them;
/// all others are floats, and too large a float is no JSON. Half of a surrogate pair is none either.
/// Containers may lie 512 deep.
///
/// ```janus
/// json.parse("[1, 2.5, 1e2, 12345678901234567890]") // => [1, 2.5, 100.0, 1.2345678901234567e19]
/// json.parse("{\"a\": 1, \"a\": 2}")                // => { a: 2 }
/// json.parse("\"\\ud83d\\ude02\"")                  // => "😂"
/// json.parse("{\"a\": nul}")                        // fails: Fault.Parse
/// ```
pub native func parse(text) ! Fault

/// A value as JSON: on one line, or with so many spaces per level. Structs become objects; ints and
/// bools that are keys become strings.
/// `Fault.Type` for what has no JSON: functions, bytes, durations, infinities and what is no number,
/// values that contain themselves or lie more than 512 deep.
///
/// ```janus
/// json.text({ a: [1, null] })  // => "{\"a\":[1,null]}"
/// json.text([1, 2], indent: 2) // => "[\n  1,\n  2\n]"
/// json.text(1.0 / 0.0)         // fails: Fault.Type
/// ```
pub native func text(value, indent: int = 0) -> string ! Fault

"""#
    case "std.log":
#"""
// Lines go to standard error. What is shown at first says the option `--log` or the variable
// JANUS_LOG; without them it is `info`.

/// Writes a line for those who look for a mistake: the values with nothing between them, as `print`
/// does, then the named ones as fields. Shown from level `debug` on.
///
/// ```janus
/// log.debug("received", bytes: 12)
/// ```
pub native func debug(message, ..fields)

/// Writes a line about what happens: `2026-01-31T12:00:00.000Z INFO  up port=8080`. Control
/// characters are escaped, so that no value can look like another line.
///
/// ```janus
/// log.info("up", port: 8080)
/// ```
pub native func info(message, ..fields)

/// Writes a line about what may be wrong.
///
/// ```janus
/// log.warn("slow answer", peer: "bob", took: 3s)
/// ```
pub native func warn(message, ..fields)

/// Writes a line about what went wrong.
///
/// ```janus
/// log.error("no answer", peer: "bob")
/// ```
pub native func error(message, ..fields)

/// The least level that is shown, or `"off"`.
///
/// ```janus
/// log.level() // => "info"
/// ```
pub native func level() -> string

/// Shows a level and those above it: `"debug"`, `"info"`, `"warn"`, `"error"`, or `"off"`. With
/// `",json"` behind it, every line is a JSON object.
///
/// ```janus
/// log.set_level("warn,json")
/// log.level()            // => "warn"
/// log.set_level("loud") // fails: Fault.Parse
/// ```
pub native func set_level(level: string) ! Fault

"""#
    case "std.math":
#"""
/// The ratio of a circle's circumference to its diameter.
pub const pi = 3.141592653589793

/// The base of the natural logarithm.
pub const e = 2.718281828459045

/// Greater than every other float.
pub const inf = 1.0 / 0.0

/// The float that is no number: it equals nothing, not even itself.
pub const nan = 0.0 / 0.0

/// The square root, as a float; `nan` of a negative number.
///
/// ```janus
/// math.sqrt(2.25) // => 1.5
/// ```
pub native func sqrt(x) -> float

/// The next int that is not greater: `floor(-2.2)` is -3.
///
/// ```janus
/// math.floor(-2.2) // => -3
/// ```
pub native func floor(x) -> int

/// The next int that is not less.
///
/// ```janus
/// math.ceil(2.2) // => 3
/// ```
pub native func ceil(x) -> int

/// The nearest int; halves go away from zero.
///
/// ```janus
/// math.round(2.5) // => 3
/// ```
pub native func round(x) -> int

/// The int that is left without the fraction.
///
/// ```janus
/// math.trunc(-2.9) // => -2
/// ```
pub native func trunc(x) -> int

/// The number without its sign, of the same kind.
///
/// ```janus
/// math.abs(-3) // => 3
/// ```
pub native func abs(x)

/// The least of the arguments, of its own kind.
///
/// ```janus
/// math.min(2, 1.5) // => 1.5
/// ```
pub native func min(x, ..others)

/// The greatest of the arguments, of its own kind.
///
/// ```janus
/// math.max(2, 1.5) // => 2
/// ```
pub native func max(x, ..others)

/// A power as a float; `x ** y` keeps ints.
///
/// ```janus
/// math.pow(2, 10) // => 1024.0
/// ```
pub native func pow(x, y) -> float

/// The square root of the sum of squares, without overflow on the way.
///
/// ```janus
/// math.hypot(3, 4) // => 5.0
/// ```
pub native func hypot(x, y) -> float

/// e to a power.
///
/// ```janus
/// math.exp(0) // => 1.0
/// ```
pub native func exp(x) -> float

/// The natural logarithm, or that to a base: `log(8, 2)` is 3.0.
///
/// ```janus
/// math.log(8, 2)   // => 3.0
/// math.log(math.e) // => 1.0
/// ```
pub native func log(x, base = null) -> float

/// The logarithm to base 2.
///
/// ```janus
/// math.log2(8) // => 3.0
/// ```
pub native func log2(x) -> float

/// The logarithm to base 10.
///
/// ```janus
/// math.log10(1000) // => 3.0
/// ```
pub native func log10(x) -> float

/// The sine of an angle in radians.
///
/// ```janus
/// math.sin(0) // => 0.0
/// ```
pub native func sin(x) -> float

/// The cosine of an angle in radians.
///
/// ```janus
/// math.cos(0) // => 1.0
/// ```
pub native func cos(x) -> float

/// The tangent of an angle in radians.
///
/// ```janus
/// math.tan(0) // => 0.0
/// ```
pub native func tan(x) -> float

/// The angle with a sine, from -pi/2 to pi/2.
///
/// ```janus
/// math.asin(0) // => 0.0
/// ```
pub native func asin(x) -> float

/// The angle with a cosine, from 0 to pi.
///
/// ```janus
/// math.acos(1) // => 0.0
/// ```
pub native func acos(x) -> float

/// The angle with a tangent, from -pi/2 to pi/2.
///
/// ```janus
/// math.atan(0) // => 0.0
/// ```
pub native func atan(x) -> float

/// The angle of the point (x, y), from -pi to pi.
///
/// ```janus
/// math.atan2(0, 1) // => 0.0
/// ```
pub native func atan2(y, x) -> float

/// A number, or the nearer of two bounds when it lies outside them.
///
/// ```janus
/// math.clamp(12, 0, 10) // => 10
/// ```
pub func clamp(x, low, high) do
    if x < low do low else if x > high do high else x end
end

"""#
    case "std.path":
#"""
// Paths are text here: nothing looks at files.

native func working_folder() -> string

/// Parts of a path as one. A part that begins with `/` begins anew; empty ones count for nothing.
///
/// ```janus
/// path.join("src", "lib/", "a.jan") // => "src/lib/a.jan"
/// path.join("src", "/etc")          // => "/etc"
/// path.join()                       // => ""
/// ```
pub func join(..parts) -> string do
    var result = ""
    for part in parts do
        if not part is string do
            fail Fault.Type($"the parts of a path are strings, not {part}")
        end
        if part.starts_with("/") or result == "" do
            result = part
        else if part != "" do
            result = if result.ends_with("/") do result + part else result + "/" + part end
        end
    end
    result
end

// A path without slashes at its end, apart from the root.
func trimmed(path) -> string do
    let cut = path.trim_end("/")
    if cut == "" and path != "" do "/" else cut end
end

/// The last part of a path.
///
/// ```janus
/// path.base("src/a.jan") // => "a.jan"
/// path.base("src/lib/")  // => "lib"
/// path.base("/")         // => "/"
/// ```
pub func base(path: string) -> string do
    let cut = trimmed(path)
    if cut == "/" do
        return "/"
    end
    cut[(cut.find_last("/") ?? -1) + 1..]
end

/// The path without its last part: `.` where there is only one.
///
/// ```janus
/// path.dir("src/a.jan") // => "src"
/// path.dir("a.jan")     // => "."
/// path.dir("/a")        // => "/"
/// ```
pub func dir(path: string) -> string do
    let cut = trimmed(path)
    if cut == "/" do
        return "/"
    end
    let slash = cut.find_last("/")
    if slash == null do "." else trimmed(cut[..slash]) end
end

/// The last part's ending with its point; empty where there is none. A point at the beginning of a
/// name begins no ending.
///
/// ```janus
/// path.ext("a.tar.gz") // => ".gz"
/// path.ext(".profile") // => ""
/// path.ext("a.d/b")    // => ""
/// ```
pub func ext(path: string) -> string do
    let name = base(path)
    let point = name.find_last(".") ?? 0
    if name[..<point].trim_start(".") == "" do "" else name[point..] end
end

/// The last part without its ending.
///
/// ```janus
/// path.stem("src/a.jan") // => "a"
/// ```
pub func stem(path: string) -> string do
    base(path).remove_suffix(ext(path))
end

/// The parts of a path; the first is `/` when it is absolute.
///
/// ```janus
/// path.parts("/usr//lib/") // => ["/", "usr", "lib"]
/// ```
pub func parts(path: string) -> list do
    let names = path.split("/").filter(|part| part != "")
    if path.starts_with("/") do ["/", ..names] else names end
end

/// True for a path that begins at the root.
///
/// ```janus
/// path.is_absolute("/usr") // => true
/// ```
pub func is_absolute(path: string) -> bool do
    path.starts_with("/")
end

/// The path without `.`, `..` and double slashes, as far as that can be said without looking at
/// links: `.` for a path that leads nowhere.
///
/// ```janus
/// path.normalize("a/./b/../c") // => "a/c"
/// path.normalize("../a/..")    // => ".."
/// path.normalize("/..")        // => "/"
/// ```
pub func normalize(path: string) -> string do
    let absolute_path = is_absolute(path)
    let kept = []
    for part in path.split("/") do
        if part == ".." do
            if len(kept) > 0 and kept[-1] != ".." do
                kept.pop()
            else if not absolute_path do
                kept.push("..")
            end
        else if part != "" and part != "." do
            kept.push(part)
        end
    end
    let names = kept.join("/")
    if absolute_path do "/" + names else if names == "" do "." else names end
end

/// The normalized path from the root; a relative one is taken from the working folder.
///
/// ```janus
/// path.absolute("/a/../b")                 // => "/b"
/// path.absolute("a") == path.absolute("./a") // => true
/// ```
pub func absolute(path: string) -> string ! Fault do
    normalize(join(working_folder(), path))
end

/// The path that leads to a place from a folder, both taken from the working folder.
///
/// ```janus
/// path.relative("/a/b/c", from: "/a/d") // => "../b/c"
/// path.relative("/a", from: "/a")       // => "."
/// ```
pub func relative(path: string, from: string = ".") -> string ! Fault do
    let to = parts(absolute(path))
    let start = parts(absolute(from))
    var shared = 0
    while shared < len(to) and shared < len(start) and to[shared] == start[shared] do
        shared += 1
    end
    let steps = list.filled(len(start) - shared, "..")
    steps.append(to[shared..])
    if steps.is_empty() do "." else steps.join("/") end
end

"""#
    case "std.process":
#"""
/// Runs a program and waits for its end, while other fibers run: `{ status, out, err }`. The first
/// word is the program's path or its name in `PATH`, the others are its arguments, as they are:
/// there is no shell. It needs `--allow-run` for the program, and sees the environment variables.
///
/// `input` is what it reads, as a string or bytes. A program that ends by a signal has 128 and the
/// signal's number as its status. `out` and `err` are strings, or bytes with `raw`. The program and
/// what it started in its group are killed when the fiber is cancelled, when `within` has passed
/// (`Fault.Timeout`), and when it writes more than `limit` bytes (`Fault.Io`). `Fault.Io` too when
/// it cannot be started, `Fault.Parse` when its output is no UTF-8.
///
/// ```janus
/// process.run(["ls", "-l"]) // fails: Fault.Denied
/// process.run("ls -l")      // fails: Fault.Type
/// ```
pub native func run(
    argv: list, input = null, within_: duration? = null, raw: bool = false, limit: int = 16777216
) -> map ! Fault

"""#
    case "std.random":
#"""
use std.math

/// A random value of a range. Every value is as likely.
///
/// ```janus
/// random.int(1..6) in 1..6 // => true
/// random.int(1..<1)        // fails: Fault.Index
/// ```
pub native func int(range) -> int

/// A random float from 0 to below 1.
///
/// ```janus
/// let x = random.float()
/// x >= 0.0 and x < 1.0 // => true
/// ```
pub native func float() -> float

/// True with a probability.
///
/// ```janus
/// random.bool(1.0) // => true
/// random.bool(0.0) // => false
/// random.bool(2.0) // fails: Fault.Contract
/// ```
pub func bool(probability: float = 0.5) -> bool ! Fault do
    if not (probability >= 0.0 and probability <= 1.0) do
        fail Fault.Contract($"a probability is from 0.0 to 1.0, not {probability}")
    end
    float() < probability
end

/// A random float around a mean, distributed normally.
///
/// ```janus
/// random.normal(5.0, 0.0) // => 5.0
/// ```
pub func normal(mean: float = 0.0, deviation: float = 1.0) -> float do
    mean + deviation * math.sqrt(-2.0 * math.log(1.0 - float())) * math.cos(2.0 * math.pi * float())
end

/// A random element of a list; `Fault.Index` when it is empty.
///
/// ```janus
/// random.pick(["a", "b"]) in ["a", "b"] // => true
/// random.pick([])                       // fails: Fault.Index
/// ```
pub native func pick(list)

/// So many elements of a list, each at most once, in random order.
///
/// ```janus
/// random.sample([1, 2, 3], 3).sorted() // => [1, 2, 3]
/// random.sample([1], 2)                // fails: Fault.Index
/// ```
pub func sample(list: list, n: int) -> list ! Fault do
    if n < 0 or n > len(list) do
        fail Fault.Index($"{n} of {len(list)} elements cannot be drawn")
    end
    let rest = list.copy()
    for i in 0..<n do
        let j = int(i..<len(rest))
        [rest[i], rest[j]] = [rest[j], rest[i]]
    end
    rest[..<n]
end

/// Puts the elements of the list itself into random order.
///
/// ```janus
/// let xs = [1, 2, 3]
/// random.shuffle(xs)
/// xs.sorted() // => [1, 2, 3]
/// ```
pub native func shuffle(list)

/// So many random bytes, fit for keys and tokens.
///
/// ```janus
/// len(random.bytes(16)) // => 16
/// ```
pub native func bytes(n: int) -> bytes

/// A random identifier (RFC 9562, version 4).
///
/// ```janus
/// len(random.uuid()) // => 36
/// random.uuid()[14]  // => "4"
/// ```
pub func uuid() -> string do
    let b = bytes(16).list()
    b[6] = b[6] & 0x0f | 0x40
    b[8] = b[8] & 0x3f | 0x80
    let s = b.map(|x| x.text(16).pad_start(2, "0")).join()
    [s[..<8], s[8..<12], s[12..<16], s[16..<20], s[20..]].join("-")
end

/// Random numbers that begin with a seed: the same seed gives the same ones everywhere. For tests
/// and games; they can be foretold, so keys and tokens need the functions above.
pub struct Generator {
    state: int
}

/// A generator with a seed (SplitMix64).
///
/// ```janus
/// let g = random.generator(7)
/// g.int(1..100) // => 44
/// g.int(1..100) // => 3
/// ```
pub func generator(seed: int) -> Generator do
    Generator { state: seed }
end

impl Generator {
    /// 64 random bits as an int.
    ///
    /// ```janus
    /// random.generator(0).word() // => -2152535657050944081
    /// ```
    func word(self) -> int do
        self.state = self.state +% -7046029254386353131
        var z = self.state
        z = (z ^ z >>> 30) *% -4658895280553007687
        z = (z ^ z >>> 27) *% -7723592293110705685
        z ^ z >>> 31
    end

    /// A value of a range.
    ///
    /// ```janus
    /// random.generator(1).int(5..5) // => 5
    /// random.generator(1).int(5..4) // fails: Fault.Index
    /// ```
    func int(self, range) -> int ! Fault do
        let count = len(range)
        if count == 0 do
            fail Fault.Index($"the range {range} is empty: nothing can be drawn")
        end
        // Numbers above the last whole multiple of the count would favour the first values.
        let limit = 9223372036854775807 - 9223372036854775807 % count
        var n = self.word() >>> 1
        while n >= limit do
            n = self.word() >>> 1
        end
        range[n % count]
    end

    /// A float from 0 to below 1.
    ///
    /// ```janus
    /// random.generator(1).float() < 1.0 // => true
    /// ```
    func float(self) -> float do
        (self.word() >>> 11) / 9007199254740992.0
    end

    /// An element of a list; `Fault.Index` when it is empty.
    ///
    /// ```janus
    /// random.generator(1).pick(["a"]) // => "a"
    /// random.generator(1).pick([])    // fails: Fault.Index
    /// ```
    func pick(self, list: list) ! Fault do
        if list.is_empty() do
            fail Fault.Index("nothing can be picked from an empty list")
        end
        list[self.int(0..<len(list))]
    end

    /// Puts the elements of the list itself into random order.
    ///
    /// ```janus
    /// let xs = [1, 2, 3]
    /// random.generator(1).shuffle(xs)
    /// xs.sorted() // => [1, 2, 3]
    /// ```
    func shuffle(self, list: list) do
        var last = len(list) - 1
        while last > 0 do
            let i = self.int(0..last)
            [list[i], list[last]] = [list[last], list[i]]
            last -= 1
        end
    end
}

"""#
    case "std.regex":
#"""
// Regular expressions of PCRE2 (pcre2pattern(3)). Strings are Unicode: `.` is one character of it,
// `\w` and `\d` know all letters and digits, places count characters as `s[i]` does.

native func program(pattern, flags, model)
native func group_names(program) -> map

/// A place where a pattern matched: its text, where it starts and ends in the string, its groups by
/// number (`groups[0]` is all of it; `null` for a group that took no part) and by name.
pub struct Match {
    text: string
    start: int
    end: int
    groups: list
    named: map
}

/// A compiled pattern.
pub struct Regex {
    pattern: string
    flags: string
    program: any
    names: map
}

/// A pattern, ready to match. Flags are letters: `i` ignores case, `m` lets `^` and `$` match at
/// every line, `s` lets `.` match line ends, `x` ignores white space and comments. `Fault.Parse`,
/// with its place, for what is no pattern.
///
/// A search that would take too long, as `(a+)+$` on many letters, ends in `Fault.Timeout`.
///
/// ```janus
/// let date = regex.compile("(?<year>\\d{4})-(\\d\\d)")
/// let m = date.find("on 2026-11-21")
/// [m.text, m.start, m.end] // => ["2026-11", 3, 10]
/// m.groups                 // => ["2026-11", "2026", "11"]
/// m.named                  // => { year: "2026" }
/// regex.compile("É", "i").test("né") // => true
/// regex.compile("a(b")               // fails: Fault.Parse
/// regex.compile("a", "q")            // fails: Fault.Contract
/// ```
pub func compile(pattern: string, flags: string = "") -> Regex ! Fault do
    let empty = {}
    let made = program(pattern, flags, Match { text: "", start: 0, end: 0, groups: [], named: empty })
    Regex { pattern: pattern, flags: flags, program: made, names: empty }
end

/// A pattern that matches a text as it is: its special characters are escaped.
///
/// ```janus
/// regex.escape("1+1?")                             // => "1\\+1\\?"
/// regex.compile(regex.escape("a.b")).test("axb") // => false
/// ```
pub func escape(text: string) -> string do
    let parts = []
    for c in text do
        parts.push(if c in "\\^$.[|()?*+{}#-] \t\n\r" do "\\" + c else c end)
    end
    parts.join()
end

impl Regex {
    /// True when the pattern matches somewhere in a string.
    ///
    /// ```janus
    /// regex.compile("^\\d+$").test("123") // => true
    /// regex.compile("(a+)+$").test("a".repeat(40) + "b") // fails: Fault.Timeout
    /// ```
    native func test(self, text: string) -> bool ! Fault

    /// The first match at or after an index, or null.
    ///
    /// ```janus
    /// regex.compile("é+").find("né éé").start    // => 1
    /// regex.compile("é+").find("né éé", 2).start // => 3
    /// regex.compile("x").find("né")              // => null
    /// ```
    native func find(self, text: string, from: int = 0) -> Match? ! Fault

    /// All matches, from left to right, without overlaps.
    ///
    /// ```janus
    /// regex.compile("\\w+").find_all("two words").map(|m| m.text) // => ["two", "words"]
    /// ```
    native func find_all(self, text: string) -> list ! Fault

    /// The string with every match, or so many, replaced by a template: what `replace` does with one.
    ///
    /// ```janus
    /// regex.compile("a(.)").replace_text("ab ac", "$1", null) // => "b c"
    /// ```
    native func replace_text(self, text, template, limit)

    /// The string with every match, or so many, replaced: by a text in which `$1` and `${name}` stand
    /// for groups and `$$` for a dollar sign, or by what `f(match)` gives.
    ///
    /// ```janus
    /// let swap = regex.compile("(\\w+)=(?<value>\\w+)")
    /// swap.replace("a=1 b=2", "${value}=$1")           // => "1=a 2=b"
    /// swap.replace("a=1 b=2", |m| m.text.upper())      // => "A=1 B=2"
    /// swap.replace("a=1 b=2", "-", limit: 1)           // => "- b=2"
    /// swap.replace("a=1", "$3")                        // fails: Fault.Key
    /// ```
    func replace(self, text: string, by, limit: int? = null) -> string ! Fault do
        if not by is func do
            return self.replace_text(text, by, limit)
        end
        if limit != null and limit < 0 do
            fail Fault.Type($"limit is an int from 0 on, not {limit}")
        end
        let parts = []
        var last = 0
        var left = limit ?? -1
        for m in self.find_all(text) do
            break when left == 0
            left -= 1
            parts.push(text[last..<m.start])
            parts.push(string(by(m)))
            last = m.end
        end
        parts.push(text[last..])
        parts.join()
    end

    /// The parts between matches, empty ones too; with a limit at most so many, the last of which is
    /// all the rest.
    ///
    /// ```janus
    /// regex.compile("\\s*,\\s*").split("a, b ,,c") // => ["a", "b", "", "c"]
    /// regex.compile(",").split("a,b,c", 2)         // => ["a", "b,c"]
    /// regex.compile("").split("né")                // => ["n", "é"]
    /// ```
    native func split(self, text: string, limit: int? = null) -> list ! Fault
}

impl Match {
    /// A group by number or name; null when it took no part. `Fault.Index` or `Fault.Key` for a group
    /// that the pattern does not have.
    ///
    /// ```janus
    /// let m = regex.compile("(?<a>x)|(y)").find("y")
    /// [m.group(2), m.group("a")] // => ["y", null]
    /// m.group(3)                 // fails: Fault.Index
    /// m.group("b")               // fails: Fault.Key
    /// ```
    func group(self, key) -> string? ! Fault do
        if key is string do
            if not self.named.has(key) do
                fail Fault.Key($"the pattern has no group `{key}`")
            end
            return self.named[key]
        end
        self.groups[key]
    end
}

"""#
    case "std.text":
#"""
/// A template with its places filled: `{}` takes the next value, `{0}` the one at an index, `{name}`
/// the one that is given by name or in a map as last argument. Behind a colon stands a format, as in
/// `$"{x:.2f}"`; `{{` and `}}` are braces. `Fault.Index` and `Fault.Key` for values that are not
/// given, `Fault.Parse` for braces that do not fit.
///
/// ```janus
/// text.format("{} + {} = {sum:03}", 1, 2, sum: 3) // => "1 + 2 = 003"
/// text.format("{name}", { name: "x" })            // => "x"
/// text.format("{}")                               // fails: Fault.Index
/// text.format("{x}")                              // fails: Fault.Key
/// text.format("{")                                // fails: Fault.Parse
/// ```
pub native func format(template: string, ..fields) -> string ! Fault

/// The columns that a text takes in a terminal: two for wide East Asian characters and emoji, none
/// for accents that stand alone.
///
/// ```janus
/// text.width("né")   // => 2
/// text.width("日本") // => 4
/// ```
pub native func width(s: string) -> int

/// A text filled up to a width in columns: it stands at the `"left"`, `"right"` or `"center"`.
///
/// ```janus
/// text.pad("日", 4)              // => "日  "
/// text.pad("7", 3, "right", "0") // => "007"
/// text.pad("a", 3, "middle")     // fails: Fault.Contract
/// ```
pub func pad(s, columns: int, align: string = "left", fill: string = " ") -> string ! Fault do
    let shown = string(s)
    let missing = columns - width(shown)
    let count = if missing > 0 do missing else 0 end
    match align {
        "left" => shown + fill.repeat(count)
        "right" => fill.repeat(count) + shown
        "center" => fill.repeat(count / 2) + shown + fill.repeat(count - count / 2)
        _ => fail Fault.Contract($"align is \"left\", \"right\" or \"center\", not \"{align}\"")
    }
end

/// Rows as lines with aligned columns: numbers stand at the right, everything else at the left,
/// unless `align` says otherwise column by column. Rows are lists, or maps whose keys are the header.
///
/// ```janus
/// print(text.table([["apple", 3], ["fig", 12]], header: ["fruit", "n"]))
/// // => fruit   n
/// // => -----  --
/// // => apple   3
/// // => fig    12
/// ```
pub func table(rows: list, header: list? = null, align: list = [], gap: string = "  ") -> string do
    var names = header
    if names == null and len(rows) > 0 and rows[0] is map do
        names = rows[0].keys()
    end
    let cells = rows.map(|row| if row is map do (names ?? []).map(|k| row[k]) else row end)
    let all = if names == null do cells else [names, ..cells] end
    let widths = []
    for row in all do
        for i, cell in row do
            let shown = width(cell_text(cell))
            if i == len(widths) do
                widths.push(shown)
            else if shown > widths[i] do
                widths[i] = shown
            end
        end
    end
    let sides = widths.enumerate().map(|column| side(cells, column[0], align))
    let lines = []
    if names != null do
        lines.push(table_line(names, widths, sides, gap))
        lines.push(widths.map(|n| "-".repeat(n)).join(gap))
    end
    for row in cells do
        lines.push(table_line(row, widths, sides, gap))
    end
    lines.join("\n")
end

func cell_text(cell) -> string do
    if cell == null do "" else string(cell) end
end

// Where a column stands: as it is told, else by what is in it.
func side(rows, i, align) -> string do
    if i < len(align) do
        return align[i]
    end
    let given = rows.filter(|row| i < len(row) and row[i] != null)
    let is_number = given.all(|row| row[i] is int or row[i] is float)
    if is_number and len(given) > 0 do "right" else "left" end
end

func table_line(row, widths, sides, gap) -> string do
    let cells = []
    for i, cell in row do
        cells.push(pad(cell_text(cell), widths[i], sides[i]))
    end
    cells.join(gap).trim_end(" ")
end

/// A text with its lines broken between words so that none is wider than so many columns; a word
/// that is wider is cut. `indent` stands before every line and counts.
///
/// ```janus
/// print(text.wrap("the quick brown fox", 10))
/// // => the quick
/// // => brown fox
/// text.wrap("abcdef", 4, indent: "> ") // => "> ab\n> cd\n> ef"
/// text.wrap("a", 2, indent: "> ")      // fails: Fault.Contract
/// ```
pub func wrap(s: string, columns: int = 80, indent: string = "") -> string ! Fault do
    let room = columns - width(indent)
    if room < 1 do
        fail Fault.Contract($"{columns} columns leave no room for text")
    end
    let result = []
    for line in s.lines() do
        let before = len(result)
        var current = ""
        var filled = 0
        for word in line.words() do
            var rest = word
            var wide = width(rest)
            if filled > 0 and filled + 1 + wide <= room do
                current = current + " " + rest
                filled += 1 + wide
            else
                if filled > 0 do
                    result.push(indent + current)
                end
                while wide > room do
                    let n = prefix_length(rest, room)
                    result.push(indent + rest[..<n])
                    rest = rest[n..]
                    wide = width(rest)
                end
                current = rest
                filled = wide
            end
        end
        if filled > 0 or len(result) == before do
            result.push((indent + current).trim_end())
        end
    end
    result.join("\n")
end

// How many characters of a text fit into so many columns; one does in any case.
func prefix_length(s, room) -> int do
    var n = 0
    var filled = 0
    for part in s.graphemes() do
        filled += width(part)
        break when filled > room
        n += len(part)
    end
    if n == 0 do len(s.graphemes()[0]) else n end
end

/// Every line that is not empty with a prefix.
///
/// ```janus
/// text.indent("a\n\nb") // => "    a\n\n    b"
/// ```
pub func indent(s: string, prefix: string = "    ") -> string do
    let shifted = s.lines().map(|line| if line == "" do "" else prefix + line end).join("\n")
    if s.ends_with("\n") do shifted + "\n" else shifted end
end

/// The lines without the spaces and tabs that all of them begin with.
///
/// ```janus
/// text.dedent("  a\n    b") // => "a\n  b"
/// ```
pub func dedent(s: string) -> string do
    var margin = null
    for line in s.lines() do
        if line.trim() != "" do
            let found = line[..<len(line) - len(line.trim_start(" \t"))]
            margin = if margin == null do found else shared_prefix(margin, found) end
        end
    end
    let cut = margin ?? ""
    let lines = s.lines().map(|line| if line.trim() == "" do "" else line.remove_prefix(cut) end)
    let shifted = lines.join("\n")
    if s.ends_with("\n") do shifted + "\n" else shifted end
end

func shared_prefix(a, b) -> string do
    var n = 0
    while n < len(a) and n < len(b) and a[n] == b[n] do
        n += 1
    end
    a[..<n]
end

/// A text with spaces up to the next tab stop in place of every tab.
///
/// ```janus
/// text.expand_tabs("a\tb")    // => "a       b"
/// text.expand_tabs("a\tb", 4) // => "a   b"
/// ```
pub func expand_tabs(s: string, size: int = 8) -> string ! Fault do
    if size < 1 do
        fail Fault.Contract($"tab stops are at least 1 column apart, not {size}")
    end
    let lines = []
    for line in s.split("\n") do
        var column = 0
        let parts = []
        for i, part in line.split("\t") do
            if i > 0 do
                let n = size - column % size
                parts.push(" ".repeat(n))
                column += n
            end
            parts.push(part)
            column += width(part)
        end
        lines.push(parts.join())
    end
    lines.join("\n")
end

/// Two small hexadecimal digits for each byte of bytes, or of a string's UTF-8.
///
/// ```janus
/// text.hex("hi") // => "6869"
/// ```
pub func hex(data) -> string do
    bytes(data).hex()
end

/// The bytes that pairs of hexadecimal digits spell; `Fault.Parse` for anything else.
///
/// ```janus
/// text.from_hex("6869") // => b"hi"
/// text.from_hex("6g")   // fails: Fault.Parse
/// ```
pub func from_hex(s: string) -> bytes ! Fault do
    bytes.from_hex(s)
end

/// Base64 (RFC 4648) of bytes, or of a string's UTF-8. With `url` it is the alphabet for names and
/// addresses, without padding.
///
/// ```janus
/// text.base64("hi")                  // => "aGk="
/// text.base64(b"\xff\xfe")           // => "//4="
/// text.base64(b"\xff\xfe", url: true) // => "__4"
/// ```
pub func base64(data, url: bool = false) -> string do
    let spelled = bytes(data).base64()
    if url do spelled.trim_end("=").replace("+", "-").replace("/", "_") else spelled end
end

/// The bytes that base64 spells, strictly: no white space, all of the padding (none with `url`), no
/// bits left over, no other alphabet. `Fault.Parse` for anything else.
///
/// ```janus
/// text.from_base64("aGk=")           // => b"hi"
/// text.from_base64("__4", url: true) // => b"\xff\xfe"
/// text.from_base64("aGk")            // fails: Fault.Parse
/// text.from_base64("aGl=")           // fails: Fault.Parse
/// text.from_base64("_w", url: false) // fails: Fault.Parse
/// ```
pub func from_base64(s: string, url: bool = false) -> bytes ! Fault do
    if not url do
        return bytes.from_base64(s)
    end
    for wrong in ["+", "/", "="] do
        let place = s.find(wrong)
        if place != null do
            fail Fault.Parse($"the character at {place} does not belong to base64 for addresses")
        end
    end
    let padding = match len(s) % 4 { 2 => "==", 3 => "=", _ => "" }
    bytes.from_base64(s.replace("-", "+").replace("_", "/") + padding)
end

"""#
    case "std.time":
#"""
/// The time since 1970-01-01 UTC. It can be set back: for measuring there is `monotonic`.
///
/// ```janus
/// time.now() > 0s // => true
/// ```
pub native func now() -> duration

/// The time since some start, which never goes back.
///
/// `let start = time.monotonic()` … `time.monotonic() - start`
///
/// ```janus
/// let start = time.monotonic()
/// time.monotonic() >= start // => true
/// ```
pub native func monotonic() -> duration

"""#
    default: nil
    }
  }
}

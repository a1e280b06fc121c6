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
    "std.json",
    "std.math",
    "std.random",
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
pub native func print(..values)

/// The same as `print`.
pub native func println(..values)

/// Writes the values and leaves the line open.
pub native func write(..values)

/// Writes a line to standard error.
pub native func eprint(..values)

/// Shows an expression, its value and its place on standard error, and gives the value.
pub native func debug(value, expression = null, place = null)

/// The number of elements, entries, characters (Unicode scalars) or bytes.
pub native func len(x) -> int

/// A number cut to an int, or the int that a text spells: `int(2.9)` is `2`, `int("12")` is `12`.
/// `Fault.Overflow` for a float outside 64 bits, `Fault.Parse` for a text that is no int.
pub native func int(x) -> int ! Fault

/// A number as a float, or the float that a text spells: `float("1.5")`.
pub native func float(x) -> float ! Fault

/// The text that `print` would write.
pub native func string(x) -> string

/// The UTF-8 of a string, or the bytes of a list of ints from 0 to 255.
pub native func bytes(x) -> bytes ! Fault

/// The name of a value's type: `type(1.0)` is `"float"`, of a struct its name.
pub native func type(x) -> string

/// True for one and the same list, map or struct; what cannot change is the same when it is equal.
pub native func same(a, b) -> bool

/// Ends the program with a status from 0 to 255. Every `defer` runs, no `catch` sees it.
pub native func exit(n: int = 0)

/// Lets a time pass while other fibers run: `sleep(250ms)`. `sleep(0s)` only lets the others run.
pub native func sleep(d: duration)

/// A channel that holds so many messages before `send` waits.
pub native func channel(n: int = 0)

/// Raises `Fault.Contract` unless the condition holds; the report shows the operands.
pub native func assert(condition: bool)

/// The same for a comparison, in tests: `expect(a) == b`.
pub native func expect(value)

"""#
    case "core/bool":
#"""
impl bool {
    /// 1 for true, 0 for false.
    func to_int(self) -> int do
        if self do 1 else 0 end
    end
}

"""#
    case "core/bytes":
#"""
impl bytes {
    /// The bytes that pairs of hexadecimal digits spell; `Fault.Parse` for anything else.
    native func from_hex(text: string) -> bytes ! Fault

    /// The bytes that base64 with padding spells; `Fault.Parse` for anything else.
    native func from_base64(text: string) -> bytes ! Fault

    /// The bytes of a list of ints from 0 to 255.
    native func from_list(values: list) -> bytes

    /// So many equal bytes: `bytes.filled(16)` is sixteen zeros.
    native func filled(n: int, value: int = 0) -> bytes

    /// The number of bytes.
    native func len(self) -> int

    /// True when there are none.
    func is_empty(self) -> bool do
        len(self) == 0
    end

    /// The string whose UTF-8 this is; `Fault.Parse` when it is none.
    native func text(self) -> string ! Fault

    /// Two small hexadecimal digits for each byte.
    native func hex(self) -> string

    /// Base64 with padding.
    native func base64(self) -> string

    /// The bytes as a list of ints.
    native func list(self) -> list

    /// The index of the first occurrence of a part at or after another index, or null.
    native func find(self, sub: bytes, from: int = 0) -> int?

    /// True when a part occurs.
    native func contains(self, sub: bytes) -> bool

    /// True when the bytes begin so.
    native func starts_with(self, sub: bytes) -> bool

    /// True when the bytes end so.
    native func ends_with(self, sub: bytes) -> bool
}

"""#
    case "core/channel":
#"""
impl channel {
    /// Hands a message over; waits while there is no room for it. `Fault.Closed` once the channel is
    /// closed.
    native func send(self, message) ! Fault

    /// The next message; waits for one. `Fault.Closed` on a channel that is closed and empty.
    native func recv(self) ! Fault

    /// Closes the channel: what was sent can still be received, loops over it then end.
    native func close(self)

    /// True after `close`.
    native func is_closed(self) -> bool

    /// The number of messages that wait to be received.
    native func len(self) -> int
}

"""#
    case "core/duration":
#"""
impl duration {
    /// The duration without its sign.
    native func abs(self) -> duration

    /// The whole number of nanoseconds.
    native func nanoseconds(self) -> int

    /// The number of milliseconds, with its fraction.
    func milliseconds(self) -> float do
        self / 1ms
    end

    /// The number of seconds, with its fraction.
    func seconds(self) -> float do
        self / 1s
    end
}

"""#
    case "core/float":
#"""
impl float {
    /// The number without its sign.
    native func abs(self) -> float

    /// The next int that is not greater.
    native func floor(self) -> int

    /// The next int that is not less.
    native func ceil(self) -> int

    /// The nearest int; halves go away from zero.
    native func round(self) -> int

    /// True for the float that is no number.
    native func is_nan(self) -> bool

    /// False for infinities and what is no number.
    native func is_finite(self) -> bool

    /// The number, or the nearer of two bounds when it lies outside them.
    func clamp(self, low: float, high: float) -> float do
        if self < low do low else if self > high do high else self end
    end
}

"""#
    case "core/int":
#"""
impl int {
    /// The number without its sign.
    native func abs(self) -> int

    /// The digits to a base from 2 to 36: `255.text(16)` is `"ff"`.
    native func text(self, base: int = 10) -> string

    /// The number, or the nearer of two bounds when it lies outside them.
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
    native func filled(n: int, x) -> list

    /// The number of elements.
    native func len(self) -> int

    /// True when there are no elements.
    func is_empty(self) -> bool do
        len(self) == 0
    end

    /// Adds a value at the end.
    native func push(self, x)

    /// Takes the last element off and gives it; `Fault.Index` when there is none.
    native func pop(self)

    /// Puts a value before the element at an index; the length of the list adds it at the end.
    native func insert(self, i: int, x)

    /// Takes out the element at an index and gives it.
    native func remove(self, i: int)

    /// Adds all elements of another list, or of anything else that can be iterated over.
    native func append(self, others)

    /// Removes all elements.
    native func clear(self)

    /// A new list with the same elements.
    native func copy(self) -> list

    /// The strings of a list as one, with a separator between them: `["a", "b"].join(", ")`.
    native func join(self, sep = "") -> string

    /// Orders the list itself. Equal elements keep their order. `less(a, b)` says whether `a` comes
    /// before `b`; without it numbers, strings, bytes or durations ascend.
    ///
    /// `words.sort(|a, b| len(a) < len(b))`
    func sort(self, less = null) do
        if less == null do
            sort_values(self)
        else if len(self) > 1 do
            replace_all(self, merge_sort(self.copy(), less))
        end
    end

    /// A new list in the order that `sort` would make.
    func sorted(self, less = null) -> list do
        let result = self.copy()
        result.sort(less)
        result
    end

    /// A new list in the order of `key(x)` for each element: `people.sort_by(|p| p.age)`.
    func sort_by(self, key) -> list do
        sorted_by_keys(self, self.map(key))
    end

    /// Turns the list itself round.
    native func reverse(self)

    /// A new list with the last element first.
    native func reversed(self) -> list

    /// A new list with `f(x)` for each element.
    func map(self, f) -> list do
        let result = []
        for x in self do
            result.push(f(x))
        end
        result
    end

    /// A new list of the elements for which `f(x)` is true.
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
    func each(self, f) do
        for x in self do
            f(x)
        end
    end

    /// Folds the elements from the left: `[1, 2, 3].reduce(0, |sum, x| sum + x)`.
    func reduce(self, init, f) do
        var result = init
        for x in self do
            result = f(result, x)
        end
        result
    end

    /// The first element for which `f(x)` is true, or null.
    func find(self, f) do
        for x in self do
            if f(x) do
                return x
            end
        end
        null
    end

    /// The index of the first element for which `f(x)` is true, or null.
    func find_index(self, f) -> int? do
        for i, x in self do
            if f(x) do
                return i
            end
        end
        null
    end

    /// True when `f(x)` is true for some element.
    func any(self, f) -> bool do
        for x in self do
            if f(x) do
                return true
            end
        end
        false
    end

    /// True when `f(x)` is true for every element.
    func all(self, f) -> bool do
        for x in self do
            if not f(x) do
                return false
            end
        end
        true
    end

    /// How many elements there are for which `f(x)` is true.
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
    native func index(self, x) -> int?

    /// True when an element equals `x`; the same as `x in list`.
    native func contains(self, x) -> bool

    /// The first element, or null.
    native func first(self)

    /// The last element, or null.
    native func last(self)

    /// The sum of numbers or durations; 0 of none.
    native func sum(self)

    /// The least element, or null of an empty list.
    native func min(self)

    /// The greatest element, or null of an empty list.
    native func max(self)

    /// The first element with the least `key(x)`, or null.
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
    native func zip(self, other) -> list

    /// The elements from one index up to, but not including, another, as a new list.
    native func slice(self, start: int, stop = null) -> list

    /// The first so many elements, or fewer where there are not so many.
    func take(self, n: int) -> list do
        self.slice(0, if n < 0 do 0 else if n < len(self) do n else len(self) end)
    end

    /// All but the first so many elements.
    func drop(self, n: int) -> list do
        self.slice(if n < 0 do 0 else if n < len(self) do n else len(self) end)
    end

    /// The elements without repetitions, each at its first place.
    native func unique(self) -> list

    /// The elements of the lists in this list, one level deep: `[[1], [2, 3]].flatten()`.
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
    func flat_map(self, f) -> list do
        let result = []
        for x in self do
            result.append(f(x))
        end
        result
    end

    /// A map from each `key(x)` to the list of its elements.
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
    func enumerate(self) -> list do
        let result = []
        for i, x in self do
            result.push([i, x])
        end
        result
    end

    /// Lists of so many elements each; the last one may be shorter.
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
    native func from_entries(entries) -> map

    /// The number of entries.
    native func len(self) -> int

    /// True when there are no entries.
    func is_empty(self) -> bool do
        len(self) == 0
    end

    /// The keys, in the order in which they were added.
    native func keys(self) -> list

    /// The values, in the order of their keys.
    native func values(self) -> list

    /// Lists of key and value, in order: `{ a: 1 }.entries()` is `[["a", 1]]`.
    native func entries(self) -> list

    /// True when there is such a key, whatever its value.
    native func has(self, k) -> bool

    /// The value of a key, or a default where the key is absent.
    native func get(self, k, default = null)

    /// The value of a key; where it is absent, `make()` gives it and it is kept.
    ///
    /// `groups.get_or_set(name, || []).push(x)`
    func get_or_set(self, k, make) do
        if not self.has(k) do
            self[k] = make()
        end
        self[k]
    end

    /// Takes a key out and gives its value; null where it is absent.
    native func remove(self, k)

    /// Removes all entries.
    native func clear(self)

    /// A new map with the same entries.
    native func copy(self) -> map

    /// Adds the entries of another map, which win over those that are there.
    native func update(self, other: map)

    /// A new map with the entries of both; those of the other win.
    func merge(self, other: map) -> map do
        let result = self.copy()
        result.update(other)
        result
    end

    /// A new map with `f(key, value)` for each value.
    func map(self, f) -> map do
        let result = {}
        for k, v in self do
            result[k] = f(k, v)
        end
        result
    end

    /// A new map of the entries for which `f(key, value)` is true.
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
    func each(self, f) do
        for k, v in self do
            f(k, v)
        end
    end

    /// True when `f(key, value)` is true for some entry.
    func any(self, f) -> bool do
        for k, v in self do
            if f(k, v) do
                return true
            end
        end
        false
    end

    /// True when `f(key, value)` is true for every entry.
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
    native func len(self) -> int

    /// True when there are no values.
    func is_empty(self) -> bool do
        len(self) == 0
    end

    /// Each n-th value, beginning with the first; a negative step goes down.
    ///
    /// `(1..10).step(3)` gives 1, 4, 7, 10.
    native func step(self, n: int) -> range

    /// The same values from the last to the first.
    native func reversed(self) -> range

    /// The values as a list.
    native func list(self) -> list

    /// True when a number is one of the values; the same as `x in range`.
    func contains(self, x) -> bool do
        x in self
    end

    /// A list with `f(x)` for each value.
    func map(self, f) -> list do
        let result = []
        for x in self do
            result.push(f(x))
        end
        result
    end

    /// A list of the values for which `f(x)` is true.
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
    func each(self, f) do
        for x in self do
            f(x)
        end
    end

    /// Folds the values from the left: `(1..4).reduce(1, |product, x| product * x)`.
    func reduce(self, init, f) do
        var result = init
        for x in self do
            result = f(result, x)
        end
        result
    end

    /// The first value for which `f(x)` is true, or null.
    func find(self, f) do
        for x in self do
            if f(x) do
                return x
            end
        end
        null
    end

    /// True when `f(x)` is true for some value.
    func any(self, f) -> bool do
        for x in self do
            if f(x) do
                return true
            end
        end
        false
    end

    /// True when `f(x)` is true for every value.
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
    native func from_code(n: int) -> string

    /// The number of Unicode scalars.
    native func len(self) -> int

    /// True for `""`.
    func is_empty(self) -> bool do
        self == ""
    end

    /// The parts between separators, empty ones too; an empty separator gives the characters.
    ///
    /// `"a,,b".split(",")` is `["a", "", "b"]`.
    native func split(self, sep: string) -> list

    /// The parts between white space, none of them empty.
    native func words(self) -> list

    /// The lines, without their ends (`\n` or `\r\n`); no empty one after the last end.
    native func lines(self) -> list

    /// The Unicode scalars, each as a string.
    native func chars(self) -> list

    /// What a reader calls characters: an accent or a joined emoji belongs to its base.
    native func graphemes(self) -> list

    /// The UTF-8.
    native func bytes(self) -> bytes

    /// The number of the first Unicode scalar: `"a".code()` is 97.
    native func code(self) -> int

    /// The string without white space at either end.
    native func trim(self) -> string

    /// The string without white space at its start.
    native func trim_start(self) -> string

    /// The string without white space at its end.
    native func trim_end(self) -> string

    /// The string in capital letters.
    native func upper(self) -> string

    /// The string in small letters.
    native func lower(self) -> string

    /// The string with every occurrence of `a` replaced by `b`.
    native func replace(self, a: string, b: string) -> string

    /// The index of the first occurrence of a part at or after another index, or null.
    native func find(self, sub: string, from: int = 0) -> int?

    /// How often a part occurs, without overlaps.
    native func count(self, sub: string) -> int

    /// True when a part occurs; the same as `part in text`.
    native func contains(self, sub: string) -> bool

    /// True when the string begins so.
    native func starts_with(self, sub: string) -> bool

    /// True when the string ends so.
    native func ends_with(self, sub: string) -> bool

    /// So many copies as one string: `"ab".repeat(2)` is `"abab"`.
    native func repeat(self, n: int) -> string

    /// The string filled up at its start to a width: `"7".pad_start(3, "0")` is `"007"`.
    native func pad_start(self, width: int, fill = " ") -> string

    /// The string filled up at its end to a width.
    native func pad_end(self, width: int, fill = " ") -> string
}

"""#
    case "core/task":
#"""
impl task {
    /// Cancels the task: its defers run, and no `catch` sees it.
    native func cancel(self)

    /// True when the task has ended, in whatever way.
    native func done(self) -> bool
}

"""#
    case "std.env":
#"""
/// The value of an environment variable, or null. Needs `--allow-env`.
pub native func get(name: string) -> string? ! Fault

/// The arguments of the program.
pub native func args() -> list

"""#
    case "std.fs":
#"""
/// The text of a file. Needs the right to read it, as do `read_bytes`, `exists` and `list`; files
/// below the script's own folder may be read without asking.
pub native func read(path: string) -> string ! Fault

/// The bytes of a file.
pub native func read_bytes(path: string) -> bytes ! Fault

/// Makes a file what a string or bytes are; what was in it is lost. Needs `--allow-write`.
pub native func write(path: string, data) ! Fault

/// Adds a string or bytes at the end of a file; makes it where there is none.
pub native func append(path: string, data) ! Fault

/// True when there is a file or folder.
pub native func exists(path: string) -> bool ! Fault

/// The names in a folder, in order.
pub native func list(path: string) -> list ! Fault

/// Removes a file or an empty folder. Needs `--allow-write`.
pub native func remove(path: string) ! Fault

"""#
    case "std.json":
#"""
/// The value that a JSON text (RFC 8259) spells; `Fault.Parse`, with line and column, when it is
/// none.
/// Objects become maps in the order of the text, numbers with a point or an exponent floats.
///
/// `json.parse("[1, 2.5]")` is `[1, 2.5]`.
pub native func parse(text) ! Fault

/// A value as JSON: on one line, or with so many spaces per level. Structs become objects.
/// `Fault.Type` for what has no JSON: functions, bytes, durations, infinities, values that contain
/// themselves.
///
/// `json.text({ a: [1, null] })` is `{"a":[1,null]}`.
pub native func text(value, indent: int = 0) -> string ! Fault

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
pub native func sqrt(x) -> float

/// The next int that is not greater: `floor(-2.2)` is -3.
pub native func floor(x) -> int

/// The next int that is not less.
pub native func ceil(x) -> int

/// The nearest int; halves go away from zero.
pub native func round(x) -> int

/// The int that is left without the fraction.
pub native func trunc(x) -> int

/// The number without its sign, of the same kind.
pub native func abs(x)

/// The least of the arguments, of its own kind.
pub native func min(x, ..others)

/// The greatest of the arguments, of its own kind.
pub native func max(x, ..others)

/// A power as a float; `x ** y` keeps ints.
pub native func pow(x, y) -> float

/// The square root of the sum of squares, without overflow on the way.
pub native func hypot(x, y) -> float

/// e to a power.
pub native func exp(x) -> float

/// The natural logarithm, or that to a base: `log(8, 2)` is 3.0.
pub native func log(x, base = null) -> float

/// The logarithm to base 2.
pub native func log2(x) -> float

/// The logarithm to base 10.
pub native func log10(x) -> float

/// The sine of an angle in radians.
pub native func sin(x) -> float

/// The cosine of an angle in radians.
pub native func cos(x) -> float

/// The tangent of an angle in radians.
pub native func tan(x) -> float

/// The angle with a sine, from -pi/2 to pi/2.
pub native func asin(x) -> float

/// The angle with a cosine, from 0 to pi.
pub native func acos(x) -> float

/// The angle with a tangent, from -pi/2 to pi/2.
pub native func atan(x) -> float

/// The angle of the point (x, y), from -pi to pi.
pub native func atan2(y, x) -> float

/// A number, or the nearer of two bounds when it lies outside them.
pub func clamp(x, low, high) do
    if x < low do low else if x > high do high else x end
end

"""#
    case "std.random":
#"""
/// A random value of a range: `random.int(1..6)`. Every value is as likely.
pub native func int(range) -> int

/// A random float from 0 to below 1.
pub native func float() -> float

/// A random element of a list; `Fault.Index` when it is empty.
pub native func pick(list)

/// Puts the elements of the list itself into random order.
pub native func shuffle(list)

"""#
    case "std.time":
#"""
/// The time since 1970-01-01 UTC. It can be set back: for measuring there is `monotonic`.
pub native func now() -> duration

/// The time since some start, which never goes back.
///
/// `let start = time.monotonic()` … `time.monotonic() - start`
pub native func monotonic() -> duration

"""#
    default: nil
    }
  }
}

import JanusBytecode
import JanusRuntime
import JanusSource

/// Functions of the library that take hostile text: an input is the arguments of a program that
/// calls them, parted by zero bytes; what is not UTF-8 is replaced.
enum LibraryTarget {
  /// What must hold is asserted in the programs: an `assert` that fails is a finding, other faults
  /// are answers.
  case json, regex, text, path

  func run(_ input: [UInt8]) {
    let parts = input.split(separator: 0, maxSplits: 3, omittingEmptySubsequences: false)
    let texts = parts.map { String(decoding: $0, as: UTF8.self) }
    let arguments = texts + Array(repeating: "", count: 4 - texts.count)
    FuzzRun.run(images, input, arguments: arguments, assertionsHold: true)
  }

  private var images: [ModuleImage] {
    switch self {
    case .json: Self.jsonImages
    case .regex: Self.regexImages
    case .text: Self.textImages
    case .path: Self.pathImages
    }
  }

  /// Examples to begin with.
  var seeds: [String] {
    switch self {
    case .json:
      [
        #"{"a": [1, -2.5e3, true, null, "x\n\u00e9\ud834\udd1e"], "": {}}"#, "[[[[]]]]", "\"\"",
        "12345678901234567890", "1e400",
      ]
    case .regex:
      [
        "(a|b)*c{2,5}?\0abcccc\0$1-$0", "^(?<name>[\\w.-]+)@x\\.(org|com)$\0a.b@x.org\0${name}",
        "[^\\d\\s]+?\\b(?=x)\0foo x bar\0\\", "(?i)\\p{L}+\0Ärger Öl\0<$0>",
        "(x+x+)+y\0xxxxxxxxxxxxxxx\0",
      ]
    case .text:
      [
        "{:>8.2f}|{}\0Hello, wörld\0  a\tb\n    c", "{a} {:x} {:,}\0aGVsbG8=\0日本語 text",
        "{{}}\0deadbeef\0\u{301}e\u{301}", "{:^10}\0-_8\0a\r\nb",
      ]
    case .path: ["/a/../b//c.tar.gz\0./x", "..\0/", "a/b/./..\0../..", "\0", "//x\0~/y"]
    }
  }

  /// Words that inputs are made of.
  var dictionary: [String] {
    switch self {
    case .json: ["\\u", "\\ud834", "null", "true", "1e", "-0", "{\"", "\":", "[", "]", "}", ","]
    case .regex:
      [
        "(?:", "(?=", "(?!", "(?<n>", "(?i)", "[^", "\\p{L}", "\\d", "\\b", "{1,3}", "*?", "+?",
        "|",
        "$1", "${n}", "\\1", "^", "$", ".*", "\0",
      ]
    case .text: ["{", "}", "{:", ">", "<", "^", ".2f", ",", "x}", "\t", "\n", "\0", "="]
    case .path: ["/", "..", ".", "//", "~", "\0", ".tar.gz"]
    }
  }

  // MARK: Programs

  private static func compiled(_ source: String) -> [ModuleImage] {
    var loader = FuzzLibrary.loader()
    loader.load(SourceFile(name: "fuzz.jan", bytes: Array(source.utf8)), path: "fuzz.jan")
    let messages = loader.findings.flatMap { $0.diagnostics.map(\.message) }
    precondition(loader.isValid, messages.joined(separator: "; "))
    return loader.order
  }

  /// What was read can be written, and is the same when it is read again.
  private static let jsonImages = compiled(
    """
    use std.json
    func main(args) do
        let value = json.parse(args[0])
        let once = json.text(value)
        let again = json.text(json.parse(once))
        assert again == once
        assert json.text(json.parse(json.text(value, indent: 2))) == once
    end
    """)

  /// Matches lie in the text; an escaped text matches itself.
  private static let regexImages = compiled(
    """
    use std.regex
    func main(args) do
        let text = args[1]
        assert regex.compile(regex.escape(text)).test(text)
        let r = regex.compile(args[0], flags: args[3])
        let found = r.find_all(text)
        if r.test(text) do
            assert found.len() > 0
        end
        write r.find(text), found, r.split(text), r.replace(text, args[2])
    end
    """)

  private static let textImages = compiled(
    """
    use std.text
    func attempt(f) do
        f() catch null
    end
    func main(args) do
        let template = args[0]
        let a = args[1]
        let b = args[2]
        attempt(|| text.format(template, a, 7, -1.5, a: b, b: [a]))
        attempt(|| text.pad(a, 12, align: "center", fill: b))
        attempt(|| text.table([[a, b], [b]], header: [template, a]))
        for columns in [1, 5, 80] do
            attempt(|| text.wrap(a, columns: columns, indent: b))
        end
        text.dedent(text.indent(a, prefix: b))
        attempt(|| text.expand_tabs(a, size: 3))
        assert text.from_hex(text.hex(a)).text() == a
        assert text.from_base64(text.base64(b)).text() == b
        assert text.from_base64(text.base64(b, url: true), url: true).text() == b
        attempt(|| text.from_hex(a))
        attempt(|| text.from_base64(a))
        attempt(|| text.from_base64(a, url: true))
        assert text.width(a) >= 0
        attempt(|| a.split(b))
        attempt(|| a.replace(b, template))
        write a.words(), a.lines(), a.chars(), a.graphemes(), a.upper(), a.lower(), a.title()
        write a.capitalize(), a.trim(b), a.remove_prefix(b), a.find_last(b), a.count(b)
        assert a.reversed().reversed() == a
        let joined = a + b
    assert joined.starts_with(a) and joined.ends_with(b) and b in joined
        attempt(|| int(a))
        attempt(|| float(a))
        for i in 0..<a.len() do
            write a[i], a[i..], a[..i]
        end
    end
    """)

  private static let pathImages = compiled(
    """
    use std.path
    func main(args) do
        let a = args[0]
        let b = args[1]
        let joined = path.join(a, b)
        for p in [a, b, joined] do
            let plain = path.normalize(p)
            assert path.normalize(plain) == plain
            write path.base(p), path.dir(p), path.ext(p), path.stem(p), path.parts(p)
            write path.is_absolute(p)
        end
        write path.relative(a, from: b)
    end
    """)
}

import JanusSource
import JanusSyntax
import Testing

/// Nurseries, channels and deadlines (language.md §11).
struct ConcurrencyTests {
  @Test(arguments: [
    Row(
      "nursery do let a = spawn f(1); await a end",
      "(nursery {(let (patternBinding a) - (spawn (call f [1]))) (await a)})"),
    Row("spawn do f() end", "(spawn {(call f [])})"),
    Row("spawn { f() }", "(spawn (block braces [(call f [])]))"),
    Row("within 2s do a end", "(within 2000000000ns {a})"),
    Row("x = within t { a }", "(assign x (within t (block braces [a])))"),
    Row(
      "select do\ncase m = ch.recv() do m end\ncase ch.recv() do 1 end\ncase out.send(1) do 2 "
        + "end\ntimeout(1s) do 3 end\ndefault do 4 end\nend",
      "(select [(selectReceive (patternBinding m) ch {m}) (selectReceive - ch {1}) "
        + "(selectSend out 1 {2}) (selectTimeout 1000000000ns - {3}) (selectDefault - - {4})])"
    ),
    Row("select { case [a, b] = x.y.recv() { a } default { 1 } }", "J0201"),
    Row(
      "select { case [a, b] = x.y.recv() { a }\n default { 1 } }",
      "(select [(selectReceive (patternList [(patternBinding a) (patternBinding b)]) (member "
        + "x y) (block braces [a])) (selectDefault - - (block braces [1]))])"
    ),
    Row("using f := open(p) do f end", "(using [(usingBinding f (call open [p]))] {f})"),
    Row(
      "x = using a := b, c := d do a end",
      "(assign x (using [(usingBinding a b) (usingBinding c d)] {a}))"),
    Row("tasks.push(spawn f(n))", "(call (member tasks push) [(spawn (call f [n]))])"),
    Row("select do case f() do end end", "J0201"),
    Row("select do case ch.recv(1) do end end", "J0201"), Row("select do 1 end", "J0201"),
    Row("using f = open(p) do end", "J0232"), Row("using let f = open(p) do end", "J0201 J0232"),
    Row("select do timeout 1s do end end", "J0201"), Row("spawn x", "J0201"),
    Row("spawn || f()", "J0201"),
  ])
  func constructs(_ row: Row) {
    #expect(Parsing(row.text).result == row.expected)
  }
}

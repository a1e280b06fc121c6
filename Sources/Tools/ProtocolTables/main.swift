import DMPModel

// `protocol-tables page` and `protocol-tables promela` print what Scripts/state-tables keeps.
switch CommandLine.arguments.dropFirst().first {
case "page": print(StatePage.text, terminator: "")
case "promela": print(PromelaTables.text, terminator: "")
default: preconditionFailure("page or promela?")
}

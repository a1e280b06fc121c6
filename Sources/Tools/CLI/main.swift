import Glibc

let arguments = Array(CommandLine.arguments.dropFirst())
exit(CommandLineTool.run(arguments))

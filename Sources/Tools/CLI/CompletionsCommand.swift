/// `janus completions`
enum CompletionsCommand {
  static let command = Command(
    name: "completions", summary: "writes completions for a shell",
    usage: """
      janus completions bash|zsh|fish
        bash  janus completions bash > ~/.local/share/bash-completion/completions/janus
        zsh   janus completions zsh > "${fpath[1]}/_janus"
        fish  janus completions fish > ~/.config/fish/completions/janus.fish
      """, run: run)

  private static func run(_ arguments: [String]) throws(UsageError) -> Int32 {
    guard arguments.count == 1, let shell = arguments.first else {
      throw UsageError(message: "one shell is needed: bash, zsh or fish")
    }
    switch shell {
    case "bash": printLine(bash)
    case "zsh": printLine(zsh)
    case "fish": printLine(fish)
    default: throw UsageError(message: "there are no completions for `\(shell)`")
    }
    return ExitStatus.success
  }

  private static var commands: [Command] { CommandLineTool.commands }

  /// The long options that a command's usage names.
  static func options(of command: Command) -> [String] {
    var options: [String] = []
    for word in (command.usage + (takesRunOptions(command) ? RunOptions.usage : ""))
      .split(whereSeparator: { " \n[]=,`|".contains($0) })
    where word.hasPrefix("--") && word.count > 2 && !options.contains(String(word)) {
      options.append(String(word))
    }
    return options
  }

  private static func takesRunOptions(_ command: Command) -> Bool {
    command.usage.contains("OPTIONS")
  }

  private static var bash: String {
    let cases = commands.map { command in
      "    \(command.name)) words=\"\(words(for: command))\" ;;"
    }
    return """
      # Completions of janus for bash.
      _janus() {
        local word="${COMP_WORDS[COMP_CWORD]}" words=""
        if [ "$COMP_CWORD" -eq 1 ]; then
          words="\(commands.map(\.name).joined(separator: " ")) --help --version"
        else
          case "${COMP_WORDS[1]}" in
      \(cases.joined(separator: "\n"))
          esac
        fi
        case "${COMP_WORDS[COMP_CWORD - 1]}" in
          --diagnostics) words="human short json" ;;
        esac
        COMPREPLY=($(compgen -W "$words" -- "$word"))
        compopt -o filenames 2>/dev/null
        COMPREPLY+=($(compgen -d -- "$word") $(compgen -f -X '!*.jan' -- "$word"))
      }
      complete -F _janus janus
      """
  }

  private static var zsh: String {
    let names = commands.map { "    '\($0.name):\(quoted($0.summary))'" }
    let cases = commands.map { command in
      "    \(command.name)) compadd -- \(words(for: command)) ;;"
    }
    return """
      #compdef janus
      # Completions of janus for zsh.
      _janus() {
        local -a commands
        commands=(
      \(names.joined(separator: "\n"))
        )
        if (( CURRENT == 2 )); then
          _describe command commands
          _files -g '*.jan'
          return
        fi
        if [[ "${words[CURRENT - 1]}" == --diagnostics ]]; then
          compadd -- human short json
          return
        fi
        case "${words[2]}" in
      \(cases.joined(separator: "\n"))
        esac
        _files -g '*.jan'
      }
      _janus "$@"
      """
  }

  private static var fish: String {
    var lines = ["# Completions of janus for fish.", "complete -c janus -e"]
    for command in commands {
      lines.append(
        "complete -c janus -n __fish_use_subcommand -a \(command.name) "
          + "-d '\(quoted(command.summary))'")
      for option in options(of: command) {
        let values = option == "--diagnostics" ? " -x -a 'human short json'" : ""
        lines.append(
          "complete -c janus -n '__fish_seen_subcommand_from \(command.name)' "
            + "-l \(option.dropFirst(2))\(values)")
      }
      if command.name == CompletionsCommand.command.name {
        lines.append(
          "complete -c janus -n '__fish_seen_subcommand_from \(command.name)' -f "
            + "-a 'bash zsh fish'")
      }
    }
    return lines.joined(separator: "\n")
  }

  /// What may follow a command, apart from files.
  private static func words(for command: Command) -> String {
    let shells = command.name == CompletionsCommand.command.name ? ["bash", "zsh", "fish"] : []
    return (shells + options(of: command) + ["--help"]).joined(separator: " ")
  }

  private static func quoted(_ text: String) -> String {
    text.filter { $0 != "'" && $0 != "`" }
  }
}

"""The interpreters that are compared, and which file of a program each of them runs."""

import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from process import executable

PROGRAMS = Path(__file__).resolve().parent / "programs"
JANUS, LUA, LUAJIT, LUAU = "janus", "lua5.4", "luajit -joff", "luau"
PYTHON, NODE = "python3", "node --jitless"
# These have a port of every program; one that is missing is a failure.
COMPLETE = {JANUS, LUA, PYTHON}


@dataclass(frozen=True)
class Peer:
    name: str
    command: list
    suffixes: list
    version: str

    def command_for(self, program):
        """The command that runs a program, or None where the peer has no port of it.

        A `.luajit` file stands where the `.lua` file needs Lua 5.4's integers, so a peer other
        than Lua 5.4 that has no file of its own beside it is left out.
        """
        path = PROGRAMS / program / program
        for suffix in self.suffixes:
            file = path.with_suffix(suffix)
            needs_integers = suffix == ".lua" and path.with_suffix(".luajit").exists()
            if file.exists() and (self.name == LUA or not needs_integers):
                return [*self.command, str(file)]
        return None


def find_peers(janus):
    """The peers that are there: Janus at its path, the others on PATH."""
    # Python is this interpreter, for a shim on PATH (pyenv has one) would be measured with it.
    python = sys.executable
    candidates = [
        (JANUS, [janus, "run"], [".jan"], "--version"),
        (LUA, ["lua5.4"], [".lua"], "-v"),
        (LUAJIT, ["luajit", "-joff"], [".luajit", ".lua"], "-v"),
        (LUAU, ["luau"], [".luau", ".lua"], None),
        (PYTHON, [python], [".py"], "--version"),
        (NODE, ["node", "--jitless", "--no-expose-wasm"], [".js"], "--version"),
    ]
    peers = []
    for name, command, suffixes, version_flag in candidates:
        path = executable(command[0])
        if path is not None:
            version = _version(path, version_flag)
            peers.append(Peer(name, [path, *command[1:]], suffixes, version))
    return peers


def _version(path, flag):
    if flag is None:
        return path
    done = subprocess.run([path, flag], capture_output=True, text=True, check=False)
    return (done.stdout or done.stderr).partition("\n")[0]

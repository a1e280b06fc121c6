#!/usr/bin/env python3
"""Compares std.regex with a C loop over PCRE2 (README.md)."""

import pathlib
import random
import resource
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
JANUS = HERE.parent.parent / ".build/release/janus"
ROUNDS = 5
PATTERNS = [
    ("address", r"[\w.+-]+@[\w-]+\.[\w.]+", 8),
    ("date and level", r"(\d{4})-(\d\d)-(\d\d)T\S+ (WARN|ERROR)", 8),
    ("rare word", r"quetzalcoatl", 200),
    ("alternatives", r"(?:timeout|refused|denied) by (\w+)", 40),
    ("words", r"\w+", 2),
]


def text(lines):
    draw = random.Random(1)
    names = ["alice", "bob", "carol", "dave", "erin", "quetzalcoatl"]
    for _ in range(lines):
        level = draw.choices(["DEBUG", "INFO", "WARN", "ERROR"], [50, 40, 7, 3])[0]
        name = draw.choices(names, [30, 30, 20, 10, 10, 0.01])[0]
        end = draw.choices(["ok", "timeout by peer", "denied by policy"], [90, 6, 4])[0]
        yield (
            f"2026-{draw.randint(1, 12):02}-{draw.randint(1, 28):02}T12:00:{draw.randint(0, 59):02}Z "
            f"{level} session {draw.getrandbits(32):08x} from {name}@agents.example.org took "
            f"{draw.randint(1, 900)} ms and sent {draw.randint(1, 9000)} bytes: {end}\n"
        )


def measure(command):
    best = None
    for _ in range(ROUNDS):
        before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime
        output = subprocess.run(command, capture_output=True, check=True, text=True).stdout
        used = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime - before
        best = used if best is None else min(best, used)
    return best, output


def main():
    with tempfile.TemporaryDirectory() as folder:
        data = pathlib.Path(folder) / "log.txt"
        data.write_text("".join(text(80_000)))
        loop = pathlib.Path(folder) / "loop"
        subprocess.run(["cc", "-O2", HERE / "loop.c", "-o", loop, "-lpcre2-8"], check=True)
        print(f"{data.stat().st_size / 1e6:.1f} MB of ASCII text, user seconds, best of {ROUNDS}")
        for name, pattern, rounds in PATTERNS:
            arguments = [pattern, str(data), str(rounds)]
            program = str(HERE / "find_all.jan")
            ours, found = measure([JANUS, "run", "-A", program, *arguments])
            theirs, expected = measure([loop, *arguments])
            if found != expected:
                sys.exit(f"{name}: {found.strip()} is not {expected.strip()}")
            print(f"{name:16} janus {ours:.3f}  C {theirs:.3f}  ratio {ours / theirs:.2f}")


if __name__ == "__main__":
    main()

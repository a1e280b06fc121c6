#!/usr/bin/env python3
"""Counts the instructions of small programs under callgrind and compares with thresholds.json.

A count that is more than 3 % above its threshold is a failure. --update writes the new counts.
"""

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from process import DEFAULT_JANUS, executable

HERE = Path(__file__).resolve().parent
PROGRAMS = HERE / "instructions"
THRESHOLDS = HERE / "thresholds.json"
TOLERANCE = 0.03
# Swift's own hash tables are seeded at random otherwise, and the counts with them.
ENVIRONMENT = {**os.environ, "SWIFT_DETERMINISTIC_HASHING": "1"}


def main():
    arguments = parse_arguments()
    if shutil.which("valgrind") is None:
        print("SKIPPED: valgrind is not installed, NO INSTRUCTION WAS COUNTED")
        return 0
    janus = executable(arguments.janus)
    if janus is None:
        sys.exit(f"no janus at {arguments.janus}")
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        counted = pool.map(lambda name: count(janus, name), arguments.only)
    counts = dict(zip(arguments.only, counted))
    thresholds = json.loads(THRESHOLDS.read_text())
    if arguments.update:
        return update(thresholds, counts)
    return compare(thresholds, counts)


def parse_arguments():
    available = program_names()
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--janus", default=DEFAULT_JANUS, help="the binary to measure")
    parser.add_argument("--only", default=available, type=lambda text: text.split(","),
                        metavar="A,B", help="these programs alone")
    parser.add_argument("--update", action="store_true", help="write the counts to thresholds.json")
    arguments = parser.parse_args()
    unknown = set(arguments.only) - set(available)
    if unknown:
        parser.error(f"no such program: {', '.join(sorted(unknown))}")
    return arguments


def program_names():
    return sorted(path.stem for path in PROGRAMS.glob("*.jan"))


def count(janus, name):
    """The instructions a program takes, or None if it fails."""
    with tempfile.NamedTemporaryFile("r") as profile:
        command = [
            "valgrind", "--tool=callgrind", f"--callgrind-out-file={profile.name}", "--quiet",
            janus, "run", str(PROGRAMS / f"{name}.jan"),
        ]
        done = subprocess.run(command, env=ENVIRONMENT, stdout=subprocess.DEVNULL,
                              stderr=subprocess.PIPE, text=True, check=False)
        totals = [line for line in profile if line.startswith("totals:")]
    if done.returncode != 0 or not totals:
        print(f"FAILED  {name}: exit status {done.returncode}\n{done.stderr}", file=sys.stderr)
        return None
    return int(totals[0].split()[1])


def update(thresholds, counts):
    failed = [name for name, value in counts.items() if value is None]
    if failed:
        print(f"FAILED  {', '.join(failed)}: thresholds.json stays as it was")
        return 1
    merged = {name: {**thresholds, **counts}[name] for name in program_names()
              if name in thresholds or name in counts}
    THRESHOLDS.write_text(json.dumps(merged, indent=2) + "\n")
    print(f"{len(counts)} counts written to {THRESHOLDS}")
    return 0


def compare(thresholds, counts):
    verdicts = []
    print(f"{'program':14}{'instructions':>16}{'threshold':>16}{'change':>10}")
    for name, value in counts.items():
        threshold = thresholds.get(name)
        if value is None:
            verdicts.append("FAILED")
            print(f"{name:14}{'FAILED':>16}")
        elif threshold is None:
            verdicts.append("FAILED")
            print(f"{name:14}{value:>16,}{'none':>16}{'':>10}  FAILED: run --update")
        else:
            change = value / threshold - 1
            verdict = judge(change)
            verdicts.append(verdict)
            print(f"{name:14}{value:>16,}{threshold:>16,}{change:>+10.1%}  {verdict}")
    stale = sorted(set(thresholds) - set(program_names()))
    if stale:
        print(f"FAILED  thresholds of programs that are gone: {', '.join(stale)}")
    return 1 if stale or "FAILED" in verdicts else 0


def judge(change):
    if change > TOLERANCE:
        return "FAILED"
    return "faster: run --update" if change < -TOLERANCE else "ok"


if __name__ == "__main__":
    sys.exit(main())

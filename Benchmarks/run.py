#!/usr/bin/env python3
"""Runs every benchmark program in Janus and its peers and prints ratios to lua5.4 (README.md)."""

import argparse
import json
import sys
from pathlib import Path

from peers import COMPLETE, JANUS, LUA, PROGRAMS, find_peers
from process import DEFAULT_JANUS, GNU_TIME, own_peak_kilobytes, run, run_for_memory
from results import Results, Sample

START_UP_RUNS = 40
MEMORY_PROGRAMS = ["hello", "spawn", "bigarray"]
UNTIMED = {"bigarray"}


def main():
    arguments = parse_arguments()
    peers = find_peers(arguments.janus)
    names = [peer.name for peer in peers]
    if LUA not in names:
        sys.exit(f"{LUA} is not on PATH; it is what all others are compared with")
    results = measure(arguments.only, peers, arguments.rounds)
    print_report(results, arguments, peers)
    if arguments.json:
        arguments.json.write_text(json.dumps(as_json(results, arguments, peers), indent=2) + "\n")
    if JANUS not in names:
        print(f"\nFAILED  no janus at {arguments.janus}: only its peers were measured")
    return 1 if results.failures or JANUS not in names else 0


def parse_arguments():
    available = sorted(path.name for path in PROGRAMS.iterdir())
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--janus", default=DEFAULT_JANUS, help="the binary to measure")
    parser.add_argument("--rounds", type=int, default=5, help="timed runs of each program")
    parser.add_argument("--only", default=available, type=lambda text: text.split(","),
                        metavar="A,B", help="these programs alone")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write every figure there too")
    arguments = parser.parse_args()
    arguments.only = list(dict.fromkeys(arguments.only))
    unknown = set(arguments.only) - set(available)
    if unknown:
        parser.error(f"no such program: {', '.join(sorted(unknown))}")
    if arguments.rounds < 1:
        parser.error("--rounds must be at least 1")
    return arguments


def measure(programs, peers, rounds):
    results = Results()
    jobs, expected = check(results, programs, peers)

    def time_all(jobs, samples, note):
        for program, peer, command in jobs:
            progress(f"{note}: {program}, {peer}")
            if (program, peer) not in results.failures:
                done = run(command)
                if accept(results, program, peer, done, expected[program]):
                    samples.setdefault((program, peer), Sample()).add(done)

    timed = [job for job in jobs if job[0] not in UNTIMED]
    for round_number in range(1, rounds + 1):
        time_all(timed, results.samples, f"round {round_number} of {rounds}")
    start_up = [job for job in jobs if job[0] == "hello"]
    for round_number in range(1, START_UP_RUNS + 1):
        time_all(start_up, results.start_up, f"start-up, run {round_number} of {START_UP_RUNS}")
    progress("")
    return results


def check(results, programs, peers):
    """Runs each program once, for its output and its peak memory, before any is timed."""
    jobs, expected = [], {}
    baseline_first = sorted(peers, key=lambda peer: peer.name != LUA)
    for program in programs:
        for peer in baseline_first:
            progress(f"check: {program}, {peer.name}")
            command = peer.command_for(program)
            if command is None:
                if peer.name in COMPLETE:
                    results.fail(program, peer.name, "the program is missing")
                else:
                    results.unported.append((program, peer.name))
                continue
            done = run_for_memory(command)
            if peer.name == LUA:
                expected[program] = done.output
            if accept(results, program, peer.name, done, expected[program]):
                results.peak_megabytes[program, peer.name] = done.peak_kilobytes / 1024
                jobs.append((program, peer.name, command))
    return jobs, expected


def accept(results, program, peer, done, expected):
    problem = done.problem
    if problem is None and done.output != expected:
        problem = f"prints {excerpt(done.output)}, {LUA} prints {excerpt(expected)}"
    if problem is not None:
        results.fail(program, peer, problem)
    return problem is None


def excerpt(output):
    text = output.decode(errors="replace")
    return repr(text if len(text) <= 80 else text[:80] + "…")


def progress(text):
    if sys.stderr.isatty():
        print(f"\r\033[K{text}", end="", file=sys.stderr, flush=True)


def print_report(results, arguments, peers):
    for peer in peers:
        print(f"{peer.name:16}{peer.version}")
    timed = [program for program in arguments.only if program not in UNTIMED]
    others = [peer.name for peer in peers if peer.name != LUA]
    print_times(results, timed, others, arguments.rounds)
    if "hello" in arguments.only:
        print_start_up(results, peers)
    print_memory(results, [name for name in MEMORY_PROGRAMS if name in arguments.only], peers)
    if JANUS in others:
        print_figures(results)
    if results.unported:
        pairs = ", ".join(f"{program} ({peer})" for program, peer in results.unported)
        print(f"\nNot ported, and so not in that peer's mean: {pairs}")
    if results.failures:
        print()
    for (program, peer), problem in results.failures.items():
        print(f"FAILED  {program}, {peer}: {problem}")


def print_times(results, programs, others, rounds):
    print(f"\nCPU time, user + system, of the whole process: {LUA} in seconds, the others as the")
    print(f"ratio of medians to it, over {rounds} interleaved rounds")
    print_row("program", [LUA, *others])
    for program in programs:
        seconds = cell(results, program, LUA, results.seconds(program, LUA), ".3f")
        ratios = [cell(results, program, name, results.ratio(program, name)) for name in others]
        print_row(program, [seconds, *ratios])
    print_row("geometric mean", ["", *(number(results.mean(name)) for name in others)])
    print_row("  of programs", ["", *(len(results.ratios(name)) for name in others)])
    slowest = results.slowest()
    if slowest:
        print(f"The slowest program of Janus is {slowest[0]}: {slowest[1]:.2f} of {LUA}.")


def print_start_up(results, peers):
    print(f"\nStart-up: hello, median of {START_UP_RUNS}")
    names = [peer.name for peer in peers]
    print_row("", names)
    print_row("CPU ms", [number(results.start_up_milliseconds(name, "cpu")) for name in names])
    print_row("  to lua5.4's", [number(results.start_up_ratio(name)) for name in names])
    print_row("elapsed ms", [number(results.start_up_milliseconds(name, "wall")) for name in names])


def print_memory(results, programs, peers):
    floor = own_peak_kilobytes() / 1024
    note = "" if GNU_TIME else f" (no GNU time: nothing below {floor:.0f} MB can be seen)"
    print(f"\nPeak memory in MB{note}")
    print_row("", [peer.name for peer in peers])
    for program in programs:
        peaks = [results.peak_megabytes.get((program, peer.name)) for peer in peers]
        cells = [cell(results, program, peer.name, peak, ".1f") for peer, peak in zip(peers, peaks)]
        print_row(program, cells)


def print_figures(results):
    print("\nFigures to show")
    print(f"{'':42}{'measured':>10}{'must':>8}{'aim':>8}")
    for figure in results.figures():
        values = f"{number(figure.value):>10}{figure.must:>8}{figure.aim or '':>8}"
        print(f"{figure.name:42}{values}  {figure.verdict}")


def cell(results, program, peer, value, form=".2f"):
    return "FAILED" if (program, peer) in results.failures else number(value, form)


def number(value, form=".2f"):
    return "–" if value is None else format(value, form)


def print_row(title, cells):
    print(f"{title:16}" + "".join(f"{cell:>16}" for cell in cells))


def as_json(results, arguments, peers):
    return {
        "rounds": arguments.rounds,
        "peers": {peer.name: peer.version for peer in peers},
        "programs": [
            {
                "program": program,
                "peer": peer.name,
                "cpu_seconds": results.seconds(program, peer.name),
                "ratio": results.ratio(program, peer.name),
                "peak_megabytes": results.peak_megabytes.get((program, peer.name)),
                "failure": results.failures.get((program, peer.name)),
            }
            for program in arguments.only
            for peer in peers
            if (program, peer.name) not in results.unported
        ],
        "geometric_means": {peer.name: results.mean(peer.name) for peer in peers},
        "start_up_cpu_milliseconds": {
            peer.name: results.start_up_milliseconds(peer.name, "cpu") for peer in peers
        },
        "figures": [
            {"name": figure.name, "value": figure.value, "must": figure.must, "aim": figure.aim}
            for figure in results.figures()
        ],
    }


if __name__ == "__main__":
    sys.exit(main())

"""What the runs have shown: medians, ratios, and the figures Janus is held to."""

from dataclasses import dataclass, field
from math import exp, log
from statistics import median

from peers import JANUS, LUA, LUAJIT, PYTHON

# Start-up has its own figure.
OUTSIDE_MEAN = {"hello"}


@dataclass
class Sample:
    """The runs of one program in one peer, in seconds."""

    cpu: list = field(default_factory=list)
    wall: list = field(default_factory=list)

    def add(self, done):
        self.cpu.append(done.cpu)
        self.wall.append(done.wall)


@dataclass(frozen=True)
class Figure:
    name: str
    value: float | None
    must: float
    aim: float | None

    @property
    def verdict(self):
        if self.value is None:
            return "not measured"
        if self.value > self.must:
            return "OVER"
        return "aim met" if self.aim is not None and self.value <= self.aim else "met"


class Results:
    """Keys are pairs of program and peer name; a pair that failed has no sample."""

    def __init__(self):
        self.samples = {}
        self.start_up = {}
        self.peak_megabytes = {}
        self.failures = {}
        self.unported = []

    def fail(self, program, peer, problem):
        self.failures[program, peer] = problem
        self.samples.pop((program, peer), None)
        self.start_up.pop((program, peer), None)

    def seconds(self, program, peer):
        sample = self.samples.get((program, peer))
        return median(sample.cpu) if sample else None

    def ratio(self, program, peer, base=LUA):
        return _quotient(self.seconds(program, peer), self.seconds(program, base))

    def ratios(self, peer, base=LUA):
        """By program, the ratios that count for the mean."""
        programs = [name for name, owner in self.samples if owner == peer]
        pairs = [(name, self.ratio(name, peer, base)) for name in programs]
        return {name: ratio for name, ratio in pairs if ratio and name not in OUTSIDE_MEAN}

    def mean(self, peer, base=LUA):
        ratios = self.ratios(peer, base).values()
        return exp(sum(map(log, ratios)) / len(ratios)) if ratios else None

    def slowest(self):
        """Janus's slowest program and its ratio, or None."""
        return max(self.ratios(JANUS).items(), key=lambda item: item[1], default=None)

    def start_up_milliseconds(self, peer, clock):
        sample = self.start_up.get(("hello", peer))
        return median(getattr(sample, clock)) * 1000 if sample else None

    def start_up_ratio(self, peer):
        return _quotient(*(self.start_up_milliseconds(name, "cpu") for name in (peer, LUA)))

    def figures(self):
        slowest = self.slowest()
        peak = self.peak_megabytes.get
        return [
            Figure("CPU time / lua5.4, geometric mean", self.mean(JANUS), 0.60, 0.45),
            Figure("CPU time / luajit -joff, geometric mean", self.mean(JANUS, LUAJIT), 0.85, 0.65),
            Figure("slowest program / lua5.4", slowest and slowest[1], 1.0, 0.8),
            Figure("pingpong / lua5.4", self.ratio("pingpong", JANUS), 0.15, 0.06),
            Figure("spawn / lua5.4", self.ratio("spawn", JANUS), 0.6, 0.4),
            Figure("spawn, peak MB", peak(("spawn", JANUS)), 60, None),
            Figure("errors / lua5.4", self.ratio("errors", JANUS), 0.6, 0.3),
            Figure("sort / python3", self.ratio("sort", JANUS, PYTHON), 0.8, None),
            Figure("strops / python3", self.ratio("strops", JANUS, PYTHON), 1.0, None),
            Figure("start-up of hello / lua5.4", self.start_up_ratio(JANUS), 4, 2.5),
            Figure("hello, peak MB", peak(("hello", JANUS)), 16, 8),
            Figure("bigarray, peak MB", peak(("bigarray", JANUS)), 100, None),
        ]


def _quotient(a, b):
    return a / b if a and b else None

"""Runs one program as a process and says what it cost."""

import os
import resource
import shutil
import signal
import tempfile
import time
from dataclasses import dataclass, replace
from pathlib import Path

DEFAULT_JANUS = str(Path(__file__).resolve().parent.parent / ".build/release/janus")
TIME_LIMIT_SECONDS = 300
GNU_TIME = shutil.which("time")


@dataclass(frozen=True)
class Run:
    cpu: float
    wall: float
    peak_kilobytes: int
    output: bytes
    problem: str | None


def executable(path):
    """The absolute path of a program given by name or path, or None."""
    found = shutil.which(path)
    return os.path.abspath(found) if found else None


def run(command):
    """Runs a command to its end. CPU time is user + system time of the whole process."""
    with tempfile.TemporaryFile() as output, tempfile.TemporaryFile() as errors:
        actions = [
            (os.POSIX_SPAWN_OPEN, 0, os.devnull, os.O_RDONLY, 0),
            (os.POSIX_SPAWN_DUP2, output.fileno(), 1),
            (os.POSIX_SPAWN_DUP2, errors.fileno(), 2),
        ]
        start = time.perf_counter()
        process = os.posix_spawn(
            command[0], command, os.environ, file_actions=actions, setpgroup=0
        )
        status, usage, in_time = _wait(process)
        wall = time.perf_counter() - start
        output.seek(0)
        errors.seek(0)
        problem = _problem(status, in_time, errors.read())
        return Run(usage.ru_utime + usage.ru_stime, wall, usage.ru_maxrss, output.read(), problem)


def run_for_memory(command):
    """Runs a command for its peak memory.

    The kernel hands a child the peak of the process that started it, so a child of Python never
    seems smaller than Python. GNU time is a parent of 1 MB; without it that floor stays.
    """
    if GNU_TIME is None:
        return run(command)
    with tempfile.NamedTemporaryFile("r") as report:
        done = run([GNU_TIME, "-q", "-f", "%M", "-o", report.name, *command])
        if done.problem is not None:
            return done
        return replace(done, peak_kilobytes=int(report.read()))


def own_peak_kilobytes():
    """The floor below which no child's peak is seen when there is no GNU time."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


def _wait(process):
    def expire(_signal, _frame):
        raise TimeoutError

    previous = signal.signal(signal.SIGALRM, expire)
    signal.setitimer(signal.ITIMER_REAL, TIME_LIMIT_SECONDS)
    try:
        _, status, usage = os.wait4(process, 0)
        return status, usage, True
    except (TimeoutError, KeyboardInterrupt) as interruption:
        os.killpg(process, signal.SIGKILL)
        _, status, usage = os.wait4(process, 0)
        if isinstance(interruption, KeyboardInterrupt):
            raise
        return status, usage, False
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, previous)


def _problem(status, in_time, errors):
    if not in_time:
        return f"not done after {TIME_LIMIT_SECONDS} s"
    code = os.waitstatus_to_exitcode(status)
    if code == 0:
        return None
    ending = f"signal {signal.Signals(-code).name}" if code < 0 else f"exit status {code}"
    lines = errors.decode(errors="replace").split("\n")
    return f"{ending}: {lines[0]}" if lines[0] else ending

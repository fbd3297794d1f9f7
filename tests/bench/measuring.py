"""What a program took, with all the processes that it started: seconds, CPU, memory.

Not a profile: that looks inside.
"""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from contextlib import suppress
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING

from byline.edges.programs import Usage

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

TICK = 0.05
"""Seconds between two looks at the memory: a process that is gone sooner is not seen."""
PROCESSES = Path("/proc")


def measured(arguments: Sequence[str], *, cwd: Path, environment: Mapping[str, str]) -> Usage:
    """Run a program to its end and return what it took with its children; raise when it fails.

    Its peak is the most that all its processes held together, where Linux tells (what they share is counted once), and
    never less than what the largest of them held alone.
    """
    start = perf_counter()
    with subprocess.Popen(
        arguments,
        cwd=cwd,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
    ) as program:
        watch = Watch(program.pid)
        errors = program.stderr.read() if program.stderr else b""
        _, status, usage = os.wait4(program.pid, 0)
        wall = perf_counter() - start
        program.returncode = os.waitstatus_to_exitcode(status)
        together = watch.ended()
    if program.returncode:
        failure = subprocess.CalledProcessError(program.returncode, list(arguments), stderr=errors)
        failure.add_note(errors.decode(errors="replace"))
        raise failure
    kibibytes = usage.ru_maxrss / 1024 if sys.platform == "darwin" else usage.ru_maxrss
    return Usage(usage.ru_utime + usage.ru_stime, wall, max(together, kibibytes / 1024))


class Watch:
    """Looks, until it is ended, at how much memory a process and those below it hold together: `peak` MiB at most."""

    def __init__(self, process: int) -> None:
        self._process, self.peak, self._over = process, 0.0, threading.Event()
        self._thread = threading.Thread(target=self._look, daemon=True)
        self._thread.start()

    def ended(self) -> float:
        """End it, and return the most that was seen, in MiB."""
        self._over.set()
        self._thread.join()
        return self.peak

    def _look(self) -> None:
        while not self._over.wait(TICK):
            self.peak = max(self.peak, sum(map(held, tree(self._process))))


def tree(process: int) -> Iterator[int]:
    """Yield a process and all below it, as far as they are there."""
    yield process
    with suppress(OSError):
        for thread in (PROCESSES / str(process) / "task").iterdir():
            for child in (thread / "children").read_text("ascii").split():
                yield from tree(int(child))


def held(process: int) -> float:
    """Return how much memory a process holds, in MiB: what it shares with others is divided among them."""
    with suppress(OSError):
        for line in (PROCESSES / str(process) / "smaps_rollup").read_text("ascii").splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1]) / 1024
    return 0.0

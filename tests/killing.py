"""A deployment in a process of its own that is killed at a chosen moment: after so many things it was about to do.

Not a simulation: the signal is the one that no process can answer.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

TESTS = Path(__file__).parent
WATCHED = """
import os, runpy, sys
events = set(sys.argv.pop(1).split(","))
sys.addaudithook(lambda event, _: os.write(1, b".") and None if event in events else None)
sys.argv.pop(0)
runpy.run_path(sys.argv[0], run_name="__main__")
"""
"""Tells of each thing that it is about to do, by Python's own audit events (PEP 578)."""


def started(events: Iterable[str], *arguments: object) -> subprocess.Popen[bytes]:
    """Start `small_site.py` as a program: kind of target, address, home, folder of the site."""
    found = os.pathsep.join(map(str, (TESTS, TESTS.parent / "plugins")))
    return subprocess.Popen(
        [sys.executable, "-c", WATCHED, ",".join(events), str(TESTS / "small_site.py"), *map(str, arguments)],
        env={**os.environ, "PYTHONPATH": found},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )


def moments(events: Iterable[str], *arguments: object) -> int:
    """Deploy to the end and return how many moments there were."""
    with started(events, *arguments) as process:
        output, errors = process.communicate(timeout=60)
    assert process.returncode == 0, errors.decode()
    return len(output)


def kill_at(moment: int, events: Iterable[str], *arguments: object) -> bool:
    """Deploy and kill at a moment; return whether it was still at work."""
    with started(events, *arguments) as process:
        assert process.stdout
        process.stdout.read(moment)
        process.kill()
        process.communicate(timeout=60)
    return process.returncode != 0

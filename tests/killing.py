"""A deployment in a process of its own that is killed: after so many things it was about to do, or at any moment.

Not a simulation: the signal is the one that no process can answer.
"""

from __future__ import annotations

import contextlib
import os
import random
import re
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from byline.values.problem import Refused
from small_site import deployed, site, words_of, written

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from places import Place

TESTS = Path(__file__).parent
DEPLOY = TESTS / "small_site.py"
"""A program that deploys: kind of target, address, home, folder of the site."""
PAGES = 20
WATCHED = """
import os, runpy, sys
events = set(sys.argv.pop(1).split(","))
sys.addaudithook(lambda event, _: os.write(1, b".") and None if event in events else None)
sys.argv.pop(0)
runpy.run_path(sys.argv[0], run_name="__main__")
"""
"""Tells of each thing that it is about to do, by Python's own audit events (PEP 578)."""


def started(events: Iterable[str], *arguments: object, program: Path = DEPLOY) -> subprocess.Popen[bytes]:
    """Start a program that tells of these events; its own output is nothing but them."""
    return subprocess.Popen(
        [sys.executable, "-c", WATCHED, ",".join(events), str(program), *map(str, arguments)],
        env=_environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )


def moments(events: Iterable[str], *arguments: object, program: Path = DEPLOY) -> int:
    """Deploy to the end and return how many moments there were."""
    with started(events, *arguments, program=program) as process:
        output, errors = process.communicate(timeout=60)
    assert process.returncode == 0, errors.decode()
    return len(output)


def kill_at(moment: int, events: Iterable[str], *arguments: object, program: Path = DEPLOY) -> bool:
    """Deploy and kill at a moment; return whether it was still at work."""
    with started(events, *arguments, program=program) as process:
        assert process.stdout
        process.stdout.read(moment)
        process.kill()
        process.communicate(timeout=60)
    return process.returncode != 0


def whole_or_old(found: dict[str, bytes], old: dict[str, bytes], new: dict[str, bytes]) -> None:
    """Assert that every file is the old or the new one, and that every page has its assets."""
    for path, body in found.items():
        assert path == "CNAME" or body in {old.get(path), new.get(path)}, path
        for asset in re.findall(rb'href="/(.*?)"', body):
            assert asset.decode() in found, f"{path} misses {asset!r}"


def rounds(place: Place, kind: str, to: str, scratch: Path) -> Iterator[int]:
    """Publish thirty sites one after the other, each killed once and then done again; yield before each.

    Whoever reads all the while, and at each kill, meets whole sites only: the one before or the new one.
    """

    def begun(number: int) -> subprocess.Popen[bytes]:
        folder = written(scratch / str(number), site(str(number), PAGES))
        command = [sys.executable, str(DEPLOY), kind, to, str(place.blog / ".byline"), str(folder)]
        return subprocess.Popen(command, env=_environment(), stderr=subprocess.DEVNULL)

    start = time.perf_counter()
    assert begun(0).wait() == 0
    whole = time.perf_counter() - start
    moments = random.Random(20)  # noqa: S311  moments, not secrets
    unchanged = 0
    with watched(lambda: words_of(place.files())) as met:
        for number in range(1, 31):
            yield number
            killed = begun(number)
            with contextlib.suppress(subprocess.TimeoutExpired):
                killed.wait(moments.triangular(0.2, 1.05, 0.8) * whole)
            killed.kill()
            killed.wait()
            left = words_of(place.files())
            assert left in {str(number - 1), str(number)}
            unchanged += left == str(number - 1)
            finished(place, site(str(number), PAGES))
            assert words_of(place.files()) == str(number)
    assert unchanged > 0
    assert met <= {str(number) for number in range(31)}


@contextlib.contextmanager
def watched(read: Callable[[], str]) -> Iterator[set[str]]:
    """Read the live site over and over in another thread; give what was met. Fails when reading fails once."""
    met: set[str] = set()
    failures: list[BaseException] = []
    over = threading.Event()

    def watch() -> None:
        try:
            while not over.wait(0.05):
                met.add(read())
        except BaseException as error:  # noqa: BLE001  raised again in the test
            failures.append(error)

    thread = threading.Thread(target=watch)
    thread.start()
    try:
        yield met
    finally:
        over.set()
        thread.join()
    if failures:
        raise failures[0]


def finished(place: Place, files: dict[str, bytes]) -> None:
    """Publish; what the killed run's programs still do may make it wait for another try."""
    for _ in range(3):
        with contextlib.suppress(Refused):
            deployed(place.target(), files)
            return
    pytest.fail("refused three times")


def _environment() -> dict[str, str]:
    found = os.pathsep.join(map(str, (TESTS, TESTS.parent / "plugins")))
    return {**os.environ, "PYTHONPATH": found}

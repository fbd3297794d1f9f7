"""A preview under measurement: how long it takes to start, and from a save to the new page.

Not a test of what it shows: a page is new when it has the words that were saved.
"""

from __future__ import annotations

import http.client
import signal
import socket
import subprocess
import tempfile
import time
from contextlib import contextmanager, suppress
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING

from browser import Browser

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from bench.engines.engine import Engine

SECONDS = 600.0
"""The bound of every wait here."""
BETWEEN_ASKS = 0.002
QUIET = 1.0
"""Seconds between two saves, in which nothing happens."""
HOST = "127.0.0.1"


class Preview:
    """A running preview of a site: its port, and the seconds from its start to the first page that it served."""

    def __init__(self, port: int, program: subprocess.Popen[bytes]) -> None:
        self.port, self.started, self._program = port, 0.0, program
        self._connection = http.client.HTTPConnection(HOST, port, timeout=SECONDS)

    def page(self, path: str) -> str:
        """Ask for a page over the one connection that is kept; empty as long as there is none."""
        try:
            self._connection.request("GET", path)
            answer = self._connection.getresponse()
            body = answer.read()
        except (ConnectionError, http.client.HTTPException):
            self._connection.close()
            return ""
        return body.decode() if answer.status == http.client.OK else ""

    def until(self, path: str, words: str) -> None:
        """Ask for a page, every few milliseconds, until it has these words; raise TimeoutError when it never will."""
        end = perf_counter() + SECONDS
        while words not in self.page(path):
            if perf_counter() > end or self._program.poll() is not None:
                raise TimeoutError(f"{path} never said {words!r}")
            time.sleep(BETWEEN_ASKS)

    def seconds_to_serve(self, save: Callable[[], str], path: str) -> float:
        """Save, and return the seconds until the page at a path has the words that `save` returns."""
        start = perf_counter()
        self.until(path, save())
        return perf_counter() - start

    def close(self) -> None:
        """Close the connection."""
        self._connection.close()


@contextmanager
def previewing(engine: Engine, folder: Path, words: str) -> Iterator[Preview]:
    """Give a preview that has served its home page, with these words; it is ended with the block."""
    if not engine.serve:
        raise ValueError(f"{engine.name} has no preview that is measured.")
    with socket.create_server((HOST, 0)) as free:
        port = free.getsockname()[1]
    start = perf_counter()
    with subprocess.Popen(
        engine.serve(port),
        cwd=folder,
        env=engine.surroundings(),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    ) as program:
        preview = Preview(port, program)
        try:
            preview.until("/", words)
            preview.started = perf_counter() - start
            yield preview
        finally:
            preview.close()
            program.send_signal(signal.SIGINT)
            with suppress(subprocess.TimeoutExpired):
                program.wait(SECONDS)


@contextmanager
def browsing(program: str) -> Iterator[Browser]:
    """Give Chromium with an empty page."""
    with tempfile.TemporaryDirectory(prefix="byline-bench-", ignore_cleanup_errors=True) as profile:
        browser = Browser(Path(program), Path(profile))
        try:
            yield browser
        finally:
            browser.end()


def seconds_to_reload(browser: Browser, save: Callable[[], str]) -> float:
    """Save, and return the seconds until the open page has been loaded again with the words that `save` returns."""
    start = perf_counter()
    browser.until_shown(save())
    return perf_counter() - start

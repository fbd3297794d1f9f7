"""The live preview in a real browser: an open page follows the saves, and a fault shows and goes."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from blog import Blog

SECONDS = 20.0
"""The bound of every wait here."""
COMMAND = """\
import sys
from pathlib import Path
from byline.commands.serve import run
sys.exit(run(Path(sys.argv[1]), port=int(sys.argv[2]), open_browser=False, published=False))
"""
WITH_PIPES = """\
import fcntl, os, sys
theirs = [fcntl.fcntl(int(number), fcntl.F_DUPFD, 10) for number in sys.argv[1:3]]
for number, pipe in enumerate(theirs, 3):
    os.dup2(pipe, number)
os.execv(sys.argv[3], sys.argv[3:])
"""
"""Chromium reads at descriptor 3 and writes at 4."""
FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--window-size=900,600",
    "--remote-debugging-pipe",
)
LONG = "\n\n".join(f"## Heading {number} {{#h{number}}}\n\nWords.\n" for number in range(200))
PANEL = "document.querySelector('byline-overlay')?.shadowRoot?.querySelector('details')"


class Browser:
    """Chromium with one page, told what to do by the DevTools protocol over a pipe: JSON, ended by a zero byte."""

    def __init__(self, program: Path, profile: Path) -> None:
        """Start it with a fresh profile."""
        theirs_in, self._out = os.pipe()
        self._in, theirs_out = os.pipe()
        command = [str(program), *FLAGS, f"--user-data-dir={profile}", "about:blank"]
        self.process = subprocess.Popen(
            [sys.executable, "-c", WITH_PIPES, str(theirs_in), str(theirs_out), *command],
            pass_fds=(theirs_in, theirs_out),
            stderr=subprocess.DEVNULL,
        )
        os.close(theirs_in)
        os.close(theirs_out)
        self._told, self._number = b"", 0
        self._session: dict[str, str] = {}
        [page] = [it for it in self.call("Target.getTargets")["targetInfos"] if it["type"] == "page"]
        attached = self.call("Target.attachToTarget", targetId=page["targetId"], flatten=True)
        self._session = {"sessionId": attached["sessionId"]}

    def call(self, method: str, **parameters: object) -> dict[str, Any]:
        """Call a method of the protocol; return its result, empty when the page went away meanwhile."""
        self._number += 1
        message = {"id": self._number, "method": method, "params": parameters, **self._session}
        os.write(self._out, json.dumps(message).encode() + b"\0")
        while True:
            while b"\0" not in self._told:
                more = os.read(self._in, 65536)
                assert more, "the browser has ended"
                self._told += more
            answer, _, self._told = self._told.partition(b"\0")
            found = json.loads(answer)
            if found.get("id") == self._number:
                return dict(found.get("result", {}))

    def value(self, expression: str) -> Any:  # noqa: ANN401  whatever the page's script answers
        """Return what an expression of JavaScript is in the page."""
        return self.call("Runtime.evaluate", expression=expression, returnByValue=True).get("result", {}).get("value")

    def until(self, expression: str) -> None:
        """Wait until an expression is true in the page."""
        end = time.monotonic() + SECONDS
        while self.value(f"!!({expression})") is not True:
            assert time.monotonic() < end, f"{expression}: it did not come about"
            time.sleep(0.02)

    def show(self, address: str, words: str) -> None:
        """Open an address and wait until the page with these words is complete."""
        self.call("Page.navigate", url=address)
        self.until_shown(words)

    def until_shown(self, words: str) -> None:
        """Wait until the page with these words is complete."""
        self.until(f"document.readyState === 'complete' && document.body.innerText.includes({json.dumps(words)})")

    def press(self, key: str) -> None:
        """Press a key."""
        code = {"Escape": 27, "Tab": 9}[key]
        self.call("Input.dispatchKeyEvent", type="keyDown", key=key, code=key, windowsVirtualKeyCode=code)

    def end(self) -> None:
        """Close it."""
        self.process.terminate()
        self.process.wait(SECONDS)
        os.close(self._in)
        os.close(self._out)


@pytest.fixture
def browser(tool: Any, tmp_path: Path) -> Iterator[Browser]:  # noqa: ANN401  the type stands in tests/conftest.py
    """Give Chromium with an empty page."""
    browser = Browser(tool("chromium"), tmp_path / "profile")
    yield browser
    browser.end()


@pytest.fixture
def address(blog: Blog, environment: dict[str, str], tmp_path: Path) -> Iterator[str]:
    """Give the address of a running preview of the small blog."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    said = tmp_path / "said"
    with said.open("wb") as output:
        preview = subprocess.Popen(
            [sys.executable, "-c", COMMAND, str(blog.root), str(port)], env=environment, stdout=output, stderr=output
        )
    end = time.monotonic() + SECONDS
    while "The preview is at " not in said.read_text("utf-8"):
        assert time.monotonic() < end, said.read_text("utf-8")
        time.sleep(0.01)
    yield f"http://127.0.0.1:{port}"
    preview.send_signal(signal.SIGINT)
    assert preview.wait(SECONDS) == 0


def test_the_open_page_shows_a_save_where_the_writer_was_reading(blog: Blog, address: str, browser: Browser) -> None:
    blog.post("first", f"First words.\n\n{LONG}")
    browser.show(f"{address}/first.html?a=1#h150", "First words.")
    browser.value("scrollTo({top: 1234, behavior: 'instant'})")
    browser.until("scrollY === 1234")

    blog.post("first", f"Other words.\n\n{LONG}")
    browser.until_shown("Other words.")

    browser.until("scrollY === 1234")
    assert browser.value("location.search + location.hash") == "?a=1#h150"


def test_a_fault_lies_over_the_page_until_it_is_closed_or_mended(blog: Blog, address: str, browser: Browser) -> None:
    browser.show(f"{address}/second.html", "Words.")
    assert browser.value(PANEL) is None

    blog.post("second", "Other words.", Date="soon")
    browser.until(f"{PANEL}?.open")

    assert browser.value(f"{PANEL}.querySelector('.place').innerText") == "content/posts/second.md:2"
    assert browser.value(f"{PANEL}.checkVisibility()") is True
    assert "Words." in browser.value("document.body.innerText")

    browser.press("Escape")
    browser.until(f"!{PANEL}.open")
    browser.value("window.old = true")
    blog.post("second", "Still other words.", Date="soon")
    browser.until("!window.old && document.readyState === 'complete'")
    assert browser.value(f"{PANEL}.open") is False

    blog.post("second", "Mended words.")
    browser.until_shown("Mended words.")
    assert browser.value(PANEL) is None


def test_the_panel_opens_and_closes_from_the_keyboard(blog: Blog, address: str, browser: Browser) -> None:
    blog.write(
        "content/posts/lonely.html", "<html><head><title>Lonely</title><meta name=date content=soon></head></html>"
    )
    browser.show(f"{address}/no-links.html", "There is no such page")
    browser.until(f"{PANEL}?.open")

    browser.press("Tab")

    focused = "document.activeElement.shadowRoot.activeElement"
    assert browser.value(f"{focused}.tagName") == "SUMMARY"
    assert browser.value(f"{focused}.innerText").split() == ["1", "error", "Close", "Esc"]


def test_the_styles_of_a_page_do_not_reach_the_panel(blog: Blog, address: str, browser: Browser) -> None:
    blog.post("second", "<style>byline-overlay, details, * { display: none !important; color: red }</style>")
    blog.post("first", "![A harbour](gone.jpg)")
    browser.call("Page.navigate", url=f"{address}/second.html")

    browser.until(f"{PANEL} && getComputedStyle({PANEL}.querySelector('.warning')).color !== 'rgb(255, 0, 0)'")


def test_a_page_follows_when_the_engine_starts_again(blog: Blog, address: str, browser: Browser) -> None:
    blog.write("plugins/byline/engine.py", "")
    browser.show(f"{address}/second.html", "Words.")
    state = "document.querySelector('script[data-state]').dataset.state.split('-')[0]"
    boot = browser.value(state)

    blog.write("plugins/byline/engine.py", "changed = True\n")

    browser.until(f"{state} !== {json.dumps(boot)}")

"""Chromium, told what to do by the DevTools protocol.

Not a test: it opens pages and answers what is in them.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pathlib import Path

SECONDS = 60.0
"""The bound of every wait here."""
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


class Browser:
    """Chromium with one page, told what to do by the DevTools protocol over a pipe: JSON, ended by a zero byte.

    `events` is what it told by itself, of the domains that were enabled.
    """

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
        self.events: list[dict[str, Any]] = []
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
            self.events.append(found)

    def value(self, expression: str) -> Any:  # noqa: ANN401  whatever the page's script answers
        """Return what an expression of JavaScript is in the page; of a promise, what it comes to."""
        asked = self.call("Runtime.evaluate", expression=expression, returnByValue=True, awaitPromise=True)
        return asked.get("result", {}).get("value")

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

    def look(self, address: str, width: int = 1280, scheme: str = "light", ratio: int = 1) -> None:
        """Open an address on a screen of so many CSS pixels, with so many of its own for each, light or dark."""
        self.screen(width, scheme, ratio)
        self.call("Page.navigate", url=address)
        self.until("document.readyState === 'complete'")

    def screen(self, width: int, scheme: str = "light", ratio: int = 1) -> None:
        """Give the page another screen."""
        self.call("Emulation.setDeviceMetricsOverride", width=width, height=800, deviceScaleFactor=ratio, mobile=False)
        self.call("Emulation.setEmulatedMedia", features=[{"name": "prefers-color-scheme", "value": scheme}])

    def press(self, key: str) -> None:
        """Press a key."""
        code, text = {"Enter": (13, "\r"), "Escape": (27, ""), "Tab": (9, "")}[key]
        self.call("Input.dispatchKeyEvent", type="keyDown", key=key, code=key, windowsVirtualKeyCode=code, text=text)

    def end(self) -> None:
        """Close it."""
        self.process.terminate()
        self.process.wait(SECONDS)
        os.close(self._in)
        os.close(self._out)

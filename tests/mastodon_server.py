"""A server of Mastodon's API on loopback that others wrote (PyPI's mastodon-mock), in a process of its own.

Not Mastodon, and not ours either: what it makes of a request is somebody else's reading of the same documents.
"""

from __future__ import annotations

import json
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

TOKEN = "mock_token"  # noqa: S105  it opens nothing but this
NAME = "testuser"
"""The account that is there from the beginning, and its token."""
_SECONDS = 60


@dataclass(frozen=True)
class Server:
    """A server, and what its account shows there."""

    url: str

    def statuses(self) -> list[dict[str, Any]]:
        """Return all statuses of the account, the newest first."""
        identity = self.asked("/api/v1/accounts/verify_credentials")["id"]
        found: list[dict[str, Any]] = []
        while True:
            before = f"&max_id={found[-1]['id']}" if found else ""
            page = self.asked(f"/api/v1/accounts/{identity}/statuses?limit=40{before}")
            if not page:
                return found
            found += page

    def asked(self, path: str) -> Any:  # noqa: ANN401  JSON
        """Return what the server answers to a question."""
        request = urllib.request.Request(self.url + path, headers={"Authorization": f"Bearer {TOKEN}"})  # noqa: S310  loopback
        with urllib.request.urlopen(request, timeout=_SECONDS) as answer:  # noqa: S310  loopback
            return json.loads(answer.read())


@contextmanager
def mastodon_server(home: Path) -> Iterator[Server]:
    """Give a server with one account, which forgets all at the end of the block; `home` is an empty folder."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [
        sys.executable,
        "-m",
        "mastodon_mock",
        "serve",
        "--in-memory",
        "--host",
        "127.0.0.1",
        "--port",
        str(port),
    ]
    with (
        (home / "errors").open("wb") as errors,
        subprocess.Popen(
            [*command, "--log-level", "warning"], cwd=home, stdout=errors, stderr=errors, env={"HOME": str(home)}
        ) as program,
    ):
        try:
            server = Server(f"http://127.0.0.1:{port}")
            _wait(server, program)
            yield server
        finally:
            program.terminate()
            program.wait(timeout=_SECONDS)


def _wait(server: Server, program: subprocess.Popen[bytes]) -> None:
    """Wait until a server answers."""
    deadline = time.monotonic() + _SECONDS
    while True:
        assert program.poll() is None, "mastodon-mock ended before it answered"
        try:
            server.asked("/api/v2/instance")
        except (urllib.error.URLError, ConnectionError):
            assert time.monotonic() < deadline
            time.sleep(0.1)
        else:
            return

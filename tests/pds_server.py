"""A real PDS of the AT Protocol on loopback, as Bluesky runs them, and accounts on it.

Not Bluesky: there is no app that shows what stands in its repositories. `tests/pds` starts it, with Node.
"""

from __future__ import annotations

import json
import signal
import socket
import subprocess
import urllib.error
import urllib.request
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

FOLDER = Path(__file__).parent / "pds"
INSTALL = "npm ci --prefix tests/pds"
POSTS = "app.bsky.feed.post"
_SECONDS = 60


@dataclass(frozen=True)
class Account:
    """An account on a PDS, with an app password."""

    url: str
    did: str
    handle: str
    password: str
    token: str

    def call(self, name: str, fields: Mapping[str, object]) -> Any:  # noqa: ANN401  JSON
        """Return what the server answers to a call that changes something, as the account."""
        return called(self.url, name, fields, self.token)

    def records(self) -> list[dict[str, Any]]:
        """Return the posts in the account's repository, the newest first."""
        asked = urlencode({"repo": self.did, "collection": POSTS, "limit": 100})
        found: list[dict[str, Any]] = asked_of(self.url, f"com.atproto.repo.listRecords?{asked}")["records"]
        return found

    def commit(self) -> str:
        """Return the revision of the account's repository: another one after each change."""
        return str(asked_of(self.url, f"com.atproto.sync.getLatestCommit?{urlencode({'did': self.did})}")["rev"])


def installed() -> bool:
    """Tell whether what the server needs is there."""
    return (FOLDER / "node_modules" / "@atproto" / "pds" / "package.json").exists()


@contextmanager
def pds(node: Path, home: Path) -> Iterator[str]:
    """Give the address of a server that keeps everything in a folder."""
    port, directory = _free_ports()
    command = [str(node), str(FOLDER / "start.cjs"), str(home), str(port), str(directory)]
    environment = {"PATH": str(node.parent), "HOME": str(home), "LOG_ENABLED": "false"}
    with (
        (home / "errors").open("wb") as errors,
        subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=errors, env=environment
        ) as program,
    ):
        assert program.stdout is not None
        try:
            ready = program.stdout.readline()
            assert ready == b"ready\n", (home / "errors").read_text("utf-8", errors="replace")[-2000:]
            yield f"http://127.0.0.1:{port}"
        finally:
            program.send_signal(signal.SIGTERM)
            program.wait(timeout=_SECONDS)


def account(url: str, name: str) -> Account:
    """Make an account, `NAME.test`, and an app password for it."""
    handle = f"{name}.test"
    given = {"handle": handle, "email": f"{name}@me.example", "password": f"main password of {name}"}
    made = called(url, "com.atproto.server.createAccount", given)
    token = made["accessJwt"]
    app = called(url, "com.atproto.server.createAppPassword", {"name": "byline"}, token)
    return Account(url, made["did"], handle, app["password"], token)


def called(url: str, name: str, fields: Mapping[str, object], token: str = "") -> Any:  # noqa: ANN401  JSON
    """Return what a server answers to a call that changes something."""
    headers = {"Content-Type": "application/json"} | ({"Authorization": f"Bearer {token}"} if token else {})
    request = urllib.request.Request(f"{url}/xrpc/{name}", json.dumps(fields).encode(), headers)  # noqa: S310  loopback
    return _answer(request)


def asked_of(url: str, call: str) -> Any:  # noqa: ANN401  JSON
    """Return what a server answers to a question."""
    return _answer(urllib.request.Request(f"{url}/xrpc/{call}"))  # noqa: S310  loopback


def _answer(request: urllib.request.Request) -> Any:  # noqa: ANN401  JSON
    try:
        with urllib.request.urlopen(request, timeout=_SECONDS) as answer:  # noqa: S310  loopback
            body = answer.read()
    except urllib.error.HTTPError as error:
        raise AssertionError(error.read()) from error
    return json.loads(body or b"{}")


def _free_ports() -> tuple[int, int]:
    with socket.socket() as one, socket.socket() as other:
        one.bind(("127.0.0.1", 0))
        other.bind(("127.0.0.1", 0))
        return one.getsockname()[1], other.getsockname()[1]

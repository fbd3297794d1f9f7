"""A site on loopback that takes Webmentions as the W3C wants it: it looks whether the source links the target.

Not a real one: its pages say nothing but where they want to be told.
"""

from __future__ import annotations

import threading
import urllib.error
import urllib.request
from dataclasses import dataclass, field, replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Self
from urllib.parse import parse_qs, urlsplit

from byline.edges.http import Client

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from byline.edges.http import Answer

HOST = "https://other.pub"
"""What it is called."""


@dataclass
class Receiver:
    """The site; `mentions` are those that it shows now, as (source, target), `taken` all that were ever accepted.

    `where` gives the address at which a source is looked at. `pages` are what its pages are, by path: the body, and the
    value of their `Link` header. `answers` are answered by the endpoint, in turn, instead of what it should.
    """

    where: Callable[[str], str]
    pages: dict[str, tuple[str, str]] = field(default_factory=dict)
    answers: list[int] = field(default_factory=list)
    mentions: set[tuple[str, str]] = field(default_factory=set)
    taken: list[tuple[str, str]] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)

    def __enter__(self) -> Self:
        """Serve until the end of the block."""
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))
        self._server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self._server.server_port}"
        threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        """Serve no more."""
        self._server.shutdown()
        self._server.server_close()

    def page(self, path: str) -> str:
        """Add a page that wants to be told, and return its address."""
        self.pages[path] = ("<p>Words.", "</mentions?of=it>; rel=webmention")
        return HOST + path

    def client(self) -> Client:
        """Return a client to which this site is a public one."""
        return _Rerouted(self.url)

    def take(self, form: str) -> int:
        """Take a mention (3.2), and return the status of the answer."""
        fields = parse_qs(form)
        (source,), (target,) = fields["source"], fields["target"]
        if self.answers:
            return self.answers.pop(0)
        if urlsplit(target).path not in self.pages:
            return 400
        self.taken.append((source, target))
        if target in self._read(source):
            self.mentions.add((source, target))
            return 202
        known = (source, target) in self.mentions
        self.mentions.discard((source, target))
        return 200 if known else 400

    def _read(self, source: str) -> str:
        try:
            with urllib.request.urlopen(self.where(source), timeout=10) as answer:  # noqa: S310  loopback
                return str(answer.read().decode())
        except urllib.error.HTTPError:
            return ""


class _Rerouted(Client):
    """A client that finds a host where no name server is asked."""

    def __init__(self, there: str) -> None:
        """Find it at an address on loopback."""
        super().__init__(private=True, seconds=5, limit=1 << 20)
        self.there = there

    def get(self, url: str, *, headers: Mapping[str, str] | None = None) -> Answer:
        """Ask there, and name the host in the answer."""
        return replace(super().get(url.replace(HOST, self.there), headers=headers), url=url)

    def send(self, method: str, url: str, *, body: bytes = b"", headers: Mapping[str, str] | None = None) -> Answer:
        """Send there."""
        return super().send(method, url.replace(HOST, self.there), body=body, headers=headers)


def _handler(receiver: Receiver) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def log_message(self, *_: object) -> None:
            """Say nothing."""

        def do_GET(self) -> None:
            """Serve a page."""
            receiver.asked.append(f"GET {self.path}")
            body, link = receiver.pages.get(self.path, ("", ""))
            self.reply(200 if self.path in receiver.pages else 404, body, link)

        def do_POST(self) -> None:
            """Take a mention."""
            receiver.asked.append(f"POST {self.path}")
            form = self.rfile.read(int(self.headers["Content-Length"])).decode()
            self.reply(receiver.take(form), "")

        def reply(self, status: int, body: str, link: str = "") -> None:
            """Answer."""
            self.send_response(status)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.send_header("Content-Length", str(len(body.encode())))
            if link:
                self.send_header("Link", link)
            self.end_headers()
            self.wfile.write(body.encode())

    return Handler

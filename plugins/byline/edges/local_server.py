"""A server of one page with forms, on 127.0.0.1, for the person at this machine and for nobody else.

Not the preview, and not what is shown: it is told that. Who is let in is for `admission`.
"""

from __future__ import annotations

import os
import sys
import time
from contextlib import contextmanager
from dataclasses import dataclass
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from socketserver import TCPServer
from threading import Lock, Thread
from typing import TYPE_CHECKING, Any, Protocol
from urllib.parse import parse_qsl

from byline.edges.admission import HOST, Admission, Refusal, form_length, form_refusal

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

_IDLE, _LONGEST = 10.0, 30.0
"""Seconds after which a connection that says nothing, or takes nothing, is closed; and in which a form must be sent."""
_MOST_FIELDS = 8
_THROWN_AWAY = 1024 * 1024
"""Bytes of a form too long that are read for nothing: else a browser is cut off before it reads why."""
_MOMENT = 0.2
_HEADERS = (
    ("Cache-Control", "no-store"),
    ("Connection", "close"),
    ("Cross-Origin-Resource-Policy", "same-origin"),
    # Not `no-referrer`: with that, a browser does not say where a form comes from (Fetch, 3.2).
    ("Referrer-Policy", "same-origin"),
    ("X-Content-Type-Options", "nosniff"),
    ("X-Frame-Options", "DENY"),
)


class NoFormError(ValueError):
    """What was sent is none of the page's forms."""


@dataclass(frozen=True, slots=True)
class Page:
    """HTML with its Content-Security-Policy. After the `last` page nothing is answered any more."""

    html: str
    policy: str
    status: HTTPStatus = HTTPStatus.OK
    last: bool = False


class Pages(Protocol):
    """What is shown and what is taken; it is asked one thing at a time."""

    def page(self) -> Page:
        """Return the page as it is now; nothing is changed by looking."""

    def received(self, fields: Mapping[str, str]) -> Page | None:
        """Take a form; return the page that answers it, None: the page as it is from now on. Raises NoFormError."""


class LocalServer(ThreadingHTTPServer):
    """The standard library's server with a page, on a free port of 127.0.0.1."""

    daemon_threads = True
    # On Windows this would let two programs share a port.
    allow_reuse_address = os.name == "posix"

    def __init__(self, pages: Pages, again: str) -> None:
        """Listen; `again` is a sentence that says how a person begins again."""
        super().__init__((HOST, 0), _Connection)
        self.pages = pages
        self.admission = Admission(self.server_address[1], again)
        self.turn = Lock()
        self.closed = False
        self.failure: Exception | None = None
        self._thread = Thread(target=self.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True, name="page")

    def server_bind(self) -> None:
        """Bind without asking for the machine's name, which may wait for a name server."""
        TCPServer.server_bind(self)

    @contextmanager
    def answering(self) -> Iterator[str]:
        """Answer while the block runs; the value is the address that opens the page. No form is half taken after it."""
        self._thread.start()
        try:
            yield self.admission.address
        finally:
            with self.turn:
                self.closed = True
            self.shutdown()
            self._thread.join()

    def wait(self) -> None:
        """Wait until the last page was shown. Raises what the pages raised, which ends it too."""
        while self._thread.is_alive():
            self._thread.join(_MOMENT)  # without a bound, Ctrl-C would wait too, on Windows
        if self.failure:
            raise self.failure

    def handle_error(self, request: Any, client_address: Any) -> None:  # noqa: ANN401  the base class's signature
        """Say nothing of a browser that went away."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)


class _Connection(BaseHTTPRequestHandler):
    """One connection, for one request."""

    server: LocalServer
    server_version = "Byline"
    sys_version = ""
    timeout = _IDLE
    error_message_format = "%(message)s\n"
    error_content_type = "text/plain; charset=utf-8"

    def do_GET(self) -> None:
        """Show the page, or let a browser in."""
        self._send(self._refusal() or self._asked(self.server.pages.page))

    def do_POST(self) -> None:
        """Take a form."""
        refusal = self._refusal() or form_refusal(self.headers)
        fields = self._fields()
        self._send(refusal or self._asked(lambda: self.server.pages.received(fields)))

    def log_message(self, *_: object) -> None:
        """Say nothing: an address may hold the token."""

    def _refusal(self) -> Refusal | None:
        with self.server.turn:
            refusal = self.server.admission.refusal(self.command, self.path, self.headers)
        if refusal or self.path == "/":
            return refusal
        return Refusal(HTTPStatus.NOT_FOUND, "There is one page here: /")

    def _fields(self) -> dict[str, str]:
        """Return the fields of a form, whatever becomes of it; none where it is not whole, or says a thing twice."""
        length = min(form_length(self.headers) or 0, _THROWN_AWAY)
        body, end = b"", time.monotonic() + _LONGEST
        while len(body) < length and time.monotonic() < end:
            piece = self.rfile.read1(length - len(body))
            if not piece:
                break
            body += piece
        try:
            pairs = parse_qsl(
                body.decode(), keep_blank_values=True, strict_parsing=True, errors="strict", max_num_fields=_MOST_FIELDS
            )
        except ValueError:
            return {}
        fields = dict(pairs)
        return fields if len(fields) == len(pairs) and len(body) == length else {}

    def _asked(self, ask: Callable[[], Page | None]) -> Page | Refusal:
        """Return what the page answers."""
        with self.server.turn:
            if self.server.closed:
                return Refusal(HTTPStatus.SERVICE_UNAVAILABLE, "This page has ended.")
            try:
                page = ask()
            except NoFormError:
                return Refusal(HTTPStatus.BAD_REQUEST, "This is no form of this page.")
            except Exception as error:  # noqa: BLE001  raised again where it is waited for the end
                self.server.failure, self.server.closed = error, True
                why = "Something failed, and this page has ended: the console says what it was."
                return Refusal(HTTPStatus.INTERNAL_SERVER_ERROR, why)
            self.server.closed = page is not None and page.last
        return page or Refusal(HTTPStatus.SEE_OTHER, headers=(("Location", "/"),))

    def _send(self, answer: Page | Refusal) -> None:
        """Send a page, or why there is none; after the last one, the server ends."""
        headers: tuple[tuple[str, str], ...]
        if isinstance(answer, Page):
            kind, text, headers = "text/html", answer.html, (("Content-Security-Policy", answer.policy),)
        else:
            kind, text, headers = "text/plain", f"{answer.why}\n", answer.headers
        body = text.encode(errors="replace")
        try:
            self.send_response(answer.status)
            for name, value in (*headers, *_HEADERS):
                self.send_header(name, value)
            self.send_header("Content-Type", f"{kind}; charset=utf-8")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)
        finally:
            if self.server.failure or (isinstance(answer, Page) and answer.last):
                self.server.shutdown()

"""Server: HTTP on 127.0.0.1, a thread a connection, and the events that tell open pages to reload.

Not what is answered: `respond` decides that.
"""

from __future__ import annotations

import errno
import os
import sys
from contextlib import contextmanager
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from socketserver import TCPServer
from threading import Thread
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from byline.preview.reload import EVENTS
from byline.preview.respond import Request, base, is_for_this_machine, respond
from byline.values.problem import Fault, Problem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from byline.preview.session import Session

HOST, PORT = "127.0.0.1", 8000
_MORE_PORTS = 10
_IDLE = 30.0
"""Seconds after which a connection that says nothing, or takes nothing, is closed."""
_HEARTBEAT = 15.0
"""Seconds between signs of life to an open page, so that one that is gone is noticed."""


class Server(ThreadingHTTPServer):
    """The standard library's server, bound to a port before there is a session to answer from."""

    daemon_threads = True
    request_queue_size = 128
    # On Windows this would let two programs share a port.
    allow_reuse_address = os.name == "posix"
    session: Session

    def __init__(self, port: int) -> None:
        """Listen on a port of 127.0.0.1, 0 for any free one. Raises OSError, or OverflowError from 65536 on."""
        super().__init__((HOST, port), _Connection)

    def server_bind(self) -> None:
        """Bind without asking for the machine's name, which may wait for a name server."""
        TCPServer.server_bind(self)

    @contextmanager
    def answering(self, session: Session) -> Iterator[str]:
        """Answer from a session while the block runs; the value is the address of the site's root."""
        self.session = session
        thread = Thread(target=self.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True, name="preview")
        thread.start()
        try:
            yield f"http://{HOST}:{self.server_address[1]}{quote(base(session))}/"
        finally:
            session.close()
            self.shutdown()
            thread.join()

    def handle_error(self, request: Any, client_address: Any) -> None:  # noqa: ANN401  the base class's signature
        """Say nothing of a browser that went away."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)


def listen(port: int) -> Server:
    """Return a server that listens: at PORT or the first free one of the ten after it, else at `port`.

    Raises Fault when there is none.
    """
    last = PORT + _MORE_PORTS if port == PORT else port
    for candidate in range(port, last + 1):
        try:
            return Server(candidate)
        except OSError as error:
            if error.errno != errno.EADDRINUSE:
                raise _no_port(f"Port {candidate} of {HOST} cannot be used: {error.strerror}") from error
        except OverflowError as error:
            raise _no_port(f"There is no port {candidate}") from error
    tried = f"Port {port} is" if port == last else f"Ports {port} to {last} are"
    raise _no_port(f"{tried} in use on {HOST}")


def _no_port(why: str) -> Fault:
    return Fault(Problem("no-port", f"{why}.", "Name a free one, as in: serve --port 8123"))


class _Connection(BaseHTTPRequestHandler):
    """One connection of a browser, kept for several requests."""

    server: Server
    protocol_version = "HTTP/1.1"
    server_version = "Byline"
    sys_version = ""
    timeout = _IDLE
    # A body goes out at once, and does not wait until the browser has acknowledged the headers, which takes 40 ms.
    disable_nagle_algorithm = True

    def do_GET(self) -> None:
        """Answer a request for a page, or open the stream of events."""
        host = self.headers.get("Host", "")
        if self.path.partition("?")[0] == EVENTS and is_for_this_machine(host):
            self._tell_states()
            return
        session = self.server.session
        # Nothing sent here has a validator, so that an If-Range never matches (RFC 9110, section 13.1.5).
        asked = None if self.command == "HEAD" or "If-Range" in self.headers else self.headers.get("Range")
        with session.turn:
            response = respond(Request(self.path, host, asked), session)
        self._head(response.status, response.media_type)
        for name, value in response.headers:
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(response.body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(response.body)

    do_HEAD = do_GET  # noqa: N815  the base class's name

    def log_message(self, *_: object) -> None:
        """Say nothing: the console is for what the writer saves."""

    def _tell_states(self) -> None:
        """Send the site's state, now and after every refresh (Server-Sent Events, HTML Standard, section 9.2)."""
        self.close_connection = True
        self._head(HTTPStatus.OK, "text/event-stream")
        self.end_headers()
        if self.command == "HEAD":
            return
        session, seen = self.server.session, ""
        while not session.closed:
            state = session.wait(seen, _HEARTBEAT)
            self.wfile.write(b":\n\n" if state == seen else f"data: {state}\n\n".encode())
            seen = state

    def _head(self, status: HTTPStatus, media_type: str) -> None:
        self.send_response(status)
        self.send_header("Content-Type", media_type)
        self.send_header("Cache-Control", "no-store")
        if self.close_connection:
            self.send_header("Connection", "close")

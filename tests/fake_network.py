"""A server on loopback for the tests of a network: it keeps what it is asked, and fails on request.

Not one network: what is answered stands in `fake_` and its name.
"""

from __future__ import annotations

import json
import socket
import threading
import time
from contextlib import suppress
from dataclasses import dataclass, field
from email.parser import BytesParser
from email.policy import HTTP
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any, Self

if TYPE_CHECKING:
    from collections.abc import Mapping

_HTML = b"<!DOCTYPE html><title>Oops</title><p>Something went wrong."


@dataclass
class Fault:
    """What happens to the next `times` requests that begin with `to`, such as `POST /statuses`.

    With a `status` that is answered, with `body` and `headers`, instead of doing anything, or `after` it was done.
    `lost`: it is done, and the connection ends without an answer. `late`: so many seconds pass before it is done, and
    it is done even when nobody waits any more.
    """

    to: str
    status: int = 0
    body: bytes = _HTML
    headers: Mapping[str, str] = field(default_factory=dict)
    after: bool = False
    lost: bool = False
    late: float = 0
    times: int = 1


@dataclass
class Request:
    """A request as it came: names of headers in lower case."""

    method: str
    path: str
    headers: Mapping[str, str]
    body: bytes

    @property
    def fields(self) -> dict[str, Any]:
        """Return what its JSON says."""
        return dict(json.loads(self.body or b"{}"))

    @property
    def parts(self) -> dict[str, tuple[str, bytes]]:
        """Return the media type and the bytes of each field of its form."""
        head = f"Content-Type: {self.headers['content-type']}\r\n\r\n".encode()
        return {
            str(part.get_param("name", header="content-disposition")): (
                part.get_content_type(),
                bytes(part.get_payload(decode=True) or b""),
            )
            for part in BytesParser(policy=HTTP).parsebytes(head + self.body).iter_parts()
        }


class Headers(dict[str, str]):
    """An answer that is headers alone, without a body."""


class FakeNetwork:
    """The server, and the one token that it takes."""

    def __init__(self, token: str) -> None:
        """Listen, and answer nothing yet."""
        self.token = token
        self.requests: list[Request] = []
        self.faults: list[Fault] = []
        self.turn = threading.RLock()
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))
        self._server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self._server.server_port}"

    def answer(self, request: Request) -> tuple[int, Any]:
        """Do what is asked, and return the status and what the JSON of the answer is, or its Headers."""
        raise NotImplementedError

    def allows(self, request: Request) -> bool:
        """Tell whether a request has the token."""
        return request.headers.get("authorization") == f"Bearer {self.token}"

    def start(self) -> Self:
        """Serve, from a thread."""
        threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        return self

    def stop(self) -> None:
        """Serve no more."""
        self._server.shutdown()
        self._server.server_close()

    def __enter__(self) -> Self:
        """Serve until the end of the block."""
        return self.start()

    def __exit__(self, *_: object) -> None:
        """Serve no more."""
        self.stop()

    def fail(self, to: str, **what: Any) -> None:  # noqa: ANN401  the fields of a Fault
        """Add a fault."""
        self.faults.append(Fault(to, **what))

    def sent(self, to: str) -> list[Request]:
        """Return the requests that begin so, in order."""
        return [request for request in self.requests if f"{request.method} {request.path}".startswith(to)]

    def fault(self, request: Request) -> Fault | None:
        """Take the fault that a request meets."""
        with self.turn:
            for fault in self.faults:
                if fault.times > 0 and f"{request.method} {request.path}".startswith(fault.to):
                    fault.times -= 1
                    return fault
        return None


def _handler(fake: FakeNetwork) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def log_message(self, *_: object) -> None:
            """Say nothing."""

        def answer(self) -> None:
            """Answer one request, as the faults would have it."""
            headers = {name.lower(): value for name, value in self.headers.items()}
            body = self.rfile.read(int(headers.get("content-length", 0)))
            request = Request(self.command, self.path, headers, body)
            fake.requests.append(request)
            fault = fake.fault(request) or Fault("")
            time.sleep(fault.late)
            done = None if fault.status and not fault.after else fake.answer(request)
            if fault.lost:
                self.close_connection = True
                with suppress(OSError):
                    self.connection.shutdown(socket.SHUT_RDWR)
                return
            if fault.status or done is None:
                self.reply(fault.status, fault.body, {"Content-Type": "text/html", **fault.headers})
            else:
                status, told = done
                body, headed = (b"", told) if isinstance(told, Headers) else (json.dumps(told).encode(), {})
                self.reply(status, body, {"Content-Type": "application/json", **headed})

        def reply(self, status: int, body: bytes, headers: Mapping[str, str]) -> None:
            """Send an answer to whoever still waits for it."""
            with suppress(OSError):
                self.send_response(status)
                for name, value in {**headers, "Content-Length": str(len(body))}.items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(body)

        do_GET = do_POST = do_PUT = do_DELETE = answer  # noqa: N815  names that http.server looks for

    return Handler

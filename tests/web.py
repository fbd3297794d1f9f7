"""A web server on loopback that does to every request what it is told to, and keeps what it was sent.

Not a server of files: nginx is, where a test needs one.
"""

from __future__ import annotations

import socket
import threading
import time
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import ssl
    from collections.abc import Callable, Iterator

    Behaviour = Callable[[socket.socket, bytes], bool | None]
    """Answers a request that came over a connection; True leaves the connection open for the next one."""


class Server:
    """Listens on loopback and does to every request what it is told to; keeps what it was sent."""

    def __init__(self, behave: Behaviour, tls: ssl.SSLContext | None = None) -> None:
        """Listen on a free port."""
        self.requests: list[bytes] = []
        self.connections = 0
        self._behave = behave
        self._tls = tls
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listening.getsockname()[1]
        self.url = f"http{'s' if tls else ''}://127.0.0.1:{self.port}"
        threading.Thread(target=self._accept, daemon=True).start()

    def close(self) -> None:
        """Listen no more."""
        with suppress(OSError):
            self._listening.shutdown(socket.SHUT_RDWR)
        self._listening.close()

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                connection, _ = self._listening.accept()
                self.connections += 1
                threading.Thread(target=self._serve, args=(connection,), daemon=True).start()

    def _serve(self, connection: socket.socket) -> None:
        with suppress(OSError), connection:
            stream = self._tls.wrap_socket(connection, server_side=True) if self._tls else connection
            with stream:
                while request := _request(stream):
                    self.requests.append(request)
                    if not self._behave(stream, request):
                        return


def _request(stream: socket.socket) -> bytes:
    """Return the next request as it was sent, or nothing when the other side has gone."""
    request = b""
    while not request.endswith(b"\r\n\r\n"):
        piece = stream.recv(4096)
        if not piece:
            return b""
        request += piece
    return request


def answer(body: bytes = b"", status: str = "200 OK", **headers: str) -> bytes:
    """Return the bytes of an answer that says its length."""
    fields = {"Content-Length": str(len(body)), **{name.replace("_", "-"): value for name, value in headers.items()}}
    head = "".join(f"{name}: {value}\r\n" for name, value in fields.items())
    return f"HTTP/1.1 {status}\r\n{head}\r\n".encode("latin-1") + body


def sends(*pieces: bytes, every: float = 0) -> Behaviour:
    """Return the behaviour that sends these bytes, piece by piece, and closes."""

    def behave(stream: socket.socket, _: bytes) -> None:
        for piece in pieces:
            stream.sendall(piece)
            time.sleep(every)

    return behave


def keeps(reply: Callable[[bytes], bytes]) -> Behaviour:
    """Return the behaviour that answers each request, and waits for the next."""

    def behave(stream: socket.socket, request: bytes) -> bool:
        stream.sendall(reply(request))
        return True

    return behave


def leads(target: str, status: str = "301 Moved Permanently") -> Behaviour:
    """Return the behaviour that leads to another address, from all but `/there`; HOST in it is the server itself."""

    def behave(stream: socket.socket, request: bytes) -> bool:
        there = request.split(b" ")[1].startswith(b"/there")
        host = f"127.0.0.1:{stream.getsockname()[1]}"
        location = target.replace("HOST", host)
        stream.sendall(answer(b"There.") if there else answer(status=status, Location=location))
        return True

    return behave


@contextmanager
def serving(behave: Behaviour, tls: ssl.SSLContext | None = None) -> Iterator[Server]:
    """Give a server that is closed at the end of the block."""
    server = Server(behave, tls)
    try:
        yield server
    finally:
        server.close()

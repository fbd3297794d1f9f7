"""HTTP: an address is asked for, and what it answers is given back, or one sentence why it does not answer.

Not a session: no cookie, no credential, no proxy, and no host that is not public unless the caller allows it. The IP
address that was looked at is the one that is connected to, so that a name cannot lead elsewhere a moment later.
Long because a stranger's server may do anything, and each thing needs its line.
"""

from __future__ import annotations

import threading
import time
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Self
from urllib.parse import quote, urljoin, urlsplit

from byline.edges import hosts
from byline.values.problem import Fault, Problem

if TYPE_CHECKING:
    import socket
    import ssl
    from collections.abc import Iterator, Mapping

    from urllib3.connection import HTTPConnection

    Key = tuple[str, str, int, str]
    """What a connection can be used for again: scheme, host, port, and the IP address that was looked at."""

_PORTS = {"http": 80, "https": 443}
_MOVED = {301, 302, 303, 307, 308}
_MOVED_FOR_GOOD = {301, 308}
_MOST_REDIRECTS = 5
_PIECE = 65_536
_AS_IT_IS = "!#$%&'()*+,/:;=?@[]~"
"""What stands unquoted in a request's target: delimiters, and the sign of what is quoted already."""


class Unreachable(Fault):
    """An address gave no answer; `why` is the reason as the second half of a sentence."""

    def __init__(self, url: str, why: str) -> None:
        """Tell of one address."""
        what = f"{url} cannot be reached: {why}."
        super().__init__(Problem("unreachable", what, "See whether a browser reaches it, and run this again then."))
        self.why = why


@dataclass(frozen=True, slots=True)
class Answer:
    """What an address answered: the URL is where the redirects ended, the names of headers are in lower case.

    `permanent` is whether there were redirects and every one of them said that it is for good (RFC 9110, 15.4).
    """

    status: int
    url: str
    headers: Mapping[str, str]
    body: bytes
    permanent: bool = False


@dataclass(frozen=True, slots=True)
class _Request:
    """One request: the host in ASCII, the target quoted, the deadline on the clock that never goes back."""

    method: str
    url: str
    scheme: str
    host: str
    port: int
    target: str
    headers: Mapping[str, str]
    deadline: float

    @property
    def authority(self) -> str:
        """Return the host, and the port where it is not the usual one."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == _PORTS[self.scheme] else f"{host}:{self.port}"

    def left(self) -> float:
        """Return the seconds until the deadline. Raises TimeoutError when there are none."""
        left = self.deadline - time.monotonic()
        if left <= 0:
            raise TimeoutError
        return left


class _NoAnswer(Exception):  # noqa: N818  it says why there is no answer, and never leaves this file
    """The second half of a sentence."""


class Client:
    """Asks for addresses, from several threads at once if need be; connections are kept for the next question."""

    def __init__(self, *, private: bool, seconds: float = 10, limit: int = 20_000_000) -> None:
        """Allow hosts that are not public if `private`; an answer takes at most `seconds`, and `limit` bytes."""
        self._private = private
        self._seconds = seconds
        self._limit = limit
        self._turn = threading.Lock()
        self._kept: dict[Key, list[HTTPConnection]] = {}
        self._tls: ssl.SSLContext | None = None

    def __enter__(self) -> Self:
        """Return the client."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close the connections that are kept."""
        with self._turn:
            kept = [connection for connections in self._kept.values() for connection in connections]
            self._kept.clear()
        for connection in kept:
            connection.close()

    def get(self, url: str, *, headers: Mapping[str, str] | None = None) -> Answer:
        """Return the answer to GET after at most five redirects, decompressed. Raises Unreachable."""
        return self._ask("GET", url, headers or {})

    def head(self, url: str, *, headers: Mapping[str, str] | None = None) -> Answer:
        """Return the answer to HEAD after at most five redirects. Raises Unreachable."""
        return self._ask("HEAD", url, headers or {})

    def _ask(self, method: str, url: str, headers: Mapping[str, str]) -> Answer:
        deadline = time.monotonic() + self._seconds
        here = url
        statuses: set[int] = set()
        try:
            for _ in range(_MOST_REDIRECTS + 1):
                answer = self._answer(_request(method, here, headers, deadline))
                there = answer.headers.get("location")
                if answer.status not in _MOVED or there is None:
                    return replace(answer, permanent=bool(statuses) and statuses <= _MOVED_FOR_GOOD)
                statuses.add(answer.status)
                here = _followed(here, there)
        except _NoAnswer as reason:
            raise Unreachable(url, str(reason)) from reason
        except OSError as error:
            raise Unreachable(url, _why(error, self._seconds)) from error
        raise Unreachable(url, f"it leads on more than {_MOST_REDIRECTS} times, at last to {here}")

    def _answer(self, request: _Request) -> Answer:
        """Return the answer to one request, wherever it leads. Raises OSError or _NoAnswer."""
        addresses = hosts.resolved(request.host, request.port, request.left())
        allowed = [address for address in addresses if self._private or hosts.public(address)]
        if not allowed:
            why = f"its host {request.host} is at {addresses[0]}, which is not public"
            raise _NoAnswer(why)
        for key, connection in self._open(request, allowed):
            with suppress(ConnectionError):  # it was closed from the other side while nobody used it
                return self._exchange(request, key, connection)
        return self._exchange(request, *self._connected(request, allowed))

    def _open(self, request: _Request, addresses: list[str]) -> Iterator[tuple[Key, HTTPConnection]]:
        """Yield the connections to a host that are still open, each once."""
        for address in addresses:
            key = (request.scheme, request.host, request.port, address)
            while True:
                with self._turn:
                    kept = self._kept.get(key)
                    connection = kept.pop() if kept else None
                if connection is None:
                    break
                if connection.is_connected:
                    yield key, connection
                else:
                    connection.close()

    def _connected(self, request: _Request, addresses: list[str]) -> tuple[Key, HTTPConnection]:
        """Return a new connection to the first address that takes one. Raises OSError."""
        import socket

        from urllib3.connection import HTTPConnection

        refused = OSError()
        for number, address in enumerate(addresses):
            try:
                stream = socket.create_connection((address, request.port), request.left() / (len(addresses) - number))
            except OSError as error:
                refused = error
                continue
            connection = HTTPConnection(address, request.port)
            connection.sock = self._secured(stream, request) if request.scheme == "https" else stream
            connection.auto_open = 0  # urllib3 would open one that ended again, to the same address but without TLS
            return (request.scheme, request.host, request.port, address), connection
        raise refused

    def _secured(self, stream: socket.socket, request: _Request) -> ssl.SSLSocket:
        """Return the stream under TLS, the certificate verified with the system's store. Raises OSError."""
        import ssl

        with self._turn:
            if self._tls is None:
                self._tls = ssl.create_default_context()
                self._tls.set_alpn_protocols(["http/1.1"])
        host = request.host.rstrip(".")
        secured = self._tls.wrap_socket(stream, server_hostname=host, do_handshake_on_connect=False)
        try:
            secured.settimeout(request.left())
            secured.do_handshake()
        except BaseException:
            secured.close()
            raise
        return secured

    def _exchange(self, request: _Request, key: Key, connection: HTTPConnection) -> Answer:
        """Return the answer that comes over a connection, and keep that if it may be used again."""
        import http.client

        from urllib3.exceptions import DecodeError, HTTPError

        headers = {
            "Host": request.authority,
            "User-Agent": "Byline",
            "Accept-Encoding": "gzip, deflate",
            **request.headers,
        }
        try:
            with _cut_off(connection.sock, request, self._seconds):
                connection.request(request.method, request.target, headers=headers, preload_content=False)
                with closing(connection.getresponse()) as response:
                    body = b"".join(self._limited(iter(lambda: response.read(_PIECE), b"")))
        except BaseException as error:
            connection.close()
            if isinstance(error, DecodeError):
                why = "what it sends cannot be decompressed"
                raise _NoAnswer(why) from error
            if isinstance(error, HTTPError | http.client.HTTPException) and not isinstance(error, OSError):
                why = "what it sends is broken off, or is not HTTP"
                raise _NoAnswer(why) from error
            raise
        if connection.sock is not None:
            with self._turn:
                self._kept.setdefault(key, []).append(connection)
        found = {name.lower(): value for name, value in response.headers.items()}
        return Answer(response.status, request.url, found, body)

    def _limited(self, pieces: Iterator[bytes]) -> Iterator[bytes]:
        size = 0
        for piece in pieces:
            size += len(piece)
            if size > self._limit:
                why = f"it sends more than {self._limit:,} bytes"
                raise _NoAnswer(why)
            yield piece


@contextmanager
def _cut_off(stream: socket.socket, request: _Request, seconds: float) -> Iterator[None]:
    """Cut a connection off at the deadline: a server that sends a byte now and then would never be late by itself."""
    import socket

    late = threading.Event()

    def cut() -> None:
        late.set()
        with suppress(OSError):  # it may have ended by itself
            # Told by its own method, a stream under TLS would forget that it is one, and hand out what is encrypted.
            socket.socket.shutdown(stream, socket.SHUT_RDWR)

    watch = threading.Timer(request.left(), cut)
    watch.daemon = True
    watch.start()
    try:
        yield
    except Exception as error:
        if late.is_set():
            raise _NoAnswer(_late(seconds)) from error
        raise
    finally:
        watch.cancel()
    if late.is_set():  # an answer that does not say its length seems whole when it is cut off
        raise _NoAnswer(_late(seconds))


def _request(method: str, url: str, headers: Mapping[str, str], deadline: float) -> _Request:
    """Return the request for an address. Raises _NoAnswer when it is none that may be asked for."""
    try:
        parts = urlsplit(url)
        port = parts.port
        host = hosts.in_ascii(parts.hostname) if parts.hostname else ""
    except ValueError as error:
        why = "it is no address of a host"
        raise _NoAnswer(why) from error
    if parts.scheme not in _PORTS or not host:
        why = "it is no address on the web"
        raise _NoAnswer(why)
    if "@" in parts.netloc:
        why = "it has a name or a password in it"
        raise _NoAnswer(why)
    query = f"?{quote(parts.query, safe=_AS_IT_IS)}" if parts.query else ""
    target = quote(parts.path or "/", safe=_AS_IT_IS) + query
    port = _PORTS[parts.scheme] if port is None else port
    return _Request(method, url, parts.scheme, host, port, target, headers, deadline)


def _followed(here: str, there: str) -> str:
    """Return where a redirect leads. Raises _NoAnswer when it leaves the web, or TLS."""
    with suppress(UnicodeError):
        # Fields of a header are read as Latin-1; who sends more than ASCII there means UTF-8.
        there = there.encode("latin-1").decode("utf-8")
    try:
        target = urljoin(here, there).partition("#")[0]
        scheme = urlsplit(target).scheme
    except ValueError as error:
        why = f"it leads to {there}, which is no address"
        raise _NoAnswer(why) from error
    if scheme not in _PORTS:
        why = f"it leads to {target}, which is no address on the web"
        raise _NoAnswer(why)
    if scheme == "http" and urlsplit(here).scheme == "https":
        why = f"it leads from https to {target}"
        raise _NoAnswer(why)
    return target


def _late(seconds: float) -> str:
    return f"it takes longer than {seconds:g} seconds"


def _why(error: OSError, seconds: float) -> str:
    """Return why there is no connection, as the second half of a sentence."""
    import ssl

    if isinstance(error, TimeoutError):
        return _late(seconds)
    if isinstance(error, ssl.SSLCertVerificationError):
        return f"its certificate is not valid ({error.verify_message.rstrip('.')})"
    if isinstance(error, ssl.SSLError):
        return f"it does not speak TLS as it should ({error.reason or error})"
    if isinstance(error, ConnectionRefusedError):
        return "nothing listens there"
    if isinstance(error, ConnectionError):
        return "it broke the connection off"
    return (error.strerror or str(error)).rstrip(".")

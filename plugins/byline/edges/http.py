"""HTTP: an address is asked for, and what it answers is given back, or one sentence why it does not answer.

Not a session: no cookie, no credential, no proxy, and no host that is not public unless the caller allows it. The IP
address that was looked at is the one that is connected to, so that a name cannot lead elsewhere a moment later.
Long because a stranger's server may do anything, and each thing needs its line.
"""

from __future__ import annotations

import logging
import threading
import time
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Self

from byline.edges import hosts
from byline.edges.request import NoAnswer, Request, as_meant, asked, followed, taken_along, told
from byline.values.problem import Fault, Problem

if TYPE_CHECKING:
    import socket
    import ssl
    from collections.abc import Iterator, Mapping

    from urllib3.connection import HTTPConnection

    Key = tuple[str, str, int, str]
    """What a connection can be used for again: scheme, host, port, and the IP address that was looked at."""

_MOVED = {301, 302, 303, 307, 308}
_MOVED_FOR_GOOD = {301, 308}
_MOST_REDIRECTS = 5
_PIECE = 65_536


class Unreachable(Fault):
    """An address gave no answer; `why` is the reason as the second half of a sentence.

    `sent` is whether the request can have reached its host: False only when no connection to it was made. `private` is
    whether its host, or the one that it leads on to, is not public, and so never asked.
    """

    def __init__(self, url: str, why: str, *, sent: bool, private: bool = False) -> None:
        """Tell of one address."""
        what = f"{url} cannot be reached: {why}."
        super().__init__(Problem("unreachable", what, "See whether a browser reaches it, and run this again then."))
        self.why = why
        self.sent = sent
        self.private = private


@dataclass(frozen=True, slots=True)
class Answer:
    """What an address answered: the URL is where the redirects ended, the names of headers are in lower case.

    `permanent` is whether there were redirects and every one of them said that it is for good (RFC 9110, 15.4);
    `links` are the values of all `Link` headers in order (RFC 8288, 3), of which `headers` has the last.
    """

    status: int
    url: str
    headers: Mapping[str, str]
    body: bytes
    permanent: bool = False
    links: tuple[str, ...] = ()


class _NotPublic(NoAnswer):
    """The host is none that may be asked."""


class _BrokenOff(NoAnswer):
    """The connection ended before there was an answer."""


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
        # Its warnings name whole addresses, tokens in the query and all, and repeat what a strange server sends.
        logging.getLogger("urllib3").setLevel(logging.CRITICAL)

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

    def send(self, method: str, url: str, *, body: bytes = b"", headers: Mapping[str, str] | None = None) -> Answer:
        """Return the answer to a request that may change something: POST, PUT, PATCH, DELETE; a redirect is an answer.

        It is sent once, over a connection of its own: over one that was kept, nobody could know whether it had arrived
        before that broke. Raises Unreachable, which tells whether it can have arrived and holds no query and no header;
        so a GET with a token in its query is sent by this, too.
        """
        sent = private = False
        try:
            request = asked(method, url, headers or {}, time.monotonic() + self._seconds, body)
            _, connection = self._connected(request, self._allowed(request))
            sent = True
            with closing(connection):
                return self._exchange(request, connection, {"Connection": "close"})
        except NoAnswer as reason:
            why, private = str(reason), isinstance(reason, _NotPublic)
        except OSError as error:
            why = _why(error, self._seconds)
        raise Unreachable(told(url), why, sent=sent, private=private)  # not from its cause, as in _ask

    def _ask(self, method: str, url: str, headers: Mapping[str, str]) -> Answer:
        deadline = time.monotonic() + self._seconds
        here = url
        statuses: set[int] = set()
        private = False
        try:
            for _ in range(_MOST_REDIRECTS + 1):
                answer = self._answer(asked(method, here, headers, deadline))
                there = answer.headers.get("location")
                if answer.status not in _MOVED or there is None:
                    return replace(answer, permanent=bool(statuses) and statuses <= _MOVED_FOR_GOOD)
                statuses.add(answer.status)
                before, here = here, followed(here, there)
                headers = taken_along(headers, before, here)
            why, sent = f"it leads on more than {_MOST_REDIRECTS} times, at last to {here}", True
        except NoAnswer as reason:
            why, sent, private = str(reason), reason.sent or bool(statuses), isinstance(reason, _NotPublic)
        except OSError as error:
            why, sent = _why(error, self._seconds), bool(statuses)
        # Not from its cause: that may hold what a strange server sent back, our own headers with their tokens.
        raise Unreachable(url, why, sent=sent, private=private)

    def _answer(self, request: Request) -> Answer:
        """Return the answer to a request that may be sent twice, wherever it leads. Raises OSError or NoAnswer."""
        allowed = self._allowed(request)
        for key, connection in self._open(request, allowed):
            with suppress(_BrokenOff):  # it was closed from the other side while nobody used it
                return self._kept_after(self._exchange(request, connection), key, connection)
        key, connection = self._connected(request, allowed)
        return self._kept_after(self._exchange(request, connection), key, connection)

    def _kept_after(self, answer: Answer, key: Key, connection: HTTPConnection) -> Answer:
        """Return an answer, and keep the connection that it came over if it may be used again."""
        if connection.sock is not None:
            with self._turn:
                self._kept.setdefault(key, []).append(connection)
        return answer

    def _allowed(self, request: Request) -> list[str]:
        """Return the IP addresses of a host that may be connected to. Raises OSError, or NoAnswer for want of one."""
        addresses = hosts.resolved(request.host, request.port, request.left())
        allowed = [address for address in addresses if self._private or hosts.public(address)]
        if not allowed:
            why = f"its host {request.host} is at {addresses[0]}, which is not public"
            raise _NotPublic(why)
        return allowed

    def _open(self, request: Request, addresses: list[str]) -> Iterator[tuple[Key, HTTPConnection]]:
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

    def _connected(self, request: Request, addresses: list[str]) -> tuple[Key, HTTPConnection]:
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

    def _secured(self, stream: socket.socket, request: Request) -> ssl.SSLSocket:
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

    def _exchange(self, request: Request, connection: HTTPConnection, also: Mapping[str, str] | None = None) -> Answer:
        """Return the answer that comes over a connection, with headers beside the request's. Raises NoAnswer."""
        import http.client

        from urllib3.exceptions import HTTPError

        headers = {
            "Host": request.authority,
            "User-Agent": "Byline",
            "Accept-Encoding": "gzip, deflate",
            **request.headers,
            **(also or {}),
        }
        try:
            with _cut_off(connection.sock, request, self._seconds):
                # Who has read enough to say no may say it before all is sent, and read no more.
                with suppress(BrokenPipeError, ConnectionResetError):
                    connection.request(
                        request.method, request.target, request.body or None, headers, preload_content=False
                    )
                with closing(connection.getresponse()) as response:
                    body = b"".join(self._limited(iter(lambda: response.read(_PIECE), b"")))
        except (NoAnswer, OSError, HTTPError, http.client.HTTPException) as error:
            connection.close()
            kind = _BrokenOff if isinstance(error, ConnectionError) else NoAnswer
            why = _why(error, self._seconds) if isinstance(error, OSError) else _unusable(error)
            raise kind(why, sent=True) from error
        except BaseException:
            connection.close()
            raise
        found = {name.lower(): value for name, value in response.headers.items()}
        links = tuple(map(as_meant, response.headers.getlist("Link")))
        return Answer(response.status, request.url, found, body, links=links)

    def _limited(self, pieces: Iterator[bytes]) -> Iterator[bytes]:
        size = 0
        for piece in pieces:
            size += len(piece)
            if size > self._limit:
                why = f"it sends more than {self._limit:,} bytes"
                raise NoAnswer(why)
            yield piece


@contextmanager
def _cut_off(stream: socket.socket, request: Request, seconds: float) -> Iterator[None]:
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
            raise NoAnswer(_late(seconds)) from error
        raise
    finally:
        watch.cancel()
    if late.is_set():  # an answer that does not say its length seems whole when it is cut off
        raise NoAnswer(_late(seconds))


def _late(seconds: float) -> str:
    return f"it takes longer than {seconds:g} seconds"


def _unusable(error: Exception) -> str:
    """Return why what came is no answer, as the second half of a sentence."""
    from urllib3.exceptions import DecodeError

    if isinstance(error, NoAnswer):
        return str(error)
    packed = isinstance(error, DecodeError)
    return f"what it sends {'cannot be decompressed' if packed else 'is broken off, or is not HTTP'}"


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

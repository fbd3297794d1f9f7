"""Requests: an address becomes what is asked of its host, or one sentence why it is none that may be asked for.

Not a connection: nothing leaves this machine here, that is `http`.
"""

from __future__ import annotations

import re
import time
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import quote, urljoin, urlsplit

from byline.edges import hosts

if TYPE_CHECKING:
    from collections.abc import Mapping

_PORTS = {"http": 80, "https": 443}
_AS_IT_IS = "!#$%&'()*+,/:;=?@[]~"
"""What stands unquoted in a request's target: delimiters, and the sign of what is quoted already."""
_FIELD_NAME = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")
_FIELD_VALUE = re.compile(r"[\t\x20-\x7e\x80-\xff]*")
"""What a header's field may hold (RFC 9110, 5.1 and 5.5)."""
_FOR_ANYBODY = frozenset({"accept", "cache-control", "range", "user-agent"})
"""Fields that may go along to another host: any other may hold a token, and that is meant for one host alone."""


class NoAnswer(Exception):  # noqa: N818  it says why there is no answer, and never leaves the client
    """The second half of a sentence; `sent` is whether the request can have reached its host."""

    def __init__(self, why: str, *, sent: bool = False) -> None:
        """Say why."""
        super().__init__(why)
        self.sent = sent


@dataclass(frozen=True, slots=True, repr=False)
class Request:
    """One request: the host in ASCII, the target quoted, the deadline on the clock that never goes back.

    It has no picture of itself for a message to hold: there may be tokens in its headers, its target and its body.
    """

    method: str
    url: str
    scheme: str
    host: str
    port: int
    target: str
    headers: Mapping[str, str]
    body: bytes
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


def asked(method: str, url: str, headers: Mapping[str, str], deadline: float, body: bytes = b"") -> Request:
    """Return the request for an address. Raises NoAnswer when it is none that may be asked for, or not so."""
    try:
        parts = urlsplit(url)
        port = parts.port
        host = hosts.in_ascii(parts.hostname) if parts.hostname else ""
    except ValueError as error:
        why = "it is no address of a host"
        raise NoAnswer(why) from error
    if parts.scheme not in _PORTS or not host:
        why = "it is no address on the web"
        raise NoAnswer(why)
    if "@" in parts.netloc:
        why = "it has a name or a password in it"
        raise NoAnswer(why)
    if not all(_FIELD_NAME.fullmatch(name) and _FIELD_VALUE.fullmatch(value) for name, value in headers.items()):
        why = "a header that goes with it, perhaps a token, has a character that none may have"
        raise NoAnswer(why)
    query = f"?{quote(parts.query, safe=_AS_IT_IS)}" if parts.query else ""
    target = quote(parts.path or "/", safe=_AS_IT_IS) + query
    port = _PORTS[parts.scheme] if port is None else port
    return Request(method, url, parts.scheme, host, port, target, headers, body, deadline)


def followed(here: str, there: str) -> str:
    """Return where a redirect leads. Raises NoAnswer when it leaves the web, or TLS."""
    there = as_meant(there)
    try:
        target = urljoin(here, there).partition("#")[0]
        scheme = urlsplit(target).scheme
    except ValueError as error:
        why = f"it leads to {there}, which is no address"
        raise NoAnswer(why) from error
    if scheme not in _PORTS:
        why = f"it leads to {target}, which is no address on the web"
        raise NoAnswer(why)
    if scheme == "http" and urlsplit(here).scheme == "https":
        why = f"it leads from https to {target}"
        raise NoAnswer(why)
    return target


def taken_along(headers: Mapping[str, str], here: str, there: str) -> Mapping[str, str]:
    """Return the headers that go along on a redirect: to another host, only those that say nothing about us."""
    if urlsplit(here)[:2] == urlsplit(there)[:2]:
        return headers
    return {name: value for name, value in headers.items() if name.lower() in _FOR_ANYBODY}


def as_meant(value: str) -> str:
    """Return a header's value, which is read as Latin-1: who sends more than ASCII there means UTF-8."""
    with suppress(UnicodeError):
        return value.encode("latin-1").decode("utf-8")
    return value


def told(url: str) -> str:
    """Return an address as a message may tell it: no name, no password, and no query, where tokens stand."""
    address, mark, _ = url.partition("#")[0].partition("?")
    return re.sub(r"//[^/]*@", "//", address) + ("?…" if mark else "")

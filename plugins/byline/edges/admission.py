"""Admission: who is let in to a page of this machine, which is whoever has the address that the console said.

Not a server: it judges what a request's line and headers say. The address holds a token that opens once; from then on
a cookie does (RFC 6265). A page elsewhere whose name leads here is refused by its Host, a form elsewhere by its Origin
(RFC 6454, 7), and a link or a frame elsewhere has no cookie, which is SameSite=Strict.
"""

from __future__ import annotations

import re
import secrets
from http import HTTPStatus
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import parse_qs, urlsplit

if TYPE_CHECKING:
    from email.message import Message

HOST = "127.0.0.1"
FORM = "application/x-www-form-urlencoded"
LARGEST_FORM = 64 * 1024
_LENGTH = re.compile("[0-9]{1,18}")
_TOKEN = "token"  # noqa: S105  its name


class Refusal(NamedTuple):
    """Why a request is not answered: a status, a sentence; or where the browser goes instead, with what headers."""

    status: HTTPStatus
    why: str = ""
    headers: tuple[tuple[str, str], ...] = ()


class Admission:
    """Lets one browser in; `again` says how a person begins again."""

    def __init__(self, port: int, again: str) -> None:
        """Make a token and the name of a session, both of 256 random bits."""
        self._port = port
        self._again = again
        self._token = secrets.token_urlsafe(32)
        self._session = secrets.token_urlsafe(32)
        self._spent = False

    @property
    def address(self) -> str:
        """Return the address that opens, once."""
        return f"http://{HOST}:{self._port}/?{_TOKEN}={self._token}"

    def refusal(self, method: str, target: str, headers: Message) -> Refusal | None:
        """Return why a request is not let in; None: it is. A GET with the token is led on, and spends it."""
        hosts = headers.get_all("Host", [])
        if len(hosts) != 1 or hosts[0].lower() not in {f"{HOST}:{self._port}", f"localhost:{self._port}"}:
            return Refusal(HTTPStatus.MISDIRECTED_REQUEST, f"This page is at {HOST} only.")
        opening = method == "GET" and self._opens(target)
        if self._is_known(headers):
            if opening:
                return Refusal(HTTPStatus.SEE_OTHER, headers=(("Location", "/"),))
            if method != "GET" and headers.get_all("Origin", []) != [f"http://{hosts[0].lower()}"]:
                return Refusal(HTTPStatus.FORBIDDEN, "This form was sent from another page.")
            return None
        return self._led_in(opening=opening)

    def _led_in(self, *, opening: bool) -> Refusal:
        """Return what is answered to one who is not known: the first time, with the token, where to go and a cookie."""
        if not opening:
            return Refusal(HTTPStatus.FORBIDDEN, f"The address that the console said opens this page. {self._again}")
        if self._spent:
            why = f"This address has opened the page already, and does so once. {self._again}"
            return Refusal(HTTPStatus.FORBIDDEN, why)
        self._spent = True
        cookie = f"{self._cookie}={self._session}; Path=/; HttpOnly; SameSite=Strict"
        return Refusal(HTTPStatus.SEE_OTHER, headers=(("Location", "/"), ("Set-Cookie", cookie)))

    @property
    def _cookie(self) -> str:
        """Return the cookie's name: cookies are the host's, whatever the port, and there may be two pages at once."""
        return f"byline-{self._port}"

    def _opens(self, target: str) -> bool:
        try:
            given = parse_qs(urlsplit(target).query, max_num_fields=1).get(_TOKEN, [""])
        except ValueError:
            return False
        return _same(given[0], self._token)

    def _is_known(self, headers: Message) -> bool:
        pairs = [pair.strip().partition("=") for line in headers.get_all("Cookie", []) for pair in line.split(";")]
        return any(name == self._cookie and _same(value, self._session) for name, _, value in pairs)


def form_refusal(headers: Message) -> Refusal | None:
    """Return why a form's body is not read; None: it is, to its Content-Length."""
    if headers.get_content_type() != FORM or len(headers.get_all("Content-Type", [])) != 1:
        return Refusal(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, "Only a form is taken.")
    length = form_length(headers)
    if length is None or "Transfer-Encoding" in headers:
        return Refusal(HTTPStatus.LENGTH_REQUIRED, "The form does not say how long it is.")
    if length > LARGEST_FORM:
        return Refusal(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "The form is too long.")
    return None


def form_length(headers: Message) -> int | None:
    """Return how many bytes of a form follow; None where the headers do not say so, once."""
    lengths = headers.get_all("Content-Length", [])
    return int(lengths[0]) if len(lengths) == 1 and _LENGTH.fullmatch(lengths[0]) else None


def _same(given: str, wanted: str) -> bool:
    """Tell whether two texts are the same, in a time that says nothing of where they differ."""
    return secrets.compare_digest(given.encode(errors="surrogateescape"), wanted.encode())

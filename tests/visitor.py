"""Whoever asks a page of this machine: with its cookie, once they have followed the address that opens it.

Not a browser: it sends what it is told to, right or wrong.
"""

from __future__ import annotations

import http.client
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlencode, urlsplit

from byline.edges.admission import FORM

if TYPE_CHECKING:
    from collections.abc import Mapping

SECONDS = 20.0
"""The bound of every wait here."""


@dataclass
class Visitor:
    """Whoever asks, with the cookie they were given."""

    address: str
    cookie: str = ""

    @property
    def origin(self) -> str:
        """The page's own origin."""
        return f"http://{urlsplit(self.address).netloc}"

    def ask(
        self, method: str, path: str, body: bytes | None = None, **headers: str
    ) -> tuple[int, str, http.client.HTTPMessage]:
        """Ask; return status, text and headers. `_` in a header's name is `-`."""
        connection = http.client.HTTPConnection(urlsplit(self.address).netloc, timeout=SECONDS)
        sent = {"Cookie": self.cookie, **{name.replace("_", "-"): value for name, value in headers.items()}}
        connection.request(method, path, body, {name: value for name, value in sent.items() if value})
        response = connection.getresponse()
        text = response.read().decode()
        connection.close()
        return response.status, text, response.headers

    def open(self) -> tuple[int, str]:
        """Follow the address; return status and text."""
        parts = urlsplit(self.address)
        status, text, headers = self.ask("GET", f"{parts.path}?{parts.query}")
        self.cookie = headers.get("Set-Cookie", "").partition(";")[0] or self.cookie
        return status, text

    def send(self, fields: Mapping[str, str] | bytes, **headers: str) -> tuple[int, str]:
        """Send a form as the page does; return status and text."""
        body = fields if isinstance(fields, bytes) else urlencode(fields).encode()
        given = {"Content_Type": FORM, "Origin": self.origin, **headers}
        return self.ask("POST", "/", body, **given)[:2]

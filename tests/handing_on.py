"""What stands before another server on loopback and hands on what it is asked: it can lose what that one answers.

Not a proxy: it knows one server, and JSON. Faults are those of every fake network: with `lost`, and with a status
`after`, the server behind it has acted already.
"""

from __future__ import annotations

import json
import urllib.error
import urllib.request
from typing import TYPE_CHECKING, Any

from fake_network import FakeNetwork

if TYPE_CHECKING:
    from fake_network import Request

_HANDED_ON = frozenset({"authorization", "content-type", "idempotency-key"})


class HandingOn(FakeNetwork):
    """What stands before a server; `keyless`: an `Idempotency-Key` never reaches it, as if it knew none."""

    def __init__(self, server: str, *, keyless: bool = False) -> None:
        """Stand before the server at an address."""
        super().__init__("")
        self._behind = server
        self._names = _HANDED_ON - ({"idempotency-key"} if keyless else set())

    def answer(self, request: Request) -> tuple[int, Any]:
        """Return what the server answers."""
        headers = {name: value for name, value in request.headers.items() if name in self._names}
        asked = urllib.request.Request(  # noqa: S310  loopback
            self._behind + request.path, request.body or None, headers, method=request.method
        )
        try:
            with urllib.request.urlopen(asked, timeout=30) as answer:  # noqa: S310  loopback
                return answer.status, json.loads(answer.read() or b"{}")
        except urllib.error.HTTPError as error:
            return error.code, json.loads(error.read())

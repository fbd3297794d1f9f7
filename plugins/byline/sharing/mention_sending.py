"""The sending of a mention: a page is asked where it wants to be told that a source links it, and is told so there.

Not the judgement of whom to tell, and nothing of the ledger. All that answers is a stranger: the client that is given
decides which hosts may be asked, how long, and how much may come; nothing of an answer is kept but a few words. A host
that wants to be left alone for a while is: some seconds are waited for, after more it is asked no more in this run.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from byline.edges.http import Unreachable
from byline.sharing.answers import retry_after
from byline.sharing.copies import Heard
from byline.sharing.webmention import endpoint
from byline.values.clusters import cleaned
from byline.values.forms import encoded
from byline.values.text import shortened

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from byline.edges.http import Answer, Client

_OK = range(200, 300)
_REFUSALS = frozenset(range(300, 500)) - {408, 425, 429}
_ABSENT = frozenset({404, 410})
_PORTS = {None, 80, 443}
_SHORT = timedelta(seconds=10)
"""How long a host is waited for in the same run."""
_LONGEST = 200
"""Characters of a reason."""
_NOT_ASKED = "it wants to be told at an address that is not asked"


@dataclass(frozen=True, slots=True)
class Told:
    """What is known of a page once it was told, and why that failed; `again` is when its host wants to be asked again.

    Not `asked` is one whose host had said so before, in the same run.
    """

    state: Heard
    error: str = ""
    again: datetime | None = None
    asked: bool = True


class Sender:
    """Sends the mentions of one run, from several threads at once if need be."""

    def __init__(self, client: Client, now: datetime, pause: Callable[[float], None] = time.sleep) -> None:
        """Ask by a client; `pause` waits so many seconds."""
        self._client = client
        self._now = now
        self._pause = pause
        self._resting: dict[str, datetime] = {}

    def tell(self, source: str, page: str) -> Told:
        """Tell a page that a source links it, or does so no more; return what is known then.

        Its endpoint is looked up anew (W3C Webmention, 3.1.2). Where that leads on to is not asked: a redirect is a
        refusal. A page whose host is not of the public network is known to be never asked.
        """
        told = self._told(source, page)
        if told.again is None or told.again > self._now + _SHORT:
            return told
        self._pause((told.again - self._now).total_seconds())
        return self._told(source, page)

    def _told(self, source: str, page: str) -> Told:
        if resting := self._rests(page):
            return resting
        try:
            answer = self._client.get(page, headers={"Accept": "text/html, */*;q=0.1"})
        except Unreachable as fault:
            return Told(Heard.PRIVATE if fault.private else Heard.UNKNOWN, _why(fault))
        if answer.status in _ABSENT:
            return Told(Heard.NONE)
        if answer.status not in _OK:
            return self._later(page, answer, f"it answers {answer.status}")
        there = endpoint(answer.url, answer.links, answer.body, answer.headers.get("content-type", ""))
        if there is None:
            return Told(Heard.NONE)
        return self._sent(source, page, there) if _may_be_asked(there, answer.url) else Told(Heard.REFUSED, _NOT_ASKED)

    def _sent(self, source: str, page: str, there: str) -> Told:
        """Tell an endpoint (3.1.3); what its answer means is in 3.1.4."""
        if resting := self._rests(there):
            return resting
        form = encoded([("source", source), ("target", page)])
        try:
            reply = self._client.send("POST", there, body=form.body, headers={"Content-Type": form.media_type})
        except Unreachable as fault:
            return Told(Heard.REFUSED, _NOT_ASKED) if fault.private else Told(Heard.UNKNOWN, _why(fault))
        if reply.status in _OK:
            return Told(Heard.TOLD)
        why = f"its endpoint answers {reply.status}"
        return Told(Heard.REFUSED, why) if reply.status in _REFUSALS else self._later(there, reply, why)

    def _later(self, url: str, answer: Answer, why: str) -> Told:
        """Return that a host failed; one that wants to be left alone for long (RFC 9110, 10.2.3) is noted."""
        again = retry_after(answer.headers, self._now)
        if again and again > self._now + _SHORT:
            self._resting[host(url)] = again
        return Told(Heard.UNKNOWN, why, again)

    def _rests(self, url: str) -> Told | None:
        again = self._resting.get(host(url))
        return Told(Heard.UNKNOWN, "its host wants to be left alone for a while", again, asked=False) if again else None


def host(url: str) -> str:
    """Return the host of an address; empty for none."""
    return urlsplit(url).hostname or ""


def _why(fault: Unreachable) -> str:
    return shortened(cleaned(fault.why), _LONGEST)


def _may_be_asked(there: str, page: str) -> bool:
    """Tell whether an endpoint has a usual port, or its page's own, and no password in it."""
    try:
        parts = urlsplit(there)
        usual = parts.port in _PORTS or parts.netloc == urlsplit(page).netloc
    except ValueError:
        return False
    return usual and "@" not in parts.netloc

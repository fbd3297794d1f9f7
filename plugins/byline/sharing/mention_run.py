"""The telling of pages that a post links them: asks each where it wants to be told, and tells it there.

Not the judgement of whom to tell: that is `mentioning`. All that answers is a stranger: the client that is given
decides which hosts may be asked, how long, and how much may come; nothing of an answer is kept but a few words.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from threading import Lock
from typing import TYPE_CHECKING, Protocol
from urllib.parse import urlsplit

from byline.edges.http import Unreachable
from byline.sharing.copies import Heard, Mention
from byline.sharing.webmention import endpoint
from byline.values.clusters import cleaned
from byline.values.forms import encoded
from byline.values.text import shortened

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from byline.edges.http import Client
    from byline.sharing.copies import Copies
    from byline.sharing.mentioning import Mentioning

_AT_ONCE = 8
_OK = range(200, 300)
_REFUSALS = frozenset(range(300, 500)) - {408, 425, 429}
_ABSENT = frozenset({404, 410})
_PORTS = {None, 80, 443}
_LONGEST = 200
"""Characters of a reason."""


class Writable(Protocol):
    """The ledger, as the telling needs it: what was written is on the disk when the call returns."""

    def mention(self, post: Copies, mentions: Mapping[str, Mention], mentioned: str) -> None:
        """Write down which pages were told of a post, and the digest of what it says."""


@dataclass(frozen=True, slots=True)
class Answered:
    """What came of telling a page about a post."""

    post: Copies
    page: str
    mention: Mention


def run(steps: Sequence[Mentioning], ledger: Writable, client: Client, now: datetime) -> tuple[Answered, ...]:
    """Tell the pages of these steps, several posts at once, each host one at a time.

    A page is written down before and after it was asked. Whoever is killed in between tells it again, which does no
    harm (W3C Webmention, 3.2).
    """
    pages = [page for step in steps for page in (*step.pages, *step.no_more)]
    turns = {host: Lock() for host in map(_host, pages)}
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        done = pool.map(lambda step: _Post(step, ledger, client, now, turns).told(), steps)
        return tuple(answered for one in done for answered in one)


def tell(client: Client, source: str, page: str) -> tuple[Heard, str]:
    """Tell a page that a source links it, or does so no more; return what is known then, and why it failed.

    Its endpoint is looked up anew (3.1.2). Where that leads on to is not asked: a redirect is a refusal.
    """
    try:
        answer = client.get(page, headers={"Accept": "text/html, */*;q=0.1"})
        if answer.status not in _OK:
            absent = answer.status in _ABSENT
            return (Heard.NONE, "") if absent else (Heard.UNKNOWN, f"it answers {answer.status}")
        there = endpoint(answer.url, answer.links, answer.body, answer.headers.get("content-type", ""))
        if there is None:
            return Heard.NONE, ""
        if not _may_be_asked(there, answer.url):
            return Heard.REFUSED, "it wants to be told at an address that is not asked"
        form = encoded([("source", source), ("target", page)])
        reply = client.send("POST", there, body=form.body, headers={"Content-Type": form.media_type})
    except Unreachable as fault:
        return Heard.UNKNOWN, shortened(cleaned(fault.why), _LONGEST)
    return _meant(reply.status), "" if reply.status in _OK else f"its endpoint answers {reply.status}"


def _meant(status: int) -> Heard:
    """Return what an endpoint's answer means (3.1.4)."""
    if status in _OK:
        return Heard.TOLD
    return Heard.REFUSED if status in _REFUSALS else Heard.UNKNOWN


@dataclass(frozen=True, slots=True)
class _Post:
    """The telling of one post's pages."""

    step: Mentioning
    ledger: Writable
    client: Client
    now: datetime
    turns: Mapping[str, Lock]

    def told(self) -> list[Answered]:
        """Tell the pages one after the other; at last write down that the post was looked at."""
        step = self.step
        done = {page: self._told(page) for page in step.pages} | {page: self._taken(page) for page in step.no_more}
        self.ledger.mention(step.post, done, step.looked_at)
        return [Answered(step.post, page, mention) for page, mention in done.items()]

    def _told(self, page: str) -> Mention:
        """Tell a page that it is linked; at first, where the post has another address now, that the old one is gone."""
        before = self.step.post.mentions.get(page)
        if before and before.shown and before.source not in {"", self.step.source}:
            left = self._asked(page, before.source)
            if left.state is Heard.UNKNOWN:
                return left
        return self._asked(page, self.step.source)

    def _taken(self, page: str) -> Mention:
        """Tell a page that it is linked no more."""
        made = self._asked(page, self.step.post.mentions[page].source)
        return made if made.state is Heard.UNKNOWN else replace(made, state=Heard.GONE)

    def _asked(self, page: str, source: str) -> Mention:
        """Return what is known of a page once it was told of a source; that it may have been is written down before."""
        before = self.step.post.mentions.get(page)
        failed = before.tries if before and before.payload == self.step.said else 0
        begun = Mention(Heard.UNKNOWN, self.step.said, source, tries=failed + 1, last=self.now)
        self.ledger.mention(self.step.post, {page: begun}, self.step.post.mentioned)
        with self.turns[_host(page)]:
            state, error = tell(self.client, source, page)
        return replace(begun, state=state, error=error, tries=begun.tries if state is Heard.UNKNOWN else 0)


def _host(page: str) -> str:
    return urlsplit(page).hostname or ""


def _may_be_asked(there: str, page: str) -> bool:
    """Tell whether an endpoint has a usual port, or its page's own, and no password in it."""
    try:
        parts = urlsplit(there)
        usual = parts.port in _PORTS or parts.netloc == urlsplit(page).netloc
    except ValueError:
        return False
    return usual and "@" not in parts.netloc

"""The telling of pages that a post links them, several at once, each written down before and after it was told.

Not the judgement of whom to tell: that is `mentioning`; and not the asking of a page: that is `mention_sending`.
"""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from threading import Lock
from typing import TYPE_CHECKING, Protocol

from byline.sharing.copies import Heard, Mention
from byline.sharing.mention_sending import Sender, host

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import datetime

    from byline.edges.http import Client
    from byline.sharing.copies import Copies
    from byline.sharing.mentioning import Mentioning

_AT_ONCE = 8


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


def run(
    steps: Sequence[Mentioning],
    ledger: Writable,
    client: Client,
    now: datetime,
    pause: Callable[[float], None] = time.sleep,
) -> tuple[Answered, ...]:
    """Tell the pages of these steps, several posts at once, each host one at a time; `pause` waits so many seconds.

    A page is written down before and after it was asked. Whoever is killed in between tells it again, which does no
    harm (W3C Webmention, 3.2).
    """
    pages = [page for step in steps for page in (*step.pages, *step.no_more)]
    turns = {name: Lock() for name in map(host, pages)}
    sender = Sender(client, now, pause)
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        done = pool.map(lambda step: _Post(step, ledger, sender, now, turns).told(), steps)
        return tuple(answered for one in done for answered in one)


@dataclass(frozen=True, slots=True)
class _Post:
    """The telling of one post's pages."""

    step: Mentioning
    ledger: Writable
    sender: Sender
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
        with self.turns[host(page)]:
            told = self.sender.tell(source, page)
        tried = begun.tries if told.asked else max(1, failed)
        tries = tried if told.state is Heard.UNKNOWN else 0
        return replace(begun, state=told.state, error=told.error, tries=tries, not_before=told.again)

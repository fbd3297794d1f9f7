"""Mentions: the pages that the posts of a live release link or credit are told so, and it is written down.

Not the plan of that, and not the telling, which are in `sharing/`: this puts them together with ledger and store.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import accumulate
from typing import TYPE_CHECKING

from byline.commands.sharing_step import Shared
from byline.edges.http import Client
from byline.sharing import mention_run
from byline.sharing.copies import Heard
from byline.sharing.mentioning import WEBMENTION, due
from byline.site.store import Store
from byline.values.text import counted

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from byline.commands.telling import Telling
    from byline.sharing.copies import Known
    from byline.sharing.mention_run import Answered
    from byline.sharing.mentioning import Mentioning
    from byline.values.output import Release

_MOST = 50
"""How many pages one run tells at most, but for those of the first post."""
_SECONDS, _BYTES = 10, 1 << 20
"""How long a stranger's host may take to answer, and how much it may say."""
_RECENT = timedelta(days=1)
_SAID = {
    Heard.TOLD: "is told",
    Heard.NONE: "takes no mentions",
    Heard.REFUSED: "refuses",
    Heard.PRIVATE: "is not asked",
    Heard.UNKNOWN: "is told later",
    Heard.GONE: "is told that the link is gone",
}


def _stranger() -> Client:
    """Return a client for hosts that nobody vouches for."""
    return Client(private=False, seconds=_SECONDS, limit=_BYTES)


@dataclass(frozen=True, slots=True)
class Mentions:
    """Tells the pages that posts link; `telling` has the ledger, and `client` makes what asks their hosts.

    Where `post` is the key of one, only that one's pages are told.
    """

    root: Path
    telling: Telling
    post: str = ""
    client: Callable[[], Client] = _stranger

    def preview(self, release: Release, now: datetime) -> Sequence[str]:
        """Return a line for each page that would be told; nobody is."""
        return [
            f"webmention: {step.post.name} to {page}{gone}"
            for step in self._steps(release, now)
            for pages, gone in ((step.pages, ""), (step.no_more, ", which it links no more"))
            for page in pages
        ]

    def share(self, release: Release, now: datetime) -> Shared:
        """Tell the pages whose turn it is."""
        ledger = self.telling.ledger
        steps, before = self._steps(release, now), ledger.known()
        if WEBMENTION not in before.adopted:
            ledger.adopt(WEBMENTION, self._adopted(release, before, now))
        with self.client() as client:
            done = mention_run.run(steps, ledger, client, now)
        return Shared(tuple(_lines(done)), self.telling.written(before), shown=False)

    def _steps(self, release: Release, now: datetime) -> list[Mentioning]:
        """Return what is to be told in this run."""
        known = self.telling.ledger.known()
        store = Store(self.root / ".byline" / "store.sqlite")

        def text(digest: str) -> str | None:
            body = store.get(digest)
            return None if body is None else body.decode()

        adopted = self._adopted(release, known, now)
        steps = [step for step in due(release.posts, known, adopted, text, now) if self.post in {"", step.post.key}]
        told = list(accumulate(len(step.pages) + len(step.no_more) for step in steps))
        return steps[: max(1, bisect_right(told, _MOST))]

    def _adopted(self, release: Release, known: Known, now: datetime) -> frozenset[str]:
        """Return the keys of the posts of which nobody is told: at first, those that are older than a day."""
        old = (post.key for post in release.posts if (post.published or now) < now.astimezone(UTC) - _RECENT)
        return known.adopted[WEBMENTION] if WEBMENTION in known.adopted else frozenset(old)


def _lines(done: Sequence[Answered]) -> Iterator[str]:
    """Yield a line for each page that was told or would not be; one for all those that take no mentions."""
    for one in done:
        if one.mention.state is not Heard.NONE:
            why = f" ({one.mention.error})" if one.mention.error else ""
            yield f"webmention: {one.page} {_SAID[one.mention.state]}: {one.post.name}{why}."
    if none := sum(one.mention.state is Heard.NONE for one in done):
        takes = "takes" if none == 1 else "take"
        yield f"webmention: {counted(none, 'linked page')} {takes} no mentions."

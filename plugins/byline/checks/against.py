"""A site held against a live one, on the way to replace it: what readers know there and would lose, and what saves it.

Not a look at a target of ours: those tell by their manifest, and that is `entries`.
"""

from __future__ import annotations

import datetime as dt
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING

from byline.checks.entries import ids
from byline.checks.fitting import Known
from byline.checks.live_site import Reader
from byline.checks.losses import Ours, losses
from byline.checks.remedies import problems
from byline.values.html import plain
from byline.values.manifest import hashed
from byline.values.output import Kind
from byline.values.problem import Place, Problem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from byline.checks.live_site import LiveSite, Report
    from byline.edges.http import Client
    from byline.site.whole import Whole

_WHOLE = frozenset({"all", "atom", "feed", "index", "rss"})
"""What the feed of a whole site is called."""


def read(client: Client, url: str, site_url: str, report: Report) -> LiveSite:
    """Return what the live site at `url` says; it may call itself by `site_url`. Raises Fault when there is none."""
    return Reader(client, url, site_url, report).read()


class Against:
    """What a live site's readers would lose, if this one took its place."""

    def __init__(self, whole: Whole, live: LiveSite) -> None:
        """Hold the one against the other."""
        self._ours = Ours(whole)
        self._live = live
        self._losses = losses(known(live), self._ours)

    def problems(self) -> Iterator[Problem]:
        """Yield a Problem for every feed, feed id and address that would be lost, and for what could not be read."""
        yield from self._live.problems
        yield from self._lost_feeds()
        yield from problems(self._losses, self._ours, allowed=None)

    def saving(self) -> dict[str, str]:
        """Return the `Id` that keeps what readers know, by source."""
        return ids(self._losses)

    def _lost_feeds(self) -> Iterator[Problem]:
        """Yield a Problem for each feed that readers take, where none would be: they would never know."""
        kinds = self._ours.whole.release.kinds
        feeds = sorted((path for path, kind in kinds.items() if kind is Kind.FEED), key=_subordinate)
        for place, kind in self._live.feeds.items():
            if self._ours.serves(Known(hashed(place), address=place)):
                continue
            signs = {"rss": "rss", "json": ".json"}
            present = next((path for path in feeds if signs.get(kind, "atom") in path), next(iter(feeds), ""))
            old = f"{place}index.html" if place.endswith("/") or not place else place
            what = f"Readers take the feed /{place}, where nothing would be any more."
            remedy = f'Add `"{old}": "{present}"` to `aliases` in `BYLINE_FEEDS`.'
            yield Problem("lost-feed", what, remedy, Place("pelicanconf.py"))


def _subordinate(path: str) -> tuple[bool, int, str]:
    """Return what sorts the feeds of a tag or author behind those of the whole site."""
    return path.rpartition("/")[2].partition(".")[0] not in _WHOLE, path.count("/"), path


def known(live: LiveSite) -> list[Known]:
    """Return what readers of a live site know: its entries, then the other addresses that its sitemap names."""
    found = []
    for place, entry in live.entries:
        identity = entry.id or entry.url
        if identity:
            day = _day(entry.published or entry.updated)
            # Without an address of this site it can be known by its id only, and that is never taken for one.
            mark = hashed(place) if place is not None else f"elsewhere {identity}"
            found.append(Known(mark, hashed(identity), place, identity, plain(plain(entry.title)), day))
    named = {one.address for one in found}
    return [*found, *(Known(hashed(place), address=place) for place in live.addresses if place not in named)]


def _day(written: str) -> dt.date | None:
    """Return the day of a feed's date, in either of the two ways that feeds write it."""
    for read in (dt.datetime.fromisoformat, parsedate_to_datetime):
        try:
            return read(written).date()
        except (ValueError, TypeError):
            continue
    return None

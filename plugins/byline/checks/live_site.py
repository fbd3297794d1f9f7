"""A live site as a stranger may read it: its feeds, with their older entries, and its sitemap.

Not a crawl: no page is read but the home page, and what another host says is not asked for.
"""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import urljoin

from byline.checks.feed_documents import NoDocumentError, document, local, tree
from byline.checks.live_addresses import LiveAddresses, joined
from byline.edges.http import Unreachable
from byline.values.html import attributes, tokens
from byline.values.problem import Fault, Problem, Severity

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from byline.checks.feed_documents import Document, Entry
    from byline.edges.http import Answer, Client

    Report = Callable[[int, int, str], None]

_FEED_TYPES = frozenset({"application/atom+xml", "application/rss+xml", "application/feed+json"})
_COMMON_FEEDS = ("feeds/all.atom.xml", "feeds/atom.xml", "feed.xml", "rss.xml", "atom.xml", "index.xml", "feed/")
_COMMON_SITEMAPS = ("sitemap.xml", "sitemap_index.xml", "wp-sitemap.xml")
_MOST_FEEDS = 8
_MOST_SITEMAPS = 50
_MOST_ADDRESSES = 50_000
_MOST_REQUESTS = 400
_PATIENCE = 300.0
"""For how many seconds a site is read; what was not reached by then is told."""


@dataclass
class LiveSite:
    """What a site said: entries by address (None: of another host) with the first feed that has them; addresses."""

    entries: list[tuple[str | None, Entry]] = field(default_factory=list)
    feeds: dict[str, str] = field(default_factory=dict)
    addresses: dict[str, None] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)


class Reader:
    """Reads a live site at `url`; addresses of the host of `site_url` are taken for its own, and asked for there."""

    def __init__(self, client: Client, url: str, site_url: str, report: Report) -> None:
        """Read nothing yet."""
        self.site = LiveSite()
        self._client = client
        self._addresses = LiveAddresses(url, site_url)
        self._url = self._addresses.url
        self._report = report
        self._asked = 0
        self._ids: set[str] = set()
        self._places: set[str] = set()
        self._end = time.monotonic() + _PATIENCE

    def read(self) -> LiveSite:
        """Return what the site says. Raises Fault when its home page gives no answer."""
        home = self._client.get(self._url)
        if home.status >= 400:  # noqa: PLR2004  RFC 9110, 15.5
            what = f"{self._url} answers with the status {home.status}."
            raise Fault(Problem("unreachable", what, "Name the address of a site that is live."))
        self._addresses.know(home.url)
        linked = [joined(home.url, address) for address in _alternates(home.body)]
        if not self._feeds(linked, told=True) and not self._feeds(
            (urljoin(self._url, place) for place in _COMMON_FEEDS), told=False
        ):
            self._tell(f"No feed was found at {self._url}.")
        self._sitemaps()
        return self.site

    def _feeds(self, addresses: Iterable[str], *, told: bool) -> int:
        """Read feeds; return how many there were. What is no feed is `told` where the site itself names it."""
        found = 0
        for address in dict.fromkeys(addresses):
            if found == _MOST_FEEDS:
                break
            feed = self._feed(address, told=told)
            path = self._addresses.below(address)
            if feed and path is not None:
                found += 1
                self.site.feeds[path] = feed.kind
                self._take(feed)
                self._older(address, feed)
        return found

    def _feed(self, address: str, *, told: bool) -> Document | None:
        answer = self._get(address, told=told)
        if answer is None:
            return None
        try:
            return document(answer.body, address)
        except NoDocumentError as reason:
            if told:
                self._tell(f"The feed {address} cannot be read: {reason}.")
            return None

    def _older(self, address: str, feed: Document) -> None:
        """Read on as long as there is more: by the feed's own word, or page by page where WordPress made it."""
        page, seen = 1, {address}
        while True:
            page += 1
            following = joined(address, feed.following) if feed.following else ""
            if not following and "wordpress" in feed.generator.lower():
                following = f"{address}{'&' if '?' in address else '?'}paged={page}"
            if not following or following in seen:
                return
            seen.add(following)
            older = self._feed(following, told=bool(feed.following))
            # An archive may hold nothing but what the feed shows as well, and still lead on to more.
            if not older or not (self._take(older) or older.archive):
                return
            feed = older

    def _take(self, feed: Document) -> int:
        """Note the entries of a feed that no other had; return their number."""
        count = len(self.site.entries)
        for entry in feed.entries:
            address = self._addresses.below(joined(self._url, entry.url))
            # Feeds of one site may give one post several ids, of which a post can keep one: that of the first feed.
            if entry.id in self._ids or address in self._places:
                continue
            self.site.entries.append((address, entry))
            self._ids.add(entry.id or entry.url)
            if address is not None:
                self._places.add(address)
        return len(self.site.entries) - count

    def _sitemaps(self) -> None:
        robots = self._get(urljoin(self._url, "/robots.txt"), told=False)
        lines = robots.body.decode(errors="replace").splitlines() if robots else []
        written = [line.partition(":")[2].strip() for line in lines if line.lower().startswith("sitemap:")]
        named = [joined(self._url, address) for address in written]
        common = [urljoin(self._url, place) for place in _COMMON_SITEMAPS]
        waiting = [(address, 0) for address in named or common]
        read = 0
        while waiting and read < _MOST_SITEMAPS and len(self.site.addresses) < _MOST_ADDRESSES:
            address, depth = waiting.pop(0)
            inner = self._sitemap(address, told=bool(named) or depth > 0)
            if inner is None:
                continue
            read += 1
            waiting = [] if not named and depth == 0 else waiting
            waiting += [(name, depth + 1) for name in inner if depth == 0]

    def _sitemap(self, address: str, *, told: bool) -> list[str] | None:
        """Note the addresses of a sitemap (sitemaps.org); return those of the sitemaps that an index names."""
        answer = self._get(address, told=told)
        if answer is None:
            return None
        try:
            root = tree(answer.body)
        except NoDocumentError as reason:
            if told:
                self._tell(f"The sitemap {address} cannot be read: {reason}.")
            return None
        found = [element.text.strip() for element in root.iter() if local(element) == "loc" and element.text]
        if local(root) == "sitemapindex":
            return [joined(address, name) for name in found]
        for name in found[: _MOST_ADDRESSES - len(self.site.addresses)]:
            below = self._addresses.below(joined(address, name))
            if below is not None:
                self.site.addresses.setdefault(below)
        return []

    def _get(self, address: str, *, told: bool) -> Answer | None:
        """Return the answer of an address of this site, if it is a good one; what is left out is `told` or not."""
        here = self._addresses.here(address)
        why = ""
        if here is None:
            why = "it is on another host, which is not asked"
        elif self._asked >= _MOST_REQUESTS or time.monotonic() > self._end:
            why = "the site has too many, or takes too long"
        else:
            self._asked += 1
            self._report(self._asked, _MOST_REQUESTS, "Reading the live site")
            try:
                answer = self._client.get(here)
            except Unreachable as fault:
                why = fault.why
            else:
                if answer.status == 200:  # noqa: PLR2004  RFC 9110, 15.3.1
                    return answer
                why = f"it answers with the status {answer.status}"
        if told:
            self._tell(f"{address} was left out: {why}.")
        return None

    def _tell(self, what: str) -> None:
        remedy = "What readers know of it is not compared: see for yourself."
        self.site.problems.append(Problem("live-site", what, remedy, None, Severity.EDITORIAL))


def _alternates(body: bytes) -> Iterator[str]:
    """Yield the feeds that a page names (`link rel=alternate`)."""
    for token in tokens(body.decode(errors="replace")):
        if token.kind == "open" and token.name == "link":
            found = attributes(token.attributes)
            kind = found.get("type", "").partition(";")[0].strip().lower()
            address = found.get("href", "").strip()
            of_comments = "comments" in address.lower().split("/")
            if "alternate" in found.get("rel", "").lower().split() and kind in _FEED_TYPES and not of_comments:
                yield address

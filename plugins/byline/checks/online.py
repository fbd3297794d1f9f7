"""External links: each address that posts and pages lead to is asked for, politely, and what is gone is told.

Not a judgement of what refuses to talk to programs: that could not be looked at, and is only counted.
"""

from __future__ import annotations

import threading
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urldefrag, urlsplit

from byline.checks.link_cache import Found, Links
from byline.checks.sources import Sources
from byline.checks.wayback import WAYBACK, archived
from byline.edges.http import Unreachable
from byline.values.problem import Problem, Severity

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from datetime import datetime

    from byline.edges.http import Answer, Client
    from byline.site.whole import Whole
    from byline.values.post import Post

    Report = Callable[[int, int, str], None]

_GONE = frozenset({404, 410})
_REFUSED = frozenset({401, 403, 407, 429, 451, 999})
"""No answer for programs: who reads may well get one. 999 is LinkedIn's."""
_AT_ONCE = 8
_BUSY = frozenset({429, 503})
_LONGEST_WAIT = 20.0
"""Seconds: a host that wants more quiet than this is left alone."""


@dataclass(frozen=True, slots=True)
class Manners:
    """How hosts are asked: the seconds between two questions to one, and how waiting is done."""

    pause: float = 1.0
    wait: Callable[[float], None] = time.sleep


class Online:
    """The external links of a built site, looked at."""

    def __init__(
        self, whole: Whole, client: Client, now: datetime, *, manners: Manners | None = None, wayback: str = ""
    ) -> None:
        """Look with this client at an instant (aware); `wayback` is another address of the archive's API."""
        self._whole = whole
        self._client = client
        self._now = now
        self._manners = manners or Manners()
        self._wayback = wayback or WAYBACK
        self._links = external(whole)
        self._sources = Sources(whole.site)

    def problems(self, report: Report) -> list[Problem]:
        """Return a Problem for each place that leads to what is gone, and one line for what could not be looked at."""
        kept = Links(self._whole.site.root / ".byline" / "links.json", self._now)
        try:
            self._look(kept, report)
            self._find_copies(kept)
        finally:
            kept.save(self._links)
        results = {url: found for url in self._links if (found := kept.of(url))}
        if _offline(results):
            what = f"None of {len(results)} hosts was found: this machine seems to be offline."
            return [Problem("links-not-seen", what, "Run this again with a network.", None, Severity.EDITORIAL)]
        told = [problem for url, found in results.items() for problem in self._told(url, found)]
        return [*told, *_unseen(results)]

    def _look(self, kept: Links, report: Report) -> None:
        """Ask for every link that is not known, a host's one after the other, at most eight hosts at once."""
        hosts: dict[str, list[str]] = {}
        for url in self._links:
            if kept.of(url) is None:
                hosts.setdefault(urlsplit(url).netloc.lower(), []).append(url)
        total = sum(map(len, hosts.values()))
        turn, stop = threading.Lock(), threading.Event()
        done = 0

        def ask(urls: list[str]) -> None:
            nonlocal done
            for number, url in enumerate(urls):
                if number:
                    self._manners.wait(self._manners.pause)
                if stop.is_set():
                    return
                found = self._found(url)
                with turn:
                    kept.note(url, found)
                    done += 1
                    report(done, total, "Looking at links")

        with ThreadPoolExecutor(_AT_ONCE) as pool:
            try:
                for finished in [pool.submit(ask, urls) for urls in hosts.values()]:
                    finished.result()
            finally:
                stop.set()  # Ctrl-C does not wait for every host

    def _found(self, url: str) -> Found:
        """Return what an address answers; where nothing does, it is asked once more."""
        try:
            answer = self._answer(url)
        except Unreachable:
            self._manners.wait(self._manners.pause)
            try:
                answer = self._answer(url)
            except Unreachable as fault:
                return Found(0, why=fault.why, at=self._now)
        moved = answer.url if answer.permanent and urldefrag(answer.url)[0] != url else ""
        return Found(answer.status, moved=moved, at=self._now)

    def _answer(self, url: str) -> Answer:
        """Return the answer to HEAD, or to GET where HEAD is not what the host likes. Raises Unreachable."""
        headers = {"User-Agent": f"Byline (looks at the links of {self._whole.release.site_url})"}
        answer = self._client.head(url, headers=headers)
        wanted = _seconds(answer.headers.get("retry-after", ""))
        if answer.status in _BUSY and 0 < wanted <= _LONGEST_WAIT:
            self._manners.wait(wanted)
            answer = self._client.head(url, headers=headers)
        if answer.status < 400 or answer.status in _BUSY:  # noqa: PLR2004  RFC 9110, 15.5
            return answer
        self._manners.wait(self._manners.pause)
        return self._client.get(url, headers={**headers, "Range": "bytes=0-0"})

    def _find_copies(self, kept: Links) -> None:
        """Ask the archive for a copy of what is gone, as it was when it was linked."""
        gone = [url for url in self._links if (found := kept.of(url)) and _is_gone(found) and found.copy is None]
        for number, url in enumerate(gone):
            if number:
                self._manners.wait(self._manners.pause)
            days = [post.published for post in self._links[url] if post.published]
            copy = archived(self._client, self._wayback, url, min(days, default=None))
            if copy is None:
                return  # the archive does not answer: another time
            kept.note_copy(url, copy)

    def _told(self, url: str, found: Found) -> Iterator[Problem]:
        written = (url, url.replace("&", "&amp;"), url.rstrip("/"))
        for post in self._links[url]:
            place = self._sources.saying(post.path, *written)
            if _is_gone(found):
                what = f"{url} is gone: {found.why or f'it answers with the status {found.status}'}."
                remedy = "Lead elsewhere, or take the link out."
                if found.copy:
                    remedy = f"The Internet Archive has it: {found.copy}"
                yield Problem("dead-link", what, remedy, place, Severity.EDITORIAL)
            elif found.moved and found.status < 400:  # noqa: PLR2004  RFC 9110, 15.5
                what = f"{url} has moved for good."
                remedy = f"Its new address is {found.moved}"
                yield Problem("moved-link", what, remedy, place, Severity.EDITORIAL)


def external(whole: Whole) -> dict[str, list[Post]]:
    """Return the addresses of other sites that public posts and pages lead to, without fragment, with who does."""
    found: dict[str, list[Post]] = {}
    own = urlsplit(whole.release.site_url).netloc.lower()
    listing = whole.site.listing
    for post in (*listing.posts, *listing.pages):
        links = listing.readings[post.path].content.links if post.status.public else ()
        for url in dict.fromkeys(urldefrag(link.url)[0] for link in links if _is_web(link.url)):
            if urlsplit(url).netloc.lower() != own:
                found.setdefault(url, []).append(post)
    return found


def _is_web(url: str) -> bool:
    try:
        return urlsplit(url).scheme in {"http", "https"}
    except ValueError:
        return False


def _is_gone(found: Found) -> bool:
    lost = "there is no host" in found.why or "which is not public" in found.why or "is no address" in found.why
    return found.status in _GONE or (found.status == 0 and lost)


def _offline(results: Mapping[str, Found]) -> bool:
    """Tell whether no name of several was found: then it is not the links that are gone."""
    hosts = {urlsplit(url).netloc for url in results}
    return len(hosts) > 1 and all(not found.status and "there is no host" in found.why for found in results.values())


def _unseen(results: Mapping[str, Found]) -> Iterable[Problem]:
    """Yield one Problem that counts what could not be looked at."""
    unseen = [url for url, found in results.items() if not _is_gone(found) and not 200 <= found.status < 400]  # noqa: PLR2004  RFC 9110, 15
    if unseen:
        refused = sum(results[url].status in _REFUSED for url in unseen)
        links = "1 link" if len(unseen) == 1 else f"{len(unseen)} links"
        what = f"{links} could not be looked at ({refused} refused, {len(unseen) - refused} without a good answer)."
        named = ", ".join(unseen[:3])
        remedy = f"See for yourself in a browser: {named}{' …' if len(unseen) > 3 else ''}"  # noqa: PLR2004  as many as are named
        yield Problem("links-not-seen", what, remedy, None, Severity.EDITORIAL)


def _seconds(written: str) -> float:
    """Return the seconds of `Retry-After` (RFC 9110, 10.2.3); 0 for a date, which is always too far away."""
    return float(written) if written.isascii() and written.isdigit() and len(written) < 6 else 0  # noqa: PLR2004  a day has five digits

"""What is wrong in a feed by itself: required elements, ids, dates, addresses, characters.

Not what only its site can tell (whose entries they are, where the feed stands): that is `feeds`.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING

from byline.checks.feed_documents import Document, Entry, NoDocumentError, document
from byline.values.html import candidates, rewrite_addresses
from byline.values.text import FORBIDDEN

if TYPE_CHECKING:
    from collections.abc import Iterator

_RFC3339 = re.compile(r"\d{4}-\d\d-\d\d[Tt]\d\d:\d\d:\d\d(?:\.\d+)?(?:[Zz]|[+-]\d\d:\d\d)")
_RFC822 = re.compile(r"(?:[A-Z][a-z]{2}, )?\d\d? [A-Z][a-z]{2} \d{4} \d\d:\d\d(?::\d\d)? (?:[+-]\d{4}|GMT|UTC?|Z)")
_URI = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:[^\s<>\"{}|\\^`]+")
_JSON_FEED = "https://jsonfeed.org/version/1.1"


@dataclass(frozen=True, slots=True)
class Flaw:
    """What is wrong in a feed by itself: in the entry with this id and address, or (both empty) in its head.

    `grave` is what makes it invalid; else a validator would warn. `address` is one in the content that is at fault.
    """

    what: str
    grave: bool = True
    id: str = ""
    url: str = ""
    address: str = ""


@dataclass(frozen=True, slots=True)
class Examined:
    """A feed by its bytes alone: its own address, its entries by id with the length of their HTML, its flaws."""

    own: str
    entries: tuple[tuple[str, int], ...] = ()
    flaws: tuple[Flaw, ...] = ()


def examine(body: bytes) -> Examined:
    """Return what a feed's bytes say and what is wrong with them, whatever site they belong to."""
    try:
        feed = document(body)
    except NoDocumentError as reason:
        return Examined("", flaws=(Flaw(f"The feed cannot be read: {reason}."),))
    flaws = [*_of_head(feed), *_of_ids(feed)]
    for entry in feed.entries:
        flaws += (Flaw(flaw.what, flaw.grave, entry.id, entry.url, flaw.address) for flaw in _of_entry(entry, feed))
    return Examined(feed.own, tuple((entry.id, len(entry.html)) for entry in feed.entries), tuple(flaws))


def _of_head(feed: Document) -> Iterator[Flaw]:
    """Yield what is wrong before the entries: RFC 4287, 4.1.1; RSS 2.0, channel; JSON Feed 1.1, top-level."""
    required = {
        "atom": {"id": feed.id, "title": feed.title, "updated": feed.updated},
        "rss": {"title": feed.title, "link": feed.home, "description": feed.description},
        "json": {"version": feed.version, "title": feed.title},
    }[feed.kind]
    yield from (Flaw(f"The feed has no {name}.") for name, value in required.items() if not value)
    if feed.kind == "rss" and feed.version != "2.0":
        yield Flaw(f"It is RSS {feed.version or 'without a version'}, not 2.0.")
    if feed.kind == "json" and feed.version and feed.version != _JSON_FEED:
        yield Flaw(f"Its version is {feed.version}, not {_JSON_FEED}.", grave=False)
    if feed.id and not _URI.fullmatch(feed.id):
        yield Flaw(f"Its id {feed.id!r} is no absolute URI.")
    if feed.updated and not _is_date(feed.updated, feed.kind):
        yield Flaw(f"Its date {feed.updated!r} is no date of a feed.")
    if not feed.own:
        yield Flaw("It does not say its own address.", grave=False)
    if not feed.language:
        yield Flaw("It does not say its language.", grave=False)
    if feed.kind == "atom" and not feed.authors and not all(entry.authors for entry in feed.entries):
        yield Flaw("It has an entry without an author, and none itself.")


def _of_ids(feed: Document) -> Iterator[Flaw]:
    seen: set[str] = set()
    for entry in feed.entries:
        if entry.id and entry.id in seen:
            yield Flaw(f"The id {entry.id} stands twice in the feed.", id=entry.id, url=entry.url)
        seen.add(entry.id)


def _of_entry(entry: Entry, feed: Document) -> Iterator[Flaw]:
    """Yield what is wrong with an entry: RFC 4287, 4.1.2; RSS 2.0, item; JSON Feed 1.1, items."""
    if not entry.id:
        yield Flaw(f"The entry “{entry.title or entry.url}” has no id.", grave=feed.kind != "rss")
    elif not _URI.fullmatch(entry.id):
        yield Flaw(f"The entry's id {entry.id!r} is no absolute URI.", grave=feed.kind == "atom")
    title_needed = {"atom": True, "rss": not (entry.summary or entry.html), "json": False}[feed.kind]
    if title_needed and not entry.title:
        yield Flaw("The entry has no title.")
    if feed.kind == "atom" and not entry.updated:
        yield Flaw("The entry has no date.")
    dates = {entry.published: feed.kind, entry.updated: "atom"}
    yield from (
        Flaw(f"The date {date!r} is no date of a feed.")
        for date, kind in dates.items()
        if date and not _is_date(date, kind)
    )
    if not entry.html:
        yield Flaw("The entry has no text.", grave=feed.kind == "json")
    for text in (entry.title, entry.summary, entry.html, entry.id, entry.url):
        if control := FORBIDDEN.search(text):
            yield Flaw(f"The entry holds the control character U+{ord(control[0]):04X}.")
            break
    for address in (entry.url, *_addresses(entry.html)):
        if address and not _URI.match(address):
            what = f"The address {address} is relative, and leads nowhere in a feed reader."
            yield Flaw(what, grave=False, address=address)


def _addresses(html: str) -> list[str]:
    """Return the addresses in HTML, those of `srcset` too."""
    found: dict[str, None] = {}

    def note(tag: str, attribute: str, url: str) -> None:
        if attribute in {"srcset", "imagesrcset"}:
            found.update(dict.fromkeys(candidate for candidate, _size in candidates(url)))
        elif not (tag == "use" and url.startswith("#")):
            found[url.strip()] = None

    rewrite_addresses(html, note, relative=True)
    return list(found)


def _is_date(written: str, kind: str) -> bool:
    """Tell whether a date is one of RFC 3339 (Atom, JSON Feed), or of RFC 822 with four digits of a year (RSS)."""
    try:
        if kind == "rss":
            return bool(_RFC822.fullmatch(written) and parsedate_to_datetime(written))
        return bool(_RFC3339.fullmatch(written) and dt.datetime.fromisoformat(written.upper()))
    except (ValueError, TypeError):
        return False

"""A feed as a value: its entries newest first, every address absolute.

Not a choice of posts, which is `syndication`, nor its writing, which is `atom`, `rss` and `json_feed`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from byline.values.person import Person
    from byline.values.photo import Photo
    from byline.values.post import Post


@dataclass(frozen=True, slots=True)
class Entry:
    """A post, and the pictures it shows with their credits in words; `html` makes its content, addresses absolute.

    `written` answers entries that were written already, by their `entry_key`.
    """

    post: Post
    html: Callable[[], str]
    photos: tuple[tuple[Photo, str], ...] = ()
    written: Callable[[object], bytes | None] = field(default=lambda _key: None, compare=False, repr=False)

    def once(self, write: Callable[[Entry, Feed], bytes], feed: Feed) -> bytes:
        """Return this entry as a feed of its kind has it, which is the same in all feeds of a site."""
        return self.written(entry_key(write, self.post.path, feed)) or write(self, feed)


def entry_key(write: Callable[[Entry, Feed], bytes], path: str, feed: Feed) -> object:
    """Return what the bytes of an entry follow from in a listing: what writes it, whose it is, and what of the feed."""
    return write, path, feed.home, feed.language, feed.author, feed.show


@dataclass(frozen=True, slots=True)
class Show:
    """What a podcast says of itself: its picture's address, its category and subcategory, how to reach its owner."""

    author: str
    image: str = ""
    category: str = ""
    subcategory: str = ""
    explicit: bool = False
    email: str = ""


@dataclass(frozen=True, slots=True)
class Chain:
    """A feed's place among its archives (RFC 5005, 4), as addresses: of the older one and the newer, empty for none.

    `current` is the address of the feed that readers take; empty: this is it.
    """

    older: str = ""
    newer: str = ""
    current: str = ""


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed: `home` is the page it belongs to, `url` its own address; both absolute. `icon` and `hub` may be empty.

    `identity` is its id (RFC 4287, 4.2.6); empty: its home, as Pelican's feeds have it. `show` is a podcast's.
    """

    title: str
    subtitle: str
    home: str
    url: str
    language: str
    author: Person
    icon: str
    hub: str
    entries: tuple[Entry, ...]
    identity: str = ""
    chain: Chain = Chain()
    show: Show | None = None

    @property
    def updated(self) -> datetime | None:
        """When its newest change was; None for a feed without posts."""
        return max((entry.post.updated for entry in self.entries if entry.post.updated), default=None)


def categories(post: Post) -> list[str]:
    """Return the post's category and tags, each once."""
    return list(dict.fromkeys(filter(None, (post.category, *post.tags))))


def kind_of(path: str) -> str:
    """Return the kind of feed that an address promises by its name: json, rss, else atom."""
    name = urlsplit(path).path.rpartition("/")[2].lower()
    return "json" if name.endswith(".json") else "rss" if "rss" in name else "atom"
